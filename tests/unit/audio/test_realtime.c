/* The audio callback neither allocates, locks, waits nor calls the operating system for input and output.
 *
 * This program's own malloc(), pthread_mutex_lock() and so on take the place of the C library's for every library in
 * it. While a thread is in the callback they count instead of passing unseen. The callback is run here by itself, with
 * every size of block; tests/audio/test_fifo.c runs it under PortAudio. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audio/path.h"
#include "realtime_trap.h"

enum { ROUNDS = 300, BLOCK_MAX = 5000 };

static void the_trap_works(void **state) {
    (void)state;
    if (!realtime_trapped) skip();
    realtime_enter();
    void *volatile memory = malloc(1); /* volatile: a compiler may leave out both */
    free(memory);
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    realtime_leave();
    pthread_mutex_unlock(&mutex);
    assert_int_equal(realtime_sins(), 3);
    memory = malloc(1);
    free(memory);
    assert_int_equal(realtime_sins(), 0);
}

/* What the callback does at a device of this rate: rings that run full and dry, and a silence in between. */
static void callback_at(int rate_hz) {
    struct audio *a;
    const struct audio_config config = {.driver = "null", .capture_ring_ms = 200, .playback_ring_ms = 200};
    assert_int_equal(audio_open(&a, &config), ERR_OK);
    struct capture_path in = {.audio = a};
    struct playback_path out = {.audio = a};
    assert_int_equal(resampler_create(&in.resampler, rate_hz, AUDIO_RATE_HZ), ERR_OK);
    assert_int_equal(resampler_create(&out.resampler, AUDIO_RATE_HZ, rate_hz), ERR_OK);

    static int16_t block[2 * BLOCK_MAX];
    for (size_t i = 0; i < 2 * BLOCK_MAX; i++) block[i] = (int16_t)(i * 7919);
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t n = round % 3 == 0 ? (size_t)rate_hz / 50 : (round * 397) % BLOCK_MAX;
        if (round % 2 == 0) ring_write(audio_playback(a), block, n * AUDIO_RATE_HZ / (size_t)rate_hz);
        if (round % 17 == 0) audio_silence(a);
        realtime_enter();
        capture_path_put(&in, block, n);
        playback_path_take(&out, block, n);
        realtime_leave();
    }
    struct audio_status s;
    audio_status(a, &s);
    assert_true(s.overruns > 0);
    assert_true(s.underruns > 0);
    resampler_destroy(in.resampler);
    resampler_destroy(out.resampler);
    audio_close(a);
    assert_int_equal(realtime_sins(), 0);
}

static void the_callback_commits_no_sin(void **state) {
    (void)state;
    const int rates_hz[] = {8000, 16000, 44100, 48000, 96000, 192000};
    for (size_t i = 0; i < sizeof rates_hz / sizeof *rates_hz; i++) callback_at(rates_hz[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_trap_works), cmocka_unit_test(the_callback_commits_no_sin)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
