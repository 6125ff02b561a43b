/* The canceller's filter, on noise: rooms that stay, change, echo for long, clocks that differ, somebody who speaks. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audio/canceller.h"
#include "noise.h"

enum { BLOCK = AUDIO_BLOCK_FRAMES, RATE = AUDIO_RATE_HZ };

/* A path of half the loudness, a weaker reflection 10 ms later. */
static double heard_at(const int16_t *far, size_t i, size_t delay) {
    double v = i >= delay ? 0.5 * far[i - delay] : 0;
    if (i >= delay + 160) v += 0.2 * far[i - delay - 160];
    return v;
}

/* Energies of samples [from, from + n) of a run through the canceller. */
struct part {
    size_t from, n;
    double before, after;
};

static double lower_db(const struct part *p) {
    return 10 * log10((p->before + 1) / (p->after + 1));
}

/* n samples through `c`; `beside` is what somebody says, part of near but not of the echo, NULL for nobody. */
static void through(struct canceller *c, const int16_t *near, const int16_t *far, const int16_t *beside, size_t n,
                    struct part *parts, size_t n_parts) {
    for (size_t at = 0; at + BLOCK <= n; at += BLOCK) {
        float rest[BLOCK], doubt[CANCELLER_BINS];
        canceller_block(c, near + at, far + at, rest, doubt);
        for (size_t k = 0; k < CANCELLER_BINS; k++) assert_true(isfinite(doubt[k]) && doubt[k] >= 0);
        for (struct part *p = parts; p < parts + n_parts; p++) {
            if (at < p->from || at >= p->from + p->n) continue;
            for (size_t i = 0; i < BLOCK; i++) {
                double said = beside ? beside[at + i] : 0, before = near[at + i] - said, after = (double)rest[i] - said;
                p->before += before * before;
                p->after += after * after;
            }
        }
    }
}

/* The other one has its first path eight parts later, where the filter was sure that nothing is: it begins anew. */
static void another_room_is_learned_anew(void **state) {
    (void)state;
    enum { N = 9 * RATE, OTHER = 6 * RATE, LOOK = RATE / 2 };
    struct canceller *c;
    int16_t *far = noise_make(N), *near = noise_make(N);
    struct part last = {.from = N - LOOK, .n = LOOK};
    for (size_t i = 0; i < N; i++) near[i] = (int16_t)heard_at(far, i, i < OTHER ? 500 : 3000);
    assert_int_equal(canceller_create(&c), ERR_OK);
    through(c, near, far, NULL, N, &last, 1);
    assert_true(lower_db(&last) > 20);
    canceller_destroy(c);
    free(far);
    free(near);
}

/* A room, the same one to which the filter is moved without learning anew, another one. */
static void it_follows_its_room(void **state) {
    (void)state;
    enum { N = 12 * RATE, LAG = 4, MOVED = 4 * RATE, OTHER = MOVED + RATE / 2, LOOK = RATE / 2 };
    struct canceller *c;
    int16_t *far = noise_make(N), *near = noise_make(N);
    struct part first = {.from = MOVED - LOOK, .n = LOOK}, moved = {.n = LOOK},
                last = {.from = N - MOVED - LOOK, .n = LOOK};
    struct part later[] = {moved, last};
    for (size_t i = 0; i < N; i++) near[i] = (int16_t)heard_at(far, i, LAG * BLOCK + (i < OTHER ? 500 : 2000));
    assert_int_equal(canceller_create(&c), ERR_OK);
    through(c, near, far, NULL, MOVED, &first, 1);
    canceller_lag(c, LAG);
    through(c, near + MOVED, far + MOVED, NULL, N - MOVED, later, 2);
    assert_true(lower_db(&first) > 30);
    assert_true(lower_db(&later[0]) > 30);
    assert_true(lower_db(&later[1]) > 30);
    canceller_destroy(c);
    free(far);
    free(near);
}

