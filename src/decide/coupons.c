/* Coupons: onto the basket and off it, and if one does not count, why, and what would help. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

void reply_discount(struct reply *r, const struct cart *c) {
    reply_money(r, "discount", c->coupon.discount_minor, c->currency);
    reply_flag(r, "discounted", c->coupon.discount_minor > 0);
}

static void lay_on(struct step *s, const char *code) {
    str_copy(step_request(s, EFFECT_COUPON, WAITING_COUPON)->coupon, SLOT_TEXT_MAX, code);
}

static void ask_which(struct step *s) {
    struct reply r = reply_make("coupon.which");
    step_ask(s, &r, ASKED_WHICH_COUPON);
}

void coupon_intent(struct step *s) {
    const char *code = step_slot(s->in, "code");
    if (*code) {
        lay_on(s, code);
    } else {
        ask_which(s);
    }
}

void coupon_remove(struct step *s) {
    lay_on(s, "");
}

void coupon_other(struct step *s) {
    lay_on(s, s->d->other_coupon);
}

/* In the middle of a checkout that goes on without one. */
void coupon_declined(struct step *s) {
    if (s->d->checking_out)
        checkout_intent(s);
    else
        step_open_id(s, "coupon.declined");
}

/* ---- what it does ---- */

static const char *state_id(const struct coupon *c, const struct cart *cart) {
    switch (c->state) {
        case COUPON_NONE:
            return "coupon.removed";
        case COUPON_COUNTS:
            return cart->n_lines ? "coupon.counts" : "coupon.kept";
        case COUPON_BELOW:
            return "coupon.below";
        case COUPON_NOT_THESE:
            return "coupon.not_these";
        case COUPON_EXPIRED:
            return "coupon.expired";
        case COUPON_EARLY:
            return "coupon.early";
        case COUPON_USED:
            return "coupon.used";
        case COUPON_UNKNOWN:
            break;
    }
    return "coupon.unknown";
}

static struct reply coupon_reply(const struct coupon *c, const struct cart *cart) {
    struct reply r = reply_make(state_id(c, cart));
    reply_text(&r, "coupon", c->spoken);
    reply_text(&r, "category", c->category);
    reply_money(&r, "off", c->discount_minor, cart->currency);
    reply_money(&r, "total", cart->subtotal_minor - cart->coupon.discount_minor, cart->currency);
    reply_money(&r, "minimum", c->minimum_minor, cart->currency);
    reply_money(&r, "short", c->short_minor, cart->currency);
    reply_date(&r, "date", c->state == COUPON_EARLY ? c->from_ms : c->until_ms);
    return r;
}

static void tell(struct step *s, const struct coupon *c, const struct coupon *instead) {
    struct dialog *d = s->d;
    struct reply r = coupon_reply(c, &d->cart);
    bool other = instead && instead->state == COUPON_COUNTS;
    reply_text(&r, "other", other ? instead->spoken : "");
    reply_flag(&r, "has_other", other);
    if (other) {
        str_copy(d->other_coupon, sizeof d->other_coupon, instead->code);
        step_ask(s, &r, ASKED_OTHER_COUPON);
    } else if (d->checking_out && c->state != COUPON_UNKNOWN) {
        step_say(s, &r);
        checkout_read(s, "checkout.readback");
    } else if (c->state == COUPON_UNKNOWN) {
        talk_stuck(s, &r, ASKED_WHICH_COUPON);
    } else {
        step_open(s, &r);
    }
}

void coupon_told(struct step *s) {
    const struct coupon_told *told = &s->e->coupon;
    cart_keep(s->d, &told->cart);
    if (s->d->checking_out && told->coupon.state <= COUPON_COUNTS)
        cart_back_to_checkout(s);
    else
        tell(s, &told->coupon, &told->instead);
}

/* ---- "my coupon doesn't work" ---- */

void coupon_problem(struct step *s) {
    step_request(s, EFFECT_CART, WAITING_COUPON_WHY);
}

void coupon_why(struct step *s) {
    cart_keep(s->d, &s->e->cart);
    if (s->d->cart.coupon.state == COUPON_NONE)
        ask_which(s);
    else
        tell(s, &s->d->cart.coupon, NULL);
}
