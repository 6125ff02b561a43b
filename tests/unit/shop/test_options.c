#include "support.h"

#define OPTIONS(s, variant, pairs, text, extra) \
    catalog_options(s, variant, pairs, sizeof(pairs) / sizeof *(pairs), text, sizeof(text), extra)

static void options_get_their_normal_form_and_price(void **state) {
    struct shop *s = *state;
    int64_t latte = product_find(s, "latte").variant, extra;
    char text[OPTIONS_MAX];
    const char *const pairs[][2] = {{"milk", "a bit of soy milk"}, {"size", "Large"}, {"shots", "double shot"}};
    assert_ok(OPTIONS(s, latte, pairs, text, &extra));
    assert_string_equal(text, "size: large; shots: double shot; milk: a bit of soy milk");
    assert_int_equal(extra, 100 + 80 + 60);
    const char *const every[][2] = {{"sugar", "lots of brown sugar"}, {"milk", "cream"}, {"size", "sixteen ounce"}};
    assert_ok(OPTIONS(s, latte, every, text, &extra));
    assert_string_equal(text, "size: sixteen ounce; milk: cream; sugar: lots of brown sugar");
    assert_ok(catalog_options(s, latte, NULL, 0, text, sizeof text, &extra));
    assert_string_equal(text, "");
    assert_int_equal(extra, 0);
}

static void what_is_not_offered_is_named(void **state) {
    struct shop *s = *state;
    int64_t latte = product_find(s, "latte").variant, extra = 7;
    char text[OPTIONS_MAX] = "as it was";
    const char *const goat[][2] = {{"milk", "goat milk"}};
    assert_int_equal(OPTIONS(s, latte, goat, text, &extra), ERR_NOT_FOUND);
    assert_reason("Latte has no milk 'goat milk'");
    const char *const foam[][2] = {{"size", "large"}, {"foam", "thick"}};
    assert_int_equal(OPTIONS(s, latte, foam, text, &extra), ERR_NOT_FOUND);
    assert_reason("Latte has no foam 'thick'");
    const char *const amount[][2] = {{"milk", "a bucket of soy milk"}};
    assert_int_equal(OPTIONS(s, latte, amount, text, &extra), ERR_NOT_FOUND);
    const char *const sized[][2] = {{"size", "some large"}}; /* sizes take no amount */
    assert_int_equal(OPTIONS(s, latte, sized, text, &extra), ERR_NOT_FOUND);
    const char *const half[][2] = {{"milk", "of soy milk"}};
    assert_int_equal(OPTIONS(s, latte, half, text, &extra), ERR_NOT_FOUND);
    const char *const twice[][2] = {{"size", "large"}, {"size", "small"}};
    assert_int_equal(OPTIONS(s, latte, twice, text, &extra), ERR_ARG);
    assert_reason("size is chosen twice");
    const char *const empty[][2] = {{"", ""}};
    assert_int_equal(OPTIONS(s, latte, empty, text, &extra), ERR_NOT_FOUND);
    assert_int_equal(catalog_options(s, 4711, goat, 1, text, sizeof text, &extra), ERR_NOT_FOUND);
    const char *const large[][2] = {{"size", "large"}};
    assert_int_equal(catalog_options(s, latte, large, 1, text, 5, &extra), ERR_RANGE);
    assert_int_equal(extra, 7);
    assert_string_equal(text, "as it was");
}

static void what_there_is_instead_is_told(void **state) {
    struct shop *s = *state;
    int64_t latte = product_find(s, "latte").variant;
    struct option_missing missing;
    const char *const goat[][2] = {{"size", "large"}, {"milk", "goat milk"}, {"foam", "thick"}};
    assert_ok(catalog_option_missing(s, latte, goat, 3, &missing));
    assert_string_equal(missing.name, "milk");
    assert_string_equal(missing.said, "goat milk");
    assert_int_equal(missing.n, 6);
    assert_string_equal(missing.values[0], "milk");
    assert_string_equal(missing.values[5], "cream");
    const char *const foam[][2] = {{"foam", "thick"}};
    assert_ok(catalog_option_missing(s, latte, foam, 1, &missing));
    assert_string_equal(missing.said, "thick");
    assert_int_equal(missing.n, 0);
    assert_ok(catalog_option_missing(s, latte, goat, 1, &missing));
    assert_string_equal(missing.name, "");
}

static int make(void **state) {
    *state = shop_cafe();
    return 0;
}

static int end(void **state) {
    shop_close(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_get_their_normal_form_and_price),
        cmocka_unit_test(what_is_not_offered_is_named),
        cmocka_unit_test(what_there_is_instead_is_told),
    };
    return cmocka_run_group_tests(tests, make, end);
}
