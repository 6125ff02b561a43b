#include "support.h"

#include "shop/when.h"

static int64_t when(const char *text, const char *zone) {
    int64_t ms = -1;
    assert_ok(when_parse(&ms, text, zone, NOW));
    return ms;
}

static void relative_times(void **state) {
    (void)state;
    assert_int_equal(when("now", "UTC"), NOW);
    assert_int_equal(when("-90m", "UTC"), NOW - 90 * 60000);
    assert_int_equal(when("+2h", "UTC"), NOW + 2 * 3600000);
    assert_int_equal(when("-3d", "UTC"), NOW - 3 * DAY);
    assert_int_equal(when("-2w", "UTC"), NOW - 14 * DAY);
    assert_int_equal(when("-3d 14:00", "UTC"), NOW - 3 * DAY + 2 * 3600000);
    assert_int_equal(when("+1d 00:00", "UTC"), NOW + DAY - 12 * 3600000);
    assert_int_equal(when("+0d 24:00", "UTC"), NOW + 12 * 3600000);
    /* noon UTC is eight in New York; its clock is meant */
    assert_int_equal(when("-1d 08:00", "America/New_York"), NOW - DAY);
    /* across the end of summer time, 2025-11-02 */
    assert_int_equal(when("-200d 07:00", "America/New_York"), NOW - 200 * DAY - 3600000);
    assert_int_equal(when("", "UTC"), -1);
}

static void absolute_times(void **state) {
    (void)state;
    assert_int_equal(when("2026-05-15T12:00", "UTC"), NOW);
    assert_int_equal(when("2026-05-15T12:00Z", "Europe/Berlin"), NOW);
    assert_int_equal(when("2026-05-15T14:00", "Europe/Berlin"), NOW);
    assert_int_equal(when("2026-05-15", "UTC"), NOW - DAY / 2);
    assert_int_equal(when("2024-02-29", "UTC"), INT64_C(1709164800000));
    /* more seconds than 31 bits have */
    assert_int_equal(when("2040-05-15T14:00", "Europe/Berlin"), INT64_C(2220696000000));
}

static void what_is_no_time_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "yesterday",     "-3",        "3d",         "-d",         "-3y",         "-3d 25:00",        "-3d 14:60",
        "-3d14:00",      "-2h 14:00", "2026-13-01", "2026-02-29", "2026-05-15T", "2026-05-15 14:00", "2026-5-15",
        "-99999999999d", "+",         "-",          "now ",       "1969-01-01",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t ms = 7;
        if (when_parse(&ms, bad[i], "UTC", NOW) != ERR_FORMAT) fail_msg("'%s' was taken", bad[i]);
        assert_int_equal(ms, 7);
        assert_reason("is not a time such as");
    }
}

static void the_process_keeps_its_zone(void **state) {
    (void)state;
    setenv("TZ", "Asia/Tokyo", 1);
    when("-3d 14:00", "Europe/Berlin");
    assert_string_equal(getenv("TZ"), "Asia/Tokyo");
    unsetenv("TZ");
    when("-3d 14:00", "Europe/Berlin");
    assert_null(getenv("TZ"));
}

static void clocks_and_days(void **state) {
    (void)state;
    int64_t minutes;
    assert_ok(when_clock(&minutes, "00:00"));
    assert_int_equal(minutes, 0);
    assert_ok(when_clock(&minutes, "24:00"));
    assert_int_equal(minutes, 1440);
    assert_int_equal(when_clock(&minutes, "24:01"), ERR_FORMAT);
    assert_int_equal(when_clock(&minutes, "8:00"), ERR_FORMAT);
    assert_int_equal(when_clock(&minutes, "08:00 "), ERR_FORMAT);
    assert_true(when_is_date("2026-12-31"));
    assert_true(when_is_date("12-31"));
    assert_true(when_is_date("02-29"));
    assert_false(when_is_date("2026-02-29"));
    assert_false(when_is_date("13-01"));
    assert_false(when_is_date("12-31x"));
    assert_false(when_is_date(""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relative_times),
        cmocka_unit_test(absolute_times),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(the_process_keeps_its_zone),
        cmocka_unit_test(clocks_and_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
