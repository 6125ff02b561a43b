/* Reading what was played by another clock. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audio/skew.h"
#include "noise.h"

enum { BLOCK = AUDIO_BLOCK_FRAMES, RATE = AUDIO_RATE_HZ };

static int16_t tone(double at) {
    return (int16_t)lrint(10000 * sin(2 * M_PI * 1000 * at / RATE));
}

static void one_clock_changes_no_bit(void **state) {
    (void)state;
    enum { N = RATE };
    static struct skew s;
    int16_t *played = noise_make(N), read[BLOCK];
    assert_false(skew_set(&s, 5, 500)); /* too little to tell */
    assert_false(skew_set(&s, 3000, 500));
    for (size_t at = 0; at + BLOCK <= N; at += BLOCK) {
        skew_write(&s, played + at);
        skew_read(&s, read);
        assert_memory_equal(read, played + at, sizeof read);
        if (at < 2 * BLOCK) continue;
        skew_read_before(&s, 500, read);
        assert_memory_equal(read, played + at - 500, sizeof read);
    }
    assert_int_equal(skew_behind(&s), 0);
    free(played);
}

/* A tone of one clock is the same tone of the other: the worst sample is off by a hundredth. */
static void a_tone_is_stretched(double ppm, bool pauses) {
    enum { N = 10 * RATE, DELAY = 1000 };
    static struct skew s;
    memset(&s, 0, sizeof s);
    double place = 0; /* what is read lies there, of what was written */
    for (size_t at = 0; at < N; at += BLOCK) {
        int16_t played[BLOCK], read[BLOCK];
        for (size_t i = 0; i < BLOCK; i++) played[i] = tone((double)(at + i));
        skew_write(&s, played);
        if (at == 2000 / BLOCK * BLOCK) {
            assert_true(skew_set(&s, ppm, DELAY));
            assert_false(skew_set(&s, ppm, DELAY));
            place = (double)at - s.behind;
        }
        if (!s.runs) continue;
        if (pauses && at / RATE % 2) {
            skew_pause(&s, BLOCK);
        } else {
            skew_read(&s, read);
            for (size_t i = 0; i < BLOCK; i++)
                assert_true(abs(read[i] - tone(place + (double)i * (1 + ppm * 1e-6))) < 100);
        }
        place += BLOCK * (1 + ppm * 1e-6);
    }
}

static void any_clock_is_followed(void **state) {
    (void)state;
    a_tone_is_stretched(100, false);
    a_tone_is_stretched(-100, false);
    a_tone_is_stretched(30, true);
}

/* It says when it has to begin anew, and reads nothing that was never written. */
static void who_runs_away_begins_anew(void **state) {
    (void)state;
    static struct skew s;
    int16_t played[BLOCK] = {1, 2, 3}, read[BLOCK];
    const double ppm[] = {400, -400};
    for (size_t k = 0; k < 2; k++) {
        memset(&s, 0, sizeof s);
        assert_true(skew_set(&s, ppm[k], 900));
        skew_pause(&s, 3600LL * RATE);
        for (size_t at = 0; at < RATE; at += BLOCK) {
            skew_write(&s, played);
            skew_read(&s, read);
            assert_true(skew_behind(&s) <= SKEW_MOST_FRAMES);
        }
        assert_true(skew_set(&s, ppm[k], 900));
        assert_false(skew_set(&s, ppm[k], 900));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_clock_changes_no_bit),
        cmocka_unit_test(any_clock_is_followed),
        cmocka_unit_test(who_runs_away_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
