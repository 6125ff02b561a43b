/* How it stands between the speaker and its shop's server, for people: one finding a line, each a sentence that says
 * what is, and if something is amiss how to mend it. Reads the store alone: nobody is asked over the network. One
 * thread, that of the store. */
#ifndef SK_APPS_SYNC_STATUS_H
#define SK_APPS_SYNC_STATUS_H
#include "apps/settings.h"
#include "shop/shop.h"

struct sync_finding {
    const char *what; /* service, server, backend (its limits), pairing, catalogue, to send, refused, uncertain */
    bool ok;
    char text[480];
};

typedef void sync_finding_fn(void *ctx, const struct sync_finding *f);

/* ERR_ of the store. */
SK_MUST_USE err_t sync_status(const struct settings *settings, struct shop *shop, int64_t now_ms, sync_finding_fn *fn,
                              void *ctx);

#endif
