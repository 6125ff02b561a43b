#include "hear/comfort.h"

static int16_t clip(int value) {
    return (int16_t)(value > INT16_MAX ? INT16_MAX : value < INT16_MIN ? INT16_MIN : value);
}

void comfort_add(uint32_t *seed, int16_t *samples, size_t n) {
    for (size_t i = 0; i < n; i++) {
        *seed = *seed * 1664525u + 1013904223u; /* the generator of Numerical Recipes; its high bits count */
        samples[i] = clip(samples[i] + (int)(*seed >> 26) - 32);
    }
}
