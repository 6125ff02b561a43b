/* From evidence to a probability. */
#include "hear/confidence.h"

#include <math.h>

#include "files.h"

static void evidence_is_by_the_frame_of_speech(void **state) {
    (void)state;
    const struct decoded d = {.score = -150, .fit = -30, .loosest_fit = -0.5, .speech_frames = 200, .words = 4};
    float e[EVIDENCE_COUNT];
    assert_true(evidence_of(&d, -100, -0.75, e));
    assert_true(fabsf(e[EVIDENCE_MARGIN] - -0.25f) < 1e-6f);
    assert_true(fabsf(e[EVIDENCE_LENGTH] - logf(2)) < 1e-6f); /* seconds */
    assert_true(fabsf(e[EVIDENCE_PACE]) < 1e-6f);             /* half a second a word */
    assert_true(fabsf(e[EVIDENCE_CLEAR] - -0.75f) < 1e-6f);
    assert_true(fabsf(e[EVIDENCE_FIT] - -0.15f) < 1e-6f);
    assert_true(fabsf(e[EVIDENCE_LOOSEST] - -0.5f) < 1e-6f);
}

/* Words in their neighbours' company may sound better than the loop's phones, that know none. */
static void nothing_is_better_than_the_loop(void **state) {
    (void)state;
    const struct decoded d = {.score = -50, .fit = 30, .loosest_fit = 0.5, .speech_frames = 200, .words = 4};
    float e[EVIDENCE_COUNT];
    assert_true(evidence_of(&d, -100, 0, e));
    assert_true(e[EVIDENCE_MARGIN] == 0);
    assert_true(e[EVIDENCE_FIT] == 0);
    assert_true(e[EVIDENCE_LOOSEST] == 0);
}

static void one_word_alone_says_only_so_much(void **state) {
    (void)state;
    const struct decoded d = {.score = -150, .fit = -30, .loosest_fit = -40, .speech_frames = 200, .words = 4};
    float e[EVIDENCE_COUNT];
    assert_true(evidence_of(&d, -100, 0, e));
    assert_true(e[EVIDENCE_LOOSEST] == -6);
}

static void nothing_heard_has_no_evidence(void **state) {
    (void)state;
    float e[EVIDENCE_COUNT];
    assert_false(evidence_of(&(struct decoded){.words = 0, .speech_frames = 100}, 0, 0, e));
    assert_false(evidence_of(&(struct decoded){.words = 2, .speech_frames = 0}, 0, 0, e));
}

static void the_regression_is_a_probability(void **state) {
    (void)state;
    const struct confidence_tuning t = {.bias = 2, .evidence = {4, 0, 0, 0, 0}};
    float e[EVIDENCE_COUNT] = {-0.5f, -9, -3, 1, 1, -1};
    assert_true(fabsf(confidence_of(e, &t) - 0.5f) < 1e-6f);
    e[EVIDENCE_MARGIN] = 0;
    assert_true(fabsf(confidence_of(e, &t) - 1 / (1 + expf(-2))) < 1e-6f);
    e[EVIDENCE_MARGIN] = -1e6f;
    assert_true(confidence_of(e, &t) == 0);
    e[EVIDENCE_MARGIN] = 1e6f;
    assert_true(confidence_of(e, &t) == 1);
}

static void every_piece_has_a_name_of_its_own(void **state) {
    (void)state;
    for (int i = 0; i < EVIDENCE_COUNT; i++)
        for (int k = 0; k < i; k++) assert_string_not_equal(evidence_name(i), evidence_name(k));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evidence_is_by_the_frame_of_speech), cmocka_unit_test(one_word_alone_says_only_so_much),
        cmocka_unit_test(nothing_heard_has_no_evidence),      cmocka_unit_test(nothing_is_better_than_the_loop),
        cmocka_unit_test(the_regression_is_a_probability),    cmocka_unit_test(every_piece_has_a_name_of_its_own)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
