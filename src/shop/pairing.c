#include "shop/pairing.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/str.h"
#include "shop/outbox.h"
#include "shop/store.h"

static const char *const states[] = {
    [PAIRING_NONE] = "none",     [PAIRING_UNKNOWN] = "",        [PAIRING_WANTED] = "wanted", [PAIRING_CODE] = "code",
    [PAIRING_PAIRED] = "paired", [PAIRING_EXPIRED] = "expired", [PAIRING_FAILED] = "failed"};

static enum pairing_state state_read(const char *name) {
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (str_equal(states[i], name)) return (enum pairing_state)i;
    }
    return PAIRING_UNKNOWN;
}

static err_t is_late(struct shop *s, int64_t patience_ms, int64_t now_ms, bool *late) {
    char text[24];
    TRY(sync_get(s, "pairing_ms", text, sizeof text));
    int64_t age_ms = now_ms - strtoll(text, NULL, 10);
    *late = age_ms < 0 || age_ms > patience_ms;
    return ERR_OK;
}

err_t pairing_get(struct shop *s, int64_t now_ms, struct pairing_news *out) {
    char state[16];
    bool late = false;
    *out = (struct pairing_news){0};
    TRY(sync_get(s, "pairing", state, sizeof state));
    out->state = state_read(state);
    if (out->state == PAIRING_WANTED) TRY(is_late(s, PAIRING_PATIENCE_MS, now_ms, &late));
    if (late) out->state = PAIRING_FAILED;
    TRY(sync_get(s, "pairing_code", out->code, sizeof out->code));
    TRY(sync_get(s, "pairing_page", out->page, sizeof out->page));
    return sync_get(s, "pairing_name", out->name, sizeof out->name);
}

static err_t put_in_tx(struct shop *s, const struct pairing_news *n, bool tell, int64_t now_ms) {
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, now_ms);
    TRY(sync_set(s, "pairing", states[n->state]));
    TRY(sync_set(s, "pairing_ms", text));
    TRY(sync_set(s, "pairing_tell", tell ? "1" : ""));
    TRY(sync_set(s, "pairing_code", n->code));
    TRY(sync_set(s, "pairing_page", n->page));
    return sync_set(s, "pairing_name", n->name);
}

err_t pairing_put(struct shop *s, const struct pairing_news *news, bool tell, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, put_in_tx(s, news, tell, now_ms));
}

/* That none came is news, too. */
err_t pairing_want(struct shop *s, int64_t now_ms) {
    return pairing_put(s, &(struct pairing_news){.state = PAIRING_WANTED}, true, now_ms);
}

err_t pairing_untold(struct shop *s, int64_t now_ms, struct pairing_news *out, bool *any) {
    char tell[4];
    *any = false;
    TRY(sync_get(s, "pairing_tell", tell, sizeof tell));
    if (!*tell) return ERR_OK;
    TRY(pairing_get(s, now_ms, out));
    if (out->state == PAIRING_WANTED) return ERR_OK; /* not yet */
    bool late;
    TRY(is_late(s, PAIRING_NEWS_MS, now_ms, &late));
    *any = !late;
    if (out->state != PAIRING_FAILED) return sync_set(s, "pairing_tell", "");
    return pairing_put(s, &(struct pairing_news){.state = PAIRING_FAILED}, false, now_ms);
}
