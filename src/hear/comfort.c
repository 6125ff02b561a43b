#include "hear/comfort.h"

#include <string.h>

static int16_t clip(int value) {
    return (int16_t)(value > INT16_MAX ? INT16_MAX : value < INT16_MIN ? INT16_MIN : value);
}

void comfort_add(uint32_t *seed, int16_t *samples, size_t n) {
    for (size_t i = 0; i < n; i++) {
        *seed = *seed * 1664525u + 1013904223u; /* the generator of Numerical Recipes; its high bits count */
        samples[i] = clip(samples[i] + (int)(*seed >> 26) - 32);
    }
}

size_t comfort_around(int16_t *room, size_t n) {
    uint32_t seed = 1;
    size_t all = n + 2 * COMFORT_LEAD_SAMPLES;
    memset(room, 0, COMFORT_LEAD_SAMPLES * sizeof *room);
    memset(room + COMFORT_LEAD_SAMPLES + n, 0, COMFORT_LEAD_SAMPLES * sizeof *room);
    comfort_add(&seed, room, all);
    return all;
}
