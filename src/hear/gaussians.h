/* The Gaussians of the acoustic model: how likely each senone is to sound like a frame. Reads the phonetically tied
 * model that PocketSphinx uses (means, variances, sendump, mdef) and computes what it does, in single precision and
 * vectorised, for all senones: X. Huang, Y. Ariki, M. Jack, "Hidden Markov Models for Speech Recognition", 1990, on
 * tied mixtures. Done here because these scores are mixed with those of the network before the search. One thread. */
#ifndef SK_HEAR_GAUSSIANS_H
#define SK_HEAR_GAUSSIANS_H
#include <stdbool.h>
#include "base/err.h"
#include "hear/adaptation.h"
#include "hear/mdef.h"

enum {
    GAUSSIANS_CEPSTRA = ADAPTATION_CEPSTRA,
    GAUSSIANS_STREAMS = ADAPTATION_STREAMS /* cepstra, their differences, and the differences of those */
};

struct gaussians;

/* `model` is a folder; borrows `m`. ERR_MODEL, ERR_MEMORY. */
SK_MUST_USE err_t gaussians_load(struct gaussians **out, const char *model, const struct mdef *m);
void gaussians_free(struct gaussians *g);
/* Log likelihoods of all senones, nats, relative to the best codewords. Those of the phones that are not `wanted` [one
 * a phone] are not computed and are as the worst of the others. */
void gaussians_score(struct gaussians *g, const float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA], const bool *wanted,
                     float *scores);

/* ---- a household's own voice, see adaptation.h: the phones are moved, silence and noises stay ---- */

/* Which model this is. */
uint32_t gaussians_fingerprint(const struct gaussians *g);
/* From now on; once. ERR_MODEL if it was made for another model. */
SK_MUST_USE err_t gaussians_adapt(struct gaussians *g, const struct adaptation *a);
/* A frame that sounded like this senone; silence does not count. */
void gaussians_count(const struct gaussians *g, int senone, const float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA],
                     struct adaptation_stats *stats);
/* As if one frame had been heard that sounded just as the model expects. */
void gaussians_count_expected(const struct gaussians *g, struct adaptation_stats *stats);

#endif
