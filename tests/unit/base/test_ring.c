#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/ring.h"

static struct ring *new_ring(size_t capacity) {
    struct ring *r = NULL;
    assert_int_equal(ring_create(&r, capacity), ERR_OK);
    return r;
}

static void capacity_is_a_power_of_two(void **state) {
    (void)state;
    struct ring *r = new_ring(1000);
    assert_int_equal(ring_space(r), 1024);
    assert_int_equal(ring_available(r), 0);
    ring_destroy(r);
    r = new_ring(1);
    assert_int_equal(ring_space(r), 1);
    ring_destroy(r);
    ring_destroy(NULL);
}

static void impossible_capacities_are_refused(void **state) {
    (void)state;
    struct ring *r = NULL;
    assert_int_equal(ring_create(&r, 0), ERR_ARG);
    assert_int_equal(ring_create(&r, ((size_t)1 << 24) + 1), ERR_ARG);
    assert_int_equal(ring_create(&r, SIZE_MAX), ERR_ARG);
    assert_null(r);
}

static void samples_come_out_as_they_went_in(void **state) {
    (void)state;
    struct ring *r = new_ring(8);
    int16_t next_in = 0, next_out = 0, buf[8];
    for (int round = 0; round < 100; round++) { /* 5 does not divide 8: every wrap is met */
        for (int i = 0; i < 5; i++) buf[i] = next_in++;
        assert_int_equal(ring_write(r, buf, 5), 5);
        assert_int_equal(ring_available(r), 5);
        assert_int_equal(ring_space(r), 3);
        assert_int_equal(ring_read(r, buf, 8), 5);
        for (int i = 0; i < 5; i++) assert_int_equal(buf[i], next_out++);
    }
    assert_int_equal(ring_read(r, buf, 8), 0);
    ring_destroy(r);
}

static void what_does_not_fit_is_dropped_and_counted(void **state) {
    (void)state;
    struct ring *r = new_ring(4);
    const int16_t in[6] = {1, 2, 3, 4, 5, 6};
    assert_int_equal(ring_write(r, in, 6), 4);
    assert_int_equal(ring_write(r, in, 3), 0);
    assert_int_equal(ring_write(r, in, 0), 0);
    assert_int_equal(ring_dropped(r), 5);
    int16_t out[4];
    assert_int_equal(ring_read(r, out, 4), 4);
    assert_memory_equal(out, in, sizeof out); /* the oldest are kept */
    ring_destroy(r);
}

static void clear_forgets_what_waits(void **state) {
    (void)state;
    struct ring *r = new_ring(4);
    const int16_t in[3] = {1, 2, 3};
    assert_int_equal(ring_clear(r), 0);
    assert_int_equal(ring_write(r, in, 3), 3);
    assert_int_equal(ring_clear(r), 3);
    assert_int_equal(ring_space(r), 4);
    assert_int_equal(ring_write(r, in, 1), 1);
    int16_t out[4];
    assert_int_equal(ring_read(r, out, 4), 1);
    assert_int_equal(out[0], 1);
    ring_destroy(r);
}

/* ---- two threads ---- */

enum { STRESS_SAMPLES = 2000000 };

struct stress {
    struct ring *ring;
    atomic_bool done;
};

/* A different length each time, so that the two sides meet in every position. */
static size_t next_length(uint32_t *seed, size_t most) {
    *seed = *seed * 1664525u + 1013904223u;
    return 1 + (*seed >> 16) % most;
}

static void *write_all(void *arg) {
    struct stress *s = arg;
    uint32_t seed = 1;
    int16_t buf[97];
    for (size_t sent = 0; sent < STRESS_SAMPLES;) {
        size_t n = next_length(&seed, 97);
        if (n > STRESS_SAMPLES - sent) n = STRESS_SAMPLES - sent;
        if (ring_space(s->ring) < n) {
            sched_yield();
            continue;
        }
        for (size_t i = 0; i < n; i++) buf[i] = (int16_t)((sent + i) % 32749); /* a prime: no pattern of the ring */
        sent += ring_write(s->ring, buf, n);
    }
    atomic_store(&s->done, true);
    return NULL;
}

static void two_threads_lose_and_invent_nothing(void **state) {
    (void)state;
    struct stress s = {.ring = new_ring(256)};
    atomic_init(&s.done, false);
    pthread_t writer;
    assert_int_equal(pthread_create(&writer, NULL, write_all, &s), 0);

    uint32_t seed = 7;
    size_t received = 0, wrong = 0;
    int16_t buf[113];
    for (;;) {
        bool last = atomic_load(&s.done);
        size_t n = ring_read(s.ring, buf, next_length(&seed, 113));
        for (size_t i = 0; i < n; i++) wrong += buf[i] != (int16_t)((received + i) % 32749);
        received += n;
        if (n > 0) continue;
        if (last) break;
        sched_yield();
    }
    pthread_join(writer, NULL);
    assert_int_equal(received, STRESS_SAMPLES);
    assert_int_equal(wrong, 0);
    assert_int_equal(ring_dropped(s.ring), 0);
    ring_destroy(s.ring);
}

static void *write_too_much(void *arg) {
    struct stress *s = arg;
    const int16_t buf[64] = {0};
    for (int i = 0; i < 20000; i++) ring_write(s->ring, buf, 64);
    atomic_store(&s->done, true);
    return NULL;
}

static void every_sample_is_read_cleared_or_counted_as_dropped(void **state) {
    (void)state;
    struct stress s = {.ring = new_ring(256)};
    atomic_init(&s.done, false);
    pthread_t writer;
    assert_int_equal(pthread_create(&writer, NULL, write_too_much, &s), 0);
    uint64_t seen = 0, dropped_before = 0;
    int16_t buf[50];
    for (int i = 0; !atomic_load(&s.done); i++) {
        seen += i % 5 ? ring_read(s.ring, buf, 50) : ring_clear(s.ring);
        uint64_t dropped = ring_dropped(s.ring);
        assert_true(dropped >= dropped_before);
        dropped_before = dropped;
    }
    pthread_join(writer, NULL);
    seen += ring_clear(s.ring);
    assert_int_equal(seen + ring_dropped(s.ring), 20000 * 64);
    ring_destroy(s.ring);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capacity_is_a_power_of_two),
        cmocka_unit_test(impossible_capacities_are_refused),
        cmocka_unit_test(samples_come_out_as_they_went_in),
        cmocka_unit_test(what_does_not_fit_is_dropped_and_counted),
        cmocka_unit_test(clear_forgets_what_waits),
        cmocka_unit_test(two_threads_lose_and_invent_nothing),
        cmocka_unit_test(every_sample_is_read_cleared_or_counted_as_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
