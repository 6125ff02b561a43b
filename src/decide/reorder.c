/* The same again: an earlier order, something from one, or "my usual". */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum { USUAL_MAX = 3, QUANTITY_MAX = 99000 };

static void again_option(struct effect_add *add, const char *pair, size_t n) {
    const char *colon = memchr(pair, ':', n);
    if (!colon || add->n_options == ADD_OPTIONS_MAX) return;
    struct option_choice *o = &add->options[add->n_options++];
    size_t name = (size_t)(colon - pair);
    str_copy(o->name, name + 1 < sizeof o->name ? name + 1 : sizeof o->name, pair);
    colon++;
    while (*colon == ' ') colon++;
    size_t value = colon < pair + n ? (size_t)(pair + n - colon) : 0;
    str_copy(o->value, value + 1 < sizeof o->value ? value + 1 : sizeof o->value, colon);
}

/* "size: large; milk: a bit of soy milk" */
static void again_options(struct effect_add *add, const char *options) {
    while (*options) {
        size_t n = strcspn(options, ";");
        again_option(add, options, n);
        options += n;
        options += strspn(options, "; ");
    }
}

static struct again *again_add(struct dialog *d, int64_t variant, const char *title, int quantity_milli) {
    struct again *a = &d->again[d->again_n++];
    *a = (struct again){.add = {.variant = variant, .chosen = true, .quantity_milli = quantity_milli}};
    str_copy(a->title, sizeof a->title, title);
    return a;
}

/* What the words mean among the lines of the order: those that have all of them, else all lines. */
static bool line_meant(const struct order *o, int i, const char *words) {
    bool some = false;
    for (int k = 0; k < o->n_lines; k++) some = some || words_within(words, o->lines[k].title) == WORDS_ALL;
    return !some || words_within(words, o->lines[i].title) == WORDS_ALL;
}

struct again_sums {
    struct items items;
    char gone[TITLE_MAX];
    int n_gone;
    int64_t then_minor, now_minor;
};

static void sum_line(struct dialog *d, const struct order_line *line, int64_t asked_milli, struct again_sums *sums) {
    int quantity_milli = asked_milli > 0 && asked_milli <= QUANTITY_MAX ? (int)asked_milli : line->quantity_milli;
    if (line->variant == 0 || line->stock == 0) {
        if (sums->n_gone++ == 0) str_copy(sums->gone, sizeof sums->gone, line->title);
        return;
    }
    char item[ARG_TEXT_MAX];
    item_text(item, sizeof item, line->title, line->options, quantity_milli, "");
    items_add(&sums->items, item);
    again_options(&again_add(d, line->variant, line->title, quantity_milli)->add, line->options);
    sums->then_minor += (line->price_minor * quantity_milli + 500) / 1000;
    sums->now_minor += (line->price_now_minor * quantity_milli + 500) / 1000;
}

static void ask_again(struct step *s, const struct order *o, const struct again_sums *sums) {
    int64_t more = sums->now_minor - sums->then_minor;
    struct reply r = reply_make(sums->n_gone ? "reorder.some_gone" : "reorder.again");
    reply_items(&r, &sums->items);
    reply_number(&r, "count", (int64_t)s->d->again_n * 1000);
    reply_date(&r, "placed", o->placed_ms);
    reply_money(&r, "price", sums->now_minor, o->currency);
    reply_text(&r, "change", more > 0 ? "dearer" : more < 0 ? "cheaper" : "same");
    reply_money(&r, "difference", more < 0 ? -more : more, o->currency);
    reply_text(&r, "gone", sums->gone);
    reply_number(&r, "gone_more", (int64_t)(sums->n_gone > 1 ? sums->n_gone - 1 : 0) * 1000);
    step_ask(s, &r, ASKED_REORDER);
}

/* Says it and offers to look in the shop. */
static void offer_search(struct step *s, const struct reply *r, const char *words) {
    struct dialog *d = s->d;
    d->search = (struct search){.min_price_minor = -1, .max_price_minor = -1, .limit = FOUND_MAX};
    str_copy(d->search.query, sizeof d->search.query, words);
    step_ask(s, r, ASKED_SEARCH_WIDER);
}

static void tell_gone(struct step *s, const struct again_sums *sums) {
    const char *words = step_slot(s->in, "product");
    struct reply r = reply_make("reorder.gone");
    reply_text(&r, "gone", sums->gone);
    reply_number(&r, "gone_more", (int64_t)(sums->n_gone - 1) * 1000);
    offer_search(s, &r, *words ? words : sums->gone);
}

static void tell_none(struct step *s) {
    const char *words = step_slot(s->in, "product");
    struct reply r = orders_none(s, "reorder.none");
    if (*words && !*step_slot(s->in, "order_number")) {
        offer_search(s, &r, words);
    } else {
        step_open(s, &r);
    }
}

void orders_reorder_intent(struct step *s) {
    s->d->again_n = s->d->again_next = s->d->again_missed = 0;
    if (intent_slot(s->in, "_usual")) {
        step_request(s, EFFECT_USUAL, WAITING_USUAL);
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
    struct again_sums sums = {0};
    d->again_n = d->again_next = d->again_missed = 0;
    for (int i = 0; i < o->n_lines; i++) {
        if (line_meant(o, i, words)) sum_line(d, &o->lines[i], asked_milli, &sums);
    }
    if (d->again_n) {
        ask_again(s, o, &sums);
    } else if (sums.n_gone) {
        tell_gone(s, &sums);
    } else {
        tell_none(s);
    }
}

void orders_usual_found(struct step *s) {
    struct dialog *d = s->d;
    const struct found *f = &s->e->found;
    const char *words = step_slot(s->in, "product");
    struct items items = {0};
    int64_t price_minor = 0;
    d->again_n = d->again_next = d->again_missed = 0;
    for (int i = 0; i < f->n && i < FOUND_MAX && d->again_n < USUAL_MAX; i++) {
        const struct product *p = &f->v[i];
        if (*words && words_match(words, p) < WORDS_ALL) continue;
        again_add(d, p->variant, p->title, 1000);
        items_add(&items, p->title);
        price_minor += p->price_minor;
        if (*words) break;
    }
    if (d->again_n == 0) {
        step_open_id(s, "reorder.no_usual");
        return;
    }
    struct reply r = reply_make("reorder.usual");
    reply_items(&r, &items);
    reply_number(&r, "count", (int64_t)d->again_n * 1000);
    reply_money(&r, "price", price_minor, d->profile.currency);
    step_ask(s, &r, ASKED_REORDER);
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
