/* Learns a household's own voice (adaptation.h) from sentences that are known, and finds out whether it helps: it is
 * made of some of the sentences and tried on the others. One thread; opening takes a fraction of a second. */
#ifndef SK_HEAR_ENROLMENT_H
#define SK_HEAR_ENROLMENT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "hear/adaptation.h"
#include "hear/hear.h"
#include "hear/lexicon.h"

enum { ENROLMENT_MAX = 32 /* sentences */, ENROLMENT_LEAST = 5 };

struct enrolment;

/* Of the config only model, network and tuning matter. Borrows the lexicon. As hear_open(). */
SK_MUST_USE err_t enrolment_open(struct enrolment **out, const struct hear_config *config,
                                 const struct lexicon *lexicon);
void enrolment_close(struct enrolment *e);

struct enrolment_reading {
    bool read;     /* it was that sentence, and it is kept */
    float fit;     /* how well it fits beside any other phones, nats a frame of speech, at most about 0 */
    int speech_ms; /* in words */
};

/* A recording of a sentence, its words in lower case. Its sound is not kept. ERR_NOT_FOUND (a word without a
 * pronunciation), ERR_RANGE (longer than HEAR_MAX_MS), ERR_FULL, ERR_MEMORY. */
SK_MUST_USE err_t enrolment_read(struct enrolment *e, const char *sentence, const int16_t *samples, size_t n,
                                 struct enrolment_reading *out);

struct enrolment_result {
    struct adaptation adaptation; /* of all that was read */
    int read;                     /* sentences */
    float fit;                    /* of the sentences without it, nats a frame of speech */
    float gain;                   /* by how much surer the right phone of a frame is, nats, with one made of others */
    float sure;                   /* that in standard errors of it: Student's t of the paired differences */
    bool helps;                   /* both are as large as hearing.ini asks */
};

/* ERR_RANGE if fewer than ENROLMENT_LEAST were read, or too little was said. */
SK_MUST_USE err_t enrolment_finish(struct enrolment *e, struct enrolment_result *out);

#endif
