/* After an order was placed and before it leaves: cancelling it, sending it elsewhere; afterwards: sending back, and
 * the money that comes back. Each change and the outbox row that tells the shop are one transaction. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "shop/customer.h"
#include "shop/orders.h"
#include "shop/shop.h"
#include "shop/text.h"

enum { CHANGE_KEY_MAX = 96 };

static err_t tell_shop(struct shop *s, const char *kind, int64_t subject, const char *number, int64_t now_ms) {
    char key[CHANGE_KEY_MAX]; /* the number of the order, since loading a folder anew gives it another id */
    snprintf(key, sizeof key, "%s-%s-%" PRId64 "-%" PRId64, kind, number, subject, now_ms);
    return sql_run(s, SQL_OUTBOX_ADD, "titi", kind, subject, key, now_ms);
}

/* By this key the shop knows it again: a line goes back once. */
static err_t tell_shop_back(struct shop *s, int64_t send_back, const char *number, int line, int64_t now_ms) {
    char key[CHANGE_KEY_MAX];
    snprintf(key, sizeof key, "return-%s-%d", number, line);
    return sql_run(s, SQL_OUTBOX_ADD, "titi", "return", send_back, key, now_ms);
}

bool order_can_change(enum order_state state) {
    return state == ORDER_SAVED || state == ORDER_PLACED;
}

static err_t changeable(struct shop *s, const char *number, int64_t *id, struct order *o) {
    TRY(order_id(s, number, id));
    TRY(order_get(s, *id, o));
    if (order_can_change(o->state)) return ERR_OK;
    return err_fail(ERR_RANGE, "order %s is %s already", o->number, order_state_name(o->state));
}

/* ---- cancelling ---- */

static err_t cancel_in_tx(struct shop *s, const char *number, int64_t now_ms, struct order *out) {
    int64_t id;
    TRY(changeable(s, number, &id, out));
    TRY(sql_run(s, SQL_ORDER_CANCEL, "ii", id, now_ms));
    TRY(sql_run(s, SQL_STOCK_RETURN, "i", id));
    TRY(sql_run(s, SQL_SEND_AGAIN, "ii", id, now_ms)); /* whatever it waited for */
    TRY(tell_shop(s, "cancel", id, out->number, now_ms));
    return order_get(s, id, out);
}

err_t order_cancel(struct shop *s, const char *number, int64_t now_ms, struct order *out) {
    struct order o;
    TRY(tx_begin(s));
    TRY(tx_end(s, cancel_in_tx(s, number, now_ms, &o)));
    *out = o;
    return ERR_OK;
}

/* ---- another total ---- */

static err_t agree_in_tx(struct shop *s, const char *number, int64_t total_minor, int64_t now_ms, struct order *out) {
    int64_t id, same;
    TRY(order_id(s, number, &id));
    err_t err = sql_int(s, &same, SQL_SENT_AGREED, "ii", id, total_minor);
    if (err == ERR_NOT_FOUND) return err_fail(ERR_RANGE, "the shop does not want that for order %.20s", number);
    TRY(err);
    TRY(sql_run(s, SQL_SEND_AGAIN, "ii", id, now_ms));
    return order_get(s, id, out);
}

err_t order_agree(struct shop *s, const char *number, int64_t total_minor, int64_t now_ms, struct order *out) {
    struct order o;
    TRY(tx_begin(s));
    TRY(tx_end(s, agree_in_tx(s, number, total_minor, now_ms, &o)));
    *out = o;
    return ERR_OK;
}

/* ---- sending it elsewhere ---- */

