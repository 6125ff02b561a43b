/* Between device and rings: what is counted, what is silenced, what the resampler keeps. The stream is a null driver
 * that is never started, so that the test is the driver. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audio/path.h"

enum { BLOCK = AUDIO_BLOCK_FRAMES };

static struct audio *stream_open(void) {
    struct audio *a;
    const struct audio_config config = {.driver = "null", .capture_ring_ms = 500, .playback_ring_ms = 500};
    assert_int_equal(audio_open(&a, &config), ERR_OK);
    return a;
}

static struct audio_status status_of(const struct audio *a) {
    struct audio_status s;
    audio_status(a, &s);
    return s;
}

static void say(struct audio *a, int16_t value, size_t n) {
    for (size_t i = 0; i < n; i++) assert_int_equal(ring_write(audio_playback(a), &value, 1), 1);
}

static void assert_all(const int16_t *samples, size_t n, int16_t value) {
    for (size_t i = 0; i < n; i++) assert_int_equal(samples[i], value);
}

static void a_full_capture_ring_drops_and_counts(void **state) {
    (void)state;
    struct audio *a = stream_open();
    const int16_t block[BLOCK] = {0};
    size_t room = ring_space(audio_capture(a));
    for (size_t n = 0; n < room + 1000; n += BLOCK) capture_put(a, block, BLOCK);
    size_t put = (room + 1000 + BLOCK - 1) / BLOCK * BLOCK;
    assert_int_equal(status_of(a).captured_frames, put);
    assert_int_equal(status_of(a).overruns, put - room);
    assert_int_equal(ring_available(audio_capture(a)), room);
    audio_close(a);
}

static void speech_is_followed_by_silence(void **state) {
    (void)state;
    struct audio *a = stream_open();
    int16_t block[BLOCK];
    say(a, 7, 100);
    assert_int_equal(playback_take(a, block, BLOCK), 100);
    assert_all(block, 100, 7);
    assert_all(block + 100, BLOCK - 100, 0);
    assert_int_equal(status_of(a).played_frames, 100);
    assert_int_equal(status_of(a).underruns, 0);
    audio_close(a);
}

static void a_gap_in_speech_is_an_underrun_and_a_pause_is_none(void **state) {
    (void)state;
    struct audio *a = stream_open();
    int16_t block[BLOCK];
    playback_take(a, block, BLOCK);
    say(a, 7, BLOCK / 2);
    playback_take(a, block, BLOCK);
    assert_int_equal(status_of(a).underruns, 0); /* it may be the end */
    say(a, 7, BLOCK / 2);
    playback_take(a, block, BLOCK);
    assert_int_equal(status_of(a).underruns, 1); /* it was not */
    for (int i = 0; i < SPEECH_GAP_FRAMES; i += BLOCK) playback_take(a, block, BLOCK);
    say(a, 7, BLOCK);
    playback_take(a, block, BLOCK);
    assert_int_equal(status_of(a).underruns, 1); /* the next reply */
    audio_close(a);
}

static void silence_drops_what_was_queued_and_plays_what_comes_after(void **state) {
    (void)state;
    struct audio *a = stream_open();
    int16_t block[BLOCK];
    say(a, 7, 3 * BLOCK);
    playback_take(a, block, BLOCK);
    audio_silence(a);
    audio_silence(a); /* twice is once */
    say(a, 9, BLOCK);
    assert_int_equal(playback_take(a, block, BLOCK), BLOCK);
    assert_all(block, BLOCK, 9);
    assert_int_equal(status_of(a).played_frames, 2 * BLOCK);
    assert_int_equal(status_of(a).underruns, 0);
    audio_silence(a); /* nothing is queued */
    say(a, 5, BLOCK);
    playback_take(a, block, BLOCK);
    assert_all(block, BLOCK, 5);
    audio_close(a);
}

static void equal_rates_pass_bit_by_bit(void **state) {
    (void)state;
    struct audio *a = stream_open();
    struct capture_path in = {.audio = a};
    struct playback_path out = {.audio = a};
    assert_int_equal(resampler_create(&in.resampler, 16000, 16000), ERR_OK);
    assert_int_equal(resampler_create(&out.resampler, 16000, 16000), ERR_OK);
    int16_t sent[2000], got[2000];
    for (int i = 0; i < 2000; i++) sent[i] = (int16_t)(i * 31);

    const size_t sizes[] = {1, 7, 320, 511, 512, 649};
    for (size_t i = 0, at = 0; i < 6; at += sizes[i++]) capture_path_put(&in, sent + at, sizes[i]);
    assert_int_equal(ring_read(audio_capture(a), got, 2000), 2000);
    assert_memory_equal(got, sent, sizeof sent);

    assert_int_equal(ring_write(audio_playback(a), sent, 2000), 2000);
    for (size_t i = 0, at = 0; i < 6; at += sizes[i++]) playback_path_take(&out, got + at, sizes[i]);
    assert_memory_equal(got, sent, sizeof sent);
    assert_int_equal(status_of(a).underruns, 0);
    resampler_destroy(in.resampler);
    resampler_destroy(out.resampler);
    audio_close(a);
}

