/* What is listened for in a shop with more products than a tree of their names can hold: an n-gram model of the
 * requests of the grammar with the words of the catalogue in them (understand/ngram.h). Kept beside the database, so
 * that an unchanged catalogue is not counted again. Main thread, at start. */
#ifndef SK_APPS_VOCABULARY_H
#define SK_APPS_VOCABULARY_H
#include "apps/settings.h"
#include "hear/hear.h"
#include "hear/lexicon.h"
#include "shop/shop.h"
#include "understand/grammar.h"

/* More products than this: their words are listened for, not their names. Up to here a tree of the names costs less
 * (processor time a second of speech, parts of the 19,406-product catalogue: 500 products 0.17 s, 1,000 0.20, 2,000
 * 0.24, 4,000 0.27; the n-gram model of all 0.25) and less memory (2,000: 102 MB; the model of all: 76 MB), and it
 * hears better (the grocer's 411 by synthetic voices, every eighth name: 91 % found first, with the model 88 %). */
enum { VOCABULARY_FROM_PRODUCTS = 2000 };

struct vocabulary;

SK_MUST_USE err_t vocabulary_wanted(struct shop *shop, bool *out);
/* True for a network (NET_NAMES) in which something of the shop is named. */
bool vocabulary_is_frame(const struct net *net);

/* From the frames of the states that listen by it. ERR_ as its parts say. */
SK_MUST_USE err_t vocabulary_build(struct vocabulary **out, const struct settings *s, struct shop *shop,
                                   const struct net *const *frames, size_t n);
void vocabulary_free(struct vocabulary *v);
/* Its words, as a network that has nothing else, for the lexicon. Borrowed. */
const struct net *vocabulary_words(const struct vocabulary *v);
/* Gives the model to the recogniser. Words that the lexicon cannot pronounce are left out. */
SK_MUST_USE err_t vocabulary_listen(struct vocabulary *v, struct hear *h, const struct lexicon *lexicon);

#endif
