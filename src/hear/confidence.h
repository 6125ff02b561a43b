/* How far a hypothesis can be believed. Pure. */
#ifndef SK_HEAR_CONFIDENCE_H
#define SK_HEAR_CONFIDENCE_H
#include "hear/decoder.h"
#include "hear/tuning.h"

/* What speaks for a hypothesis. */
enum evidence {
    EVIDENCE_MARGIN, /* what insisting on the grammar costs beside the loop of all phones, in all of the utterance, nats
                        a frame of speech, at most 0. In noise the loop explains what the grammar takes for silence */
    EVIDENCE_FIT,    /* the same in the words' own frames: what a noise between them is does not matter */
    EVIDENCE_LOOSEST, /* and in those of the word that fits worst, at least -6 */
    EVIDENCE_LENGTH,  /* logarithm of the seconds of speech: a long sentence is not hit by chance */
    EVIDENCE_PACE,    /* logarithm of the time a word takes, in half seconds: forced on other speech, a grammar hears
                         many short words */
    EVIDENCE_CLEAR,   /* see senones_clear(): in noise, words may be taken for others that sound alike */
    EVIDENCE_COUNT
};

/* The name of each in hearing.ini and elsewhere. */
const char *evidence_name(enum evidence e);
/* False if there is no hypothesis. `loop` is the loop's score, nats. */
bool evidence_of(const struct decoded *hypothesis, double loop, double clear, float out[EVIDENCE_COUNT]);
/* The probability that all was heard right, 0 to 1, by a logistic regression. A search by an n-gram model fits
 * whatever is said better than a grammar does: it has weights of its own. */
float confidence_of(const float evidence[EVIDENCE_COUNT], const struct confidence_tuning *weights);

#endif
