/* The assistant's understanding as a whole, for the tests and benchmarks of wordings: the real grammar and states of
 * en-US, with the few words of a shop that a fill file gives. */
#ifndef SK_TESTS_UNDERSTANDING_H
#define SK_TESTS_UNDERSTANDING_H
#include "understand/typed.h"

struct understanding {
    struct grammar *grammar;
    struct states states;
    struct cues *cues;
    struct parser *parsers[STATES_MAX]; /* one a state, made when first asked for */
};

/* `shop`: a folder of catalog/ whose own grammar and states are used if it has any. `fill`: lines "rule<TAB>phrase";
 * a rule written "rule*" is open. ERR_ of the grammar, ERR_IO. */
SK_MUST_USE err_t understanding_open(struct understanding *out, const char *shop, const char *fill);
void understanding_close(struct understanding *u);

/* What typed words mean in a state. ERR_NOT_FOUND, and those of making its parser. */
SK_MUST_USE err_t understanding_parse(struct understanding *u, const char *state, const char *text, struct intent *out);

#endif
