/* The Gaussians of the real model, their adaptation, and broken files. */
#include "hear/gaussians.h"

#include <math.h>

#include "files.h"

#define MODEL "/usr/share/pocketsphinx/model/en-us/en-us"

enum { SENONES_MAX = 8192 };

static struct mdef mdef;
static bool has_model;

static int setup(void **state) {
    has_model = access(MODEL "/mdef", R_OK) == 0;
    if (has_model && mdef_load(&mdef, MODEL "/mdef")) return -1;
    return files_setup(state);
}

static int teardown(void **state) {
    mdef_free(&mdef);
    return files_teardown(state);
}

static struct gaussians *open_model(void) {
    struct gaussians *g = NULL;
    if (!has_model) {
        print_message("skipped: no acoustic model (apt install pocketsphinx-en-us)\n");
        skip();
    }
    if (gaussians_load(&g, MODEL, &mdef)) fail_msg("%s", err_reason());
    return g;
}

static int phone(const char *name) {
    for (int p = 0; p < mdef.n_phones; p++)
        if (!strcmp(mdef.phones[p], name)) return p;
    fail();
    return -1;
}

static void only(bool *wanted, const char *a, const char *b) {
    memset(wanted, 0, MDEF_PHONES_MAX * sizeof *wanted);
    wanted[phone(a)] = wanted[phone(b)] = true;
}

static struct adaptation identity(const struct gaussians *g) {
    struct adaptation a = {.model = gaussians_fingerprint(g), .readings = 10};
    for (int s = 0; s < GAUSSIANS_STREAMS; s++)
        for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) a.row[s][i][i] = 1;
    return a;
}

static void what_is_not_wanted_is_worst(void **state) {
    (void)state;
    struct gaussians *g = open_model();
    static float scores[SENONES_MAX];
    bool wanted[MDEF_PHONES_MAX];
    float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA] = {{5, 1}}, worst = 0;
    only(wanted, "AA", "S");
    gaussians_score(g, x, wanted, scores);
    for (int i = 0; i < mdef.n_senones; i++) {
        assert_true(isfinite(scores[i]) && scores[i] <= 0);
        if (wanted[mdef.phone[i]]) worst = fminf(worst, scores[i]);
    }
    assert_true(worst < 0);
    for (int i = 0; i < mdef.n_senones; i++)
        if (!wanted[mdef.phone[i]]) assert_true(scores[i] == worst);
    gaussians_free(g);
}

static void speech_moves_and_silence_stays(void **state) {
    (void)state;
    struct gaussians *g = open_model();
    static float before[SENONES_MAX], after[SENONES_MAX];
    bool wanted[MDEF_PHONES_MAX], silence[MDEF_PHONES_MAX];
    float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA] = {{3, -2, 1}, {0.5f}, {0.25f}};
    only(wanted, "AA", "S");
    only(silence, "SIL", "SIL");
    gaussians_score(g, x, wanted, before);
    struct adaptation a = identity(g);
    a.row[0][2][GAUSSIANS_CEPSTRA] = 4;
    a.row[1][0][GAUSSIANS_CEPSTRA] = -1;
    static float quiet_before[SENONES_MAX], quiet_after[SENONES_MAX];
    gaussians_score(g, x, silence, quiet_before);
    assert_int_equal(gaussians_adapt(g, &a), ERR_OK);
    gaussians_score(g, x, silence, quiet_after);
    assert_memory_equal(quiet_before, quiet_after, (size_t)mdef.n_senones * sizeof *quiet_before);
    gaussians_score(g, x, wanted, after);
    float moved = 0;
    for (int i = 0; i < mdef.n_senones; i++) moved = fmaxf(moved, fabsf(after[i] - before[i]));
    assert_true(moved > 0.1f);
    /* sound that is as far from the old means as from the new ones */
    x[0][2] += 4;
    x[1][0] -= 1;
    gaussians_score(g, x, wanted, after);
    for (int i = 0; i < mdef.n_senones; i++) assert_true(fabsf(after[i] - before[i]) < 1e-2f);
    gaussians_free(g);
}

static void another_models_voice_is_refused(void **state) {
    (void)state;
    struct gaussians *g = open_model();
    struct adaptation a = identity(g);
    a.model++;
    assert_int_equal(gaussians_adapt(g, &a), ERR_MODEL);
    gaussians_free(g);
}

/* What the model expects of itself asks for no change; silence is not counted. */
static void what_is_expected_changes_nothing(void **state) {
    (void)state;
    static struct adaptation_stats stats, none;
    struct gaussians *g = open_model();
    struct adaptation a = {.readings = 10};
    float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA] = {{1}};
    gaussians_count(g, mdef.of[phone("SIL")][1], x, &stats);
    assert_memory_equal(&stats, &none, sizeof stats);
    gaussians_count_expected(g, &stats);
    assert_int_equal(adaptation_solve(&stats, &a), ERR_OK);
    for (int s = 0; s < GAUSSIANS_STREAMS; s++)
        for (int d = 0; d < GAUSSIANS_CEPSTRA; d++)
            for (int i = 0; i <= GAUSSIANS_CEPSTRA; i++) assert_true(fabsf(a.row[s][d][i] - (i == d)) < 1e-3f);
    memset(&stats, 0, sizeof stats);
    gaussians_count(g, mdef.of[phone("AA")][1], x, &stats);
    assert_true(stats.g[0][0][GAUSSIANS_CEPSTRA][GAUSSIANS_CEPSTRA] > 0);
    gaussians_free(g);
}

static void copy(const char *name, size_t most, int32_t first_count) {
    static char bytes[8 << 20];
    char path[PATH_MAX];
    snprintf(path, sizeof path, MODEL "/%s", name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    if (first_count >= 0) { /* behind the header and the byte order mark */
        char *end = memmem(bytes, 4096, "endhdr\n", 7);
        assert_non_null(end);
        memcpy(end + 11, &first_count, sizeof first_count);
    }
    f = fopen(files_path(name), "wb");
    assert_non_null(f);
    n = n < most ? n : most;
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void broken_files_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t most;
        int32_t count;
    } cases[] = {
        {"means", 0, -1},      {"means", 100, -1},  {"means", 100000, -1}, {"means", SIZE_MAX, 43},
        {"variances", 50, -1}, {"sendump", 10, -1}, {"sendump", 5000, -1},
    };
    gaussians_free(open_model());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct gaussians *g = NULL;
        copy("means", SIZE_MAX, -1);
        copy("variances", SIZE_MAX, -1);
        copy("sendump", SIZE_MAX, -1);
        if (i == 0) {
            assert_int_equal(gaussians_load(&g, files_dir, &mdef), ERR_OK);
            gaussians_free(g);
            g = NULL;
        }
        copy(cases[i].name, cases[i].most, cases[i].count);
        assert_int_equal(gaussians_load(&g, files_dir, &mdef), ERR_MODEL);
        assert_null(g);
    }
    unlink(files_path("means"));
    struct gaussians *g = NULL;
    assert_int_equal(gaussians_load(&g, files_dir, &mdef), ERR_MODEL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_wanted_is_worst),     cmocka_unit_test(speech_moves_and_silence_stays),
        cmocka_unit_test(another_models_voice_is_refused), cmocka_unit_test(what_is_expected_changes_nothing),
        cmocka_unit_test(broken_files_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