/* The level of a tone is the same on the other side, at any pair of rates and any size of block. */
static void tone_through(int rate_hz, size_t block_frames) {
    struct audio *a = stream_open();
    struct capture_path in = {.audio = a};
    struct playback_path out = {.audio = a};
    assert_int_equal(resampler_create(&in.resampler, rate_hz, AUDIO_RATE_HZ), ERR_OK);
    assert_int_equal(resampler_create(&out.resampler, AUDIO_RATE_HZ, rate_hz), ERR_OK);
    int16_t block[4096];
    double energy_in = 0, energy_out = 0;
    long frames = 0;
    for (; frames < rate_hz; frames += (long)block_frames) {
        for (size_t i = 0; i < block_frames; i++)
            block[i] = (int16_t)(10000 * sin(2 * M_PI * 1000 * (double)(frames + (long)i) / rate_hz));
        capture_path_put(&in, block, block_frames);
        int16_t heard[8192];
        size_t n = ring_read(audio_capture(a), heard, 8192);
        for (size_t i = 0; i < n; i++) energy_in += heard[i] * heard[i];
        assert_int_equal(ring_write(audio_playback(a), heard, n), n);
        playback_path_take(&out, block, block_frames);
        for (size_t i = 0; i < block_frames; i++) energy_out += block[i] * block[i];
    }
    struct audio_status s = status_of(a);
    assert_int_equal(s.overruns, 0);
    assert_true(fabs((double)s.captured_frames - (double)frames * AUDIO_RATE_HZ / rate_hz) < 64);
    assert_true(fabs(energy_in / (double)s.captured_frames / 5e7 - 1) < 0.02);
    assert_true(fabs(energy_out / (double)frames / 5e7 - 1) < 0.05);
    resampler_destroy(in.resampler);
    resampler_destroy(out.resampler);
    audio_close(a);
}

static void any_rate_keeps_length_and_level(void **state) {
    (void)state;
    tone_through(48000, 960);
    tone_through(48000, 4096);
    tone_through(44100, 882);
    tone_through(8000, 160);
    tone_through(22050, 1);
}

static void wrong_configurations_are_refused(void **state) {
    (void)state;
    struct audio *a = NULL;
    assert_int_equal(audio_open(&a, &(struct audio_config){.driver = "magic"}), ERR_ARG);
    assert_non_null(strstr(err_reason(), "no audio driver 'magic'"));
    assert_int_equal(audio_open(&a, &(struct audio_config){0}), ERR_ARG);
    assert_int_equal(audio_open(&a, &(struct audio_config){.driver = "null", .capture_ring_ms = -1}), ERR_ARG);
    assert_int_equal(audio_open(&a, &(struct audio_config){.driver = "null", .playback_ring_ms = 1 << 30}), ERR_ARG);
    assert_int_equal(audio_open(&a, &(struct audio_config){.driver = "null", .tail_ms = -5}), ERR_ARG);
    assert_null(a);
    struct resampler *r = NULL;
    assert_int_equal(resampler_create(&r, 0, 16000), ERR_RANGE);
    assert_int_equal(resampler_create(&r, 16000, 1 << 30), ERR_RANGE);
    audio_close(NULL);
}

static void the_null_driver_runs_and_stops(void **state) {
    (void)state;
    struct audio *a = stream_open();
    int16_t sample = 1;
    assert_false(status_of(a).running);
    for (int round = 0; round < 2; round++) {
        say(a, 7, 10);
        assert_int_equal(audio_start(a), ERR_OK);
        assert_int_equal(audio_start(a), ERR_ARG);
        while (!ring_read(audio_capture(a), &sample, 1) || ring_space(audio_playback(a)) < 8192) continue;
        assert_int_equal(sample, 0);
        assert_true(status_of(a).running);
        assert_false(status_of(a).lost);
        audio_stop(a);
        audio_stop(a);
        assert_false(status_of(a).running);
    }
    assert_int_equal(status_of(a).played_frames, 20);
    audio_close(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_capture_ring_drops_and_counts),
        cmocka_unit_test(speech_is_followed_by_silence),
        cmocka_unit_test(a_gap_in_speech_is_an_underrun_and_a_pause_is_none),
        cmocka_unit_test(silence_drops_what_was_queued_and_plays_what_comes_after),
        cmocka_unit_test(equal_rates_pass_bit_by_bit),
        cmocka_unit_test(any_rate_keeps_length_and_level),
        cmocka_unit_test(wrong_configurations_are_refused),
        cmocka_unit_test(the_null_driver_runs_and_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
