#include "apps/introduction.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "shop/customer.h"
#include "shop/outbox.h"
#include "shop/pairing.h"

enum { AGAIN_MS = 60 * 1000 };

static err_t put(struct syncing *s, enum pairing_state state, bool tell) {
    return pairing_put(s->assistant.shop, &(struct pairing_news){.state = state}, tell, clock_now_ms());
}

/* ---- a code ---- */

static err_t begin(struct introduction *i, struct syncing *s, bool by_itself) {
    int64_t now_ms = clock_now_ms();
    struct outcome o = s->backend->ops->pair(s->backend, s->assistant.settings.speaker, &i->pairing);
    i->next_ms = now_ms + AGAIN_MS;
    if (o.kind != OUTCOME_DONE) {
        log_warning("asking for a pairing code: %s", o.why);
        TRY(sync_note_contact(s->assistant.shop, false, o.why, now_ms));
        return by_itself ? ERR_OK : put(s, PAIRING_FAILED, true); /* nobody waits for the answer to what nobody asked */
    }
    struct pairing_news news = {.state = PAIRING_CODE};
    str_copy(news.code, sizeof news.code, i->pairing.code);
    str_copy(news.page, sizeof news.page, i->pairing.page);
    i->waits = true;
    i->next_ms = now_ms + (int64_t)i->pairing.poll_s * 1000;
    log_info("a pairing code is there; it is typed at %s", i->pairing.page);
    return pairing_put(s->assistant.shop, &news, true, now_ms);
}

/* ---- until somebody has typed it ---- */

/* Whose it is comes with the account. */
static err_t tell_paired(struct introduction *i, struct syncing *s) {
    struct sync_report r;
    struct customer customer;
    struct pairing_news news = {.state = PAIRING_PAIRED};
    TRY(syncing_pass(s, SYNC_ACCOUNT, &r));
    TRY(customer_get(s->assistant.shop, &customer));
    str_copy(news.name, sizeof news.name, customer.name);
    i->told_paired = true;
    log_info("the server knows this speaker");
    syncing_reload(s);
    return pairing_put(s->assistant.shop, &news, true, clock_now_ms());
}

static err_t ask(struct introduction *i, struct syncing *s, bool *paired) {
    int64_t now_ms = clock_now_ms();
    if (now_ms < i->next_ms && i->next_ms - now_ms <= AGAIN_MS) return ERR_OK;
    struct outcome o = s->backend->ops->pair_token(s->backend, &i->pairing);
    i->next_ms = now_ms + (int64_t)i->pairing.poll_s * 1000;
    bool not_yet = o.kind == OUTCOME_DOUBTFUL || o.kind == OUTCOME_OFFLINE;
    if (not_yet && now_ms < i->pairing.until_ms) return ERR_OK;
    i->waits = false;
    *paired = o.kind == OUTCOME_DONE;
    if (*paired) return tell_paired(i, s);
    log_warning("this speaker is not paired: %s", o.why);
    return put(s, PAIRING_EXPIRED, true);
}

/* ---- all of it ---- */

static bool has_token(const struct syncing *s) {
    return access(s->assistant.settings.token_file, F_OK) == 0;
}

err_t introduction_step(struct introduction *i, struct syncing *s, bool *paired) {
    struct pairing_news now;
    *paired = false;
    if (!s->backend->ops->needs_server) return ERR_OK;
    TRY(pairing_get(s->assistant.shop, clock_now_ms(), &now));
    if (now.state == PAIRING_WANTED) return begin(i, s, false);
    if (i->waits) return ask(i, s, paired);
    bool never = s->backend->ops->pairs && now.state == PAIRING_UNKNOWN && !has_token(s);
    return never && clock_now_ms() >= i->next_ms ? begin(i, s, true) : ERR_OK;
}

err_t introduction_unknown(struct introduction *i, struct syncing *s) {
    struct pairing_news now;
    i->told_paired = false;
    TRY(pairing_get(s->assistant.shop, clock_now_ms(), &now));
    return now.state == PAIRING_PAIRED ? put(s, PAIRING_EXPIRED, false) : ERR_OK; /* not by itself once more */
}

err_t introduction_known(struct introduction *i, struct syncing *s) {
    struct pairing_news now;
    if (i->told_paired) return ERR_OK;
    i->told_paired = true;
    TRY(pairing_get(s->assistant.shop, clock_now_ms(), &now));
    return now.state == PAIRING_PAIRED ? ERR_OK : put(s, PAIRING_PAIRED, false);
}
