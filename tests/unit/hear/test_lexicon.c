#include "hear/lexicon.h"

#include "files.h"

static const char dictionary[] =
    "a AH\n"
    "a(2) EY\n"
    "apple AE P AH L\r\n"
    "bad QQ X\n"
    "nothing\n"
    "read R EH D\n"
    "read(2) R IY D\n"
    "read(3) R EH D\n"
    "zebra Z IY B R AH";

static struct lexicon *load(const char *more, const char *const *words, size_t n) {
    struct lexicon *l = NULL;
    char dict[PATH_MAX];
    snprintf(dict, sizeof dict, "%s", files_write("dict", dictionary));
    err_t err = lexicon_load(&l, dict, more ? files_write("more", more) : NULL, words, n);
    if (err) fail_msg("%s", err_reason());
    return l;
}

static void only_wanted_words_are_kept(void **state) {
    (void)state;
    static const char *const words[] = {"zebra", "a", "read", "xylophone", "a", "bad", "nothing"};
    struct lexicon *l = load(NULL, words, 7);
    assert_string_equal(lexicon_phones(l, "a", 0), "AH");
    assert_string_equal(lexicon_phones(l, "a", 1), "EY");
    assert_null(lexicon_phones(l, "a", 2));
    assert_null(lexicon_phones(l, "a", -1));
    assert_string_equal(lexicon_phones(l, "read", 1), "R IY D");
    assert_null(lexicon_phones(l, "read", 2)); /* the third is the first again */
    assert_string_equal(lexicon_phones(l, "zebra", 0), "Z IY B R AH");
    assert_null(lexicon_phones(l, "apple", 0)); /* in the dictionary, but nobody asked for it */
    assert_string_equal(lexicon_missing(l, 0), "bad");
    assert_string_equal(lexicon_missing(l, 1), "nothing");
    assert_string_equal(lexicon_missing(l, 2), "xylophone");
    assert_null(lexicon_missing(l, 3));
    lexicon_free(l);
}

static void better_sources_hide_worse_ones(void **state) {
    (void)state;
    static const char *const words[] = {"read", "apple", "seven"};
    struct lexicon *l = load("# ours\n\nread R AE D\nseven S EH V AH N\nother AH\n", words, 3);
    assert_string_equal(lexicon_phones(l, "read", 0), "R AE D");
    assert_null(lexicon_phones(l, "read", 1));
    assert_string_equal(lexicon_phones(l, "apple", 0), "AE P AH L");
    assert_int_equal(lexicon_add(l, "apple", "AA  P EH L"), ERR_OK);
    assert_int_equal(lexicon_add(l, "apple", "AE P L"), ERR_OK);
    assert_string_equal(lexicon_phones(l, "apple", 0), "AA P EH L");
    assert_string_equal(lexicon_phones(l, "apple", 1), "AE P L");
    assert_int_equal(lexicon_add_beside(l, "read", "R IY  D"), ERR_OK); /* of the same rank */
    assert_string_equal(lexicon_phones(l, "read", 0), "R AE D");
    assert_string_equal(lexicon_phones(l, "read", 1), "R IY D");
    assert_int_equal(lexicon_add_beside(l, "nobody", "R IY D"), ERR_OK);
    assert_null(lexicon_phones(l, "nobody", 0));
    assert_int_equal(lexicon_add_beside(l, "read", "QQ"), ERR_FORMAT);
    assert_null(lexicon_missing(l, 0));
    assert_int_equal(lexicon_add(l, "kwikee", "K W IH K IY"), ERR_OK); /* a word that was not asked for */
    assert_string_equal(lexicon_phones(l, "kwikee", 0), "K W IH K IY");
    assert_string_equal(lexicon_phones(l, "seven", 0), "S EH V AH N");
    lexicon_free(l);
}

static void bad_pronunciations_are_refused(void **state) {
    (void)state;
    struct lexicon *l = load(NULL, NULL, 0);
    char endless[1000];
    memset(endless, 'A', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_int_equal(lexicon_add(l, "x", "EH K S 5"), ERR_FORMAT);
    assert_int_equal(lexicon_add(l, "x", "eh k s"), ERR_FORMAT);
    assert_int_equal(lexicon_add(l, "x", " "), ERR_FORMAT);
    assert_int_equal(lexicon_add(l, "x", endless), ERR_FORMAT);
    assert_int_equal(lexicon_add(l, endless, "EH"), ERR_FORMAT);
    assert_int_equal(lexicon_add(l, "", "EH"), ERR_FORMAT);
    assert_int_equal(lexicon_add(l, "two words", "T UW"), ERR_FORMAT);
    assert_int_equal(lexicon_add(l, "x(2)", "EH K S"), ERR_FORMAT);
    assert_null(lexicon_phones(l, "x", 0));
    for (int i = 0; i < 20; i++) {
        static const char *const vowels[] = {"AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH"};
        assert_int_equal(lexicon_add(l, "many", vowels[i % 10]), ERR_OK);
    }
    assert_non_null(lexicon_phones(l, "many", 7));
    assert_null(lexicon_phones(l, "many", 8)); /* enough is enough */
    lexicon_free(l);
}

static void words_are_found_by_their_sound(void **state) {
    (void)state;
    static const char *const words[] = {"ps4", "pair", "pear", "read"};
    struct lexicon *l;
    assert_int_equal(lexicon_load(&l, files_write("dict", "pair P EH R\npear P EH R\nread R EH D\nread(2) R IY D\n"),
                                  NULL, words, 4),
                     ERR_OK);
    assert_int_equal(lexicon_add(l, "ps4", "P IY EH S F AO R"), ERR_OK);
    size_t at = 0;
    assert_string_equal(lexicon_sounding(l, "P EH R", &at), "pair");
    assert_string_equal(lexicon_sounding(l, "P EH R", &at), "pear");
    assert_null(lexicon_sounding(l, "P EH R", &at));
    at = 0;
    assert_string_equal(lexicon_sounding(l, "R IY D", &at), "read");
    at = 0;
    assert_string_equal(lexicon_sounding(l, "P IY EH S F AO R", &at), "ps4");
    at = 0;
    assert_null(lexicon_sounding(l, "P EH", &at));
    lexicon_free(l);
}

static void files_that_cannot_be_read(void **state) {
    (void)state;
    static const char *const words[] = {"read"};
    struct lexicon *l = (struct lexicon *)&words;
    assert_int_equal(lexicon_load(&l, "/nowhere/dict", NULL, words, 1), ERR_MODEL);
    assert_non_null(strstr(err_reason(), "/nowhere/dict"));
    assert_non_null(strstr(err_reason(), "pocketsphinx-en-us"));
    assert_int_equal(lexicon_load(&l, files_dir, NULL, words, 1), ERR_MODEL);
    char dict[PATH_MAX], expected[PATH_MAX + 100];
    snprintf(dict, sizeof dict, "%s", files_write("dict", ""));
    assert_int_equal(lexicon_load(&l, dict, files_write("more", "fine F AY N\nread R EE D\n"), words, 1), ERR_FORMAT);
    snprintf(expected, sizeof expected, "%s:2: expected a word and its phones", files_path("more"));
    assert_non_null(strstr(err_reason(), expected));
    assert_int_equal(lexicon_load(&l, dict, "/nowhere/more", words, 1), ERR_IO);
    assert_ptr_equal(l, &words); /* untouched */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_wanted_words_are_kept),     cmocka_unit_test(better_sources_hide_worse_ones),
        cmocka_unit_test(bad_pronunciations_are_refused), cmocka_unit_test(words_are_found_by_their_sound),
        cmocka_unit_test(files_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
