#include "apps/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "base/money.h"
#include "base/str.h"

json_t *json_rounded(double value, int decimals) {
    double scale = pow(10, decimals);
    return json_real(isfinite(value) ? round(value * scale) / scale : 0);
}

static json_t *slot_value(const struct slot *s) {
    if (s->kind != SLOT_NUMBER) return json_string(s->text);
    if (s->milli % 1000 == 0) return json_integer(s->milli / 1000);
    return json_real((double)s->milli / 1000);
}

json_t *json_intent(const struct intent *in) {
    json_t *slots = json_object();
    for (int i = 0; in->accepted && i < in->n_slots; i++) {
        const struct slot *s = &in->slots[i];
        if (slot_is_shown(s)) json_object_set_new(slots, s->name, slot_value(s));
    }
    json_t *o = json_object();
    json_object_set_new(o, "text", json_string(in->text));
    json_object_set_new(o, "intent", in->accepted ? json_string(intent_name(in->id)) : json_null());
    json_object_set_new(o, "slots", slots);
    json_object_set_new(o, "score", json_rounded((double)in->score, 3));
    json_object_set_new(o, "accepted", json_boolean(in->accepted));
    return o;
}

json_t *json_money(int64_t minor, const char *currency) {
    struct money m = {.minor = minor};
    char text[32];
    str_copy(m.currency, sizeof m.currency, currency);
    return json_string(money_decimal(text, m));
}

json_t *json_time(int64_t ms) {
    if (!ms) return json_null();
    time_t t = (time_t)(ms / 1000);
    struct tm tm;
    char text[32];
    gmtime_r(&t, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return json_string(text);
}

static json_t *quantity(int milli) {
    return milli % 1000 == 0 ? json_integer(milli / 1000) : json_real(milli / 1000.0);
}

json_t *json_product(const struct product *p) {
    json_t *o = json_object();
    json_object_set_new(o, "id", json_string(p->id));
    json_object_set_new(o, "title", json_string(p->title));
    json_object_set_new(o, "brand", json_string(p->brand));
    json_object_set_new(o, "category", json_string(p->category));
    json_object_set_new(o, "options", json_string(p->options));
    json_object_set_new(o, "price", json_money(p->price_minor, p->currency));
    json_object_set_new(o, "currency", json_string(p->currency));
    json_object_set_new(o, "rating",
                        p->rating_centi == RATING_NONE ? json_null() : json_rounded(p->rating_centi / 100.0, 2));
    json_object_set_new(o, "stock", p->stock == STOCK_UNLIMITED ? json_null() : json_integer(p->stock));
    return o;
}

static json_t *order_line(const struct order_line *l, const char *currency) {
    json_t *o = json_object();
    json_object_set_new(o, "title", json_string(l->title));
    json_object_set_new(o, "options", json_string(l->options));
    json_object_set_new(o, "quantity", quantity(l->quantity_milli));
    json_object_set_new(o, "price", json_money(l->price_minor, currency));
    json_object_set_new(o, "shipped", json_boolean(l->shipped));
    return o;
}

json_t *json_order(const struct order *order) {
    json_t *lines = json_array();
    for (int i = 0; i < order->n_lines; i++)
        json_array_append_new(lines, order_line(&order->lines[i], order->currency));
    json_t *o = json_object();
    json_object_set_new(o, "number", json_string(order->number));
    json_object_set_new(o, "state", json_string(order_state_name(order->state)));
    json_object_set_new(o, "placed", json_time(order->placed_ms));
    json_object_set_new(o, "expected", json_time(order->expected_ms));
    json_object_set_new(o, "delivered", json_time(order->delivered_ms));
    json_object_set_new(o, "as_of", json_time(order->as_of_ms));
    json_object_set_new(o, "total", json_money(order->total_minor, order->currency));
    json_object_set_new(o, "currency", json_string(order->currency));
    json_object_set_new(o, "lines", lines);
    return o;
}

void json_print(json_t *object) {
    json_dumpf(object, stdout, JSON_COMPACT);
    putchar('\n');
    fflush(stdout);
    json_decref(object);
}
