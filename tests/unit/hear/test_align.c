/* Which phone of a known sentence each frame is. */
#include "hear/align.h"

#include "files.h"

/* Senones 0-2 AA, 3-5 B, 6-8 SIL. */
static struct mdef mdef = {
    .n_phones = 3, .n_senones = 9, .phones = {"AA", "B", "SIL"}, .of = {{0, 1, 2}, {3, 4, 5}, {6, 7, 8}}};

static struct lexicon *words(void) {
    static const char *const wanted[] = {"a", "ab", "odd", "unsayable"};
    struct lexicon *l = NULL;
    if (lexicon_load(&l, files_write("dict", "a AA\nab AA B\nab(2) B\nodd AA ZH\n"), NULL, wanted, 4))
        fail_msg("%s", err_reason());
    return l;
}

/* Feeds frames that fit these senones and no others; returns whether there is a path. */
static bool follow(const char *sentence, const char *senones, float *cost, char *path) {
    struct lexicon *l = words();
    struct align *a = NULL;
    uint16_t found[64];
    size_t n = strlen(senones);
    if (align_create(&a, &mdef, l, sentence, 64)) fail_msg("%s", err_reason());
    for (size_t t = 0; t < n; t++) {
        int16_t costs[9] = {10, 10, 10, 10, 10, 10, 10, 10, 10};
        costs[senones[t] - '0'] = 0;
        align_frame(a, costs);
    }
    assert_int_equal(align_frames(a), n);
    bool ended = align_end(a, cost, found);
    for (size_t t = 0; ended && t < n; t++) path[t] = (char)('0' + found[t]);
    path[ended ? n : 0] = '\0';
    align_destroy(a);
    lexicon_free(l);
    return ended;
}

static void the_best_path_is_found(void **state) {
    (void)state;
    static const struct {
        const char *sentence, *heard, *path;
        float cost;
    } cases[] = {
        {"a", "0012", "0012", 0},
        {"a", "678001222678", "678001222678", 0},    /* silence around it */
        {"a a", "012678012", "012678012", 0},        /* and between */
        {"a a", "012012", "012012", 0},              /* or not */
        {"ab a", "012345012", "012345012", 0},       /* the first pronunciation */
        {"ab a", "345012", "345012", 0},             /* the second */
        {"a ab", "012678678345", "012678678345", 0}, /* a long silence */
        {"a", "0182", "0122", 10},                   /* a frame that fits nothing */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[64];
        float cost = -1;
        assert_true(follow(cases[i].sentence, cases[i].heard, &cost, path));
        assert_string_equal(path, cases[i].path);
        assert_true(cost == cases[i].cost);
    }
}

static void too_few_frames_have_no_path(void **state) {
    (void)state;
    float cost;
    char path[64];
    assert_false(follow("a", "01", &cost, path));
    assert_false(follow("a a", "01212", &cost, path));
    assert_false(follow("a", "", &cost, path));
}

static void bad_sentences_are_refused(void **state) {
    (void)state;
    struct lexicon *l = words();
    struct align *a = NULL;
    char many[200] = "";
    for (int i = 0; i < 40; i++) strcat(many, "a ");
    assert_int_equal(align_create(&a, &mdef, l, "", 9), ERR_ARG);
    assert_int_equal(align_create(&a, &mdef, l, "a unsayable", 9), ERR_NOT_FOUND);
    assert_non_null(strstr(err_reason(), "unsayable"));
    assert_int_equal(align_create(&a, &mdef, l, "odd", 9), ERR_MODEL);
    assert_int_equal(align_create(&a, &mdef, l, many, 9), ERR_FULL);
    assert_null(a);
    lexicon_free(l);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_best_path_is_found),
                                       cmocka_unit_test(too_few_frames_have_no_path),
                                       cmocka_unit_test(bad_sentences_are_refused)};
    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
