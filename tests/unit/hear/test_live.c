/* The parts of decoding while somebody speaks: frames that come bit by bit, the two threads that take turns, and where
 * in a grammar some words are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* after the headers it needs */
#include <cmocka.h>

#include "hear/features.h"
#include "hear/sentence.h"
#include "hear/turns.h"

#define WEIGHTS SK_DATA_DIR "/models/en-US/network.bin"

enum { SAMPLES = 16000, FRAMES = SAMPLES / FEATURES_HOP };

/* ---- features ---- */

static int16_t sound[SAMPLES];
static struct frame whole[FRAMES], bits[FRAMES + FEATURES_BURST];

static void frames_bit_by_bit_are_those_of_the_whole(void **state) {
    (void)state;
    static const size_t bites[] = {320, 1, 159, 160, 161, 5000};
    struct network *n;
    struct features *f;
    assert_int_equal(network_load(&n, WEIGHTS), ERR_OK);
    assert_int_equal(features_open(&f, n), ERR_OK);
    srand(3);
    for (int i = 0; i < SAMPLES; i++) sound[i] = (int16_t)(rand() % 4000 - 2000 + (i / 4000 % 2) * (i % 160) * 40);
    size_t all = features_all(f, sound, SAMPLES, whole);
    assert_int_equal(all, features_count(SAMPLES));
    for (size_t b = 0; b < sizeof bites / sizeof *bites; b++) {
        memset(bits, 0, sizeof bits);
        features_begin(f);
        size_t made = 0;
        for (size_t at = 0; at < SAMPLES; at += bites[b]) {
            size_t bite = SAMPLES - at < bites[b] ? SAMPLES - at : bites[b];
            size_t more = features_feed(f, sound + at, bite, bits + made);
            assert_in_range(more, 0, bite / FEATURES_HOP + FEATURES_BURST);
            made += more;
        }
        assert_int_equal(made, all - NETWORK_PHONES_AHEAD);
        made += features_end(f, bits + made);
        assert_int_equal(made, all);
        assert_memory_equal(bits, whole, all * sizeof *bits);
    }
    features_close(f);
    network_free(n);
}

static void no_sound_no_frames(void **state) {
    (void)state;
    struct network *n;
    struct features *f;
    assert_int_equal(network_load(&n, WEIGHTS), ERR_OK);
    assert_int_equal(features_open(&f, n), ERR_OK);
    features_begin(f);
    assert_int_equal(features_end(f, bits), 0);
    features_begin(f); /* twice is fine */
    features_begin(f);
    assert_int_equal(features_all(f, sound, FEATURES_WINDOW - 1, bits), 0);
    features_close(f);
    network_free(n);
}

/* ---- turns ---- */

struct game {
    struct turns *turns;
    int n, worked; /* no lock: the thread sanitizer looks on */
};

static void work(void *ctx) {
    struct game *g = ctx;
    while (g->n < 3) {
        g->worked++;
        turns_take(g->turns);
    }
    g->worked += 100;
}

static void threads_take_turns(void **state) {
    (void)state;
    struct game g = {0};
    assert_int_equal(turns_begin(&g.turns, work, &g), ERR_OK);
    assert_int_equal(g.worked, 0); /* not before its turn */
    for (int i = 1; i <= 5; i++) {
        assert_true(turns_give(g.turns));
        assert_int_equal(g.worked, i);
    }
    g.n = 3;
    assert_false(turns_give(g.turns));
    assert_int_equal(g.worked, 105);
    assert_false(turns_give(g.turns)); /* and no more */
    assert_true(turns_end(g.turns) > 0);
}

static void turns_end_by_themselves(void **state) {
    (void)state;
    struct game g = {.n = 3};
    assert_int_equal(turns_begin(&g.turns, work, &g), ERR_OK);
    turns_end(g.turns); /* it has never had a turn */
    assert_int_equal(g.worked, 100);
    assert_int_equal(turns_end(NULL), 0);
}

/* ---- sentences ---- */

/* "a [big] latte [with milk]"; node 1 is the end; a null arc in a circle does no harm */
static const char *words[] = {"a", "big", "latte", "with", "milk"};
static struct net_arc arcs[] = {
    {0, 2, 0, -1, 1.0f}, {2, 3, -1, -1, 0.5f}, {2, 3, 1, -1, 0.5f}, {3, 4, 2, -1, 1.0f},  {4, 1, -1, -1, 0.8f},
    {4, 5, 3, -1, 0.2f}, {5, 6, -1, -1, 0.5f}, {5, 1, 4, -1, 0.5f}, {6, 5, -1, -1, 1.0f},
};
static int32_t first[] = {0, 1, 1, 3, 4, 6, 8, 9};
static const struct net net = {.n_nodes = 7, .n_arcs = 9, .arcs = arcs, .first = first, .n_words = 5, .words = words};

static void a_sentence_may_be_over(void **state) {
    (void)state;
    struct sentence *s;
    assert_int_equal(sentence_open(&s, &net), ERR_OK);
    assert_true(sentence_end(s, "") == 0);
    assert_true(sentence_end(s, "a") == 0);
    assert_true(sentence_end(s, "a big") == 0);
    float latte = sentence_end(s, "a big latte");
    assert_true(latte > 0.79f && latte < 0.81f);
    assert_true(sentence_end(s, "a latte") == latte);
    assert_true(sentence_end(s, "a latte with") == 0);
    assert_true(sentence_end(s, "a latte with milk") == 1);
    assert_true(sentence_end(s, "a latte milk") == -1);
    assert_true(sentence_end(s, "a tea") == -1);
    assert_true(sentence_end(s, "a latte with milk milk") == -1);
    sentence_close(s);
    sentence_close(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_bit_by_bit_are_those_of_the_whole),
        cmocka_unit_test(no_sound_no_frames),
        cmocka_unit_test(threads_take_turns),
        cmocka_unit_test(turns_end_by_themselves),
        cmocka_unit_test(a_sentence_may_be_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
