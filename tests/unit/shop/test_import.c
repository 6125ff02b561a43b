#include "support.h"

static void reports_each_bad_row_and_keeps_the_rest(void **state) {
    (void)state;
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    const char *csv =
        "\xEF\xBB\xBFid,title,brand,category,price,currency,description,rating,stock\r\n"
        "1,Oat Milk 1 l,Barista,milk,2.49,USD,\"Creamy, foams well\",4.5,12\r\n"
        "2,Bread,,bakery,abc,USD,,,\r\n"                                    /* 3 */
        ",Nameless,,,1.00,USD,,,\r\n"                                       /* 4 */
        "4,,,,1.00,USD,,,\r\n"                                              /* 5 */
        "5,Butter,,,-1.00,USD,,,\r\n"                                       /* 6 */
        "6,Butter,,,1.005,USD,,,\r\n"                                       /* 7 */
        "7,Butter,,,1.00,EUR,,,\r\n"                                        /* 8 */
        "8,Butter,,,1.00,USD,,6,\r\n"                                       /* 9 */
        "9,Butter,,,1.00,USD,,,-3\r\n"                                      /* 10 */
        "10,Butter,,,1.00,USD,,,1.5\r\n"                                    /* 11 */
        "11,\"Butter,,,1.00,USD,,,\r\n"                                     /* 12 */
        "12,B\xFFtter,,,1.00,USD,,,\r\n"                                    /* 13 */
        "1234567890123456789012345678901234567890,Butter,,,1.00,USD,,,\r\n" /* 14 */
        "15,Butter,,,1.00,USD,,\r\n"                                        /* 15 */
        "16,Last One,,,\"1,299.00\",USD,,,\r\n"                             /* 16 */
        "17,Caf\xC3\xA9 Beans,,,9.99,USD,,,\r\n";
    assert_ok(catalog_import(s, file_write("bad.csv", csv), NULL, &report));
    assert_int_equal(report.rows, 16);
    assert_int_equal(report.imported, 2);
    assert_int_equal(report.rejected, 14);
    static const char *const expected[] = {
        "bad.csv:3: price: amount 'abc' is not a number",
        "bad.csv:4: there is no id",
        "bad.csv:5: there is no title",
        "bad.csv:6: price: amount '-1.00' is negative",
        "bad.csv:7: price: ",
        "bad.csv:8: currency 'EUR' is not the shop's USD",
        "bad.csv:9: rating: '6' is too large",
        "bad.csv:10: stock: '-3' is not a number",
        "bad.csv:11: stock: '1.5' is not a whole number",
        "bad.csv:12: there is text after the closing quote",
        "bad.csv:13: field 2 is not UTF-8",
        "bad.csv:14: id '1234567890123456789012345678901234567890' is longer than 31 bytes",
        "bad.csv:15: it has 8 fields, the header has 9",
        "bad.csv:16: price: ",
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        if (!strstr(complaints, expected[i])) fail_msg("no '%s' in:\n%s", expected[i], complaints);
    }
    struct product p = product_find(s, "oat milk");
    assert_string_equal(p.id, "1");
    assert_string_equal(p.title, "Oat Milk 1 l");
    assert_string_equal(p.spoken, "oat milk 1 l");
    assert_string_equal(p.brand, "Barista");
    assert_string_equal(p.category, "milk");
    assert_string_equal(p.description, "Creamy, foams well");
    assert_string_equal(p.currency, "USD");
    assert_int_equal(p.price_minor, 249);
    assert_int_equal(p.rating_centi, 450);
    assert_int_equal(p.stock, 12);
    assert_string_equal(product_find(s, "cafe beans").id, "17");
    shop_close(s);
}

static void two_columns_will_do(void **state) {
    (void)state;
    struct shop *s = shop_with("title,id\nGarden Hose,7\n");
    struct product p = product_find(s, "hose");
    assert_string_equal(p.id, "7");
    assert_int_equal(p.price_minor, PRICE_NONE);
    assert_int_equal(p.rating_centi, RATING_NONE);
    assert_int_equal(p.stock, STOCK_UNLIMITED);
    assert_string_equal(p.currency, "USD");
    assert_string_equal(p.brand, "");
    shop_close(s);
}

static void the_first_currency_named_is_the_shops(void **state) {
    (void)state;
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    struct shop_profile profile;
    assert_ok(
        catalog_import(s, file_write("p.csv", "id,title,price,currency\n1,Tea,300,JPY\n2,Cup,3.50,JPY\n3,Pot,9,USD\n"),
                       NULL, &report));
    assert_int_equal(report.imported, 1);
    assert_int_equal(product_find(s, "tea").price_minor, 300);
    assert_ok(shop_profile(s, &profile));
    assert_string_equal(profile.currency, "JPY");
    shop_close(s);
}

