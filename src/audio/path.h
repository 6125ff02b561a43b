/* The way of the samples between a device and the rings: counted, resampled, silenced.
 *
 * Called by the driver's thread or callback. Nothing here locks, allocates, logs or calls the operating system: all
 * memory is in the structs, whose owner creates the resamplers beforehand. */
#ifndef SK_AUDIO_PATH_H
#define SK_AUDIO_PATH_H
#include "audio/driver.h"
#include "audio/resample.h"

enum {
    PATH_CHUNK_FRAMES = 512,
    SPEECH_GAP_FRAMES = AUDIO_RATE_HZ / 5, /* a longer silence is the end of a reply, not a ring that ran dry */
};

/* 16 kHz: a block from the microphone. What does not fit is dropped and counted. */
void capture_put(struct audio *a, const int16_t *samples, size_t n);
/* 16 kHz: n samples for the loudspeaker, silence where there is no speech; they are the reference of the echo canceller,
 * so that a driver takes them before it puts what was captured at the same time. Returns how many are speech. */
size_t playback_take(struct audio *a, int16_t *samples, size_t n);

/* The same at the device's rate. */
struct capture_path {
    struct audio *audio;
    struct resampler *resampler; /* device -> 16 kHz */
    int16_t chunk[PATH_CHUNK_FRAMES];
};

struct playback_path {
    struct audio *audio;
    struct resampler *resampler; /* 16 kHz -> device */
    int16_t held[PATH_CHUNK_FRAMES];
    size_t n_held; /* taken from the ring, not yet resampled */
};

void capture_path_put(struct capture_path *p, const int16_t *samples, size_t n);
void playback_path_take(struct playback_path *p, int16_t *samples, size_t n);

#endif
