/* audio_load() and audio_save(): what comes in bit by bit, what is converted, and every kind of bad file. */
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <sndfile.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "audio/audio.h"

enum { SECOND = AUDIO_RATE_HZ, HEADER_BYTES = 44, MAX_MS = 60000 };

static char folder[] = "/tmp/sk_sound_XXXXXX";

static const char *in_folder(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void fill_noise(int16_t *samples, size_t n) {
    uint32_t x = 1;
    for (size_t i = 0; i < n; i++) {
        x = x * 1664525U + 1013904223U;
        samples[i] = (int16_t)(x >> 16);
    }
}

static void assert_refused(const char *path, err_t expected, const char *words) {
    int16_t *samples = NULL;
    size_t n = 77;
    assert_int_equal(audio_load(&samples, &n, path, MAX_MS), expected);
    assert_null(samples);
    assert_int_equal(n, 77);
    assert_non_null(strstr(err_reason(), path));
    if (!strstr(err_reason(), words)) fail_msg("'%s' does not say '%s'", err_reason(), words);
}

/* A sine of 440 Hz at half of full scale, in any format. */
static const char *write_sine(const char *name, int format, int rate_hz, int channels, int frames) {
    const char *path = in_folder(name);
    SF_INFO info = {.samplerate = rate_hz, .channels = channels, .format = format};
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    assert_non_null(file);
    for (int i = 0; i < frames; i++) {
        float frame[8] = {0};
        for (int c = 0; c < channels; c++) frame[c] = 0.5F * (float)sin(2 * M_PI * 440 * i / rate_hz);
        assert_int_equal(sf_writef_float(file, frame, 1), 1);
    }
    sf_close(file);
    return path;
}

static void assert_is_sine(const char *path, size_t frames, int tolerance) {
    int16_t *samples;
    size_t n;
    assert_int_equal(audio_load(&samples, &n, path, MAX_MS), ERR_OK);
    assert_int_equal(n, frames);
    for (size_t i = 200; i + 200 < n; i++) {
        double expected = 16384 * sin(2 * M_PI * 440 * (double)i / AUDIO_RATE_HZ);
        if (fabs(samples[i] - expected) > tolerance)
            fail_msg("%s: sample %zu is %d, not %.0f", path, i, samples[i], expected);
    }
    free(samples);
}

static void saved_comes_back_bit_by_bit(void **state) {
    (void)state;
    int16_t out[SECOND], *in;
    size_t n;
    fill_noise(out, SECOND);
    out[0] = INT16_MIN;
    out[1] = INT16_MAX;
    assert_int_equal(audio_save(in_folder("noise.wav"), out, SECOND, AUDIO_RATE_HZ), ERR_OK);
    assert_int_equal(audio_load(&in, &n, in_folder("noise.wav"), 1000), ERR_OK);
    assert_int_equal(n, SECOND);
    assert_memory_equal(in, out, sizeof out);
    free(in);
}

static void any_rate_and_stereo_become_16_khz_mono(void **state) {
    (void)state;
    assert_is_sine(write_sine("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 2, 16000), 16000, 2);
    assert_is_sine(write_sine("b.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 2, 44100), 16000, 40);
    assert_is_sine(write_sine("c.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 48000, 1, 48000), 16000, 40);
    assert_is_sine(write_sine("d.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, 1, 8000), 16000, 40);
    assert_is_sine(write_sine("e.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 22050, 1, 11025), 8000, 300);
    assert_is_sine(write_sine("f.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 96000, 2, 48000), 8000, 40);
}

static void float_beyond_full_scale_is_clipped(void **state) {
    (void)state;
    const float in[] = {2.0F, -2.0F, NAN, INFINITY, -INFINITY, 0.5F};
    const int16_t expected[] = {INT16_MAX, INT16_MIN, 0, INT16_MAX, INT16_MIN, 16384};
    SF_INFO info = {.samplerate = 16000, .channels = 1, .format = SF_FORMAT_WAV | SF_FORMAT_FLOAT};
    SNDFILE *file = sf_open(in_folder("float.wav"), SFM_WRITE, &info);
    sf_writef_float(file, in, 6);
    sf_close(file);

    int16_t *samples;
    size_t n;
    assert_int_equal(audio_load(&samples, &n, in_folder("float.wav"), MAX_MS), ERR_OK);
    assert_int_equal(n, 6);
    assert_memory_equal(samples, expected, sizeof expected);
    free(samples);
}

static void what_is_no_sound_file_is_refused(void **state) {
    (void)state;
    assert_refused(in_folder("missing.wav"), ERR_NOT_FOUND, "No such file");
    assert_refused(folder, ERR_FORMAT, "is not a file");
    assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
    assert_refused(in_folder("fifo"), ERR_FORMAT, "is not a file");

    int fd = open(in_folder("empty.wav"), O_CREAT | O_WRONLY, 0600);
    assert_refused(in_folder("empty.wav"), ERR_FORMAT, "is empty");
    assert_int_equal(write(fd, "hello", 5), 5);
    assert_refused(in_folder("empty.wav"), ERR_FORMAT, "neither WAV nor FLAC");
    close(fd);
    write_sine("six.wav", SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, 16000, 6, 100);
    assert_refused(in_folder("six.wav"), ERR_FORMAT, "6 channels");
    write_sine("other.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 16000, 1, 100);
    assert_refused(in_folder("other.aiff"), ERR_FORMAT, "neither WAV nor FLAC");
    write_sine("fast.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 500000, 1, 100);
    assert_refused(in_folder("fast.wav"), ERR_RANGE, "500000");
    write_sine("none.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 1, 0);
    assert_refused(in_folder("none.wav"), ERR_FORMAT, "holds no sound");
}

/* A second of noise whose data chunk says `claimed` bytes, of which `kept` are there, and then `extra`. */
static const char *write_liar(uint32_t claimed, size_t kept, const void *extra, size_t n_extra) {
    const char *path = in_folder("liar.wav");
    int16_t samples[SECOND];
    fill_noise(samples, SECOND);
    assert_int_equal(audio_save(path, samples, SECOND, AUDIO_RATE_HZ), ERR_OK);
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, &claimed, sizeof claimed, HEADER_BYTES - 4), sizeof claimed);
    assert_int_equal(ftruncate(fd, (off_t)(HEADER_BYTES + kept)), 0);
    assert_int_equal(pwrite(fd, extra, n_extra, (off_t)(HEADER_BYTES + kept)), n_extra);
    close(fd);
    return path;
}

static void a_wav_that_lies_about_its_length_is_refused(void **state) {
    (void)state;
    const size_t all = SECOND * sizeof(int16_t);
    assert_refused(write_liar((uint32_t)all, all - 2, "", 0), ERR_FORMAT,
                   "promises 32000 bytes of samples, there are 31998");
    assert_refused(write_liar((uint32_t)all, 0, "", 0), ERR_FORMAT, "there are 0");
    assert_refused(write_liar(0xffffffffU, all, "", 0), ERR_FORMAT, "written as a stream");
    assert_refused(write_liar(0x7ffff000U, all, "", 0), ERR_FORMAT, "written as a stream");
    assert_refused(write_liar(0, all, "", 0), ERR_FORMAT, "wrong length");
    assert_refused(write_liar(1000, all, "", 0), ERR_FORMAT, "wrong length");
    assert_refused(write_liar(0, 0, "", 0), ERR_FORMAT, "holds no sound");

    const char list[] = "LIST\4\0\0\0INFO";
    int16_t *samples;
    size_t n;
    assert_int_equal(audio_load(&samples, &n, write_liar(1000, 1000, list, 12), MAX_MS), ERR_OK);
    assert_int_equal(n, 500);
    free(samples);
}

static void a_cut_header_is_refused(void **state) {
    (void)state;
    for (off_t size = 1; size < HEADER_BYTES; size++) {
        const char *path = write_liar(100, 100, "", 0);
        assert_int_equal(truncate(path, size), 0);
        assert_refused(path, ERR_FORMAT, "");
    }
}

static void a_cut_flac_is_refused(void **state) {
    (void)state;
    const char *path = write_sine("cut.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 16000, 1, 32000);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(truncate(path, st.st_size / 2), 0);
    assert_refused(path, ERR_FORMAT, "damaged or cut off");
}

/* Whatever a byte is changed to, it loads or says why not. */
static void damaged_headers_do_no_harm(void **state) {
    (void)state;
    for (int at = 0; at < HEADER_BYTES; at++) {
        for (int value = 0; value < 256; value += 51) {
            const char *path = write_liar(200, 200, "", 0);
            const unsigned char byte = (unsigned char)value;
            int fd = open(path, O_WRONLY);
            assert_int_equal(pwrite(fd, &byte, 1, at), 1);
            close(fd);
            int16_t *samples = NULL;
            size_t n;
            err_t err = audio_load(&samples, &n, path, MAX_MS);
            if (err)
                assert_true(strlen(err_reason()) > 0);
            else
                free(samples);
        }
    }
}

static void too_long_is_refused(void **state) {
    (void)state;
    int16_t *samples = NULL;
    size_t n;
    const char *path = write_sine("long.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1, 44101);
    assert_int_equal(audio_load(&samples, &n, path, 1000), ERR_RANGE);
    assert_non_null(strstr(err_reason(), "longer than 1000 ms"));
    assert_int_equal(audio_load(&samples, &n, path, 1001), ERR_OK);
    free(samples);
    assert_int_equal(audio_load(&samples, &n, path, 0), ERR_ARG);
}

static void what_cannot_be_written_says_so(void **state) {
    (void)state;
    const int16_t samples[SECOND] = {0};
    assert_int_equal(audio_save("/nowhere/at/all.wav", samples, SECOND, AUDIO_RATE_HZ), ERR_IO);
    assert_non_null(strstr(err_reason(), "cannot write /nowhere/at/all.wav"));
    assert_int_equal(audio_save(in_folder("x.wav"), samples, SECOND, 0), ERR_ARG);
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(saved_comes_back_bit_by_bit),
        cmocka_unit_test(any_rate_and_stereo_become_16_khz_mono),
        cmocka_unit_test(float_beyond_full_scale_is_clipped),
        cmocka_unit_test(what_is_no_sound_file_is_refused),
        cmocka_unit_test(a_wav_that_lies_about_its_length_is_refused),
        cmocka_unit_test(a_cut_header_is_refused),
        cmocka_unit_test(a_cut_flac_is_refused),
        cmocka_unit_test(damaged_headers_do_no_harm),
        cmocka_unit_test(too_long_is_refused),
        cmocka_unit_test(what_cannot_be_written_says_so),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
