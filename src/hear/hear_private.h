/* What hear.c, listen.c and wake.c share. */
#ifndef SK_HEAR_PRIVATE_H
#define SK_HEAR_PRIVATE_H
#include "hear/confidence.h"
#include "hear/decoder.h"
#include "hear/hear.h"
#include "hear/held.h"
#include "hear/tuning.h"

enum {
    RATE_HZ = 16000,
    SAMPLES_PER_MS = RATE_HZ / 1000,
    BLOCK_SAMPLES = 320,
    HISTORY_SAMPLES = 4 * RATE_HZ, /* what is kept of the past while listening */
};

/* A wake phrase is noticed so long after its end. */
enum { WAKE_DELAY_MS = 100 };

/* Searches of the two decoders, beside those of the states. */
#define SEARCH_WAKE "wake"
#define SEARCH_LOOP "loop"

/* The search for the wake phrase in a stream. */
struct wake {
    int n_phones;     /* of the phrase; 0: there is none */
    double threshold; /* score that counts */
    int64_t heard;    /* samples since the search began */
};

struct hear {
    struct decoder *decoder; /* the wake phrase and the states */
    struct decoder *rival;   /* the phone loop, beside it on the same features */
    struct lexicon *lexicon; /* borrowed */
    struct tuning tuning;
    struct wake wake;

    struct held held; /* the states */

    /* streaming, see listen.c */
    enum hear_mode mode;
    int state;
    struct endpoint endpoint;
    bool in_utterance;
    int64_t written;  /* samples received since hear_open() */
    int64_t cursor;   /* next sample to look at */
    int64_t earliest; /* samples before this one belong to something else (the wake phrase) */
    int64_t begun;    /* first sample of the utterance */
    int64_t cpu_ns;
    uint32_t comfort; /* seed of the noise that is added */
    int16_t history[HISTORY_SAMPLES];
};

/* An utterance in both decoders. `whole`: all samples in one call. */
SK_MUST_USE err_t utterance_begin(struct hear *h, int state, bool whole);
void utterance_feed(struct hear *h, const int16_t *samples, size_t n, bool whole);
/* Fills text and confidence. */
void utterance_end(struct hear *h, struct hear_result *out);

/* The wake phrase in a stream. Begins again by itself in a silence now and then. */
SK_MUST_USE err_t wake_begin(struct hear *h, bool fresh);
/* True if the phrase, or something like it, was heard WAKE_DELAY_MS ago; *score is how well. */
bool wake_feed(struct hear *h, struct endpoint *endpoint, const int16_t *samples, size_t n, double *score);

#endif
