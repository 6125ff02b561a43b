/* Looking for products: results page by page, follow-ups that narrow them, details, comparing two. */
#include "decide/step.h"

#include <ctype.h>
#include <string.h>

#include "base/money.h"
#include "base/str.h"

/* ---- asking the catalogue ---- */

void search_find(struct step *s) {
    step_request(s, EFFECT_FIND, WAITING_RESULTS)->find = s->d->search;
}

void search_by_name(struct step *s, const char *words, enum waiting what) {
    struct effect *fx = step_request(s, EFFECT_FIND, what);
    str_copy(fx->find.query, sizeof fx->find.query, words);
    fx->find.min_price_minor = fx->find.max_price_minor = -1;
    fx->find.limit = FOUND_MAX;
}

void search_begin(struct dialog *d, const char *query) {
    d->search = (struct search){.min_price_minor = -1, .max_price_minor = -1, .limit = FOUND_MAX};
    str_copy(d->search.query, sizeof d->search.query, query);
}

static int64_t price_slot(const struct step *s, const char *name, int64_t before) {
    const struct slot *slot = intent_slot(s->in, name);
    struct money m;
    if (!slot || slot->kind != SLOT_NUMBER) return before;
    return money_from_milli(&m, slot->milli, s->d->profile.currency) ? before : m.minor;
}

static int64_t cheapest_read(const struct dialog *d) {
    int64_t least = -1;
    for (int i = d->page_first; i < d->page_first + d->page_n; i++) {
        int64_t price = d->found.v[i].price_minor;
        if (price >= 0 && (least < 0 || price < least)) least = price;
    }
    return least;
}

static const char *sort_code(const struct intent *in) {
    const struct slot *slot = intent_slot(in, "sort");
    return !slot ? "" : *slot->code ? slot->code : slot->text;
}

/* The grammar's names for the orders of results; "cheaper" than what was just read out. */
static void sort_slot(struct step *s) {
    static const struct {
        const char *name;
        enum sort sort;
    } sorts[] = {
        {"price_up", SORT_PRICE_UP}, {"price_down", SORT_PRICE_DOWN}, {"rating", SORT_RATING}, {"newest", SORT_NEWEST}};
    const char *name = sort_code(s->in);
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        if (str_equal(name, sorts[i].name)) s->d->search.sort = sorts[i].sort;
    }
    if (!str_equal(name, "cheaper")) return;
    s->d->search.sort = SORT_PRICE_UP;
    int64_t least = cheapest_read(s->d);
    if (least > 0) s->d->search.max_price_minor = least - 1;
}

static void filter_slots(struct step *s) {
    struct search *q = &s->d->search;
    if (*step_slot(s->in, "brand")) str_copy(q->brand, sizeof q->brand, step_slot(s->in, "brand"));
    if (*step_slot(s->in, "category")) str_copy(q->category, sizeof q->category, step_slot(s->in, "category"));
    q->min_price_minor = price_slot(s, "min_price", q->min_price_minor);
    q->max_price_minor = price_slot(s, "max_price", q->max_price_minor);
    sort_slot(s);
}

static bool is_filtered(const struct search *q) {
    return *q->brand || *q->category || q->min_price_minor >= 0 || q->max_price_minor >= 0;
}

static const char *named_product(const struct intent *in) {
    const char *query = step_slot(in, "query");
    return *query ? query : step_slot(in, "product");
}

int search_sorted_one(const struct step *s) {
    const struct dialog *d = s->d;
    const char *which = step_slot(s->in, "_one"), *sort = sort_code(s->in);
    int best = -1;
    bool unread = str_equal(which, "all") && d->found.total > d->page_n;
    if (!*which || unread || str_equal(sort, "newest") || !question_pick(d->question)) return -1;
    for (int i = d->page_first; i < d->page_first + d->page_n; i++) {
        const struct product *p = &d->found.v[i], *b = best < 0 ? NULL : &d->found.v[best];
        int64_t gain = !b                              ? 1
                       : str_equal(sort, "rating")     ? p->rating_centi - b->rating_centi
                       : str_equal(sort, "price_down") ? p->price_minor - b->price_minor
                                                       : b->price_minor - p->price_minor;
        if (gain > 0 && p->price_minor >= 0) best = i;
    }
    return best;
}

