/* The model definition: that of the real model, a small one made here, and broken ones. */
#include "hear/mdef.h"

#include "files.h"

#define REAL "/usr/share/pocketsphinx/model/en-us/en-us/mdef"

enum {
    HEAD = 12,
    COUNTS = 10,
    NAMES = HEAD + COUNTS * 4,
    ENTRIES = NAMES + 8,
    SEQUENCES = ENTRIES + 3 * 12 + 4,
    SIZE = SEQUENCES + 18
};

static unsigned char bytes[SIZE];

static void put_int(int at, int32_t value) {
    memcpy(bytes + at, &value, sizeof value);
}

static void put_senones(void) {
    for (int i = 0; i < 9; i++) {
        uint16_t senone = (uint16_t)(i < 6 ? i : i == 7 ? 6 : i - 6);
        memcpy(bytes + SEQUENCES + 2 * i, &senone, sizeof senone);
    }
}

/* Two phones, AA and SIL, and one triphone of AA, with a middle senone of its own: 6. */
static void make(void) {
    static const int32_t counts[COUNTS] = {2, 3, 3, 6, 7, 1, 3, 0, 0, 1};
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, "BMDF", 4);
    put_int(4, 1);
    for (int i = 0; i < COUNTS; i++) put_int(HEAD + 4 * i, counts[i]);
    memcpy(bytes + NAMES, "AA\0SIL", 7);
    for (int i = 0; i < 3; i++) put_int(ENTRIES + 12 * i, i);
    put_int(SEQUENCES - 4, 9);
    put_senones();
}

static err_t load(struct mdef *m, size_t n) {
    FILE *f = fopen(files_path("mdef"), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    return mdef_load(m, files_path("mdef"));
}

static void a_small_one_is_read(void **state) {
    (void)state;
    struct mdef m;
    make();
    assert_int_equal(load(&m, SIZE), ERR_OK);
    assert_int_equal(m.n_phones, 2);
    assert_int_equal(m.n_senones, 7);
    assert_string_equal(m.phones[0], "AA");
    assert_string_equal(m.phones[1], "SIL");
    assert_int_equal(m.of[1][2], 5);
    assert_int_equal(m.phone[4], 1);
    assert_int_equal(m.state[4], 1);
    assert_int_equal(m.phone[6], 0); /* of the triphone */
    assert_int_equal(m.state[6], 1);
    mdef_free(&m);
}

static void broken_ones_are_refused(void **state) {
    (void)state;
    /* where, and what: magic, version, length of the description, counts, a sequence beyond the last, their number */
    static const struct {
        int at;
        int32_t value;
    } wrong[] = {
        {0, 0},
        {4, 2},
        {8, -1},
        {8, 1 << 20},
        {HEAD, 0},
        {HEAD, 65},
        {HEAD, -1},
        {HEAD + 4, 1},
        {HEAD + 8, 5},
        {HEAD + 16, 1 << 20},
        {HEAD + 24, 1 << 30},
        {HEAD + 36, 2},
        {ENTRIES + 12, 3},
        {ENTRIES, -1},
        {SEQUENCES - 4, 8},
    };
    struct mdef m = {.n_phones = 17};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        make();
        put_int(wrong[i].at, wrong[i].value);
        assert_int_equal(load(&m, SIZE), ERR_MODEL);
    }
    make();
    for (size_t n = 0; n < SIZE; n++) assert_int_equal(load(&m, n), ERR_MODEL);
    bytes[SEQUENCES] = 7; /* no such senone */
    assert_int_equal(load(&m, SIZE), ERR_MODEL);
    make();
    bytes[ENTRIES + 2 * 12 + 9] = 2; /* the triphone of no such phone */
    assert_int_equal(load(&m, SIZE), ERR_MODEL);
    make();
    memset(bytes + NAMES, 'A', 8); /* a name without an end */
    assert_int_equal(load(&m, SIZE), ERR_MODEL);
    assert_int_equal(mdef_load(&m, files_path("none")), ERR_MODEL);
    assert_int_equal(m.n_phones, 17);
}

static void the_real_one_is_read(void **state) {
    (void)state;
    struct mdef m;
    if (access(REAL, R_OK) != 0) skip();
    assert_int_equal(mdef_load(&m, REAL), ERR_OK);
    assert_int_equal(m.n_phones, 42); /* 39, breath, noise, silence */
    assert_int_equal(m.n_senones, 5126);
    for (int p = 0; p < m.n_phones; p++) {
        for (int k = 0; k < MDEF_STATES; k++) {
            assert_int_equal(m.phone[m.of[p][k]], p);
            assert_int_equal(m.state[m.of[p][k]], k);
        }
    }
    mdef_free(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_small_one_is_read), cmocka_unit_test(broken_ones_are_refused),
                                       cmocka_unit_test(the_real_one_is_read)};
    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
