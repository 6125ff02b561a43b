/* Several things in one breath, "milk, two dozen eggs and bread": each becomes the request that it would have been by
 * itself, one after the other, with its own questions; what became of them is told together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

/* Which thing a slot is of, from 1, and its name without the number: "product_2" is the second's "product". */
static int thing_of(const struct slot *slot, char name[SLOT_NAME_MAX]) {
    str_copy(name, SLOT_NAME_MAX, slot->name);
    char *line = strrchr(name, '_'), *end = NULL;
    long number = line && line > name ? strtol(line + 1, &end, 10) : 0;
    if (number < 2 || number > SLOTS_MAX || *end) return 1;
    *line = '\0';
    return (int)number;
}

int several_thing(const struct slot *slot) {
    char name[SLOT_NAME_MAX];
    return thing_of(slot, name);
}

static int count_things(const struct intent *in) {
    char name[SLOT_NAME_MAX];
    int most = 1;
    for (int i = 0; i < in->n_slots && i < SLOTS_MAX; i++) {
        int thing = thing_of(&in->slots[i], name);
        if (thing > most) most = thing;
    }
    return most;
}

/* The request for one thing alone, with the words that were said of it. */
struct intent several_request(const struct intent *in, int thing) {
    struct intent one = *in;
    one.n_slots = 0;
    one.text[0] = '\0';
    for (int i = 0; i < in->n_slots && i < SLOTS_MAX; i++) {
        char name[SLOT_NAME_MAX];
        if (thing_of(&in->slots[i], name) != thing) continue;
        struct slot *slot = &one.slots[one.n_slots++];
        *slot = in->slots[i];
        str_copy(slot->name, sizeof slot->name, name);
        if (*one.text) str_append(one.text, sizeof one.text, " ");
        str_append(one.text, sizeof one.text, slot->text);
    }
    return one;
}

bool several_begin(struct step *s) {
    struct several *v = &s->d->several;
    int n = count_things(s->in);
    v->n = 0;
    if (n < 2) return false;
    *v = (struct several){.in = *s->in, .n = n};
    several_go_on(s);
    return true;
}

static void tell(struct step *s) {
    struct several *v = &s->d->several;
    const struct cart *cart = &s->d->cart;
    v->n = 0;
    if (!v->added.n && !v->missed.n) {
        talk_declined(s);
        return;
    }
    struct reply r = reply_make(!v->added.n ? "cart.several_none" : v->missed.n ? "cart.several_some" : "cart.several");
    reply_list(&r, "items", &v->added);
    reply_list(&r, "missed", &v->missed);
    reply_money(&r, "total", cart->subtotal_minor, cart->currency);
    if (v->added.n && s->d->checking_out) {
        if (v->missed.n) step_say(s, &r);
        cart_back_to_checkout(s);
    } else {
        step_ask(s, &r, ASKED_ANYTHING_ELSE);
    }
}

void several_go_on(struct step *s) {
    struct several *v = &s->d->several;
    if (v->next == v->n) {
        tell(s);
        return;
    }
    s->d->question = ASKED_NOTHING;
    s->d->pending = several_request(&v->in, ++v->next);
    s->in = &s->d->pending;
    cart_add_named(s);
}

/* ---- something else in between ---- */

static void left_list(const struct several *v, struct items *out) {
    for (int thing = v->next + 1; thing <= v->n; thing++) {
        struct intent one = several_request(&v->in, thing);
        items_add(out, one.text);
    }
}

/* What begins another list, orders or empties the basket does not come back to this one. */
static bool comes_back(const struct intent *in) {
    bool list = in->id == INTENT_add_to_cart && count_things(in) > 1;
    return !list && in->id != INTENT_checkout && in->id != INTENT_clear_cart && in->id != INTENT_reorder &&
           in->id != INTENT_stop_listening; /* then nothing more is asked */
}

void several_hold(struct step *s) {
    struct dialog *d = s->d;
    if (d->several.n && d->several.next > 0) {
        d->held = d->several;
        d->held.next--; /* the one that was asked about, once more */
    }
    if (d->held.n == 0 || comes_back(s->in)) return;
    struct items left = {0};
    struct reply r = reply_make("cart.several_left");
    left_list(&d->held, &left);
    reply_list(&r, "items", &left);
    d->held.n = 0;
    step_say(s, &r);
}

static int says(const struct effects *out) {
    int n = 0;
    for (int i = 0; i < out->n; i++) n += out->v[i].kind == EFFECT_SAY;
    return n;
}

bool several_take_up(struct step *s) {
    struct dialog *d = s->d;
    if (d->held.n == 0) return false;
    if (says(s->out) < 2) step_say_id(s, "cart.several_back");
    d->several = d->held;
    d->held.n = 0;
    step_request(s, EFFECT_CART, WAITING_TAKE_UP);
    return true;
}

void several_taken_up(struct step *s) {
    if (s->e->kind == EVENT_CART) cart_keep(s->d, &s->e->cart);
    several_go_on(s);
}

bool several_added(struct step *s, const char *item) {
    if (s->d->several.n == 0) return false;
    items_add(&s->d->several.added, item);
    several_go_on(s);
    return true;
}

bool several_missed(struct step *s, const char *name) {
    if (s->d->several.n == 0) return false;
    items_add(&s->d->several.missed, name);
    several_go_on(s);
    return true;
}

void several_declined(struct step *s) {
    if (s->d->several.n)
        several_go_on(s);
    else
        talk_declined(s);
}