/* A new name begins a new search, and so does a new category; anything else narrows the last one. */
void search_intent(struct step *s) {
    struct search *q = &s->d->search;
    const char *query = named_product(s->in);
    int one = search_sorted_one(s);
    if (one >= 0) {
        pick_fn pick = question_pick(s->d->question);
        s->d->question = ASKED_NOTHING;
        pick(s, one);
        return;
    }
    if (*q->query || *q->category || *q->brand) s->d->before = *q;
    if (*query || *step_slot(s->in, "category")) search_begin(s->d, query);
    filter_slots(s);
    if (!*q->query && !is_filtered(q) && q->sort == SORT_BEST) {
        step_open_id(s, "search.what");
        return;
    }
    q->offset = 0;
    search_find(s);
}

/* The best rated of what is asked for. */
void search_recommend(struct step *s) {
    search_begin(s->d, named_product(s->in));
    filter_slots(s);
    if (s->d->search.sort == SORT_BEST) s->d->search.sort = SORT_RATING;
    search_find(s);
}

void search_wider(struct step *s) {
    struct search *q = &s->d->search;
    q->brand[0] = '\0';
    if (*q->query) q->category[0] = '\0';
    q->min_price_minor = q->max_price_minor = -1;
    q->offset = 0;
    search_find(s);
}

/* ---- reading out ---- */

static void turn_page(struct dialog *d, int first) {
    int left = d->found.n - first;
    d->page_first = first;
    d->page_n = left < PAGE_MAX ? left : PAGE_MAX;
}

static bool all_priced(const struct found *f, int first, int n) {
    for (int i = first; i < first + n; i++) {
        if (f->v[i].price_minor < 0) return false;
    }
    return true;
}

/* one, one_price, two, two_price ...: the products of the page. */
static void reply_page(struct reply *r, const struct dialog *d, bool by_options) {
    static const char *const names[PAGE_MAX][2] = {
        {"one", "one_price"}, {"two", "two_price"}, {"three", "three_price"}};
    for (int i = 0; i < d->page_n; i++) {
        const struct product *p = &d->found.v[d->page_first + i];
        char text[ARG_TEXT_MAX];
        if (by_options) {
            option_values(text, sizeof text, p->options);
        } else {
            str_copy(text, sizeof text, p->title);
        }
        reply_text(r, names[i][0], text);
        reply_money(r, names[i][1], p->price_minor, p->currency);
    }
}

static struct reply page_reply(const struct dialog *d, const char *subject, bool by_options) {
    static const char *const counts[] = {"none", "one", "two", "three"};
    char id[REPLY_ID_MAX];
    str_copy(id, sizeof id, subject);
    str_append(id, sizeof id, all_priced(&d->found, d->page_first, d->page_n) ? "." : ".unpriced_");
    str_append(id, sizeof id, counts[d->page_n]);
    struct reply r = reply_make(id);
    reply_page(&r, d, by_options);
    return r;
}

struct reply search_page(struct dialog *d, const char *subject) {
    turn_page(d, d->page_first);
    return page_reply(d, subject, false);
}

static const char *sort_name(enum sort sort) {
    static const char *const names[] = {"best", "price_up", "price_down", "rating", "newest"};
    return names[sort];
}

static void read_one(struct step *s) {
    struct dialog *d = s->d;
    const struct product *p = &d->found.v[d->page_first];
    bool last = d->found.offset + d->page_first > 0, beside = d->search.beside && p->price_minor >= 0 && p->stock != 0;
    struct reply r = reply_make(last ? "search.last_one" : beside ? "beside.one" : "search.one");
    reply_product(&r, p);
    reply_text(&r, "query", d->search.query);
    d->current = *p;
    cart_offer(s, &r, p);
}

