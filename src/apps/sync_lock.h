/* One program at a time synchronises a database: a lock on a file beside it. Any one thread. */
#ifndef SK_APPS_SYNC_LOCK_H
#define SK_APPS_SYNC_LOCK_H
#include "apps/settings.h"

/* *out is to be closed at the end. ERR_BUSY: another program has it; ERR_IO. */
SK_MUST_USE err_t sync_lock_take(int *out, const struct settings *s);
/* Whether a program has it now; who asks needs to read the file, no more. */
bool sync_lock_is_taken(const struct settings *s);

#endif
