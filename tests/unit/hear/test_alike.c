#include "hear/alike.h"

#include "files.h"

enum { RUNS = 400 };

struct seen {
    int n;
    size_t a, b;
    long sum;
};

static void note(void *ctx, size_t a, size_t b, int distance) {
    struct seen *seen = ctx;
    assert_true(a < b);
    seen->n++;
    seen->a = a;
    seen->b = b;
    seen->sum += distance + (long)(a * 7 + b);
}

static void run_of(struct phone_run *run, const char *phones) {
    assert_true(phone_run_read(run, phones));
}

static void oat_and_goat(void **state) {
    (void)state;
    struct phone_run runs[4];
    struct seen seen = {0};
    run_of(&runs[0], "OW T M IH L K");
    run_of(&runs[1], "B AH N AE N AH Z");
    run_of(&runs[2], "G OW T M IH L K");
    runs[3].n = 0;
    assert_int_equal(alike_find(runs, NULL, 4, note, &seen), ERR_OK);
    assert_int_equal(seen.n, 1);
    assert_int_equal(seen.a, 0);
    assert_int_equal(seen.b, 2);
}

/* A difference that is lost in a long name is all there is of a short one. */
static void short_names_must_be_nearer(void **state) {
    (void)state;
    struct phone_run runs[2];
    struct seen seen = {0};
    run_of(&runs[0], "T IY");
    run_of(&runs[1], "P IY K AH N");
    assert_int_equal(alike_find(runs, NULL, 2, note, &seen), ERR_OK);
    run_of(&runs[0], "AE Z");
    run_of(&runs[1], "EH L");
    assert_int_equal(alike_find(runs, NULL, 2, note, &seen), ERR_OK);
    assert_int_equal(seen.n, 0);
}

/* Names with a few changes in each, against all pairs compared one by one. */
static void none_is_missed(void **state) {
    (void)state;
    static struct phone_run runs[RUNS];
    unsigned seed = 5;
    for (int i = 0; i < RUNS; i++) {
        runs[i] = i % 4 ? runs[i - i % 4] : (struct phone_run){.n = (uint8_t)(3 + i % 19)};
        for (int k = 0; k < runs[i].n; k++) {
            seed = seed * 1664525u + 1013904223u;
            if (i % 4 == 0 || seed >> 29 == 0) runs[i].v[k] = (uint8_t)((seed >> 8) % PHONE_KINDS);
        }
        if (i % 4 == 3 && runs[i].n > 2) runs[i].n--;
    }
    struct seen found = {0}, all = {0};
    for (size_t a = 0; a < RUNS; a++)
        for (size_t b = a + 1; b < RUNS; b++) {
            int distance = phone_run_distance(&runs[a], &runs[b], alike_limit(&runs[a], &runs[b]));
            if (distance < PHONE_DISTANCE_FAR) note(&all, a, b, distance);
        }
    assert_int_equal(alike_find(runs, NULL, RUNS, note, &found), ERR_OK);
    assert_true(all.n > 20);
    assert_int_equal(found.n, all.n);
    assert_int_equal(found.sum, all.sum);
}

/* A few names change: the pairs they had and have, and no others, with all that were there before. */
static void known_pairs_are_left_out(void **state) {
    (void)state;
    static struct phone_run runs[RUNS];
    static bool known[RUNS];
    struct seen before = {0}, gone = {0}, added = {0}, after = {0};
    for (int i = 0; i < RUNS; i++) {
        runs[i] = (struct phone_run){.n = (uint8_t)(8 + i % 3)};
        for (int k = 0; k < runs[i].n; k++) runs[i].v[k] = (uint8_t)((i / 4 * 7 + k * (1 + i / 80)) % PHONE_KINDS);
        known[i] = i % 50 != 7;
    }
    assert_int_equal(alike_find(runs, NULL, RUNS, note, &before), ERR_OK);
    assert_int_equal(alike_find(runs, known, RUNS, note, &gone), ERR_OK);
    for (int i = 7; i < RUNS; i += 50) runs[i] = runs[(i + 100) % RUNS - 2];
    assert_int_equal(alike_find(runs, known, RUNS, note, &added), ERR_OK);
    assert_int_equal(alike_find(runs, NULL, RUNS, note, &after), ERR_OK);
    assert_true(gone.n > 0 && added.n > 0 && before.n > 10 * gone.n);
    assert_int_equal(before.n - gone.n + added.n, after.n);
    assert_int_equal(before.sum - gone.sum + added.sum, after.sum);
    for (int i = 0; i < RUNS; i++) known[i] = true;
    struct seen none = {0};
    assert_int_equal(alike_find(runs, known, RUNS, note, &none), ERR_OK);
    assert_int_equal(none.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(oat_and_goat),
        cmocka_unit_test(short_names_must_be_nearer),
        cmocka_unit_test(none_is_missed),
        cmocka_unit_test(known_pairs_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
