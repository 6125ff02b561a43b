/* A network of the grammar (understand/grammar.h) as PocketSphinx's finite-state grammar. */
#ifndef SK_HEAR_FSG_H
#define SK_HEAR_FSG_H
#include <sphinxbase/fsg_model.h>
#include "base/err.h"
#include "hear/lexicon.h"
#include "understand/grammar.h"

/* Words without a pronunciation are left out, with all that can only be reached or left through them.
 * Can there be a grammar of it? *n_left_out counts those words. ERR_MODEL if nothing would be left, ERR_ARG for a
 * network that is none, ERR_MEMORY. */
SK_MUST_USE err_t fsg_check(const struct net *net, const struct lexicon *lexicon, int *n_left_out);

/* The caller frees by fsg_model_free(). Errors as above. */
SK_MUST_USE err_t fsg_build(fsg_model_t **out, const struct net *net, const struct lexicon *lexicon, logmath_t *lmath,
                            double language_weight);

#endif
