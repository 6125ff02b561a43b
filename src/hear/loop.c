#include "hear/loop.h"

static const float NEVER = 1e30f;

static float less(float a, float b) {
    return a < b ? a : b;
}

void loop_begin(struct loop *l, const struct mdef *m, float phone_cost) {
    l->mdef = m;
    l->phone_cost = phone_cost;
    for (int p = 0; p < m->n_phones; p++) {
        for (int k = 0; k < MDEF_STATES; k++) l->cost[p][k] = NEVER;
        l->cost[p][MDEF_STATES - 1] = 0; /* as if every phone had just ended */
    }
}

void loop_frame(struct loop *l, const int16_t *costs) {
    float entry = loop_cost(l) + l->phone_cost;
    for (int p = 0; p < l->mdef->n_phones; p++) {
        float *cost = l->cost[p];
        for (int k = MDEF_STATES - 1; k > 0; k--) cost[k] = less(cost[k], cost[k - 1]) + costs[l->mdef->of[p][k]];
        cost[0] = less(cost[0], entry) + costs[l->mdef->of[p][0]];
    }
}

float loop_cost(const struct loop *l) {
    float best = NEVER;
    for (int p = 0; p < l->mdef->n_phones; p++) best = less(best, l->cost[p][MDEF_STATES - 1]);
    return best;
}
