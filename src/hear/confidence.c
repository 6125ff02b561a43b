/* A closed grammar turns every cough into an order: the best path through it may still be a bad one. So the same
 * features also go through a loop of all phones, which explains any speech as well as the acoustic model can. What
 * tells an order from the rest: margin  the difference of the two acoustic log likelihoods, a frame of speech: what was
 * lost by insisting on the grammar (G. Williams and S. Renals, "Confidence measures from local posterior probability
 * estimates", Computer Speech and Language 13, 1999, for the idea) length  the logarithm of the seconds of speech: a
 * long sentence is not hit by chance pace    the logarithm of the time a word takes, in half seconds: forced on other
 * speech, a grammar hears many short words A logistic regression of the three is a number from 0 to 1. Its constants
 * are fitted on recordings, see models/<locale>/hearing.ini. */
#include "hear/confidence.h"

#include <math.h>

enum { FRAMES_PER_S = 100 };

float confidence_of(const struct decoded *hypothesis, double loop, const struct tuning *t) {
    if (hypothesis->words == 0 || hypothesis->speech_frames <= 0) return 0;
    double frames = hypothesis->speech_frames;
    double margin = (hypothesis->score - loop) / frames;
    double length = log(frames / FRAMES_PER_S);
    double pace = log(frames / hypothesis->words / (FRAMES_PER_S / 2.0));
    double z =
        t->confidence_bias + t->confidence_margin * margin + t->confidence_length * length + t->confidence_pace * pace;
    return (float)(1 / (1 + exp(-z)));
}
