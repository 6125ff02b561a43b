/* Samples to words: wake phrase, end of speech, decoding and confidence, with PocketSphinx.
 *
 * One decoder holds every search (wake phrase, one per dialogue state). One thread owns a `hear`; opening takes a
 * fraction of a second. Words go to the parser that the state's grammar belongs to, by the caller (apps/). */
#ifndef SK_HEAR_HEAR_H
#define SK_HEAR_HEAR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "hear/adaptation.h"
#include "hear/confidence.h"
#include "hear/endpoint.h"
#include "hear/lexicon.h"
#include "understand/grammar.h"

enum { HEAR_TEXT_MAX = 512, HEAR_MAX_MS = 30000, HEAR_READINGS_MAX = 40, HEAR_READING_MAX = 96 };

#define HEAR_DEFAULT_MODEL "/usr/share/pocketsphinx/model/en-us/en-us"

struct hear_config {
    const char *model;                   /* folder of the acoustic model, NULL the en-us one of Debian */
    const char *network;                 /* the locale's network.bin; see network.h */
    const char *tuning;                  /* the locale's hearing.ini; NULL built-in values */
    const char *wake_phrase;             /* "okay shopkeeper"; NULL no wake phrase */
    const struct adaptation *adaptation; /* a voice of one's own, NULL none; borrowed while it opens */
    double wake_threshold;               /* 0: the locale's default; log10-like scale, higher is stricter */
    struct endpoint_config endpoint;     /* a hangover of 0: as long as the words ask for */
};

struct hear_result {
    char text[HEAR_TEXT_MAX]; /* the words, "" if none */
    struct hear_reading {     /* other readings of an n-gram search, nearest first */
        char text[HEAR_READING_MAX];
        float cost; /* nats beside the text */
    } readings[HEAR_READINGS_MAX];
    int n_readings;
    bool names;    /* by the n-gram search */
    bool wordings; /* and that knows all wordings, see hear_set_wordings() */
    float evidence[EVIDENCE_COUNT];
    float confidence;  /* the probability that the words are right, by that evidence */
    int64_t audio_ms;  /* length of the utterance */
    int64_t decode_ns; /* processor time spent on it */
    bool whole;        /* heard as a whole after the end, and not while it came */
};

struct hear;

/* Borrows the lexicon until closed. ERR_MODEL (missing; says which package), ERR_MEMORY. */
SK_MUST_USE err_t hear_open(struct hear **out, const struct hear_config *config, struct lexicon *lexicon);
void hear_close(struct hear *h);

/* Listens for this network in the state of that name from the next utterance on; replaces one of the same name.
 * Words that have no pronunciation are left out with the arcs that need them and counted in *n_left_out (may be NULL).
 * Not in the middle of an utterance. ERR_MODEL, ERR_FULL (16 states). */
SK_MUST_USE err_t hear_set_state(struct hear *h, const char *state, const struct net *net, int *n_left_out);

/* The n-gram model (ARPA) of a shop with more names than a grammar can hold, and the words in it, each with a
 * pronunciation in the lexicon. Once, before the states that listen by it. ERR_MODEL, ERR_MEMORY. */
SK_MUST_USE err_t hear_set_names(struct hear *h, const char *arpa, const char *const *words, size_t n_words);
/* The same with all wordings in the model, for states that listen by a network: where that is not sure, the model is
 * asked as well, and the surer of the two is taken ([wordings_confidence] has its weights). */
SK_MUST_USE err_t hear_set_wordings(struct hear *h, const char *arpa, const char *const *words, size_t n_words);
/* The state, set already, does so. ERR_ARG without such a model, ERR_NOT_FOUND. */
SK_MUST_USE err_t hear_add_wordings(struct hear *h, const char *state);
/* The state listens by that model. ERR_ARG if there is none, ERR_FULL. */
SK_MUST_USE err_t hear_set_state_names(struct hear *h, const char *state);

/* A whole utterance at once, batch mean: the most accurate. ERR_NOT_FOUND for an unknown state, ERR_MODEL. */
SK_MUST_USE err_t hear_utterance(struct hear *h, const char *state, const int16_t *samples, size_t n,
                                 struct hear_result *out);

/* A place in a recording that may be the wake phrase. */
enum { HEAR_WAKE_EVIDENCE = 5 };
struct hear_wake {
    int64_t at_ms; /* the end of the phrase */
    double score;  /* log odds that it is the phrase */
    double evidence[HEAR_WAKE_EVIDENCE];
};
/* "sound", "fit", ...: as in hearing.ini. */
const char *hear_wake_evidence(int i);

/* Every detection of the wake phrase in a recording. `all`: below the threshold too. */
SK_MUST_USE err_t hear_wake_scan(struct hear *h, const int16_t *samples, size_t n, bool all,
                                 void (*fn)(void *ctx, const struct hear_wake *found), void *ctx);

/* Streaming, for the HEAR thread: what to do with the blocks that come. */
enum hear_mode {
    HEAR_OFF,     /* throw samples away */
    HEAR_WAKE,    /* wait for the wake phrase */
    HEAR_BARGE,   /* the same while a reply is played, and short words in the current state; goes on after them */
    HEAR_COMMAND, /* an utterance in the current state, by the endpointer */
};

enum hear_event {
    HEAR_NOTHING,
    HEAR_WOKE,      /* the wake phrase; the caller switches to HEAR_COMMAND, samples after the phrase are kept */
    HEAR_STARTED,   /* speech began */
    HEAR_RESULT,    /* speech ended: *out is filled */
    HEAR_NO_SPEECH, /* nobody spoke */
    HEAR_TOO_LONG,  /* somebody speaks without end: too much to be one request */
};

/* From the next block on. `state` is needed for HEAR_COMMAND; HEAR_BARGE does without one it does not know. */
SK_MUST_USE err_t hear_listen(struct hear *h, enum hear_mode mode, const char *state);
/* Before a block of a reply: what the loudspeaker played of it while the block was captured, as many samples. */
void hear_played(struct hear *h, const int16_t *samples, size_t n);
/* One block of AUDIO_BLOCK_FRAMES samples; one in a pause may take long, when what was heard so far
 * is not sure and is heard again as a whole. Fills *out for HEAR_RESULT. */
enum hear_event hear_block(struct hear *h, const int16_t *samples, size_t n, struct hear_result *out);

#endif
