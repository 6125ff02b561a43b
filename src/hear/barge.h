/* Interrupting a reply: what listen.c does with a block in HEAR_BARGE beside looking for the wake phrase. HEAR thread.
 */
#ifndef SK_HEAR_BARGE_H
#define SK_HEAR_BARGE_H
#include "hear/hear_private.h"

/* From the cursor on; `state` is the index of the words that interrupt, -1 for none. */
void barge_begin(struct hear *h, int state);
/* One block, which has been looked at for the wake phrase. True if words that interrupt ended here: *out is filled. */
bool barge_block(struct hear *h, const int16_t *samples, struct hear_result *out);
/* The wake phrase was just heard: is it the assistant that said it? */
bool barge_wake_is_own(struct hear *h);

#endif
