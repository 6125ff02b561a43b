#include "hear/pronounce.h"

#include "files.h"

static void check(const struct phone_map *m, const char *espeak, const char *expected) {
    char phones[128];
    if (phone_map_apply(m, espeak, phones, sizeof phones)) fail_msg("%s: %s", espeak, err_reason());
    assert_string_equal(phones, expected);
}

/* What eSpeak NG 1.51 says with the voice en-us, and what the model's dictionary says. */
static void words_of_the_locale(void **state) {
    (void)state;
    struct phone_map *m;
    assert_int_equal(phone_map_load(&m, SK_DATA_DIR "/models/en-US/phones.map"), ERR_OK);
    check(m, "S'0pki:p3", "SH AA P K IY P ER");      /* shopkeeper */
    check(m, "oUk'eI", "OW K EY");                   /* okay */
    check(m, "k@mpj'u:t#3", "K AH M P Y UW T ER");   /* computer */
    check(m, "tS'Ips", "CH IH P S");                 /* chips */
    check(m, "w'EnzdeI", "W EH N Z D EY");           /* wednesday */
    check(m, "k'A@d", "K AA R D");                   /* card */
    check(m, "h'at#3r@z", "HH AE T ER AH Z");        /* hatteras */
    check(m, "f'aI3", "F AY ER");                    /* fire */
    check(m, "a#s'oUsI2;,eIt", "AH S OW S IY EY T"); /* associate */
    phone_map_free(m);
}

static void the_longest_mnemonic_is_taken(void **state) {
    (void)state;
    struct phone_map *m;
    assert_int_equal(
        phone_map_load(&m, files_write("map", "// test\na AE\na: AA // long\na:r AA R\nr R\n' -\n\nt T\n")), ERR_OK);
    check(m, "'a:rt", "AA R T");
    check(m, "a:at", "AA AE T");
    check(m, "a&\xffrt", "AE R T"); /* what the table lacks is passed over */
    char phones[8] = "untouch";
    assert_int_equal(phone_map_apply(m, "", phones, sizeof phones), ERR_FORMAT);
    assert_int_equal(phone_map_apply(m, "''&", phones, sizeof phones), ERR_FORMAT);
    assert_int_equal(phone_map_apply(m, "a:ra:r", phones, sizeof phones), ERR_FULL);
    assert_string_equal(phones, "untouch");
    char endless[4000];
    memset(endless, 't', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    char room[10000];
    assert_int_equal(phone_map_apply(m, endless, room, sizeof room), ERR_FULL);
    phone_map_free(m);
}

static void second_choices_follow_the_first(void **state) {
    (void)state;
    struct phone_map *m;
    char v[PHONE_VARIANTS_MAX][PHONE_TEXT_MAX];
    assert_int_equal(phone_map_load(&m, files_write("map", "a AE | AA // two\nI IH|-\nt T\n' -\n")), ERR_OK);
    check(m, "tat", "T AE T");
    assert_int_equal(phone_map_variants(m, "t", v, PHONE_VARIANTS_MAX), 1);
    assert_int_equal(phone_map_variants(m, "t'at", v, PHONE_VARIANTS_MAX), 2);
    assert_string_equal(v[0], "T AE T");
    assert_string_equal(v[1], "T AA T");
    assert_int_equal(phone_map_variants(m, "atI", v, PHONE_VARIANTS_MAX), 4);
    assert_string_equal(v[1], "AA T IH");
    assert_string_equal(v[2], "AE T");
    assert_string_equal(v[3], "AA T");
    assert_int_equal(phone_map_variants(m, "atI", v, 1), 1);
    assert_int_equal(phone_map_variants(m, "''", v, PHONE_VARIANTS_MAX), 0);
    phone_map_free(m);
}

static void check_bad(const char *text, const char *reason) {
    struct phone_map *m = NULL;
    assert_int_equal(phone_map_load(&m, files_write("map", text)), ERR_FORMAT);
    assert_null(m);
    if (!strstr(err_reason(), reason)) fail_msg("'%s' does not say '%s'", err_reason(), reason);
}

static void bad_tables_are_refused(void **state) {
    (void)state;
    struct phone_map *m = NULL;
    assert_int_equal(phone_map_load(&m, "/nowhere/phones.map"), ERR_NOT_FOUND);
    check_bad("", "there is no phoneme in it");
    check_bad("// only this\n", "there is no phoneme in it");
    check_bad("a AE\nb QQ\n", "map:2: expected one to eight phones");
    check_bad("a\n", "map:1: expected one to eight phones");
    check_bad("a AE\na AA\n", "map:2: \"a\" is there already");
    check_bad("abcdefgh AE\n", "map:1: the phoneme \"abcdefgh\" has more than 7 bytes");
    char line[400];
    memset(line, ' ', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    check_bad(line, "map:1: the line is longer than");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_the_locale),
        cmocka_unit_test(the_longest_mnemonic_is_taken),
        cmocka_unit_test(second_choices_follow_the_first),
        cmocka_unit_test(bad_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
