/* "Tell me when it is out for delivery", what is due to be told, and what is in a parcel: not said until somebody asks.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

/* ---- tell me when ---- */

static bool is_named(const struct intent *in) {
    return *step_slot(in, "order_number") || *step_slot(in, "product") || intent_slot(in, "when");
}

struct effect_orders *orders_request_it(struct step *s, enum waiting what) {
    struct effect_orders *q = orders_request(s, what);
    q->several = true;
    q->open_only = !is_named(s->in);
    return q;
}

int orders_it(const struct step *s) {
    const struct dialog *d = s->d;
    if (is_named(s->in) || !*d->order_number) return -1;
    for (int i = 0; i < d->orders.n; i++) {
        if (str_equal(d->orders.v[i].number, d->order_number)) return i;
    }
    return -1;
}

static bool is_of_product(const struct step *s) {
    const char *event = step_slot(s->in, "_event");
    return str_equal(event, "stock") || str_equal(event, "price");
}

void notify_intent(struct step *s) {
    if (!is_of_product(s)) {
        orders_request_it(s, WAITING_NOTIFY_ORDER);
    } else if (*step_slot(s->in, "product")) {
        search_by_name(s, step_slot(s->in, "product"), WAITING_NOTIFY_PRODUCT);
    } else if (s->d->current.variant) {
        notify_product(s, &s->d->current);
    } else if (!wish_it(s)) {
        step_open_id(s, "notify.what");
    }
}

static void request(struct step *s, const char *kind, const char *subject) {
    struct effect_notify *fx = &step_request(s, EFFECT_NOTIFY, WAITING_NOTED)->notify;
    str_copy(fx->kind, sizeof fx->kind, kind);
    str_copy(fx->subject, sizeof fx->subject, subject);
}

/* How far an order has come, for "tell me when": what is past need not be waited for. */
static int progress(enum order_state state) {
    switch (state) {
        case ORDER_SAVED:
        case ORDER_PLACED:
        case ORDER_PACKED:
        case ORDER_DELAYED:
            return 0;
        case ORDER_SHIPPED:
        case ORDER_PART_SHIPPED:
            return 1;
        case ORDER_OUT_FOR_DELIVERY:
            return 2;
        default:
            return 3;
    }
}

static int wanted(const char *event) {
    return str_equal(event, "shipped") ? 1 : str_equal(event, "delivered") ? 3 : 2;
}

void notify_order_found(struct step *s) {
    struct dialog *d = s->d;
    const char *event = step_slot(s->in, "_event");
    if (!orders_keep(d, &s->e->orders)) {
        struct reply r = orders_none(s, "status.none");
        step_open(s, &r);
        return;
    }
    int it = orders_it(s);
    const struct order *o = &d->orders.v[it < 0 ? 0 : it];
    int want = wanted(event);
    str_copy(d->order_number, sizeof d->order_number, o->number);
    if (progress(o->state) >= want) {
        orders_tell(s, o);
        return;
    }
    request(s, want == 1 ? "shipped" : want == 3 ? "delivered" : "out_for_delivery", o->number);
}

void notify_product(struct step *s, const struct product *p) {
    struct dialog *d = s->d;
    const char *event = step_slot(s->in, "_event");
    char subject[NOTICE_SUBJECT_MAX];
    d->current = *p;
    if (str_equal(event, "stock") && p->stock != 0) {
        struct reply r = reply_make("notify.in_stock");
        reply_product(&r, p);
        cart_offer(s, &r, p);
        return;
    }
    snprintf(subject, sizeof subject, "%" PRId64, p->variant);
    request(s, event, subject);
}

void notify_product_found(struct step *s) {
    if (s->e->found.n > 0) {
        const struct product *p = &s->e->found.v[0];
        bool back = str_equal(step_slot(s->in, "_event"), "stock");
        if (!back || !wish_is_near(&s->e->found, step_slot(s->in, "product"))) {
            notify_product(s, p);
            return;
        }
    }
    wish_named(s, step_slot(s->in, "product"));
}

void notify_noted(struct step *s) {
    struct reply r = reply_make(is_of_product(s) ? "notify.noted_product" : "notify.noted");
    const char *event = step_slot(s->in, "_event");
    reply_text(&r, "event",
               is_of_product(s)     ? event
               : wanted(event) == 1 ? "shipped"
               : wanted(event) == 3 ? "delivered"
                                    : "out");
    reply_text(&r, "title", s->d->current.title);
    step_done(s, &r);
}

/* ---- any notifications? ---- */

void notices_intent(struct step *s) {
    if (intent_slot(s->in, "direction")) {
        service_by_person(s);
        return;
    }
    step_request(s, EFFECT_NOTICES, WAITING_NOTICES);
}

/* Some are about what the shop answered and not where the order is. */
static const char *notice_word(const struct notice *n) {
    switch (n->kind) {
        case NOTICE_PLACED:
            return "placed";
        case NOTICE_ASKED:
            return n->order.asked_minor > 0 ? "asked" : order_state_name(n->order.state);
        case NOTICE_KEPT:
            return "kept";
        case NOTICE_NOT_BACK:
            return "not_back";
        default:
            return order_state_name(n->order.state);
    }
}

