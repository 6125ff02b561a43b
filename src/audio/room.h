/* A room to test in: what its microphone hears of its loudspeaker, by the impulse response from one to the other
 * (convolution by blocks in the frequency domain: T. G. Stockham, "High-speed convolution and correlation", AFIPS 28,
 * 1966). Pure, but for room_load(). One thread a struct; memory is allocated when loaded. */
#ifndef SK_AUDIO_ROOM_H
#define SK_AUDIO_ROOM_H
#include "audio/audio.h"

enum { ROOM_BLOCKS_MAX = 50, ROOM_FRAMES_MAX = ROOM_BLOCKS_MAX * AUDIO_BLOCK_FRAMES };

struct room;

/* The impulse response from a WAV or FLAC, the first second of it, scaled to an energy of `db`: at 0 the microphone
 * hears white noise as loud as it was played. ERR_ as audio_load(), ERR_FORMAT if it is all silence, ERR_MEMORY. */
SK_MUST_USE err_t room_load(struct room **out, const char *path, double db);
void room_free(struct room *r);
/* One block of AUDIO_BLOCK_FRAMES as it is played; gives what of it, and of those before, is heard meanwhile. */
void room_block(struct room *r, const int16_t *played, float *heard);

#endif
