/* Which senone of a known sentence each frame sounded like: the best path through the phones of its words, in any of
 * their pronunciations, with silence between them or not (A. J. Viterbi, "Error bounds for convolutional codes", IEEE
 * Trans. Information Theory 13, 1967). Phones in no particular context: of the senones only the phone matters much.
 * Pure; one thread. */
#ifndef SK_HEAR_ALIGN_H
#define SK_HEAR_ALIGN_H
#include <stdbool.h>
#include "base/err.h"
#include "hear/lexicon.h"
#include "hear/mdef.h"

struct align;

/* `frames` is how many there may be. Borrows `m`. ERR_NOT_FOUND names a word without a pronunciation, ERR_FULL, ERR_ARG
 * for no words, ERR_MODEL for a phone that the model lacks, ERR_MEMORY. */
SK_MUST_USE err_t align_create(struct align **out, const struct mdef *m, const struct lexicon *lexicon,
                               const char *sentence, size_t frames);
void align_destroy(struct align *a);

/* One frame: what each senone costs, in any unit. Frames beyond those agreed on are left out. */
void align_frame(struct align *a, const int16_t *costs);
/* What the best path costs that ends with the sentence, and the senones along it, one a frame. False if the sentence
 * does not fit into the frames. */
bool align_end(const struct align *a, float *cost, uint16_t *senones);
size_t align_frames(const struct align *a);

#endif
