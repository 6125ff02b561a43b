/* How this speaker is introduced to the shop's server. Who speaks with the shopper wants a code (pairing_want); who
 * speaks with the server (shopkeeper-syncd) gets it and puts here what comes of it; who speaks with the shopper tells
 * it, each step once. The secret that goes with the code is never here. Thread and errors as in shop.h; times are
 * handed in.
 */
#ifndef SK_SHOP_PAIRING_H
#define SK_SHOP_PAIRING_H
#include "shop/shop.h"

enum {
    PAIRING_PATIENCE_MS = 60 * 1000, /* so long a code is waited for */
    PAIRING_NEWS_MS = 10 * 60 * 1000 /* what nobody told until then is no news any more */
};

/* As it is now; PAIRING_UNKNOWN if nothing was ever put. A code that was wanted and did not come in time has FAILED. */
SK_MUST_USE err_t pairing_get(struct shop *s, int64_t now_ms, struct pairing_news *out);
SK_MUST_USE err_t pairing_want(struct shop *s, int64_t now_ms);
/* `tell`: it is news for the shopper. */
SK_MUST_USE err_t pairing_put(struct shop *s, const struct pairing_news *news, bool tell, int64_t now_ms);
/* What is to be told, which then counts as told. */
SK_MUST_USE err_t pairing_untold(struct shop *s, int64_t now_ms, struct pairing_news *out, bool *any);

#endif
