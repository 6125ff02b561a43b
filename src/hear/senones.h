/* How well each senone of the acoustic model fits each frame of an utterance, as PocketSphinx's search wants it: the
 * Gaussians on denoised cepstra and the network's phones, mixed as far as the noise asks for it. A log-linear mixture
 * of experts; the network's posteriors over priors are the likelihoods of a hybrid (H. Bourlard, N. Morgan,
 * "Connectionist Speech Recognition", 1994). One thread. */
#ifndef SK_HEAR_SENONES_H
#define SK_HEAR_SENONES_H
#include <stdbool.h>
#include <stdio.h>
#include "base/err.h"
#include "hear/features.h"
#include "hear/gaussians.h"
#include "hear/tuning.h"

struct senones;

/* `model` is a folder of an acoustic model; `prior` the network's; `tuning` is borrowed. ERR_MODEL, ERR_MEMORY. */
SK_MUST_USE err_t senones_open(struct senones **out, const char *model, const float *prior,
                               const struct tuning *tuning);
void senones_close(struct senones *s);

/* Who reads. */
struct senones_source {
    /* Only for an utterance that still goes on: called when a frame is needed that is not there yet. Returns how many
     * frames there are now; *ended if there will be no more. */
    size_t (*more)(void *ctx, bool *ended);
    void (*at_end)(void *ctx); /* at the end, before the stream says so; may be NULL */
    void *ctx;
    bool names; /* it is the n-gram search, for which the experts weigh otherwise */
};

/* The scores of an utterance as a stream in the form of PocketSphinx's senone dumps, made while it is read. The frames
 * are borrowed until it is closed; one stream at a time. There are n of them, or, with a source of more, at most n;
 * then the mean that is taken away follows what was heard so far. NULL if there is no memory. */
FILE *senones_stream(struct senones *s, const struct frame *frames, size_t n, const struct senones_source *source);

/* What the best path of phones through the utterance that was read is worth, nats, in the measure of the search's own
 * scores. */
float senones_loop(const struct senones *s);
/* The same up to the end of each frame that was read. Borrowed until the next stream. */
const float *senones_loops(const struct senones *s);

/* The Gaussians and the phones behind the scores. Borrowed. */
struct gaussians *senones_gaussians(struct senones *s);
const struct mdef *senones_mdef(const struct senones *s);

/* Called with each frame when it has been scored: its cepstra with their differences, and what each senone costs, in
 * PocketSphinx's units (DECODER_NATS). NULL: no more. */
typedef void senones_watcher(void *ctx, const float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA], const int16_t *costs);
void senones_watch(struct senones *s, senones_watcher *fn, void *ctx);

/* How much noise there is in the speech of an utterance: by how much the network lowers it, in nats of power; 0 none.
 */
float senones_noise(const struct frame *frames, size_t n);
/* How clear the speech is: the mean of the logarithm of the probability that the network gives the likeliest part of a
 * phone; at most 0. */
float senones_clear(const struct frame *frames, size_t n);

#endif
