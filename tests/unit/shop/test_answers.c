#include "support.h"

static const char *const SHOP_INI =
    "[shop]\nname = Shop\nassistant = Ada\ncurrency = USD\ntimezone = UTC\nquiet = 22:15-06:30\n";

static struct shop *load(struct import_report *report) {
    struct shop *s = shop_in_memory();
    file_write("shop.ini", SHOP_INI);
    file_write("products.csv", "id,title,price\nmilk,Milk,1.00\n");
    *report = report_make();
    assert_ok(shop_load(s, folder, NULL, report, NOW));
    return s;
}

static struct shop *with_answers(void) {
    struct import_report report;
    file_write("answers.csv",
               "id,questions,answer,intent\n"
               "pay,Can I pay with PayPal? | which cards do you take,We take cards.,payment\n"
               "park,where can I park|parking lot,Behind the store.,\n"
               "dogs,are dogs allowed,\"Only service dogs, because of the food.\",\n"
               "jobs,job openings,Ask the manager about dogs.,\n");
    struct shop *s = load(&report);
    assert_string_equal(complaints, "");
    return s;
}

static void expect_answer(struct shop *s, const char *words, const char *name, double least) {
    struct shop_answer a;
    assert_ok(answer_find(s, words, &a));
    if (strcmp(a.name, name) != 0 || a.score < least)
        fail_msg("'%s' leads to '%s' (%.2f) and not to '%s'", words, a.name, a.score, name);
}

static void found_as_asked(void **state) {
    (void)state;
    struct shop *s = with_answers();
    struct shop_answer a;
    assert_ok(answer_as_asked(s, "where can i park", &a));
    assert_string_equal(a.name, "park");
    assert_true(a.score == 1);
    assert_ok(answer_as_asked(s, "Which cards do you take?", &a)); /* the second, behind a blank */
    assert_string_equal(a.name, "pay");
    assert_ok(answer_as_asked(s, "where can i park my car", &a));
    assert_string_equal(a.name, "");
    assert_ok(answer_as_asked(s, "", &a));
    assert_string_equal(a.name, "");
    shop_close(s);
}

static void found_by_words(void **state) {
    (void)state;
    struct shop *s = with_answers();
    struct shop_answer a;
    expect_answer(s, "paypal", "pay", 0.99);
    expect_answer(s, "paying bitcoin", "pay", 0.4);
    expect_answer(s, "parking", "park", 0.99);
    /* a word of the questions comes before one of an answer */
    expect_answer(s, "dogs", "dogs", 0.9);
    expect_answer(s, "", "", 0);
    expect_answer(s, "\"*' OR NEAR( )", "", 0);
    assert_ok(answer_find(s, "planets rings", &a));
    assert_string_equal(a.name, "");
    assert_true(a.score == 0);
    assert_ok(answer_find(s, "planets parking", &a));
    assert_true(a.score > 0.4 && a.score < 0.6);
    shop_close(s);
}

static void found_by_intent(void **state) {
    (void)state;
    struct shop *s = with_answers();
    struct shop_answer a;
    assert_ok(answer_for(s, "payment", &a));
    assert_string_equal(a.text, "We take cards.");
    assert_ok(answer_for(s, "", &a));
    assert_string_equal(a.name, "");
    assert_ok(answer_for(s, "store_hours", &a));
    assert_string_equal(a.name, "");
    shop_close(s);
}

static void collect(void *ctx, const char *phrase) {
    strcat(ctx, phrase);
    strcat(ctx, ";");
}

static void its_wordings_fill_the_grammar(void **state) {
    (void)state;
    struct shop *s = with_answers();
    char all[512] = "", first[512] = "";
    assert_ok(catalog_phrases(s, "question", collect, all));
    assert_string_equal(all,
                        "are dogs allowed;can i pay with paypal;job openings;parking lot;where can i park;"
                        "which cards do you take;");
    assert_ok(catalog_phrases(s, "asked", collect, first));
    assert_string_equal(first, "are dogs allowed;can i pay with paypal;job openings;where can i park;");
    shop_close(s);
}

