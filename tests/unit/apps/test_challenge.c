/* The words that order: the file, and that none of the shipped ones sounds like another. */
#include "apps/challenge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/phone_distance.h"
#include "hear/lexicon.h"

#define SHIPPED    SK_DATA_DIR "/models/en-US/challenge.txt"
#define DICTIONARY "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"

/* Two phones that have nothing to do with each other. */
enum { APART_MIN = 2000 };

static struct challenges c;

static err_t load(const char *text) {
    char path[] = "/tmp/sk_challenge.XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    err_t err = challenges_load(&c, path);
    unlink(path);
    return err;
}

static void words_are_read(void **state) {
    (void)state;
    assert_int_equal(load("# eight\n\none\n two \nthree\nfour\nfive\nsix\nseven\neight\n"), ERR_OK);
    assert_int_equal(c.n, 8);
    assert_string_equal(c.v[1], "two");
}

static void what_is_wrong_is_named(void **state) {
    (void)state;
    static const struct {
        const char *text, *why;
    } cases[] = {{"", "less than 8 words"},
                 {"one\ntwo\nthree\nfour\nfive\nsix\nseven\n", "less than 8 words"},
                 {"one\ntwo\none\n", ":3: 'one' is there twice"},
                 {"one\ntwo words\n", ":2: 'two words' is not one word"},
                 {"One\n", ":1: 'One' is not one word"},
                 {"supercalifragilistic\n", ":1: "}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(load(cases[i].text), ERR_FORMAT);
        if (!strstr(err_reason(), cases[i].why)) fail_msg("'%s' is not in '%s'", cases[i].why, err_reason());
    }
    assert_int_equal(challenges_load(&c, "/nowhere/challenge.txt"), ERR_NOT_FOUND);
}

static void none_sounds_like_another(void **state) {
    (void)state;
    struct lexicon *lexicon;
    const char *words[CHALLENGES_MAX];
    assert_int_equal(challenges_load(&c, SHIPPED), ERR_OK);
    for (int i = 0; i < c.n; i++) words[i] = c.v[i];
    if (access(DICTIONARY, R_OK)) skip();
    assert_int_equal(lexicon_load(&lexicon, DICTIONARY, NULL, words, (size_t)c.n), ERR_OK);
    for (int i = 0; i < c.n; i++) {
        const char *one = lexicon_phones(lexicon, words[i], 0);
        if (!one) fail_msg("the dictionary does not know %s", words[i]);
        for (int k = 0; k < i; k++) {
            int apart = phone_distance(one, lexicon_phones(lexicon, words[k], 0));
            if (apart < APART_MIN) fail_msg("%s and %s are %d apart", words[k], words[i], apart);
        }
    }
    lexicon_free(lexicon);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_read),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(none_sounds_like_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
