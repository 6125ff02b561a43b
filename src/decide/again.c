/* What is bought again, before it is bought: what is gone and what may be taken instead, what is dearer, what has
 * changed. Then it is asked about. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum { QUANTITY_MAX = 99000 };

/* ---- options, as they are added ---- */

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

/* ---- the list ---- */

static bool can_be_had(const struct order_line *line) {
    return line->variant != 0 && line->stock != 0 && line->price_now_minor >= 0;
}

static void note(struct again *a, enum again_note what, const char *detail) {
    if (a->note != AGAIN_SAME) return;
    a->note = what;
    str_copy(a->detail, sizeof a->detail, detail);
}

/* No more than there are. */
static int at_most(int quantity_milli, int stock) {
    bool short_of = stock != STOCK_UNLIMITED && (int64_t)stock * 1000 < quantity_milli;
    return short_of ? stock * 1000 : quantity_milli;
}

static void keep_line(struct dialog *d, const struct order_line *line, int quantity_milli) {
    if (d->again_n == ORDER_LINES_MAX) return;
    struct again *a = &d->again[d->again_n++];
    *a = (struct again){.price_then_minor = line->price_minor, .price_minor = line->price_now_minor};
    a->add = (struct effect_add){
        .variant = line->variant, .chosen = true, .quantity_milli = at_most(quantity_milli, line->stock)};
    again_options(&a->add, line->options_now);
    str_copy(a->title, sizeof a->title, *line->title_now ? line->title_now : line->title);
    str_copy(a->options, sizeof a->options, line->options_now);
    if (a->add.quantity_milli < quantity_milli) note(a, AGAIN_FEW, "");
    if (*line->option_gone) note(a, AGAIN_WITHOUT, line->option_gone);
    if (*line->title_now) note(a, AGAIN_RENAMED, line->title);
}

/* Of those without a substitute one is named. */
static void keep_untold(struct dialog *d, const char *title) {
    if (d->gone_untold++ == 0) str_copy(d->gone_title, sizeof d->gone_title, title);
}

static void keep_gone(struct dialog *d, const struct order_line *line, int quantity_milli) {
    if (d->gone_n == GONE_MAX) {
        keep_untold(d, line->title);
        return;
    }
    struct gone *g = &d->gone[d->gone_n++];
    *g = (struct gone){.variant = line->variant_then, .quantity_milli = quantity_milli, .sold_out = line->variant != 0};
    str_copy(g->title, sizeof g->title, line->title);
}

void again_forget(struct dialog *d) {
    d->again_n = d->again_next = d->again_missed = 0;
    d->gone_n = d->gone_next = d->gone_untold = 0;
    d->gone_title[0] = '\0';
    d->again_usual = false;
}

void again_keep(struct dialog *d, const struct order_line *line, int64_t asked_milli) {
    int quantity = asked_milli > 0 && asked_milli <= QUANTITY_MAX ? (int)asked_milli : line->quantity_milli;
    if (can_be_had(line)) {
        keep_line(d, line, quantity);
    } else {
        keep_gone(d, line, quantity);
    }
}

/* ---- asking ---- */

static int64_t times(int64_t minor, int quantity_milli) {
    return (minor * quantity_milli + 500) / 1000;
}

/* How the prices moved: `change`, `difference`, and `dearer` where it is one thing of several. */
static void reply_change(struct reply *r, const struct dialog *d, const char *currency) {
    int64_t up = 0, down = 0;
    int n_up = 0;
    const char *dearer = "";
    for (int i = 0; i < d->again_n; i++) {
        const struct again *a = &d->again[i];
        int64_t more = times(a->price_minor - a->price_then_minor, a->add.quantity_milli);
        if (a->price_then_minor < 0 || more == 0) continue;
        if (more < 0) {
            down -= more;
            continue;
        }
        up += more;
        if (n_up++ == 0) dearer = a->title;
    }
    bool one = n_up == 1 && d->again_n > 1;
    reply_text(r, "change", one ? "one_dearer" : n_up ? "dearer" : down ? "cheaper" : "same");
    reply_money(r, "difference", n_up ? up : down, currency);
    reply_text(r, "dearer", one ? dearer : "");
}

/* What else is not as it was: the first, and how many more. */
static void reply_note(struct reply *r, const struct dialog *d) {
    static const char *const names[] = {"none", "few", "without", "renamed"};
    const struct again *first = NULL;
    int n = 0;
    for (int i = 0; i < d->again_n; i++) {
        if (d->again[i].note == AGAIN_SAME) continue;
        if (n++ == 0) first = &d->again[i];
    }
    reply_text(r, "note", names[first ? first->note : AGAIN_SAME]);
    reply_text(r, "noted", first ? first->title : "");
    reply_text(r, "detail", first ? first->detail : "");
    reply_number(r, "left", first ? first->add.quantity_milli : 0);
    reply_number(r, "note_more", n > 1 ? (int64_t)(n - 1) * 1000 : 0);
}

static void reply_gone(struct reply *r, const struct dialog *d) {
    reply_text(r, "gone", d->gone_title);
    reply_number(r, "gone_more", d->gone_untold > 1 ? (int64_t)(d->gone_untold - 1) * 1000 : 0);
}

