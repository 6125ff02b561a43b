/* Words to intent and slots, by the grammar, tolerant of fillers and of words it does not know.
 *
 * A parser belongs to one dialogue state. Viterbi search over the NET_PARSE network: a word that the grammar
 * calls a <filler> may be skipped for little, another word for more, a missing grammar word for more still.
 * A misspelled word is taken for the word of the grammar that it is nearest to, unless that is part of a number.
 * The score is 1 - cost / words: 1 as the grammar says it, 0.5 half understood. */
#ifndef SK_UNDERSTAND_PARSE_H
#define SK_UNDERSTAND_PARSE_H
#include "understand/grammar.h"
#include "understand/intent.h"
#include "understand/states.h"

struct parser;

/* `threshold`: the score from which a result is accepted. Borrows the grammar. */
SK_MUST_USE err_t parser_create(struct parser **out, const struct grammar *g, const char *const *intents, size_t n,
                                float threshold);
void parser_destroy(struct parser *p);

/* Any bytes: normalised first (case, punctuation, white space; see words.h). Never fails: what is none of them, or is
 * more than 64 words, gives INTENT_NONE, score 0, accepted false. One thread at a time. */
void parser_parse(struct parser *p, const char *text, struct intent *out);
/* The same with only the intents of a state, those of them that the parser has, and its threshold. */
void parser_parse_in(struct parser *p, const struct state *state, const char *text, struct intent *out);
/* The same with only the intents that are true in `allowed` (by enum intent_id; NULL: all of the parser's), from the
 * score `least` on. */
void parser_parse_only(struct parser *p, const bool *allowed, float least, const char *text, struct intent *out);

#endif
