#include "apps/calibration.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "base/str.h"

static const double THRESHOLD_MAX = 50; /* as in hearing.ini */

/* The words of a phrase with one blank between them. */
static void tidy(char *out, size_t cap, const char *phrase) {
    char copy[sizeof((struct settings *)0)->wake_phrase];
    str_copy(copy, sizeof copy, phrase);
    *out = '\0';
    for (char *rest = copy, *word; (word = str_next_word(&rest));) {
        if (*out) str_append(out, cap, " ");
        str_append(out, cap, word);
    }
}

static bool has_database(const struct settings *s) {
    return *s->db && !str_equal(s->db, ":memory:");
}

err_t calibration_path(struct calibration *out, const struct settings *s) {
    if (!has_database(s)) return err_fail(ERR_ARG, "a calibration is kept beside the database: name it with --db FILE");
    snprintf(out->path, sizeof out->path, "%s.wake", s->db);
    return ERR_OK;
}

/* ---- reading ---- */

static err_t read_keys(struct calibration *c, struct config *file) {
    const char *phrase = config_string(file, "wake", "phrase", "");
    tidy(c->phrase, sizeof c->phrase, phrase);
    if (!*c->phrase) return err_fail(ERR_FORMAT, "%s: there is no phrase in [wake]", c->path);
    if (!config_line(file, "wake", "threshold"))
        return err_fail(ERR_FORMAT, "%s: there is no threshold in [wake]", c->path);
    TRY(config_double(file, "wake", "threshold", -THRESHOLD_MAX, THRESHOLD_MAX, 0, &c->threshold));
    return config_finish(file);
}

static err_t read_file(struct calibration *c) {
    struct config *file;
    struct stat info;
    if (stat(c->path, &info) == 0 && !S_ISREG(info.st_mode)) /* a FIFO must not hold us up */
        return err_fail(ERR_FORMAT, "%s is not a file", c->path);
    TRY(config_load(&file, c->path));
    err_t err = read_keys(c, file);
    config_free(file);
    return err;
}

err_t calibration_read(struct calibration *out, const struct settings *s, bool *found) {
    struct calibration c = {0};
    TRY(calibration_path(&c, s));
    err_t err = read_file(&c);
    *found = !err;
    if (err == ERR_NOT_FOUND) return ERR_OK;
    if (err)
        return err_prefix(
            err, "the wake phrase is not as it was calibrated: calibrate again, or take it back with `wake --forget`");
    *out = c;
    return ERR_OK;
}

err_t calibration_threshold(const struct settings *s, double *out, enum calibration_source *source) {
    char phrase[sizeof((struct calibration *)0)->phrase];
    struct calibration c;
    bool found = false;
    *out = s->wake_threshold;
    *source = *out != 0 ? CALIBRATION_SET : CALIBRATION_NONE;
    if (*out != 0 || !has_database(s)) return ERR_OK;
    TRY(calibration_read(&c, s, &found));
    if (!found) return ERR_OK;
    tidy(phrase, sizeof phrase, s->wake_phrase);
    *source = str_equal(phrase, c.phrase) ? CALIBRATION_HOME : CALIBRATION_OTHER;
    if (*source == CALIBRATION_HOME) *out = c.threshold;
    return ERR_OK;
}

/* ---- writing ---- */

static err_t write_error(const char *path) {
    return err_fail(ERR_IO, "cannot write %s: %s", path, strerror(errno));
}

err_t calibration_write(struct calibration *out, const struct settings *s, double threshold) {
    struct calibration c = {.threshold = threshold};
    char part[sizeof c.path + 8];
    TRY(calibration_path(&c, s));
    tidy(c.phrase, sizeof c.phrase, s->wake_phrase);
    snprintf(part, sizeof part, "%s.part", c.path);
    FILE *file = fopen(part, "we");
    if (!file) return write_error(part);
    fprintf(file, "; made by `shopkeeper wake --calibrate`; `shopkeeper wake --forget` takes it back\n");
    fprintf(file, "[wake]\nphrase = %s\nthreshold = %.2f\n", c.phrase, threshold);
    bool good = fflush(file) == 0 && fsync(fileno(file)) == 0;
    good = fclose(file) == 0 && good;
    err_t err = good && rename(part, c.path) == 0 ? ERR_OK : write_error(c.path);
    if (err) {
        unlink(part);
        return err;
    }
    *out = c;
    return ERR_OK;
}

err_t calibration_forget(struct calibration *out, const struct settings *s, bool *found) {
    struct calibration c = {0};
    TRY(calibration_path(&c, s));
    *found = unlink(c.path) == 0;
    if (!*found && errno != ENOENT) return err_fail(ERR_IO, "cannot remove %s: %s", c.path, strerror(errno));
    *out = c;
    return ERR_OK;
}