err_t customer_addresses(struct shop *s, struct addresses *out) {
    int64_t customer;
    sqlite3_stmt *q;
    bool row;
    TRY(customer_id(s, &customer));
    *out = (struct addresses){0};
    TRY(sql_start(s, &q, SQL_ADDRESSES, "i", customer));
    TRY(sql_next(s, q, &row));
    while (row && out->n < ADDRESSES_MAX) {
        sql_text(q, 0, out->v[out->n].nickname, sizeof out->v->nickname);
        sql_text(q, 1, out->v[out->n].text, sizeof out->v->text);
        out->n++;
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

static err_t readdress_in_tx(struct shop *s, const char *number, const char *address, int64_t now_ms) {
    int64_t id;
    struct order o;
    TRY(changeable(s, number, &id, &o));
    TRY(sql_run(s, SQL_ORDER_ADDRESS, "it", id, address));
    return tell_shop(s, "address", id, o.number, now_ms);
}

err_t order_readdress(struct shop *s, const char *number, const char *address, int64_t now_ms) {
    if (!*address) return err_fail(ERR_ARG, "an address is not empty");
    TRY(tx_begin(s));
    return tx_end(s, readdress_in_tx(s, number, address, now_ms));
}

/* ---- sending back ---- */

static int64_t goods_minor(const struct order_line *line) {
    return (line->price_minor * line->quantity_milli + 500) / 1000;
}

/* What the line cost, less its share of the order's discount. */
static int64_t paid_for(const struct order *o, const struct order_line *line) {
    int64_t all = 0, own = goods_minor(line);
    for (int i = 0; i < o->n_lines; i++) all += goods_minor(&o->lines[i]);
    if (o->discount_minor <= 0 || all <= 0) return own;
    return own - (o->discount_minor * own + all / 2) / all;
}

static err_t send_back_in_tx(struct shop *s, const char *number, int position, const char *reason, int64_t now_ms,
                             struct send_back *out) {
    int64_t order, customer, known;
    struct order o;
    TRY(order_id(s, number, &order));
    TRY(customer_id(s, &customer));
    TRY(order_get(s, order, &o));
    if (o.state != ORDER_DELIVERED) return err_fail(ERR_RANGE, "order %s is %s", o.number, order_state_name(o.state));
    if (position < 0 || position >= o.n_lines) return err_fail(ERR_NOT_FOUND, "order %s has no such line", o.number);
    const struct order_line *line = &o.lines[position];
    *out = (struct send_back){.quantity_milli = line->quantity_milli, .made_ms = now_ms};
    out->amount_minor = paid_for(&o, line);
    str_copy(out->title, sizeof out->title, line->title);
    str_copy(out->currency, sizeof out->currency, o.currency);
    err_t err = sql_int(s, &known, SQL_SEND_BACK_OF, "ti", o.number, (int64_t)position + 1);
    if (err && err != ERR_NOT_FOUND) return err;
    if (err == ERR_NOT_FOUND) {
        TRY(sql_int(s, &known, SQL_SEND_BACK_ADD, "itititiii", customer, o.number, (int64_t)position + 1, line->title,
                    (int64_t)line->quantity_milli, reason, now_ms, out->amount_minor, (int64_t)SEND_BACK_FIRST));
        TRY(tell_shop_back(s, known, o.number, position + 1, now_ms));
    }
    char said[24];
    snprintf(said, sizeof said, "%" PRId64, known + SEND_BACK_FIRST);
    return str_copy(out->number, sizeof out->number, said) ? ERR_OK
                                                           : err_fail(ERR_FULL, "the return numbers are used up");
}

err_t order_send_back(struct shop *s, const char *number, int position, const char *reason, int64_t now_ms,
                      struct send_back *out) {
    struct send_back back;
    TRY(tx_begin(s));
    TRY(tx_end(s, send_back_in_tx(s, number, position, reason, now_ms, &back)));
    *out = back;
    return ERR_OK;
}

err_t refund_find(struct shop *s, const char *words, struct refund *out) {
    char match[MATCH_MAX_BYTES];
    int64_t customer;
    sqlite3_stmt *q;
    bool row;
    *out = (struct refund){0};
    int n_words = text_match(match, sizeof match, words, " AND ");
    if (n_words == 0 && *words) return ERR_OK; /* only signs: no product is called that */
    TRY(customer_id(s, &customer));
    TRY(sql_start(s, &q, SQL_REFUND, "it", customer, n_words ? match : NULL));
    TRY(sql_next(s, q, &row));
    if (!row) return ERR_OK;
    sql_text(q, 0, out->state, sizeof out->state);
    sql_text(q, 1, out->title, sizeof out->title);
    out->amount_minor = sqlite3_column_int64(q, 2);
    out->since_ms = sqlite3_column_int64(q, 3);
    out->as_of_ms = sqlite3_column_int64(q, 4);
    sql_text(q, 5, out->number, sizeof out->number);
    sql_text(q, 6, out->currency, sizeof out->currency);
    sql_stop(q);
    return ERR_OK;
}
