#include "audio/resample.h"

#include <speex/speex_resampler.h>
#include <stdlib.h>
#include <string.h>

struct resampler {
    SpeexResamplerState *speex; /* NULL: equal rates */
    unsigned from_hz, to_hz;
};

err_t resampler_create(struct resampler **out, int from_hz, int to_hz) {
    if (from_hz < RESAMPLE_MIN_HZ || from_hz > RESAMPLE_MAX_HZ || to_hz < RESAMPLE_MIN_HZ || to_hz > RESAMPLE_MAX_HZ)
        return err_fail(ERR_RANGE, "cannot convert from %d to %d Hz: rates of %d to %d Hz are known", from_hz, to_hz,
                        RESAMPLE_MIN_HZ, RESAMPLE_MAX_HZ);

    struct resampler *r = calloc(1, sizeof *r);
    if (!r) return err_fail(ERR_MEMORY, "no memory to convert from %d to %d Hz", from_hz, to_hz);
    r->from_hz = (unsigned)from_hz;
    r->to_hz = (unsigned)to_hz;
    if (from_hz != to_hz) {
        r->speex = speex_resampler_init(1, r->from_hz, r->to_hz, SPEEX_RESAMPLER_QUALITY_DESKTOP, NULL);
        if (!r->speex) {
            free(r);
            return err_fail(ERR_MEMORY, "no memory to convert from %d to %d Hz", from_hz, to_hz);
        }
    }
    *out = r;
    return ERR_OK;
}

void resampler_destroy(struct resampler *r) {
    if (!r) return;
    if (r->speex) speex_resampler_destroy(r->speex);
    free(r);
}

void resampler_run(struct resampler *r, const int16_t *in, size_t *n_in, int16_t *out, size_t *n_out) {
    if (!r->speex) {
        size_t n = *n_in < *n_out ? *n_in : *n_out;
        memcpy(out, in, n * sizeof *out);
        *n_in = *n_out = n;
        return;
    }
    spx_uint32_t used = *n_in < UINT32_MAX ? (spx_uint32_t)*n_in : UINT32_MAX;
    spx_uint32_t made = *n_out < UINT32_MAX ? (spx_uint32_t)*n_out : UINT32_MAX;
    speex_resampler_process_int(r->speex, 0, in, &used, out, &made);
    *n_in = used;
    *n_out = made;
}

size_t resampler_input(const struct resampler *r, size_t n) {
    size_t need = (size_t)((uint64_t)n * r->from_hz / r->to_hz);
    return need > 0 ? need : 1;
}

void resampler_skip_delay(struct resampler *r) {
    if (r->speex) speex_resampler_skip_zeros(r->speex);
}

size_t resampler_delay(const struct resampler *r) {
    return r->speex ? (size_t)speex_resampler_get_input_latency(r->speex) : 0;
}
