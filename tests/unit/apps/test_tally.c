/* The operator's report: hostile words are escaped, in the page and in the table. */
#include "../shop/support.h"

#include "apps/tally.h"
#include "shop/known.h"
#include "shop/tickets.h"

#define FRAME SK_DATA_DIR "/models/report.html"

static struct tally tally;

static struct shop *shop_talked(const char *words) {
    struct shop *s = shop_cafe();
    assert_ok(conversation_note(s, "shopper", words, "", NOW));
    return s;
}

static char *written(void (*fn)(FILE *f)) {
    static char *text;
    size_t n;
    free(text);
    FILE *f = open_memstream(&text, &n);
    assert_non_null(f);
    fn(f);
    fclose(f);
    return text;
}

static void csv(FILE *f) {
    tally_csv(&tally, f);
}
static void html(FILE *f) {
    assert_ok(tally_html(&tally, FRAME, f));
}
static void text(FILE *f) {
    tally_text(&tally, f);
}

static void load(struct shop *s) {
    assert_ok(tally_load(&tally, s, NULL, NULL));
    shop_close(s);
}

static void has(const char *in, const char *what) {
    if (!strstr(in, what)) fail_msg("'%s' is not in: %.2000s", what, in);
}

static void a_page_runs_nothing_that_was_said(void **state) {
    (void)state;
    load(shop_talked("<script>alert('x')</script> & \"so\""));
    const char *page = written(html);
    assert_null(strstr(page, "<script"));
    has(page, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;so&quot;");
    has(page, "<title>Corner Coffee</title>");
    has(page, "all that is kept");
    assert_null(strstr(page, "{{"));
    assert_null(strstr(page, "http:")); /* loads nothing from anywhere */
    assert_null(strstr(page, "https:"));
}

static void a_table_calculates_nothing_that_was_said(void **state) {
    (void)state;
    static const char *const words[][2] = {{"=cmd|' /c calc'!a0", "\"not understood\",\"'=cmd|' /c calc'!a0\",1\r\n"},
                                           {"+1+1", "\"'+1+1\",1\r\n"},
                                           {"-2", "\"'-2\",1\r\n"},
                                           {"@sum(a1)", "\"'@sum(a1)\",1\r\n"},
                                           {"say \"hi\", you", "\"say \"\"hi\"\", you\",1\r\n"},
                                           {"two\r\nlines", "\"two  lines\",1\r\n"},
                                           {"bad \xff byte", "\"bad ? byte\",1\r\n"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        load(shop_talked(words[i][0]));
        has(written(csv), words[i][1]);
    }
}

static void a_long_name_is_cut_in_the_chart_only(void **state) {
    (void)state;
    char name[400];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    load(shop_talked(name));
    has(written(html), "nnn&#8230;</text>");
    has(written(text), "     1 nnnnn");
}

static void a_terminal_gets_no_escapes(void **state) {
    (void)state;
    load(shop_talked("\x1b[2Jgone"));
    has(written(text), "     1  [2jgone");
}

static void dates_are_checked(void **state) {
    (void)state;
    struct shop *s = shop_talked("hm");
    static const char *const bad[] = {"", "yesterday", "2026-13-01", "2026-02-30", "2026-1-1", "2026-11-01x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(tally_load(&tally, s, bad[i], NULL), ERR_ARG);
    assert_int_equal(tally_load(&tally, s, "2026-05-16", "2026-05-15"), ERR_ARG);
    assert_ok(tally_load(&tally, s, "2026-05-15", "2026-05-15")); /* both days are in it */
    assert_int_equal(tally.totals.requests, 1);
    assert_ok(tally_load(&tally, s, "2026-05-16", NULL));
    assert_int_equal(tally.totals.requests, 0);
    has(written(text), "2026-05-16 to now");
    shop_close(s);
}

static void a_broken_frame_is_refused(void **state) {
    (void)state;
    char *out;
    size_t n;
    FILE *f = open_memstream(&out, &n);
    assert_int_equal(tally_html(&tally, file_write("frame.html", "<p>{{nonsense}}</p>"), f), ERR_FORMAT);
    assert_int_equal(tally_html(&tally, file_write("frame.html", "<p>{{body"), f), ERR_FORMAT);
    assert_int_equal(tally_html(&tally, path_of("none.html"), f), ERR_NOT_FOUND);
    fclose(f);
    free(out);
}

/* What the store does not bound, the report does. */
static void many_different_words_are_bounded(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    for (int i = 0; i < TALLY_ROWS_MAX + 50; i++) {
        char words[32];
        snprintf(words, sizeof words, "blorp %d", i);
        assert_ok(conversation_note(s, "shopper", words, "", NOW));
    }
    load(s);
    assert_int_equal(tally.parts[SUMMARY_UNCLEAR].n, TALLY_ROWS_MAX);
    assert_int_equal(tally.totals.unclear, TALLY_ROWS_MAX + 50);
    has(written(html), "and 380 more");
}

int main(void) {
    setenv("TZ", "UTC", 1);
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_page_runs_nothing_that_was_said),
                                       cmocka_unit_test(a_table_calculates_nothing_that_was_said),
                                       cmocka_unit_test(a_long_name_is_cut_in_the_chart_only),
                                       cmocka_unit_test(a_terminal_gets_no_escapes),
                                       cmocka_unit_test(dates_are_checked),
                                       cmocka_unit_test(a_broken_frame_is_refused),
                                       cmocka_unit_test(many_different_words_are_bounded)};
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
