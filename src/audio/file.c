/* A WAV or FLAC file as microphone and a WAV file as loudspeaker, in step: time is the count of samples.
 *
 * A block of 20 ms passes when the one before has been read from the capture ring and idle() says that nothing that
 * came of it is in work any more. First a block of the playback ring goes to the output, then the next one of the
 * input to the capture ring: a reply to block n begins in the output at block n + 1, however long it took to make. In a
 * room the block that goes to the output is heard in the one that is captured beside it. */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audio/path.h"
#include "audio/room.h"
#include "audio/sound_file.h"
#include "base/log.h"

enum { INPUT_MAX_MS = 60 * 60 * 1000, POLL_NS = 200000 };

struct file_device {
    struct audio *audio;
    int16_t *input;
    size_t n_input, position;
    struct wav_writer *output; /* NULL: none */
    struct room *room;         /* NULL: the microphone hears nothing of the loudspeaker */
    int16_t played[AUDIO_BLOCK_FRAMES];
    bool (*idle)(void *ctx); /* NULL: always */
    void *ctx;
    size_t capture_capacity;
    size_t quiet_frames, tail_frames;
    pthread_t thread;
    bool has_thread;
    atomic_bool stopping;
};

/* The ring first: its reader says that it is busy before it takes the samples out, so that there is no moment at which
 * both look done while the block is in hand. */
static bool block_is_done(const struct file_device *d) {
    return ring_space(d->audio->capture) == d->capture_capacity && (!d->idle || d->idle(d->ctx));
}

/* False if asked to stop. Polled, as neither the ring nor idle() can wake anybody. */
static bool block_wait(struct file_device *d) {
    const struct timespec pause = {.tv_nsec = POLL_NS};
    while (!atomic_load(&d->stopping)) {
        if (block_is_done(d)) return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

static bool file_ended(const struct file_device *d) {
    return d->position >= d->n_input && d->quiet_frames >= d->tail_frames;
}

static err_t output_block(struct file_device *d) {
    size_t speech = playback_take(d->audio, d->played, AUDIO_BLOCK_FRAMES);
    bool after_end = d->position >= d->n_input;
    d->quiet_frames = after_end && speech == 0 ? d->quiet_frames + AUDIO_BLOCK_FRAMES : 0;
    return d->output ? wav_append(d->output, d->played, AUDIO_BLOCK_FRAMES) : ERR_OK;
}

static void echo_add(struct file_device *d, int16_t *block) {
    float echo[AUDIO_BLOCK_FRAMES];
    room_block(d->room, d->played, echo);
    for (size_t i = 0; i < AUDIO_BLOCK_FRAMES; i++) {
        float sum = (float)block[i] + echo[i];
        block[i] = (int16_t)lrintf(fmaxf(INT16_MIN, fminf(INT16_MAX, sum)));
    }
}

static void input_block(struct file_device *d) {
    int16_t block[AUDIO_BLOCK_FRAMES] = {0};
    size_t left = d->n_input - d->position;
    size_t n = left < AUDIO_BLOCK_FRAMES ? left : AUDIO_BLOCK_FRAMES;
    if (n > 0) memcpy(block, d->input + d->position, n * sizeof *block);
    d->position += n;
    if (d->room) echo_add(d, block);
    capture_put(d->audio, block, AUDIO_BLOCK_FRAMES);
}

static void *file_run(void *ctx) {
    struct file_device *d = ctx;
    while (block_wait(d) && !file_ended(d)) {
        if (output_block(d)) {
            log_error("%s", err_reason());
            break;
        }
        input_block(d);
    }
    atomic_store(&d->audio->running, false);
    return NULL;
}

static void file_free(struct file_device *d) {
    wav_close(d->output);
    room_free(d->room);
    free(d->input);
    free(d);
}

static err_t file_open(struct audio *a, const struct audio_config *config) {
    struct file_device *d = calloc(1, sizeof *d);
    if (!d) return err_fail(ERR_MEMORY, "no memory for the audio stream");
    d->audio = a;
    d->idle = config->idle;
    d->ctx = config->ctx;
    d->capture_capacity = ring_space(a->capture);
    d->tail_frames = (size_t)config->tail_ms * AUDIO_RATE_HZ / 1000;
    err_t err = ERR_OK;
    if (config->capture) err = audio_load(&d->input, &d->n_input, config->capture, INPUT_MAX_MS);
    if (!err && config->room) err = room_load(&d->room, config->room, config->room_db);
    if (!err && config->playback) err = wav_create(&d->output, config->playback, AUDIO_RATE_HZ);
    if (err) {
        file_free(d);
        return err;
    }
    a->device = d;
    return ERR_OK;
}

static void file_stop(struct audio *a) {
    struct file_device *d = a->device;
    if (!d->has_thread) return;
    atomic_store(&d->stopping, true);
    pthread_join(d->thread, NULL);
    d->has_thread = false;
}

static err_t file_start(struct audio *a) {
    file_stop(a); /* the thread may have come to the end by itself */
    struct file_device *d = a->device;
    atomic_store(&d->stopping, false);
    atomic_store(&a->running, true);
    int failed = pthread_create(&d->thread, NULL, file_run, d);
    if (failed) return err_fail(ERR_MEMORY, "cannot start the audio thread: %s", strerror(failed));
    d->has_thread = true;
    return ERR_OK;
}

static void file_close(struct audio *a) {
    file_free(a->device);
}

const struct audio_driver file_driver = {
    .name = "file", .open = file_open, .start = file_start, .stop = file_stop, .close = file_close};
