/* "In blue", "the bigger one": one of those that were read out, another kind of the product at hand, or, where neither
 * has it, a search with that beside its words. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

static const char *wanted_property(const struct step *s) {
    return step_slot(s->in, "property");
}

/* bigger, smaller, biggest, smallest; "" it is not about the size */
static const char *wanted_size(const struct step *s) {
    return step_slot(s->in, "_size");
}

static bool wants_big(const struct step *s) {
    return strncmp(wanted_size(s), "big", 3) == 0;
}

static struct reply make_reply(const struct step *s, const char *id) {
    struct reply r = reply_make(id);
    reply_text(&r, "property", wanted_property(s));
    reply_text(&r, "size", *wanted_property(s) ? "property" : wants_big(s) ? "big" : "small");
    return r;
}

/* ---- by words, by size ---- */

int refine_matches(const struct found *f, const char *words, int which[FOUND_MAX]) {
    int n = 0;
    for (int i = 0; i < f->n && i < FOUND_MAX; i++) {
        if (words_match(words, &f->v[i]) >= WORDS_ALL) which[n++] = i;
    }
    return n;
}

/* Those of the most (or least) size among the first `upto`: all that tell a size must measure the same. 0: nobody
 * knows. */
static int by_size(const struct found *f, int upto, bool big, int which[FOUND_MAX]) {
    const char *of = NULL;
    int64_t best = 0;
    int n = 0, sized = 0;
    for (int i = 0; i < upto; i++) {
        const struct product *p = &f->v[i];
        if (!*p->size_of) continue;
        if (of && !str_equal(of, p->size_of)) return 0;
        of = p->size_of;
        if (sized++ == 0 || (big ? p->size_milli > best : p->size_milli < best)) {
            best = p->size_milli;
            n = 0;
        }
        if (p->size_milli == best) which[n++] = i;
    }
    return sized < 2 || n == sized ? 0 : n;
}

/* The next size above (or below) that of `p` among those found, or the last one; -1 there is none. */
static int next_size(const struct found *f, const struct product *p, bool big, bool last) {
    int next = -1;
    for (int i = 0; i < f->n && i < FOUND_MAX; i++) {
        const struct product *q = &f->v[i];
        if (!*p->size_of || !str_equal(q->size_of, p->size_of)) continue;
        if (big ? q->size_milli <= p->size_milli : q->size_milli >= p->size_milli) continue;
        bool further =
            next >= 0 && (big ? q->size_milli > f->v[next].size_milli : q->size_milli < f->v[next].size_milli);
        if (next < 0 || further == last) next = i;
    }
    return next;
}

/* ---- of those that were read out ---- */

static bool is_list(const struct dialog *d) {
    bool results = d->question == ASKED_WHICH_RESULT || d->question == ASKED_WHICH_TO_ADD ||
                   d->question == ASKED_WHICH_VARIANT || d->question == ASKED_NEAR_SOME;
    return results && d->found.n > 1;
}

/* Leaves only those, in their order. */
static void narrow(struct found *f, const int *which, int n) {
    for (int i = 0; i < n; i++) f->v[i] = f->v[which[i]];
    f->n = f->total = n;
    f->offset = 0;
}

void refine_keep(struct step *s, enum question q, const int *which, int n) {
    narrow(&s->d->found, which, n);
    s->d->narrowed = q != ASKED_WHICH_VARIANT;
    search_which(s, q);
}

static void search_with_property(struct step *s) {
    struct dialog *d = s->d;
    step_adopt(s);
    d->checking_out = false;
    struct effect *fx = step_request(s, EFFECT_FIND, WAITING_REFINED);
    fx->find = d->search;
    fx->find.offset = 0;
    if (*fx->find.query) str_append(fx->find.query, sizeof fx->find.query, " ");
    str_append(fx->find.query, sizeof fx->find.query, wanted_property(s));
}

/* None of those read out says so, but some may come like that. */
static void forms_of_all(struct step *s) {
    struct dialog *d = s->d;
    step_adopt(s);
    struct effect_forms *fx = &step_request(s, EFFECT_FORMS, WAITING_FORMS_OF_ALL)->forms;
    for (int i = 0; i < d->found.n; i++) fx->variants[fx->n++] = d->found.v[i].variant;
    str_copy(fx->words, sizeof fx->words, wanted_property(s));
}

void refine_forms_of_all(struct step *s) {
    struct dialog *d = s->d;
    struct found f = s->e->found;
    int which[FOUND_MAX], n = refine_matches(&f, wanted_property(s), which);
    if (n > 0) {
        narrow(&f, which, n);
        found_keep(d, &f);
        d->narrowed = true;
        search_read(s);
    } else if (*d->search.query && !d->search.beside) {
        search_with_property(s);
    } else {
        struct reply r = make_reply(s, "refine.none");
        step_ask(s, &r, ASKED_WHICH_RESULT);
    }
}

