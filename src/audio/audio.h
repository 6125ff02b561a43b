/* Microphone and loudspeaker as two rings of 16 kHz mono samples.
 *
 * A driver is a row of `audio_drivers` (portaudio, file, null). audio_open() makes the stream; audio_start() lets it
 * run. The driver's thread or callback is the writer of the capture ring and the reader of the playback ring; HEAR
 * reads the one and SAY writes the other. Open, start, stop and close from one thread.
 *
 * portaudio: one duplex (or half) callback stream at the device's rate, resampled by speexdsp in the callback's
 *   own preallocated state; no lock, malloc, log or system call there. Ring full: dropped and counted.
 * file: reads a WAV or FLAC of any rate, mono or stereo (mixed down), writes the playback to a 16 kHz WAV of the same
 *   length and time. Time is the sample count: it moves on by one block of 20 ms only when `idle` says that nothing is
 *   in work, so that a run gives the same result at any speed. After the input it supplies silence until `idle` has
 *   held for `tail_ms`, then ends.
 * null: silence in, nothing out, in real time.
 * With capture or playback "none" that side is not opened at all (portaudio; null, whose capture it is). */
#ifndef SK_AUDIO_AUDIO_H
#define SK_AUDIO_AUDIO_H
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"
#include "base/ring.h"

enum { AUDIO_RATE_HZ = 16000, AUDIO_BLOCK_FRAMES = 320 };

struct audio_config {
    const char *driver;      /* "portaudio", "file", "null" */
    const char *capture;     /* device name or part of it, NULL the default; file: path, NULL silence */
    const char *playback;    /* likewise; file: path of the WAV to write, NULL none */
    int capture_rate_hz;     /* 0: the device's own */
    int playback_rate_hz;    /* 0: the device's own */
    int capture_ring_ms;     /* 0: 2000 */
    int playback_ring_ms;    /* 0: 1000 */
    int tail_ms;             /* file: silence after the end; 0: 3000 */
    /* file: true when no sample, event or reply is in work. Called on the driver's thread. A reader of the capture ring
     * is in work from before it reads; a reply that waits for room in the playback ring is not: only time helps it. */
    bool (*idle)(void *ctx);
    void *ctx;
    /* file: a room, as the impulse response from its loudspeaker to its microphone (WAV or FLAC, a second at most): what
     * is played is mixed into what is captured through it, scaled to an energy of room_db; NULL none. */
    const char *room;
    double room_db;
};

struct audio_status {
    uint64_t captured_frames; /* at 16 kHz, since start */
    uint64_t played_frames;   /* at 16 kHz that came out of the playback ring, silence apart */
    uint64_t overruns;        /* capture: samples dropped as the ring was full or the device said so */
    uint64_t underruns;       /* playback: times the ring ran dry in the middle of speech */
    bool running;             /* false: ended (file) or lost (device unplugged) */
    bool lost;                /* the device went away: close and open again */
};

struct audio;

/* ERR_NOT_FOUND (no device or file; the reason lists what there is), ERR_FORMAT (empty or unreadable file, or one
 * shorter than its header says), ERR_DEVICE, ERR_ARG, ERR_MEMORY. */
SK_MUST_USE err_t audio_open(struct audio **out, const struct audio_config *config);
SK_MUST_USE err_t audio_start(struct audio *a);
void audio_stop(struct audio *a);
void audio_close(struct audio *a);

struct ring *audio_capture(struct audio *a);  /* HEAR reads. Borrowed */
struct ring *audio_playback(struct audio *a); /* SAY writes. Borrowed */
/* HEAR, instead of reading the capture ring: a block of it, and the block that left the playback ring at that time (with
 * one duplex stream or the file driver: by the sample, ever since the start). False if there is no whole block yet. */
bool audio_read(struct audio *a, int16_t *heard, int16_t *played);
/* Any thread: asks the driver to play nothing more of what is queued; it is silent within one block. */
void audio_silence(struct audio *a);
/* Any thread. */
void audio_status(const struct audio *a, struct audio_status *out);
/* Calls fn for each device of the portaudio driver; for `doctor` and for messages. */
SK_MUST_USE err_t audio_devices(void (*fn)(void *ctx, const char *name, int inputs, int outputs, double rate_hz), void *ctx);

/* A whole utterance from a WAV or FLAC file: 16 kHz mono, malloc'ed into *out (caller frees), n samples.
 * At most `max_ms`. ERR_NOT_FOUND, ERR_FORMAT (unreadable, empty, shorter than its header says), ERR_RANGE (too long). */
SK_MUST_USE err_t audio_load(int16_t **out, size_t *n, const char *path, int max_ms);
/* Writes a 16 kHz mono WAV. ERR_IO. */
SK_MUST_USE err_t audio_save(const char *path, const int16_t *samples, size_t n, int rate_hz);

#endif
