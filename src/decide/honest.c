/* What it knows, what it keeps, and that it can stop listening. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

void honest_known(struct step *s) {
    step_request(s, EFFECT_KNOWN, WAITING_KNOWN);
}

void honest_known_told(struct step *s) {
    const struct known_customer *k = &s->e->known;
    const struct customer *c = &s->d->customer;
    struct reply r = reply_make("honest.known");
    reply_text(&r, "name", c->name);
    reply_flag(&r, "has_name", *c->name);
    reply_flag(&r, "has_address", *c->address);
    reply_number(&r, "orders", (int64_t)k->orders * 1000);
    reply_number(&r, "turns", (int64_t)k->turns * 1000);
    reply_number(&r, "items", (int64_t)k->items * 1000);
    reply_date(&r, "since", k->since_ms);
    reply_flag(&r, "has_since", k->since_ms > 0);
    step_open(s, &r);
}

void honest_forget(struct step *s) {
    struct reply r = reply_make("honest.forget");
    step_ask(s, &r, ASKED_FORGET);
}

void honest_forget_yes(struct step *s) {
    step_request(s, EFFECT_FORGET, WAITING_FORGOTTEN);
}

void honest_forget_no(struct step *s) {
    step_done_id(s, "honest.kept");
}

/* The dialogue's own memory goes, too. A person who answers just now still does. */
void honest_forgotten(struct step *s) {
    struct dialog *d = s->d;
    bool live = d->person.live;
    dialog_forget(d);
    d->person.live = live;
    d->person.lapsed = false;
    memset(&d->pending, 0, sizeof d->pending);
    memset(&d->wish, 0, sizeof d->wish);
    memset(&d->person.held_reply, 0, sizeof d->person.held_reply);
    step_done_id(s, "honest.forgotten");
}

void honest_deaf(struct step *s) {
    struct reply r = reply_make("honest.deaf");
    reply_text(&r, "assistant", s->d->profile.assistant);
    step_done(s, &r);
    s->d->deaf = true;
}

void honest_record(struct step *s) {
    step_open_id(s, "honest.record");
}
