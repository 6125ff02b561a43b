/* A voice of one's own: what is learned from statistics, and the file that it is kept in. */
#include "hear/adaptation.h"

#include <math.h>
#include <sys/stat.h>

#include "files.h"

enum { N = ADAPTATION_CEPSTRA, MEANS = 60 };

static float noise(void) {
    return (float)rand() / (float)RAND_MAX * 2 - 1;
}

static struct adaptation a_voice(void) {
    struct adaptation a = {.model = 7, .readings = 10, .gain = 0.5f};
    for (int s = 0; s < ADAPTATION_STREAMS; s++)
        for (int d = 0; d < N; d++)
            for (int i = 0; i <= N; i++) a.row[s][d][i] = (i == d ? 1.2f : 0) + 0.1f * noise();
    return a;
}

/* Counts frames just where the transform puts the means. */
static void count_frames(struct adaptation_stats *stats, const struct adaptation *a, int means) {
    for (int s = 0; s < ADAPTATION_STREAMS; s++) {
        for (int m = 0; m < means; m++) {
            float mean[N], precision[N], x[N];
            for (int i = 0; i < N; i++) {
                mean[i] = 10 * noise();
                precision[i] = 1.5f + noise();
            }
            memcpy(x, mean, sizeof x);
            adaptation_mean(a, s, x);
            adaptation_count(stats, s, mean, precision, x, 0.5);
        }
    }
}

static void a_known_transform_is_found(void **state) {
    (void)state;
    static struct adaptation_stats stats;
    struct adaptation want = a_voice(), got = {.model = 7, .readings = 10};
    count_frames(&stats, &want, MEANS);
    assert_int_equal(adaptation_solve(&stats, &got), ERR_OK);
    for (int s = 0; s < ADAPTATION_STREAMS; s++)
        for (int d = 0; d < N; d++)
            for (int i = 0; i <= N; i++) assert_true(fabsf(got.row[s][d][i] - want.row[s][d][i]) < 1e-3f);
    assert_int_equal(got.model, 7);
}

static void what_is_expected_holds_it_back(void **state) {
    (void)state;
    static struct adaptation_stats stats, expected;
    struct adaptation same = {0}, moved = {0}, got = {.readings = 10};
    for (int s = 0; s < ADAPTATION_STREAMS; s++)
        for (int d = 0; d < N; d++) same.row[s][d][d] = moved.row[s][d][d] = 1;
    moved.row[1][4][N] = 2;
    count_frames(&stats, &moved, MEANS);
    count_frames(&expected, &same, MEANS);
    adaptation_add(&stats, &expected, 3);
    assert_int_equal(adaptation_solve(&stats, &got), ERR_OK);
    assert_true(got.row[1][4][N] > 0.2f && got.row[1][4][N] < 1.2f); /* a quarter of the way or so */
    assert_true(fabsf(got.row[0][4][N]) < 1e-3f);
}

static void too_little_is_refused(void **state) {
    (void)state;
    static struct adaptation_stats stats;
    struct adaptation a = a_voice(), got = a;
    assert_int_equal(adaptation_solve(&stats, &got), ERR_RANGE);
    count_frames(&stats, &a, 5);
    assert_int_equal(adaptation_solve(&stats, &got), ERR_RANGE);
    assert_memory_equal(&a, &got, sizeof a);
}

static void a_file_comes_back_as_it_was(void **state) {
    (void)state;
    struct adaptation a = a_voice(), b;
    struct stat st;
    assert_int_equal(adaptation_save(&a, files_path("voice")), ERR_OK);
    assert_int_equal(adaptation_save(&a, files_path("voice")), ERR_OK); /* in the place of the first */
    assert_int_equal(adaptation_load(&b, files_path("voice")), ERR_OK);
    assert_memory_equal(&a, &b, sizeof a);
    assert_int_equal(stat(files_path("voice"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(adaptation_save(&a, "/nowhere/at/all"), ERR_IO);
}

static void write_bytes(const char *bytes, size_t n) {
    FILE *f = fopen(files_path("voice"), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void broken_files_are_refused(void **state) {
    (void)state;
    char bytes[8192];
    struct adaptation a = a_voice(), got;
    unlink(files_path("voice"));
    assert_int_equal(adaptation_load(&got, files_path("voice")), ERR_NOT_FOUND);
    assert_int_equal(adaptation_save(&a, files_path("voice")), ERR_OK);
    FILE *f = fopen(files_path("voice"), "rb");
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    assert_true(n > 2000 && n < sizeof bytes);
    bytes[n] = 0;
    const size_t lengths[] = {0, 3, 20, n - 1, n + 1};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        write_bytes(bytes, lengths[i]);
        assert_int_equal(adaptation_load(&got, files_path("voice")), ERR_FORMAT);
    }
    for (size_t at = 0; at < n; at += 97) { /* one bit, anywhere: magic, version, checksum, values */
        bytes[at] ^= 4;
        write_bytes(bytes, n);
        assert_int_equal(adaptation_load(&got, files_path("voice")), ERR_FORMAT);
        bytes[at] ^= 4;
    }
    /* whole, but no voice */
    const float insane[] = {NAN, INFINITY, 50};
    for (size_t i = 0; i < sizeof insane / sizeof *insane; i++) {
        struct adaptation bad = a;
        bad.row[2][12][3] = insane[i];
        assert_int_equal(adaptation_save(&bad, files_path("voice")), ERR_OK);
        assert_int_equal(adaptation_load(&got, files_path("voice")), ERR_FORMAT);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_transform_is_found), cmocka_unit_test(what_is_expected_holds_it_back),
        cmocka_unit_test(too_little_is_refused),      cmocka_unit_test(a_file_comes_back_as_it_was),
        cmocka_unit_test(broken_files_are_refused),
    };
    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