/* Reflections for half a second, falling by 60 dB in 0.6 s: a filter of 200 ms leaves a hundredth of them. */
static void it_knows_a_room_of_long_echoes(void **state) {
    (void)state;
    enum { N = 10 * RATE, LOOK = RATE, EVERY = 61, LONGEST = RATE / 2 };
    struct canceller *c;
    int16_t *far = noise_make(N), *near = noise_make(N);
    struct part last = {.from = N - LOOK, .n = LOOK};
    double response[LONGEST / EVERY];
    for (size_t k = 0; k < LONGEST / EVERY; k++)
        response[k] = noise() / 32768.0 * pow(10, -3.0 * EVERY * (double)k / (0.6 * RATE));
    for (size_t i = 0; i < N; i++) {
        double sum = 0;
        for (size_t k = 0; k < LONGEST / EVERY && k * EVERY <= i; k++) sum += response[k] * far[i - k * EVERY];
        near[i] = (int16_t)lrint(sum);
    }
    assert_int_equal(canceller_create(&c), ERR_OK);
    through(c, near, far, NULL, N, &last, 1);
    assert_true(lower_db(&last) > 25);
    canceller_destroy(c);
    free(far);
    free(near);
}

/* Somebody is as loud as the echo for two seconds: it stays low beside them, and nothing is unlearned. */
static void who_speaks_unlearns_nothing(void **state) {
    (void)state;
    enum { N = 8 * RATE, BEGIN = 4 * RATE, END = 6 * RATE, LOOK = RATE / 2 };
    struct canceller *c;
    int16_t *far = noise_make(2 * N), *near = noise_make(N), *beside = far + N;
    struct part before = {.from = BEGIN - LOOK, .n = LOOK}, during = {.from = BEGIN, .n = END - BEGIN},
                after = {.from = END, .n = LOOK};
    struct part parts[] = {before, during, after};
    for (size_t i = 0; i < N; i++) {
        bool speaks = i >= BEGIN && i < END;
        beside[i] = (int16_t)(speaks ? beside[i] / 2 : 0);
        near[i] = (int16_t)(heard_at(far, i, 500) + beside[i]);
    }
    assert_int_equal(canceller_create(&c), ERR_OK);
    through(c, near, far, beside, N, parts, 3);
    assert_true(lower_db(&parts[0]) > 30);
    assert_true(lower_db(&parts[1]) > 12);
    assert_true(lower_db(&parts[2]) > 15);
    canceller_destroy(c);
    free(far);
    free(near);
}

/* The loudspeaker's clock is 20 ppm faster, a sample in three seconds: it goes on following. */
static void clocks_apart_are_followed(void **state) {
    (void)state;
    enum { N = 15 * RATE, SLIP = 3 * RATE, LOOK = 3 * RATE };
    struct canceller *c;
    int16_t *far = noise_make(N), *near = noise_make(N);
    struct part last = {.from = N - LOOK, .n = LOOK};
    for (size_t i = 0; i < N; i++) near[i] = (int16_t)heard_at(far, i, 2000 - i / SLIP);
    assert_int_equal(canceller_create(&c), ERR_OK);
    through(c, near, far, NULL, N, &last, 1);
    assert_true(lower_db(&last) > 6);
    canceller_destroy(c);
    free(far);
    free(near);
}

/* Silence, then the end of the scale, then two sounds that have nothing to do with each other. */
static void it_stays_sane(void **state) {
    (void)state;
    enum { N = 12 * RATE };
    struct canceller *c;
    int16_t *far = noise_make(2 * N), *near = far + N;
    struct part last = {.from = N - RATE, .n = RATE};
    for (size_t i = 0; i < N; i++) {
        if (i / (3 * RATE) == 0) near[i] = 0;
        if (i / (3 * RATE) == 1) near[i] = far[i] = i % 100 < 50 ? INT16_MAX : INT16_MIN;
    }
    assert_int_equal(canceller_create(&c), ERR_OK);
    through(c, near, far, NULL, N, &last, 1);
    assert_true(isfinite(last.after));
    assert_true(lower_db(&last) > -3);
    canceller_destroy(c);
    free(far);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_follows_its_room),
        cmocka_unit_test(another_room_is_learned_anew),
        cmocka_unit_test(it_knows_a_room_of_long_echoes),
        cmocka_unit_test(who_speaks_unlearns_nothing),
        cmocka_unit_test(clocks_apart_are_followed),
        cmocka_unit_test(it_stays_sane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
