/* Noise that is the same each time, for the tests of the echo canceller. */
#ifndef SK_TESTS_NOISE_H
#define SK_TESTS_NOISE_H
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

static unsigned seed;

/* About as loud as speech, +-8192. */
static inline int16_t noise(void) {
    seed = seed * 1664525u + 1013904223u;
    return (int16_t)((int)(seed >> 18) - 8192);
}

/* n samples, always the same; the caller frees them. */
static inline int16_t *noise_make(size_t n) {
    int16_t *v = malloc(n * sizeof *v);
    if (!v) abort();
    seed = 7;
    for (size_t i = 0; i < n; i++) v[i] = noise();
    return v;
}

#endif
