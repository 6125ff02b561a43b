/* What was played, as the microphone's clock counts it: where loudspeaker and microphone have clocks of their own, it
 * is read a little faster or slower than it was played, between the samples.
 *
 * Pure: no clock, no I/O. One thread a struct; all zero to begin with. */
#ifndef SK_AUDIO_SKEW_H
#define SK_AUDIO_SKEW_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audio/audio.h"

enum {
    SKEW_HISTORY_FRAMES = 16384, /* a power of two */
    SKEW_MOST_FRAMES = 4096,     /* that it may fall behind */
};

struct skew {
    int16_t history[SKEW_HISTORY_FRAMES];
    uint64_t at;   /* samples so far */
    bool runs;     /* the clocks are known to differ */
    double ppm;    /* by how much the loudspeaker's is faster */
    double behind; /* samples before the newest ones that are read */
};

/* The next block that was played. */
void skew_write(struct skew *s, const int16_t *played);
/* That block: bit by bit where the clocks do not differ. */
void skew_read(struct skew *s, int16_t *played);
/* The block that was played so many samples before the one skew_read() gave; up to SKEW_HISTORY_FRAMES in all. */
void skew_read_before(const struct skew *s, size_t frames, int16_t *played);
/* So many samples were written that nobody reads. */
void skew_pause(struct skew *s, uint64_t frames);
/* Whole samples that what is read lies behind what was written. */
size_t skew_behind(const struct skew *s);
/* What was found of what was written (delay.h): how much faster the loudspeaker's clock is, and how much later the echo
 * comes. True if what is read has made a jump, so that nothing learned from it holds: when the clocks are first known
 * to differ, and when one has run away from the other as far as it can be followed. */
bool skew_set(struct skew *s, double ppm, int delay_frames);

#endif
