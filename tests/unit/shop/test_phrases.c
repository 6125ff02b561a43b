#include "support.h"

static char phrases[32768];

static void note(void *ctx, const char *phrase) {
    (void)ctx;
    strcat(phrases, phrase);
    strcat(phrases, "\n");
}

static const char *phrases_of(struct shop *s, const char *rule) {
    strcpy(phrases, "\n");
    assert_ok(catalog_phrases(s, rule, note, NULL));
    return phrases;
}

static int times(const char *phrase) {
    char line[300];
    int n = 0;
    snprintf(line, sizeof line, "\n%s\n", phrase);
    for (const char *at = phrases; (at = strstr(at, line)); at++) n++;
    return n;
}

static const char PRODUCTS[] =
    "id,title,brand,category\n"
    "1,Meadow Oat Milk 1 l,Meadow,Milk & Drinks\n"
    "2,Hillside Oat Milk 1 l,Hillside,Milk & Drinks\n"
    "3,Meadow Whole Milk,Meadow,Milk & Drinks\n"
    "4,X200 4711,Hillside,Parts\n"
    "5,A very long title that nobody would ever want to say aloud,,Parts\n"
    "6,Garden Gnome,,Parts\n"
    "7,Hillside 500 g,Hillside,Parts\n";

static void queries_are_what_people_say(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    phrases_of(s, "query");
    static const char *const expected[] = {
        "meadow oat milk 1 l", "meadow oat milk", "oat milk", "milk",     "meadow milk",  "hillside milk",
        "milk drinks",         "parts",           "meadow",   "hillside", "garden gnome", "whole milk",
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        if (times(expected[i]) != 1) fail_msg("'%s' is there %d times in %s", expected[i], times(expected[i]), phrases);
    }
    assert_int_equal(times("x200 4711"), 0); /* a model code */
    assert_int_equal(times("a very long title that nobody would ever want to say aloud"), 0);
    assert_int_equal(times("gnome"), 1); /* people say the noun, be it of one product */
    assert_int_equal(times(""), 0);
    shop_close(s);
}

static void products_have_their_titles(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    assert_string_equal(phrases_of(s, "product"),
                        "\ngarden gnome\nhillside 500 g\nhillside oat milk\nhillside oat milk 1 l\nmeadow oat milk\n"
                        "meadow oat milk 1 l\nmeadow whole milk\noat milk\nwhole milk\n");
    assert_string_equal(phrases_of(s, "brand"), "\nhillside\nmeadow\n");
    assert_string_equal(phrases_of(s, "category"), "\nmilk drinks\nparts\n");
    assert_string_equal(phrases_of(s, "drink"), "\n");
    strcpy(phrases, "\n");
    assert_ok(catalog_rules(s, note, NULL));
    assert_string_equal(phrases,
                        "\nproduct\nquery\nbrand\ncategory\ndrink\nquestion\nasked\narea\nholiday\ncoupon\nway\naddress"
                        "\npayment\nquality\n");
    shop_close(s);
}

static void an_unknown_rule_is_an_error(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    assert_int_equal(catalog_phrases(s, "colour", note, NULL), ERR_NOT_FOUND);
    assert_reason("the shop fills no rule <colour>");
    assert_int_equal(catalog_phrases(s, "option_milk", note, NULL), ERR_NOT_FOUND);
    assert_reason("the shop has no option 'milk'");
    shop_close(s);
}

static void the_cafe_says_its_options(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    strcpy(phrases, "\n");
    assert_ok(catalog_rules(s, note, NULL));
    assert_string_equal(phrases,
                        "\nproduct\nquery\nbrand\ncategory\ndrink\nquestion\nasked\narea\nholiday\ncoupon\nway\naddress"
                        "\npayment\nquality\noption_size\noption_"
                        "roast\noption_shots\n"
                        "option_milk\noption_sugar\n");
    assert_string_equal(phrases_of(s, "drink"),
                        "\namericano\ncappuccino\ncoffee\ndrip coffee\nespresso\nhouse coffee\n"
                        "iced coffee\niced mocha\nlatte\nmocha\n");
    assert_string_equal(phrases_of(s, "option_shots"), "\ndouble shot\nsingle shot\ntriple shot\n");
    phrases_of(s, "option_milk");
    assert_int_equal(times("soy milk"), 1);
    assert_int_equal(times("a little bit of almond milk"), 1);
    assert_int_equal(times("lots of cream"), 1);
    int lines = 0;
    for (const char *c = phrases + 1; *c; c++) lines += *c == '\n';
    assert_int_equal(lines, 6 * 6); /* six milks, plain and in five amounts */
    shop_close(s);
}

static void keep_pronunciation(void *ctx, const char *word, const char *phones) {
    (void)ctx;
    strcat(phrases, word);
    strcat(phrases, "=");
    strcat(phrases, phones);
    strcat(phrases, "\n");
}

static void pronunciations_are_kept(void **state) {
    (void)state;
    struct shop *s = shop_in_memory();
    assert_ok(catalog_pronunciation_add(s, "muesli", "M Y UW Z L IY"));
    assert_ok(catalog_pronunciation_add(s, "chai", "CH AY"));
    assert_ok(catalog_pronunciation_add(s, "muesli", "M UW Z L IY"));
    assert_ok(catalog_pronunciation_add(s, "chai", "CH AY"));
    assert_int_equal(catalog_pronunciation_add(s, "", "X"), ERR_ARG);
    phrases[0] = '\0';
    assert_ok(catalog_pronunciations(s, keep_pronunciation, NULL));
    assert_string_equal(phrases, "chai=CH AY\nmuesli=M Y UW Z L IY\nmuesli=M UW Z L IY\n");
    shop_close(s);
}

static void words_are_those_of_titles(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    phrases_of(s, "word");
    assert_int_equal(times("milk"), 1);
    assert_int_equal(times("gnome"), 1);
    assert_int_equal(times("aloud"), 1);
    assert_int_equal(times("drinks"), 0); /* a category */
    assert_int_equal(times("oat milk"), 0);
    shop_close(s);
}

static char title_lines[4096];

static void note_title(void *ctx, const char *title, const char *about, double weight) {
    (void)ctx;
    size_t used = strlen(title_lines);
    snprintf(title_lines + used, sizeof title_lines - used, "%s (%s) %.1f\n", title, about, weight);
}

static void titles_are_words_and_stretches(void **state) {
    (void)state;
    struct shop *s = shop_with(
        "id,title,description\n"
        "1,\"DVD-R 4.7GB, white (50) - slim\",It's new. Really\n"
        "2,Intel\xc2\xae Core\xe2\x84\xa2 2,\n"
        "3,Caf\xc3\xa9 / Bar,x\n");
    title_lines[0] = '\0';
    assert_ok(catalog_titles(s, note_title, NULL));
    assert_string_equal(title_lines,
                        "dvd r 4 7gb , white , 50 , slim (it's new really) 1.0\n"
                        "intel core 2 () 1.0\n"
                        "caf\xc3\xa9 , bar (x) 1.0\n");
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_those_of_titles),   cmocka_unit_test(titles_are_words_and_stretches),
        cmocka_unit_test(queries_are_what_people_say), cmocka_unit_test(products_have_their_titles),
        cmocka_unit_test(an_unknown_rule_is_an_error), cmocka_unit_test(the_cafe_says_its_options),
        cmocka_unit_test(pronunciations_are_kept),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
