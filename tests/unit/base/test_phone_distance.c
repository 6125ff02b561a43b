#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/phone_distance.h"

#define OAT_MILK  "OW T M IH L K"
#define GOAT_MILK "G OW T M IH L K"
#define FIFTEEN   "F IH F T IY N"
#define FIFTY     "F IH F T IY"
#define SIXTY     "S IH K S T IY"

static void the_same_is_no_distance(void **state) {
    (void)state;
    assert_int_equal(phone_distance(OAT_MILK, OAT_MILK), 0);
    assert_int_equal(phone_distance(OAT_MILK, "  OW  T M IH L K "), 0);
    assert_int_equal(phone_distance("", ""), 0);
}

static void it_is_a_metric_over_phones(void **state) {
    (void)state;
    for (int a = 0; a < PHONE_KINDS; a++) {
        assert_int_equal(phone_exchange_cost(a, a), 0);
        assert_in_range(phone_gap_cost(a), 1, 1000);
        for (int b = 0; b < PHONE_KINDS; b++) {
            assert_int_equal(phone_exchange_cost(a, b), phone_exchange_cost(b, a));
            if (a != b) assert_in_range(phone_exchange_cost(a, b), 100, 1000);
        }
    }
}

static void what_sounds_alike_is_near(void **state) {
    (void)state;
    assert_in_range(phone_distance(OAT_MILK, GOAT_MILK), 1, 999);
    assert_in_range(phone_distance(FIFTEEN, FIFTY), 1, 999);
    assert_true(phone_distance(FIFTEEN, FIFTY) < phone_distance(FIFTY, SIXTY));
    assert_true(phone_distance("P IH N", "B IH N") < phone_distance("P IH N", "S IH N"));
    assert_true(phone_distance("P EH N", "P IH N") < phone_distance("P EH N", "P OW N"));
    assert_true(phone_distance("M AE T", "N AE T") < phone_distance("M AE T", "S AE T"));
}

static void it_does_not_mind_which_is_first(void **state) {
    (void)state;
    assert_int_equal(phone_distance(OAT_MILK, SIXTY), phone_distance(SIXTY, OAT_MILK));
    assert_int_equal(phone_distance(FIFTEEN, ""), phone_distance("", FIFTEEN));
    assert_true(phone_distance(FIFTEEN, "") > 0);
}

static void the_limit_only_cuts_off(void **state) {
    (void)state;
    struct phone_run a, b;
    assert_true(phone_run_read(&a, OAT_MILK));
    assert_true(phone_run_read(&b, GOAT_MILK));
    int whole = phone_distance(OAT_MILK, GOAT_MILK);
    assert_int_equal(phone_run_distance(&a, &b, whole), whole);
    assert_int_equal(phone_run_distance(&a, &b, whole - 1), PHONE_DISTANCE_FAR);
}

static void what_is_no_phone_is_far(void **state) {
    (void)state;
    struct phone_run run;
    assert_int_equal(phone_distance("OW T", "OW QQ"), PHONE_DISTANCE_FAR);
    assert_int_equal(phone_distance("OW T", "ow t"), PHONE_DISTANCE_FAR);
    assert_false(phone_run_read(&run, "OWTMIHLK"));
    assert_int_equal(run.n, 0);
}

static void a_run_has_an_end(void **state) {
    (void)state;
    struct phone_run run = {0}, one;
    assert_true(phone_run_read(&one, "T"));
    for (int i = 0; i < PHONE_RUN_MAX; i++) assert_true(phone_run_append(&run, &one));
    assert_false(phone_run_append(&run, &one));
    assert_int_equal(run.n, PHONE_RUN_MAX);
    char text[2 * (PHONE_RUN_MAX + 1) + 1] = "";
    for (int i = 0; i < PHONE_RUN_MAX + 1; i++) text[2 * i] = 'T', text[2 * i + 1] = ' ';
    assert_false(phone_run_read(&run, text));
}

static void names_are_read_back(void **state) {
    (void)state;
    for (int i = 0; i < PHONE_KINDS; i++) {
        struct phone_run run;
        assert_true(phone_run_read(&run, phone_name(i)));
        assert_int_equal(run.n, 1);
        assert_int_equal(run.v[0], i);
    }
    assert_null(phone_name(PHONE_KINDS));
    assert_null(phone_name(-1));
}

/* The limit decides by it how far from the diagonal a way may go. */
static void no_gap_costs_less_than_the_least(void **state) {
    (void)state;
    for (int i = 0; i < PHONE_KINDS; i++) assert_true(phone_gap_cost(i) >= PHONE_GAP_LEAST);
    for (int a = 0; a < PHONE_KINDS; a++) {
        char long_one[64], short_one[64];
        snprintf(short_one, sizeof short_one, "S T R OW K");
        snprintf(long_one, sizeof long_one, "%s S T R %s OW K", phone_name(a), phone_name(a));
        struct phone_run x, y;
        assert_true(phone_run_read(&x, short_one) && phone_run_read(&y, long_one));
        int whole = phone_run_distance(&x, &y, PHONE_DISTANCE_FAR - 1);
        assert_int_equal(phone_run_distance(&x, &y, whole), whole);
        assert_int_equal(phone_run_distance(&y, &x, whole), whole);
        assert_int_equal(phone_run_distance(&x, &y, whole - 1), PHONE_DISTANCE_FAR);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_is_no_distance),
        cmocka_unit_test(it_is_a_metric_over_phones),
        cmocka_unit_test(what_sounds_alike_is_near),
        cmocka_unit_test(it_does_not_mind_which_is_first),
        cmocka_unit_test(the_limit_only_cuts_off),
        cmocka_unit_test(what_is_no_phone_is_far),
        cmocka_unit_test(a_run_has_an_end),
        cmocka_unit_test(names_are_read_back),
        cmocka_unit_test(no_gap_costs_less_than_the_least),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
