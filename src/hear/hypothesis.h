/* What a search has made of an utterance so far, taken out of the decoder. One thread. */
#ifndef SK_HEAR_HYPOTHESIS_H
#define SK_HEAR_HYPOTHESIS_H
#include "hear/decoder.h"
#include "hear/hear.h"

struct hypothesis {
    struct decoded decoded;
    char text[HEAR_TEXT_MAX];
};

void hypothesis_take(struct hypothesis *h, struct decoder *d);

#endif
