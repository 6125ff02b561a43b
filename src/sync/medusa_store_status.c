/* Where an order is, as the Store API tells whoever knows its id. */
#include <string.h>

#include "base/str.h"
#include "sync/medusa_store.h"

enum { LINES_TOLD_MAX = 64, PARCELS_TOLD_MAX = 32 };

static err_t read_state(const struct node *o, enum order_state *state) {
    static const struct {
        const char *field, *is;
        enum order_state state;
    } states[] = {/* the first that is so */
                  {"status", "canceled", ORDER_CANCELLED},
                  {"payment_status", "refunded", ORDER_REFUNDED},
                  {"fulfillment_status", "delivered", ORDER_DELIVERED},
                  {"fulfillment_status", "partially_delivered", ORDER_SHIPPED},
                  {"fulfillment_status", "shipped", ORDER_SHIPPED},
                  {"fulfillment_status", "partially_shipped", ORDER_PART_SHIPPED},
                  {"fulfillment_status", "fulfilled", ORDER_PACKED},
                  {"fulfillment_status", "partially_fulfilled", ORDER_PACKED}};
    char is[32];
    *state = ORDER_PLACED;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        TRY(node_text_if(o, states[i].field, is, sizeof is, true));
        if (!str_equal(is, states[i].is)) continue;
        *state = states[i].state;
        break;
    }
    return ERR_OK;
}

/* By which parcels name the lines that the order was sent with. */
struct items {
    struct {
        char id[SHOP_ID_MAX];
        int position;
    } v[LINES_TOLD_MAX];
    size_t n;
};

static err_t read_items(const struct node *o, struct items *out) {
    const struct node *items, *item, *metadata;
    size_t n;
    out->n = 0;
    TRY(node_array(o, "items", LINES_TOLD_MAX, &items, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t position;
        TRY(node_at(items, i, &item));
        TRY(node_text(item, "id", out->v[out->n].id, sizeof out->v->id));
        if (node_object(item, "metadata", &metadata) ||
            node_int(metadata, "shopkeeper_position", 1, LINES_TOLD_MAX, &position))
            continue; /* the shop has put it in */
        out->v[out->n++].position = (int)position;
    }
    return ERR_OK;
}

static err_t read_positions(const struct node *o, const struct items *items, struct tracked_parcel *p) {
    const struct node *lines, *line;
    size_t n;
    TRY(node_array(o, "items", LINES_TOLD_MAX, &lines, &n));
    for (size_t i = 0; i < n; i++) {
        char id[SHOP_ID_MAX];
        TRY(node_at(lines, i, &line));
        TRY(node_text_if(line, "line_item_id", id, sizeof id, true));
        for (size_t k = 0; k < items->n && p->n < ORDER_LINES_MAX; k++)
            if (str_equal(items->v[k].id, id)) p->positions[p->n++] = items->v[k].position;
    }
    return ERR_OK;
}

static err_t read_parcels(const struct node *o, const struct items *items, struct tracking *t) {
    const struct node *parcels, *parcel;
    size_t n;
    TRY(node_array(o, "fulfillments", PARCELS_TOLD_MAX, &parcels, &n));
    for (size_t i = 0; i < n && t->n_parcels < PARCELS_MAX; i++) {
        TRY(node_at(parcels, i, &parcel));
        if (node_has(parcel, "canceled_at")) continue;
        struct tracked_parcel *p = &t->parcels[t->n_parcels++];
        TRY(node_time_if(parcel, "shipped_at", &p->shipped_ms));
        TRY(node_time_if(parcel, "delivered_at", &p->delivered_ms));
        TRY(read_positions(parcel, items, p));
        if (p->delivered_ms > t->delivered_ms) t->delivered_ms = p->delivered_ms;
    }
    if (t->state != ORDER_DELIVERED) t->delivered_ms = 0;
    return ERR_OK;
}

static err_t read_order(const struct medusa *m, const struct node *root, struct tracking *t) {
    const struct node *o;
    struct items items;
    memset(t, 0, sizeof *t);
    TRY(node_object(root, "order", &o));
    TRY(medusa_currency(m, o));
    TRY(node_text(o, "id", t->remote, sizeof t->remote));
    if (!*t->remote) return err_fail(ERR_FORMAT, "the server's answer: the order has no id");
    TRY(read_state(o, &t->state));
    TRY(node_time_if(o, "created_at", &t->placed_ms));
    TRY(node_money(o, "total", m->currency, &t->total_minor));
    TRY(read_items(o, &items));
    return read_parcels(o, &items, t);
}

struct outcome store_status(struct backend *b, const struct tracked *t, struct tracking *out, char etag_now[ETAG_MAX]) {
    struct store *s = (struct store *)b;
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    if (!*t->remote) return outcome_of(OUTCOME_MISSING, REFUSAL_NONE, "the shop never heard of that order");
    medusa_path(
        path, "/orders/", t->remote,
        "?fields=id,status,created_at,currency_code,total,payment_status,fulfillment_status,items.id,items.metadata,"
        "fulfillments.shipped_at,fulfillments.delivered_at,fulfillments.canceled_at,"
        "fulfillments.items.line_item_id");
    struct outcome o =
        medusa_send(&s->medusa, &(struct medusa_ask){.method = "GET", .path = path, .etag = t->etag}, &a);
    if (o.kind == OUTCOME_DONE && read_order(&s->medusa, a.root, out)) o = medusa_unreadable();
    str_copy(etag_now, ETAG_MAX, a.etag);
    medusa_free(&a);
    return o;
}
