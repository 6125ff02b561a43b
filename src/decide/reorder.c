/* The same again: an earlier order, something from one, or "my usual". */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum { USUAL_MAX = 3 };

/* What the words mean among the lines of the order: those that have all of them, else all lines. */
static bool line_meant(const struct order *o, int i, const char *words) {
    bool some = false;
    for (int k = 0; k < o->n_lines; k++) some = some || words_within(words, o->lines[k].title) == WORDS_ALL;
    return !some || words_within(words, o->lines[i].title) == WORDS_ALL;
}

/* Says it and offers to look in the shop. */
void orders_offer_search(struct step *s, const struct reply *r, const char *words) {
    search_begin(s->d, words);
    step_ask(s, r, ASKED_SEARCH_WIDER);
}

static void tell_none(struct step *s) {
    const char *words = step_slot(s->in, "product");
    struct reply r = orders_none(s, "reorder.none");
    if (*words && !*step_slot(s->in, "order_number")) {
        orders_offer_search(s, &r, words);
    } else {
        step_open(s, &r);
    }
}

void orders_reorder_intent(struct step *s) {
    again_forget(s->d);
    if (intent_slot(s->in, "_usual")) {
        struct effect_usual *fx = &step_request(s, EFFECT_USUAL, WAITING_USUAL)->usual;
        fx->max_lines = USUAL_MAX;
        str_copy(fx->words, sizeof fx->words, step_slot(s->in, "product"));
    } else {
        orders_request(s, WAITING_REORDER_MATCH);
    }
}

void orders_reorder_found(struct step *s) {
    struct dialog *d = s->d;
    if (!orders_keep(d, &s->e->orders)) {
        tell_none(s);
        return;
    }
    const struct order *o = &d->orders.v[0];
    const char *words = step_slot(s->in, "product");
    int64_t asked_milli = *words ? step_number(s->in, "quantity", 0) : 0;
    again_forget(d);
    d->again_placed_ms = o->placed_ms;
    for (int i = 0; i < o->n_lines; i++) {
        if (line_meant(o, i, words)) again_keep(d, &o->lines[i], asked_milli);
    }
    if (o->n_lines) {
        again_next_gone(s);
    } else {
        tell_none(s);
    }
}

void orders_usual_found(struct step *s) {
    struct dialog *d = s->d;
    again_forget(d);
    d->again_usual = true;
    if (!orders_keep(d, &s->e->orders) || d->orders.v[0].n_lines == 0) {
        step_open_id(s, "reorder.no_usual");
        return;
    }
    const struct order *o = &d->orders.v[0];
    int n = *step_slot(s->in, "product") ? 1 : o->n_lines;
    for (int i = 0; i < n; i++) again_keep(d, &o->lines[i], step_number(s->in, "quantity", 0));
    d->orders.n = 0; /* no order of theirs */
    again_next_gone(s);
}

static bool add_next(struct step *s) {
    struct dialog *d = s->d;
    if (d->again_next >= d->again_n) return false;
    const struct again *a = &d->again[d->again_next++];
    d->wish = a->add;
    str_copy(d->wish_title, sizeof d->wish_title, a->title);
    step_request(s, EFFECT_ADD, WAITING_REORDERED)->add = a->add;
    return true;
}

void orders_reorder_yes(struct step *s) {
    s->d->again_next = s->d->again_missed = 0;
    add_next(s);
}

void orders_reorder_chosen(struct step *s, int index) {
    struct dialog *d = s->d;
    d->again[0] = d->again[index];
    d->again_n = 1;
    orders_reorder_yes(s);
}

static void tell_reordered(struct step *s) {
    struct dialog *d = s->d;
    int added = d->again_n - d->again_missed;
    if (added == 0) {
        struct reply r = reply_make("reorder.failed");
        reply_number(&r, "count", (int64_t)d->again_n * 1000);
        step_open(s, &r);
        return;
    }
    struct reply r = reply_make(d->again_missed ? "reorder.added_some" : "reorder.added");
    reply_number(&r, "added", (int64_t)added * 1000);
    reply_number(&r, "missed", (int64_t)d->again_missed * 1000);
    reply_money(&r, "total", d->cart.subtotal_minor, d->cart.currency);
    step_ask(s, &r, ASKED_CHECKOUT);
}

void orders_reordered(struct step *s) {
    cart_keep(s->d, &s->e->cart);
    if (!add_next(s)) tell_reordered(s);
}

/* One line that cannot be had does not stop the others. */
void orders_reorder_failed(struct step *s) {
    s->d->again_missed++;
    if (!add_next(s)) tell_reordered(s);
}
