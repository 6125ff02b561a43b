/* How well the last frames fit a phrase, beside the freest path through the network's phones: what a second stage needs
 * to judge a candidate of the wake phrase. Pure functions over frames, no memory of their own, any thread. */
#ifndef SK_HEAR_VERIFY_H
#define SK_HEAR_VERIFY_H
#include "base/err.h"
#include "hear/features.h"

enum {
    VERIFY_FRAMES = 190, /* at most, 1.9 s */
    VERIFY_PHONES = 32,  /* of one pronunciation */
};

/* One pronunciation: places of its phones in alphabetical order, 0 to 38. */
struct verify_pronunciation {
    int n_phones;
    unsigned char phones[VERIFY_PHONES];
};

struct verify_fit {
    double ratio;      /* mean over the frames of the phrase: natural logarithm of its likelihood by the free path's */
    double worst;      /* mean of the phone that fits least, by the best part of each frame; at most 0 */
    double speech;     /* mean probability */
    int shortest;      /* frames of the shortest phone */
    int n_shortest;    /* phones of three frames, the least there is */
    int longest;       /* and of the longest */
    int begin, end;    /* frames [begin, end) are the phrase */
    int pronunciation; /* the one that fits best */
};

/* The best place of the best of n pronunciations that ends at frame `least_end` or later, `prior` as network_prior()
 * gives it. ERR_ARG: no pronunciation, one with a phone that is none or too many of them, too many frames, or too few
 * for any of the pronunciations. */
SK_MUST_USE err_t verify_fit(const struct frame *frames, int n_frames, int least_end, const float prior[NETWORK_PARTS],
                             const struct verify_pronunciation *pronunciations, int n, struct verify_fit *fit);

#endif
