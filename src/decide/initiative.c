/* What is said unasked: one remark a session, when the shopper's request is finished or at the greeting, and not in the
 * quiet hours; and what goes with what was just added. Declined once, the store never gives it again. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

enum { SUGGESTIONS_MAX = 2 }; /* a session */

/* ---- when ---- */

static bool is_quiet(const struct step *s) {
    const struct shop_profile *p = &s->d->profile;
    int minute = minute_of_day(s), from = p->quiet_from_min, to = p->quiet_to_min;
    if (from == to) return false;
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/* After these nobody wants to hear of something else. */
static bool ends_there(enum intent_id id) {
    static const enum intent_id ends[] = {INTENT_no,          INTENT_stop,           INTENT_volume,
                                          INTENT_repeat,      INTENT_human_agent,    INTENT_feedback,
                                          INTENT_help,        INTENT_coupon_problem, INTENT_cancel_order,
                                          INTENT_return_item, INTENT_suggestions,    INTENT_are_you_a_robot};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (ends[i] == id) return true;
    }
    return false;
}

/* What the shopper has come to in this session is no news. */
static bool is_known(const struct dialog *d, enum remark_kind kind) {
    const bool *seen = d->seen;
    switch (kind) {
        case REMARK_PARCEL:
            return seen[INTENT_order_status] || seen[INTENT_delivery_time];
        case REMARK_BASKET:
            return seen[INTENT_show_cart] || seen[INTENT_checkout] || seen[INTENT_clear_cart] ||
                   seen[INTENT_add_to_cart] || seen[INTENT_remove_from_cart];
        case REMARK_USUAL:
            return seen[INTENT_reorder];
        default:
            return false;
    }
}

const struct remark *initiative_due(const struct step *s) {
    const struct dialog *d = s->d;
    if (d->remarked || d->deaf || d->person.live || is_quiet(s)) return NULL;
    for (int i = 0; i < d->recalled.n && i < REMARKS_MAX; i++) {
        const struct remark *r = &d->recalled.due[i];
        if (r->kind > REMARK_NONE && r->kind < REMARK_WITH && !is_known(d, r->kind)) return r;
    }
    return NULL;
}

enum light initiative_rest_light(const struct step *s) {
    return initiative_due(s) ? LIGHT_NOTICE : LIGHT_OFF;
}

void initiative_recall(struct step *s) {
    if (s->d->recalls || s->out->n == EFFECTS_MAX) return;
    s->d->recalls = true;
    step_emit(s, EFFECT_RECALL);
}

void initiative_recalled(struct step *s) {
    s->d->recalled = s->e->recalled;
}

void initiative_after(struct step *s) {
    s->d->remark_next = !s->stuck && !s->d->checking_out && !ends_there(s->in->id);
}

bool initiative_follow(struct step *s) {
    if (!s->d->remark_next || !initiative_due(s)) return false;
    s->d->remark_next = false;
    initiative_speak(s);
    return true;
}

/* ---- the remark ---- */

static void note(struct step *s, enum remark_kind kind, int64_t subject, bool declined) {
    struct effect_remarked *fx = &step_emit(s, EFFECT_REMARKED)->remarked;
    *fx = (struct effect_remarked){kind, subject, declined};
}

static void wish_for(struct dialog *d, const struct remark *r) {
    d->wish = (struct effect_add){.variant = r->variant, .chosen = true, .quantity_milli = 1000};
    str_copy(d->wish_title, sizeof d->wish_title, r->title);
}

/* A parcel is a parcel, whoever listens: what is in it is told when it is asked for. */
bool initiative_speak(struct step *s) {
    static const struct {
        const char *id;
        enum question question;
    } says[] = {
        [REMARK_ORDER] = {"remark.order", ASKED_PARCEL},    [REMARK_PARCEL] = {"remark.parcel", ASKED_PARCEL},
        [REMARK_WISH] = {"remark.wish", ASKED_REMARK_ADD},  [REMARK_BASKET] = {"remark.basket", ASKED_STOPPED},
        [REMARK_BACK] = {"remark.back", ASKED_REMARK_ADD},  [REMARK_CHEAPER] = {"remark.cheaper", ASKED_REMARK_ADD},
        [REMARK_USUAL] = {"remark.usual", ASKED_REMARK_ADD}};
    struct dialog *d = s->d;
    const struct remark *due = initiative_due(s);
    if (!due) return false;
    d->remark = *due;
    d->remarked = true;
    struct reply r = reply_make(says[due->kind].id);
    reply_text(&r, "title", due->title);
    reply_digits(&r, "number", due->number);
    reply_text(&r, "what", due->kind == REMARK_ORDER ? due->title : "");
    reply_number(&r, "count", (int64_t)due->count * 1000);
    reply_money(&r, "price", due->price_minor, due->currency);
    reply_money(&r, "before", due->before_minor, due->currency);
    if (says[due->kind].question == ASKED_REMARK_ADD) wish_for(d, due);
    note(s, due->kind, due->subject, false);
    step_ask(s, &r, says[due->kind].question);
    return true;
}

void initiative_remark_yes(struct step *s) {
    s->d->wish_suggested = true;
    cart_add_wish(s);
}

void initiative_declined(struct step *s) {
    note(s, s->d->remark.kind, s->d->remark.subject, true);
    step_done_id(s, "remark.declined");
}

