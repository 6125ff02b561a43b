#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/money.h"

static void digits_of_currencies(void **state) {
    (void)state;
    assert_int_equal(currency_digits("USD"), 2);
    assert_int_equal(currency_digits("JPY"), 0);
    assert_int_equal(currency_digits("KWD"), 3);
    assert_int_equal(currency_digits("XYZ"), 2);
    assert_int_equal(currency_digits(""), 2);
}

static void assert_parses(const char *text, const char *currency, int64_t minor) {
    struct money m = {0};
    assert_int_equal(money_parse(&m, text, currency), ERR_OK);
    assert_int_equal(m.minor, minor);
    assert_string_equal(m.currency, currency);
}

static void decimals_are_parsed(void **state) {
    (void)state;
    assert_parses("19.99", "USD", 1999);
    assert_parses("5", "USD", 500);
    assert_parses("0.5", "USD", 50);
    assert_parses("0", "USD", 0);
    assert_parses("007.05", "EUR", 705);
    assert_parses("19.990000", "USD", 1999);
    assert_parses("1200", "JPY", 1200);
    assert_parses("1200.00", "JPY", 1200);
    assert_parses("1.234", "KWD", 1234);
    assert_parses("10000000000.00", "USD", INT64_C(1000000000000));
}

static void assert_refused(const char *text, const char *currency, err_t expected) {
    struct money m = {42, "ABC"};
    assert_int_equal(money_parse(&m, text, currency), expected);
    assert_int_equal(m.minor, 42);
    assert_string_equal(m.currency, "ABC");
}

static void what_is_not_a_price_is_refused(void **state) {
    (void)state;
    const char *const texts[] = {"",   " ",  "abc",  "1,299.00", "19,99", "1.2.3", "5.",     ".5",          "+5",
                                 " 5", "5 ", "$5",   "5 USD",    "1e3",   "0x10",  "19.999", "19.9900x",    "nan",
                                 "-",  "-x", "1 00", "5.-1",     "..",    "1.005", "inf",    "\xEF\xBC\x95"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_refused(texts[i], "USD", ERR_FORMAT);
    assert_refused("12.5", "JPY", ERR_FORMAT);
}

static void what_is_out_of_bounds_is_refused(void **state) {
    (void)state;
    assert_refused("-5", "USD", ERR_RANGE);
    assert_refused("10000000000.01", "USD", ERR_RANGE);
    assert_refused("99999999999999999999999999999999", "USD", ERR_RANGE);
    assert_refused("1000000000000.00", "KWD", ERR_RANGE);
    assert_refused("1000000000001", "JPY", ERR_RANGE);
}

static void a_currency_is_three_capitals(void **state) {
    (void)state;
    const char *const codes[] = {"", "US", "usd", "USDX", "U$D", "\xC3\x84U"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) assert_refused("5", codes[i], ERR_FORMAT);
}

static void the_reason_shows_what_was_wrong(void **state) {
    (void)state;
    assert_refused("abc", "USD", ERR_FORMAT);
    assert_string_equal(err_reason(), "amount 'abc' is not a number such as 19.99");
    assert_refused("1.999", "USD", ERR_FORMAT);
    assert_string_equal(err_reason(), "amount '1.999' has more than the 2 decimals of USD");
}

static void thousandths_are_rounded_half_up(void **state) {
    (void)state;
    const struct {
        int64_t milli;
        const char *currency;
        int64_t minor;
    } cases[] = {{0, "USD", 0},        {19990, "USD", 1999},
                 {19994, "USD", 1999}, {19995, "USD", 2000},
                 {500, "JPY", 1},      {499, "JPY", 0},
                 {1234, "KWD", 1234},  {INT64_C(10000000000000), "USD", INT64_C(1000000000000)}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct money m;
        assert_int_equal(money_from_milli(&m, cases[i].milli, cases[i].currency), ERR_OK);
        assert_int_equal(m.minor, cases[i].minor);
    }
    struct money m = {42, "ABC"};
    assert_int_equal(money_from_milli(&m, -1, "USD"), ERR_RANGE);
    assert_int_equal(money_from_milli(&m, INT64_MAX, "USD"), ERR_RANGE);
    assert_int_equal(money_from_milli(&m, INT64_MAX, "JPY"), ERR_RANGE);
    assert_int_equal(money_from_milli(&m, INT64_MAX, "CLF"), ERR_RANGE);
    assert_int_equal(money_from_milli(&m, INT64_C(10000000000001), "USD"), ERR_RANGE);
    assert_int_equal(money_from_milli(&m, 1000, "dollars"), ERR_FORMAT);
    assert_int_equal(m.minor, 42);
}

static void products_do_not_overflow(void **state) {
    (void)state;
    int64_t total = 7;
    assert_int_equal(money_times(&total, 1999, 3), ERR_OK);
    assert_int_equal(total, 5997);
    assert_int_equal(money_times(&total, -250, 2), ERR_OK);
    assert_int_equal(total, -500);
    assert_int_equal(money_times(&total, INT64_MAX, 2), ERR_RANGE);
    assert_int_equal(money_times(&total, INT64_MIN, -1), ERR_RANGE);
    assert_int_equal(total, -500);
}

static void decimals_are_written(void **state) {
    (void)state;
    char buf[32];
    assert_string_equal(money_decimal(buf, (struct money){1999, "USD"}), "19.99");
    assert_string_equal(money_decimal(buf, (struct money){5, "USD"}), "0.05");
    assert_string_equal(money_decimal(buf, (struct money){0, "USD"}), "0.00");
    assert_string_equal(money_decimal(buf, (struct money){-150, "USD"}), "-1.50");
    assert_string_equal(money_decimal(buf, (struct money){-5, "USD"}), "-0.05");
    assert_string_equal(money_decimal(buf, (struct money){1200, "JPY"}), "1200");
    assert_string_equal(money_decimal(buf, (struct money){1234, "KWD"}), "1.234");
    assert_string_equal(money_decimal(buf, (struct money){INT64_MIN, "USD"}), "-92233720368547758.08");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_of_currencies),
        cmocka_unit_test(decimals_are_parsed),
        cmocka_unit_test(what_is_not_a_price_is_refused),
        cmocka_unit_test(what_is_out_of_bounds_is_refused),
        cmocka_unit_test(a_currency_is_three_capitals),
        cmocka_unit_test(the_reason_shows_what_was_wrong),
        cmocka_unit_test(thousandths_are_rounded_half_up),
        cmocka_unit_test(products_do_not_overflow),
        cmocka_unit_test(decimals_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
