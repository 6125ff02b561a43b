#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"

#define E_ACUTE "\xC3\xA9"
#define EURO    "\xE2\x82\xAC"
#define PARTY   "\xF0\x9F\x8E\x89"

static void copies_what_fits(void **state) {
    (void)state;
    char buf[6];
    assert_true(str_copy(buf, sizeof buf, "milk"));
    assert_string_equal(buf, "milk");
    assert_true(str_copy(buf, sizeof buf, "bread"));
    assert_string_equal(buf, "bread");
    assert_false(str_copy(buf, sizeof buf, "butter"));
    assert_string_equal(buf, "butte");
    assert_true(str_copy(buf, sizeof buf, ""));
    assert_string_equal(buf, "");
    assert_false(str_copy(buf, 1, "x"));
    assert_string_equal(buf, "");
}

static void no_room_at_all_writes_nothing(void **state) {
    (void)state;
    char guard = 'g';
    assert_false(str_copy(&guard, 0, "x"));
    assert_false(str_copy(&guard, 0, ""));
    assert_int_equal(guard, 'g');
}

static void cuts_between_characters(void **state) {
    (void)state;
    char buf[8];
    const char *const texts[] = {"ab" E_ACUTE, "a" EURO, PARTY};
    const size_t whole[] = {2, 1, 0}; /* bytes that are left when the last character does not fit */
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(texts[i]);
        for (size_t cap = whole[i] + 1; cap <= n; cap++) {
            assert_false(str_copy(buf, cap, texts[i]));
            assert_int_equal(strlen(buf), whole[i]);
        }
        assert_true(str_copy(buf, n + 1, texts[i]));
        assert_string_equal(buf, texts[i]);
    }
    assert_false(str_copy(buf, 7, "\x80\x80\x80\x80\x80\x80\x80\x80")); /* not UTF-8: cut where it must be */
    assert_int_equal(strlen(buf), 6);
}

static void appends_what_fits(void **state) {
    (void)state;
    char buf[8] = "";
    assert_true(str_append(buf, sizeof buf, "oat"));
    assert_true(str_append(buf, sizeof buf, " mi"));
    assert_false(str_append(buf, sizeof buf, E_ACUTE));
    assert_string_equal(buf, "oat mi");
    assert_true(str_append(buf, sizeof buf, "l"));
    assert_false(str_append(buf, sizeof buf, "k"));
    assert_string_equal(buf, "oat mil");
    assert_true(str_append(buf, sizeof buf, ""));
}

static void append_to_what_never_ends_is_refused(void **state) {
    (void)state;
    char buf[4] = {'a', 'b', 'c', 'd'};
    assert_false(str_append(buf, sizeof buf, "x"));
    assert_memory_equal(buf, "abcd", 4);
}

static bool valid(const char *s) {
    return str_is_utf8(s, strlen(s));
}

