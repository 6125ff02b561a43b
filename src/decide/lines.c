/* In the basket: changing and removing lines, showing it, clearing it. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum { QUANTITY_MAX = 99000 };

/* ---- changing and removing ---- */

static bool is_removal(const struct step *s) {
    return s->in->id == INTENT_remove_from_cart || s->d->new_quantity_milli == 0;
}

static void set_line(struct step *s, const struct cart_line *line) {
    struct dialog *d = s->d;
    bool all = is_removal(s);
    int left = all ? 0 : d->new_quantity_milli;
    if (s->in->id == INTENT_remove_from_cart && intent_slot(s->in, "quantity"))
        left = line->quantity_milli - d->new_quantity_milli;
    struct effect *fx = step_request(s, EFFECT_SET, WAITING_CHANGED);
    fx->set.variant = line->variant;
    str_copy(fx->set.options, sizeof fx->set.options, line->options);
    fx->set.quantity_milli = left > 0 ? left : 0;
    str_copy(d->wish_title, sizeof d->wish_title, line->title);
    d->wish = (struct effect_add){.variant = line->variant};
    cart_remember_line(d, line);
}

static void request_line(struct step *s) {
    step_request(s, EFFECT_CART, WAITING_CHANGE_MATCH);
}

void cart_remove_intent(struct step *s) {
    if (again_leave_out(s)) return;
    dialog_begin(s);
    s->d->new_quantity_milli = cart_quantity(step_number(s->in, "quantity", 0), "kg");
    request_line(s);
}

/* What is being talked about is not in the basket yet: "shall I add it?" "make it two". */
static bool change_wish(struct step *s, int quantity_milli) {
    struct dialog *d = s->d;
    if (*step_slot(s->in, "product")) return false;
    switch (d->question) {
        case ASKED_ADD_IT:
        case ASKED_NEAR:
        case ASKED_PIECES:
            d->wish.quantity_milli = cart_quantity(quantity_milli, d->current.unit);
            d->wish_count.milli = 0; /* now packs are counted */
            d->question = ASKED_NOTHING;
            cart_add_wish(s);
            return true;
        case ASKED_REORDER:
            return again_set_quantity(s, quantity_milli);
        case ASKED_WHICH_RESULT:
            d->wish = (struct effect_add){.quantity_milli = quantity_milli};
            search_which(s, ASKED_WHICH_TO_ADD);
            return true;
        case ASKED_WHICH_TO_ADD:
        case ASKED_NEAR_SOME:
        case ASKED_WHICH_VARIANT:
            d->wish.quantity_milli = quantity_milli;
            search_which(s, d->question);
            return true;
        default:
            return false;
    }
}

void cart_change_intent(struct step *s) {
    int64_t quantity = step_number(s->in, "quantity", -1);
    if (quantity < 0) {
        step_open_id(s, "cart.change_to_what");
    } else if (quantity > QUANTITY_MAX) {
        step_open_id(s, "cart.too_many");
    } else if (quantity == 0 || !change_wish(s, (int)quantity)) {
        step_adopt(s);
        s->d->question = ASKED_NOTHING;
        s->d->new_quantity_milli = (int)quantity;
        request_line(s);
    }
}

int cart_lines_meant(const struct cart *c, const char *words, int lines[CART_LINES_MAX]) {
    int best = 1, n = 0;
    for (int i = 0; i < c->n_lines; i++) {
        int score = words_within(words, c->lines[i].title);
        if (score < best) continue;
        if (score > best) n = 0;
        best = score;
        lines[n++] = i;
    }
    return n;
}

static void ask_line(struct step *s, const int *lines, int n) {
    struct dialog *d = s->d;
    struct cart some = d->cart;
    some.n_lines = n;
    for (int i = 0; i < n; i++) some.lines[i] = d->cart.lines[lines[i]];
    d->cart = some;
    struct reply r = reply_make("cart.which_line");
    reply_cart_items(&r, &d->cart);
    step_ask(s, &r, ASKED_WHICH_LINE);
}

