#include "hear/nearest.h"

#include "files.h"

/* "play | may [now]*" and "pay more", the second half of a network with a loop */
static struct net_arc arcs[] = {
    {0, 2, 0, -1, 1}, {0, 2, 1, -1, 1}, {0, 3, 2, -1, 1}, {2, 1, LABEL_EPSILON, -1, 1},
    {2, 2, 3, -1, 1}, {3, 1, 4, -1, 1}, {3, 1, 5, -1, 1},
};
static int32_t first[] = {0, 3, 3, 5, 7};
static const char *words[] = {"play", "may", "pay", "now", "more", "xyzzy"};
static const struct net net = {
    .n_nodes = 4, .n_arcs = sizeof arcs / sizeof *arcs, .arcs = arcs, .first = first, .n_words = 6, .words = words};
static struct lexicon *lexicon;

static int setup(void **state) {
    if (files_setup(state)) return -1;
    files_write("dict", "may M EY\nmore M AO R\nnow N AW\npay P EY\nplay P L EY\nplay(2) B L EY\n");
    return lexicon_load(&lexicon, files_path("dict"), NULL, words, 6);
}

static int teardown(void **state) {
    lexicon_free(lexicon);
    return files_teardown(state);
}

static struct nearest find(const char *phones) {
    struct phone_run run;
    struct nearest out;
    assert_true(phone_run_read(&run, phones) || !*phones);
    assert_int_equal(nearest_find(&net, lexicon, &run, &out), ERR_OK);
    return out;
}

static void expect(const char *phones, const char *piece, int distance) {
    struct nearest near = find(phones);
    assert_string_equal(near.words, piece);
    assert_int_equal(near.distance, distance);
}

static void pieces_that_sound_the_same(void **state) {
    (void)state;
    expect("P L EY", "play", 0);
    expect("B L EY", "play", 0); /* its other pronunciation */
    expect("P EY M AO R", "pay more", 0);
    expect("M AO R", "more", 0); /* from the middle */
    expect("M EY N AW N AW", "may now now", 0);
}

static void the_nearest_is_as_far_as_the_strings_are(void **state) {
    (void)state;
    expect("P AY M AO R", "pay more", phone_distance("P AY M AO R", "P EY M AO R"));
    expect("P EY N M AO R", "pay more", phone_distance("P EY N M AO R", "P EY M AO R"));
    expect("S M AO R", "more", phone_distance("S M AO R", "M AO R"));
    expect("M AO R T", "more", phone_distance("M AO R T", "M AO R"));
    expect("P L EY N AW Z N AW", "play now now", phone_distance("P L EY N AW Z N AW", "P L EY N AW N AW"));
}

static void nothing(void **state) {
    (void)state;
    assert_int_equal(find("").distance, PHONE_DISTANCE_FAR);
    struct net_arc unknown = {0, 1, 5, -1, 1};
    int32_t of[] = {0, 1, 1};
    struct net other = {.n_nodes = 2, .n_arcs = 1, .arcs = &unknown, .first = of, .n_words = 6, .words = words};
    struct phone_run run;
    struct nearest out;
    assert_true(phone_run_read(&run, "P L EY"));
    assert_int_equal(nearest_find(&other, lexicon, &run, &out), ERR_OK);
    assert_int_equal(out.distance, PHONE_DISTANCE_FAR);
    assert_string_equal(out.words, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_that_sound_the_same),
        cmocka_unit_test(the_nearest_is_as_far_as_the_strings_are),
        cmocka_unit_test(nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
