/* Sound to frames. */
#include "hear/features.h"

#include <math.h>

#include "files.h"

enum { SAMPLES = 16000 };

static int16_t samples[SAMPLES];
static struct frame frames[SAMPLES / FEATURES_HOP + 1], again[SAMPLES / FEATURES_HOP + 1];
static struct network *network;
static struct features *features;

static int setup(void **state) {
    (void)state;
    return network_load(&network, SK_DATA_DIR "/models/en-US/network.bin") || features_open(&features, network) ? -1
                                                                                                                : 0;
}

static int teardown(void **state) {
    (void)state;
    features_close(features);
    network_free(network);
    return 0;
}

static void frames_are_counted(void **state) {
    (void)state;
    assert_int_equal(features_count(0), 0);
    assert_int_equal(features_count(FEATURES_WINDOW - 1), 0);
    assert_int_equal(features_count(FEATURES_WINDOW), 1);
    assert_int_equal(features_count(FEATURES_WINDOW + FEATURES_HOP - 1), 1);
    assert_int_equal(features_count(FEATURES_WINDOW + FEATURES_HOP), 2);
    assert_int_equal(features_all(features, samples, FEATURES_WINDOW - 1, frames), 0);
    assert_true(features_all(features, samples, FEATURES_WINDOW + FEATURES_HOP, frames) <= 2);
}

static int loudest_band(double hz) {
    for (int i = 0; i < SAMPLES; i++) samples[i] = (int16_t)(8000 * sin(2 * M_PI * hz * i / 16000));
    size_t n = features_all(features, samples, SAMPLES, frames);
    assert_int_equal(n, features_count(SAMPLES));
    int best = 0;
    for (int b = 1; b < NETWORK_BANDS; b++)
        if (frames[n / 2].mel[b] > frames[n / 2].mel[best]) best = b;
    return best;
}

static void a_tone_is_in_its_band(void **state) {
    (void)state;
    assert_true(loudest_band(200) <= 1);
    assert_true(loudest_band(6500) >= NETWORK_BANDS - 2);
    int middle = loudest_band(1500);
    assert_true(middle > 6 && middle < 16);
}

/* Nothing is left over from one recording to the next, and silence has logarithms too. */
static void the_same_gives_the_same(void **state) {
    (void)state;
    loudest_band(1000);
    size_t n = features_all(features, samples, SAMPLES, frames);
    memset(samples, 0, sizeof samples);
    n = features_all(features, samples, SAMPLES, again);
    for (size_t t = 0; t < n; t++)
        for (int b = 0; b < NETWORK_BANDS; b++) assert_true(isfinite(again[t].mel[b]) && again[t].mel[b] >= 0);
    loudest_band(1000);
    memcpy(again, frames, n * sizeof *frames);
    features_all(features, samples, SAMPLES, frames);
    assert_memory_equal(again, frames, n * sizeof *frames);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(frames_are_counted), cmocka_unit_test(a_tone_is_in_its_band),
                                       cmocka_unit_test(the_same_gives_the_same)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
