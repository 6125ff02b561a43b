#include "audio/path.h"

#include <string.h>

static void count(_Atomic uint64_t *counter, uint64_t n) {
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

void capture_put(struct audio *a, const int16_t *samples, size_t n) {
    size_t written = ring_write(a->capture, samples, n);
    count(&a->captured_frames, n);
    if (written < n) count(&a->overruns, n - written);
}

/* Throws away what audio_silence() asked to. */
static void drop_silenced(struct audio *a) {
    uint64_t until = atomic_load_explicit(&a->silence_until, memory_order_acquire);
    uint64_t taken = atomic_load_explicit(&a->taken_frames, memory_order_relaxed);
    if (taken >= until) return;

    int16_t waste[PATH_CHUNK_FRAMES];
    while (taken < until) {
        uint64_t left = until - taken;
        size_t got = ring_read(a->playback, waste, left < PATH_CHUNK_FRAMES ? (size_t)left : PATH_CHUNK_FRAMES);
        if (got == 0) break;
        taken += got;
    }
    atomic_store_explicit(&a->taken_frames, taken, memory_order_release);
    a->dry_frames = SPEECH_GAP_FRAMES;
}

/* A gap is an underrun only once speech goes on after it: at its beginning it may as well be the end of the reply. */
static void note_gap(struct audio *a, size_t speech, size_t silence) {
    if (speech > 0) {
        if (a->dry_frames > 0 && a->dry_frames < SPEECH_GAP_FRAMES) count(&a->underruns, 1);
        a->dry_frames = 0;
    }
    size_t dry = a->dry_frames + silence;
    a->dry_frames = dry < SPEECH_GAP_FRAMES ? (unsigned)dry : SPEECH_GAP_FRAMES;
}

size_t playback_take(struct audio *a, int16_t *samples, size_t n) {
    drop_silenced(a);
    size_t got = ring_read(a->playback, samples, n);
    memset(samples + got, 0, (n - got) * sizeof *samples);
    atomic_fetch_add_explicit(&a->taken_frames, got, memory_order_release);
    count(&a->played_frames, got);
    ring_write(a->reference, samples, n);
    note_gap(a, got, n - got);
    return got;
}

void capture_path_put(struct capture_path *p, const int16_t *samples, size_t n) {
    while (n > 0) {
        size_t used = n, made = PATH_CHUNK_FRAMES;
        resampler_run(p->resampler, samples, &used, p->chunk, &made);
        if (used == 0 && made == 0) break;
        capture_put(p->audio, p->chunk, made);
        samples += used;
        n -= used;
    }
}

/* Takes as much from the ring as `wanted` device frames need, so that little speech is ever out of reach of
 * audio_silence(). */
static void hold_more(struct playback_path *p, size_t wanted) {
    size_t need = resampler_input(p->resampler, wanted);
    if (need > PATH_CHUNK_FRAMES) need = PATH_CHUNK_FRAMES;
    playback_take(p->audio, p->held, need);
    p->n_held = need;
}

void playback_path_take(struct playback_path *p, int16_t *samples, size_t n) {
    while (n > 0) {
        if (p->n_held == 0) hold_more(p, n);
        size_t used = p->n_held, made = n;
        resampler_run(p->resampler, p->held, &used, samples, &made);
        memmove(p->held, p->held + used, (p->n_held - used) * sizeof *p->held);
        p->n_held -= used;
        samples += made;
        n -= made;
        if (used == 0 && made == 0) {
            memset(samples, 0, n * sizeof *samples);
            return;
        }
    }
}
