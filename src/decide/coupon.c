/* Coupons: taking one, why it takes nothing off and what would help, taking it out again. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

void reply_discount(struct reply *r, const struct cart *c) {
    reply_money(r, "discount", c->discount_minor, c->currency);
    reply_flag(r, "has_discount", c->discount_minor > 0);
    reply_text(r, "coupon", c->coupon.code);
}

static void request(struct step *s, const char *code) {
    str_copy(step_request(s, EFFECT_COUPON, WAITING_COUPON)->words, TITLE_MAX, code);
}

void coupon_intent(struct step *s) {
    const char *code = step_slot(s->in, "code");
    if (*code) {
        request(s, code);
    } else {
        struct reply r = reply_make("coupon.which");
        step_ask(s, &r, ASKED_COUPON);
    }
}

/* Why it does not work, and how it would: in the words of its state. */
static const char *reply_id(enum coupon_state state) {
    static const char *const ids[] = {[COUPON_WORKS] = "coupon.works",     [COUPON_UNKNOWN] = "coupon.unknown",
                                      [COUPON_EXPIRED] = "coupon.expired", [COUPON_EARLY] = "coupon.early",
                                      [COUPON_USED] = "coupon.used",       [COUPON_BELOW] = "coupon.below",
                                      [COUPON_OTHER_ITEMS] = "coupon.other_items"};
    unsigned i = state;
    return i < sizeof ids / sizeof *ids && ids[i] ? ids[i] : "coupon.unknown";
}

static struct reply tell(const struct coupon *c, const char *currency) {
    struct reply r = reply_make(reply_id(c->state));
    reply_text(&r, "code", c->code);
    reply_money(&r, "discount", c->discount_minor, currency);
    reply_number(&r, "percent", (int64_t)c->percent * 1000);
    reply_money(&r, "minimum", c->minimum_minor, currency);
    reply_money(&r, "missing", c->missing_minor, currency);
    reply_flag(&r, "has_missing", c->missing_minor > 0);
    reply_date(&r, "date", c->at_ms);
    reply_text(&r, "category", c->category);
    return r;
}

static void reply_other(struct reply *r, const struct coupon *other, const char *currency) {
    reply_flag(r, "has_other", *other->code);
    reply_text(r, "other", other->code);
    reply_money(r, "other_discount", other->discount_minor, currency);
}

/* In the middle of a checkout a coupon that works is read back with all the rest. */
void coupon_told(struct step *s) {
    struct dialog *d = s->d;
    const struct coupon_answer *a = &s->e->coupon;
    if (a->asked.state == COUPON_WORKS && d->checking_out) {
        checkout_intent(s);
        return;
    }
    struct reply r = tell(&a->asked, a->currency);
    reply_flag(&r, "kept", a->kept);
    reply_other(&r, &a->other, a->currency);
    str_copy(d->other_coupon, sizeof d->other_coupon, a->other.code);
    if (*d->other_coupon)
        step_ask(s, &r, ASKED_OTHER_COUPON);
    else
        step_open(s, &r);
}

void coupon_other_yes(struct step *s) {
    char code[COUPON_CODE_MAX];
    str_copy(code, sizeof code, s->d->other_coupon);
    request(s, code);
}

void coupon_other_no(struct step *s) {
    if (s->d->checking_out)
        checkout_intent(s);
    else
        step_open_id(s, "coupon.none_then");
}

/* "My coupon doesn't work": of the one in the basket that is known; else its code is asked for. */
void coupon_problem(struct step *s) {
    step_request(s, EFFECT_CART, WAITING_COUPON_WHY);
}

void coupon_why(struct step *s) {
    struct dialog *d = s->d;
    cart_keep(d, &s->e->cart);
    if (d->cart.coupon.state == COUPON_NONE) {
        struct reply r = reply_make("coupon.which_problem");
        step_ask(s, &r, ASKED_COUPON);
        return;
    }
    struct reply r = tell(&d->cart.coupon, d->cart.currency);
    reply_flag(&r, "kept", true);
    reply_other(&r, &(struct coupon){0}, d->cart.currency);
    step_open(s, &r);
}

void coupon_remove_intent(struct step *s) {
    step_request(s, EFFECT_NO_COUPON, WAITING_NO_COUPON);
}

void coupon_removed(struct step *s) {
    struct dialog *d = s->d;
    cart_keep(d, &s->e->cart);
    if (cart_back_to_checkout(s)) return;
    struct reply r = reply_make("coupon.removed");
    reply_money(&r, "total", d->cart.total_minor, d->cart.currency);
    step_open(s, &r);
}
