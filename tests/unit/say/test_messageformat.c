/* Patterns: what they become, and what is said of a wrong one. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "say/messageformat.h"

/* ---- a style without ICU ---- */

static err_t put(void *ctx, const struct arg *a, enum argument_style style, struct sink *out) {
    (void)ctx;
    static const char *const marks[] = {"", "th", "w", "d"};
    char text[ARG_TEXT_MAX];
    if (a->kind == ARG_NUMBER)
        snprintf(text, sizeof text, "%g%s", (double)a->number / 1000, marks[style]);
    else
        snprintf(text, sizeof text, "%s", a->text);
    sink_put(out, text, strlen(text));
    return ERR_OK;
}

static const char *plural(void *ctx, int64_t milli, bool ordinal) {
    (void)ctx;
    if (milli == 1000) return "one";
    if (ordinal && milli == 2000) return "two";
    return ordinal && milli == 3000 ? "few" : "other";
}

static const struct message_style style = {.put = put, .plural = plural};

static struct reply arguments(void) {
    struct reply r = reply_make("test");
    reply_number(&r, "n", 2000);
    reply_number(&r, "one", 1000);
    reply_number(&r, "half", 500);
    reply_text(&r, "x", "shipped");
    reply_text(&r, "who", "Ann");
    reply_number(&r, "zero", 0);
    reply_number(&r, "least", INT64_MIN);
    return r;
}

static err_t parse(struct messages *m, const char *text, int32_t *out) {
    struct message_source source = {"test.txt", text};
    return message_parse(m, &source, text, strlen(text), out);
}

static void becomes(const char *pattern, const char *expected) {
    struct messages m = {0};
    struct reply r = arguments();
    int32_t message;
    char buf[256];
    struct sink out = sink_make(buf, sizeof buf);
    if (parse(&m, pattern, &message)) fail_msg("%s: %s", pattern, err_reason());
    if (message_fill(&m, message, r.args, r.n_args, &style, &out)) fail_msg("%s: %s", pattern, err_reason());
    assert_string_equal(buf, expected);
    messages_free(&m);
}

static void is_refused(const char *pattern, const char *reason) {
    struct messages m = {0};
    int32_t message = 77;
    assert_int_equal(parse(&m, pattern, &message), ERR_FORMAT);
    assert_string_equal(err_reason(), reason);
    assert_int_equal(message, 77);
    messages_free(&m);
}

static void cannot_be_filled(const char *pattern, const char *reason) {
    struct messages m = {0};
    struct reply r = arguments();
    int32_t message;
    char buf[256];
    struct sink out = sink_make(buf, sizeof buf);
    assert_int_equal(parse(&m, pattern, &message), ERR_OK);
    assert_int_equal(message_fill(&m, message, r.args, r.n_args, &style, &out), ERR_ARG);
    assert_string_equal(err_reason(), reason);
    messages_free(&m);
}

/* ---- tests ---- */

static void plain_text_and_arguments(void **state) {
    (void)state;
    becomes("", "");
    becomes("Hello.", "Hello.");
    becomes("Hello {who}, {n} left", "Hello Ann, 2 left");
    becomes("{ who }{x}", "Annshipped");
    becomes("# is text here", "# is text here");
    becomes("{n, ordinal} {n,spellout}", "2th 2w");
}

static void plurals(void **state) {
    (void)state;
    becomes("{n, plural, one {# thing} other {# things}}", "2 things");
    becomes("{one,plural,one{# thing}other{# things}}", "1 thing");
    becomes("{zero, plural, =0 {nothing} other {#}}", "nothing");
    becomes("{half, plural, =0.5 {half a kilo} one {one} other {# kilos}}", "half a kilo");
    becomes("{n, plural, offset:1 =2 {you and # more} other {#}}", "you and 1 more");
    becomes("{n, plural, offset:1 one {just # more} other {#}}", "just 1 more");
    becomes("{n, plural, other {{one, plural, one {# of {n}} other {}}}}", "1 of 2");
    becomes("{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}", "2dnd");
}