static void importing_again_updates(void **state) {
    (void)state;
    struct shop *s = shop_with("id,title,price,stock\n1,Oat Milk,2.49,3\n2,Bread,1.99,1\n");
    struct product before = product_find(s, "oat milk");
    int64_t n;
    assert_ok(
        catalog_import(s, file_write("p.csv", "id,title,price\n1,Almond Milk,2.99\n3,Butter,3.10\n"), NULL, NULL));
    assert_ok(catalog_count(s, &n));
    assert_int_equal(n, 3);
    struct product after = product_find(s, "almond milk");
    assert_int_equal(after.variant, before.variant);
    assert_int_equal(after.price_minor, 299);
    assert_int_equal(after.stock, STOCK_UNLIMITED);
    struct search old = {.query = "oat", .min_price_minor = -1, .max_price_minor = -1, .limit = 1};
    size_t found;
    assert_ok(catalog_search(s, &old, &after, 1, &found, NULL)); /* the old words are forgotten */
    assert_int_equal(found, 0);
    assert_string_equal(product_find(s, "bread").id, "2");
    shop_close(s);
}

static void speak(void *ctx, const char *title, char *out, size_t cap) {
    (void)ctx;
    if (strcmp(title, "7UP 1 l") == 0) {
        snprintf(out, cap, "seven up one litre");
    } else if (strcmp(title, "7UP") == 0) {
        snprintf(out, cap, "seven up");
    }
}

static void what_is_said_is_found(void **state) {
    (void)state;
    struct shop_hooks hooks = {.spoken = speak};
    struct shop *s = shop_in_memory();
    assert_ok(catalog_import(
        s, file_write("p.csv", "id,title,brand,spoken\n1,7UP 1 l,7UP,\n2,Milk 3.5 %,,whole milk\n"), &hooks, NULL));
    assert_string_equal(product_find(s, "seven up").spoken, "seven up one litre");
    assert_string_equal(product_find(s, "seven up one litre").id, "1");
    assert_string_equal(product_find(s, "7up").id, "1");
    assert_string_equal(product_find(s, "whole milk").id, "2");
    shop_close(s);
}

static void progress(void *ctx, const char *what, int done) {
    int *last = ctx;
    assert_string_equal(what, "many.csv");
    assert_int_equal(done, *last + 1000);
    *last = done;
}

static void tells_how_far_it_is(void **state) {
    (void)state;
    char csv[40000];
    size_t n = (size_t)sprintf(csv, "id,title\n");
    for (int i = 0; i < 2500; i++) n += (size_t)sprintf(csv + n, "%d,T%d\n", i, i);
    int last = 0;
    struct import_report report = {.progress = progress, .ctx = &last};
    struct shop *s = shop_in_memory();
    assert_ok(catalog_import(s, file_write_bytes("many.csv", csv, n), NULL, &report));
    assert_int_equal(last, 2000);
    assert_int_equal(report.imported, 2500);
    shop_close(s);
}

static void files_that_are_no_catalogue(void **state) {
    (void)state;
    struct shop *s = shop_in_memory();
    assert_int_equal(catalog_import(s, path_of("none.csv"), NULL, NULL), ERR_NOT_FOUND);
    assert_int_equal(catalog_import(s, file_write("p.csv", "id,name\n1,Tea\n"), NULL, NULL), ERR_FORMAT);
    assert_reason("there is no column 'title'");
    assert_int_equal(catalog_import(s, file_write_bytes("p.csv", "\x89PNG\r\n\x1a\n\0\0\0", 11), NULL, NULL),
                     ERR_FORMAT);
    char *csv = malloc(200000);
    assert_non_null(csv);
    size_t n = (size_t)sprintf(csv, "id,title\nfirst,Good\n");
    for (int i = 0; i < 15000; i++) n += (size_t)sprintf(csv + n, "%d\n", i);
    assert_int_equal(catalog_import(s, file_write_bytes("p.csv", csv, n), NULL, NULL), ERR_FORMAT);
    assert_reason("10000 bad rows and more");
    free(csv);
    int64_t count;
    assert_ok(catalog_count(s, &count)); /* all of it is taken back */
    assert_int_equal(count, 0);
    shop_close(s);
}

static void white_space_is_tidied(void **state) {
    (void)state;
    struct shop *s = shop_with("id,title,description\n1,\"  Big\n  Tea\tPot \",\"one\r\ntwo\"\n");
    struct product p = product_find(s, "tea pot");
    assert_string_equal(p.title, "Big Tea Pot");
    assert_string_equal(p.description, "one two");
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_each_bad_row_and_keeps_the_rest),
        cmocka_unit_test(two_columns_will_do),
        cmocka_unit_test(the_first_currency_named_is_the_shops),
        cmocka_unit_test(importing_again_updates),
        cmocka_unit_test(what_is_said_is_found),
        cmocka_unit_test(tells_how_far_it_is),
        cmocka_unit_test(files_that_are_no_catalogue),
        cmocka_unit_test(white_space_is_tidied),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
