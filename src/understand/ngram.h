/* An n-gram model of what is said in an open state of a shop too large for a tree of its names.
 *
 * Two sources. The frames are the grammar: a network built NET_NAMES, from which the expected counts of its pairs and
 * triples of words are computed exactly; LABEL_NAME is where something of the shop is named. The names are the titles
 * of the catalogue: which words begin a request for a product (the more products have them, and the more they end what
 * is a name), which words follow each other, and which occur in one title at all, since people say "gaming mouse pad"
 * of what is called "pad for gaming mice". Pairs that no title has keep a small share.
 *
 * The result is a trigram model with back-off in the ARPA format
 * (https://cmusphinx.github.io/wiki/arpaformat/). Pure; one thread. */
#ifndef SK_UNDERSTAND_NGRAM_H
#define SK_UNDERSTAND_NGRAM_H
#include <stdio.h>
#include "base/err.h"
#include "understand/grammar.h"

struct ngram;

/* What models/<locale>/hearing.ini says of it, section [names]. */
struct ngram_tuning {
    double power;    /* a word begins a request as often as the number of its products to this power */
    double code;     /* how much less a word with a digit does */
    double apart;    /* a pair of words with others between counts so much, divided by their distance */
    double reversed; /* the same in the other order */
    double unseen;   /* share of pairs that no title has */
    double end;      /* probability that a request ends behind a word that always ends a name */
};

SK_MUST_USE err_t ngram_create(struct ngram **out, const struct ngram_tuning *tuning);
void ngram_free(struct ngram *g);

/* A product's title: words between blanks, "," between stretches that do not belong together. `weight`: how often it is
 * asked for beside the others, 1 as a rule. ERR_FULL, ERR_MEMORY. */
SK_MUST_USE err_t ngram_name(struct ngram *g, const char *title, double weight);
/* Words that say something of a product and are not its name: they may be asked for, alone. */
SK_MUST_USE err_t ngram_mention(struct ngram *g, const char *words, double weight);
/* Adds the frames of a state. ERR_ARG for another network, ERR_MEMORY. */
SK_MUST_USE err_t ngram_frames(struct ngram *g, const struct net *net);

/* Decides which words are listened for: those of the frames and, of the names, those of letters alone, numbers of
 * up to four digits, and those with a digit that several products have. Before it, nothing is written; after it,
 * nothing is added. */
SK_MUST_USE err_t ngram_finish(struct ngram *g);
/* The words that are listened for. Borrowed. */
const char *const *ngram_words(const struct ngram *g, size_t *n);
/* Leaves a word out (it has no pronunciation). */
void ngram_leave_out(struct ngram *g, const char *word);
/* Writes the model. ERR_IO, ERR_MEMORY. */
SK_MUST_USE err_t ngram_write(struct ngram *g, FILE *file);

#endif
