/* What was misunderstood, or misspoken, is put right: "I said oat milk" is the last request with the right name in it,
 * and what that request put into the basket goes out once the right thing is in. And back to where one was. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

/* ---- what corrections are of ---- */

void correct_begin(struct step *s) {
    struct dialog *d = s->d;
    d->said = *s->in;
    d->put_in_n = 0;
    d->swap.variant = 0;
}

void correct_put_in(struct dialog *d, const struct cart_line *line) {
    if (!line) return;
    if (d->put_in_n == PUT_IN_MAX) d->put_in_n--;
    struct put_in *put = &d->put_in[d->put_in_n++];
    *put = (struct put_in){.variant = line->variant,
                           .quantity_milli = d->wish.quantity_milli,
                           .thing = d->several.n ? d->several.next : 1};
    str_copy(put->options, sizeof put->options, line->options);
}

/* What is corrected afterwards is so many of it. */
void correct_requantify(struct dialog *d, const struct cart_line *line) {
    for (int i = 0; i < d->put_in_n; i++) {
        struct put_in *put = &d->put_in[i];
        if (put->variant != line->variant || !str_equal(put->options, line->options)) continue;
        put->quantity_milli = line->quantity_milli;
        for (int k = 0; k < d->said.n_slots && d->put_in_n == 1; k++) {
            if (str_equal(d->said.slots[k].name, "quantity")) d->said.slots[k].milli = line->quantity_milli;
        }
    }
}

/* ---- one for the other ---- */

static void forget_put_in(struct dialog *d, const struct put_in *what) {
    int n = 0;
    for (int i = 0; i < d->put_in_n; i++) {
        bool it = d->put_in[i].variant == what->variant && d->put_in[i].thing == what->thing &&
                  str_equal(d->put_in[i].options, what->options);
        if (!it) d->put_in[n++] = d->put_in[i];
    }
    d->put_in_n = n;
}

bool correct_swap(struct step *s) {
    struct dialog *d = s->d;
    struct put_in out = d->swap;
    d->swap.variant = 0;
    const struct cart_line *line = out.variant ? cart_find_line(&d->cart, out.variant, out.options) : NULL;
    if (!line) return false;
    int left = line->quantity_milli - out.quantity_milli;
    struct put_in in = d->put_in[d->put_in_n > 0 ? d->put_in_n - 1 : 0];
    forget_put_in(d, &out);
    if (d->put_in_n == 0) d->put_in[d->put_in_n++] = in;
    struct effect *fx = step_request(s, EFFECT_SET, WAITING_SWAPPED);
    fx->set.variant = out.variant;
    str_copy(fx->set.options, sizeof fx->set.options, out.options);
    fx->set.quantity_milli = left > 0 ? left : 0;
    return true;
}

/* The old one may be gone already: then that is as it should be. */
void correct_swapped(struct step *s) {
    struct dialog *d = s->d;
    if (s->e->kind == EVENT_CART) cart_keep(d, &s->e->cart);
    if (cart_back_to_checkout(s)) return;
    const struct cart_line *line = cart_find_line(&d->cart, d->line_variant, d->line_options);
    char item[ARG_TEXT_MAX];
    if (line)
        item_text(item, sizeof item, line->title, line->options, line->quantity_milli, "");
    else
        str_copy(item, sizeof item, d->wish_title);
    const char *old = step_slot(s->in, "_exchanged");
    struct reply r = reply_make(*old                         ? "exchange.done"
                                : s->in->id == INTENT_refine ? "cart.changed"
                                                             : "correct.swapped");
    reply_text(&r, "old", old);
    reply_text(&r, "item", item);
    reply_money(&r, "total", d->cart.subtotal_minor, d->cart.currency);
    step_ask(s, &r, ASKED_ANYTHING_ELSE);
}

/* ---- "I said oat milk" ---- */

/* Requests that have a name in them that may have been misheard. */
static bool has_name(enum intent_id id) {
    switch (id) {
        case INTENT_search_product:
        case INTENT_recommend:
        case INTENT_product_details:
        case INTENT_add_to_cart:
        case INTENT_remove_from_cart:
        case INTENT_show_cart:
        case INTENT_notify_me:
        case INTENT_reorder:
        case INTENT_return_item:
        case INTENT_order_status:
            return true;
        default:
            return false;
    }
}

/* "product_2" is a product. */
static bool is_called(const struct slot *slot, const char *name) {
    size_t n = strlen(name);
    return strncmp(slot->name, name, n) == 0 && (!slot->name[n] || slot->name[n] == '_');
}

/* The name that was meant: of several the one that shares most with what is said now, else the last. */
static struct slot *misheard(struct intent *in, const struct slot *now) {
    struct slot *best = NULL;
    int best_score = -1;
    for (int i = 0; i < in->n_slots && i < SLOTS_MAX; i++) {
        struct slot *slot = &in->slots[i];
        if (!is_called(slot, "product") && !is_called(slot, "query") && !is_called(slot, now->name)) continue;
        int score = words_within(slot->text, now->text) + words_within(now->text, slot->text);
        if (score < best_score) continue;
        best = slot;
        best_score = score;
    }
    return best;
}

/* The name among the slots. A shop whose things are made to order has them in a slot of its own, the same as before. */
static const struct slot *name_now(const struct dialog *d, const struct intent *now) {
    const struct slot *product = intent_slot(now, "product");
    if (product && *product->text) return product;
    bool own = d->wish_slot >= 0 && d->wish_slot < d->said.n_slots;
    return own ? intent_slot(now, d->said.slots[d->wish_slot].name) : NULL;
}

