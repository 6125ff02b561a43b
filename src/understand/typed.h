/* Typed words to intent: the grammar, and what the words speak for where it is not sure.
 *
 * What the grammar takes nearly as it stands is never questioned. Else words that are very unlikely to be what the
 * grammar takes them for are refused, and what it refuses is accepted where the words speak for it; the slots are then
 * those of the grammar's nearest way. Names of the shop's products and nothing more are a search, or several or a
 * number of them wanted goods, where the state says so and nothing else fits better. Heard words do not come here: of
 * them the recogniser tells how sure it is, and what it may hear is worded as the grammar says. One thread at a time,
 * the parser's. */
#ifndef SK_UNDERSTAND_TYPED_H
#define SK_UNDERSTAND_TYPED_H
#include "understand/cues.h"
#include "understand/parse.h"

/* `cues` may be NULL: then as parser_parse_in(). A state without `likely` and `unlikely` does not ask it either. */
void typed_parse(struct parser *p, const struct cues *cues, const struct state *state, const char *text,
                 struct intent *out);

#endif
