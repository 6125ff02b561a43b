/* What is listened for by words that may follow each other, and not by sentences. In a shop with more products than a
 * tree of their names can hold: an n-gram model of the requests of the grammar with the words of the catalogue in them
 * (understand/ngram.h). In a smaller one, in states that say so and where their sentences are not sure: a model of all
 * wordings of the grammar (understand/wordings.h). Both are kept beside the database, so that what has not changed is
 * not counted again. Main thread, at start. */
#ifndef SK_APPS_VOCABULARY_H
#define SK_APPS_VOCABULARY_H
#include "apps/settings.h"
#include "hear/hear.h"
#include "hear/lexicon.h"
#include "shop/shop.h"
#include "understand/grammar.h"
#include "understand/states.h"

/* More products than this: their words are listened for, not their names. Processor time a second of speech and memory
 * of parts of a 19,406-product catalogue, tree of names against n-gram model of words: 500 products 0.14 s, 65 MB
 * against 0.08 s, 52 MB; 1,000 0.18 s, 76 MB against 0.08 s, 54 MB; 4,000 0.34 s, 144 MB against 0.10 s, 64 MB. Names
 * of the grocer's 411 products by synthetic voices are found alike (98 % of 100); requests that are no name only by the
 * model. */
enum { VOCABULARY_FROM_PRODUCTS = 500 };

struct vocabulary;

SK_MUST_USE err_t vocabulary_wanted(struct shop *shop, bool *out);
/* True for a network (NET_NAMES) in which something of the shop is named. */
bool vocabulary_is_frame(const struct net *net);

/* From the frames of the states that listen by it. ERR_ as its parts say. */
SK_MUST_USE err_t vocabulary_build(struct vocabulary **out, const struct settings *s, struct shop *shop,
                                   const struct net *const *frames, size_t n);
/* From all that the grammar lets be said in the states that listen for all wordings; *out NULL if there is none. */
SK_MUST_USE err_t vocabulary_of_wordings(struct vocabulary **out, const struct settings *s, struct grammar *g,
                                         const struct states *states);
void vocabulary_free(struct vocabulary *v);
/* Its words, as a network that has nothing else, for the lexicon. Borrowed. */
const struct net *vocabulary_words(const struct vocabulary *v);
/* Gives the model to the recogniser. Words that the lexicon cannot pronounce are left out. */
SK_MUST_USE err_t vocabulary_listen(struct vocabulary *v, struct hear *h, const struct lexicon *lexicon);

#endif
