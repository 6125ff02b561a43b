/* What the suppressor leaves of a sound, by the doubt in it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "audio/suppressor.h"
#include "noise.h"

enum { BLOCK = AUDIO_BLOCK_FRAMES, BLOCKS = 100 };

/* How loud each block comes out, in dB, one block later; *worst is the largest difference from what went in. */
static void through(const int16_t *in, const float *doubt, double *db, int *worst) {
    struct suppressor *s;
    *worst = 0;
    assert_int_equal(suppressor_create(&s), ERR_OK);
    suppressor_begin(s, in); /* the first block came out as it was */
    for (size_t b = 1; b < BLOCKS; b++) {
        float rest[BLOCK];
        int16_t out[BLOCK];
        double before = 1, after = 1;
        for (size_t i = 0; i < BLOCK; i++) rest[i] = in[b * BLOCK + i];
        suppressor_block(s, rest, doubt, out);
        for (size_t i = 0; i < BLOCK; i++) {
            int16_t was = in[(b - 1) * BLOCK + i];
            if (b > 1 && abs(out[i] - was) > *worst) *worst = abs(out[i] - was);
            before += (double)was * was;
            after += (double)out[i] * out[i];
        }
        db[b] = 10 * log10(after / before);
    }
    suppressor_destroy(s);
}

static void without_doubt_nothing_changes(void **state) {
    (void)state;
    float doubt[CANCELLER_BINS] = {0};
    double db[BLOCKS];
    int worst;
    int16_t *in = noise_make(BLOCKS * BLOCK);
    through(in, doubt, db, &worst);
    assert_true(worst <= 1);
    free(in);
}

/* As much echo as there is: 6 dB lower, and no lower; and only where it is. */
static void where_all_may_be_echo_it_is_lower(void **state) {
    (void)state;
    enum { WHICH = 28 }; /* 28 * 25 Hz */
    float doubt[CANCELLER_BINS];
    double db[BLOCKS];
    int worst;
    int16_t *in = noise_make(BLOCKS * BLOCK);
    for (size_t k = 0; k < CANCELLER_BINS; k++) doubt[k] = 1e12f;
    through(in, doubt, db, &worst);
    for (size_t b = 2; b < BLOCKS; b++) assert_true(db[b] < -5.5 && db[b] > -6.5);

    for (size_t i = 0; i < BLOCKS * BLOCK; i++)
        in[i] = (int16_t)(8000 * sin(2 * M_PI * WHICH * (double)i / (2 * BLOCK)));
    for (size_t k = WHICH - 3; k <= WHICH + 3; k++) doubt[k] = 0;
    through(in, doubt, db, &worst);
    for (size_t b = 3; b < BLOCKS; b++) assert_true(fabs(db[b]) < 0.5);
    free(in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_doubt_nothing_changes),
        cmocka_unit_test(where_all_may_be_echo_it_is_lower),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
