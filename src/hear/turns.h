/* A second thread that takes turns with the one that made it: only one of the two runs at any time, so that what they
 * share needs no lock, and the same input gives the same result on any machine. For a library that reads its input to
 * the end in one call, while the input is still being made. The maker calls turns_begin(), turns_give() and
 * turns_end(), the other thread turns_take(). */
#ifndef SK_HEAR_TURNS_H
#define SK_HEAR_TURNS_H
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"

struct turns;

/* The thread will run `work`, which may call turns_take(), in the turns that it is given. ERR_MEMORY. */
SK_MUST_USE err_t turns_begin(struct turns **out, void (*work)(void *ctx), void *ctx);
/* The other thread's turn, until it takes the next one or `work` returns; false if it has returned. */
bool turns_give(struct turns *t);
/* Called by `work`: hands the turn back and waits for the next. */
void turns_take(struct turns *t);
/* Gives turns until `work` has returned, and frees; `work` must come to its end. NULL is fine. Returns the processor
 * time of all its turns in ns. */
int64_t turns_end(struct turns *t);
/* That time until now. */
int64_t turns_cpu_ns(const struct turns *t);

#endif