void search_read(struct step *s) {
    struct dialog *d = s->d;
    turn_page(d, d->page_first);
    if (d->page_n == 1) {
        read_one(s);
        return;
    }
    d->current.variant = 0; /* none of several is "it" */
    bool beside = d->search.beside && all_priced(&d->found, d->page_first, d->page_n);
    struct reply r = page_reply(d, beside ? "beside" : "search", false);
    int rest = d->found.total - d->found.offset - d->page_first - d->page_n;
    reply_number(&r, "total", (int64_t)d->found.total * 1000);
    reply_number(&r, "rest", (int64_t)(rest > 0 ? rest : 0) * 1000);
    reply_text(&r, "sort", sort_name(d->search.sort));
    reply_text(&r, "page", d->found.offset + d->page_first ? "next" : "first");
    reply_text(&r, "query", d->search.query);
    step_ask(s, &r, ASKED_WHICH_RESULT);
}

/* The page as a choice. */
static void read_which(struct step *s, enum question q) {
    struct dialog *d = s->d;
    bool variants = q == ASKED_WHICH_VARIANT;
    turn_page(d, d->page_first);
    struct reply r = page_reply(d, variants ? "variant" : "which", variants);
    reply_text(&r, "title", d->wish_title);
    reply_number(&r, "rest", (int64_t)(d->found.n - d->page_first - d->page_n) * 1000);
    step_ask(s, &r, q);
}

void search_which(struct step *s, enum question q) {
    s->d->page_first = 0;
    read_which(s, q);
}

void search_back(struct step *s, enum question q) {
    if (q == ASKED_WHICH_TO_ADD)
        read_which(s, q);
    else
        search_read(s);
}

void search_which_alike(struct step *s) {
    s->d->page_first = 0;
    turn_page(s->d, 0);
    struct reply r = page_reply(s->d, "alike", false);
    step_ask(s, &r, ASKED_WHICH_TO_ADD);
}

static void read_none(struct step *s) {
    const struct search *q = &s->d->search;
    if (q->beside) {
        beside_none(s, is_filtered(q));
        return;
    }
    const char *name = *q->query ? q->query : q->category;
    bool filtered = *q->brand || q->min_price_minor >= 0 || q->max_price_minor >= 0 || (*q->query && *q->category);
    struct reply r = reply_make(filtered ? "search.none_such" : "search.none");
    reply_text(&r, "query", name);
    reply_flag(&r, "has_query", *name);
    reply_text(&r, "brand", q->brand);
    reply_flag(&r, "has_brand", *q->brand);
    reply_money(&r, "max_price", q->max_price_minor, s->d->profile.currency);
    reply_flag(&r, "has_max", q->max_price_minor >= 0);
    if (filtered && *name) {
        step_ask(s, &r, ASKED_SEARCH_WIDER);
    } else if (*q->query) {
        wish_offer(s, &r, q->query);
    } else {
        step_open(s, &r);
    }
}

void found_keep(struct dialog *d, const struct found *f) {
    d->found = *f;
    if (d->found.n < 0) d->found.n = 0;
    if (d->found.n > FOUND_MAX) d->found.n = FOUND_MAX;
    if (d->found.offset < 0) d->found.offset = 0;
    if (d->found.total < d->found.n) d->found.total = d->found.n;
    d->page_first = d->page_n = 0;
    d->narrowed = false;
}

/* A product that was called by its name is all that was asked for, if the words fit no other. */
static void keep_the_named(struct found *f, const char *words) {
    int named = -1, fitting = 0;
    for (int i = 0; i < f->n; i++) {
        int score = words_match(words, &f->v[i]);
        if (score >= WORDS_ALL) fitting++;
        if (score == WORDS_EXACT) named = i;
    }
    if (named < 0 || fitting > 1) return;
    f->v[0] = f->v[named];
    f->n = f->total = 1;
}

void search_results(struct step *s) {
    if (s->e->found.n <= 0) {
        read_none(s);
        return;
    }
    found_keep(s->d, &s->e->found);
    if (s->d->search.beside) {
        search_read(s);
        return;
    }
    keep_the_named(&s->d->found, s->d->search.query);
    if (!wish_is_near(&s->d->found, s->d->search.query)) {
        search_read(s);
    } else if (s->d->found.n == 1) {
        wish_near_one(s, s->d->search.query, &s->d->found.v[0]);
    } else {
        wish_near_some(s, s->d->search.query, false);
    }
}

