/* Which of many names sound alike: pairs that are within a phone of each other (base/phone_distance.h). Pure; any
 * thread.
 *
 * Not all pairs are compared: names are sorted by length, and a pair whose counts of phones by kind differ too much
 * cannot be near, whatever the order of its phones. */
#ifndef SK_HEAR_ALIKE_H
#define SK_HEAR_ALIKE_H
#include <stddef.h>

#include "base/err.h"
#include "base/phone_distance.h"

/* What counts as alike: at most this far apart, and, for short names, this much a phone of the shorter one. */
enum { ALIKE_MAX = 900, ALIKE_PER_PHONE = 225 };

typedef void alike_fn(void *ctx, size_t a, size_t b, int distance);

/* The furthest that two runs may be apart to be alike. */
int alike_limit(const struct phone_run *a, const struct phone_run *b);
/* Calls fn once for each pair that is alike, a < b; empty runs are like none. Pairs of which both are `known` (may be
 * NULL) are left out. ERR_MEMORY. */
SK_MUST_USE err_t alike_find(const struct phone_run *runs, const bool *known, size_t n, alike_fn *fn, void *ctx);

#endif
