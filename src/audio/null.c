/* Silence in (or, with capture "none", nothing), nothing out, one block every 20 ms: for a machine without sound, and
 * for tests. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audio/path.h"
#include "base/str.h"

struct null_device {
    struct audio *audio;
    pthread_t thread;
    bool has_thread, captures;
    atomic_bool stopping;
};

static void add_block_ms(struct timespec *t) {
    t->tv_nsec += 1000000L * AUDIO_BLOCK_FRAMES / (AUDIO_RATE_HZ / 1000);
    if (t->tv_nsec >= 1000000000L) {
        t->tv_nsec -= 1000000000L;
        t->tv_sec++;
    }
}

static void *null_run(void *ctx) {
    static const int16_t silence[AUDIO_BLOCK_FRAMES];
    struct null_device *d = ctx;
    int16_t block[AUDIO_BLOCK_FRAMES];
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    while (!atomic_load(&d->stopping)) {
        playback_take(d->audio, block, AUDIO_BLOCK_FRAMES);
        if (d->captures) capture_put(d->audio, silence, AUDIO_BLOCK_FRAMES);
        add_block_ms(&next);
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    }
    return NULL;
}

static err_t null_open(struct audio *a, const struct audio_config *config) {
    struct null_device *d = calloc(1, sizeof *d);
    if (!d) return err_fail(ERR_MEMORY, "no memory for the audio stream");
    d->audio = a;
    d->captures = !config->capture || !str_equal(config->capture, "none");
    a->device = d;
    return ERR_OK;
}

static void null_stop(struct audio *a) {
    struct null_device *d = a->device;
    if (!d->has_thread) return;
    atomic_store(&d->stopping, true);
    pthread_join(d->thread, NULL);
    d->has_thread = false;
}

static err_t null_start(struct audio *a) {
    struct null_device *d = a->device;
    atomic_store(&d->stopping, false);
    int failed = pthread_create(&d->thread, NULL, null_run, d);
    if (failed) return err_fail(ERR_MEMORY, "cannot start the audio thread: %s", strerror(failed));
    d->has_thread = true;
    return ERR_OK;
}

static void null_close(struct audio *a) {
    free(a->device);
}

const struct audio_driver null_driver = {
    .name = "null", .open = null_open, .start = null_start, .stop = null_stop, .close = null_close};
