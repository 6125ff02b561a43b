/* How the basket is delivered, where to, and how it is paid; a payment that was declined. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum { WAYS_TOLD = 3 };

/* ---- choosing ---- */

static void request(struct step *s, enum effect_kind kind, const char *words) {
    str_copy(step_request(s, kind, WAITING_TERMS)->words, TITLE_MAX, words);
}

/* What is named is taken; if nothing is, what there is is read out. */
void terms_intent(struct step *s) {
    s->d->unknown_terms = false;
    if (s->in->id == INTENT_choose_delivery && *step_slot(s->in, "way")) {
        request(s, EFFECT_DELIVER, step_slot(s->in, "way"));
    } else if (s->in->id == INTENT_choose_delivery) {
        step_request(s, EFFECT_WAYS, WAITING_WAYS);
    } else if (s->in->id == INTENT_choose_address) {
        request(s, EFFECT_SEND_TO, step_slot(s->in, "address"));
    } else if (*step_slot(s->in, "payment")) {
        request(s, EFFECT_PAY_WITH, step_slot(s->in, "payment"));
    } else {
        step_request(s, EFFECT_PAYMENTS, WAITING_PAYMENTS);
    }
}

void terms_chosen(struct step *s) {
    struct dialog *d = s->d;
    cart_keep(d, &s->e->cart);
    const struct cart *c = &d->cart;
    if (cart_back_to_checkout(s)) return;
    struct reply r = reply_make(s->in->id == INTENT_choose_delivery  ? "terms.delivery"
                                : s->in->id == INTENT_choose_address ? "terms.address"
                                                                     : "terms.payment");
    reply_text(&r, "way", c->way.name);
    reply_money(&r, "delivery", c->way.price_minor, c->currency);
    reply_flag(&r, "delivery_free", c->way.price_minor == 0);
    reply_text(&r, "address", *c->address ? c->address : d->customer.address);
    reply_text(&r, "payment", c->payment.nickname);
    step_open(s, &r);
}

/* ---- what there is ---- */

void terms_failed(struct step *s) {
    struct dialog *d = s->d;
    d->unknown_terms = true;
    if (s->e->failed != FAILED_NOT_FOUND) {
        talk_failed(s);
    } else if (s->in->id == INTENT_choose_delivery) {
        step_request(s, EFFECT_WAYS, WAITING_WAYS);
    } else if (s->in->id == INTENT_choose_payment) {
        step_request(s, EFFECT_PAYMENTS, WAITING_PAYMENTS);
    } else {
        struct reply r = reply_make("terms.no_address");
        reply_phone(&r, d);
        step_open(s, &r);
    }
}

static void reply_way(struct reply *r, const char *name, const char *price, const char *is_free, const struct way *way,
                      const char *currency) {
    reply_text(r, name, way->name);
    reply_money(r, price, way->price_minor, currency);
    reply_flag(r, is_free, way->price_minor == 0);
}

void terms_ways(struct step *s) {
    struct dialog *d = s->d;
    static const char *const ids[] = {"ways.none", "ways.one", "ways.two", "ways.three"};
    struct ways w = s->e->ways;
    int n = w.n < 0 ? 0 : w.n > WAYS_TOLD ? WAYS_TOLD : w.n;
    struct reply r = reply_make(ids[n]);
    reply_flag(&r, "unknown", d->unknown_terms);
    reply_money(&r, "delivery", d->profile.delivery_minor, d->profile.currency);
    reply_flag(&r, "delivery_free", d->profile.delivery_minor == 0);
    if (n > 0) reply_way(&r, "one", "one_price", "one_free", &w.v[0], w.currency);
    if (n > 1) reply_way(&r, "two", "two_price", "two_free", &w.v[1], w.currency);
    if (n > 2) reply_way(&r, "three", "three_price", "three_free", &w.v[2], w.currency);
    step_open(s, &r);
}

void terms_payments(struct step *s) {
    const struct payments *p = &s->e->payments;
    struct items items = {0};
    int n = p->n < 0 ? 0 : p->n > PAYMENTS_MAX ? PAYMENTS_MAX : p->n;
    for (int i = 0; i < n; i++) items_add(&items, p->v[i].nickname);
    struct reply r = reply_make(n ? "payments.told" : "payments.none");
    reply_flag(&r, "unknown", s->d->unknown_terms);
    reply_items(&r, &items);
    reply_text(&r, "usual", n ? p->v[0].nickname : "");
    reply_phone(&r, s->d);
    step_open(s, &r);
}

/* ---- a payment that was declined ---- */

void payment_declined(struct step *s) {
    step_request(s, EFFECT_PAYMENTS, WAITING_OTHER_PAYMENT);
}

void payment_other(struct step *s) {
    struct dialog *d = s->d;
    const struct payments *p = &s->e->payments;
    const struct payment *declined = &d->cart.payment;
    d->other_payment[0] = '\0';
    for (int i = 0; i < p->n && i < PAYMENTS_MAX && !*d->other_payment; i++) {
        if (p->v[i].state == PAYMENT_OK && !str_equal(p->v[i].nickname, declined->nickname))
            str_copy(d->other_payment, sizeof d->other_payment, p->v[i].nickname);
    }
    bool has_other = *d->other_payment;
    struct reply r = reply_make(has_other ? "payment.declined" : "payment.declined_none");
    reply_text(&r, "payment", declined->nickname);
    reply_text(&r, "why", declined->state == PAYMENT_EXPIRED ? "expired" : "declined");
    reply_text(&r, "other", d->other_payment);
    reply_phone(&r, d);
    if (has_other)
        step_ask(s, &r, ASKED_OTHER_PAYMENT);
    else
        step_done(s, &r);
}

/* And the read-back comes again, with it in it. */
void payment_other_yes(struct step *s) {
    char nickname[PAYMENT_NAME_MAX];
    str_copy(nickname, sizeof nickname, s->d->other_payment);
    s->d->checking_out = true;
    str_copy(step_request(s, EFFECT_PAY_WITH, WAITING_READBACK)->words, TITLE_MAX, nickname);
}

void payment_other_no(struct step *s) {
    struct reply r = reply_make("payment.kept");
    reply_phone(&r, s->d);
    step_done(s, &r);
}