static void reply_notice(struct reply *r, const struct step *s, const char *prefix, const struct notice *n) {
    char name[ARG_NAME_MAX];
    bool parcel = n->kind < NOTICE_STOCK;
    const char *product = n->kind == NOTICE_STOCK ? "stock" : n->kind == NOTICE_WISH ? "wish" : "price";
    const struct order *o = &n->order;
    int64_t date_ms = o->state == ORDER_DELIVERED ? o->delivered_ms : o->expected_ms;
    bool late = o->state == ORDER_DELAYED && date_ms > 0 && day_distance(s, date_ms) < 0;
    reply_text(r, prefix, parcel ? notice_word(n) : product);
    snprintf(name, sizeof name, "%s_title", prefix);
    if (parcel) {
        bool has_place = o->state == ORDER_DELIVERED && *o->place;
        reply_text(r, name, has_place ? o->place : "");
    } else {
        reply_text(r, name, n->product.title);
    }
    snprintf(name, sizeof name, "%s_date", prefix);
    reply_date(r, name, late ? 0 : date_ms);
    snprintf(name, sizeof name, "%s_has", prefix);
    reply_flag(r, name, parcel ? date_ms > 0 && !late : n->product.price_minor >= 0);
    snprintf(name, sizeof name, "%s_place", prefix);
    reply_flag(r, name, parcel && o->state == ORDER_DELIVERED && *o->place);
    snprintf(name, sizeof name, "%s_price", prefix);
    reply_money(r, name, n->product.price_minor, s->d->profile.currency);
}

/* "A parcel": who hears it may be the one that it is a present for. */
void notices_told(struct step *s) {
    static const char *const ids[] = {"notices.none", "notices.one", "notices.two", "notices.three"};
    static const char *const names[] = {"one", "two", "three"};
    const struct notices *v = &s->e->notices;
    struct dialog *d = s->d;
    int n = v->n < 0 ? 0 : v->n > NOTICES_MAX ? NOTICES_MAX : v->n;
    struct reply r = reply_make(ids[n]);
    d->parcels_n = 0;
    if (n == 0 && initiative_speak(s)) return;
    for (int i = 0; i < n; i++) {
        const struct notice *notice = &v->v[i];
        reply_notice(&r, s, names[i], notice);
        step_emit(s, EFFECT_TOLD)->notice = notice->id;
        if (notice->kind >= NOTICE_STOCK) {
            d->current = notice->product;
        } else {
            str_copy(d->parcels[d->parcels_n++], ORDER_NUMBER_MAX, notice->order.number);
            str_copy(d->order_number, sizeof d->order_number, notice->order.number);
        }
    }
    if (n == NOTICES_MAX) reply_number(&r, "more", v->total > n ? (int64_t)(v->total - n) * 1000 : 0);
    step_open(s, &r);
}

/* ---- what is in it ---- */

void contents_intent(struct step *s) {
    bool of_basket = !is_named(s->in) && !*s->d->order_number && s->d->parcels_n == 0 && s->d->put_in_n > 0;
    if (of_basket) { /* "what's in it", and only the basket was spoken of */
        cart_show_intent(s);
        return;
    }
    bool of_parcels = s->d->parcels_n > 1 && !is_named(s->in);
    struct effect_orders *q = orders_request_it(s, WAITING_CONTENTS);
    if (of_parcels || *s->d->order_number) q->open_only = false;
    if (!of_parcels && !is_named(s->in)) str_copy(q->number, sizeof q->number, s->d->order_number);
}

/* What was told of in one breath is opened in one breath. */
static bool tell_parcels(struct step *s) {
    static const char *const names[NOTICES_MAX][2] = {
        {"one", "one_more"}, {"two", "two_more"}, {"three", "three_more"}};
    struct dialog *d = s->d;
    struct reply r = reply_make("contents.parcels");
    int n = 0;
    for (int k = 0; k < d->parcels_n; k++) {
        for (int i = 0; i < d->orders.n && n <= k; i++) {
            const struct order *o = &d->orders.v[i];
            if (!str_equal(o->number, d->parcels[k])) continue;
            reply_text(&r, names[n][0], o->n_lines > 0 ? o->lines[0].title : o->number);
            reply_number(&r, names[n][1], o->n_lines > 1 ? (int64_t)(o->n_lines - 1) * 1000 : 0);
            n++;
        }
    }
    if (n < 2) return false;
    if (n == 2) reply_text(&r, "three", "");
    if (n == 2) reply_number(&r, "three_more", 0);
    reply_flag(&r, "has_three", n == NOTICES_MAX);
    step_open(s, &r);
    return true;
}

void contents_found(struct step *s) {
    struct dialog *d = s->d;
    if (!orders_keep(d, &s->e->orders)) {
        struct reply r = orders_none(s, "status.none");
        step_open(s, &r);
        return;
    }
    if (d->parcels_n > 1 && !is_named(s->in) && tell_parcels(s)) return;
    const struct order *o = &d->orders.v[0];
    struct items items = {0};
    for (int i = 0; i < o->n_lines; i++) {
        char item[ARG_TEXT_MAX];
        item_text(item, sizeof item, o->lines[i].title, o->lines[i].options, o->lines[i].quantity_milli, "");
        items_add(&items, item);
    }
    str_copy(d->order_number, sizeof d->order_number, o->number);
    struct reply r = reply_make("contents.order");
    reply_items(&r, &items);
    reply_date(&r, "placed", o->placed_ms);
    step_open(s, &r);
}
