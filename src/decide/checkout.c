/* Ordering: the read-back, the word of it that orders and counts only right after it, and the PIN where one is asked
 * for. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

enum { READBACK_VALID_MS = 60 * 1000 };

/* ---- what stands in the way ---- */

bool checkout_tell_off(struct step *s) {
    if (!str_equal(s->d->profile.confirm, "off")) return false;
    struct reply r = reply_make("checkout.off");
    reply_phone(&r, s->d);
    step_done(s, &r);
    return true;
}

void checkout_intent(struct step *s) {
    if (checkout_tell_off(s)) return;
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

/* What is left of what may be ordered within a day. */
static int64_t day_left(const struct dialog *d) {
    int64_t left = d->profile.max_day_minor - d->cart.lately_minor;
    return left > 0 ? left : 0;
}

static bool tell_limit(struct step *s) {
    struct dialog *d = s->d;
    bool above = d->profile.max_order_minor != LIMIT_NONE && d->cart.total_minor > d->profile.max_order_minor;
    bool above_day = d->profile.max_day_minor != LIMIT_NONE && d->cart.total_minor > day_left(d);
    if (!above && !above_day) return false;
    struct reply r = reply_make(above ? "limit.order" : "limit.day");
    reply_money(&r, "total", d->cart.total_minor, d->cart.currency);
    reply_money(&r, "limit", above ? d->profile.max_order_minor : d->profile.max_day_minor, d->cart.currency);
    reply_money(&r, "left", day_left(d), d->cart.currency);
    reply_phone(&r, d);
    d->checking_out = false;
    step_open(s, &r);
    return true;
}

/* ---- the read-back ---- */

/* By the chance that CORE handed in. */
void checkout_new_word(struct dialog *d) {
    char before[CHALLENGE_MAX];
    str_copy(before, sizeof before, d->challenge);
    d->challenge[0] = '\0';
    if (d->challenges_n <= 0 || d->challenges_n > CHALLENGES_MAX) return;
    uint32_t n = (uint32_t)d->challenges_n, at = d->chance % n;
    if (str_equal(d->challenges[at], before)) at = (at + 1) % n;
    str_copy(d->challenge, sizeof d->challenge, d->challenges[at]);
}

static void reply_terms(struct reply *r, const struct dialog *d) {
    const struct cart *c = &d->cart;
    const char *address = *c->address ? c->address : d->customer.address;
    reply_text(r, "way", c->way.name);
    reply_flag(r, "has_way", *c->way.name);
    reply_money(r, "delivery", c->delivery_minor, c->currency);
    reply_flag(r, "delivery_free", c->delivery_minor == 0);
    reply_text(r, "address", address);
    reply_text(r, "where", c->way.pickup ? "pickup" : *address ? "address" : "none");
    reply_text(r, "payment", c->payment.nickname);
    reply_flag(r, "has_payment", *c->payment.nickname);
}

void checkout_read(struct step *s, const char *id) {
    struct dialog *d = s->d;
    const struct cart_line *line = short_line(&d->cart);
    if (line) {
        tell_short(s, line);
        return;
    }
    if (tell_limit(s)) return;
    checkout_new_word(d);
    d->agree = (struct order){0};
    struct reply r = reply_make(id);
    reply_cart_items(&r, &d->cart);
    reply_terms(&r, d);
    reply_discount(&r, &d->cart);
    reply_money(&r, "total", d->cart.total_minor, d->cart.currency);
    reply_text(&r, "word", d->challenge);
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

/* ---- the answer ---- */

/* An old read-back is read again: prices may have moved, and somebody else may be in the room. */
static bool is_fresh(const struct step *s) {
    int64_t age_ms = s->now_ms - s->d->asked_ms;
    return age_ms >= 0 && age_ms <= READBACK_VALID_MS;
}

static void place(struct step *s) {
    if (*s->d->agree.number)
        agree_send(s);
    else
        step_request(s, EFFECT_PLACE, WAITING_PLACED)->place.total_minor = s->d->cart.total_minor;
}

static void read_again(struct step *s) {
    if (*s->d->agree.number)
        agree_read(s, "agree.readback");
    else
        checkout_intent(s);
}

void checkout_confirm(struct step *s) {
    struct dialog *d = s->d;
    bool agrees = d->question == ASKED_AGREE;
    if (d->question != ASKED_PLACE && !agrees) {
        talk_yes(s);
    } else if (!is_fresh(s)) {
        read_again(s);
    } else if (s->in->remote) { /* money moves by the voice of who is there, and by nothing else */
        talk_insist(s, agrees ? "agree.aloud" : "checkout.aloud");
    } else if (!*d->challenge || !str_equal(step_slot(s->in, "_word"), d->challenge)) {
        talk_insist(s, agrees ? "agree.wrong_word" : "checkout.wrong_word");
    } else if (str_equal(d->profile.confirm, "pin")) {
        struct reply r = reply_make("pin.ask");
        d->challenge[0] = '\0';
        step_ask(s, &r, ASKED_PIN);
    } else {
        d->challenge[0] = '\0';
        place(s);
    }
}

/* Anybody may say yes, the television too. */
void checkout_yes(struct step *s) {
    if (is_fresh(s))
        talk_insist(s, s->d->question == ASKED_AGREE ? "agree.yes_alone" : "checkout.yes_alone");
    else
        read_again(s);
}

static void drop(struct dialog *d) {
    d->checking_out = false;
    d->challenge[0] = '\0';
    d->agree = (struct order){0};
}

void checkout_no(struct step *s) {
    drop(s->d);
    step_open_id(s, "checkout.declined");
}

void checkout_stop(struct step *s) {
    drop(s->d);
    step_emit(s, EFFECT_SILENCE);
    step_done_id(s, "checkout.declined");
}

/* ---- the PIN ---- */

void checkout_pin(struct step *s) {
    const char *digits = step_slot(s->in, "_pin");
    size_t n = strlen(digits);
    if (s->d->question != ASKED_PIN) {
        talk_unclear(s);
    } else if (!is_fresh(s)) {
        read_again(s);
    } else if (s->in->remote) {
        talk_insist(s, "pin.aloud");
    } else if (n < PIN_MIN || n > PIN_MAX) {
        talk_unclear(s);
    } else {
        str_copy(step_request(s, EFFECT_PIN, WAITING_PIN)->pin, PIN_MAX + 1, digits);
    }
}

/* The basket is kept, and nothing is ordered. */
static void pin_refused(struct step *s, const char *id) {
    struct reply r = reply_make(id);
    reply_time(&r, "until", s->e->pin.locked_ms);
    reply_phone(&r, s->d);
    step_done(s, &r);
}

void checkout_pin_told(struct step *s) {
    switch (s->e->pin.state) {
        case PIN_RIGHT:
            place(s);
            break;
        case PIN_WRONG: {
            struct reply r = reply_make("pin.wrong");
            reply_number(&r, "left", (int64_t)s->e->pin.tries_left * 1000);
            step_ask(s, &r, ASKED_PIN);
            break;
        }
        case PIN_LOCKED:
            pin_refused(s, "pin.locked");
            break;
        default:
            pin_refused(s, "pin.unset");
    }
}

/* ---- what became of it ---- */

void checkout_placed(struct step *s) {
    struct dialog *d = s->d;
    const struct order *o = &s->e->placed;
    d->checking_out = false;
    d->cart = (struct cart){0};
    d->line_variant = 0;
    struct reply r = reply_make(o->offline ? "checkout.saved" : "checkout.placed");
    reply_digits(&r, "number", o->number);
    reply_money(&r, "total", o->total_minor, o->currency);
    reply_date(&r, "expected", o->expected_ms);
    reply_flag(&r, "has_expected", o->expected_ms > 0);
    undo_remember(s, o, &r);
    step_done(s, &r);
}

void checkout_failed(struct step *s) {
    struct dialog *d = s->d;
    d->checking_out = false;
    switch (s->e->failed) {
        case FAILED_CHANGED:
        case FAILED_LIMIT: /* and why is told */
            checkout_intent(s);
            break;
        case FAILED_EMPTY:
            step_open_id(s, "cart.empty");
            break;
        case FAILED_STOCK:
            step_open_id(s, "checkout.stock");
            break;
        case FAILED_DECLINED:
            payment_declined(s);
            break;
        default: {
            struct reply r = reply_make("checkout.failed");
            reply_phone(&r, d);
            step_trouble(s, &r);
        }
    }
}