void initiative_parcel_yes(struct step *s) {
    struct effect_orders *q = &step_request(s, EFFECT_ORDERS, WAITING_STATUS_ANY)->orders;
    str_copy(q->number, sizeof q->number, s->d->remark.number);
}

/* ---- a basket that was left ---- */

static void stopped_open(struct step *s, const char *id) {
    struct reply r = reply_make(id);
    reply_phone(&r, s->d);
    step_open(s, &r);
}

void initiative_stopped(struct step *s) {
    const char *reason = step_slot(s->in, "reason");
    if (str_equal(reason, "price")) {
        step_request(s, EFFECT_CART, WAITING_STOPPED_PRICE);
    } else if (str_equal(reason, "delivery")) {
        step_request(s, EFFECT_CART, WAITING_STOPPED_DELIVERY);
    } else if (str_equal(reason, "payment")) {
        struct effect_ask *ask = &step_request(s, EFFECT_ASK, WAITING_STOPPED_PAYMENT)->ask;
        str_copy(ask->intent, sizeof ask->intent, "payment");
    } else if (str_equal(reason, "coupon")) {
        stopped_open(s, "stopped.coupon");
    } else {
        struct reply r = reply_make("stopped.other");
        step_ask(s, &r, ASKED_CHECKOUT);
    }
}

/* The dearest thing in it is where something cheaper helps most. */
void initiative_stopped_price(struct step *s) {
    struct dialog *d = s->d;
    cart_keep(d, &s->e->cart);
    const struct cart_line *dearest = NULL;
    for (int i = 0; i < d->cart.n_lines; i++) {
        if (!dearest || d->cart.lines[i].price_minor > dearest->price_minor) dearest = &d->cart.lines[i];
    }
    if (!dearest) {
        step_open_id(s, "cart.empty");
        return;
    }
    search_begin(d, dearest->title);
    d->search.max_price_minor = dearest->price_minor - 1;
    struct reply r = reply_make("stopped.price");
    reply_text(&r, "title", dearest->title);
    reply_money(&r, "price", dearest->price_minor, d->cart.currency);
    step_ask(s, &r, ASKED_CHEAPER);
}

void initiative_cheaper_yes(struct step *s) {
    search_find(s);
}

void initiative_stopped_delivery(struct step *s) {
    struct dialog *d = s->d;
    cart_keep(d, &s->e->cart);
    int64_t missing = d->profile.free_delivery_from_minor - d->cart.subtotal_minor;
    bool free = d->cart.delivery_minor <= 0;
    struct reply r = reply_make("stopped.delivery");
    reply_delivery(&r, d);
    reply_text(&r, "now", free ? "free" : d->profile.free_delivery_from_minor > 0 && missing > 0 ? "missing" : "paid");
    reply_money(&r, "missing", missing, d->profile.currency);
    step_ask(s, &r, ASKED_CHECKOUT);
}

void initiative_stopped_payment(struct step *s) {
    const struct shop_answer *a = &s->e->answered.answer;
    struct reply r = reply_make(*a->name ? "stopped.payment" : "stopped.payment_person");
    reply_text(&r, "text", a->text);
    reply_phone(&r, s->d);
    step_open(s, &r);
}

/* ---- what goes with it ---- */

/* What was just added brings it along; NULL if nothing is to be suggested now. */
static const struct product *to_suggest(const struct step *s) {
    const struct dialog *d = s->d;
    const struct product *p = &s->e->with;
    bool enough = d->suggested_n >= SUGGESTIONS_MAX || d->suggestion_declined || d->checking_out || d->wish_suggested;
    return enough || !p->variant || p->price_minor < 0 || p->stock == 0 ? NULL : p;
}

void initiative_suggest(struct step *s, struct reply *added) {
    struct dialog *d = s->d;
    const struct product *p = to_suggest(s);
    d->wish_suggested = false;
    if (!p) {
        step_ask(s, added, ASKED_ANYTHING_ELSE);
        return;
    }
    d->suggested_n++;
    d->suggested = *p;
    str_copy(added->id, sizeof added->id, "cart.added_with");
    reply_text(added, "with", p->title);
    reply_money(added, "with_price", p->price_minor, p->currency);
    step_ask(s, added, ASKED_SUGGESTED);
}

void initiative_suggested_yes(struct step *s) {
    struct dialog *d = s->d;
    d->wish = (struct effect_add){.variant = d->suggested.variant, .quantity_milli = 1000};
    str_copy(d->wish_title, sizeof d->wish_title, d->suggested.title);
    d->current = d->suggested;
    d->wish_suggested = true;
    cart_add_wish(s);
}

void initiative_suggested_no(struct step *s) {
    s->d->suggestion_declined = true;
    note(s, REMARK_WITH, s->d->suggested.variant, true);
    struct reply r = reply_make("suggest.declined");
    step_ask(s, &r, ASKED_ANYTHING_ELSE);
}

/* ---- "no suggestions" ---- */

void initiative_switch(struct step *s) {
    bool on = str_equal(step_slot(s->in, "direction"), "up");
    step_emit(s, EFFECT_SUGGESTIONS)->suggestions = on;
    s->d->suggestion_declined = !on;
    if (!on) s->d->recalled.n = 0;
    step_done_id(s, on ? "suggest.on" : "suggest.off");
}
