#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"

static struct config *parsed(const char *text) {
    struct config *c = NULL;
    if (config_parse(&c, "a.ini", text)) fail_msg("%s", err_reason());
    return c;
}

static void assert_bad(const char *text, err_t expected, const char *reason) {
    struct config *c = NULL;
    assert_int_equal(config_parse(&c, "a.ini", text), expected);
    assert_null(c);
    assert_string_equal(err_reason(), reason);
}

static const char shop[] =
    "\xEF\xBB\xBF; a comment\n"
    "name = Corner Grocer\r\n"
    "\n"
    "[delivery]\n"
    "  fee = 4.99 ; dollars\n"
    "days: 2\n"
    "# another\n"
    "free =\n"
    "[voice]\n"
    "rate = 1.25\n"
    "on = yes\n"
    "[delivery]\n"
    "late = no";

static void values_are_found(void **state) {
    (void)state;
    struct config *c = parsed(shop);
    assert_string_equal(config_string(c, "", "name", NULL), "Corner Grocer");
    assert_string_equal(config_string(c, "delivery", "fee", NULL), "4.99");
    assert_string_equal(config_string(c, "delivery", "free", "x"), "");
    assert_string_equal(config_string(c, "delivery", "name", "none"), "none");
    assert_null(config_string(c, "Delivery", "fee", NULL));
    assert_int_equal(config_line(c, "", "name"), 2);
    assert_int_equal(config_line(c, "delivery", "fee"), 5);
    assert_int_equal(config_line(c, "delivery", "late"), 13);
    assert_int_equal(config_line(c, "delivery", "never"), 0);

    int64_t days = 0;
    double rate = 0;
    bool on = false, late = true;
    assert_int_equal(config_int(c, "delivery", "days", 0, 9, 5, &days), ERR_OK);
    assert_int_equal(days, 2);
    assert_int_equal(config_double(c, "voice", "rate", 0.5, 2, 1, &rate), ERR_OK);
    assert_true(rate == 1.25);
    assert_int_equal(config_bool(c, "voice", "on", false, &on), ERR_OK);
    assert_true(on);
    assert_int_equal(config_bool(c, "delivery", "late", true, &late), ERR_OK);
    assert_false(late);
    assert_int_equal(config_finish(c), ERR_OK);
    config_free(c);
    config_free(NULL);
}

static void what_is_absent_is_the_fallback(void **state) {
    (void)state;
    struct config *c = parsed("");
    int64_t n = 0;
    double d = 0;
    bool b = false;
    assert_int_equal(config_int(c, "a", "b", 0, 9, 5, &n), ERR_OK);
    assert_int_equal(n, 5);
    assert_int_equal(config_double(c, "a", "b", 0, 9, 0.5, &d), ERR_OK);
    assert_true(d == 0.5);
    assert_int_equal(config_bool(c, "a", "b", true, &b), ERR_OK);
    assert_true(b);
    assert_null(config_section(c, 0));
    assert_int_equal(config_finish(c), ERR_OK);
    config_free(c);
}

static void sections_and_keys_are_listed_in_order(void **state) {
    (void)state;
    struct config *c = parsed(shop);
    assert_string_equal(config_section(c, 0), "");
    assert_string_equal(config_section(c, 1), "delivery");
    assert_string_equal(config_section(c, 2), "voice");
    assert_null(config_section(c, 3));
    const char *const keys[] = {"fee", "days", "free", "late"};
    const char *value = NULL;
    for (int i = 0; i < 4; i++) assert_string_equal(config_key(c, "delivery", i, &value), keys[i]);
    assert_string_equal(value, "no");
    assert_null(config_key(c, "delivery", 4, &value));
    assert_null(config_key(c, "nowhere", 0, &value));
    config_free(c);
}

static void a_key_nobody_asked_for_is_an_error(void **state) {
    (void)state;
    struct config *c = parsed("name = x\n[voice]\nraet = 1\n");
    assert_int_equal(config_finish(c), ERR_FORMAT);
    assert_string_equal(err_reason(), "a.ini:1: unknown key 'name'");
    config_string(c, "", "name", NULL);
    assert_int_equal(config_finish(c), ERR_FORMAT);
    assert_string_equal(err_reason(), "a.ini:3: unknown key 'raet' in [voice]");
    const char *value;
    assert_non_null(config_key(c, "voice", 0, &value)); /* listing consumes */
    assert_int_equal(config_finish(c), ERR_OK);
    config_free(c);
}

