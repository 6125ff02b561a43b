/* Wiener's gain, what is not echo of all there is, in blocks that overlap by half (sine windows, overlap-add). It is no
 * lower than FLOOR: recognition takes a rest of the echo better than a word with holes ("stop" is lost at 12 dB). */
#include "audio/suppressor.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = AUDIO_BLOCK_FRAMES, POINTS = CANCELLER_POINTS, BINS = CANCELLER_BINS };

static const float FLOOR = 0.5f; /* 6 dB */
static const float KEEP = 0.5f;  /* of the spectra, from block to block */

struct suppressor {
    kiss_fftr_cfg forth, back;
    float window[POINTS];
    float before[BLOCK];  /* the block before */
    float overlap[BLOCK]; /* what it has to be added to */
    float doubt[BINS], all[BINS];
};

err_t suppressor_create(struct suppressor **out) {
    struct suppressor *s = calloc(1, sizeof *s);
    if (!s) return err_fail(ERR_MEMORY, "no memory to suppress echoes");
    s->forth = kiss_fftr_alloc(POINTS, 0, NULL, NULL);
    s->back = kiss_fftr_alloc(POINTS, 1, NULL, NULL);
    if (!s->forth || !s->back) {
        suppressor_destroy(s);
        return err_fail(ERR_MEMORY, "no memory to suppress echoes");
    }
    for (size_t i = 0; i < POINTS; i++) s->window[i] = (float)sin(M_PI * ((double)i + 0.5) / POINTS);
    *out = s;
    return ERR_OK;
}

void suppressor_destroy(struct suppressor *s) {
    if (!s) return;
    kiss_fftr_free(s->forth);
    kiss_fftr_free(s->back);
    free(s);
}

static float gain_for(struct suppressor *s, size_t k, float all, float doubt) {
    s->doubt[k] = KEEP * s->doubt[k] + (1 - KEEP) * doubt;
    s->all[k] = KEEP * s->all[k] + (1 - KEEP) * all;
    return fmaxf(FLOOR, 1 - s->doubt[k] / (s->all[k] + 1));
}

static int16_t to_sample(float v) {
    return (int16_t)lrintf(fminf(INT16_MAX, fmaxf(INT16_MIN, v)));
}

void suppressor_block(struct suppressor *s, const float *rest, const float *doubt, int16_t *out) {
    float points[POINTS];
    kiss_fft_cpx spectrum[BINS];
    for (size_t i = 0; i < BLOCK; i++) {
        points[i] = s->before[i] * s->window[i];
        points[BLOCK + i] = rest[i] * s->window[BLOCK + i];
        s->before[i] = rest[i];
    }
    kiss_fftr(s->forth, points, spectrum);
    for (size_t k = 0; k < BINS; k++) {
        float all = spectrum[k].r * spectrum[k].r + spectrum[k].i * spectrum[k].i;
        float gain = gain_for(s, k, all, doubt[k]) / POINTS;
        spectrum[k].r *= gain;
        spectrum[k].i *= gain;
    }
    kiss_fftri(s->back, spectrum, points);
    for (size_t i = 0; i < BLOCK; i++) {
        out[i] = to_sample(s->overlap[i] + points[i] * s->window[i]);
        s->overlap[i] = points[BLOCK + i] * s->window[BLOCK + i];
    }
}

void suppressor_begin(struct suppressor *s, const int16_t *before) {
    for (size_t i = 0; i < BLOCK; i++) {
        s->before[i] = before[i];
        s->overlap[i] = 0;
    }
    memset(s->doubt, 0, sizeof s->doubt);
    memset(s->all, 0, sizeof s->all);
}
