/* The fit of a phrase to made-up phones. */
#include "hear/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct frame frames[VERIFY_FRAMES];
static float prior[NETWORK_PARTS];

static const struct verify_pronunciation PHRASES[] = {
    {.n_phones = 4, .phones = {3, 17, 3, 30}},
    {.n_phones = 3, .phones = {3, 20, 30}},
};

/* Silence, with the phones from frame `at` on, `length` frames a part; returns the frame behind them. */
static int say(const struct verify_pronunciation *p, int at, int length) {
    memset(frames, 0, sizeof frames);
    for (int t = 0; t < VERIFY_FRAMES; t++)
        for (int i = 0; i < NETWORK_PARTS; i++) frames[t].network.phones[i] = i == NETWORK_PARTS - 1 ? -0.1F : -7;
    for (int state = 0; state < 3 * p->n_phones; state++)
        for (int i = 0; i < length; i++, at++) {
            frames[at].network.speech = 1;
            frames[at].network.phones[NETWORK_PARTS - 1] = -7;
            frames[at].network.phones[p->phones[state / 3] * 3 + state % 3] = -0.1F;
        }
    return at;
}

static void finds_the_phrase_where_it_is(void **state) {
    (void)state;
    struct verify_fit fit;
    int end = say(&PHRASES[0], 40, 3);
    assert_int_equal(verify_fit(frames, VERIFY_FRAMES, 0, prior, PHRASES, 1, &fit), ERR_OK);
    assert_int_equal(fit.begin, 40);
    assert_int_equal(fit.end, end);
    assert_int_equal(fit.shortest, 9);
    assert_int_equal(fit.longest, 9);
    assert_true(fit.ratio >= 0);
    assert_true(fit.worst > -0.01);
    assert_true(fit.speech > 0.99);
}

static void refuses_what_only_resembles(void **state) {
    (void)state;
    struct verify_fit fit;
    struct verify_pronunciation other = PHRASES[0];
    other.phones[1] = 9;
    say(&other, 40, 3);
    assert_int_equal(verify_fit(frames, VERIFY_FRAMES, 0, prior, PHRASES, 1, &fit), ERR_OK);
    assert_true(fit.ratio < -0.2);
    assert_true(fit.worst < -3);
}

static void takes_the_pronunciation_that_fits(void **state) {
    (void)state;
    struct verify_fit fit;
    say(&PHRASES[1], 100, 2);
    assert_int_equal(verify_fit(frames, VERIFY_FRAMES, 0, prior, PHRASES, 2, &fit), ERR_OK);
    assert_int_equal(fit.pronunciation, 1);
    assert_true(fit.ratio >= 0);
}

static void finds_only_what_ends_late_enough(void **state) {
    (void)state;
    struct verify_fit fit;
    int end = say(&PHRASES[0], 40, 3);
    assert_int_equal(verify_fit(frames, VERIFY_FRAMES, end + 1, prior, PHRASES, 1, &fit), ERR_OK);
    assert_true(fit.end > end);
    assert_int_equal(verify_fit(frames, VERIFY_FRAMES, end, prior, PHRASES, 1, &fit), ERR_OK);
    assert_int_equal(fit.end, end);
}

static void says_what_is_wrong(void **state) {
    (void)state;
    struct verify_fit fit;
    struct verify_pronunciation bad = {.n_phones = 1, .phones = {39}};
    assert_int_equal(verify_fit(frames, VERIFY_FRAMES, 0, prior, PHRASES, 0, &fit), ERR_ARG);
    assert_int_equal(verify_fit(frames, VERIFY_FRAMES + 1, 0, prior, PHRASES, 1, &fit), ERR_ARG);
    assert_int_equal(verify_fit(frames, VERIFY_FRAMES, 0, prior, &bad, 1, &fit), ERR_ARG);
    bad.n_phones = VERIFY_PHONES + 1;
    assert_int_equal(verify_fit(frames, VERIFY_FRAMES, 0, prior, &bad, 1, &fit), ERR_ARG);
    assert_int_equal(verify_fit(frames, 11, 0, prior, PHRASES, 1, &fit), ERR_ARG);
    assert_string_equal(err_reason(), "11 frames are too few for the phrase");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_phrase_where_it_is),
        cmocka_unit_test(refuses_what_only_resembles),
        cmocka_unit_test(takes_the_pronunciation_that_fits),
        cmocka_unit_test(finds_only_what_ends_late_enough),
        cmocka_unit_test(says_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
