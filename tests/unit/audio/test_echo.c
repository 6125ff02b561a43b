/* The whole way of the microphone, the delay and the clocks, on noise through made-up rooms. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "audio/delay.h"
#include "audio/echo.h"
#include "audio/room.h"
#include "noise.h"

enum { BLOCK = AUDIO_BLOCK_FRAMES, RATE = AUDIO_RATE_HZ };

/* Half as loud after `delay`, a weaker reflection 10 ms later. */
static int16_t heard_at(const int16_t *far, size_t i, size_t delay) {
    double v = i >= delay ? 0.5 * far[i - delay] : 0;
    if (i >= delay + 160) v += 0.2 * far[i - delay - 160];
    return (int16_t)v;
}

static double energy(const int16_t *v, size_t n) {
    double sum = 1;
    for (size_t i = 0; i < n; i++) sum += (double)v[i] * v[i];
    return sum;
}

static double lower_db(const int16_t *before, const int16_t *after, size_t n) {
    return 10 * log10(energy(before, n) / energy(after, n));
}

/* All of it through a canceller; *out is as long and has two blocks of room. */
static struct echo_status through(const int16_t *near, const int16_t *far, size_t n, int16_t *out, size_t *given) {
    struct echo *e;
    struct echo_out part;
    struct echo_status status;
    assert_int_equal(echo_create(&e), ERR_OK);
    *given = 0;
    for (size_t at = 0; at + BLOCK <= n; at += BLOCK) {
        echo_block(e, near + at, far + at, &part);
        memcpy(out + *given, part.heard, part.n * sizeof *out);
        *given += part.n;
    }
    echo_status(e, &status);
    echo_destroy(e);
    return status;
}

static void an_echo_is_cancelled_at_any_delay(void **state) {
    (void)state;
    enum { N = 8 * RATE };
    static int16_t near[N], out[N + 2 * BLOCK];
    int16_t *far = noise_make(N);
    const size_t delays_ms[] = {0, 20, 100, 300};
    for (size_t d = 0; d < sizeof delays_ms / sizeof *delays_ms; d++) {
        size_t given, delay = delays_ms[d] * RATE / 1000;
        for (size_t i = 0; i < N; i++) near[i] = heard_at(far, i, delay);
        struct echo_status s = through(near, far, N, out, &given);
        assert_true(labs((long)s.delay_frames - (long)delay) <= 1);
        assert_true(lower_db(near + N / 2, out + N / 2, N / 2 - BLOCK) > 25);
        assert_int_equal(s.clipped_frames, 0);
    }
    free(far);
}

/* Somebody speaks: what is left of that is as loud as it was. */
static void what_is_said_meanwhile_stays(void **state) {
    (void)state;
    enum { N = 8 * RATE };
    static int16_t near[N], alone[N], out[N + 2 * BLOCK];
    int16_t *far = noise_make(N);
    size_t given;
    for (size_t i = 0; i < N; i++) {
        alone[i] = i > N * 3 / 4 ? (int16_t)(3000 * sin(2 * M_PI * 700 * (double)i / RATE)) : 0;
        near[i] = (int16_t)(heard_at(far, i, 800) + alone[i]);
    }
    through(near, far, N, out, &given);
    double lost = lower_db(alone + N * 3 / 4, out + N * 3 / 4, N / 4 - BLOCK);
    assert_true(lost > -3 && lost < 6);
    free(far);
}

static void where_nothing_plays_not_a_bit_changes(void **state) {
    (void)state;
    enum { N = RATE };
    static int16_t far[N], out[N + 2 * BLOCK];
    int16_t *near = noise_make(N);
    size_t given;
    through(near, far, N, out, &given);
    assert_int_equal(given, N);
    assert_memory_equal(out, near, N * sizeof *near);
    free(near);
}

/* Before a reply, and when the room has fallen silent after it; as many samples come out as went in. */
static void around_a_reply_every_sample_has_its_place(void **state) {
    (void)state;
    enum { N = 6 * RATE, BEGIN = RATE, END = 2 * RATE };
    static int16_t far[N], out[N + 2 * BLOCK];
    int16_t *near = noise_make(N);
    size_t given;
    for (size_t i = BEGIN; i < END; i++) far[i] = noise();
    through(near, far, N, out, &given);
    assert_int_equal(given, N);
    assert_memory_equal(out, near, (BEGIN - BLOCK) * sizeof *near);
    assert_memory_equal(out + END + RATE, near + END + RATE, (N - END - RATE) * sizeof *near);
    free(near);
}

static void a_clipping_microphone_is_told(void **state) {
    (void)state;
    enum { N = 2 * RATE };
    static int16_t near[N], out[N + 2 * BLOCK];
    int16_t *far = noise_make(N);
    size_t given;
    for (size_t i = 0; i < N; i++) near[i] = far[i] > 4000 ? INT16_MAX : far[i];
    struct echo_status s = through(near, far, N, out, &given);
    assert_true(s.clipped_frames > N / 10);
    assert_int_equal(s.peak, INT16_MAX);
    free(far);
}

