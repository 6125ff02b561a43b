/* A closed grammar turns every cough into an order: the best path through it may still be a bad one. So the same
 * features also go through a loop of all phones, which explains any speech as well as the acoustic model can. The
 * difference of the two acoustic log likelihoods, per frame of speech in the hypothesis, tells how much was lost by
 * insisting on the grammar; a logistic function makes it a number from 0 to 1 (G. Williams and S. Renals, "Confidence
 * measures from local posterior probability estimates", Computer Speech and Language 13, 1999, for the idea). The two
 * constants are fitted on recordings, see models/<locale>/hearing.ini. */
#include "hear/confidence.h"

#include <math.h>

float confidence_of(const struct decoded *hypothesis, const struct decoded *loop, const struct tuning *tuning) {
    if (hypothesis->words == 0 || hypothesis->speech_frames <= 0) return 0;
    double margin = (hypothesis->score - loop->score) / hypothesis->speech_frames;
    return (float)(1 / (1 + exp(-tuning->confidence_slope * (margin - tuning->confidence_middle))));
}
