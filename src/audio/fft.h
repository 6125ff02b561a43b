/* Fast Fourier transform of complex floats, radix 2 (Cooley and Tukey, "An algorithm for the machine calculation of
 * complex Fourier series", Math. Comp. 19, 1965). For sizes where speed hardly matters. One thread a struct. */
#ifndef SK_AUDIO_FFT_H
#define SK_AUDIO_FFT_H
#include <stddef.h>

#include "base/err.h"

struct fft;

struct complexf {
    float re, im;
};

/* n is a power of two, 2 to 2^20. ERR_ARG, ERR_MEMORY. */
SK_MUST_USE err_t fft_create(struct fft **out, size_t n);
void fft_destroy(struct fft *f);
/* In place. Forwards the kernel is exp(-2 pi i jk / n), backwards the other sign; neither divides by n. */
void fft_run(const struct fft *f, struct complexf *v, int backwards);

#endif
