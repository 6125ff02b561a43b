/* Lowers what the canceller may have left of the echo, where it may be most of what is there.
 *
 * Pure: no clock, no I/O. One thread a struct; memory is allocated when made. */
#ifndef SK_AUDIO_SUPPRESSOR_H
#define SK_AUDIO_SUPPRESSOR_H
#include "audio/canceller.h"

struct suppressor;

/* ERR_MEMORY. */
SK_MUST_USE err_t suppressor_create(struct suppressor **out);
void suppressor_destroy(struct suppressor *s);
/* One block and the doubt in it (canceller_block()); gives the block before. */
void suppressor_block(struct suppressor *s, const float *rest, const float *doubt, int16_t *out);
/* After a block that was given as it came: the overlap of the next with it. */
void suppressor_begin(struct suppressor *s, const int16_t *before);

#endif
