/* The loop of all phones, which explains any speech as well as the acoustic model can: what a hypothesis competes with.
 * The best path through it, found while the scores of the frames go by (A. J. Viterbi, "Error bounds for convolutional
 * codes", IEEE Trans. Information Theory 13, 1967). Pure. */
#ifndef SK_HEAR_LOOP_H
#define SK_HEAR_LOOP_H
#include "hear/mdef.h"

struct loop {
    const struct mdef *mdef; /* borrowed */
    float phone_cost;        /* of beginning a phone */
    float cost[MDEF_PHONES_MAX][MDEF_STATES];
};

void loop_begin(struct loop *l, const struct mdef *m, float phone_cost);
/* One frame: what each senone costs, in any unit. */
void loop_frame(struct loop *l, const int16_t *costs);
/* What the best path costs that ends with a whole phone. */
float loop_cost(const struct loop *l);

#endif