static void ask(struct step *s) {
    struct dialog *d = s->d;
    struct items items = {0};
    int64_t price_minor = 0;
    for (int i = 0; i < d->again_n; i++) {
        const struct again *a = &d->again[i];
        char item[ARG_TEXT_MAX];
        item_text(item, sizeof item, a->title, a->options, a->add.quantity_milli, "");
        items_add(&items, item);
        price_minor += times(a->price_minor, a->add.quantity_milli);
    }
    struct reply r = reply_make(d->gone_untold   ? "reorder.some_gone"
                                : d->again_usual ? "reorder.usual"
                                                 : "reorder.again");
    reply_items(&r, &items);
    reply_number(&r, "count", (int64_t)d->again_n * 1000);
    reply_date(&r, "placed", d->again_placed_ms);
    reply_money(&r, "price", price_minor, d->profile.currency);
    reply_change(&r, d, d->profile.currency);
    reply_note(&r, d);
    reply_gone(&r, d);
    step_ask(s, &r, ASKED_REORDER);
}

static void tell_gone(struct step *s) {
    const char *words = step_slot(&s->d->pending, "product");
    struct reply r = reply_make("reorder.gone");
    reply_gone(&r, s->d);
    orders_offer_search(s, &r, *words ? words : s->d->gone_title);
}

/* All there is to say about what is gone has been said. */
static void go_on(struct step *s) {
    struct dialog *d = s->d;
    bool only_instead = d->again_n == 1 && d->again[0].instead && d->gone_untold == 0;
    if (only_instead) {
        orders_reorder_yes(s); /* that was asked just now */
    } else if (d->again_n) {
        ask(s);
    } else if (d->gone_untold) {
        tell_gone(s);
    } else {
        step_open_id(s, "reorder.nothing_left");
    }
}

bool again_leave_out(struct step *s) {
    struct dialog *d = s->d;
    int out = d->question == ASKED_REORDER ? pick_index(s, ASKED_REORDER) : -1;
    if (out < 0) return false;
    memmove(&d->again[out], &d->again[out + 1], (size_t)(d->again_n - out - 1) * sizeof *d->again);
    d->again_n--;
    d->question = ASKED_NOTHING;
    go_on(s);
    return true;
}

bool again_set_quantity(struct step *s, int quantity_milli) {
    struct dialog *d = s->d;
    if (d->again_n != 1) return false;
    d->again[0].add.quantity_milli = quantity_milli;
    d->question = ASKED_NOTHING;
    orders_reorder_yes(s);
    return true;
}

/* ---- instead ---- */

void again_next_gone(struct step *s) {
    struct dialog *d = s->d;
    if (d->gone_next >= d->gone_n) {
        go_on(s);
        return;
    }
    const struct gone *g = &d->gone[d->gone_next++];
    struct effect_instead *fx = &step_request(s, EFFECT_INSTEAD, WAITING_INSTEAD)->instead;
    fx->variant = g->variant;
    str_copy(fx->title, sizeof fx->title, g->title);
}

static bool is_listed(const struct dialog *d, int64_t variant) {
    for (int i = 0; i < d->again_n; i++) {
        if (d->again[i].add.variant == variant) return true;
    }
    return false;
}

static const struct product *nearest(const struct dialog *d, const struct found *f) {
    for (int i = 0; i < f->n && i < FOUND_MAX; i++) {
        const struct product *p = &f->v[i];
        if (p->price_minor >= 0 && p->stock != 0 && !is_listed(d, p->variant)) return p;
    }
    return NULL;
}

void again_instead_none(struct step *s) {
    keep_untold(s->d, s->d->gone[s->d->gone_next - 1].title);
    again_next_gone(s);
}

void again_instead_found(struct step *s) {
    struct dialog *d = s->d;
    const struct product *p = nearest(d, &s->e->found);
    if (!p) {
        again_instead_none(s);
        return;
    }
    const struct gone *g = &d->gone[d->gone_next - 1];
    d->current = *p;
    d->current_quantity_milli = at_most(cart_quantity(g->quantity_milli, p->unit), p->stock);
    char item[ARG_TEXT_MAX];
    item_text(item, sizeof item, p->title, p->options, d->current_quantity_milli, "");
    struct reply r = reply_make("reorder.instead");
    reply_text(&r, "gone", g->title);
    reply_text(&r, "why", g->sold_out ? "sold_out" : "gone");
    reply_text(&r, "instead", item);
    reply_money(&r, "price", times(p->price_minor, d->current_quantity_milli), p->currency);
    step_ask(s, &r, ASKED_INSTEAD);
}

void again_instead_yes(struct step *s) {
    struct dialog *d = s->d;
    if (d->again_n < ORDER_LINES_MAX) {
        struct again *a = &d->again[d->again_n++];
        *a = (struct again){.price_then_minor = PRICE_NONE, .price_minor = d->current.price_minor, .instead = true};
        a->add = (struct effect_add){
            .variant = d->current.variant, .chosen = true, .quantity_milli = d->current_quantity_milli};
        str_copy(a->title, sizeof a->title, d->current.title);
        str_copy(a->options, sizeof a->options, d->current.options);
        again_options(&a->add, d->current.options);
    }
    again_next_gone(s);
}

void again_instead_no(struct step *s) {
    again_next_gone(s);
}
