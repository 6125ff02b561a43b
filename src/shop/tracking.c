#include "shop/tracking.h"

#include <string.h>

#include "base/str.h"
#include "shop/customer.h"
#include "shop/order_line.h"
#include "shop/orders.h"

static int64_t known(int64_t ms) {
    return ms > 0 ? ms : SQL_NULL;
}

/* ---- when to ask ---- */

err_t tracking_due(struct shop *s, int64_t now_ms, struct tracked *out, bool *any) {
    sqlite3_stmt *q;
    TRY(sql_start(s, &q, SQL_TRACK_DUE, "ii", now_ms, (int64_t)TRACK_AHEAD_MS));
    TRY(sql_next(s, q, any));
    if (!*any) return ERR_OK;
    *out = (struct tracked){.id = sqlite3_column_int64(q, 0), .polls = sqlite3_column_int(q, 3)};
    sql_text(q, 1, out->order, sizeof out->order);
    sql_text(q, 2, out->etag, sizeof out->etag);
    sql_text(q, 4, out->remote, sizeof out->remote);
    sql_stop(q);
    return ERR_OK;
}

err_t tracking_wake(struct shop *s) {
    return sql_run(s, SQL_TRACK_WAKE, "");
}

err_t tracking_polled(struct shop *s, int64_t id, int64_t next_ms, int polls) {
    return sql_run(s, SQL_TRACK_POLLED, "iii", id, next_ms, (int64_t)polls);
}

err_t tracking_same(struct shop *s, int64_t id, int64_t now_ms) {
    return sql_run(s, SQL_TRACK_AS_OF, "iit", id, now_ms, NULL);
}

/* ---- what is told ---- */

static err_t put_parcel(struct shop *s, int64_t order, const struct tracked_parcel *p) {
    int64_t shipment, line;
    TRY(sql_int(s, &shipment, SQL_SHIPMENT_ADD, "itiiit", order, p->carrier, known(p->shipped_ms),
                known(p->expected_ms), known(p->delivered_ms), p->place));
    for (int i = 0; i < p->n; i++) {
        err_t err = sql_int(s, &line, SQL_ORDER_LINE_ID, "ii", order, (int64_t)p->positions[i]);
        if (err == ERR_NOT_FOUND) continue; /* one that did not fit here */
        TRY(err);
        TRY(sql_run(s, SQL_SHIPMENT_LINE, "ii", shipment, line));
    }
    return ERR_OK;
}

static err_t put_parcels(struct shop *s, int64_t order, const struct tracking *t) {
    TRY(sql_run(s, SQL_SHIPMENTS_FORGET, "i", order));
    for (int i = 0; i < t->n_parcels; i++) TRY(put_parcel(s, order, &t->parcels[i]));
    return ERR_OK;
}

static err_t put_line(struct shop *s, int64_t order, const struct tracked_line *l) {
    struct new_line line = {.order = order,
                            .position = l->position,
                            .title = l->title,
                            .options = l->options,
                            .quantity_milli = l->quantity_milli,
                            .price_minor = l->price_minor};
    err_t err = sql_int(s, &line.variant, SQL_VARIANT_BY_SHOP_ID, "t", l->variant);
    if (err == ERR_NOT_FOUND) line.variant = SQL_NULL;
    if (err && err != ERR_NOT_FOUND) return err;
    return order_line_add(s, &line);
}

/* Made on the web, or on another speaker. A number that another order has here already gives way: its tail would not
 * tell them apart. */
static err_t add_order(struct shop *s, const struct tracking *t, int64_t now_ms, int64_t *id, bool *added) {
    int64_t customer;
    *added = false;
    if (t->n_lines < 1 || !*t->number) return ERR_OK;
    TRY(customer_keep(s, &customer));
    err_t err = sql_int(s, id, SQL_TRACK_NEW, "tiiiiittti", t->number, customer, t->placed_ms, now_ms,
                        t->delivery_minor, t->discount_minor, t->remote, t->way, t->payment, t->total_minor);
    if (err == ERR_NOT_FOUND) return ERR_OK;
    TRY(err);
    *added = true;
    for (int i = 0; i < t->n_lines; i++) TRY(put_line(s, *id, &t->lines[i]));
    return ERR_OK;
}

static err_t put_in_tx(struct shop *s, const struct tracking *t, const char *etag, int64_t now_ms, bool *moved) {
    int64_t id;
    struct order o;
    bool there = true;
    err_t err = sql_int(s, &id, SQL_TRACK_FIND, "tt", t->remote, t->key);
    if (err == ERR_NOT_FOUND) err = add_order(s, t, now_ms, &id, &there);
    TRY(err);
    if (!there) return ERR_OK;
    TRY(order_get(s, id, &o));
    /* what the shopper cancelled here, or has not sent, is not what the server thinks yet */
    if (o.state == ORDER_CANCELLED && t->state != ORDER_CANCELLED && t->state != ORDER_REFUNDED) return ERR_OK;
    TRY(sql_run(s, SQL_TRACK_SET, "itiiit", id, order_state_name(t->state), known(t->expected_ms),
                known(t->delivered_ms), now_ms, t->remote));
    TRY(sql_run(s, SQL_TRACK_AS_OF, "iit", id, now_ms, etag));
    TRY(put_parcels(s, id, t));
    *moved = o.state != t->state;
    return ERR_OK;
}

err_t tracking_put(struct shop *s, const struct tracking *t, const char *etag, int64_t now_ms, bool *moved) {
    bool has_moved = false;
    TRY(tx_begin(s));
    TRY(tx_end(s, put_in_tx(s, t, etag, now_ms, &has_moved)));
    *moved = has_moved;
    return ERR_OK;
}