static void put_slot(struct intent *in, const struct slot *slot) {
    int i = 0;
    while (i < in->n_slots && !str_equal(in->slots[i].name, slot->name)) i++;
    if (i == SLOTS_MAX) return;
    in->slots[i] = *slot;
    if (i == in->n_slots) in->n_slots++;
}

/* What came of it goes out when the right thing is in. */
static void take_out_later(struct dialog *d, int thing) {
    for (int i = 0; i < d->put_in_n; i++) {
        if (d->put_in[i].thing == thing) d->swap = d->put_in[i];
    }
}

/* The last request with its name as it should be; of several things that one alone. While several are gone through
 * it is the one that is asked about. */
static bool put_right(struct dialog *d, const struct intent *now, struct intent *right) {
    const struct slot *name = name_now(d, now);
    struct intent *last = d->several.n ? &d->pending : &d->said;
    struct intent all = *last;
    struct slot *wrong = name && has_name(all.id) ? misheard(&all, name) : NULL;
    if (!wrong) return false;
    int thing = several_thing(wrong);
    str_copy(wrong->text, sizeof wrong->text, name->text);
    *wrong->code = '\0';
    *right = all;
    if (all.id == INTENT_add_to_cart) {
        *right = several_request(&all, thing);
        for (int i = 0; i < now->n_slots && i < SLOTS_MAX; i++) { /* "no, a large mocha" */
            if (&now->slots[i] != name && now->slots[i].name[0] != '_') put_slot(right, &now->slots[i]);
        }
        if (!d->several.n) take_out_later(d, thing);
    }
    if (!d->several.n) d->said = all;
    str_copy(right->text, sizeof right->text, now->text);
    return true;
}

/* Whatever led to it, what is corrected is what has just been put into the basket. */
static void added_it(struct dialog *d) {
    if (d->said.id == INTENT_add_to_cart) return;
    d->said = cart_add_request(d->wish_title, d->put_in[d->put_in_n - 1].quantity_milli);
}

/* Of what was read out, the one. */
static bool chosen(struct step *s) {
    enum question q = s->d->question;
    int index = question_pick(q) ? pick_index(s, q) : -1;
    if (index < 0) return false;
    s->d->question = ASKED_NOTHING;
    question_pick(q)(s, index);
    return true;
}

/* Something made to order, all of it in slots of the shop's own: with nothing to put right it is an order, as "I said a
 * latte" is of who was not heard at all. */
static bool is_made(const struct intent *in) {
    return in->n_slots > 0 && in->slots[0].name[0] != '_' && !intent_slot(in, "product");
}

void correct_intent(struct step *s) {
    struct dialog *d = s->d;
    struct intent right;
    if (exchange_intent(s) || chosen(s)) return;
    if (d->question == ASKED_ANYTHING_ELSE && d->put_in_n > 0) added_it(d);
    if (put_right(d, s->in, &right)) {
        d->pending = right;
        s->in = &d->pending;
        d->question = ASKED_NOTHING;
        if (right.id == INTENT_add_to_cart)
            cart_add_named(s);
        else
            dialog_request(s);
    } else if (*step_slot(s->in, "product")) {
        step_adopt(s);
        d->question = ASKED_NOTHING;
        d->several.n = 0;
        d->checking_out = false;
        search_intent(s);
    } else if (is_made(s->in)) {
        right = *s->in;
        right.id = INTENT_add_to_cart;
        s->in = &right;
        dialog_begin(s);
        cart_add_named(s);
    } else {
        step_open_id(s, "correct.what");
    }
}

/* ---- back ---- */

static bool any_search(const struct search *q) {
    return *q->query || *q->category || *q->brand;
}

static void search_from_the_start(struct step *s, const struct search *q) {
    struct dialog *d = s->d;
    d->search = *q;
    d->search.offset = 0;
    d->before = (struct search){.min_price_minor = -1, .max_price_minor = -1, .limit = FOUND_MAX};
    step_say_id(s, "back.search");
    search_find(s);
}

/* The page before, the list that one was chosen from, the search before, or the basket; else there is nothing before.
 */
void correct_go_back(struct step *s) {
    struct dialog *d = s->d;
    enum question q = d->question;
    bool adding = q == ASKED_WHICH_TO_ADD || q == ASKED_WHICH_VARIANT;
    bool in_list = q == ASKED_WHICH_RESULT || q == ASKED_WHICH_TO_ADD;
    bool of_one = q == ASKED_ADD_IT || q == ASKED_NOTHING;
    bool whole = !d->narrowed && d->search.offset == 0 && !adding;
    d->several.n = 0;
    if (d->checking_out) {
        d->checking_out = false;
        step_say_id(s, "back.basket");
        cart_show_intent(s);
    } else if (in_list && d->page_first > 0) {
        d->page_first = d->page_first > PAGE_MAX ? d->page_first - PAGE_MAX : 0;
        step_say_id(s, "back.page");
        search_back(s, q);
    } else if (of_one && d->found.n > 1 && d->page_n > 1) {
        step_say_id(s, "back.list");
        search_back(s, ASKED_WHICH_RESULT);
    } else if (!whole && any_search(&d->search)) {
        struct search again = d->search;
        search_from_the_start(s, &again);
    } else if (any_search(&d->before)) {
        struct search before = d->before;
        search_from_the_start(s, &before);
    } else {
        step_open_id(s, "back.start");
    }
}
