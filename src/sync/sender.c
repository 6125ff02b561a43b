/* The outbox goes out. An order is made once, whatever happens: it is marked doubtful on the disk before it is sent, it
 * carries the key it was saved with, and after every answer that leaves a doubt the shop is asked for that key first;
 * where it cannot tell, the order is never sent again by itself.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "sync/backoff.h"
#include "sync/sync.h"

enum { LOOKS_MAX = 8 /* with the waits between them some eight minutes, in which a slow shop ends what it began */ };

static const struct backoff retry = {.first_ms = 2000, .most_ms = 15 * 60 * 1000};

/* ---- again, later ---- */

static err_t later(struct sync *y, struct sync_report *r, const struct outgoing *row, const struct outcome *o) {
    int64_t wait_ms = backoff_ms(&retry, row->tries + 1, y->chance(y->ctx));
    if (wait_ms < (int64_t)o->retry_s * 1000) wait_ms = (int64_t)o->retry_s * 1000;
    r->waiting++;
    return outbox_later(y->shop, row->id, y->now_ms() + wait_ms, o->why);
}

/* ---- orders ---- */

static err_t placed(struct sync *y, struct sync_report *r, const struct outgoing *row, const struct placed *p) {
    bool offline;
    int64_t last_ms;
    TRY(sync_contact(y->shop, &offline, &last_ms));
    r->sent++;
    r->placed++;
    return order_settle_placed(y->shop, row, p->remote, offline || row->tries > 0, y->now_ms());
}

static err_t refused(struct sync *y, struct sync_report *r, const struct outgoing *row, enum refusal why) {
    r->sent++;
    r->refused++;
    return order_settle_refused(y->shop, row, refusal_name(why), y->now_ms());
}

/* Sent again, it might be there twice: from here on it is for the shopper and the shop's people. */
static err_t uncertain(struct sync *y, struct sync_report *r, const struct outgoing *row) {
    r->sent++;
    r->uncertain++;
    return order_settle_uncertain(y->shop, row, y->now_ms());
}

static err_t asked(struct sync *y, struct sync_report *r, const struct outgoing *row, int64_t total_minor) {
    r->asked++;
    return order_settle_asks(y->shop, row, total_minor, y->now_ms());
}

/* What has become of it; *done says that it is settled, or will be tried another time. */
static err_t look(struct sync *y, struct sync_report *r, const struct outgoing *row, const struct outgoing_order *order,
                  bool *done) {
    struct placed p;
    struct outcome o = y->backend->ops->find(y->backend, order, &p);
    sync_heard(r, &o, "looking for an order");
    *done = o.kind != OUTCOME_MISSING;
    if (o.kind == OUTCOME_DONE) return placed(y, r, row, &p);
    if (!*done) return ERR_OK;
    if (o.refusal == REFUSAL_UNCERTAIN) {
        if (row->looks + 1 >= LOOKS_MAX) return uncertain(y, r, row);
        TRY(outbox_looked(y->shop, row->id));
    }
    return later(y, r, row, &o);
}

static err_t ask_price(struct sync *y, struct sync_report *r, const struct outgoing *row,
                       const struct outgoing_order *order, bool *agreed) {
    struct quote q;
    struct outcome o = y->backend->ops->quote(y->backend, order, &q);
    bool token = sync_heard(r, &o, "asking what an order costs") && r->unpaired;
    *agreed = o.kind == OUTCOME_DONE && q.total_minor == order->agreed_minor;
    if (*agreed) return ERR_OK;
    if (o.kind == OUTCOME_DONE) return asked(y, r, row, q.total_minor);
    if (o.kind == OUTCOME_REFUSED && !token) return refused(y, r, row, o.refusal);
    return later(y, r, row, &o);
}

/* Until it is placed nothing is in doubt. */
static err_t prepare(struct sync *y, struct sync_report *r, const struct outgoing *row, struct outgoing_order *order,
                     bool *ready) {
    *ready = true;
    if (!y->backend->ops->prepare) return ERR_OK;
    struct outcome o = y->backend->ops->prepare(y->backend, order, order->handle);
    bool hopeless = sync_heard(r, &o, "preparing an order");
    *ready = o.kind == OUTCOME_DONE;
    if (*ready) return outbox_handle(y->shop, row->id, order->handle);
    return o.kind == OUTCOME_REFUSED && !hopeless ? refused(y, r, row, o.refusal) : later(y, r, row, &o);
}

static err_t place(struct sync *y, struct sync_report *r, const struct outgoing *row,
                   const struct outgoing_order *order) {
    struct placed p;
    struct quote now;
    bool done;
    TRY(outbox_doubt(y->shop, row->id, true));
    struct outcome o = y->backend->ops->place(y->backend, order, &p, &now);
    bool hopeless = sync_heard(r, &o, "sending an order");
    switch (o.kind) {
        case OUTCOME_DONE:
            return placed(y, r, row, &p);
        case OUTCOME_REFUSED:
            if (o.refusal == REFUSAL_CHANGED) return asked(y, r, row, now.total_minor);
            if (!hopeless) return refused(y, r, row, o.refusal);
            break;
        case OUTCOME_OFFLINE:
            break;
        default: /* it may be there: nobody knows */
            TRY(look(y, r, row, order, &done));
            return done ? ERR_OK : later(y, r, row, &o);
    }
    TRY(outbox_doubt(y->shop, row->id, false)); /* nobody has heard of it */
    return later(y, r, row, &o);
}

