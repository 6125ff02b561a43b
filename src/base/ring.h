/* A ring of 16-bit samples between exactly one writer thread and one reader thread.
 *
 * Wait-free on both sides: free-running indices, each side reads its own relaxed and the other's acquired,
 * and publishes with release (the scheme of PipeWire's spa_ringbuffer). The audio callback may be either side. */
#ifndef SK_BASE_RING_H
#define SK_BASE_RING_H
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

struct ring;

/* `capacity` in samples is rounded up to a power of two, at most 2^24. ERR_ARG, ERR_MEMORY. */
SK_MUST_USE err_t ring_create(struct ring **out, size_t capacity);
void ring_destroy(struct ring *r);

/* Writer. Copies in what fits and returns it; what did not fit is added to ring_dropped(). */
size_t ring_write(struct ring *r, const int16_t *samples, size_t n);
/* Writer. How many samples fit now. */
size_t ring_space(const struct ring *r);

/* Reader. Copies out at most n samples and returns how many. */
size_t ring_read(struct ring *r, int16_t *samples, size_t n);
/* Reader. How many samples wait. */
size_t ring_available(const struct ring *r);
/* Reader. Forgets all that waits and returns how many samples that was. */
size_t ring_clear(struct ring *r);

/* Any thread. Samples dropped since creation because the ring was full. */
uint64_t ring_dropped(const struct ring *r);

#endif