static void of_list(struct step *s) {
    struct dialog *d = s->d;
    enum question q = d->question;
    int which[FOUND_MAX], n = 0;
    if (*wanted_property(s)) n = refine_matches(&d->found, wanted_property(s), which);
    if (n == 0 && *wanted_size(s)) n = by_size(&d->found, d->page_first + d->page_n, wants_big(s), which);
    if (n == 1) {
        d->question = ASKED_NOTHING;
        question_pick(q)(s, which[0]);
    } else if (n > 1 && n < d->found.n) {
        refine_keep(s, q, which, n);
    } else if (q == ASKED_WHICH_RESULT && *wanted_property(s)) {
        forms_of_all(s);
    } else {
        struct reply r = make_reply(s, n ? "refine.all" : "refine.none");
        talk_stuck(s, &r, q);
    }
}

/* ---- of the product at hand ---- */

/* Offers it, as many as were asked for before. */
static void offer(struct step *s, const struct product *p) {
    struct dialog *d = s->d;
    int quantity_milli = d->wish.variant == d->current.variant ? d->wish.quantity_milli : 1000;
    search_tell(s, "details.chosen", p);
    d->wish.quantity_milli = cart_quantity(quantity_milli, p->unit);
}

/* It is what there is. */
static void only(struct step *s) {
    struct dialog *d = s->d;
    struct reply r = make_reply(s, "refine.only");
    reply_product(&r, &d->current);
    cart_offer(s, &r, &d->current);
}

/* Of the product's own kinds, else of what was found with it. */
static int bigger(const struct step *s, const struct found *forms, const struct found **from) {
    const char *size = wanted_size(s);
    bool last = str_equal(size, "biggest") || str_equal(size, "smallest");
    struct product it = s->d->current;
    for (int i = 0; i < forms->n && i < FOUND_MAX; i++) {
        if (forms->v[i].variant == it.variant) it = forms->v[i]; /* its size may not have been told before */
    }
    *from = forms;
    int next = next_size(forms, &it, wants_big(s), last);
    if (next >= 0 || forms->n > 1) return next;
    *from = &s->d->found;
    return next_size(&s->d->found, &it, wants_big(s), last);
}

void refine_forms_found(struct step *s) {
    struct dialog *d = s->d;
    const struct found *forms = &s->e->found, *from = forms;
    const char *words = wanted_property(s);
    int which[FOUND_MAX], n = *words ? refine_matches(forms, words, which) : 0;
    int one = n == 1 ? which[0] : -1;
    if (n == 0 && *wanted_size(s)) one = bigger(s, forms, &from);
    if (one >= 0) {
        struct product p = from->v[one];
        offer(s, &p);
    } else if (n > 1) {
        found_keep(d, forms);
        str_copy(d->wish_title, sizeof d->wish_title, d->current.title);
        refine_keep(s, ASKED_WHICH_VARIANT, which, n);
    } else if (*words && !*wanted_size(s) && *d->search.query) {
        search_with_property(s);
    } else {
        only(s);
    }
}

/* ---- of the shop ---- */

/* Only what has all of the words; otherwise the list, or the product, is where it was. */
void refine_found(struct step *s) {
    struct dialog *d = s->d;
    int which[FOUND_MAX];
    int n = refine_matches(&s->e->found, wanted_property(s), which), fitting = 0;
    struct found f = s->e->found;
    for (int i = 0; i < n; i++) {
        if (words_match(d->search.query, &f.v[which[i]]) >= WORDS_ALL) which[fitting++] = which[i];
    }
    if (fitting > 0) {
        narrow(&f, which, fitting);
        found_keep(d, &f);
        search_read(s);
    } else if (d->current.variant) {
        only(s);
    } else {
        struct reply r = make_reply(s, "refine.none");
        if (d->page_n > 0)
            step_ask(s, &r, ASKED_WHICH_RESULT);
        else
            step_open(s, &r);
    }
}

/* ---- the request ---- */

void refine_intent(struct step *s) {
    struct dialog *d = s->d;
    if (options_refine(s)) return;
    if (is_list(d)) {
        of_list(s);
    } else if (d->current.variant) {
        step_adopt(s);
        struct effect_forms *fx = &step_request(s, EFFECT_FORMS, WAITING_FORMS)->forms;
        fx->variants[fx->n++] = d->current.variant;
    } else if (*wanted_property(s) && *d->search.query) {
        search_with_property(s);
    } else {
        step_open_id(s, "refine.what");
    }
}
