/* Rooms made of numbers: each block of 20 ms is a square wave of a chosen level, which is known to the decibel. */
#include "hear/endpoint.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { BLOCK = 320, BLOCK_MS = 20 };

static enum endpoint_event feed_db(struct endpoint *e, float db) {
    int16_t samples[BLOCK], amplitude = (int16_t)lrintf(32768.0f * powf(10, db / 20));
    for (int i = 0; i < BLOCK; i++) samples[i] = i & 1 ? amplitude : (int16_t)-amplitude;
    return endpoint_block(e, samples, BLOCK);
}

/* Feeds up to `ms` of one level; the first event, and when it came. */
static enum endpoint_event feed_ms(struct endpoint *e, float db, int ms, int *at_ms) {
    for (int t = BLOCK_MS; t <= ms; t += BLOCK_MS) {
        enum endpoint_event event = feed_db(e, db);
        if (at_ms) *at_ms = t;
        if (event) return event;
    }
    return ENDPOINT_NONE;
}

static void speech_begins_and_ends(void **state) {
    (void)state;
    struct endpoint e;
    int at;
    endpoint_init(&e, NULL);
    assert_int_equal(feed_ms(&e, -60, 1000, NULL), ENDPOINT_NONE);
    assert_int_equal(feed_ms(&e, -25, 1000, &at), ENDPOINT_START);
    assert_int_equal(at, 60);
    assert_int_equal(feed_ms(&e, -25, 1500, NULL), ENDPOINT_NONE);
    assert_int_equal(feed_ms(&e, -60, 2000, &at), ENDPOINT_END);
    assert_int_equal(at, 600);
}

static void a_pause_does_not_end_it(void **state) {
    (void)state;
    struct endpoint e;
    endpoint_init(&e, NULL);
    feed_ms(&e, -60, 500, NULL);
    assert_int_equal(feed_ms(&e, -25, 60, NULL), ENDPOINT_START);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(feed_ms(&e, -25, 400, NULL), ENDPOINT_NONE);
        assert_int_equal(feed_ms(&e, -60, 500, NULL), ENDPOINT_NONE);
    }
    assert_int_equal(feed_ms(&e, -60, 200, NULL), ENDPOINT_END);
}

static void a_click_is_no_speech(void **state) {
    (void)state;
    struct endpoint e;
    endpoint_init(&e, NULL);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(feed_ms(&e, -60, 100, NULL), ENDPOINT_NONE);
        assert_int_equal(feed_ms(&e, -10, 40, NULL), ENDPOINT_NONE);
    }
}

static void a_steady_fan_becomes_silence(void **state) {
    (void)state;
    struct endpoint e;
    endpoint_init(&e, NULL);
    feed_ms(&e, -60, 1000, NULL);
    /* it is switched on: taken for speech at first, but not for ever, and not a second time */
    assert_int_equal(feed_ms(&e, -38, 1000, NULL), ENDPOINT_START);
    assert_int_equal(feed_ms(&e, -38, 8000, NULL), ENDPOINT_END);
    feed_ms(&e, -38, 3000, NULL);
    endpoint_reset(&e);
    assert_int_equal(feed_ms(&e, -38, 5900, NULL), ENDPOINT_NONE);
    /* and somebody can be heard above it */
    assert_int_equal(feed_ms(&e, -22, 200, NULL), ENDPOINT_START);
    assert_int_equal(feed_ms(&e, -22, 1000, NULL), ENDPOINT_NONE);
    assert_int_equal(feed_ms(&e, -38, 2000, NULL), ENDPOINT_END);
}

static void the_floor_falls_at_once(void **state) {
    (void)state;
    struct endpoint e;
    endpoint_init(&e, NULL);
    feed_ms(&e, -30, 20000, NULL);
    endpoint_reset(&e);
    feed_ms(&e, -65, 400, NULL);
    assert_int_equal(feed_ms(&e, -45, 200, NULL), ENDPOINT_START);
}

static void nobody_speaks(void **state) {
    (void)state;
    struct endpoint e;
    int at;
    endpoint_init(&e, NULL);
    assert_int_equal(feed_ms(&e, -60, 20000, &at), ENDPOINT_NO_SPEECH);
    assert_int_equal(at, 6000);
    endpoint_reset(&e);
    assert_int_equal(feed_ms(&e, -60, 20000, &at), ENDPOINT_NO_SPEECH);
    assert_int_equal(at, 6000);
}

static void a_muted_microphone_is_silent(void **state) {
    (void)state;
    struct endpoint e;
    int16_t nothing[BLOCK] = {0}, offset[BLOCK];
    for (int i = 0; i < BLOCK; i++) offset[i] = 2000;
    endpoint_init(&e, NULL);
    for (int i = 0; i < 200; i++) assert_int_equal(endpoint_block(&e, nothing, BLOCK), ENDPOINT_NONE);
    for (int i = 0; i < 50; i++) assert_int_equal(endpoint_block(&e, offset, BLOCK), ENDPOINT_NONE);
    /* a few bits of noise after digital silence are no speech */
    endpoint_reset(&e);
    assert_int_equal(feed_ms(&e, -72, 1000, NULL), ENDPOINT_NONE);
    assert_int_equal(endpoint_block(&e, nothing, 0), ENDPOINT_NONE);
}

