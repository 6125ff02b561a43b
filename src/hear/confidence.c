/* A closed grammar turns every cough into an order: the best path through it may still be a bad one. So it competes
 * with a loop of all phones, which explains any speech as well as the acoustic model can (G. Williams and S. Renals,
 * "Confidence measures from local posterior probability estimates", Computer Speech and Language 13, 1999, for the
 * idea). The weights are fitted on recordings, see models/<locale>/hearing.ini and tests/bench/confidence.py. */
#include "hear/confidence.h"

#include <math.h>

enum { FRAMES_PER_S = 100 };

/* As in verify.c: a sound may be another than the dictionary's, and one short word alone refuses no sentence. */
static const double LOOSEST_LEAST = -6;

_Static_assert((int)EVIDENCE_COUNT == (int)TUNING_EVIDENCE, "one weight for each piece of evidence");

const char *evidence_name(enum evidence e) {
    static const char *const names[EVIDENCE_COUNT] = {"margin", "fit", "loosest", "length", "pace", "clear"};
    return names[e];
}

bool evidence_of(const struct decoded *hypothesis, double loop, double clear, float out[EVIDENCE_COUNT]) {
    if (hypothesis->words == 0 || hypothesis->speech_frames <= 0) return false;
    double frames = hypothesis->speech_frames;
    out[EVIDENCE_MARGIN] = (float)fmin((hypothesis->score - loop) / frames, 0);
    out[EVIDENCE_FIT] = (float)fmin(hypothesis->fit / frames, 0);
    out[EVIDENCE_LOOSEST] = (float)fmax(fmin(hypothesis->loosest_fit, 0), LOOSEST_LEAST);
    out[EVIDENCE_LENGTH] = (float)log(frames / FRAMES_PER_S);
    out[EVIDENCE_PACE] = (float)log(frames / hypothesis->words / (FRAMES_PER_S / 2.0));
    out[EVIDENCE_CLEAR] = (float)clear;
    return true;
}

float confidence_of(const float evidence[EVIDENCE_COUNT], const struct confidence_tuning *weights) {
    double z = weights->bias;
    for (int i = 0; i < EVIDENCE_COUNT; i++) z += weights->evidence[i] * (double)evidence[i];
    return (float)(1 / (1 + exp(-z)));
}
