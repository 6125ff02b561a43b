/* How likely it is, by the words alone, that something is meant: what the grammar is too strict for, and what it is too
 * lenient with. A linear model of words, pairs of neighbours and beginnings of words; each class of it is one or more
 * intents that people word alike, and the first class is all that is no request to a shop.
 *
 * The file (models/<locale>/cues.txt; fitted by tests/bench/cues.py):
 *   # a comment
 *   [-]                                      the classes, counted from 0; [-] is what is no request
 *   [order_status delivery_time]
 *   (search_product)                         a class of which only the grammar's own sentences were learnt from
 *   <any><TAB>0 512 1 -80                    a feature: class and weight in hundredths, for those that are not 0
 *   where is<TAB>1 143
 * Features of a text: <any> once, each word, each two neighbours (with <s> and </s> at the ends), and "begin*" for
 * words of more than five bytes. A written number is "<n>".
 *
 * Read only once it is loaded: any thread. */
#ifndef SK_UNDERSTAND_CUES_H
#define SK_UNDERSTAND_CUES_H
#include "base/err.h"
#include "understand/intent.h"

struct cues;

struct weighed {
    float of[INTENT_COUNT];     /* probability that it is of a class with this intent */
    float worded[INTENT_COUNT]; /* and of one that was learnt from what people say */
    bool known[INTENT_COUNT];   /* there is such a class */
};

/* ERR_NOT_FOUND, ERR_FORMAT with file and line, ERR_FULL, ERR_MEMORY. */
SK_MUST_USE err_t cues_load(struct cues **out, const char *path);
void cues_free(struct cues *c);

/* `words`: normalised (words.h). */
void cues_weigh(const struct cues *c, const char *words, struct weighed *out);

#endif
