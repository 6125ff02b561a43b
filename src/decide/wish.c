/* What cannot be had: the nearest thing, and the offer to tell when it can. What is sold out is told of when it is back
 * (notices.c); what the shop has never had is kept with the words that it was asked for by. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

static void missing_words(struct dialog *d, const char *words) {
    d->missing = (struct missing){0};
    str_copy(d->missing.words, sizeof d->missing.words, words);
    d->current.variant = 0; /* "it" is what is not there */
}

static void missing_product(struct dialog *d, const struct product *p) {
    d->missing = (struct missing){.variant = p->variant};
    str_copy(d->missing.words, sizeof d->missing.words, p->title);
}

/* ---- the offer ---- */

void wish_offer(struct step *s, const struct reply *r, const char *words) {
    missing_words(s->d, words);
    step_ask(s, r, ASKED_WISH);
}

void wish_offer_back(struct step *s, const struct reply *r, const struct product *p) {
    missing_product(s->d, p);
    step_ask(s, r, ASKED_WISH);
}

static void note(struct step *s) {
    const struct missing *m = &s->d->missing;
    struct effect_notify *fx = &step_request(s, EFFECT_NOTIFY, WAITING_WISH_NOTED)->notify;
    str_copy(fx->kind, sizeof fx->kind, m->variant ? "stock" : "wish");
    if (m->variant)
        snprintf(fx->subject, sizeof fx->subject, "%" PRId64, m->variant);
    else
        str_copy(fx->subject, sizeof fx->subject, m->words);
}

static struct reply about_missing(const struct step *s, const char *id) {
    struct reply r = reply_make(id);
    reply_text(&r, "query", s->d->missing.words);
    reply_text(&r, "what", s->d->missing.variant ? "back" : "there");
    return r;
}

void wish_yes(struct step *s) {
    note(s);
}

void wish_no(struct step *s) {
    struct reply r = about_missing(s, "wish.declined");
    step_open(s, &r);
}

void wish_noted(struct step *s) {
    struct reply r = about_missing(s, "wish.noted");
    step_done(s, &r);
}

void wish_not_noted(struct step *s) {
    if (s->e->failed != FAILED_FULL) {
        talk_failed(s);
        return;
    }
    step_open_id(s, "wish.full");
}

bool wish_it(struct step *s) {
    const struct missing *m = &s->d->missing;
    if (!*m->words || s->d->current.variant) return false;
    note(s);
    return true;
}

void wish_named(struct step *s, const char *words) {
    missing_words(s->d, words);
    note(s);
}

/* ---- the nearest thing first ---- */

bool wish_is_near(const struct found *f, const char *words) {
    if (!*words) return false;
    for (int i = 0; i < f->n && i < FOUND_MAX; i++) {
        if (f->v[i].score >= 1 || words_match(words, &f->v[i]) >= WORDS_ALL) return false;
    }
    return true;
}

/* Offers one; who does not want it is asked about what was wanted. */
static void near_one(struct step *s, const struct reply *r, const struct product *p, int64_t quantity_milli) {
    struct missing m = s->d->missing;
    cart_offer(s, r, p);
    s->d->wish.quantity_milli = cart_quantity(quantity_milli, p->unit);
    if (s->d->question != ASKED_ADD_IT) return; /* it cannot be had either */
    s->d->question = ASKED_NEAR;
    s->d->missing = m;
}

void wish_near_one(struct step *s, const char *words, const struct product *p) {
    struct product near = *p; /* may be what is forgotten */
    struct reply r = reply_make("cart.closest");
    reply_text(&r, "query", words);
    reply_product(&r, &near);
    missing_words(s->d, words);
    near_one(s, &r, &near, step_number(s->in, "quantity", 1000));
}

void wish_near_some(struct step *s, const char *words, bool adding) {
    struct dialog *d = s->d;
    missing_words(d, words);
    d->missing.adding = adding;
    struct reply r = search_page(d, "near");
    reply_text(&r, "query", words);
    step_ask(s, &r, ASKED_NEAR_SOME);
}

void wish_near_yes(struct step *s) {
    search_which(s, s->d->missing.adding ? ASKED_WHICH_TO_ADD : ASKED_WHICH_RESULT);
}

void wish_near_chosen(struct step *s, int index) {
    if (s->d->missing.adding)
        cart_add_chosen(s, index);
    else
        search_chosen(s, index);
}

void wish_near_no(struct step *s) {
    if (s->d->several.n) { /* the others are still wanted */
        several_declined(s);
        return;
    }
    struct reply r = about_missing(s, "wish.offer");
    step_ask(s, &r, ASKED_WISH);
}

/* ---- sold out ---- */

void wish_sold_out(struct step *s, const struct product *p, int64_t quantity_milli) {
    struct dialog *d = s->d;
    missing_product(d, p);
    d->missing.quantity_milli = quantity_milli;
    struct effect_instead *fx = &step_request(s, EFFECT_INSTEAD, WAITING_NEAR)->instead;
    fx->variant = p->variant;
    str_copy(fx->title, sizeof fx->title, p->title);
}

void wish_sold_out_none(struct step *s) {
    struct reply r = reply_make("cart.sold_out");
    reply_text(&r, "title", s->d->missing.words);
    step_ask(s, &r, ASKED_WISH);
}

void wish_sold_out_near(struct step *s) {
    struct dialog *d = s->d;
    const struct product *p = &s->e->found.v[0];
    if (s->e->found.n <= 0 || p->stock == 0 || p->price_minor < 0) {
        wish_sold_out_none(s);
        return;
    }
    struct reply r = reply_make("cart.sold_out_near");
    reply_text(&r, "query", d->missing.words);
    reply_product(&r, p);
    near_one(s, &r, p, d->missing.quantity_milli);
}
