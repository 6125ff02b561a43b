/* The file driver in step with a listener that answers: alignment by the sample, the same result at any speed. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "audio/audio.h"

enum { BLOCK = AUDIO_BLOCK_FRAMES, INPUT = 10 * BLOCK + 100, TAIL_MS = 200, TAIL = AUDIO_RATE_HZ * TAIL_MS / 1000 };

static char folder[] = "/tmp/sk_file_XXXXXX";
static char in_path[64], out_path[64];

/* Stands for HEAR, CORE and SAY: answers every loud block with `answer_frames` of its own number. */
struct listener {
    struct audio *audio;
    pthread_t thread;
    atomic_bool busy, stopping;
    unsigned pause_us; /* how slow it is */
    int answer_frames, left_to_say;
    int16_t saying;
    size_t heard;
    int16_t first[INPUT + 100 * BLOCK];
};

static bool listener_idle(void *ctx) {
    return !atomic_load(&((struct listener *)ctx)->busy);
}

/* Writes what fits. */
static void answer(struct listener *l) {
    while (l->left_to_say > 0 && ring_space(audio_playback(l->audio)) > 0) {
        if (ring_write(audio_playback(l->audio), &l->saying, 1) != 1) abort();
        l->left_to_say--;
    }
}

static void *listener_run(void *ctx) {
    struct listener *l = ctx;
    int16_t block[BLOCK];
    while (!atomic_load(&l->stopping)) {
        if (ring_available(audio_capture(l->audio)) == 0) {
            atomic_store(&l->busy, false); /* an answer that waits for room in the ring is not work: only time helps */
            sched_yield();
            continue;
        }
        atomic_store(&l->busy, true);
        size_t n = ring_read(audio_capture(l->audio), block, BLOCK);
        memcpy(l->first + l->heard, block, n * sizeof *block);
        l->heard += n;
        if (l->pause_us) usleep(l->pause_us);
        if (block[0] > 1000) {
            l->saying = block[0];
            l->left_to_say = l->answer_frames;
        }
        answer(l);
    }
    return NULL;
}

static void wait_for_end(struct audio *a) {
    struct audio_status s;
    do {
        usleep(1000);
        audio_status(a, &s);
    } while (s.running);
    assert_false(s.lost);
}

/* Runs the whole input; returns the output, which the caller frees. */
static int16_t *converse(struct listener *l, const char *in, size_t *n_out) {
    const struct audio_config config = {.driver = "file",
                                        .capture = in,
                                        .playback = out_path,
                                        .playback_ring_ms = 100,
                                        .tail_ms = TAIL_MS,
                                        .idle = listener_idle,
                                        .ctx = l};
    assert_int_equal(audio_open(&l->audio, &config), ERR_OK);
    assert_int_equal(pthread_create(&l->thread, NULL, listener_run, l), 0);
    assert_int_equal(audio_start(l->audio), ERR_OK);
    wait_for_end(l->audio);
    atomic_store(&l->stopping, true);
    pthread_join(l->thread, NULL);
    struct audio_status s;
    audio_status(l->audio, &s);
    assert_int_equal(s.overruns, 0);
    assert_int_equal(s.underruns, 0);
    audio_close(l->audio);

    int16_t *out;
    assert_int_equal(audio_load(&out, n_out, out_path, 60000), ERR_OK);
    assert_int_equal(*n_out, s.captured_frames);
    return out;
}

static void write_input(int loud_block) {
    int16_t input[INPUT];
    for (int i = 0; i < INPUT; i++) input[i] = (int16_t)(i % 999);
    if (loud_block >= 0) input[loud_block * BLOCK] = 4321;
    assert_int_equal(audio_save(in_path, input, INPUT, AUDIO_RATE_HZ), ERR_OK);
}

static void the_answer_begins_one_block_after_the_question(void **state) {
    (void)state;
    write_input(3);
    for (unsigned pause_us = 0; pause_us <= 2000; pause_us += 1000) {
        struct listener l = {.answer_frames = 500, .pause_us = pause_us};
        size_t n;
        int16_t *out = converse(&l, in_path, &n);
        assert_int_equal(n, 11 * BLOCK + TAIL);
        for (size_t i = 0; i < n; i++) {
            bool speaks = i >= 4 * BLOCK && i < 4 * BLOCK + 500;
            assert_int_equal(out[i], speaks ? 4321 : 0);
        }
        free(out);
        for (int i = 0; i < INPUT; i++) assert_int_equal(l.first[i], i == 3 * BLOCK ? 4321 : i % 999);
        for (size_t i = INPUT; i < l.heard; i++) assert_int_equal(l.first[i], 0);
        assert_int_equal(l.heard, n);
    }
}