void cart_line_found(struct step *s) {
    struct dialog *d = s->d;
    const char *name = step_slot(s->in, "product");
    int lines[CART_LINES_MAX], n;
    cart_keep(d, &s->e->cart);
    const struct cart_line *it = cart_find_line(&d->cart, d->line_variant, d->line_options);
    if (d->cart.n_lines == 0) {
        d->checking_out = false;
        step_open_id(s, "cart.empty");
    } else if (!*name && it) {
        set_line(s, it);
    } else if (!*name && d->cart.n_lines == 1) {
        set_line(s, &d->cart.lines[0]);
    } else if (!*name) {
        for (n = 0; n < d->cart.n_lines; n++) lines[n] = n;
        ask_line(s, lines, n);
    } else if ((n = cart_lines_meant(&d->cart, name, lines)) == 1) {
        set_line(s, &d->cart.lines[lines[0]]);
    } else if (n > 1) {
        ask_line(s, lines, n);
    } else {
        struct reply r = reply_make("cart.has_not");
        reply_text(&r, "query", name);
        step_open(s, &r);
    }
}

void cart_line_chosen(struct step *s, int index) {
    s->in = &s->d->pending;
    set_line(s, &s->d->cart.lines[index]);
}

void cart_changed(struct step *s) {
    struct dialog *d = s->d;
    cart_keep(d, &s->e->cart);
    const struct cart_line *line = cart_find_line(&d->cart, d->line_variant, d->line_options);
    char item[ARG_TEXT_MAX];
    if (line) {
        correct_requantify(d, line);
        item_text(item, sizeof item, line->title, line->options, line->quantity_milli, "");
    } else {
        str_copy(item, sizeof item, d->wish_title);
    }
    if (!line) cart_remember_line(d, NULL);
    if (cart_back_to_checkout(s)) return;
    const char *removed = d->cart.n_lines ? "cart.removed" : "cart.removed_last";
    struct reply r = reply_make(line ? "cart.changed" : removed);
    reply_text(&r, "item", item);
    reply_money(&r, "total", d->cart.subtotal_minor, d->cart.currency);
    step_open(s, &r);
}

/* ---- the whole basket ---- */

void cart_show_intent(struct step *s) {
    step_request(s, EFFECT_CART, WAITING_CART_SHOWN);
}

static void tell_whether_in(struct step *s, const char *name) {
    int lines[CART_LINES_MAX];
    int n = cart_lines_meant(&s->d->cart, name, lines);
    struct reply r = reply_make(n ? "cart.has" : "cart.has_not");
    reply_text(&r, "query", name);
    if (n) {
        const struct cart_line *line = &s->d->cart.lines[lines[0]];
        char item[ARG_TEXT_MAX];
        item_text(item, sizeof item, line->title, line->options, line->quantity_milli, "");
        reply_text(&r, "item", item);
        cart_remember_line(s->d, line);
    }
    step_open(s, &r);
}

void cart_shown(struct step *s) {
    struct dialog *d = s->d;
    const char *name = step_slot(s->in, "product");
    cart_keep(d, &s->e->cart);
    if (d->cart.n_lines == 0) {
        step_open_id(s, "cart.empty");
    } else if (*name) {
        tell_whether_in(s, name);
    } else {
        struct reply r = reply_make("cart.shown");
        reply_cart_items(&r, &d->cart);
        reply_money(&r, "subtotal", d->cart.subtotal_minor, d->cart.currency);
        reply_money(&r, "delivery", d->cart.delivery_minor, d->cart.currency);
        reply_flag(&r, "delivery_free", d->cart.delivery_minor == 0);
        reply_discount(&r, &d->cart);
        reply_flag(&r, "waiting", d->cart.coupon.state == COUPON_BELOW);
        reply_money(&r, "short", d->cart.coupon.short_minor, d->cart.currency);
        reply_money(&r, "total", d->cart.total_minor, d->cart.currency);
        step_open(s, &r);
    }
}

void cart_clear_intent(struct step *s) {
    step_request(s, EFFECT_CART, WAITING_CLEAR_COUNT);
}

void cart_clear_count(struct step *s) {
    cart_keep(s->d, &s->e->cart);
    if (s->d->cart.n_lines == 0) {
        step_open_id(s, "cart.empty");
        return;
    }
    struct reply r = reply_make("cart.clear_sure");
    reply_number(&r, "count", (int64_t)s->d->cart.n_lines * 1000);
    step_ask(s, &r, ASKED_CLEAR);
}

void cart_clear_yes(struct step *s) {
    step_request(s, EFFECT_CLEAR_CART, WAITING_CLEARED);
}

void cart_kept(struct step *s) {
    step_open_id(s, "cart.kept");
}

/* Nothing else: what was chosen stays until it is ordered. */
void cart_all(struct step *s) {
    step_done_id(s, "cart.all");
}

void cart_cleared(struct step *s) {
    cart_keep(s->d, &s->e->cart);
    cart_remember_line(s->d, NULL);
    step_open_id(s, "cart.cleared");
}
