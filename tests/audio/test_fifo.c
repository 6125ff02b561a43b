/* The portaudio driver from end to end on a sound card made of files: sk_feed speaks into a FIFO that ALSA's file
 * plugin gives out as the microphone, and what is played lands in a file. The card is unplugged by ending sk_feed.
 * PortAudio's callback runs inside the trap of realtime_trap.h. */
#include <fcntl.h>
#include <portaudio.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "audio/audio.h"
#include "base/clock.h"
#include "realtime_trap.h"

enum { SECOND = AUDIO_RATE_HZ, HEARD_MAX = 30 * SECOND, PATIENCE_S = 30 };

static char folder[] = "/tmp/sk_fifo_XXXXXX";
static char fifo_path[64], out_path[64], wav_path[64];
static int16_t noise[SECOND];
static bool has_plugin;

/* --- the trap around the callback that the driver gives to PortAudio --- */

static PaStreamCallback *driver_callback;
static atomic_int callbacks;
static atomic_bool device_fails;

static int trapped_callback(const void *in, void *out, unsigned long n, const PaStreamCallbackTimeInfo *time,
                            PaStreamCallbackFlags flags, void *ctx) {
    realtime_enter();
    int result = driver_callback(in, out, n, time, flags, ctx);
    realtime_leave();
    atomic_fetch_add(&callbacks, 1);
    return atomic_load(&device_fails) ? paAbort : result;
}

PaError Pa_OpenStream(PaStream **stream, const PaStreamParameters *in, const PaStreamParameters *out, double rate_hz,
                      unsigned long n, PaStreamFlags flags, PaStreamCallback *callback, void *ctx) {
    driver_callback = callback;
    __typeof__(&Pa_OpenStream) real = (__typeof__(&Pa_OpenStream))dlsym(RTLD_NEXT, "Pa_OpenStream");
    return real(stream, in, out, rate_hz, n, flags, trapped_callback, ctx);
}

/* --- the card --- */

struct card {
    pid_t pid;
    FILE *commands, *answers;
};