static void selects(void **state) {
    (void)state;
    becomes("{x, select, shipped {on its way} other {known}}", "on its way");
    becomes("{x, select, placed {placed} other {{x}}}", "shipped");
    becomes("{n, plural, other {{x, select, shipped {# stays} other {}}}}", "# stays");
    becomes("{x, select, shipped {} other {no}}.", ".");
}

static void apostrophes_quote_as_in_icu(void **state) {
    (void)state;
    becomes("I don't know", "I don't know");
    becomes("two '' are one", "two ' are one");
    becomes("'{'{who}'}'", "{Ann}");
    becomes("'{who}'", "{who}");
    becomes("'{it''s}'", "{it's}");
    becomes("the end'", "the end'");
    becomes("{n, plural, other {'#' is #, that's it}}", "# is 2, that's it");
    becomes("'#' outside", "'#' outside");
}

static void line_breaks_are_blanks(void **state) {
    (void)state;
    becomes("one\n   two", "one two");
    becomes("one \r\n\ttwo", "one two");
    becomes("{n, plural,\n  one {a}\n  other {b\n  c}}", "b c");
}

static void wrong_patterns_say_where_and_what(void **state) {
    (void)state;
    is_refused("a {", "test.txt:1:4: expected the name of an argument");
    is_refused("{}", "test.txt:1:2: expected the name of an argument");
    is_refused("{n", "test.txt:1:3: expected '}' to close the '{' at line 1, column 1");
    is_refused("{n x}", "test.txt:1:4: expected ',' or '}' after 'n'");
    is_refused("{n,}", "test.txt:1:4: expected plural, select, selectordinal, ordinal or spellout");
    is_refused("{n, number}", "test.txt:1:5: expected plural, select, selectordinal, ordinal or spellout");
    is_refused("{n, plural}", "test.txt:1:11: expected ',' and the cases of 'n'");
    is_refused("{n, plural, one {a}}", "test.txt:1:20: expected a case 'other {...}'");
    is_refused("{n, plural, =x {a} other {}}", "test.txt:1:13: expected a number such as =2 or =0.5");
    is_refused("{n, plural, =1. {a} other {}}", "test.txt:1:13: expected a number such as =2 or =0.5");
    is_refused("{n, plural, =12345678901 {} other {}}", "test.txt:1:13: expected a number such as =2 or =0.5");
    is_refused("{n, plural, two {a} three {b} other {}}",
               "test.txt:1:21: expected =NUMBER, zero, one, two, few, many or other, not 'three'");
    is_refused("{n, plural, one {a} one {b} other {}}", "test.txt:1:21: the case 'one' is there twice");
    is_refused("{n, plural, =1 {a} =1.0 {b} other {}}", "test.txt:1:20: the case '=1.0' is there twice");
    is_refused("{n, plural, offset:x other {}}", "test.txt:1:20: expected a number after 'offset:'");
    is_refused("{x, select, a b other {}}", "test.txt:1:15: expected '{' after the case 'a'");
    is_refused("{x, select, {a} other {}}", "test.txt:1:13: expected a case such as 'other {...}'");
    is_refused("{x, select, other {a", "test.txt:1:21: expected '}' to close the '{' at line 1, column 19");
    is_refused("a } b", "test.txt:1:3: this '}' closes nothing; a brace to be read is written '}' in apostrophes");
    is_refused("it is '{never closed", "test.txt:1:7: expected an apostrophe that closes the quote begun here");
    is_refused("{a_name_far_too_long_for_us}", "test.txt:1:2: the name of an argument has at most 19 characters");
    is_refused("caf\xC3\xA9 {", "test.txt:1:7: expected the name of an argument");
    is_refused("first\n  second {n,, }", "test.txt:2:13: expected plural, select, selectordinal, ordinal or spellout");
    is_refused("{n, plural, other\n {a} } }",
               "test.txt:2:8: this '}' closes nothing; a brace to be read is written '}' in apostrophes");
}

