/* From the names in a grammar to the rules that they mean. */
#ifndef SK_UNDERSTAND_RESOLVE_H
#define SK_UNDERSTAND_RESOLVE_H
#include "understand/model.h"

/* Gives every mention its rule. ERR_FORMAT with the place of one that is undefined, ambiguous, private to another file,
 * recursive or nested too deep. */
SK_MUST_USE err_t resolve_rules(struct grammar *g);

/* "shop" and "builtin", which no file defines. */
bool resolve_is_reserved(const char *grammar);
/* The file of that grammar, or NULL. */
struct source *resolve_source(const struct grammar *g, const char *grammar);
/* The rule that a file defines, or NULL. */
struct rule *resolve_rule(const struct source *s, const char *name);

#endif