static void bad_answers_are_reported(void **state) {
    (void)state;
    struct import_report report;
    char csv[1024], text[300];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    snprintf(csv, sizeof csv,
             "id,questions,answer,intent\n,q,a,\na,?!,b,\nb,q,%s,\nc,q,a,No Intent\nd,q,a,\nd,r,a,\ne,q,,\n", text);
    file_write("answers.csv", csv);
    struct shop *s = load(&report);
    static const char *const expected[] = {"answers.csv:2: there is no id",
                                           "answers.csv:3: there is neither a question",
                                           "answers.csv:4: answer",
                                           "answers.csv:5: intent 'No Intent'",
                                           "answers.csv:7: id 'd' is there twice",
                                           "answers.csv:8: there is no answer"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        if (!strstr(complaints, expected[i])) fail_msg("'%s' is not in\n%s", expected[i], complaints);
    }
    shop_close(s);
}

static void areas(void **state) {
    (void)state;
    struct import_report report;
    struct area a;
    file_write("areas.csv",
               "area,also,delivers,note\nOld Town,the harbor,yes,On Mondays.\nTown,,,\nFarmville,,no,\n"
               "Mars,,perhaps,\n");
    struct shop *s = load(&report);
    assert_non_null(strstr(complaints, "areas.csv:5: delivers is 'perhaps'"));
    assert_ok(area_find(s, "9 Chapel Hill, Old Town", &a));
    assert_string_equal(a.name, "Old Town"); /* the longer name */
    assert_true(a.delivers);
    assert_string_equal(a.note, "On Mondays.");
    assert_int_equal(a.listed, 3);
    assert_string_equal(a.all, "Old Town\nTown");
    assert_ok(area_find(s, "the harbor", &a));
    assert_string_equal(a.name, "Old Town");
    assert_ok(area_find(s, "farmville", &a));
    assert_string_equal(a.name, "Farmville");
    assert_false(a.delivers);
    assert_ok(area_find(s, "downtown", &a));
    assert_string_equal(a.name, "");
    assert_int_equal(a.listed, 3);
    shop_close(s);
}

static void holidays_by_name(void **state) {
    (void)state;
    struct import_report report;
    char date[11] = "before", name[HOLIDAY_MAX];
    file_write("hours.csv",
               "day,open,close,name\nmonday,08:00,20:00,\n12-25,,,Christmas Day|Christmas\n"
               "2026-05-25,,,Memorial Day\n2027-05-31,,,Memorial Day\n");
    struct shop *s = load(&report);
    assert_string_equal(complaints, "");
    assert_ok(holiday_date(s, "christmas", "2026-12-25", date));
    assert_string_equal(date, "2026-12-25");
    assert_ok(holiday_date(s, "Christmas Day", "2026-12-26", date));
    assert_string_equal(date, "2027-12-25");
    assert_ok(holiday_date(s, "memorial day", "2026-05-15", date));
    assert_string_equal(date, "2026-05-25");
    assert_ok(holiday_date(s, "memorial day", "2026-05-26", date));
    assert_string_equal(date, "2027-05-31");
    assert_int_equal(holiday_date(s, "memorial day", "2027-06-01", date), ERR_NOT_FOUND);
    assert_int_equal(holiday_date(s, "", "2026-05-26", date), ERR_NOT_FOUND);
    assert_int_equal(holiday_date(s, "christmas", "12-26", date), ERR_ARG);
    assert_ok(holiday_name(s, "2030-12-25", name, sizeof name));
    assert_string_equal(name, "Christmas Day");
    assert_ok(holiday_name(s, "2030-12-24", name, sizeof name));
    assert_string_equal(name, "");
    shop_close(s);
}

static void quiet_hours(void **state) {
    (void)state;
    struct import_report report;
    struct shop_profile p;
    struct shop *s = load(&report);
    assert_ok(shop_profile(s, &p));
    assert_int_equal(p.quiet_from_min, 22 * 60 + 15);
    assert_int_equal(p.quiet_to_min, 6 * 60 + 30);
    file_write("shop.ini", "[shop]\nname = S\nassistant = A\ncurrency = USD\ntimezone = UTC\nquiet = at night\n");
    assert_int_equal(shop_load(s, folder, NULL, &report, NOW), ERR_FORMAT);
    assert_reason("quiet is 'at night'");
    shop_close(s);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, folder_make, folder_remove)
    const struct CMUnitTest tests[] = {
        TEST(found_as_asked),
        TEST(found_by_words),
        TEST(found_by_intent),
        TEST(its_wordings_fill_the_grammar),
        TEST(areas),
        TEST(holidays_by_name),
        TEST(bad_answers_are_reported),
        TEST(quiet_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
