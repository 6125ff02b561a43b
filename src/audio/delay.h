/* How much later the microphone hears what the loudspeaker was given, found from both sounds, and by how much one clock
 * is faster than the other.
 *
 * Pure: no clock, no I/O. One thread a struct. Memory is allocated by delay_create(). */
#ifndef SK_AUDIO_DELAY_H
#define SK_AUDIO_DELAY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
    DELAY_MAX_FRAMES = 8192,             /* 512 ms at 16 kHz */
    DELAY_HOP_FRAMES = DELAY_MAX_FRAMES, /* looked at so often */
};

struct delay;

/* ERR_MEMORY. */
SK_MUST_USE err_t delay_create(struct delay **out);
void delay_destroy(struct delay *d);

/* n samples of both, one beside the other. True if there was enough for a new look, see the functions below. */
bool delay_feed(struct delay *d, const int16_t *far, const int16_t *near, size_t n);
/* The sound stopped: what comes next does not go on from what came before. What was found stays. */
void delay_pause(struct delay *d, uint64_t frames);

/* Samples from far to near, -1 not (yet) found. The strongest path counts, not the first. */
int delay_frames(const struct delay *d);
/* How much faster the far end's clock runs, parts per million; false until it was watched for some seconds. It takes
 * the delay as found over time, so that its pauses may be long. */
bool delay_drift(const struct delay *d, double *ppm);

#endif
