#include "audio/sound_file.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/audio.h"
#include "audio/resample.h"
#include "audio/wav_check.h"

enum { BLOCK_FRAMES = 4096, CHANNELS_MAX = 2, LOAD_MAX_MS = 6 * 60 * 60 * 1000 };

/* --- reading --- */

/* Samples at 16 kHz as they come out of the resampler. */
struct sound {
    int16_t *samples;
    size_t n, capacity, max;
};

static err_t sound_reserve(struct sound *s, size_t more) {
    if (s->n + more <= s->capacity) return ERR_OK;
    size_t capacity = s->capacity ? s->capacity : BLOCK_FRAMES;
    while (capacity < s->n + more) capacity *= 2;
    int16_t *samples = realloc(s->samples, capacity * sizeof *samples);
    if (!samples) return err_fail(ERR_MEMORY, "no memory for %zu samples", capacity);
    s->samples = samples;
    s->capacity = capacity;
    return ERR_OK;
}

static err_t sound_add(struct sound *s, struct resampler *r, const int16_t *in, size_t n) {
    while (n > 0) {
        TRY(sound_reserve(s, BLOCK_FRAMES));
        size_t used = n, made = s->capacity - s->n;
        resampler_run(r, in, &used, s->samples + s->n, &made);
        s->n += made;
        in += used;
        n -= used;
        if (used == 0 && made == 0) break;
    }
    return ERR_OK;
}

/* The last samples are still in the filter; silence pushes them out. The length is that of the input to the sample. */
static err_t sound_finish(struct sound *s, struct resampler *r, int64_t frames, int rate_hz) {
    static const int16_t silence[BLOCK_FRAMES];
    size_t length = (size_t)((frames * AUDIO_RATE_HZ + rate_hz / 2) / rate_hz);
    size_t delay = resampler_delay(r);
    for (size_t n; delay > 0; delay -= n) {
        n = delay < BLOCK_FRAMES ? delay : BLOCK_FRAMES;
        TRY(sound_add(s, r, silence, n));
    }
    if (length < s->n) s->n = length;
    return ERR_OK;
}

/* 16-bit samples come back bit by bit; a float file's NaN is silence. */
static int16_t to_16_bit(float x) {
    if (isnan(x)) return 0;
    return (int16_t)lrintf(fminf(fmaxf(x * 32768.0F, -32768.0F), 32767.0F));
}

static void mix_down(const float *in, int channels, int16_t *out, size_t frames) {
    for (size_t i = 0; i < frames; i++) out[i] = to_16_bit(channels == 1 ? in[i] : (in[2 * i] + in[2 * i + 1]) / 2);
}

static err_t too_long(const char *path, int max_ms) {
    return err_fail(ERR_RANGE, "%s is longer than %d ms: cut it into shorter pieces", path, max_ms);
}

/* Returns how many frames there were; a length the header does not know (a streamed FLAC) is a very large one. */
static err_t sound_read(struct sound *s, SNDFILE *file, const SF_INFO *info, const char *path, int max_ms) {
    struct resampler *r = NULL;
    TRY(err_prefix(resampler_create(&r, info->samplerate, AUDIO_RATE_HZ), "%s", path));
    resampler_skip_delay(r);

    float block[BLOCK_FRAMES * CHANNELS_MAX];
    int16_t mono[BLOCK_FRAMES];
    int64_t frames = 0, max_frames = (int64_t)max_ms * info->samplerate / 1000;
    err_t err = ERR_OK;
    for (sf_count_t got; !err && (got = sf_readf_float(file, block, BLOCK_FRAMES)) > 0; frames += got) {
        if (frames + got > max_frames) {
            err = too_long(path, max_ms);
            break;
        }
        mix_down(block, info->channels, mono, (size_t)got);
        err = sound_add(s, r, mono, (size_t)got);
    }
    bool knows_length = info->frames < SF_COUNT_MAX;
    if (!err && frames == 0)
        err = err_fail(ERR_FORMAT, "%s holds no sound: record it again", path);
    else if (!err && (sf_error(file) || (knows_length && frames < info->frames)))
        err = err_fail(ERR_FORMAT, "%s is damaged or cut off after %lld ms: copy it again", path,
                       (long long)(frames * 1000 / info->samplerate));
    if (!err) err = sound_finish(s, r, frames, info->samplerate);
    resampler_destroy(r);
    return err;
}

