/* The microphone without what the loudspeaker plays: a canceller (canceller.h), what it may have left suppressed
 * (suppressor.h), the delay between both (delay.h) and clocks that differ (skew.h) found and made up for.
 *
 * While nothing is played, and the room has fallen silent after it, the sound goes through bit by bit, at once and for
 * nothing. Otherwise it comes one block later: the first block of a reply gives none, the first one after it two, and
 * not one sample is lost or repeated. Pure: no clock, no I/O. One thread a struct; memory is allocated when made. */
#ifndef SK_AUDIO_ECHO_H
#define SK_AUDIO_ECHO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audio/audio.h"

enum { ECHO_BLOCK = AUDIO_BLOCK_FRAMES };

struct echo_status {
    bool active;             /* something is or was just played */
    int delay_frames;        /* from the reference to the microphone, -1 not known */
    bool has_drift;          /* known after some seconds of sound */
    double drift_ppm;        /* by how much the loudspeaker's clock is faster */
    uint64_t active_frames;  /* while something was played */
    uint64_t clipped_frames; /* of those: at the end of the scale in the microphone */
    double before, after;    /* energy of those without and with the canceller, sums of squares; they hold what people
                                say meanwhile, too */
    int peak;                /* of the microphone while something was played */
};

/* Both in step; of `played` what the loudspeaker gave while the microphone heard `heard`, delayed as the echo is. */
struct echo_out {
    int16_t heard[2 * ECHO_BLOCK], played[2 * ECHO_BLOCK];
    size_t n; /* 0, ECHO_BLOCK or twice that */
};

struct echo;

/* ERR_MEMORY. */
SK_MUST_USE err_t echo_create(struct echo **out);
void echo_destroy(struct echo *e);
/* One block of the microphone and the one that went to the loudspeaker beside it (audio_read()). */
void echo_block(struct echo *e, const int16_t *near, const int16_t *far, struct echo_out *out);
void echo_status(const struct echo *e, struct echo_status *out);

#endif
