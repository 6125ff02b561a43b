/* "Pair with the shop": shopkeeper-syncd, which has a network, finds in the store that a code is wanted, and puts there
 * what comes of it. */
#include "apps/effects.h"
#include "base/log.h"
#include "shop/pairing.h"

static err_t want_code(struct conversation *c, int64_t now_ms, struct pairing_news *out) {
    *out = (struct pairing_news){.state = PAIRING_NONE};
    if (!*c->assistant->settings.server) return ERR_OK;
    TRY(pairing_get(c->assistant->shop, now_ms, out));
    if (out->state == PAIRING_PAIRED) return ERR_OK; /* whose it is decides its owner, not who stands before it */
    *out = (struct pairing_news){.state = PAIRING_WANTED};
    return pairing_want(c->assistant->shop, now_ms);
}

void effect_pair(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    struct event *told = answer(as, EVENT_PAIRING);
    if (!want_code(c, now_ms, &told->pairing)) return;
    log_error("the shop is not asked for a code: %s", err_reason());
    told->pairing = (struct pairing_news){.state = PAIRING_FAILED};
}

err_t pairing_news_find(struct conversation *c, int64_t now_ms, struct event *e, bool *any) {
    *any = false;
    *e = (struct event){.kind = EVENT_PAIRING};
    if (!*c->assistant->settings.server || c->dialog.person.live) return ERR_OK;
    return pairing_untold(c->assistant->shop, now_ms, &e->pairing, any);
}
