/* What the shop's server knows: who buys, where orders are, what people of the shop write. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "shop/desk.h"
#include "shop/quoted.h"
#include "sync/backoff.h"
#include "sync/sync.h"

enum { LOOKED_MAX = 50, LISTED_MAX = 20 };

/* From minutes to hours, as long as nothing changes. */
static const struct backoff asking = {.first_ms = 5 * 60 * 1000, .most_ms = 6 * 60 * 60 * 1000};

/* ---- account ---- */

err_t follow_account(struct sync *y, struct sync_report *r) {
    struct account a;
    char etag[ETAG_MAX], etag_now[ETAG_MAX] = "";
    TRY(sync_get(y->shop, "account", etag, sizeof etag));
    struct outcome o = y->backend->ops->account(y->backend, etag, &a, etag_now);
    sync_heard(r, &o, "the account");
    if (o.kind != OUTCOME_DONE) return ERR_OK;
    TRY(account_put(y->shop, &a));
    return sync_set(y->shop, "account", etag_now);
}

/* ---- the basket in hand ---- */

/* So that what is read back is what will be paid. Where it cannot be asked the shopper hears what is computed here, and
 * the order is compared when it is sent. */
err_t follow_basket(struct sync *y, struct sync_report *r) {
    struct outgoing_order basket;
    struct quote q;
    int64_t version;
    bool any;
    TRY(basket_unquoted(y->shop, y->now_ms(), &basket, &version, &any));
    if (!any) return ERR_OK;
    struct outcome o = y->backend->ops->quote(y->backend, &basket, &q);
    if (sync_heard(r, &o, "asking what a basket costs") || o.kind == OUTCOME_DOUBTFUL) return ERR_OK;
    bool counts = o.kind == OUTCOME_DONE && y->backend->ops->needs_server;
    return basket_quote_keep(y->shop, version, counts ? q.total_minor : -1, counts ? q.delivery_minor : 0);
}

/* ---- orders ---- */

static err_t follow_one(struct sync *y, struct sync_report *r, const struct tracked *t) {
    static struct tracking told; /* large; one thread */
    char etag[ETAG_MAX] = "";
    bool moved = false;
    struct outcome o = y->backend->ops->status(y->backend, t, &told, etag);
    if (sync_heard(r, &o, "asking where an order is")) return ERR_OK;
    r->looked++;
    int64_t now_ms = y->now_ms();
    if (o.kind == OUTCOME_DONE) TRY(tracking_put(y->shop, &told, etag, now_ms, &moved));
    if (o.kind == OUTCOME_UNCHANGED) TRY(tracking_same(y->shop, t->id, now_ms));
    r->moved += moved;
    int polls = moved ? 0 : t->polls + 1;
    return tracking_polled(y->shop, t->id, now_ms + backoff_ms(&asking, polls + 1, y->chance(y->ctx)), polls);
}

err_t follow_orders(struct sync *y, struct sync_report *r) {
    struct tracked t;
    bool any;
    for (int i = 0; i < LOOKED_MAX && !sync_is_stopped(y); i++) {
        TRY(tracking_due(y->shop, y->now_ms(), &t, &any));
        if (!any) return ERR_OK;
        TRY(follow_one(y, r, &t));
        if (r->offline || r->unpaired) return ERR_OK;
    }
    return ERR_OK;
}

struct listing {
    struct sync *y;
    err_t err;
};

static void take_listed(void *ctx, const struct tracking *t) {
    struct listing *l = ctx;
    bool moved;
    if (!l->err) l->err = tracking_put(l->y->shop, t, NULL, l->y->now_ms(), &moved);
}

err_t follow_list(struct sync *y, struct sync_report *r) {
    struct listing l = {.y = y};
    struct outcome o = y->backend->ops->list(y->backend, LISTED_MAX, take_listed, &l);
    sync_heard(r, &o, "the list of orders");
    return l.err;
}

/* ---- people of the shop ---- */

static err_t say_unsent(struct sync *y, struct sync_report *r) {
    struct desk_unsent m = {0};
    char key[48];
    bool any;
    for (;;) {
        TRY(desk_unsent(y->shop, m.id, &m, &any));
        if (!any || sync_is_stopped(y)) return ERR_OK;
        snprintf(key, sizeof key, "message-%" PRId64, m.id);
        TRY(desk_keep(y->shop));
        struct outcome o = *m.heard ? y->backend->ops->heard(y->backend, m.heard, m.at_ms)
                                    : y->backend->ops->say(y->backend, m.ticket, key, m.text, m.at_ms);
        if (sync_heard(r, &o, "passing on a message")) return ERR_OK;
        if (o.kind == OUTCOME_DOUBTFUL) return ERR_OK; /* they stay in their order */
        TRY(desk_sent(y->shop, m.id));                 /* closed, or unknown: nobody waits for it */
    }
}

static err_t hang_up(struct sync *y, struct sync_report *r) {
    int64_t ticket = 0, at_ms;
    char key[KEY_MAX_BYTES];
    bool any;
    for (;;) {
        TRY(desk_unclosed(y->shop, ticket, &ticket, key, &at_ms, &any));
        if (!any || sync_is_stopped(y)) return ERR_OK;
        struct outcome o = y->backend->ops->hang_up(y->backend, key, at_ms);
        if (sync_heard(r, &o, "closing a ticket")) return ERR_OK;
        if (o.kind != OUTCOME_DOUBTFUL) TRY(desk_closed(y->shop, ticket));
    }
}

static err_t take_messages(struct sync *y, struct sync_report *r, const struct desk_page *page) {
    struct desk_reply v[MESSAGES_PAGE_MAX];
    for (int i = 0; i < page->n; i++) {
        const struct desk_message *m = &page->v[i];
        v[i] = (struct desk_reply){
            .id = m->id, .ticket = m->ticket, .name = m->name, .text = m->text, .closed = m->closed};
    }
    TRY(desk_take(y->shop, v, page->n, page->last, y->now_ms()));
    r->messages += page->n;
    return ERR_OK;
}

err_t follow_desk(struct sync *y, struct sync_report *r) {
    static struct desk_page page; /* one thread */
    char last[MESSAGE_ID_MAX];
    TRY(say_unsent(y, r));
    if (!r->offline && !r->unpaired) TRY(hang_up(y, r));
    for (bool more = true; more && !r->offline && !r->unpaired && !sync_is_stopped(y);) {
        TRY(sync_get(y->shop, "messages", last, sizeof last));
        struct outcome o = y->backend->ops->messages(y->backend, last, &page);
        sync_heard(r, &o, "messages of the shop");
        more = o.kind == OUTCOME_DONE && page.more && page.n > 0;
        if (o.kind == OUTCOME_DONE && page.n > 0) TRY(take_messages(y, r, &page));
    }
    return ERR_OK;
}