static void nesting_has_an_end(void **state) {
    (void)state;
    char pattern[4096] = "";
    for (int i = 0; i < 200; i++) strcat(pattern, "{x, select, other {");
    struct messages m = {0};
    int32_t message;
    assert_int_equal(parse(&m, pattern, &message), ERR_FORMAT);
    assert_non_null(strstr(err_reason(), "nested deeper than 8 levels"));
    messages_free(&m);
}

static void wrong_arguments(void **state) {
    (void)state;
    cannot_be_filled("{nobody}", "the argument 'nobody' is missing");
    cannot_be_filled("{x, plural, other {}}", "the argument 'x' is no number that a plural could count");
    cannot_be_filled("{least, plural, offset:1 other {}}",
                     "the argument 'least' is no number that a plural could count");
    cannot_be_filled("{n, select, other {}}", "the argument 'n' is no text to select by");
    becomes("{x, select, other {} never {{nobody}}}", "");
}

static void names_of_arguments(void **state) {
    (void)state;
    struct messages m = {0};
    struct message_name names[2];
    int32_t message;
    size_t n = 0;
    assert_int_equal(parse(&m, "{a} {n, plural, one {{b} {a}} other {{x, select, other {{c}}}}}", &message), ERR_OK);
    message_arguments(&m, message, names, 2, &n);
    assert_int_equal(n, 5);
    assert_memory_equal(names[0].text, "a", 1);
    assert_memory_equal(names[1].text, "n", 1);
    messages_free(&m);
}

static void output_is_cut_between_characters(void **state) {
    (void)state;
    struct messages m = {0};
    int32_t message;
    char buf[6];
    struct sink out = sink_make(buf, sizeof buf);
    assert_int_equal(parse(&m, "caf\xC3\xA9\xC3\xA9 and more", &message), ERR_OK);
    assert_int_equal(message_fill(&m, message, NULL, 0, &style, &out), ERR_OK);
    assert_string_equal(buf, "caf\xC3\xA9");
    messages_free(&m);
}

/* Whatever the bytes, they are parsed and can be filled, or refused with a reason. */
static void random_patterns(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "{",      "}",   "'",  "#",       ",",   " ", "n",    "x", "one",    "=",           "plural",      "other",
        "select", "0.5", "\n", "offset:", "{n}", "-", "\xC3", "7", "other{", "{x, select,", "{n, plural,", "ordinal"};
    struct reply r = arguments();
    unsigned seed = 20260503;
    for (int i = 0; i < 20000; i++) {
        char pattern[512] = "";
        size_t used = 0;
        for (int k = 0; k < 24 && used < 400; k++) {
            seed = seed * 1103515245 + 12345;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            used += (size_t)snprintf(pattern + used, sizeof pattern - used, "%s", piece);
        }
        for (size_t k = 0; i % 2 && k < used; k += 1 + seed % 7) {
            seed = seed * 1103515245 + 12345;
            pattern[k] = (char)(1 + (seed >> 16) % 255);
        }
        struct messages m = {0};
        int32_t message;
        char buf[64];
        struct sink out = sink_make(buf, sizeof buf);
        err_t err = parse(&m, pattern, &message);
        if (err) assert_true(err == ERR_FORMAT && strncmp(err_reason(), "test.txt:", 9) == 0);
        if (!err) err = message_fill(&m, message, r.args, r.n_args, &style, &out);
        messages_free(&m);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_and_arguments),
        cmocka_unit_test(plurals),
        cmocka_unit_test(selects),
        cmocka_unit_test(apostrophes_quote_as_in_icu),
        cmocka_unit_test(line_breaks_are_blanks),
        cmocka_unit_test(wrong_patterns_say_where_and_what),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(wrong_arguments),
        cmocka_unit_test(names_of_arguments),
        cmocka_unit_test(output_is_cut_between_characters),
        cmocka_unit_test(random_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
