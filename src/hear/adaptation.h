/* A household's own voice: a linear transform of the acoustic model's means, one for each of its streams, by maximum
 * likelihood (C. Leggetter and P. Woodland, "Maximum likelihood linear regression for speaker adaptation of continuous
 * density hidden Markov models", Computer Speech and Language 9, 1995), held to the model as far as there was little to
 * hear. Statistics are counted, solved, kept in a file and applied (gaussians.h). Nothing can be heard from the file.
 * One thread. */
#ifndef SK_HEAR_ADAPTATION_H
#define SK_HEAR_ADAPTATION_H
#include <stdint.h>
#include "base/err.h"

enum { ADAPTATION_STREAMS = 3, ADAPTATION_CEPSTRA = 13, ADAPTATION_TERMS = ADAPTATION_CEPSTRA + 1 };

struct adaptation {
    uint32_t model;   /* fingerprint of the model that it is for */
    int32_t readings; /* sentences that it was made of */
    float gain;       /* what it is worth on sentences that it was not made of, see enrolment.h */
    /* what a mean becomes: a weight for each of its values, and a constant */
    float row[ADAPTATION_STREAMS][ADAPTATION_CEPSTRA][ADAPTATION_TERMS];
};

/* What was heard, for each value of a mean: the sums G and k of the paper. Plain: two may be added. */
struct adaptation_stats {
    double g[ADAPTATION_STREAMS][ADAPTATION_CEPSTRA][ADAPTATION_TERMS][ADAPTATION_TERMS]; /* lower half */
    double k[ADAPTATION_STREAMS][ADAPTATION_CEPSTRA][ADAPTATION_TERMS];
};

/* A frame `x` that a Gaussian of that mean accounts for by a share `weight`; precision is 1 / variance. */
void adaptation_count(struct adaptation_stats *s, int stream, const float mean[ADAPTATION_CEPSTRA],
                      const float precision[ADAPTATION_CEPSTRA], const float x[ADAPTATION_CEPSTRA], double weight);
/* Adds `weight` times `more`. */
void adaptation_add(struct adaptation_stats *s, const struct adaptation_stats *more, double weight);
/* The transform that makes what was heard likeliest; `model` and the figures are left as they are. ERR_RANGE if too
 * little was heard to tell. */
SK_MUST_USE err_t adaptation_solve(const struct adaptation_stats *s, struct adaptation *out);
void adaptation_mean(const struct adaptation *a, int stream, float mean[ADAPTATION_CEPSTRA]);

/* Only the owner may read the file, which appears whole or not at all. ERR_IO, ERR_RANGE (the path). */
SK_MUST_USE err_t adaptation_save(const struct adaptation *a, const char *path);
/* ERR_NOT_FOUND, ERR_FORMAT for what is no such file, or a damaged one. */
SK_MUST_USE err_t adaptation_load(struct adaptation *out, const char *path);

#endif