static void it_is_cut_at_the_limit(void **state) {
    (void)state;
    struct endpoint e;
    struct endpoint_config c = {.limit_ms = 2000, .onset_ms = 100, .hangover_ms = 300, .no_speech_ms = 1000};
    int at;
    endpoint_init(&e, &c);
    feed_ms(&e, -60, 500, NULL);
    assert_int_equal(feed_ms(&e, -20, 200, &at), ENDPOINT_START);
    assert_int_equal(at, 100);
    assert_int_equal(feed_ms(&e, -20, 5000, &at), ENDPOINT_LIMIT);
    assert_int_equal(at, 1900);
    endpoint_reset(&e);
    assert_int_equal(feed_ms(&e, -60, 5000, &at), ENDPOINT_NO_SPEECH);
    assert_int_equal(at, 1000);
}

static void words_say_how_long_a_pause_may_be(void **state) {
    (void)state;
    struct endpoint e;
    int at;
    endpoint_init(&e, NULL);
    feed_ms(&e, -60, 500, NULL);
    assert_int_equal(feed_ms(&e, -25, 500, NULL), ENDPOINT_START);
    /* in the middle of a sentence */
    assert_int_equal(feed_ms(&e, -60, 200, NULL), ENDPOINT_NONE);
    endpoint_wait(&e, 1200);
    assert_int_equal(feed_ms(&e, -60, 900, NULL), ENDPOINT_NONE);
    /* the next pause knows nothing of it */
    assert_int_equal(feed_ms(&e, -25, 200, NULL), ENDPOINT_NONE);
    assert_int_equal(feed_ms(&e, -60, 200, NULL), ENDPOINT_NONE);
    endpoint_wait(&e, 350);
    assert_int_equal(feed_ms(&e, -60, 1000, &at), ENDPOINT_END);
    assert_int_equal(at, 160);
    /* shorter than the pause already is: at once */
    endpoint_reset(&e);
    assert_int_equal(feed_ms(&e, -25, 500, NULL), ENDPOINT_START);
    assert_int_equal(feed_ms(&e, -60, 400, NULL), ENDPOINT_NONE);
    endpoint_wait(&e, 350);
    assert_int_equal(feed_ms(&e, -60, 1000, &at), ENDPOINT_END);
    assert_int_equal(at, BLOCK_MS);
}

static void loud_noise_is_a_pause_if_nobody_speaks(void **state) {
    (void)state;
    struct endpoint e;
    struct endpoint_config c = {.speech = 0.5f, .spoken_ms = 100};
    int at;
    endpoint_init(&e, &c);
    feed_ms(&e, -60, 500, NULL);
    assert_int_equal(feed_ms(&e, -25, 500, NULL), ENDPOINT_START);
    endpoint_speech(&e, 0.9f);
    assert_int_equal(feed_ms(&e, -25, 500, NULL), ENDPOINT_NONE);
    endpoint_speech(&e, 0.1f);
    assert_int_equal(feed_ms(&e, -25, 2000, &at), ENDPOINT_END);
    assert_int_equal(at, 600);
}

static void clatter_is_no_utterance(void **state) {
    (void)state;
    struct endpoint e;
    struct endpoint_config c = {.speech = 0.5f, .spoken_ms = 100, .no_speech_ms = 3000};
    int at;
    endpoint_init(&e, &c);
    feed_ms(&e, -60, 500, NULL);
    assert_int_equal(feed_ms(&e, -25, 60, NULL), ENDPOINT_START);
    endpoint_speech(&e, 0.1f);
    assert_int_equal(feed_ms(&e, -25, 300, NULL), ENDPOINT_NONE);
    assert_int_equal(feed_ms(&e, -60, 2000, &at), ENDPOINT_NOISE);
    assert_int_equal(at, 300);
    /* the time to begin runs on */
    assert_int_equal(feed_ms(&e, -60, 5000, &at), ENDPOINT_NO_SPEECH);
    assert_in_range(at, 1500, 1900);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speech_begins_and_ends),
        cmocka_unit_test(a_pause_does_not_end_it),
        cmocka_unit_test(a_click_is_no_speech),
        cmocka_unit_test(a_steady_fan_becomes_silence),
        cmocka_unit_test(the_floor_falls_at_once),
        cmocka_unit_test(nobody_speaks),
        cmocka_unit_test(a_muted_microphone_is_silent),
        cmocka_unit_test(it_is_cut_at_the_limit),
        cmocka_unit_test(words_say_how_long_a_pause_may_be),
        cmocka_unit_test(loud_noise_is_a_pause_if_nobody_speaks),
        cmocka_unit_test(clatter_is_no_utterance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
