#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "understand/words.h"

static void check(const char *text, const char *words, int n) {
    char out[256];
    assert_int_equal(words_normalise(out, sizeof(out), text), n);
    assert_string_equal(out, words);
}

static void words_are_lower_case_without_punctuation(void **state) {
    (void)state;
    check("Where's my ORDER?!", "where's my order", 3);
    check("  eggs,milk;bread\t\n", "eggs milk bread", 3);
    check("twenty-one t-shirts", "twenty one t shirts", 4);
    check("\"quoted\" 'single' rock 'n' roll", "quoted single rock n roll", 5);
    check("(a) [b] {c} <d>", "a b c d", 4);
    check("", "", 0);
    check(" .,;!? ", "", 0);
}

static void apostrophes_stay_inside_words(void **state) {
    (void)state;
    check("i'd like the kids' o'clock", "i'd like the kids o'clock", 5);
    check(
        "i\xE2\x80\x99"
        "d like",
        "i'd like", 2);
}

static void numbers_lose_their_signs(void **state) {
    (void)state;
    check("$5", "5", 1);
    check("#12", "12", 1);
    check("order #00042.", "order 00042", 2);
    check("1,299.50", "1299.50", 1);
    check("$1,234,567", "1234567", 1);
    check("1,2 and 12,34", "1 2 and 12 34", 5);
    check(".50", "0.50", 1);
    check("$.5 a piece", "0.5 a piece", 3);
    check("it costs 5.", "it costs 5", 3);
    check("5.x", "5 x", 2);
    check("12:30", "12 30", 2);
    check("100%", "100", 1);
}

static void letters_of_europe_are_lowered(void **state) {
    (void)state;
    check("CAFÉ ÀÉÎÕÜ", "café àéîõü", 2);
    check("ŁÓDŹ Ÿ", "łódź ÿ", 2);
    check("ΑΒΓ ЖЁ", "αβγ жё", 2);
    check("×÷", "", 0);
}

static void signs_and_pictures_go(void **state) {
    (void)state;
    check("nice\xF0\x9F\x98\x80thing", "nice thing", 2);
    check(
        "a\xC2\xA0"
        "b\xE2\x80\x94"
        "c\xEF\xBB\xBF",
        "a b c", 3);
    check("brand\xC2\xAE 5\xE2\x82\xAC", "brand 5", 2);
}

static void bytes_that_are_not_utf8_go(void **state) {
    (void)state;
    check(
        "a\xFF\xFE"
        "b",
        "ab", 1);
    check("\xC3", "", 0);
    check("x\xC0\xAFy", "xy", 1);
    check("x\xED\xA0\x80y", "xy", 1);
    check("end\xF0\x9F\x98", "end", 1);
}

static void a_cut_falls_between_words(void **state) {
    (void)state;
    char out[8];
    assert_int_equal(words_normalise(out, sizeof(out), "one two three"), 2);
    assert_string_equal(out, "one two");
    assert_int_equal(words_normalise(out, sizeof(out), "one twos three"), 1);
    assert_string_equal(out, "one");
    assert_int_equal(words_normalise(out, sizeof(out), "extraordinary"), 0);
    assert_string_equal(out, "");
    assert_int_equal(words_normalise(out, sizeof(out), "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"), 0);
    assert_string_equal(out, "");
    out[0] = 'x';
    assert_int_equal(words_normalise(out, 1, "a"), 0);
    assert_string_equal(out, "");
    assert_int_equal(words_normalise(out, 0, "a"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_lower_case_without_punctuation),
        cmocka_unit_test(apostrophes_stay_inside_words),
        cmocka_unit_test(numbers_lose_their_signs),
        cmocka_unit_test(letters_of_europe_are_lowered),
        cmocka_unit_test(signs_and_pictures_go),
        cmocka_unit_test(bytes_that_are_not_utf8_go),
        cmocka_unit_test(a_cut_falls_between_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
