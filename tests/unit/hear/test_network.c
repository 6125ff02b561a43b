/* The network and the loop of phones. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
/* after the headers it needs */
#include <cmocka.h>

#include "hear/loop.h"
#include "hear/network.h"

#define WEIGHTS SK_DATA_DIR "/models/en-US/network.bin"

static void step_many(struct network *n, float level, int steps, struct network_out *out) {
    float mel[NETWORK_BANDS];
    for (int i = 0; i < NETWORK_BANDS; i++) mel[i] = level + (float)(i % 5);
    for (int t = 0; t < steps; t++) network_step(n, mel, out);
}

static void test_outputs_are_probabilities(void **state) {
    (void)state;
    struct network *n;
    struct network_out out, again;
    assert_int_equal(network_load(&n, WEIGHTS), ERR_OK);
    step_many(n, 8, 30, &out);
    double sum = 0;
    for (int i = 0; i < NETWORK_PARTS; i++) sum += exp((double)out.phones[i]);
    assert_true(fabs(sum - 1) < 1e-3);
    assert_true(out.speech >= 0 && out.speech <= 1);
    for (int i = 0; i < NETWORK_BANDS; i++) assert_true(out.gain[i] <= 0 && out.gain[i] >= logf(0.0199f));
    network_reset(n);
    step_many(n, 8, 30, &again);
    assert_memory_equal(&out, &again, sizeof out);
    network_free(n);
}

static void test_steady_noise_is_silence(void **state) {
    (void)state;
    struct network *n;
    struct network_out out;
    assert_int_equal(network_load(&n, WEIGHTS), ERR_OK);
    step_many(n, 8, 200, &out);
    assert_true(out.speech < 0.5f);
    network_free(n);
}

static void test_bad_files_are_refused(void **state) {
    (void)state;
    struct network *n = NULL;
    char path[] = "/tmp/network-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "SKHN and no more", 16), 16);
    close(fd);
    assert_int_equal(network_load(&n, path), ERR_FORMAT);
    unlink(path);
    assert_int_equal(network_load(&n, path), ERR_NOT_FOUND);
    assert_null(n);
}

/* Two phones of three senones each; what fits costs nothing. */
static void test_loop_finds_the_best_phones(void **state) {
    (void)state;
    struct mdef m = {.n_phones = 2, .n_senones = 6, .of = {{0, 1, 2}, {3, 4, 5}}};
    struct loop l;
    loop_begin(&l, &m, 2);
    for (int senone = 0; senone < 6; senone++) {
        int16_t costs[6] = {9, 9, 9, 9, 9, 9};
        costs[senone] = 0;
        loop_frame(&l, costs);
    }
    assert_true(fabsf(loop_cost(&l) - 2 * 2) < 1e-4f); /* it began two phones */
    int16_t none[6] = {9, 9, 9, 9, 9, 9};
    loop_frame(&l, none);
    assert_true(fabsf(loop_cost(&l) - (2 * 2 + 9)) < 1e-4f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outputs_are_probabilities), cmocka_unit_test(test_steady_noise_is_silence),
        cmocka_unit_test(test_bad_files_are_refused), cmocka_unit_test(test_loop_finds_the_best_phones)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
