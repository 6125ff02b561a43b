/* What the page shows of orders: where they are; and what is in one, to who asks for that one. Until then an order may
 * be a present, and the page tells no more than a notification does: a parcel. */
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "base/str.h"
#include "web/site.h"

static json_t *order_json(const struct order *o) {
    return json_pack("{s:s,s:s,s:o,s:o,s:o,s:o,s:s,s:s,s:b,s:b}", "number", o->number, "state",
                     order_state_name(o->state), "placed_ms", time_json(o->placed_ms), "expected_ms",
                     time_json(o->expected_ms), "delivered_ms", time_json(o->delivered_ms), "as_of_ms",
                     time_json(o->as_of_ms), "place", o->place, "trouble", o->trouble, "asked", o->asked_minor != 0,
                     "offline", o->offline);
}

/* What was paid for all of it. */
static json_t *paid_json(const struct order_line *line, const char *currency) {
    int64_t milli = 0;
    if (money_times(&milli, line->price_minor, line->quantity_milli)) return json_null();
    return money_json((milli + 500) / 1000, currency);
}

static json_t *lines_json(const struct order *o) {
    json_t *lines = json_array();
    for (int i = 0; i < o->n_lines; i++) {
        const struct order_line *line = &o->lines[i];
        json_array_append_new(
            lines, json_pack("{s:s,s:s,s:o,s:o,s:b,s:b}", "title", line->title, "options", line->options, "quantity",
                             quantity_json(line->quantity_milli), "total", paid_json(line, o->currency), "shipped",
                             line->shipped, "delivered", line->delivered));
    }
    return lines;
}

/* ERR_ of the store; *out has room for those found. */
static err_t look_up(struct visit *v, const struct order_query *q, struct orders *out) {
    struct shop *shop;
    TRY(store_open(v, &shop));
    err_t err = orders_find(shop, q, out);
    shop_close(shop);
    return err;
}

static void with_orders(struct visit *v, const struct order_query *q,
                        void (*show)(struct visit *v, const struct orders *found)) {
    struct orders *found = calloc(1, sizeof *found);
    err_t err = found ? look_up(v, q, found) : err_fail(ERR_MEMORY, "no memory for orders");
    if (err)
        v->answer = answer_error(503, store_why(err));
    else
        show(v, found);
    free(found);
}

static void show_all(struct visit *v, const struct orders *found) {
    json_t *list = json_array();
    for (int i = 0; i < found->n; i++) json_array_append_new(list, order_json(&found->v[i]));
    v->answer.json = json_pack("{s:o}", "orders", list);
}

void answer_orders(struct visit *v) {
    with_orders(v, &(struct order_query){.which = ORDERS_ALL}, show_all);
}

static void show_one(struct visit *v, const struct orders *found) {
    for (int i = 0; i < found->n; i++) {
        if (!str_equal(found->v[i].number, v->rest)) continue;
        v->answer.json = json_pack("{s:o,s:o}", "lines", lines_json(&found->v[i]), "total",
                                   money_json(found->v[i].total_minor, found->v[i].currency));
        return;
    }
    v->answer = answer_error(404, "unknown");
}

/* A tail of the number would find others, too: only the whole one counts. */
void answer_order(struct visit *v) {
    struct order_query q = {.which = ORDERS_ALL};
    if (!*v->rest || !str_copy(q.number, sizeof q.number, v->rest) ||
        q.number[strspn(q.number, "0123456789")] != '\0') {
        v->answer = answer_error(404, "unknown");
        return;
    }
    with_orders(v, &q, show_one);
}
