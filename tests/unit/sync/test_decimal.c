#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sync/decimal.h"

static int64_t usd(const char *text) {
    int64_t minor = -1;
    if (decimal_minor(&minor, text, "USD")) fail_msg("'%s': %s", text, err_reason());
    return minor;
}

static void plain(void **state) {
    (void)state;
    assert_int_equal(usd("19.99"), 1999);
    assert_int_equal(usd("0"), 0);
    assert_int_equal(usd("0.07"), 7);
    assert_int_equal(usd("5"), 500);
    assert_int_equal(usd("-4.29"), -429);
    assert_int_equal(usd("1234567890.12"), INT64_C(123456789012));
}

/* What a double would get wrong, or a shop does not round. */
static void rounded_half_away_from_zero(void **state) {
    (void)state;
    assert_int_equal(usd("1.005"), 101);
    assert_int_equal(usd("1.0049999999999999999999"), 100);
    assert_int_equal(usd("-1.005"), -101);
    assert_int_equal(usd("19.990000000000002"), 1999);
    assert_int_equal(usd("0.005"), 1);
    assert_int_equal(usd("0.0049"), 0);
    assert_int_equal(usd("0.995"), 100);
    assert_int_equal(usd("9.999"), 1000);
}

static void exponents(void **state) {
    (void)state;
    assert_int_equal(usd("1e2"), 10000);
    assert_int_equal(usd("1.999e1"), 1999);
    assert_int_equal(usd("1999E-2"), 1999);
    assert_int_equal(usd("5e-3"), 1);
    assert_int_equal(usd("5e-4"), 0);
    assert_int_equal(usd("0e50"), 0);
}

static void currencies(void **state) {
    int64_t minor;
    (void)state;
    assert_int_equal(decimal_minor(&minor, "234", "JPY"), ERR_OK);
    assert_int_equal(minor, 234);
    assert_int_equal(decimal_minor(&minor, "234.5", "JPY"), ERR_OK);
    assert_int_equal(minor, 235);
    assert_int_equal(decimal_minor(&minor, "1.234", "KWD"), ERR_OK);
    assert_int_equal(minor, 1234);
    assert_int_equal(decimal_scaled(&minor, "0.5", 3), ERR_OK);
    assert_int_equal(minor, 500);
}

static void not_numbers(void **state) {
    static const char *const bad[] = {"",    "-",     "+1", ".5", "5.",   "1,50", "01",  "1e",    "1e+", "0x10",
                                      "NaN", "1.2.3", "1 ", " 1", "1e99", "--1",  "inf", "1e-99", "٣",   "1.5x"};
    int64_t minor = 42;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (decimal_minor(&minor, bad[i], "USD") != ERR_FORMAT) fail_msg("'%s' is taken for a number", bad[i]);
        assert_int_equal(minor, 42);
    }
}

static void bounds(void **state) {
    int64_t minor = 42;
    (void)state;
    assert_int_equal(usd("10000000000"), INT64_C(1000000000000));
    assert_int_equal(decimal_minor(&minor, "10000000000.01", "USD"), ERR_RANGE);
    assert_int_equal(decimal_minor(&minor, "1e40", "USD"), ERR_RANGE);
    assert_int_equal(decimal_minor(&minor, "99999999999999999999999999999999999999999999", "USD"), ERR_FORMAT);
    assert_int_equal(minor, 42);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain),       cmocka_unit_test(rounded_half_away_from_zero),
                                       cmocka_unit_test(exponents),   cmocka_unit_test(currencies),
                                       cmocka_unit_test(not_numbers), cmocka_unit_test(bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