void search_more(struct step *s) {
    struct dialog *d = s->d;
    int next = d->page_first + d->page_n;
    bool which = d->question == ASKED_WHICH_TO_ADD || d->question == ASKED_WHICH_VARIANT;
    if (d->page_n == 0) {
        step_open_id(s, "search.what");
    } else if (next < d->found.n) {
        d->page_first = next;
        if (which) {
            read_which(s, d->question);
        } else {
            search_read(s);
        }
    } else if (!which && d->found.offset + next < d->found.total) {
        d->search.offset = d->found.offset + next;
        search_find(s);
    } else {
        struct reply r = reply_make("search.no_more");
        reply_number(&r, "total", (int64_t)d->found.total * 1000);
        step_ask(s, &r, which ? d->question : ASKED_WHICH_RESULT);
    }
}

/* ---- one of them ---- */

static int best_match(const struct found *f, const char *words, bool *unique) {
    int best = -1, best_score = 0;
    *unique = false;
    for (int i = 0; i < f->n && i < FOUND_MAX; i++) {
        int score = words_match(words, &f->v[i]);
        if (score > best_score || best < 0) {
            best = i;
            best_score = score;
            *unique = true;
        } else if (score == best_score) {
            *unique = false;
        }
    }
    return best;
}

static const struct product *search_shown(const struct dialog *d, const char *words) {
    struct found shown = d->found;
    shown.n = d->page_first + d->page_n;
    bool unique;
    int i = best_match(&shown, words, &unique);
    return i >= 0 && unique && words_match(words, &shown.v[i]) >= WORDS_ALL ? &d->found.v[i] : NULL;
}

/* Only the first sentence fits the breath. One that a catalogue left without its full stop gets it: more is said behind
 * it. */
static void first_sentence(char *out, size_t cap, const char *text) {
    const char *end = strstr(text, ". ");
    size_t n = end ? (size_t)(end - text) + 1 : strlen(text);
    str_copy(out, n + 1 < cap ? n + 1 : cap, text);
    n = strlen(out);
    if (n > 0 && isalnum((unsigned char)out[n - 1])) str_append(out, cap, ".");
}

/* Whether the shop's own words say something about what is asked. */
static bool is_told_of(const struct product *p, const char *trait) {
    return words_within(trait, p->title) >= WORDS_ALL || words_within(trait, p->description) >= WORDS_ALL ||
           words_within(trait, p->options) >= WORDS_ALL;
}

void search_tell(struct step *s, const char *id, const struct product *p) {
    struct dialog *d = s->d;
    if (p != &d->current) d->current = *p;
    bool untold = *step_slot(s->in, "_trait") && !is_told_of(p, step_slot(s->in, "_trait"));
    bool stock = intent_slot(s->in, "_stock");
    struct reply r = reply_make(untold ? "details.untold" : stock ? "details.stock" : id);
    reply_product(&r, &d->current);
    char text[ARG_TEXT_MAX];
    first_sentence(text, sizeof text, d->current.description);
    reply_text(&r, "description", text);
    reply_flag(&r, "described", *text);
    step_emit(s, EFFECT_LOOKED)->looked = d->current.variant;
    cart_offer(s, &r, &d->current);
}

void search_chosen(struct step *s, int index) {
    search_tell(s, "details.chosen", &s->d->found.v[index]);
}

void search_details(struct step *s) {
    struct dialog *d = s->d;
    const char *name = step_slot(s->in, "product");
    int index = pick_index(s, ASKED_WHICH_RESULT);
    if (index >= 0) {
        search_tell(s, "details.told", &d->found.v[index]);
    } else if (*name) {
        search_by_name(s, name, WAITING_DETAILS);
    } else if (intent_slot(s->in, "index") && d->page_n) {
        struct reply r = reply_make("which.out_of_range");
        reply_number(&r, "count", (int64_t)d->page_n * 1000);
        talk_stuck(s, &r, ASKED_WHICH_RESULT);
    } else if (d->current.variant) {
        search_tell(s, "details.told", &d->current);
    } else if (d->page_n > 1) {
        search_which(s, ASKED_WHICH_RESULT);
    } else {
        step_open_id(s, "details.what");
    }
}

