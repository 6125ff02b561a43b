/* Spans of time on the shop's clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka needs these first */
#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "apps/when.h"

static int64_t noon_of(const char *date) {
    return when_noon(date);
}

static void check_span(const char *code, bool (*past)(const char *, int64_t, int64_t *, int64_t *), const char *from,
                       const char *to) {
    int64_t now_ms = noon_of("2026-11-26"), from_ms = 0, to_ms = 0; /* a Thursday */
    char first[11], last[11];
    assert_true(past(code, now_ms, &from_ms, &to_ms));
    when_date(from_ms, first);
    when_date(to_ms, last);
    assert_string_equal(first, from);
    assert_string_equal(last, to);
    assert_true((to_ms + 1 - from_ms) % 3600000 == 0);
}

static void days_are_days(void **state) {
    (void)state;
    check_span("day-0", when_past, "2026-11-26", "2026-11-26");
    check_span("day-1", when_past, "2026-11-25", "2026-11-25");
    check_span("wday-4", when_past, "2026-11-19", "2026-11-19"); /* not today */
    check_span("wday-3", when_past, "2026-11-25", "2026-11-25");
}

static void weeks_and_months_are_the_calendars(void **state) {
    (void)state;
    check_span("week-0", when_past, "2026-11-23", "2026-11-26");
    check_span("week-1", when_past, "2026-11-16", "2026-11-22");
    check_span("month-0", when_past, "2026-11-01", "2026-11-26");
    check_span("month-1", when_past, "2026-10-01", "2026-10-31"); /* with the end of summer time in it */
    check_span("month-11", when_past, "2025-12-01", "2025-12-31");
}

static void about_then_is_wider(void **state) {
    (void)state;
    check_span("week-1", when_past_about, "2026-11-12", "2026-11-25");
    check_span("day-1", when_past_about, "2026-11-25", "2026-11-25");
}

static void what_is_no_time(void **state) {
    (void)state;
    static const char *const codes[] = {"", "week", "week-x", "day-1x", "date-12-25", "month-99999999999"};
    int64_t from_ms, to_ms;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_false(when_past(codes[i], noon_of("2026-11-26"), &from_ms, &to_ms));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_days),
        cmocka_unit_test(weeks_and_months_are_the_calendars),
        cmocka_unit_test(about_then_is_wider),
        cmocka_unit_test(what_is_no_time),
    };
    setenv("TZ", "America/New_York", 1);
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
