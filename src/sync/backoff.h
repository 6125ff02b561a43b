/* When to try again. Pure: chance is handed in. */
#ifndef SK_SYNC_BACKOFF_H
#define SK_SYNC_BACKOFF_H
#include <stdint.h>

struct backoff {
    int64_t first_ms, most_ms;
};

/* How long to wait after the `tries`-th try (from 1): twice as long each time up to most_ms, of that a half and, by
 * chance (0 to UINT32_MAX), up to another half ("equal jitter"), so that the speakers of a shop that was away do not
 * come back all at once. */
int64_t backoff_ms(const struct backoff *b, int tries, uint32_t chance);

#endif
