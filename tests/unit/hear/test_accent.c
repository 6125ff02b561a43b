#include "hear/accent.h"

#include "files.h"

static void expect(const struct accents *a, int i, const char *phones, const char *said) {
    char out[64] = "";
    assert_true(accents_apply(a, i, phones, out, sizeof out));
    assert_string_equal(out, said);
}

static void british_words(void **state) {
    (void)state;
    struct accents *a;
    char out[64];
    assert_int_equal(accents_load(&a, SK_DATA_DIR "/models/en-US/accents.map"), ERR_OK);
    expect(a, 0, "S P IY K ER", "S P IY K AH");                      /* speaker */
    expect(a, 0, "CH AA R JH ER Z", "CH AA JH AH Z");                /* chargers */
    expect(a, 0, "HH AY ER IH NG", "HH AY AH R IH NG");              /* hiring */
    assert_false(accents_apply(a, 0, "R EH D IY", out, sizeof out)); /* ready: as it is */
    accents_free(a);
}

static void the_first_rule_that_fits_is_taken(void **state) {
    (void)state;
    struct accents *a;
    char out[8];
    const char *path =
        files_write("map", "// test\n[one]\nR vowel W // \"r\"\nR anywhere -\n\n[two]\nL elsewhere UW L\n");
    assert_int_equal(accents_load(&a, path), ERR_OK);
    assert_int_equal(accents_count(a), 2);
    expect(a, 0, "R AH R L", "W AH L");
    expect(a, 1, "R AH L", "R AH UW L");
    assert_false(accents_apply(a, 1, "R AH", out, sizeof out));
    assert_false(accents_apply(a, 0, "R", out, sizeof out));           /* nothing is left */
    assert_false(accents_apply(a, 1, "AH L AH L L", out, sizeof out)); /* too long */
    accents_free(a);
}

static void check_bad(const char *text, const char *line) {
    struct accents *a = NULL;
    assert_int_equal(accents_load(&a, files_write("map", text)), ERR_FORMAT);
    assert_null(a);
    if (!strstr(err_reason(), line)) fail_msg("%s", err_reason());
}

static void tables_that_are_wrong(void **state) {
    (void)state;
    struct accents *a;
    check_bad("R anywhere -\n", "map:1: a rule before");
    check_bad("[a]\nR -\n", "map:2:");
    check_bad("[a]\nR somewhere -\n", "map:2:");
    check_bad("[a]\nR anywhere\n", "map:2:");
    check_bad("[a]\nR anywhere QQ\n", "map:2:");
    check_bad("[a]\n[b]\n[c]\n[d]\n[e]\n", "map:5:");
    char longest[400];
    memset(longest, 'R', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    check_bad(longest, "map:1: the line is longer");
    assert_int_equal(accents_load(&a, files_path("none")), ERR_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(british_words),
        cmocka_unit_test(the_first_rule_that_fits_is_taken),
        cmocka_unit_test(tables_that_are_wrong),
    };
    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