/* The product of that name; NULL if there are only others that are a little like it. */
static const struct product *named(const struct found *f, const char *name) {
    bool unique;
    int i = best_match(f, name, &unique);
    if (i < 0) return NULL;
    return f->n == 1 || words_match(name, &f->v[i]) >= WORDS_ALL ? &f->v[i] : NULL;
}

static void tell_unknown(struct step *s, const char *name) {
    struct reply r = reply_make("details.none");
    reply_text(&r, "query", name);
    wish_offer(s, &r, name);
}

void search_details_found(struct step *s) {
    const char *name = named_product(s->in);
    const struct product *p = named(&s->e->found, name);
    if (p) {
        search_tell(s, "details.told", p);
    } else if (s->e->found.n > 0) {
        found_keep(s->d, &s->e->found);
        search_read(s);
    } else {
        tell_unknown(s, name);
    }
}

/* ---- two of them ---- */

/* "the first one" has a code, its number on the page. */
static const struct product *compared_shown(const struct step *s, const char *slot_name) {
    const struct slot *slot = intent_slot(s->in, slot_name);
    if (!slot) return NULL;
    int k = slot->code[0] - '0';
    if (slot->code[0] && !slot->code[1] && k >= 1 && k <= s->d->page_n) return &s->d->found.v[s->d->page_first + k - 1];
    return search_shown(s->d, slot->text);
}

static void compare_tell(struct step *s, const struct product *a, const struct product *b) {
    bool rated = a->rating_centi > 0 && b->rating_centi > 0;
    int by_rating = a->rating_centi - b->rating_centi;
    int64_t by_price = a->price_minor - b->price_minor;
    struct reply r = reply_make(a->price_minor >= 0 && b->price_minor >= 0 ? "compare.two" : "compare.unpriced");
    reply_text(&r, "one", a->title);
    reply_money(&r, "one_price", a->price_minor, a->currency);
    reply_text(&r, "two", b->title);
    reply_money(&r, "two_price", b->price_minor, b->currency);
    reply_text(&r, "cheaper", by_price < 0 ? "one" : by_price > 0 ? "two" : "same");
    reply_money(&r, "difference", by_price < 0 ? -by_price : by_price, a->currency);
    reply_text(&r, "better", !rated ? "unknown" : by_rating > 0 ? "one" : by_rating < 0 ? "two" : "same");
    reply_number(&r, "one_rating", (int64_t)a->rating_centi * 10);
    reply_number(&r, "two_rating", (int64_t)b->rating_centi * 10);

    struct found two = {.n = 2, .total = 2, .v = {*a, *b}};
    found_keep(s->d, &two);
    s->d->page_n = 2;
    s->d->wish = (struct effect_add){.quantity_milli = 1000};
    step_ask(s, &r, ASKED_WHICH_TO_ADD);
}

static void compare_second(struct step *s) {
    const struct product *b = compared_shown(s, "product_b");
    const char *name = step_slot(s->in, "product_b");
    if (b) {
        compare_tell(s, &s->d->compared, b);
    } else if (*name) {
        search_by_name(s, name, WAITING_COMPARE_B);
    } else {
        step_open_id(s, "compare.what");
    }
}

void search_compare(struct step *s) {
    struct dialog *d = s->d;
    const struct product *a = compared_shown(s, "product_a");
    const char *name = step_slot(s->in, "product_a");
    if (a) {
        d->compared = *a;
        compare_second(s);
    } else if (*name) {
        search_by_name(s, name, WAITING_COMPARE_A);
    } else if (d->page_n >= 2) {
        compare_tell(s, &d->found.v[d->page_first], &d->found.v[d->page_first + 1]);
    } else {
        step_open_id(s, "compare.what");
    }
}

static const struct product *compare_match(struct step *s, const char *slot_name) {
    const char *name = step_slot(s->in, slot_name);
    const struct product *p = named(&s->e->found, name);
    if (!p) tell_unknown(s, name);
    return p;
}

void search_compare_a(struct step *s) {
    const struct product *a = compare_match(s, "product_a");
    if (!a) return;
    s->d->compared = *a;
    compare_second(s);
}

void search_compare_b(struct step *s) {
    const struct product *b = compare_match(s, "product_b");
    if (b) compare_tell(s, &s->d->compared, b);
}