static void wrong_values_name_file_and_line(void **state) {
    (void)state;
    struct config *c = parsed("[a]\nn = 1x\nbig = 99999999999999999999\nd = 1,5\nb = maybe\nempty =\nten = 10\n");
    int64_t n = 7;
    double d = 7;
    bool b = true;
    assert_int_equal(config_int(c, "a", "n", 0, 9, 0, &n), ERR_FORMAT);
    assert_string_equal(err_reason(), "a.ini:2: n is '1x', but should be a whole number");
    assert_int_equal(config_int(c, "a", "empty", 0, 9, 0, &n), ERR_FORMAT);
    assert_int_equal(config_int(c, "a", "big", INT64_MIN, INT64_MAX, 0, &n), ERR_RANGE);
    assert_int_equal(config_int(c, "a", "ten", 0, 9, 0, &n), ERR_RANGE);
    assert_string_equal(err_reason(), "a.ini:7: ten is 10, but must be 0 to 9");
    assert_int_equal(config_double(c, "a", "d", 0, 9, 0, &d), ERR_FORMAT);
    assert_int_equal(config_double(c, "a", "empty", 0, 9, 0, &d), ERR_FORMAT);
    assert_int_equal(config_double(c, "a", "ten", 0, 9.5, 0, &d), ERR_RANGE);
    assert_string_equal(err_reason(), "a.ini:7: ten is 10, but must be 0 to 9.5");
    assert_int_equal(config_bool(c, "a", "b", false, &b), ERR_FORMAT);
    assert_string_equal(err_reason(), "a.ini:5: b is 'maybe', but should be yes or no");
    assert_int_equal(n, 7);
    assert_true(d == 7 && b);
    config_free(c);
}

static void odd_numbers_are_refused(void **state) {
    (void)state;
    const char *const values[] = {"nan", "inf", "-infinity", "0x1p3", "1e", "--1", "1.5.2", "one", "1e999"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[64];
        double d = 3;
        snprintf(text, sizeof text, "d = %s\n", values[i]);
        struct config *c = parsed(text);
        assert_int_not_equal(config_double(c, "", "d", -100, 100, 0, &d), ERR_OK);
        assert_true(d == 3);
        config_free(c);
    }
}

static void numbers_have_a_point_in_every_locale(void **state) {
    (void)state;
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8")) skip();
    struct config *c = parsed("d = 0.25\n");
    double d = 0;
    err_t err = config_double(c, "", "d", 0, 1, 0, &d);
    setlocale(LC_NUMERIC, "C");
    assert_int_equal(err, ERR_OK);
    assert_true(d == 0.25);
    config_free(c);
}

static void bad_lines_are_named(void **state) {
    (void)state;
    assert_bad("a = 1\nnothing here\nb = 2\n", ERR_FORMAT, "a.ini:2: this should be '[section]' or 'key = value'");
    assert_bad("[open\na = 1\n", ERR_FORMAT, "a.ini:1: this should be '[section]' or 'key = value'");
    assert_bad("\n= 1\n", ERR_FORMAT, "a.ini:2: there is no key in front of '='");
    assert_bad("[s]\na = 1\n\na = 2\n", ERR_FORMAT, "a.ini:4: 'a' was already set on line 2");
    assert_bad("bad\na = 1\na = 2\n", ERR_FORMAT, "a.ini:1: this should be '[section]' or 'key = value'");
    assert_bad("a = 1\na = 2\nbad\n", ERR_FORMAT, "a.ini:2: 'a' was already set on line 1");
    assert_bad("a = 1\n   goes on\n", ERR_FORMAT, "a.ini:2: this should be '[section]' or 'key = value'");
    assert_bad("a = \xC3(\n", ERR_FORMAT, "a.ini:1: this is not UTF-8 text");
    assert_bad("a = 1\rb = 2\n", ERR_FORMAT, "a.ini:1: this is not UTF-8 text");
    assert_bad("a = 1\nb = \x07\n", ERR_FORMAT, "a.ini:2: this is not UTF-8 text");
}

static void an_indented_line_is_a_line_of_its_own(void **state) {
    (void)state;
    struct config *c = parsed("a = 1\n    b = 2\n\t[s]\n  c = 3\n");
    assert_string_equal(config_string(c, "", "a", NULL), "1");
    assert_string_equal(config_string(c, "", "b", NULL), "2");
    assert_string_equal(config_string(c, "s", "c", NULL), "3");
    config_free(c);
}

