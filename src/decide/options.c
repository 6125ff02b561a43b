/* Options of what is made to order: with it, otherwise, without it, and what the product does not come with. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

/* ---- of a request ---- */

bool options_is_general(const char *slot) {
    static const char *const names[] = {"query", "product",  "product_a",    "product_b", "quantity",  "unit",
                                        "brand", "category", "sort",         "min_price", "max_price", "code",
                                        "when",  "index",    "order_number", "direction", "property"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(slot, names[i])) return true;
    }
    return *slot == '_';
}

static int find(const struct effect_add *wish, const char *name) {
    int k = 0;
    while (k < wish->n_options && !str_equal(wish->options[k].name, name)) k++;
    return k;
}

/* One of the same name is replaced. */
static void merge(struct effect_add *wish, const struct intent *in, int product_slot) {
    for (int i = 0; i < in->n_slots && i < SLOTS_MAX; i++) {
        const struct slot *slot = &in->slots[i];
        if (i == product_slot || options_is_general(slot->name) || !*slot->text) continue;
        int k = find(wish, slot->name);
        if (k == ADD_OPTIONS_MAX) return;
        if (k == wish->n_options) wish->n_options++;
        str_copy(wish->options[k].name, sizeof wish->options[k].name, slot->name);
        str_copy(wish->options[k].value, sizeof wish->options[k].value, slot->text);
    }
}

static bool leave_out(struct effect_add *wish, const char *name) {
    int k = find(wish, name);
    if (k == wish->n_options) return false;
    wish->options[k] = wish->options[--wish->n_options];
    return true;
}

void options_of_wish(struct effect_add *wish, const struct intent *in, int product_slot) {
    wish->n_options = 0;
    merge(wish, in, product_slot);
}

/* ---- changed ---- */

static void add_again(struct step *s) {
    s->d->question = ASKED_NOTHING;
    cart_add_wish(s);
}

static void not_chosen(struct step *s, const char *name) {
    struct reply r = reply_make("option.not_chosen");
    reply_text(&r, "option", name);
    reply_text(&r, "title", s->d->wish_title);
    step_open(s, &r);
}

/* "The large one" is a yes to "shall I add it?", and a change of what was just added. */
bool options_refine(struct step *s) {
    struct dialog *d = s->d;
    struct effect_add with = {0};
    const char *without = step_slot(s->in, "_without");
    merge(&with, s->in, -1);
    if (with.n_options == 0 && !*without) return false;
    bool open = d->question == ASKED_ADD_IT || d->question == ASKED_OPTION;
    const struct put_in *put = d->put_in_n > 0 ? &d->put_in[d->put_in_n - 1] : NULL;
    if (!open && (!put || put->variant != d->wish.variant)) return false;
    if (d->question == ASKED_OPTION) leave_out(&d->wish, d->option_missing); /* this is instead of it */
    if (*without && !leave_out(&d->wish, without) && with.n_options == 0) {
        not_chosen(s, without);
        return true;
    }
    merge(&d->wish, s->in, -1);
    if (!open) {
        d->swap = *put;
        step_adopt(s);
    }
    add_again(s);
    return true;
}

/* ---- what there is not ---- */

void options_missing(struct step *s) {
    struct dialog *d = s->d;
    const struct option_missing *m = &s->e->missing;
    struct items choices = {0};
    for (int i = 0; i < m->n && i < OPTION_VALUES_MAX; i++) items_add(&choices, m->values[i]);
    str_copy(d->option_missing, sizeof d->option_missing, m->name);
    struct reply r = reply_make(choices.n ? "option.missing" : "option.none");
    reply_text(&r, "option", m->said);
    reply_text(&r, "title", d->wish_title);
    reply_list(&r, "choices", &choices);
    step_ask(s, &r, ASKED_OPTION);
}

void options_without(struct step *s) {
    leave_out(&s->d->wish, s->d->option_missing);
    add_again(s);
}

void options_which(struct step *s) {
    struct reply r = reply_make("option.which");
    step_ask(s, &r, ASKED_OPTION);
}
