/* The second look at what an n-gram search heard: of its readings that one is taken whose product the shop has, if the
 * sound allows it. "Power band" and "power bank" are as near to the ear; only one of them is in the catalogue. CORE. */
#ifndef SK_APPS_READINGS_H
#define SK_APPS_READINGS_H
#include "apps/assistant.h"

/* What was meant, in a state, by the best reading, which may be the only one. *sold: it names something that the shop
 * has, all the words of it. */
SK_MUST_USE err_t readings_choose(struct assistant *a, const struct state *state, const struct hear_result *heard,
                                  struct intent *out, bool *sold);

#endif
