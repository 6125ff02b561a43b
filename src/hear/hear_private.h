/* What hear.c, listen.c and wake.c share. */
#ifndef SK_HEAR_PRIVATE_H
#define SK_HEAR_PRIVATE_H
#include "hear/comfort.h"
#include "hear/confidence.h"
#include "hear/decoder.h"
#include "hear/features.h"
#include "hear/hear.h"
#include "hear/held.h"
#include "hear/live.h"
#include "hear/senones.h"
#include "hear/sentence.h"
#include "hear/tuning.h"

enum {
    RATE_HZ = 16000,
    SAMPLES_PER_MS = RATE_HZ / 1000,
    BLOCK_SAMPLES = 320,
    HISTORY_SAMPLES = 16 * RATE_HZ, /* what is kept of the past while listening: an utterance and more */
    UTTERANCE_SAMPLES = HEAR_MAX_MS * SAMPLES_PER_MS,
    LEAD_SAMPLES = COMFORT_LEAD_MS * SAMPLES_PER_MS,
    ROOM_SAMPLES = UTTERANCE_SAMPLES + 2 * LEAD_SAMPLES,
    ROOM_FRAMES = ROOM_SAMPLES / FEATURES_HOP,
};

/* A wake phrase is noticed so long after its end. */
enum { WAKE_DELAY_MS = 100 };

/* Searches of the decoder, beside those of the states. */
#define SEARCH_WAKE "wake"

/* The search for the wake phrase in a stream. */
struct wake {
    int n_phones;     /* of the phrase; 0: there is none */
    double threshold; /* score that counts */
    int64_t heard;    /* samples since the search began */
};

struct hear {
    struct decoder *decoder; /* the wake phrase and the states */
    struct network *network;
    struct features *features;
    struct senones *senones;
    struct lexicon *lexicon; /* borrowed */
    struct tuning tuning;
    struct wake wake;

    struct held held; /* the states */
    bool has_names;   /* the decoder has the search HELD_NAMES */

    /* streaming, see listen.c */
    enum hear_mode mode;
    int state;
    struct endpoint endpoint;
    bool patient; /* how long a pause may be depends on what was said */
    struct live *live;
    struct sentence *sentence; /* of the state; NULL: it listens by the shop's names */
    bool in_utterance;
    int64_t written;   /* samples received since hear_open() */
    int64_t cursor;    /* next sample to look at */
    int64_t earliest;  /* samples before this one belong to something else (the wake phrase) */
    int64_t begun;     /* first sample of the utterance */
    uint32_t comfort;  /* seed of the noise that is added */
    int tail_quiet_ms; /* silence since then */
    int64_t tail_end;  /* until here the wake phrase or a reply may still sound; 0 it does not */
    bool decoded;      /* the utterance up to here, as a whole, into `result` */
    struct hear_result result;
    int16_t history[HISTORY_SAMPLES];
    int16_t room[ROOM_SAMPLES]; /* see utterance_room() */
    struct frame frames[ROOM_FRAMES];
};

/* Where the samples of an utterance go, UTTERANCE_SAMPLES at most, before it is decoded. */
int16_t *utterance_room(struct hear *h);
/* Decodes n samples in that place, in a held state, with a little of a quiet room around them and the mean of the
 * whole: the most accurate. Changes the samples. */
SK_MUST_USE err_t utterance_decode(struct hear *h, int state, size_t n, struct hear_result *out);

/* The wake phrase in a stream. Begins again by itself in a silence now and then. */
SK_MUST_USE err_t wake_begin(struct hear *h, bool fresh);
/* True if the phrase, or something like it, was heard WAKE_DELAY_MS ago; *score is how well. */
bool wake_feed(struct hear *h, struct endpoint *endpoint, const int16_t *samples, size_t n, double *score);

#endif
