/* How far a hypothesis can be believed. Pure. */
#ifndef SK_HEAR_CONFIDENCE_H
#define SK_HEAR_CONFIDENCE_H
#include "hear/decoder.h"
#include "hear/tuning.h"

/* What speaks for a hypothesis. */
enum evidence {
    EVIDENCE_MARGIN, /* what insisting on the grammar costs beside the loop of all phones, nats a frame of speech, at
                        most 0 */
    EVIDENCE_WORST,  /* the score of the word that fits worst, nats a frame, at most 0 */
    EVIDENCE_LENGTH, /* logarithm of the seconds of speech: a long sentence is not hit by chance */
    EVIDENCE_PACE,  /* logarithm of the time a word takes, in half seconds: forced on other speech, a grammar hears many
                       short words */
    EVIDENCE_NOISE, /* see senones_noise(): in noise everything fits worse */
    EVIDENCE_FIT,   /* what the words cost beside the loop in their own frames, nats a frame, at most 0: unlike the
                       margin it leaves out how the loop explains a noise that the grammar takes for silence */
    EVIDENCE_LOOSEST, /* the same for the word where it is worst */
    EVIDENCE_COUNT
};

/* The name of each in hearing.ini and elsewhere. */
const char *evidence_name(enum evidence e);
/* False if there is no hypothesis. `loop` is the loop's score, nats. */
bool evidence_of(const struct decoded *hypothesis, double loop, double noise, float out[EVIDENCE_COUNT]);
/* The probability that all was heard right, 0 to 1, by a logistic regression. A search by an n-gram model fits
 * whatever is said better than a grammar does: it has weights of its own. */
float confidence_of(const float evidence[EVIDENCE_COUNT], const struct confidence_tuning *weights);

#endif
