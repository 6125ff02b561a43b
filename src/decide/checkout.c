/* Ordering: the read-back, and the yes that counts only right after it. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

enum { READBACK_VALID_MS = 60 * 1000 };

void checkout_intent(struct step *s) {
    if (str_equal(s->d->profile.confirm, "off")) {
        struct reply r = reply_make("checkout.off");
        reply_phone(&r, s->d);
        step_done(s, &r);
        return;
    }
    step_request(s, EFFECT_CART, WAITING_READBACK);
}

static const struct cart_line *short_line(const struct cart *c) {
    for (int i = 0; i < c->n_lines; i++) {
        const struct cart_line *line = &c->lines[i];
        if (line->stock != STOCK_UNLIMITED && (int64_t)line->stock * 1000 < line->quantity_milli) return line;
    }
    return NULL;
}

static void tell_short(struct step *s, const struct cart_line *line) {
    struct reply r = reply_make("checkout.short");
    reply_text(&r, "title", line->title);
    reply_number(&r, "left", (int64_t)line->stock * 1000);
    s->d->line_variant = line->variant;
    str_copy(s->d->line_options, sizeof s->d->line_options, line->options);
    step_open(s, &r);
}

void checkout_read(struct step *s, const char *id) {
    struct dialog *d = s->d;
    const struct cart_line *line = short_line(&d->cart);
    if (line) {
        tell_short(s, line);
        return;
    }
    struct reply r = reply_make(id);
    reply_cart_items(&r, &d->cart);
    reply_money(&r, "delivery", d->cart.delivery_minor, d->cart.currency);
    reply_flag(&r, "delivery_free", d->cart.delivery_minor == 0);
    reply_text(&r, "address", d->customer.address);
    reply_flag(&r, "has_address", *d->customer.address);
    reply_discount(&r, &d->cart);
    reply_money(&r, "total", d->cart.total_minor, d->cart.currency);
    d->checking_out = true;
    step_ask(s, &r, ASKED_PLACE);
}

void checkout_readback(struct step *s) {
    cart_keep(s->d, &s->e->cart);
    if (s->d->cart.n_lines == 0) {
        step_open_id(s, "cart.empty");
        return;
    }
    checkout_read(s, "checkout.readback");
}

/* An old read-back is read again: prices may have moved, and somebody else may be in the room. */
void checkout_yes(struct step *s) {
    int64_t age_ms = s->now_ms - s->d->asked_ms;
    if (age_ms < 0 || age_ms > READBACK_VALID_MS) {
        checkout_intent(s);
        return;
    }
    step_request(s, EFFECT_PLACE, WAITING_PLACED)->place.total_minor = s->d->cart.total_minor;
}

void checkout_no(struct step *s) {
    s->d->checking_out = false;
    step_open_id(s, "checkout.declined");
}

void checkout_placed(struct step *s) {
    struct dialog *d = s->d;
    const struct order *o = &s->e->placed;
    d->checking_out = false;
    d->cart = (struct cart){0};
    d->line_variant = 0;
    struct reply r = reply_make("checkout.placed");
    reply_digits(&r, "number", o->number);
    reply_money(&r, "total", o->total_minor, o->currency);
    reply_date(&r, "expected", o->expected_ms);
    reply_flag(&r, "has_expected", o->expected_ms > 0);
    step_done(s, &r);
}

void checkout_failed(struct step *s) {
    struct dialog *d = s->d;
    d->checking_out = false;
    switch (s->e->failed) {
        case FAILED_CHANGED:
            checkout_intent(s);
            break;
        case FAILED_EMPTY:
            step_open_id(s, "cart.empty");
            break;
        case FAILED_STOCK:
            step_open_id(s, "checkout.stock");
            break;
        default: {
            struct reply r = reply_make("checkout.failed");
            reply_phone(&r, d);
            step_trouble(s, &r);
        }
    }
}