/* Saved, and the shopper changed their mind: of what was never sent nobody needs to hear; else the cancellation, which
 * is the next row, closes its key. */
static err_t drop(struct sync *y, struct sync_report *r, const struct outgoing *row) {
    r->sent++;
    return row->doubtful ? outbox_done(y->shop, row->id) : order_settle_unsent(y->shop, row);
}

static err_t send_order(struct sync *y, struct sync_report *r, const struct outgoing *row) {
    struct outgoing_order order;
    bool done = false, agreed = false;
    TRY(outgoing_order_read(y->shop, row->subject, &order));
    bool over = order.state != ORDER_SAVED;
    bool keyless = *order.handle != '\0'; /* a shop that makes it from that cannot close its key */
    if (over && !(row->doubtful && keyless)) return drop(y, r, row);
    if (row->doubtful) TRY(look(y, r, row, &order, &done));
    if (done || over) return done ? ERR_OK : drop(y, r, row);
    TRY(ask_price(y, r, row, &order, &agreed));
    if (agreed) TRY(prepare(y, r, row, &order, &agreed));
    return agreed ? place(y, r, row, &order) : ERR_OK;
}

/* ---- what comes after an order ---- */

static err_t settle_change(struct sync *y, struct sync_report *r, const struct outgoing *row, const struct outcome *o) {
    bool hopeless = sync_heard(r, o, "telling the shop of a change");
    bool no = (o->kind == OUTCOME_REFUSED && !hopeless) || (o->kind == OUTCOME_MISSING && row->kind == OUTGOING_RETURN);
    if (o->kind == OUTCOME_DOUBTFUL || hopeless) return later(y, r, row, o);
    r->sent++;
    return no ? change_settle_refused(y->shop, row, y->now_ms()) : outbox_done(y->shop, row->id);
}

static err_t send_change(struct sync *y, struct sync_report *r, const struct outgoing *row) {
    struct outgoing_order order;
    const struct backend_ops *ops = y->backend->ops;
    TRY(outgoing_order_read(y->shop, row->subject, &order));
    const char *name = *order.key ? order.key : order.remote;
    struct outcome o = outcome_of(OUTCOME_MISSING, REFUSAL_NONE, "");
    if (*name)
        o = row->kind == OUTGOING_CANCEL ? ops->cancel(y->backend, name)
                                         : ops->readdress(y->backend, name, order.address);
    return settle_change(y, r, row, &o);
}

static err_t send_return(struct sync *y, struct sync_report *r, const struct outgoing *row) {
    struct outgoing_return back;
    TRY(outgoing_return_read(y->shop, row->subject, &back));
    str_copy(back.key, sizeof back.key, row->key);
    struct outcome o = y->backend->ops->send_back(y->backend, &back);
    return settle_change(y, r, row, &o);
}

/* ---- to a person ---- */

static err_t send_ticket(struct sync *y, struct sync_report *r, const struct outgoing *row) {
    struct outgoing_ticket ticket;
    char *packet = NULL;
    TRY(outgoing_ticket_read(y->shop, row->subject, &ticket));
    if (!*ticket.key) str_copy(ticket.key, sizeof ticket.key, row->key);
    TRY(y->packet(y->ctx, ticket.code, &packet));
    struct outcome o = y->backend->ops->hand_over(y->backend, &ticket, packet);
    free(packet);
    sync_heard(r, &o, "handing over to a person");
    if (o.kind == OUTCOME_REFUSED && o.refusal == REFUSAL_NEVER)
        return outbox_done(y->shop, row->id); /* it stays here */
    if (o.kind != OUTCOME_DONE) return later(y, r, row, &o);
    r->sent++;
    return ticket_settle(y->shop, row);
}

/* ---- all of it ---- */

static err_t send_row(struct sync *y, struct sync_report *r, const struct outgoing *row) {
    bool mine;
    TRY(outbox_claim(y->shop, row->id, &mine));
    if (!mine) return ERR_OK; /* taken back just now */
    switch (row->kind) {
        case OUTGOING_ORDER:
            return send_order(y, r, row);
        case OUTGOING_CANCEL:
        case OUTGOING_ADDRESS:
            return send_change(y, r, row);
        case OUTGOING_RETURN:
            return send_return(y, r, row);
        default:
            return send_ticket(y, r, row);
    }
}

err_t send_outbox(struct sync *y, struct sync_report *r) {
    struct outgoing row = {0};
    bool any;
    for (;;) {
        TRY(outbox_due(y->shop, row.id, y->now_ms(), &row, &any));
        if (!any || sync_is_stopped(y)) return ERR_OK;
        err_t err = send_row(y, r, &row);
        if (err == ERR_NOT_FOUND) { /* what it was about is forgotten */
            log_warning("an outbox row is dropped: %s", err_reason());
            err = outbox_done(y->shop, row.id);
        }
        TRY(err);
        if (r->offline || r->unpaired) return ERR_OK;
        if (y->tell) y->tell(y->ctx, "sent", r->sent);
    }
}
