/* Into the basket: by name, by number, or "it"; in which variant; and what became of it. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

enum { QUANTITY_ONE = 1000, QUANTITY_MAX = 99000 };

/* ---- wishes ---- */

struct intent cart_add_request(const char *name, int quantity_milli) {
    struct intent in = {.id = INTENT_add_to_cart, .accepted = true, .n_slots = 2};
    in.slots[0] = (struct slot){.name = "product"};
    str_copy(in.slots[0].text, sizeof in.slots[0].text, name);
    in.slots[1] = (struct slot){.name = "quantity", .kind = SLOT_NUMBER, .milli = quantity_milli};
    return in;
}

/* What is counted in pieces is bought whole: "half a gallon of milk" is one. */
int cart_quantity(int64_t quantity_milli, const char *unit) {
    if (quantity_milli <= 0) return QUANTITY_ONE;
    if (quantity_milli > QUANTITY_MAX + QUANTITY_ONE) quantity_milli = QUANTITY_MAX + QUANTITY_ONE;
    if (*unit) return (int)quantity_milli;
    return (int)((quantity_milli + 999) / 1000 * 1000);
}

static void make_wish(struct dialog *d, const struct product *p, int64_t quantity_milli) {
    d->wish = (struct effect_add){.variant = p->variant, .quantity_milli = cart_quantity(quantity_milli, p->unit)};
    str_copy(d->wish_title, sizeof d->wish_title, p->title);
    d->current = *p;
}

void cart_offer(struct step *s, const struct reply *r, const struct product *p) {
    make_wish(s->d, p, QUANTITY_ONE);
    s->d->wish_count.milli = 0;
    s->d->wish.chosen = *p->options; /* the variant was named: a yes means it */
    if (p->stock == 0) {
        wish_offer_back(s, r, p);
    } else if (p->price_minor < 0) {
        step_open(s, r);
    } else {
        step_ask(s, r, ASKED_ADD_IT);
    }
}

void cart_add_wish(struct step *s) {
    struct dialog *d = s->d;
    bool known = d->wish.variant == d->current.variant;
    d->wish.divides = known && !d->wish.chosen && *d->current.options && d->wish_count.milli > 0;
    if (known && !d->wish.divides && pieces_divide(s, &d->current)) return;
    if (d->wish.quantity_milli > QUANTITY_MAX) {
        if (several_missed(s, d->wish_title)) return;
        step_open_id(s, "cart.too_many");
        return;
    }
    step_request(s, EFFECT_ADD, WAITING_ADDED)->add = d->wish;
}

/* ---- what sounds alike ---- */

/* "Fifteen" may have been fifty. */
static void ask_quantity(struct step *s) {
    struct dialog *d = s->d;
    int whole = d->wish.quantity_milli / QUANTITY_ONE;
    bool heard = s->in->unsure && d->wish.quantity_milli % QUANTITY_ONE == 0 && whole <= NUMBERS_MAX;
    int other = heard ? d->sounds_like[whole] : 0;
    if (!other) {
        cart_add_wish(s);
        return;
    }
    d->other_quantity_milli = other * QUANTITY_ONE;
    struct reply r = reply_make("alike.quantity");
    reply_number(&r, "quantity", d->wish.quantity_milli);
    reply_number(&r, "other", d->other_quantity_milli);
    reply_text(&r, "title", d->wish_title);
    step_ask(s, &r, ASKED_QUANTITY);
}

void cart_other_quantity(struct step *s) {
    s->d->wish.quantity_milli = s->d->other_quantity_milli;
    cart_add_wish(s);
}

/* What was heard badly may be another product of nearly that name. */
static void add_heard(struct step *s) {
    if (s->in->unsure && (*step_slot(s->in, "product") || s->d->wish_slot >= 0))
        step_request(s, EFFECT_ALIKE, WAITING_ALIKE)->add = s->d->wish;
    else
        ask_quantity(s);
}

void cart_alike_unknown(struct step *s) {
    ask_quantity(s);
}

void cart_alike_found(struct step *s) {
    if (s->e->found.n < 2) {
        ask_quantity(s);
        return;
    }
    found_keep(s->d, &s->e->found);
    if (s->d->found.n > PAGE_MAX) s->d->found.n = s->d->found.total = PAGE_MAX;
    search_which_alike(s);
}

/* `named`: the shopper heard which variant it is. */
static void add_product(struct step *s, const struct product *p, bool named) {
    struct dialog *d = s->d;
    make_wish(d, p, step_number(s->in, "quantity", QUANTITY_ONE));
    pieces_begin(s);
    d->wish.chosen = named && *p->options;
    options_of_wish(&d->wish, s->in, d->wish_slot);
    if (p->price_minor < 0 || p->stock == 0) {
        if (several_missed(s, p->title)) return;
        if (p->stock == 0) {
            wish_sold_out(s, p, d->wish.quantity_milli);
            return;
        }
        struct reply r = reply_make("cart.not_for_sale");
        reply_text(&r, "title", p->title);
        step_open(s, &r);
        return;
    }
    add_heard(s);
}

