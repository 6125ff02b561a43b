#include "audio/fft.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { N_MAX = 1 << 20 };

struct fft {
    size_t n;
    uint32_t *swap;      /* where each value goes first: its index with the bits in reverse */
    struct complexf *w; /* exp(-2 pi i k / n), k < n / 2 */
};

static void tables_fill(struct fft *f) {
    for (size_t i = 0, j = 0; i < f->n; i++) {
        f->swap[i] = (uint32_t)j;
        size_t bit = f->n >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j |= bit;
    }
    for (size_t k = 0; k < f->n / 2; k++) {
        double angle = -2 * acos(-1) * (double)k / (double)f->n;
        f->w[k] = (struct complexf){(float)cos(angle), (float)sin(angle)};
    }
}

err_t fft_create(struct fft **out, size_t n) {
    if (n < 2 || n > N_MAX || (n & (n - 1))) return err_fail(ERR_ARG, "no Fourier transform has %zu points", n);
    struct fft *f = calloc(1, sizeof *f);
    if (!f) return err_fail(ERR_MEMORY, "no memory for a Fourier transform");
    f->n = n;
    f->swap = malloc(n * sizeof *f->swap);
    f->w = malloc(n / 2 * sizeof *f->w);
    if (!f->swap || !f->w) {
        fft_destroy(f);
        return err_fail(ERR_MEMORY, "no memory for a Fourier transform");
    }
    tables_fill(f);
    *out = f;
    return ERR_OK;
}

void fft_destroy(struct fft *f) {
    if (!f) return;
    free(f->swap);
    free(f->w);
    free(f);
}

static void butterfly(struct complexf *a, struct complexf *b, struct complexf w) {
    struct complexf t = {b->re * w.re - b->im * w.im, b->re * w.im + b->im * w.re};
    *b = (struct complexf){a->re - t.re, a->im - t.im};
    *a = (struct complexf){a->re + t.re, a->im + t.im};
}

void fft_run(const struct fft *f, struct complexf *v, int backwards) {
    for (size_t i = 0; i < f->n; i++) {
        size_t j = f->swap[i];
        if (j <= i) continue;
        struct complexf t = v[i];
        v[i] = v[j];
        v[j] = t;
    }
    for (size_t half = 1, step = f->n / 2; half < f->n; half *= 2, step /= 2) {
        for (size_t at = 0; at < f->n; at += 2 * half) {
            for (size_t k = 0; k < half; k++) {
                struct complexf w = f->w[k * step];
                if (backwards) w.im = -w.im;
                butterfly(&v[at + k], &v[at + k + half], w);
            }
        }
    }
}