static void long_lines_are_whole_or_refused(void **state) {
    (void)state;
    char text[2 * 2048 + 64];
    for (int length = 2040; length <= 2048; length++) {
        memset(text, 'v', sizeof text);
        memcpy(text, "a = ", 4);
        snprintf(text + length, sizeof text - (size_t)length, "\nb = 2\n");
        struct config *c = parsed(text);
        assert_int_equal(strlen(config_string(c, "", "a", "")), length - 4);
        assert_int_equal(config_line(c, "", "b"), 2);
        config_free(c);
    }
    memset(text, 'v', sizeof text);
    memcpy(text, "x = 1\na = ", 10);
    snprintf(text + 6 + 2049, sizeof text - 6 - 2049, "\nb = 2\n");
    assert_bad(text, ERR_FORMAT, "a.ini:2: the line is longer than 2048 bytes");
    memset(text, ';', 2100); /* a comment too: inih would read its rest as a line */
    text[2100] = '\0';
    assert_bad(text, ERR_FORMAT, "a.ini:1: the line is longer than 2048 bytes");
}

static void long_names_are_whole_or_refused(void **state) {
    (void)state;
    char text[400], name[101];
    memset(name, 'n', 100);
    name[100] = '\0';
    snprintf(text, sizeof text, "[%.48s]\n%s = 1\n%sx = 2\n", name, name, name);
    struct config *c = parsed(text);
    assert_int_equal(strlen(config_section(c, 0)), 48);
    assert_string_equal(config_string(c, config_section(c, 0), name, ""), "1");
    config_free(c);
    snprintf(text, sizeof text, "[%.49s]\na = 1\n", name);
    assert_int_equal(config_parse(&c, "a.ini", text), ERR_FORMAT);
}

static void too_many_keys_are_refused(void **state) {
    (void)state;
    char *text = malloc(100000), *at = text;
    for (int i = 0; i < 4096; i++) at += sprintf(at, "key%d = 1\n", i);
    struct config *c = parsed(text);
    assert_int_equal(config_line(c, "", "key4095"), 4096);
    config_free(c);
    sprintf(at, "one_more = 1\n");
    assert_bad(text, ERR_FULL, "a.ini has more than 4096 keys");
    free(text);
}

/* ---- files ---- */

static char path[] = "test_config.XXXXXX";

static void write_file(const char *bytes, size_t n, int times) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (int i = 0; i < times; i++) assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static void files_are_loaded(void **state) {
    (void)state;
    write_file("a = 1\n", 6, 1);
    struct config *c = NULL;
    assert_int_equal(config_load(&c, path), ERR_OK);
    assert_string_equal(config_string(c, "", "a", NULL), "1");
    config_free(c);

    write_file("", 0, 1);
    assert_int_equal(config_load(&c, path), ERR_OK);
    config_free(c);
}

static void files_that_cannot_be_are_refused(void **state) {
    (void)state;
    struct config *c = NULL;
    assert_int_equal(config_load(&c, "no/such.ini"), ERR_NOT_FOUND);
    assert_string_equal(err_reason(), "cannot open no/such.ini: No such file or directory");
    assert_int_equal(config_load(&c, "."), ERR_IO);
    write_file("a = 1\n\0b = 2\n", 13, 1);
    assert_int_equal(config_load(&c, path), ERR_FORMAT);
    write_file(";........\n", 10, 1 << 17);
    assert_int_equal(config_load(&c, path), ERR_FULL);
    assert_null(c);
}

static int make_path(void **state) {
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int remove_path(void **state) {
    (void)state;
    return unlink(path);
}

/* ---- every prefix and every changed byte of a good file is accepted or refused, never worse ---- */

static void damage_is_survived(void **state) {
    (void)state;
    char text[sizeof shop];
    const char odd[] = {'\0', '\n', '[', ']', '=', ':', ';', '\r', ' ', '\x80', '\xFF'};
    for (size_t at = 0; at < sizeof shop - 1; at++) {
        for (size_t i = 0; i < sizeof odd; i++) {
            memcpy(text, shop, sizeof shop);
            text[at] = odd[i];
            struct config *c = NULL;
            err_t err = config_parse(&c, "a.ini", text);
            assert_true(err ? c == NULL && err == ERR_FORMAT : c != NULL);
            config_free(c);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_found),
        cmocka_unit_test(what_is_absent_is_the_fallback),
        cmocka_unit_test(sections_and_keys_are_listed_in_order),
        cmocka_unit_test(a_key_nobody_asked_for_is_an_error),
        cmocka_unit_test(wrong_values_name_file_and_line),
        cmocka_unit_test(odd_numbers_are_refused),
        cmocka_unit_test(numbers_have_a_point_in_every_locale),
        cmocka_unit_test(bad_lines_are_named),
        cmocka_unit_test(an_indented_line_is_a_line_of_its_own),
        cmocka_unit_test(long_lines_are_whole_or_refused),
        cmocka_unit_test(long_names_are_whole_or_refused),
        cmocka_unit_test(too_many_keys_are_refused),
        cmocka_unit_test(files_are_loaded),
        cmocka_unit_test(files_that_cannot_be_are_refused),
        cmocka_unit_test(damage_is_survived),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
