/* One PocketSphinx decoder: an acoustic model, the words given to it, and searches by name.
 * The only file beside fsg.c that knows PocketSphinx. One thread a decoder. */
#ifndef SK_HEAR_DECODER_H
#define SK_HEAR_DECODER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "base/err.h"
#include "hear/lexicon.h"
#include "hear/tuning.h"
#include "understand/grammar.h"

struct decoder;

/* What PocketSphinx's score unit is worth in nats: scores are logarithms to the base 1.0001, shifted by 10 bits. */
#define DECODER_NATS 0.102394880

/* `model` is a folder of an acoustic model. ERR_MODEL, ERR_MEMORY. */
SK_MUST_USE err_t decoder_open(struct decoder **out, const char *model, const struct tuning *tuning);
void decoder_close(struct decoder *d);

/* Add a search, or replace the one of that name. Not in an utterance. ERR_MODEL, ERR_MEMORY. */
SK_MUST_USE err_t decoder_set_net(struct decoder *d, const char *name, const struct net *net,
                                  const struct lexicon *lexicon);
/* An n-gram model in the ARPA format, of these words. */
SK_MUST_USE err_t decoder_set_ngram(struct decoder *d, const char *name, const char *arpa, const char *const *words,
                                    size_t n_words, const struct lexicon *lexicon);
/* The probability that a sentence ends behind these words, by that model; -1 if there is none. */
float decoder_end_share(struct decoder *d, const char *words);
/* Spots a phrase in all its pronunciations from `floor_per_phone` (log10) upwards, and says how many phones it has (in
 * the shortest one). ERR_ARG names a word that has no pronunciation. */
SK_MUST_USE err_t decoder_set_phrase(struct decoder *d, const char *name, const char *phrase,
                                     const struct lexicon *lexicon, double floor_per_phone, int *n_phones);

void decoder_drop(struct decoder *d, const char *name);

/* An utterance: decoder_run(), then the questions below. */

/* What came out of a grammar. */
struct decoded {
    double score;       /* acoustic log likelihood of all frames, nats, relative to the best senone of each */
    double fit;         /* score of the words beside what competes with them in their own frames, nats */
    double loosest_fit; /* the least of any word, nats a frame */
    int speech_frames;  /* frames (10 ms) in words or phones, not in silence or noise */
    int words;          /* 0 if the grammar did not come to an end */
};
/* `rival` is the score of the competitor's best path up to the end of each frame, nats. */
void decoder_result(struct decoder *d, const float *rival, struct decoded *out);
/* The first and the last frame of each word or phone of it, silence and noise left out. */
void decoder_words(struct decoder *d, void (*fn)(void *ctx, int first, int last), void *ctx);
/* The words, "" if none. */
void decoder_text(struct decoder *d, char *text, size_t cap);

/* After the end of an utterance of an n-gram search: calls fn with other readings of it, best first, the words of
 * decoder_text() among them; `cost` is in nats beside the best. At most `n`. */
void decoder_readings(struct decoder *d, int n, void (*fn)(void *ctx, const char *text, double cost), void *ctx);

/* A whole utterance by the scores of its frames (senones.h), begun and ended. Closes the stream, which may be NULL for
 * want of memory. ERR_NOT_FOUND, ERR_MEMORY, ERR_MODEL. */
SK_MUST_USE err_t decoder_run(struct decoder *d, const char *search, FILE *scores);

/* The best spotting of the phrase in the utterance: log10 of how much likelier it is than the phone loop. False if
 * there is none. A spotting shows some 100 ms after its end, when no better end was found. */
bool decoder_spotted(struct decoder *d, double *log10_ratio);

#endif
