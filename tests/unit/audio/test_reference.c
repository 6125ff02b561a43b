/* The reference goes with the capture by the sample, whoever is first. The stream is a null driver that is never
 * started: the test is the driver. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "audio/path.h"

enum { BLOCK = AUDIO_BLOCK_FRAMES };

static struct audio *stream_open(void) {
    struct audio *a;
    const struct audio_config config = {.driver = "null", .capture_ring_ms = 500, .playback_ring_ms = 500};
    assert_int_equal(audio_open(&a, &config), ERR_OK);
    return a;
}

/* Plays n samples that count up, and captures as many that count alike. */
static void play(struct audio *a, int16_t *count, size_t n) {
    int16_t block[BLOCK];
    for (size_t i = 0; i < n; i++) assert_int_equal(ring_write(audio_playback(a), &(int16_t){++*count}, 1), 1);
    playback_take(a, block, n);
}

static void capture(struct audio *a, int16_t *count, size_t n) {
    for (size_t i = 0; i < n; i++) capture_put(a, &(int16_t){++*count}, 1);
}

static void assert_in_step(struct audio *a, int times) {
    int16_t heard[BLOCK], played[BLOCK];
    for (int k = 0; k < times; k++) {
        assert_true(audio_read(a, heard, played));
        for (int i = 0; i < BLOCK; i++) assert_int_equal(heard[i], played[i]);
    }
    assert_false(audio_read(a, heard, played));
}

static void what_is_played_lies_beside_what_is_captured(void **state) {
    (void)state;
    struct audio *a = stream_open();
    int16_t p = 0, c = 0;
    for (int round = 0; round < 50; round++) {
        play(a, &p, BLOCK);
        capture(a, &c, BLOCK);
        assert_in_step(a, 1);
    }
    audio_close(a);
}

static void silence_counts_too(void **state) {
    (void)state;
    struct audio *a = stream_open();
    int16_t heard[BLOCK], played[BLOCK], p = 0, c = 0;
    for (int round = 0; round < 10; round++) {
        playback_take(a, played, BLOCK); /* nothing to play */
        capture(a, &c, BLOCK);
        assert_true(audio_read(a, heard, played));
        for (int i = 0; i < BLOCK; i++) assert_int_equal(played[i], 0);
    }
    p = c;
    play(a, &p, BLOCK);
    capture(a, &c, BLOCK);
    assert_in_step(a, 1);
    audio_close(a);
}

/* A sample that came too late is left out, and those after it are in step again. */
static void a_late_reference_does_not_shift_the_rest(void **state) {
    (void)state;
    struct audio *a = stream_open();
    int16_t heard[BLOCK], played[BLOCK], p = 0, c = 0;
    capture(a, &c, BLOCK);
    assert_true(audio_read(a, heard, played));
    for (int i = 0; i < BLOCK; i++) assert_int_equal(played[i], 0);
    play(a, &p, BLOCK);
    for (int round = 0; round < 5; round++) {
        play(a, &p, BLOCK);
        capture(a, &c, BLOCK);
        assert_in_step(a, 1);
    }
    audio_close(a);
}

/* The microphone was on before the loudspeaker: paired anew by what waits in both. */
static void streams_that_began_apart_are_paired(void **state) {
    (void)state;
    struct audio *a = stream_open();
    int16_t p = 6 * BLOCK, c = 0, heard[BLOCK], played[BLOCK];
    capture(a, &c, BLOCK * 6);
    for (int i = 0; i < 6; i++) assert_true(audio_read(a, heard, played));
    for (int round = 0; round < 3; round++) {
        play(a, &p, BLOCK);
        capture(a, &c, BLOCK);
        assert_in_step(a, 1);
    }
    audio_close(a);
}

/* One thread is the device, one the reader: for ThreadSanitizer, and nothing may be lost or out of step. */
struct device {
    struct audio *a;
    size_t blocks;
};

static void *device_run(void *ctx) {
    struct device *d = ctx;
    for (size_t k = 0; k < d->blocks; k++) {
        int16_t block[BLOCK];
        while (ring_available(audio_playback(d->a)) < BLOCK) sched_yield();
        playback_take(d->a, block, BLOCK);
        while (ring_space(audio_capture(d->a)) < BLOCK) sched_yield();
        capture_put(d->a, block, BLOCK);
    }
    return NULL;
}

static void *sayer_run(void *ctx) {
    struct device *d = ctx;
    for (size_t i = 0; i < d->blocks * BLOCK;) {
        int16_t sample = (int16_t)(1 + i % 30000);
        if (ring_write(audio_playback(d->a), &sample, ring_space(audio_playback(d->a)) ? 1 : 0))
            i++;
        else
            sched_yield();
    }
    return NULL;
}

static void three_threads_stay_in_step(void **state) {
    (void)state;
    struct device d = {.a = stream_open(), .blocks = 300};
    pthread_t device, sayer;
    int16_t heard[BLOCK], played[BLOCK];
    assert_int_equal(pthread_create(&device, NULL, device_run, &d), 0);
    assert_int_equal(pthread_create(&sayer, NULL, sayer_run, &d), 0);
    for (size_t k = 0; k < d.blocks;) {
        if (!audio_read(d.a, heard, played)) {
            sched_yield();
            continue;
        }
        for (int i = 0; i < BLOCK; i++) assert_int_equal(heard[i], played[i]);
        k++;
    }
    pthread_join(device, NULL);
    pthread_join(sayer, NULL);
    audio_close(d.a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_played_lies_beside_what_is_captured),
        cmocka_unit_test(silence_counts_too),
        cmocka_unit_test(a_late_reference_does_not_shift_the_rest),
        cmocka_unit_test(streams_that_began_apart_are_paired),
        cmocka_unit_test(three_threads_stay_in_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
