/* After the order: cancelling it or sending it elsewhere, as long as it has not been packed. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum { SURE_VALID_MS = 60 * 1000 };

/* A yes counts only right after what it is for. */
bool after_is_fresh(const struct step *s) {
    int64_t age_ms = s->now_ms - s->d->asked_ms;
    return age_ms >= 0 && age_ms <= SURE_VALID_MS;
}

static bool can_change(const struct order *o) {
    return o->state == ORDER_SAVED || o->state == ORDER_PLACED;
}

/* Those that can still be changed come to the front; how many. The one that was talked about is meant alone. */
static int changeable_first(struct step *s) {
    struct orders *o = &s->d->orders;
    int n = 0, it = orders_it(s);
    if (it >= 0) {
        o->v[0] = o->v[it];
        o->n = 1;
    }
    for (int i = 0; i < o->n; i++) {
        if (!can_change(&o->v[i])) continue;
        struct order kept = o->v[i];
        memmove(&o->v[n + 1], &o->v[n], (size_t)(i - n) * sizeof kept);
        o->v[n++] = kept;
    }
    return n;
}

void after_reply_order(struct reply *r, const struct order *o) {
    reply_text(r, "item", o->n_lines > 0 ? o->lines[0].title : "");
    reply_number(r, "others", o->n_lines > 1 ? (int64_t)(o->n_lines - 1) * 1000 : 0);
    reply_money(r, "total", o->total_minor, o->currency);
    reply_date(r, "placed", o->placed_ms);
    reply_digits(r, "number", o->number);
}

/* Why it cannot be changed any more; `id` ends in "_too_late". */
static void tell_too_late(struct step *s, const char *id, const struct order *o) {
    struct reply r = reply_make(id);
    after_reply_order(&r, o);
    reply_text(&r, "state", order_state_name(o->state));
    reply_phone(&r, s->d);
    str_copy(s->d->order_number, sizeof s->d->order_number, o->number);
    step_done(s, &r);
}

static void ask_which(struct step *s, const char *id, int n, enum question q) {
    struct dialog *d = s->d;
    struct items items = {0};
    d->orders.n = n < ORDERS_MAX ? n : ORDERS_MAX;
    for (int i = 0; i < d->orders.n; i++) items_add(&items, orders_telling_title(&d->orders, d->orders.n, i));
    struct reply r = reply_make(id);
    reply_items(&r, &items);
    step_ask(s, &r, q);
}

/* The one order that can still change, or which of several; else that there is none, or that it is too late. */
static void choose_changeable(struct step *s, const char *none, const char *too_late, const char *which,
                              enum question q) {
    struct dialog *d = s->d;
    if (!orders_keep(d, &s->e->orders)) {
        struct reply r = orders_none(s, none);
        step_done(s, &r);
        return;
    }
    int n = changeable_first(s);
    if (n == 0) {
        tell_too_late(s, too_late, &d->orders.v[0]);
    } else if (n == 1) {
        question_pick(q)(s, 0);
    } else {
        ask_which(s, which, n, q);
    }
}

/* ---- cancelling ---- */

void cancel_intent(struct step *s) {
    orders_request_it(s, WAITING_CANCEL_MATCH);
}

void cancel_chosen(struct step *s, int index) {
    struct dialog *d = s->d;
    d->after = d->orders.v[index];
    struct reply r = reply_make("cancel.sure");
    after_reply_order(&r, &d->after);
    step_ask(s, &r, ASKED_CANCEL);
}

void cancel_found(struct step *s) {
    choose_changeable(s, "cancel.none", "cancel.too_late", "cancel.which", ASKED_WHICH_CANCEL);
}

void cancel_yes(struct step *s) {
    struct dialog *d = s->d;
    if (!after_is_fresh(s)) {
        d->orders.v[0] = d->after;
        cancel_chosen(s, 0);
        return;
    }
    str_copy(step_request(s, EFFECT_CANCEL, WAITING_CANCELLED)->number, ORDER_NUMBER_MAX, d->after.number);
}

void cancel_no(struct step *s) {
    step_done_id(s, "cancel.kept");
}

void cancel_done(struct step *s) {
    struct reply r = reply_make("cancel.done");
    after_reply_order(&r, &s->e->placed);
    step_done(s, &r);
}

/* It left between the question and the answer. */
void cancel_failed(struct step *s) {
    if (s->e->failed != FAILED_CHANGED) {
        talk_failed(s);
        return;
    }
    struct reply r = reply_make("cancel.just_left");
    reply_phone(&r, s->d);
    step_done(s, &r);
}

/* ---- sending it elsewhere ---- */

void address_intent(struct step *s) {
    orders_request_it(s, WAITING_ADDRESS_MATCH);
}

void address_order_chosen(struct step *s, int index) {
    s->d->after = s->d->orders.v[index];
    s->d->address_next = 0;
    step_request(s, EFFECT_ADDRESSES, WAITING_ADDRESSES);
}

void address_found(struct step *s) {
    choose_changeable(s, "address.none", "address.too_late", "address.which", ASKED_WHICH_ADDRESSED);
}

static const char *goes_to(const struct dialog *d) {
    return *d->after.address ? d->after.address : d->customer.address;
}

/* One address after the other; what is none of them is a person's to write down. */
static void offer_next(struct step *s) {
    struct dialog *d = s->d;
    const struct addresses *a = &d->addresses;
    while (d->address_next < a->n && str_equal(a->v[d->address_next].text, goes_to(d))) d->address_next++;
    if (d->address_next >= a->n) {
        struct reply r = reply_make("address.by_person");
        reply_phone(&r, d);
        step_done(s, &r);
        return;
    }
    struct reply r = reply_make("address.sure");
    after_reply_order(&r, &d->after);
    reply_text(&r, "now", goes_to(d));
    reply_text(&r, "name", a->v[d->address_next].nickname);
    reply_flag(&r, "has_name", *a->v[d->address_next].nickname);
    reply_text(&r, "address", a->v[d->address_next].text);
    step_ask(s, &r, ASKED_ADDRESS);
}

/* The customer's own address may be wanted back. */
void address_told(struct step *s) {
    struct dialog *d = s->d;
    d->addresses = s->e->addresses;
    if (d->addresses.n < 0) d->addresses.n = 0;
    if (d->addresses.n > ADDRESSES_MAX) d->addresses.n = ADDRESSES_MAX;
    if (*d->after.address && *d->customer.address && d->addresses.n < ADDRESSES_MAX) {
        struct address *home = &d->addresses.v[d->addresses.n++];
        *home = (struct address){0};
        str_copy(home->text, sizeof home->text, d->customer.address);
    }
    offer_next(s);
}

void address_yes(struct step *s) {
    struct dialog *d = s->d;
    if (!after_is_fresh(s)) {
        offer_next(s);
        return;
    }
    struct effect_readdress *fx = &step_request(s, EFFECT_READDRESS, WAITING_READDRESSED)->readdress;
    str_copy(fx->number, sizeof fx->number, d->after.number);
    str_copy(fx->address, sizeof fx->address, d->addresses.v[d->address_next].text);
}

void address_no(struct step *s) {
    s->d->address_next++;
    offer_next(s);
}

void address_done(struct step *s) {
    struct dialog *d = s->d;
    struct reply r = reply_make("address.done");
    after_reply_order(&r, &d->after);
    reply_text(&r, "address", d->addresses.v[d->address_next < ADDRESSES_MAX ? d->address_next : 0].text);
    step_done(s, &r);
}

void address_failed(struct step *s) {
    cancel_failed(s);
}
