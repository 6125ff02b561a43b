#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "understand/number.h"

/* Tags such as "+2 *12 ." to both readings; a bare number is a numeral. */
static void tags_read(const char *tags, struct number *n, struct digits *d) {
    char text[128], *rest = text;
    snprintf(text, sizeof(text), "%s", tags);
    *n = (struct number){0};
    *d = (struct digits){0};
    for (char *tag; (tag = strtok_r(rest, " ", &rest));) {
        int64_t milli = (int64_t)(strtod(tag + 1, NULL) * 1000 + 0.5);
        if (*tag == '+')
            number_add(n, milli), digits_add(d, milli);
        else if (*tag == '*')
            number_times(n, milli), digits_times(d, milli);
        else if (*tag == '.')
            number_point(n);
        else
            number_add(n, numeral_milli(tag)), digits_numeral(d, tag);
    }
    digits_finish(d);
}

static void check_number(const char *tags, int64_t milli) {
    struct number n;
    struct digits d;
    tags_read(tags, &n, &d);
    assert_int_equal(number_milli(&n), milli);
}

static void check_digits(const char *tags, const char *text) {
    struct number n;
    struct digits d;
    tags_read(tags, &n, &d);
    assert_string_equal(d.text, text);
}

static void number_words_add_up(void **state) {
    (void)state;
    check_number("+2 *12", 24000);
    check_number("*12", 12000);
    check_number("+0.5", 500);
    check_number("+0.5 *12", 6000);
    check_number("+20 +5", 25000);
    check_number("+2 *100 +5", 205000);
    check_number("+19 *100", 1900000);
    check_number("+1 *1000 +2 *100", 1200000);
    check_number("+2 *100 +5 *1000 +3 *100 +40 +1", 205341000);
    check_number("+1 *1000000 +2 *1000 +3", 1002003000);
    check_number("*1000 +1", 1001000);
    check_number("+0", 0);
    check_number("+0 *100", 0);
    check_number("+2 +0.5 *12", 30000);
}

static void hundredths_follow_the_point(void **state) {
    (void)state;
    check_number("+19 . +99", 19990);
    check_number("+5 . +5", 5050);
    check_number(". +50", 500);
    check_number("+1 *1000 +2 *100 . +90 +9", 1200990);
    check_number("12 . 50", 12500);
}

static void numerals_count_as_they_are(void **state) {
    (void)state;
    check_number("12 *12", 144000);
    check_number("19.99", 19990);
    check_number("0.5", 500);
    check_number("1.2345", 1234);
    check_number("0007", 7000);
}

static void great_numbers_stay_in_bounds(void **state) {
    (void)state;
    check_number("99999999999999999999999999", INT64_C(1000000000000000));
    check_number("*1000000000 *1000000000 *1000000000", INT64_C(1000000000) * 3000);
    check_number("+1000000000 *999 *999 *999 *999 *999 *999 *999 *999", INT64_C(1000000000000000));
}

static void digits_are_written_as_people_say_them(void **state) {
    (void)state;
    check_digits("+1 +0 +5", "105");
    check_digits("+0 +0 +4 +2", "0042");
    check_digits("+40 +5 +12", "4512");
    check_digits("+40 +2 +17", "4217");
    check_digits("+10 +40 +4", "1044");
    check_digits("+10 +4", "104");
    check_digits("+1 +20 +3", "123");
    check_digits("+20 +0", "200");
    check_digits("+2 *100 +6", "206");
    check_digits("+2 *100 +10", "210");
    check_digits("+12 *100", "1200");
    check_digits("+2 *1000 +20 +6", "2026");
    check_digits("+2 *1000 +4 *100 +20 +6", "2426");
    check_digits("+20 +5 *100", "2500");
    check_digits("*100 +1", "101");
    check_digits("+1 *100 +40 *1000", "140000");
    check_digits("+4 *100 +5 *100", "400500");
}

static void double_and_triple_repeat_what_follows(void **state) {
    (void)state;
    check_digits("+1 +0 *2 +4", "1044");
    check_digits("*2 +4 +5", "445");
    check_digits("*3 +7", "777");
    check_digits("*2 +0 *2 +7", "0077");
    check_digits("+5 *2", "5");
}

static void numerals_keep_their_zeros(void **state) {
    (void)state;
    check_digits("00042", "00042");
    check_digits("+7 00042 +7", "7000427");
    check_digits("12.50", "1250");
}

static void digits_have_an_end(void **state) {
    (void)state;
    struct digits d = {0};
    for (int i = 0; i < 1000; i++) digits_add(&d, 7000);
    digits_finish(&d);
    assert_int_equal(strlen(d.text), SLOT_TEXT_MAX - 1);
}

static void numerals_are_told_from_words(void **state) {
    (void)state;
    assert_true(numeral_is("12"));
    assert_true(numeral_is("19.99"));
    assert_true(numeral_is("007"));
    assert_false(numeral_is(""));
    assert_false(numeral_is("."));
    assert_false(numeral_is("12."));
    assert_false(numeral_is(".5"));
    assert_false(numeral_is("1.2.3"));
    assert_false(numeral_is("12oz"));
    assert_false(numeral_is("two"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_words_add_up),
        cmocka_unit_test(hundredths_follow_the_point),
        cmocka_unit_test(numerals_count_as_they_are),
        cmocka_unit_test(great_numbers_stay_in_bounds),
        cmocka_unit_test(digits_are_written_as_people_say_them),
        cmocka_unit_test(double_and_triple_repeat_what_follows),
        cmocka_unit_test(numerals_keep_their_zeros),
        cmocka_unit_test(digits_have_an_end),
        cmocka_unit_test(numerals_are_told_from_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