/* Longer than the ring and beyond the end of the input: waited for, and the tail comes after it. */
static void a_long_answer_is_played_to_its_end(void **state) {
    (void)state;
    write_input(9);
    struct listener l = {.answer_frames = 20 * BLOCK};
    size_t n;
    int16_t *out = converse(&l, in_path, &n);
    assert_int_equal(n, 30 * BLOCK + TAIL);
    for (size_t i = 0; i < n; i++) assert_int_equal(out[i], i >= 10 * BLOCK && i < 30 * BLOCK ? 4321 : 0);
    free(out);
}

static void without_input_there_is_only_the_tail(void **state) {
    (void)state;
    struct listener l = {0};
    size_t n;
    int16_t *out = converse(&l, NULL, &n);
    assert_int_equal(n, TAIL);
    free(out);
}

static void it_stops_in_the_middle_and_goes_on(void **state) {
    (void)state;
    write_input(-1);
    struct audio *a;
    const struct audio_config config = {.driver = "file", .capture = in_path, .tail_ms = TAIL_MS};
    assert_int_equal(audio_open(&a, &config), ERR_OK);
    int16_t block[BLOCK];
    for (int round = 0; round < 3; round++) { /* nobody empties the ring: one block a round */
        assert_int_equal(audio_start(a), ERR_OK);
        while (ring_available(audio_capture(a)) < BLOCK) sched_yield();
        audio_stop(a);
        assert_int_equal(ring_read(audio_capture(a), block, BLOCK), BLOCK);
        assert_int_equal(block[0], round * BLOCK % 999);
        assert_int_equal(ring_available(audio_capture(a)), 0);
    }
    audio_close(a);

    assert_int_equal(audio_open(&a, &config), ERR_OK);
    audio_close(a); /* never started */
    assert_int_equal(audio_open(&a, &config), ERR_OK);
    assert_int_equal(audio_start(a), ERR_OK);
    audio_close(a); /* never stopped */
}

static void bad_files_are_refused(void **state) {
    (void)state;
    struct audio *a = NULL;
    struct audio_config config = {.driver = "file", .capture = "/nowhere/in.wav"};
    assert_int_equal(audio_open(&a, &config), ERR_NOT_FOUND);
    assert_non_null(strstr(err_reason(), "/nowhere/in.wav"));
    config = (struct audio_config){.driver = "file", .playback = "/nowhere/out.wav"};
    assert_int_equal(audio_open(&a, &config), ERR_IO);
    config = (struct audio_config){.driver = "file", .capture = "/dev/null"};
    assert_int_equal(audio_open(&a, &config), ERR_FORMAT);
    assert_null(a);
}

static void a_full_disk_ends_the_run(void **state) {
    (void)state;
    if (access("/dev/full", W_OK)) skip();
    struct audio *a = NULL;
    const struct audio_config config = {.driver = "file", .playback = "/dev/full", .tail_ms = TAIL_MS};
    err_t err = audio_open(&a, &config);
    if (err) { /* the header did not get there either */
        assert_int_equal(err, ERR_IO);
        return;
    }
    assert_int_equal(audio_start(a), ERR_OK);
    wait_for_end(a);
    audio_close(a);
}

static int make_folder(void **state) {
    (void)state;
    if (!mkdtemp(folder)) return -1;
    snprintf(in_path, sizeof in_path, "%s/in.wav", folder);
    snprintf(out_path, sizeof out_path, "%s/out.wav", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    unlink(in_path);
    unlink(out_path);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answer_begins_one_block_after_the_question),
        cmocka_unit_test(a_long_answer_is_played_to_its_end),
        cmocka_unit_test(without_input_there_is_only_the_tail),
        cmocka_unit_test(it_stops_in_the_middle_and_goes_on),
        cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(a_full_disk_ends_the_run),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
