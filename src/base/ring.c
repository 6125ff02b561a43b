#include "base/ring.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LINE_BYTES = 64, CAPACITY_MAX = 1 << 24 };

_Static_assert(ATOMIC_LONG_LOCK_FREE == 2, "the audio callback may not take the lock of an atomic");

/* The indices run freely and wrap at the top of size_t; their difference is what waits. Each side has its own line. */
struct ring {
    int16_t *samples;
    size_t capacity; /* a power of two */
    alignas(CACHE_LINE_BYTES) _Atomic size_t written;
    _Atomic uint64_t dropped; /* written by the writer only */
    alignas(CACHE_LINE_BYTES) _Atomic size_t read;
};

err_t ring_create(struct ring **out, size_t capacity) {
    if (capacity == 0 || capacity > CAPACITY_MAX)
        return err_fail(ERR_ARG, "a ring holds 1 to %d samples, not %zu", CAPACITY_MAX, capacity);
    size_t rounded = 1;
    while (rounded < capacity) rounded *= 2;

    struct ring *r = aligned_alloc(CACHE_LINE_BYTES, sizeof *r);
    int16_t *samples = calloc(rounded, sizeof *samples);
    if (!r || !samples) {
        free(r);
        free(samples);
        return err_fail(ERR_MEMORY, "no memory for a ring of %zu samples", rounded);
    }
    r->samples = samples;
    r->capacity = rounded;
    atomic_init(&r->written, 0);
    atomic_init(&r->read, 0);
    atomic_init(&r->dropped, 0);
    *out = r;
    return ERR_OK;
}

void ring_destroy(struct ring *r) {
    if (!r) return;
    free(r->samples);
    free(r);
}

size_t ring_space(const struct ring *r) {
    size_t written = atomic_load_explicit(&r->written, memory_order_relaxed);
    size_t read = atomic_load_explicit(&r->read, memory_order_acquire);
    return r->capacity - (written - read);
}

size_t ring_available(const struct ring *r) {
    size_t read = atomic_load_explicit(&r->read, memory_order_relaxed);
    size_t written = atomic_load_explicit(&r->written, memory_order_acquire);
    return written - read;
}

/* How many of the n samples from `index` on lie before the end of the memory. */
static size_t before_end(const struct ring *r, size_t index, size_t n) {
    size_t room = r->capacity - (index & (r->capacity - 1));
    return n < room ? n : room;
}

size_t ring_write(struct ring *r, const int16_t *samples, size_t n) {
    size_t space = ring_space(r);
    size_t fits = n < space ? n : space;
    if (fits < n) {
        uint64_t dropped = atomic_load_explicit(&r->dropped, memory_order_relaxed);
        atomic_store_explicit(&r->dropped, dropped + (n - fits), memory_order_relaxed);
    }
    if (fits == 0) return 0;

    size_t written = atomic_load_explicit(&r->written, memory_order_relaxed);
    size_t first = before_end(r, written, fits);
    memcpy(r->samples + (written & (r->capacity - 1)), samples, first * sizeof *samples);
    memcpy(r->samples, samples + first, (fits - first) * sizeof *samples);
    atomic_store_explicit(&r->written, written + fits, memory_order_release);
    return fits;
}

size_t ring_read(struct ring *r, int16_t *samples, size_t n) {
    size_t available = ring_available(r);
    size_t taken = n < available ? n : available;
    if (taken == 0) return 0;

    size_t read = atomic_load_explicit(&r->read, memory_order_relaxed);
    size_t first = before_end(r, read, taken);
    memcpy(samples, r->samples + (read & (r->capacity - 1)), first * sizeof *samples);
    memcpy(samples + first, r->samples, (taken - first) * sizeof *samples);
    atomic_store_explicit(&r->read, read + taken, memory_order_release);
    return taken;
}

size_t ring_clear(struct ring *r) {
    size_t waiting = ring_available(r);
    size_t read = atomic_load_explicit(&r->read, memory_order_relaxed);
    atomic_store_explicit(&r->read, read + waiting, memory_order_release);
    return waiting;
}

uint64_t ring_dropped(const struct ring *r) {
    return atomic_load_explicit(&r->dropped, memory_order_relaxed);
}
