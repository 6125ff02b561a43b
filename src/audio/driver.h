/* What the drivers of audio.h have in common: the stream with its rings and counters, and the table of what a driver
 * can do. A driver's thread or callback touches the stream only through path.h.
 *
 * open() keeps what it needs in a->device and leaves nothing behind on failure; the config and its strings are gone
 * when it returns. stop() may be called twice, and returns when the driver's thread touches the stream no more. */
#ifndef SK_AUDIO_DRIVER_H
#define SK_AUDIO_DRIVER_H
#include <stdatomic.h>

#include "audio/audio.h"

_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "the audio callback may not take the lock of an atomic");

struct audio_driver {
    const char *name;
    err_t (*open)(struct audio *a, const struct audio_config *config);
    err_t (*start)(struct audio *a);
    void (*stop)(struct audio *a);
    void (*close)(struct audio *a);
    bool (*is_lost)(void *device); /* NULL: cannot be. Any thread */
};

struct audio {
    const struct audio_driver *driver;
    void *device; /* the driver's own */
    struct ring *capture, *playback;
    struct ring *reference; /* what was played, in step with the capture: see reference.c */

    _Atomic uint64_t captured_frames, played_frames, overruns, underruns;
    _Atomic uint64_t taken_frames;  /* left the playback ring, played or not */
    _Atomic uint64_t silence_until; /* what is before this count of taken_frames is not to be played */
    atomic_bool running;

    struct pairing { /* the reader's: how the reference goes with the capture, see reference.c */
        size_t owed;  /* samples that came too late and are to be left out */
        size_t early; /* of silence, to be given before the next sample of the reference */
        size_t sound; /* samples left of what counts as sound: a while after the last one that was played */
    } pairing;

    unsigned dry_frames; /* the playback side's: silence played since the ring ran dry, at most SPEECH_GAP_FRAMES */
};

extern const struct audio_driver portaudio_driver, file_driver, null_driver;

#endif