static void tells_utf8(void **state) {
    (void)state;
    const char *const good[] = {"",
                                "plain",
                                E_ACUTE EURO PARTY,
                                "\x7F",
                                "\xC2\x80",
                                "\xDF\xBF",
                                "\xE0\xA0\x80",
                                "\xED\x9F\xBF",
                                "\xEE\x80\x80",
                                "\xEF\xBF\xBF",
                                "\xF0\x90\x80\x80",
                                "\xF4\x8F\xBF\xBF"};
    const char *const bad[] = {"\x80",
                               "\xBF",
                               "\xC3",
                               "a\xC3",
                               "\xC3(",
                               "\xC0\xAF",
                               "\xC1\xBF",
                               "\xE0\x9F\xBF",
                               "\xE2\x82",
                               "\xE2(\xAC",
                               "\xED\xA0\x80",
                               "\xED\xBF\xBF",
                               "\xF0\x8F\xBF\xBF",
                               "\xF0\x9F\x8E",
                               "\xF4\x90\x80\x80",
                               "\xF5\x80\x80\x80",
                               "\xF8\x88\x80\x80\x80",
                               "\xFE",
                               "\xFF"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(valid(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(valid(bad[i]));
    assert_true(str_is_utf8("a\0b", 3));
    assert_false(str_is_utf8(EURO, 2)); /* n counts, not the terminator */
}

static void trims_both_ends(void **state) {
    (void)state;
    char a[] = " \t oat milk\r\n", b[] = " \n ", c[] = "", d[] = "x";
    assert_string_equal(str_trim(a), "oat milk");
    assert_string_equal(str_trim(b), "");
    assert_string_equal(str_trim(c), "");
    assert_string_equal(str_trim(d), "x");
}

static void splits_words(void **state) {
    (void)state;
    char text[] = "  find\toat  milk\n";
    char *rest = text;
    assert_string_equal(str_next_word(&rest), "find");
    assert_string_equal(str_next_word(&rest), "oat");
    assert_string_equal(str_next_word(&rest), "milk");
    assert_null(str_next_word(&rest));
    assert_null(str_next_word(&rest));

    char last[] = "bread";
    rest = last;
    assert_string_equal(str_next_word(&rest), "bread");
    assert_null(str_next_word(&rest));
}

static void compares(void **state) {
    (void)state;
    char milk[] = "milk";
    assert_true(str_equal("milk", milk));
    assert_false(str_equal("milk", "Milk"));
    assert_false(str_equal("milk", ""));
    assert_true(str_equal(NULL, NULL));
    assert_false(str_equal(NULL, ""));
}

static void measures_edits(void **state) {
    (void)state;
    assert_int_equal(str_distance("", "", 3), 0);
    assert_int_equal(str_distance("milk", "milk", 0), 0);
    assert_int_equal(str_distance("milk", "silk", 3), 1);
    assert_int_equal(str_distance("milk", "mil", 3), 1);
    assert_int_equal(str_distance("milk", "milks", 3), 1);
    assert_int_equal(str_distance("milk", "imlk", 3), 1); /* neighbours swapped */
    assert_int_equal(str_distance("kitten", "sitting", 5), 3);
    assert_int_equal(str_distance("ca", "abc", 5), 3); /* a swapped pair is not edited again */
    assert_int_equal(str_distance("", "abc", 5), 3);
    assert_int_equal(str_distance("abc", "", 5), 3);
    assert_int_equal(str_distance("caf" E_ACUTE, "cafe", 3), 1); /* characters, not bytes */
    assert_int_equal(str_distance(EURO, PARTY, 3), 1);
    assert_int_equal(str_distance("\xFF"
                                  "a",
                                  "\xFE"
                                  "a",
                                  3),
                     1); /* stray bytes stand for themselves */
}

static void stops_at_the_limit(void **state) {
    (void)state;
    assert_int_equal(str_distance("milk", "bread", 2), 3);
    assert_int_equal(str_distance("milk", "silk", 0), 1);
    assert_int_equal(str_distance("a", "abcdefgh", 3), 4);
    assert_int_equal(str_distance("abcdefgh", "zyxwvuts", 3), 4);
    assert_int_equal(str_distance("abcdefgh", "badcfehg", 4), 4); /* swaps may look hopeless for one row */
}

static void very_long_strings_are_equal_or_far(void **state) {
    (void)state;
    char a[301], b[301];
    memset(a, 'x', 300);
    a[300] = '\0';
    memcpy(b, a, sizeof b);
    assert_int_equal(str_distance(a, b, 2), 0);
    b[0] = 'y';
    assert_int_equal(str_distance(a, b, 2), 3);
    a[255] = b[255] = '\0'; /* the longest that are measured */
    assert_int_equal(str_distance(a, b, 2), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_what_fits),
        cmocka_unit_test(no_room_at_all_writes_nothing),
        cmocka_unit_test(cuts_between_characters),
        cmocka_unit_test(appends_what_fits),
        cmocka_unit_test(append_to_what_never_ends_is_refused),
        cmocka_unit_test(tells_utf8),
        cmocka_unit_test(trims_both_ends),
        cmocka_unit_test(splits_words),
        cmocka_unit_test(compares),
        cmocka_unit_test(measures_edits),
        cmocka_unit_test(stops_at_the_limit),
        cmocka_unit_test(very_long_strings_are_equal_or_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
