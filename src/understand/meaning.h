/* The way that the search found, carried out: the intent and its slots. */
#ifndef SK_UNDERSTAND_MEANING_H
#define SK_UNDERSTAND_MEANING_H
#include "understand/intent.h"
#include "understand/search.h"

/* Sets id and slots of `out`. The texts of misspelled words are put right in `words`. */
void meaning_read(struct intent *out, struct search *s, const struct net *net, struct heard *words);

#endif
