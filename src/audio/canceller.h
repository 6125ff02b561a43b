/* The way from the loudspeaker to the microphone, learned as one long filter while something is played; what it makes
 * of what is played is taken out of the microphone.
 *
 * Not speexdsp's, which leaves most of the echoes of a long room: of the orders under a reply 10 dB louder that are
 * right in quiet its 200 ms left 30 % there, and this leaves 98 % (people, held-out half; `script/bench DATA bargein`).
 * With 400 ms speexdsp's learns more slowly, and 57 % are left. What is said lies 1.0 dB above the rest of the reply
 * with its 200 ms, 4.0 with 400, 3.7 with 600, and 8.6 with this.
 *
 * What was learned stays from reply to reply. Pure: no clock, no I/O. One thread a struct; memory is allocated when
 * made.
 */
#ifndef SK_AUDIO_CANCELLER_H
#define SK_AUDIO_CANCELLER_H
#include <stddef.h>
#include <stdint.h>

#include "audio/audio.h"

enum {
    CANCELLER_POINTS = 2 * AUDIO_BLOCK_FRAMES, /* of its spectra */
    CANCELLER_BINS = CANCELLER_POINTS / 2 + 1,
    CANCELLER_BLOCKS = 30,  /* of the filter: 600 ms */
    CANCELLER_LAG_MAX = 30, /* blocks that it may begin later */
};

struct canceller;

/* ERR_MEMORY. */
SK_MUST_USE err_t canceller_create(struct canceller **out);
void canceller_destroy(struct canceller *c);
/* The filter begins so many blocks after what is played, 0 at first. What was learned moves along. */
void canceller_lag(struct canceller *c, size_t blocks);
/* Begins anew. */
void canceller_forget(struct canceller *c);
/* One block of both, one beside the other; they go on from the blocks before, or from silence. Gives what is left of
 * the microphone, and the energy that is expected of the echo in it by the filter's own doubt: `doubt` as the square of
 * a spectrum of CANCELLER_POINTS with the block in its second half and silence before. */
void canceller_block(struct canceller *c, const int16_t *near, const int16_t *far, float *rest, float *doubt);

#endif
