/* Sample rate conversion of 16-bit mono by speexdsp. Equal rates are copied bit by bit. */
#ifndef SK_AUDIO_RESAMPLE_H
#define SK_AUDIO_RESAMPLE_H
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { RESAMPLE_MIN_HZ = 4000, RESAMPLE_MAX_HZ = 384000 };

struct resampler;

/* ERR_RANGE, ERR_MEMORY. */
SK_MUST_USE err_t resampler_create(struct resampler **out, int from_hz, int to_hz);
void resampler_destroy(struct resampler *r);

/* From *n_in samples to at most *n_out; both are set to what was used and made. Real-time safe: neither locks nor
 * allocates. */
void resampler_run(struct resampler *r, const int16_t *in, size_t *n_in, int16_t *out, size_t *n_out);
/* Real-time safe. How many samples it takes, about, to make n. At least 1. */
size_t resampler_input(const struct resampler *r, size_t n);

/* Before the first run: leaves out the filter's delay, so that the output begins where the input does. */
void resampler_skip_delay(struct resampler *r);
/* Samples of silence to feed at the end for the last ones to come out. */
size_t resampler_delay(const struct resampler *r);

#endif
