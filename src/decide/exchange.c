/* "Swap the butter for the unsalted one": something else in the place of a line of the basket, and as many of it. */
#include "decide/step.h"

#include "base/str.h"

bool exchange_intent(struct step *s) {
    if (!*step_slot(s->in, "_old")) return false;
    step_adopt(s);
    s->d->question = ASKED_NOTHING;
    s->d->several.n = 0;
    step_request(s, EFFECT_CART, WAITING_EXCHANGE);
    return true;
}

/* The line that is meant; of several the one that was spoken of last. NULL none. */
static const struct cart_line *old_line(const struct step *s) {
    const struct dialog *d = s->d;
    int lines[CART_LINES_MAX], n = cart_lines_meant(&d->cart, step_slot(s->in, "_old"), lines);
    const struct cart_line *it = cart_find_line(&d->cart, d->line_variant, d->line_options);
    for (int i = 0; i < n; i++) {
        if (it == &d->cart.lines[lines[i]]) return it;
    }
    return n > 0 ? &d->cart.lines[lines[0]] : NULL;
}

/* "The unsalted one" is of the kind that goes out. */
static void new_name(char *out, size_t cap, const struct intent *in) {
    str_copy(out, cap, step_slot(in, "product"));
    if (!intent_slot(in, "_one")) return;
    str_append(out, cap, " ");
    str_append(out, cap, step_slot(in, "_old"));
}

void exchange_found(struct step *s) {
    struct dialog *d = s->d;
    cart_keep(d, &s->e->cart);
    const struct cart_line *line = old_line(s);
    if (!line) {
        struct reply r = reply_make("cart.has_not");
        reply_text(&r, "query", step_slot(s->in, "_old"));
        step_open(s, &r);
        return;
    }
    char name[SLOT_TEXT_MAX];
    new_name(name, sizeof name, s->in);
    struct intent add = cart_add_request(name, line->quantity_milli);
    struct slot *old = &add.slots[add.n_slots++];
    *old = (struct slot){.name = "_exchanged"};
    str_copy(old->text, sizeof old->text, line->title);
    str_copy(add.text, sizeof add.text, s->in->text);
    d->pending = add;
    s->in = &d->pending;
    correct_begin(s);
    d->swap = (struct put_in){.variant = line->variant, .quantity_milli = line->quantity_milli, .thing = 1};
    str_copy(d->swap.options, sizeof d->swap.options, line->options);
    cart_add_named(s);
}
