#include "hear/threshold.h"

#include <math.h>

#include "files.h"

#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))

static const struct threshold_prior prior = {
    .from = -2, .rate = 10, .hours = 0.5, .mean = 1, .places = 10, .day = 16, .margin = 1};
static const double good[] = {5, 6, 7};
enum { N = 3 };
static const double usual = 0.4;

static struct threshold_choice choose(const struct threshold_room *room, const double *scores, double wanted) {
    return threshold_choose(&prior, room, scores, N, wanted, usual);
}

/* Room with n places, each so much above `from`. */
static struct threshold_room room_of(double hours, int n, double above) {
    struct threshold_room room = {.hours = hours};
    for (int i = 0; i < n; i++) threshold_room_add(&room, &prior, prior.from + above);
    threshold_room_add(&room, &prior, prior.from - 0.1); /* too low to count */
    assert_int_equal(room.places, n);
    return room;
}

static void only_the_prior(void **state) {
    (void)state;
    struct threshold_room none = {0};
    assert_near(threshold_alarms(&prior, &none, -2), 160, 1e-9);
    assert_near(threshold_alarms(&prior, &none, -1), 160 / exp(1), 1e-9);
    struct threshold_choice c = choose(&none, good, 3);
    assert_near(c.threshold, -2 + log(160 / 3.0), 0.01);
    assert_true(c.alarms <= 3 && c.alarms > 2.9);
    assert_true(c.together);
    assert_int_equal(c.heard, N);
    assert_near(c.heard_to, 4, 1e-9);
}

/* The fit finds rate and mean of a tail that it is given much of. */
static void a_long_room_says_all(void **state) {
    (void)state;
    struct threshold_room room = {.hours = 200};
    int n = 4000;
    for (int i = 0; i < n; i++) threshold_room_add(&room, &prior, -2 - 0.7 * log((i + 0.5) / n));
    assert_near(threshold_alarms(&prior, &room, -2), 16 * 20, 2);
    assert_near(threshold_alarms(&prior, &room, 0), 16 * 20 * exp(-2 / 0.7), 0.4);
    struct threshold_choice c = choose(&room, good, 3);
    int above = 0;
    for (int i = 0; i < n; i++) above += -2 - 0.7 * log((i + 0.5) / n) >= c.threshold;
    assert_true(above / 200.0 * 16 <= 3.3);
}

static void a_worse_room_asks_for_more(void **state) {
    (void)state;
    struct threshold_room quiet = room_of(0.2, 0, 0), talk = room_of(0.2, 10, 1), like = room_of(0.2, 10, 2.5);
    double a = choose(&quiet, good, 3).threshold, b = choose(&talk, good, 3).threshold;
    double c = choose(&like, good, 3).threshold;
    assert_true(a < b && b < c);
    /* some quiet minutes are not the whole truth */
    assert_true(threshold_alarms(&prior, &quiet, 0) > threshold_alarms(&prior, &(struct threshold_room){0}, 0) / 2);
    assert_true(choose(&talk, good, 1).threshold > b);
}

static void nothing_is_lower_than_the_tail(void **state) {
    (void)state;
    struct threshold_room silent = room_of(1000, 0, 0);
    struct threshold_choice c = choose(&silent, good, 100);
    assert_near(c.threshold, prior.from, 1e-9);
}

/* Where the household is hardly nearer to the phrase than its television, it is heard all the same, and told. */
static void both_do_not_go_together(void **state) {
    (void)state;
    const double weak[] = {3.505, 2.5, 4};
    struct threshold_room like = room_of(0.5, 30, 2);
    struct threshold_choice c = choose(&like, weak, 3);
    assert_false(c.together);
    assert_true(c.quiet > c.heard_to);
    assert_near(c.threshold, 1.5, 1e-9);
    assert_int_equal(c.heard, N);
    assert_true(c.alarms > 3);
    assert_near(c.alarms, threshold_alarms(&prior, &like, c.threshold), 1e-9);
}

static void one_bad_repetition_does_not_let_everything_in(void **state) {
    (void)state;
    const double bad[] = {5, -4, 6}, missing[] = {5, -INFINITY, 6};
    struct threshold_room talk = room_of(0.5, 30, 1);
    struct threshold_choice c = choose(&talk, bad, 3);
    assert_false(c.together);
    assert_near(c.threshold, usual, 1e-9);
    assert_int_equal(c.heard, 2);
    c = choose(&talk, missing, 3);
    assert_true(c.together);
    assert_int_equal(c.heard, 2);
    /* where the room asks for less than is usual, no more is asked */
    struct threshold_room quiet = room_of(10, 0, 0);
    c = choose(&quiet, bad, 3);
    assert_false(c.together);
    assert_true(c.threshold == c.quiet && c.quiet < usual);
}

/* 0 stands for the locale's own threshold, so that it is never chosen. */
static void never_zero(void **state) {
    (void)state;
    struct threshold_prior p = prior;
    p.from = 0;
    struct threshold_choice c = threshold_choose(&p, &(struct threshold_room){.hours = 1000}, good, N, 100, usual);
    assert_near(c.threshold, 0.01, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_prior),
        cmocka_unit_test(a_long_room_says_all),
        cmocka_unit_test(a_worse_room_asks_for_more),
        cmocka_unit_test(nothing_is_lower_than_the_tail),
        cmocka_unit_test(both_do_not_go_together),
        cmocka_unit_test(one_bad_repetition_does_not_let_everything_in),
        cmocka_unit_test(never_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