/* What a microphone hears of a far end whose clock is so much faster: stretched, by linear interpolation of slow noise.
 */
static void clocks_run_apart(int16_t *near, int16_t *far, size_t n, double ppm) {
    for (size_t i = 1; i < n + RATE; i++) far[i] = (int16_t)((far[i] + 3 * far[i - 1]) / 4);
    for (size_t i = 0; i < n; i++) {
        double at = ((double)i - 1000) * (1 + ppm * 1e-6);
        size_t whole = at > 0 ? (size_t)at : 0;
        double part = at - (double)whole;
        near[i] = at > 0 ? (int16_t)(0.5 * (far[whole] * (1 - part) + far[whole + 1] * part)) : 0;
    }
}

static void drift_is_measured(double ppm) {
    enum { N = 30 * RATE };
    struct delay *d;
    int16_t *far = noise_make(N + RATE), *near = malloc(N * sizeof *near);
    assert_non_null(near);
    clocks_run_apart(near, far, N, ppm);
    assert_int_equal(delay_create(&d), ERR_OK);
    for (size_t at = 0; at + BLOCK <= N; at += BLOCK) delay_feed(d, far + at, near + at, BLOCK);
    double told = 0;
    assert_true(delay_drift(d, &told));
    assert_true(fabs(told - ppm) < 20);
    delay_destroy(d);
    free(far);
    free(near);
}

static void clocks_apart_are_measured(void **state) {
    (void)state;
    drift_is_measured(0);
    drift_is_measured(100);
    drift_is_measured(-100);
}

/* Once it is known by how much, the echo is cancelled as if there were one clock. */
static void clocks_apart_are_made_up_for(void **state) {
    (void)state;
    enum { N = 15 * RATE, LOOK = 3 * RATE };
    static int16_t near[N], out[N + 2 * BLOCK];
    const double ppm[] = {100, -100};
    for (size_t k = 0; k < sizeof ppm / sizeof *ppm; k++) {
        size_t given;
        int16_t *far = noise_make(N + RATE);
        clocks_run_apart(near, far, N, ppm[k]);
        through(near, far, N, out, &given);
        assert_true(lower_db(near + N - LOOK, out + N - LOOK, LOOK - BLOCK) > 20);
        free(far);
    }
}

static void without_an_echo_no_delay_is_told(void **state) {
    (void)state;
    enum { N = 4 * RATE };
    struct delay *d;
    int16_t *both = noise_make(2 * N);
    double ppm;
    assert_int_equal(delay_create(&d), ERR_OK);
    for (size_t at = 0; at + BLOCK <= N; at += BLOCK) delay_feed(d, both + at, both + N + at, BLOCK);
    assert_int_equal(delay_frames(d), -1);
    assert_false(delay_drift(d, &ppm));
    delay_destroy(d);
    free(both);
}

/* Against the sum written out. */
static void a_room_is_a_convolution(void **state) {
    (void)state;
    enum { N = 3 * BLOCK, RESPONSE = 700 };
    char path[] = "/tmp/sk_room_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    int16_t *played = noise_make(N + RESPONSE), *response = played + N;
    struct room *room;
    float heard[N];
    assert_int_equal(audio_save(path, response, RESPONSE, RATE), ERR_OK);
    assert_int_equal(room_load(&room, path, -6), ERR_OK);
    for (size_t at = 0; at < N; at += BLOCK) room_block(room, played + at, heard + at);
    double scale = pow(10, -6 / 20.0) / sqrt(energy(response, RESPONSE) - 1);
    for (int i = 0; i < N; i++) {
        double sum = 0;
        for (int k = 0; k < RESPONSE && k <= i; k++) sum += scale * response[k] * played[i - k];
        assert_true(fabs(sum - (double)heard[i]) < 1);
    }
    room_free(room);
    memset(response, 0, RESPONSE * sizeof *response);
    assert_int_equal(audio_save(path, response, RESPONSE, RATE), ERR_OK);
    assert_int_equal(room_load(&room, path, 0), ERR_FORMAT);
    assert_int_equal(room_load(&room, "/nowhere/room.wav", 0), ERR_NOT_FOUND);
    unlink(path);
    free(played);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_echo_is_cancelled_at_any_delay),
        cmocka_unit_test(what_is_said_meanwhile_stays),
        cmocka_unit_test(where_nothing_plays_not_a_bit_changes),
        cmocka_unit_test(around_a_reply_every_sample_has_its_place),
        cmocka_unit_test(a_clipping_microphone_is_told),
        cmocka_unit_test(clocks_apart_are_measured),
        cmocka_unit_test(clocks_apart_are_made_up_for),
        cmocka_unit_test(without_an_echo_no_delay_is_told),
        cmocka_unit_test(a_room_is_a_convolution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
