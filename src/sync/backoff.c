#include "sync/backoff.h"

int64_t backoff_ms(const struct backoff *b, int tries, uint32_t chance) {
    int64_t whole = b->first_ms;
    for (int i = 1; i < tries && whole < b->most_ms; i++) whole *= 2;
    if (whole > b->most_ms) whole = b->most_ms;
    return whole / 2 + (int64_t)((double)(whole - whole / 2) * ((double)chance / UINT32_MAX));
}