/* Other formats that libsndfile knows are kept from it: less for a hostile file to try. */
static err_t format_check(int fd, int64_t size, const char *path) {
    char magic[12] = {0};
    if (size == 0) return err_fail(ERR_FORMAT, "%s is empty: record it again", path);
    if (pread(fd, magic, sizeof magic, 0) < 0) return err_fail(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    if (memcmp(magic, "RIFF", 4) == 0 && memcmp(magic + 8, "WAVE", 4) == 0) return wav_check(fd, size, path);
    if (memcmp(magic, "fLaC", 4) == 0) return ERR_OK;
    return err_fail(ERR_FORMAT, "%s is neither WAV nor FLAC: convert it first", path);
}

static err_t sound_decode(struct sound *s, int fd, const char *path, int max_ms) {
    SF_INFO info = {0};
    SNDFILE *file = sf_open_fd(fd, SFM_READ, &info, SF_FALSE);
    if (!file) return err_fail(ERR_FORMAT, "cannot read %s: %s", path, sf_strerror(NULL));
    err_t err;
    if (info.channels < 1 || info.channels > CHANNELS_MAX)
        err = err_fail(ERR_FORMAT, "%s has %d channels: save it as mono or stereo", path, info.channels);
    else if (info.samplerate <= 0)
        err = err_fail(ERR_FORMAT, "%s names no sample rate: save it again", path);
    else
        err = sound_read(s, file, &info, path, max_ms);
    sf_close(file);
    return err;
}

static err_t file_open(int *out, int64_t *size, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a FIFO must not hold us up */
    if (fd < 0)
        return err_fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_FORMAT, "cannot read %s: %s", path, strerror(errno));
    struct stat st;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
        close(fd);
        return err_fail(ERR_FORMAT, "%s is not a file: give a WAV or FLAC file", path);
    }
    *out = fd;
    *size = st.st_size;
    return ERR_OK;
}

err_t audio_load(int16_t **out, size_t *n, const char *path, int max_ms) {
    if (max_ms <= 0 || max_ms > LOAD_MAX_MS)
        return err_fail(ERR_ARG, "cannot load at most %d ms: give 1 to %d", max_ms, LOAD_MAX_MS);
    int fd = -1;
    int64_t size = 0;
    TRY(file_open(&fd, &size, path));

    struct sound s = {0};
    err_t err = format_check(fd, size, path);
    if (!err) err = sound_decode(&s, fd, path, max_ms);
    close(fd);
    if (err) {
        free(s.samples);
        return err;
    }
    *out = s.samples;
    *n = s.n;
    return ERR_OK;
}

/* --- writing --- */

struct wav_writer {
    SNDFILE *file;
    char path[]; /* for messages */
};

err_t wav_create(struct wav_writer **out, const char *path, int rate_hz) {
    if (rate_hz < RESAMPLE_MIN_HZ || rate_hz > RESAMPLE_MAX_HZ)
        return err_fail(ERR_ARG, "cannot write %s: %d Hz is not a sample rate", path, rate_hz);
    size_t bytes = strlen(path) + 1;
    struct wav_writer *w = malloc(sizeof *w + bytes);
    if (!w) return err_fail(ERR_MEMORY, "no memory to write %s", path);
    memcpy(w->path, path, bytes);

    SF_INFO info = {.samplerate = rate_hz, .channels = 1, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
    w->file = sf_open(path, SFM_WRITE, &info);
    if (!w->file) {
        free(w);
        return err_fail(ERR_IO, "cannot write %s: %s", path, sf_strerror(NULL));
    }
    sf_command(w->file, SFC_SET_UPDATE_HEADER_AUTO, NULL, SF_TRUE);
    *out = w;
    return ERR_OK;
}

err_t wav_append(struct wav_writer *w, const int16_t *samples, size_t n) {
    if (sf_writef_short(w->file, samples, (sf_count_t)n) != (sf_count_t)n)
        return err_fail(ERR_IO, "cannot write %s: %s", w->path, sf_strerror(w->file));
    return ERR_OK;
}

void wav_close(struct wav_writer *w) {
    if (!w) return;
    sf_close(w->file);
    free(w);
}

err_t audio_save(const char *path, const int16_t *samples, size_t n, int rate_hz) {
    struct wav_writer *w = NULL;
    TRY(wav_create(&w, path, rate_hz));
    err_t err = wav_append(w, samples, n);
    wav_close(w);
    return err;
}
