/* The scores of an utterance as PocketSphinx reads them. */
#include "hear/senones.h"

#include <math.h>

#include "files.h"

#define MODEL "/usr/share/pocketsphinx/model/en-us/en-us"

enum { FRAMES = 12 };

static struct tuning tuning;
static float prior[NETWORK_PARTS];
static struct frame frames[FRAMES];

static int setup(void **state) {
    (void)state;
    for (int t = 0; t < FRAMES; t++) {
        for (int b = 0; b < NETWORK_BANDS; b++) frames[t].mel[b] = (float)(5 + (b + t) % 7);
        for (int i = 0; i < NETWORK_PARTS; i++) frames[t].network.phones[i] = -1 - (float)((i + t) % 11);
        frames[t].network.speech = 1;
    }
    return tuning_load(&tuning, NULL) ? -1 : 0;
}

static struct senones *open_model(void) {
    struct senones *s = NULL;
    if (access(MODEL "/mdef", R_OK) != 0) {
        print_message("skipped: no acoustic model (apt install pocketsphinx-en-us)\n");
        skip();
    }
    if (senones_open(&s, MODEL, prior, &tuning)) fail_msg("%s", err_reason());
    return s;
}

struct seen {
    int frames, ends;
    int16_t last;
};

static void watch(void *ctx, const float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA], const int16_t *costs) {
    struct seen *seen = ctx;
    seen->frames++;
    seen->last = costs[100];
    for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) assert_true(isfinite(x[0][i]));
}

static void at_end(void *ctx) {
    struct seen *seen = ctx;
    seen->ends++;
}

/* Reads the stream to its end into one block; returns its size. */
static size_t read_all(struct senones *s, size_t n, struct seen *seen, char *out, size_t cap) {
    FILE *f = senones_stream(s, frames, n, &(struct senones_source){.at_end = at_end, .ctx = seen});
    assert_non_null(f);
    size_t got = fread(out, 1, cap, f);
    assert_int_equal(fgetc(f), EOF);
    fclose(f);
    return got;
}

static char first[1 << 18], second[1 << 18];

static void the_stream_is_a_senone_dump(void **state) {
    (void)state;
    struct senones *s = open_model();
    struct seen seen = {0};
    int n = senones_mdef(s)->n_senones;
    senones_watch(s, watch, &seen);
    size_t size = read_all(s, FRAMES, &seen, first, sizeof first);
    assert_memory_equal(first, "s3\n", 3);
    char *at = memmem(first, 256, "endhdr\n", 7);
    assert_non_null(at);
    at += 7 + 4;
    assert_int_equal(size, (size_t)(at - first) + (size_t)FRAMES * (size_t)(n + 1) * sizeof(int16_t));
    int16_t row[8192];
    for (int t = 0; t < FRAMES; t++, at += (n + 1) * (int)sizeof *row) {
        memcpy(row, at, (size_t)(n + 1) * sizeof *row);
        int least = row[1];
        for (int i = 1; i <= n; i++) least = row[i] < least ? row[i] : least;
        assert_int_equal(row[0], n);
        assert_int_equal(least, 0); /* the best of each frame costs nothing */
    }
    assert_int_equal(row[101], seen.last);
    assert_int_equal(seen.frames, FRAMES);
    assert_int_equal(seen.ends, 1);
    assert_true(senones_loop(s) < 0);
    assert_true(senones_loops(s)[FRAMES - 1] == senones_loop(s));
    for (int t = 1; t < FRAMES; t++) assert_true(senones_loops(s)[t] <= senones_loops(s)[t - 1]);
    senones_close(s);
}

static void nothing_is_left_over(void **state) {
    (void)state;
    struct senones *s = open_model();
    struct seen seen = {0};
    size_t size = read_all(s, FRAMES, &seen, first, sizeof first);
    float loop = senones_loop(s);
    read_all(s, FRAMES / 2, &seen, second, sizeof second);
    assert_int_equal(read_all(s, FRAMES, &seen, second, sizeof second), size);
    assert_memory_equal(first, second, size);
    assert_true(senones_loop(s) == loop);
    assert_true(read_all(s, 0, &seen, second, sizeof second) < 256); /* the header alone */
    assert_int_equal(seen.frames, 0);                                /* nobody watched */
    senones_close(s);
}

static void noise_is_what_the_network_takes_away(void **state) {
    (void)state;
    struct frame two[2] = {0};
    assert_true(senones_noise(two, 2) == 0); /* no speech */
    two[0].network.speech = 1;
    assert_true(senones_noise(two, 2) == 0);
    for (int b = 0; b < NETWORK_BANDS; b++) two[0].network.gain[b] = -1.5f, two[1].network.gain[b] = -3;
    assert_true(fabsf(senones_noise(two, 2) - 1.5f) < 1e-5f); /* silence does not count */
    two[1].network.speech = 1;
    assert_true(fabsf(senones_noise(two, 2) - 2.25f) < 1e-5f);
    assert_true(senones_noise(two, 0) == 0);
}

static void clear_is_how_sure_the_network_is_of_phones(void **state) {
    (void)state;
    struct frame two[2] = {0};
    for (int i = 0; i < NETWORK_PARTS; i++) two[0].network.phones[i] = -5, two[1].network.phones[i] = -6;
    two[0].network.phones[7] = -0.25f;
    two[1].network.phones[NETWORK_PARTS - 1] = -1.25f;
    assert_true(senones_clear(two, 2) == 0); /* no speech */
    two[0].network.speech = 1;
    assert_true(fabsf(senones_clear(two, 2) - -0.25f) < 1e-5f);
    two[1].network.speech = 1;
    assert_true(fabsf(senones_clear(two, 2) - -0.75f) < 1e-5f);
    assert_true(senones_clear(two, 0) == 0);
}

static void a_missing_model_is_refused(void **state) {
    (void)state;
    struct senones *s = NULL;
    assert_int_equal(senones_open(&s, "/nowhere", prior, &tuning), ERR_MODEL);
    assert_null(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_stream_is_a_senone_dump), cmocka_unit_test(nothing_is_left_over),
        cmocka_unit_test(noise_is_what_the_network_takes_away),
        cmocka_unit_test(clear_is_how_sure_the_network_is_of_phones), cmocka_unit_test(a_missing_model_is_refused)};
    return cmocka_run_group_tests(tests, setup, NULL);
}
