/* The threshold of the wake phrase that was chosen for one household: a small INI file beside the database, <db>.wake.
 * `wake --calibrate` writes it, whoever listens reads it. It belongs to one phrase. One thread. */
#ifndef SK_APPS_CALIBRATION_H
#define SK_APPS_CALIBRATION_H
#include "apps/settings.h"

struct calibration {
    char path[PATH_MAX + 8];
    char phrase[64]; /* words with one blank between them */
    double threshold;
};

/* Where it is, or would be. ERR_ARG without a database that is kept. */
SK_MUST_USE err_t calibration_path(struct calibration *out, const struct settings *s);

/* *found: there is one. ERR_FORMAT, ERR_RANGE, ERR_IO for a file that is none, with what to do. */
SK_MUST_USE err_t calibration_read(struct calibration *out, const struct settings *s, bool *found);
/* Keeps it for the phrase of the settings. A half-written one is never found. ERR_ARG, ERR_IO. */
SK_MUST_USE err_t calibration_write(struct calibration *out, const struct settings *s, double threshold);
/* Takes it back, whatever is in the file; *found: there was one. ERR_ARG, ERR_IO. */
SK_MUST_USE err_t calibration_forget(struct calibration *out, const struct settings *s, bool *found);

enum calibration_source {
    CALIBRATION_NONE,  /* the locale's own */
    CALIBRATION_SET,   /* in the settings */
    CALIBRATION_HOME,  /* by the calibration */
    CALIBRATION_OTHER, /* the locale's own: the calibration was for another phrase */
};

/* The threshold for the phrase of the settings; 0: the locale's own, also on failure. That of the settings goes first.
 * ERR_ as calibration_read(). */
SK_MUST_USE err_t calibration_threshold(const struct settings *s, double *out, enum calibration_source *source);

#endif
