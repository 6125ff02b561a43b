/* Where orders are. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "sync/medusa.h"

enum { LINES_TOLD_MAX = 64, PARCELS_TOLD_MAX = 32, ORDERS_TOLD_MAX = 50, QUANTITY_MAX_MILLI = 1000000000 };

static err_t read_line(const struct medusa *m, const struct node *o, int after, struct tracked_line *out) {
    int64_t quantity, position;
    *out = (struct tracked_line){0};
    TRY(node_int(o, "position", after + 1, LINES_TOLD_MAX, &position));
    out->position = (int)position;
    TRY(node_text_if(o, "variant", out->variant, sizeof out->variant, false));
    TRY(node_text_if(o, "title", out->title, sizeof out->title, true));
    TRY(node_text_if(o, "options", out->options, sizeof out->options, true));
    TRY(node_decimal(o, "quantity", 3, &quantity));
    if (quantity < 0 || quantity > QUANTITY_MAX_MILLI) return err_fail(ERR_RANGE, "the server's answer: quantity");
    out->quantity_milli = (int)quantity;
    return node_money(o, "price", m->currency, &out->price_minor);
}

/* What was taken out of it is no line, but keeps its position, by which parcels and returns name the others; beyond
 * ORDER_LINES_MAX nobody could hear them. */
static err_t read_lines(const struct medusa *m, const struct node *o, struct tracking *t) {
    const struct node *lines, *line;
    size_t n;
    int last = 0;
    TRY(node_array(o, "lines", LINES_TOLD_MAX, &lines, &n));
    for (size_t i = 0; i < n && t->n_lines < ORDER_LINES_MAX; i++) {
        struct tracked_line *l = &t->lines[t->n_lines];
        TRY(node_at(lines, i, &line));
        TRY(read_line(m, line, last, l));
        last = l->position;
        if (l->quantity_milli > 0) t->n_lines++;
    }
    return ERR_OK;
}

static err_t read_positions(const struct node *o, struct tracked_parcel *p) {
    const struct node *lines, *line;
    size_t n;
    TRY(node_array(o, "lines", LINES_TOLD_MAX, &lines, &n));
    for (size_t i = 0; i < n && p->n < ORDER_LINES_MAX; i++) {
        int64_t position;
        TRY(node_at(lines, i, &line));
        TRY(node_int(line, "position", 1, LINES_TOLD_MAX, &position));
        p->positions[p->n++] = (int)position;
    }
    return ERR_OK;
}

static err_t read_parcel(const struct node *o, struct tracked_parcel *p) {
    *p = (struct tracked_parcel){0};
    TRY(node_text_if(o, "carrier", p->carrier, sizeof p->carrier, true));
    TRY(node_text_if(o, "place", p->place, sizeof p->place, true));
    TRY(node_time_if(o, "shipped_at", &p->shipped_ms));
    TRY(node_time_if(o, "expected_at", &p->expected_ms));
    TRY(node_time_if(o, "delivered_at", &p->delivered_ms));
    return read_positions(o, p);
}

static err_t read_parcels(const struct node *o, struct tracking *t) {
    const struct node *parcels, *parcel;
    size_t n;
    TRY(node_array(o, "shipments", PARCELS_TOLD_MAX, &parcels, &n));
    for (size_t i = 0; i < n && t->n_parcels < PARCELS_MAX; i++) {
        TRY(node_at(parcels, i, &parcel));
        TRY(read_parcel(parcel, &t->parcels[t->n_parcels++]));
    }
    return ERR_OK;
}

static err_t read_state(const struct node *o, struct tracking *t) {
    char state[24];
    TRY(node_text(o, "state", state, sizeof state));
    if (!order_state_by_name(&t->state, state) || t->state == ORDER_SAVED || t->state == ORDER_REFUSED ||
        t->state == ORDER_UNCERTAIN)
        return err_fail(ERR_FORMAT, "the server's answer: no order is '%s'", state);
    return ERR_OK;
}

static err_t read_order(const struct medusa *m, const struct node *o, struct tracking *t) {
    memset(t, 0, sizeof *t);
    TRY(medusa_currency(m, o));
    TRY(node_text(o, "id", t->remote, sizeof t->remote));
    if (!*t->remote) return err_fail(ERR_FORMAT, "the server's answer: the order has no id");
    TRY(node_text_if(o, "key", t->key, sizeof t->key, false));
    TRY(node_text_if(o, "number", t->number, sizeof t->number, false));
    if (strspn(t->number, "0123456789") != strlen(t->number))
        return err_fail(ERR_FORMAT, "the server's answer: '%s' is no order number", t->number);
    TRY(read_state(o, t));
    TRY(node_time_if(o, "placed_at", &t->placed_ms));
    TRY(node_time_if(o, "expected_at", &t->expected_ms));
    TRY(node_time_if(o, "delivered_at", &t->delivered_ms));
    TRY(node_money(o, "total", m->currency, &t->total_minor));
    TRY(node_money(o, "delivery", m->currency, &t->delivery_minor));
    TRY(node_money(o, "discount", m->currency, &t->discount_minor));
    TRY(node_text_if(o, "way", t->way, sizeof t->way, true));
    if (node_has(o, "payment")) {
        const struct node *payment;
        TRY(node_object(o, "payment", &payment));
        TRY(node_text_if(payment, "nickname", t->payment, sizeof t->payment, true));
    }
    TRY(read_lines(m, o, t));
    return read_parcels(o, t);
}

struct outcome medusa_status(struct backend *b, const struct tracked *t, struct tracking *out,
                             char etag_now[ETAG_MAX]) {
    struct medusa *m = (struct medusa *)b;
    struct medusa_answer a;
    const struct node *o;
    char path[MEDUSA_PATH_MAX];
    if (!medusa_path(path, "/orders/", t->order, "")) return outcome_of(OUTCOME_MISSING, REFUSAL_NONE, "no such order");
    struct outcome result = medusa_send(m, &(struct medusa_ask){.method = "GET", .path = path, .etag = t->etag}, &a);
    if (result.kind == OUTCOME_DONE && (node_object(a.root, "order", &o) || read_order(m, o, out)))
        result = medusa_unreadable();
    str_copy(etag_now, ETAG_MAX, a.etag);
    medusa_free(&a);
    return result;
}

static err_t read_orders(const struct medusa *m, const struct node *root,
                         void (*fn)(void *ctx, const struct tracking *t), void *ctx) {
    static struct tracking t; /* one thread */
    const struct node *orders, *o;
    size_t n;
    TRY(node_array(root, "orders", ORDERS_TOLD_MAX, &orders, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(node_at(orders, i, &o));
        TRY(read_order(m, o, &t));
        fn(ctx, &t);
    }
    return ERR_OK;
}

struct outcome medusa_list(struct backend *b, int limit, void (*fn)(void *ctx, const struct tracking *t), void *ctx) {
    struct medusa *m = (struct medusa *)b;
    struct medusa_answer a;
    char path[64];
    snprintf(path, sizeof path, "/orders?limit=%d&open=1", limit);
    struct outcome result = medusa_send(m, &(struct medusa_ask){.method = "GET", .path = path}, &a);
    if (result.kind == OUTCOME_DONE && read_orders(m, a.root, fn, ctx)) result = medusa_unreadable();
    medusa_free(&a);
    return result;
}