/* ---- adding ---- */

/* The quantity and the options that were said are kept for the answer to "which one?". */
static void wish_to_choose(struct step *s) {
    struct dialog *d = s->d;
    d->wish = (struct effect_add){.quantity_milli = cart_quantity(step_number(s->in, "quantity", QUANTITY_ONE), "kg")};
    pieces_begin(s);
    options_of_wish(&d->wish, s->in, d->wish_slot);
}

/* Which of `found`? */
static void which_to_add(struct step *s) {
    wish_to_choose(s);
    search_which(s, ASKED_WHICH_TO_ADD);
}

/* In a shop whose products are made to order the name stands in a slot of the shop's own: each is tried. */
static bool try_next_slot(struct step *s) {
    struct dialog *d = s->d;
    while (++d->wish_slot < s->in->n_slots) {
        const struct slot *slot = &s->in->slots[d->wish_slot];
        if (options_is_general(slot->name) || !*slot->text) continue;
        search_by_name(s, slot->text, WAITING_ADD_MATCH);
        return true;
    }
    return false;
}

static void add_it(struct step *s) {
    struct dialog *d = s->d;
    if (d->current.variant) {
        struct product p = d->current;
        add_product(s, &p, true);
    } else if (d->page_n > 1) {
        which_to_add(s);
    } else {
        step_open_id(s, "cart.add_what");
    }
}

void cart_add_named(struct step *s) {
    struct dialog *d = s->d;
    const char *name = step_slot(s->in, "product");
    int index = pick_index(s, ASKED_WHICH_TO_ADD);
    d->wish_slot = -1;
    if (index >= 0) {
        add_product(s, &d->found.v[index], false);
    } else if (*name) {
        search_by_name(s, name, WAITING_ADD_MATCH);
    } else if (!try_next_slot(s)) {
        add_it(s);
    }
}

void cart_add_intent(struct step *s) {
    if (!several_begin(s)) cart_add_named(s);
}

/* Keeps those that the words fit best: the exact name, or all products that have all the words. */
static void keep_matches(struct found *f, const char *words) {
    int best = 0, n = 0;
    for (int i = 0; i < f->n; i++) {
        int score = words_match(words, &f->v[i]);
        if (score > best) best = score;
    }
    if (best < WORDS_ALL) return;
    for (int i = 0; i < f->n; i++) {
        if (words_match(words, &f->v[i]) >= best) f->v[n++] = f->v[i];
    }
    f->n = f->total = n;
}

static void add_none(struct step *s, const char *name) {
    if (several_missed(s, name)) return;
    struct reply r = reply_make("cart.add_none");
    reply_text(&r, "query", name);
    wish_offer(s, &r, name);
}

/* "Two percent milk" is one product, not two of "percent milk". */
static void number_into_name(struct intent *in, const struct found *f) {
    struct slot *quantity = NULL, *name = NULL;
    for (int i = 0; i < in->n_slots && i < SLOTS_MAX; i++) {
        if (str_equal(in->slots[i].name, "quantity")) quantity = &in->slots[i];
        if (str_equal(in->slots[i].name, "product")) name = &in->slots[i];
    }
    if (!quantity || !name || !*quantity->text) return;
    char words[SLOT_TEXT_MAX];
    str_copy(words, sizeof words, quantity->text);
    str_append(words, sizeof words, " ");
    str_append(words, sizeof words, name->text);
    for (int i = 0; i < f->n && i < FOUND_MAX; i++) {
        if (words_match(words, &f->v[i]) < WORDS_ALL) continue;
        str_copy(name->text, sizeof name->text, words);
        quantity->milli = QUANTITY_ONE;
        return;
    }
}

void cart_add_found(struct step *s) {
    struct dialog *d = s->d;
    number_into_name(&d->pending, &s->e->found);
    bool by_slot = d->wish_slot >= 0;
    const char *name = by_slot ? s->in->slots[d->wish_slot].text : step_slot(s->in, "product");
    struct found f = s->e->found;
    if (f.n > FOUND_MAX) f.n = FOUND_MAX;
    keep_matches(&f, name);
    bool sure = f.n > 0 && words_match(name, &f.v[0]) >= WORDS_ALL;
    if (by_slot && !sure) {
        if (!try_next_slot(s)) add_none(s, name);
    } else if (f.n <= 0) {
        add_none(s, name);
    } else if (f.n == 1 && sure) {
        add_product(s, &f.v[0], false);
    } else if (f.n == 1) {
        wish_near_one(s, name, &f.v[0]);
    } else {
        found_keep(d, &f);
        search_begin(d, name);
        wish_to_choose(s);
        if (wish_is_near(&d->found, name))
            wish_near_some(s, name, true);
        else
            search_which(s, ASKED_WHICH_TO_ADD);
    }
}

/* The answer to "which one?": the quantity and the options were said before. */
void cart_add_chosen(struct step *s, int index) {
    struct dialog *d = s->d;
    struct effect_add before = d->wish;
    make_wish(d, &d->found.v[index], before.quantity_milli);
    d->wish.n_options = before.n_options;
    memcpy(d->wish.options, before.options, sizeof before.options);
    cart_add_wish(s);
}