static struct card plug_in(void) {
    int to[2], from[2];
    assert_int_equal(pipe2(to, O_CLOEXEC), 0);
    assert_int_equal(pipe2(from, O_CLOEXEC), 0);
    struct card c = {.pid = fork()};
    assert_true(c.pid >= 0);
    if (c.pid == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        execl(SK_FEED, SK_FEED, fifo_path, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    c.commands = fdopen(to[1], "w");
    c.answers = fdopen(from[0], "r");
    while (access(fifo_path, F_OK)) usleep(1000);
    return c;
}

static void unplug(struct card *c) {
    fclose(c->commands);
    int status;
    assert_int_equal(waitpid(c->pid, &status, 0), c->pid);
    assert_int_equal(status, 0);
    fclose(c->answers);
}

static void say(struct card *c, const char *path) {
    fprintf(c->commands, "PLAY %s\n", path);
    fflush(c->commands);
}

static void assert_answer(struct card *c, const char *beginning) {
    char line[512];
    assert_non_null(fgets(line, sizeof line, c->answers));
    assert_memory_equal(line, beginning, strlen(beginning));
}

static struct audio *card_open(const char *playback) {
    const struct audio_config config = {
        .driver = "portaudio", .playback = playback, .capture_rate_hz = SECOND, .playback_rate_hz = SECOND};
    struct audio *a;
    if (audio_open(&a, &config)) fail_msg("%s", err_reason());
    if (audio_start(a)) fail_msg("%s", err_reason());
    return a;
}

static struct audio_status status_of(const struct audio *a) {
    struct audio_status s;
    audio_status(a, &s);
    return s;
}

static int64_t deadline_ns(void) {
    return clock_monotonic_ns() + PATIENCE_S * (int64_t)1000000000;
}

static void assert_in_time(int64_t until_ns, const char *what) {
    if (clock_monotonic_ns() > until_ns) fail_msg("%s did not happen in %d s", what, PATIENCE_S);
    usleep(2000);
}

/* Where the whole of `part` begins in `all`; n if nowhere. */
static size_t find(const int16_t *all, size_t n, const int16_t *part, size_t n_part) {
    for (size_t i = 0; i + n_part <= n; i++)
        if (all[i] == part[0] && memcmp(all + i, part, n_part * sizeof *part) == 0) return i;
    return n;
}

static void assert_hears_noise(struct audio *a) {
    static int16_t heard[HEARD_MAX];
    size_t n = 0;
    int64_t until_ns = deadline_ns();
    while (find(heard, n, noise, SECOND) == n) {
        n += ring_read(audio_capture(a), heard + n, HEARD_MAX - n);
        assert_in_time(until_ns, "hearing all that was said");
    }
}

static int16_t *read_loudspeaker(size_t *n) {
    static int16_t played[HEARD_MAX];
    FILE *file = fopen(out_path, "rb");
    assert_non_null(file);
    *n = fread(played, sizeof *played, HEARD_MAX, file);
    fclose(file);
    return played;
}

static void wait_for_lost(struct audio *a) {
    for (int64_t until_ns = deadline_ns(); !status_of(a).lost;)
        assert_in_time(until_ns, "noticing that the card is gone");
    assert_false(status_of(a).running);
}

/* --- the tests --- */

static void what_is_said_is_heard_bit_by_bit(void **state) {
    (void)state;
    if (!has_plugin) skip();
    struct card c = plug_in();
    struct audio *a = card_open(NULL);
    say(&c, "/nowhere.wav");
    say(&c, wav_path);
    assert_hears_noise(a);
    assert_answer(&c, "FAIL /nowhere.wav: ");
    assert_answer(&c, "DONE /tmp/sk_fifo_");
    struct audio_status s = status_of(a);
    assert_true(s.running);
    assert_false(s.lost);
    assert_int_equal(s.overruns, 0);
    audio_close(a);
    unplug(&c);
}

static void what_is_played_lands_in_the_file(void **state) {
    (void)state;
    if (!has_plugin) skip();
    struct card c = plug_in();
    struct audio *a = card_open(NULL);
    assert_int_equal(ring_write(audio_playback(a), noise, SECOND), SECOND);
    for (int64_t until_ns = deadline_ns(); status_of(a).played_frames < SECOND;) assert_in_time(until_ns, "playing");
    assert_int_equal(status_of(a).underruns, 0);
    audio_close(a); /* what the card holds is written then */
    unplug(&c);

    size_t n;
    const int16_t *played = read_loudspeaker(&n);
    size_t at = find(played, n, noise, SECOND);
    assert_true(at < n);
    for (size_t i = 0; i < n; i++)
        if (i < at || i >= at + SECOND) assert_int_equal(played[i], 0);
}

static void silence_cuts_what_is_queued(void **state) {
    (void)state;
    if (!has_plugin) skip();
    struct card c = plug_in();
    struct audio *a = card_open(NULL);
    assert_int_equal(ring_write(audio_playback(a), noise, SECOND), SECOND);
    for (int64_t until_ns = deadline_ns(); status_of(a).played_frames == 0;) assert_in_time(until_ns, "playing");
    audio_silence(a);
    for (int64_t until_ns = deadline_ns(); ring_space(audio_playback(a)) < SECOND;) assert_in_time(until_ns, "silence");
    assert_int_equal(ring_write(audio_playback(a), noise, 100), 100);
    uint64_t before = status_of(a).captured_frames;
    for (int64_t until_ns = deadline_ns(); status_of(a).captured_frames < before + 3200;)
        assert_in_time(until_ns, "hearing");
    size_t frames = (size_t)status_of(a).played_frames;
    audio_close(a);
    unplug(&c);

    assert_true(frames < SECOND);
    size_t n;
    const int16_t *played = read_loudspeaker(&n);
    size_t at = find(played, n, noise, frames - 100);
    assert_true(at < n);
    size_t again = at + frames - 100 + find(played + at + frames - 100, n - at - frames + 100, noise, 100);
    assert_true(again < n);
    for (size_t i = at + frames - 100; i < again; i++) assert_int_equal(played[i], 0);
    for (size_t i = again + 100; i < n; i++) assert_int_equal(played[i], 0);
}

static void unplugged_and_plugged_in_again(void **state) {
    (void)state;
    if (!has_plugin) skip();
    struct card c = plug_in();
    struct audio *a = card_open(NULL);
    unplug(&c);
    wait_for_lost(a);
    audio_close(a);

    a = NULL;
    const struct audio_config config = {.driver = "portaudio", .capture_rate_hz = SECOND, .playback_rate_hz = SECOND};
    assert_int_equal(audio_open(&a, &config), ERR_NOT_FOUND);
    assert_non_null(strstr(err_reason(), "there is no microphone: plug one in"));
    assert_null(a);

    c = plug_in();
    a = card_open(NULL);
    say(&c, wav_path);
    assert_hears_noise(a);
    assert_false(status_of(a).lost);
    audio_close(a);
    unplug(&c);
}

static void a_card_that_falls_silent_is_lost(void **state) {
    (void)state;
    if (!has_plugin) skip();
    struct card c = plug_in();
    struct audio *a = card_open(NULL);
    kill(c.pid, SIGSTOP);
    wait_for_lost(a);
    kill(c.pid, SIGCONT);
    audio_close(a);
    unplug(&c);
}

static void a_stream_that_ends_by_itself_is_lost(void **state) {
    (void)state;
    if (!has_plugin) skip();
    struct card c = plug_in();
    struct audio *a = card_open(NULL);
    atomic_store(&device_fails, true);
    wait_for_lost(a);
    audio_stop(a);
    assert_false(status_of(a).lost);

    atomic_store(&device_fails, false);
    assert_int_equal(audio_start(a), ERR_OK);
    say(&c, wav_path);
    assert_hears_noise(a);
    assert_true(status_of(a).running);
    audio_close(a);
    unplug(&c);
}

static void a_microphone_alone_will_do(void **state) {
    (void)state;
    if (!has_plugin) skip();
    struct card c = plug_in();
    struct audio *a = card_open("none");
    say(&c, wav_path);
    assert_hears_noise(a);
    audio_close(a);
    unplug(&c);
}

static void assert_open_fails(const struct audio_config *config, err_t expected, const char *words) {
    struct audio *a = NULL;
    assert_int_equal(audio_open(&a, config), expected);
    assert_null(a);
    if (!strstr(err_reason(), words)) fail_msg("'%s' does not say '%s'", err_reason(), words);
}

static void wrong_wishes_are_refused(void **state) {
    (void)state;
    if (!has_plugin) skip();
    struct card c = plug_in();
    struct audio_config config = {.driver = "portaudio", .capture = "gramophone"};
    assert_open_fails(&config, ERR_NOT_FOUND, "no microphone called 'gramophone': name one of sk_microphone");
    config = (struct audio_config){.driver = "portaudio", .playback = "gramophone"};
    assert_open_fails(&config, ERR_NOT_FOUND, "no loudspeaker called 'gramophone': name one of");
    config = (struct audio_config){.driver = "portaudio", .capture_rate_hz = 1};
    assert_open_fails(&config, ERR_ARG, "1 Hz is not a rate");
    config = (struct audio_config){.driver = "portaudio", .capture = "none", .playback = "none"};
    assert_open_fails(&config, ERR_ARG, "neither microphone nor loudspeaker");
    unplug(&c);
}

static void the_callback_committed_no_sin(void **state) {
    (void)state;
    if (!has_plugin || !realtime_trapped) skip();
    assert_true(atomic_load(&callbacks) > 0);
    assert_int_equal(realtime_sins(), 0);
}

static void note_microphone(void *ctx, const char *name, int inputs, int outputs, double rate_hz) {
    (void)name, (void)outputs, (void)rate_hz;
    if (inputs > 0) *(bool *)ctx = true;
}

static int prepare(void **state) {
    (void)state;
    if (!mkdtemp(folder)) return -1;
    snprintf(fifo_path, sizeof fifo_path, "%s/in", folder);
    snprintf(out_path, sizeof out_path, "%s/out.raw", folder);
    snprintf(wav_path, sizeof wav_path, "%s/noise.wav", folder);
    setenv("ALSA_CONFIG_PATH", SK_ASOUND_CONF, 1);
    setenv("WAVIN", fifo_path, 1);
    setenv("WAVOUT", out_path, 1);
    signal(SIGPIPE, SIG_IGN);

    uint32_t x = 1;
    for (size_t i = 0; i < SECOND; i++) {
        x = x * 1664525U + 1013904223U;
        noise[i] = (int16_t)(x >> 16 | 1); /* never silence */
    }
    if (audio_save(wav_path, noise, SECOND, AUDIO_RATE_HZ)) return -1;

    struct card c = plug_in();
    err_t err = audio_devices(note_microphone, &has_plugin);
    unplug(&c);
    if (!has_plugin) print_message("skipped: this ALSA has no file plugin\n");
    return err ? -1 : 0;
}

static int clean_up(void **state) {
    (void)state;
    unlink(out_path);
    unlink(wav_path);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_is_heard_bit_by_bit), cmocka_unit_test(what_is_played_lands_in_the_file),
        cmocka_unit_test(silence_cuts_what_is_queued),      cmocka_unit_test(unplugged_and_plugged_in_again),
        cmocka_unit_test(a_card_that_falls_silent_is_lost), cmocka_unit_test(a_stream_that_ends_by_itself_is_lost),
        cmocka_unit_test(a_microphone_alone_will_do),       cmocka_unit_test(wrong_wishes_are_refused),
        cmocka_unit_test(the_callback_committed_no_sin),
    };
    return cmocka_run_group_tests(tests, prepare, clean_up);
}
