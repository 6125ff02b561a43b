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
#include "hear/verify.h"

enum {
    RATE_HZ = 16000,
    SAMPLES_PER_MS = RATE_HZ / 1000,
    BLOCK_SAMPLES = 320,
    PLAYED_SAMPLES = 5 * RATE_HZ / 2, /* what is kept of what was played: the wake phrase and more */
    HISTORY_SAMPLES = 16 * RATE_HZ,   /* what is kept of the past while listening: an utterance and more */
    UTTERANCE_SAMPLES = HEAR_MAX_MS * SAMPLES_PER_MS,
    ROOM_SAMPLES = UTTERANCE_SAMPLES + 2 * COMFORT_LEAD_SAMPLES,
    ROOM_FRAMES = ROOM_SAMPLES / FEATURES_HOP,
};

/* Searches of the decoder, beside those of the states. */
#define SEARCH_WAKE "wake"

/* What speaks for a place being the wake phrase. */
enum wake_evidence {
    WAKE_SOUND, /* log10 of how much likelier it is than the loop of phones, a phone of the phrase: by the Gaussians on
                   cleaned sound and the network together, in PocketSphinx's search */
    WAKE_FIT,   /* see verify.h: ratio, */
    WAKE_WORST, /* worst */
    WAKE_PACE,  /* logarithm of the time a phone takes, in tenths of a second */
    WAKE_SHORT, /* share of the phones that are as short as can be */
    WAKE_EVIDENCE
};

enum {
    WAKE_PRONUNCIATIONS = 16,
    WAKE_STEP = 10,   /* frames between two looks */
    WAKE_AFTER = 30,  /* frames waited for a better end of the phrase */
    WAKE_FRAMES = 220 /* that are kept for the second look */
};

/* The search for the wake phrase in a stream. */
struct wake {
    struct network *network; /* of its own, but for the weights, since it remembers the sound */
    struct features *features;
    int n_phones;     /* of the phrase; 0: there is none */
    double threshold; /* score that counts */
    struct verify_pronunciation pronunciations[WAKE_PRONUNCIATIONS];
    int n_pronunciations;
    struct frame frames[WAKE_FRAMES + WAKE_STEP]; /* the last ones */
    int n_frames;
    double excess; /* log odds by which a place must be likelier, after the looks of the last seconds */
    int phase;     /* frames of the stream before them, of a step: looks do not depend on when listening began */
};

/* A place that was looked at closer. */
struct wake_place {
    double score; /* log odds that it is the phrase, by the weights of hearing.ini */
    double evidence[WAKE_EVIDENCE];
    int age_ms; /* since the end of the phrase */
};

/* Interrupting, see barge.c. */
struct barge {
    struct endpoint endpoint;
    int state;
    int64_t begun;                  /* first sample of the burst */
    int16_t played[PLAYED_SAMPLES]; /* sample n of the stream at n % PLAYED_SAMPLES */
};

struct hear {
    struct decoder *decoder; /* the wake phrase and the states */
    struct network *network;
    struct features *features;
    struct senones *senones;
    struct lexicon *lexicon; /* borrowed */
    struct tuning tuning;
    struct wake wake;
    struct barge barge;

    struct held held;  /* the states */
    bool has_names;    /* the decoder has the search HELD_NAMES */
    bool has_wordings; /* and that knows all that is said */

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

/* Samples of the stream by their place in it; no more than HISTORY_SAMPLES ago. */
void history_read(const struct hear *h, int64_t from, int16_t *samples, size_t n);

/* Takes the phrase and opens what it takes to hear it. ERR_ARG, see decoder_set_phrase(); ERR_MEMORY. */
SK_MUST_USE err_t wake_open(struct hear *h, const struct hear_config *config);
void wake_close(struct hear *h);
/* Is it in these samples, which are nobody's utterance? Uses h->frames. */
bool wake_is_said(struct hear *h, const int16_t *samples, size_t n);
/* The wake phrase in a stream. */
void wake_begin(struct hear *h);
/* True if there was something like the phrase a moment ago. */
bool wake_feed(struct hear *h, const int16_t *samples, size_t n, struct wake_place *out);

#endif
