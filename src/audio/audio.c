#include "audio/audio.h"

#include <stdlib.h>

#include "audio/driver.h"
#include "audio/path.h"
#include "base/str.h"

enum { CAPTURE_RING_MS = 2000, PLAYBACK_RING_MS = 1000, RING_MS_MIN = 100, RING_MS_MAX = 60000 };
enum { TAIL_MS = 3000, TAIL_MS_MIN = 1, TAIL_MS_MAX = 600000 };

static const struct audio_driver *const audio_drivers[] = {&portaudio_driver, &file_driver, &null_driver};

static const struct audio_driver *driver_find(const char *name) {
    for (size_t i = 0; i < sizeof audio_drivers / sizeof *audio_drivers; i++)
        if (name && str_equal(audio_drivers[i]->name, name)) return audio_drivers[i];
    return NULL;
}

static err_t limit_ms(int *ms, const char *what, int fallback, int min, int max) {
    if (*ms == 0) *ms = fallback;
    if (*ms < min || *ms > max) return err_fail(ERR_ARG, "%s cannot be %d ms: give %d to %d", what, *ms, min, max);
    return ERR_OK;
}

static err_t ring_create_ms(struct ring **out, int ms) {
    return ring_create(out, (size_t)ms * AUDIO_RATE_HZ / 1000);
}

static void audio_free(struct audio *a) {
    ring_destroy(a->capture);
    ring_destroy(a->playback);
    ring_destroy(a->reference);
    free(a);
}

err_t audio_open(struct audio **out, const struct audio_config *wanted) {
    const struct audio_driver *driver = driver_find(wanted->driver);
    if (!driver)
        return err_fail(ERR_ARG, "there is no audio driver '%s': use portaudio, file or null",
                        wanted->driver ? wanted->driver : "");
    struct audio_config config = *wanted;
    TRY(limit_ms(&config.capture_ring_ms, "the capture ring", CAPTURE_RING_MS, RING_MS_MIN, RING_MS_MAX));
    TRY(limit_ms(&config.playback_ring_ms, "the playback ring", PLAYBACK_RING_MS, RING_MS_MIN, RING_MS_MAX));
    TRY(limit_ms(&config.tail_ms, "the tail", TAIL_MS, TAIL_MS_MIN, TAIL_MS_MAX));

    struct audio *a = calloc(1, sizeof *a);
    if (!a) return err_fail(ERR_MEMORY, "no memory for the audio stream");
    a->driver = driver;
    a->dry_frames = SPEECH_GAP_FRAMES;
    err_t err = ring_create_ms(&a->capture, config.capture_ring_ms);
    if (!err) err = ring_create_ms(&a->playback, config.playback_ring_ms);
    /* the reference is written first: with room for as much as the capture and more, it never drops before that does */
    if (!err) err = ring_create_ms(&a->reference, 2 * config.capture_ring_ms);
    if (!err) err = driver->open(a, &config);
    if (err) {
        audio_free(a);
        return err;
    }
    *out = a;
    return ERR_OK;
}

err_t audio_start(struct audio *a) {
    if (atomic_load(&a->running)) return err_fail(ERR_ARG, "the audio stream runs already");
    atomic_store(&a->running, true);
    err_t err = a->driver->start(a);
    if (err) atomic_store(&a->running, false);
    return err;
}

void audio_stop(struct audio *a) {
    a->driver->stop(a);
    atomic_store(&a->running, false);
}

void audio_close(struct audio *a) {
    if (!a) return;
    audio_stop(a);
    a->driver->close(a);
    audio_free(a);
}

struct ring *audio_capture(struct audio *a) {
    return a->capture;
}

struct ring *audio_playback(struct audio *a) {
    return a->playback;
}

/* Marks how far the writer of the playback ring has come; the driver drops everything before that. What is written
 * after this call is played. A block that is just being taken may be missed: 20 ms that would be played anyway. */
void audio_silence(struct audio *a) {
    uint64_t taken = atomic_load_explicit(&a->taken_frames, memory_order_acquire);
    uint64_t until = taken + ring_available(a->playback);
    uint64_t before = atomic_load_explicit(&a->silence_until, memory_order_relaxed);
    while (before < until && !atomic_compare_exchange_weak_explicit(&a->silence_until, &before, until,
                                                                    memory_order_release, memory_order_relaxed))
        continue;
}

void audio_status(const struct audio *a, struct audio_status *out) {
    bool running = atomic_load(&a->running);
    bool lost = running && a->driver->is_lost && a->driver->is_lost(a->device);
    *out = (struct audio_status){
        .captured_frames = atomic_load_explicit(&a->captured_frames, memory_order_relaxed),
        .played_frames = atomic_load_explicit(&a->played_frames, memory_order_relaxed),
        .overruns = atomic_load_explicit(&a->overruns, memory_order_relaxed),
        .underruns = atomic_load_explicit(&a->underruns, memory_order_relaxed),
        .running = running && !lost,
        .lost = lost,
    };
}
