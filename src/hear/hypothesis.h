/* What a search has made so far of an utterance by the scores of `s`, taken out of the decoder. One thread. */
#ifndef SK_HEAR_HYPOTHESIS_H
#define SK_HEAR_HYPOTHESIS_H
#include "hear/decoder.h"
#include "hear/hear.h"
#include "hear/senones.h"

struct hypothesis {
    struct decoded decoded;
    char text[HEAR_TEXT_MAX];
};

void hypothesis_take(struct hypothesis *h, struct decoder *d, const struct senones *s);

#endif
