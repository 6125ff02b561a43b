/* An order for which the shop wants another total than was read back: it is not placed before the shopper has heard the
 * new one and said the word of it, as at any read-back. No drops the order. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

/* The read-back in the words of reply `id`, with another word each time. */
void agree_read(struct step *s, const char *id) {
    struct dialog *d = s->d;
    const struct order *o = &d->agree;
    checkout_new_word(d);
    struct reply r = reply_make(id);
    after_reply_order(&r, o);
    reply_money(&r, "asked", o->asked_minor, o->currency);
    reply_text(&r, "word", d->challenge);
    step_ask(s, &r, ASKED_AGREE);
}

void agree_ask(struct step *s, const struct order *o) {
    struct dialog *d = s->d;
    int64_t limit = d->profile.max_order_minor;
    d->agree = *o;
    str_copy(d->order_number, sizeof d->order_number, o->number);
    if (checkout_tell_off(s)) return;
    if (limit != LIMIT_NONE && o->asked_minor > limit) {
        struct reply r = reply_make("limit.order");
        reply_money(&r, "total", o->asked_minor, o->currency);
        reply_money(&r, "limit", limit, o->currency);
        reply_phone(&r, d);
        step_open(s, &r);
        return;
    }
    agree_read(s, "agree.readback");
}

void agree_send(struct step *s) {
    struct effect_place *fx = &step_request(s, EFFECT_AGREE, WAITING_AGREED)->place;
    str_copy(fx->number, sizeof fx->number, s->d->agree.number);
    fx->total_minor = s->d->agree.asked_minor;
}

void agree_no(struct step *s) {
    s->d->challenge[0] = '\0';
    str_copy(step_request(s, EFFECT_CANCEL, WAITING_CANCELLED)->number, ORDER_NUMBER_MAX, s->d->agree.number);
    s->d->after = s->d->agree;
    s->d->agree = (struct order){0};
}

void agree_done(struct step *s) {
    struct reply r = reply_make("agree.done");
    after_reply_order(&r, &s->e->placed);
    s->d->agree = (struct order){0};
    step_done(s, &r);
}

void agree_failed(struct step *s) {
    s->d->agree = (struct order){0};
    if (s->e->failed == FAILED_CHANGED)
        step_open_id(s, "agree.changed");
    else
        talk_failed(s);
}
