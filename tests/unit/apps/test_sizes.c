#include "apps/sizes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"

static struct sizes *sizes;

static int open_sizes(void **state) {
    (void)state;
    if (sizes_load(&sizes, SK_DATA_DIR "/models/en-US/sizes.ini")) fail_msg("%s", err_reason());
    return 0;
}

static int close_sizes(void **state) {
    (void)state;
    sizes_free(sizes);
    return 0;
}

static struct product sized(const char *options, const char *title, const char *description) {
    struct product p = {.size_of = "old", .size_milli = 7};
    str_copy(p.options, sizeof p.options, options);
    str_copy(p.title, sizeof p.title, title);
    str_copy(p.description, sizeof p.description, description);
    sizes_fill(sizes, &p);
    return p;
}

static void expect_option(const char *options, const char *of, int64_t milli) {
    struct product p = sized(options, "", "");
    assert_string_equal(p.size_of, of);
    assert_int_equal(p.size_milli, milli);
}

static void options_tell(void **state) {
    (void)state;
    expect_option("size: half gallon", "volume", 1892500);
    expect_option("size: gallon", "volume", 3785000);
    expect_option("bag: five pounds", "weight", 2268000);
    expect_option("size: one hundred twenty eight gigabytes", "memory", 128000);
    expect_option("weight: 1.5 kg", "weight", 1500000);
    expect_option("weight: 500g", "weight", 500000);
    expect_option("color: blue; length: six feet", "length", 1828800);
    expect_option("size: large", "step", 4000);
    expect_option("pack: twelve", "number", 12000);
    expect_option("strength: two and a half", "number", 2000);
    expect_option("size: three quarters gallon", "volume", 2838750);
    expect_option("color: blue", "", 0);
    expect_option("", "", 0);
}

static void the_title_tells_and_then_the_description(void **state) {
    (void)state;
    struct product p = sized("color: red", "Orange Juice 2 liters", "In a pint glass of one pint.");
    assert_string_equal(p.size_of, "volume");
    assert_int_equal(p.size_milli, 2000000);
    p = sized("", "Sweet Red Grapes", "Firm sweet grapes on the stem, two pounds.");
    assert_string_equal(p.size_of, "weight");
    assert_int_equal(p.size_milli, 907200);
    p = sized("", "Large Pound Cake", "For six people, ready in twenty minutes.");
    assert_string_equal(p.size_of, ""); /* neither a number nor a word is a size outside of the options */
}

static void nonsense_does_no_harm(void **state) {
    (void)state;
    expect_option("size: 1e300 kg", "", 0);
    expect_option("size: -3 kg", "weight", 3000000);
    expect_option("size: hundred hundred hundred", "", 0);
    expect_option(":;:;::", "", 0);
}

static void a_bad_file_is_refused(void **state) {
    (void)state;
    char path[] = "/tmp/sk_sizes.XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    static const char text[] = "[measures]\npound = weight heavy\n";
    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    close(fd);
    struct sizes *none = NULL;
    assert_int_equal(sizes_load(&none, path), ERR_FORMAT);
    assert_null(none);
    unlink(path);
    assert_int_equal(sizes_load(&none, path), ERR_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_tell), cmocka_unit_test(the_title_tells_and_then_the_description),
        cmocka_unit_test(nonsense_does_no_harm), cmocka_unit_test(a_bad_file_is_refused)};
    return cmocka_run_group_tests(tests, open_sizes, close_sizes);
}
