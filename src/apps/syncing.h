/* A meeting with the shop's server, wired: the store, the adapter of the settings, how names are said, the packet of a
 * ticket; and what follows a changed catalogue. Shared by shopkeeper-syncd and `shopkeeper sync`.
 *
 * One thread; one program at a time on a database, a lock beside it sees to that. */
#ifndef SK_APPS_SYNCING_H
#define SK_APPS_SYNCING_H
#include "apps/assistant.h"
#include "sync/sync.h"

struct syncing {
    struct assistant assistant;
    struct shop_hooks hooks;
    struct backend *backend;
    struct sync sync;
    int lock;
};

/* Progress, as in struct sync; ctx is none of the caller's. */
typedef void syncing_tell(void *ctx, const char *what, int done);

/* ERR_ARG: no database; ERR_BUSY: another program synchronises it; ERR_ of store and adapter. On failure nothing is
 * left open. From here on SIGINT and SIGTERM end what is in work. `tell` may be NULL. */
SK_MUST_USE err_t syncing_open(struct syncing *s, const struct settings *settings, syncing_tell *tell);
void syncing_close(struct syncing *s);
/* One pass. Where people call things by other names afterwards, those that sound alike are found anew, and shopkeeperd,
 * if one runs, takes over the words. */
SK_MUST_USE err_t syncing_pass(struct syncing *s, unsigned parts, struct sync_report *out);

/* What shopkeeperd knows of the store is no longer so: it takes it over when it is quiet. Nothing if none runs. */
void syncing_reload(struct syncing *s);

/* Whether such a signal came. */
bool syncing_is_stopped(void);

#endif