/* ---- variants ---- */

/* The shopper may have named one already, "the one gallon milk"; -1 if not. */
static int variant_said(const struct found *f, const struct intent *in) {
    int said = -1;
    for (int i = 0; i < f->n; i++) {
        char values[OPTIONS_MAX];
        option_values(values, sizeof values, f->v[i].options);
        if (words_within(values, in->text) < WORDS_ALL) continue;
        if (said >= 0) return -1;
        said = i;
    }
    return said;
}

void cart_variants(struct step *s) {
    if (s->e->found.n <= 0) {
        talk_failed(s);
        return;
    }
    found_keep(s->d, &s->e->found);
    int said = s->d->found.n == 1 ? 0 : variant_said(&s->d->found, s->in);
    if (said < 0) said = pieces_exact(s->d);
    if (said >= 0) {
        cart_variant_chosen(s, said);
    } else {
        search_which(s, ASKED_WHICH_VARIANT);
    }
}

void cart_variant_chosen(struct step *s, int index) {
    s->d->wish.variant = s->d->found.v[index].variant;
    s->d->wish.chosen = true;
    s->d->wish.quantity_milli = cart_quantity(s->d->wish.quantity_milli, "kg"); /* a line of the basket came between */
    s->d->current = s->d->found.v[index];
    cart_add_wish(s);
}

/* ---- what became of it ---- */

void cart_keep(struct dialog *d, const struct cart *c) {
    d->cart = *c;
    if (d->cart.n_lines < 0) d->cart.n_lines = 0;
    if (d->cart.n_lines > CART_LINES_MAX) d->cart.n_lines = CART_LINES_MAX;
}

const struct cart_line *cart_find_line(const struct cart *c, int64_t variant, const char *options) {
    for (int i = 0; i < c->n_lines; i++) {
        if (c->lines[i].variant == variant && str_equal(c->lines[i].options, options)) return &c->lines[i];
    }
    return NULL;
}

/* The line that differs from what the basket was, else the latest of that product. */
static const struct cart_line *changed_line(const struct cart *before, const struct cart *now, int64_t variant) {
    const struct cart_line *latest = NULL;
    for (int i = 0; i < now->n_lines; i++) {
        const struct cart_line *line = &now->lines[i];
        if (line->variant != variant) continue;
        const struct cart_line *old = cart_find_line(before, variant, line->options);
        latest = line;
        if (before->n_lines && (!old || old->quantity_milli != line->quantity_milli)) break;
    }
    return latest;
}

void cart_remember_line(struct dialog *d, const struct cart_line *line) {
    d->line_variant = line ? line->variant : 0;
    str_copy(d->line_options, sizeof d->line_options, line ? line->options : "");
}

/* In the middle of a checkout the read-back comes again, with the change in it. */
bool cart_back_to_checkout(struct step *s) {
    if (s->d->cart.n_lines == 0) s->d->checking_out = false;
    if (!s->d->checking_out) return false;
    checkout_read(s, "checkout.readback");
    return true;
}

void cart_added(struct step *s) {
    struct dialog *d = s->d;
    struct cart before = d->cart;
    cart_keep(d, &s->e->cart);
    const struct cart_line *line = changed_line(&before, &d->cart, d->wish.variant);
    char item[ARG_TEXT_MAX];
    if (line) {
        item_text(item, sizeof item, line->title, line->options, d->wish.quantity_milli, "");
    } else {
        item_text(item, sizeof item, d->wish_title, "", d->wish.quantity_milli, "");
    }
    cart_remember_line(d, line);
    correct_put_in(d, line);
    if (several_added(s, item) || correct_swap(s) || cart_back_to_checkout(s)) return;
    struct reply r = reply_make(d->cart.n_lines == 1 ? "cart.added_first" : "cart.added");
    reply_text(&r, "item", item);
    reply_number(&r, "quantity", d->wish.quantity_milli);
    reply_money(&r, "total", d->cart.subtotal_minor, d->cart.currency);
    initiative_suggest(s, &r);
}

void cart_failed(struct step *s) {
    static const char *const ids[] = {
        [FAILED_NOT_FOUND] = "cart.gone", [FAILED_STOCK] = "cart.stock", [FAILED_FULL] = "cart.full"};
    unsigned why = s->e->failed;
    const char *id = why < sizeof ids / sizeof *ids ? ids[why] : NULL;
    struct dialog *d = s->d;
    if (!id && why != FAILED_OPTION) {
        talk_failed(s);
        return;
    }
    if (several_missed(s, d->wish_title)) return;
    if (!id) {
        options_missing(s);
        return;
    }
    struct reply r = reply_make(id);
    reply_text(&r, "title", d->wish_title);
    bool known = d->current.variant == d->wish.variant && d->current.stock > 0;
    reply_number(&r, "left", (int64_t)(known ? d->current.stock : 0) * 1000);
    step_open(s, &r);
}
