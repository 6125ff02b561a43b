/* The Gaussians of the acoustic model: how likely each senone is to sound like a frame. Reads the phonetically tied
 * model that PocketSphinx uses (means, variances, sendump, mdef) and computes what it does, in single precision and
 * vectorised, for all senones: X. Huang, Y. Ariki, M. Jack, "Hidden Markov Models for Speech Recognition", 1990, on
 * tied mixtures. Done here because these scores are mixed with those of the network before the search. One thread. */
#ifndef SK_HEAR_GAUSSIANS_H
#define SK_HEAR_GAUSSIANS_H
#include <stdbool.h>
#include "base/err.h"
#include "hear/mdef.h"

enum { GAUSSIANS_CEPSTRA = 13, GAUSSIANS_STREAMS = 3 /* cepstra, their differences, and the differences of those */ };

struct gaussians;

/* `model` is a folder; borrows `m`. ERR_MODEL, ERR_MEMORY. */
SK_MUST_USE err_t gaussians_load(struct gaussians **out, const char *model, const struct mdef *m);
void gaussians_free(struct gaussians *g);
/* Log likelihoods of all senones, nats, relative to the best codewords. Those of the phones that are not `wanted` [one
 * a phone] are not computed and are as the worst of the others. */
void gaussians_score(struct gaussians *g, const float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA], const bool *wanted,
                     float *scores);

#endif
