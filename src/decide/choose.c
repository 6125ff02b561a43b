/* "The second one", "the last", "the oat milk": one of several that were read out. */
#include "decide/step.h"

#include "base/str.h"

enum { NAME_WORDS_MAX = 3 };

static int result_count(const struct dialog *d) {
    return d->page_first + d->page_n;
}

static int result_match(const struct dialog *d, int i, const char *words) {
    return words_match(words, &d->found.v[i]);
}

static int line_count(const struct dialog *d) {
    return d->cart.n_lines;
}

static int line_match(const struct dialog *d, int i, const char *words) {
    int by_title = words_within(words, d->cart.lines[i].title);
    int by_options = words_within(words, d->cart.lines[i].options);
    return by_title > by_options ? by_title : by_options;
}

static int order_count(const struct dialog *d) {
    return d->orders.n;
}

static int order_match(const struct dialog *d, int i, const char *words) {
    int best = 0;
    for (int k = 0; k < d->orders.v[i].n_lines; k++) {
        int score = words_within(words, d->orders.v[i].lines[k].title);
        if (score > best) best = score;
    }
    return best;
}

static int again_count(const struct dialog *d) {
    return d->again_n;
}

static int again_match(const struct dialog *d, int i, const char *words) {
    return words_within(words, d->again[i].title);
}

static int back_count(const struct dialog *d) {
    return d->after.n_lines;
}

static int back_match(const struct dialog *d, int i, const char *words) {
    return words_within(words, d->after.lines[i].title);
}

struct choices {
    int (*count)(const struct dialog *d);
    int (*match)(const struct dialog *d, int i, const char *words);
};

static const struct choices *choices_of(enum question q) {
    static const struct choices results = {result_count, result_match}, lines = {line_count, line_match},
                                orders = {order_count, order_match}, again = {again_count, again_match},
                                back = {back_count, back_match};
    switch (q) {
        case ASKED_WHICH_LINE:
            return &lines;
        case ASKED_WHICH_ORDER:
        case ASKED_WHICH_CANCEL:
        case ASKED_WHICH_ADDRESSED:
            return &orders;
        case ASKED_REORDER:
            return &again;
        case ASKED_WHICH_BACK:
            return &back;
        default:
            return &results;
    }
}

/* Numbers count on the page that was read last; one beyond it may still count from the beginning. */
static int by_number(const struct dialog *d, const struct choices *c, int64_t milli) {
    int count = c->count(d);
    if (milli < 1000 || milli > count * (int64_t)1000) return -1;
    int k = (int)(milli / 1000) - 1;
    return c->count == result_count && k < d->page_n ? d->page_first + k : k;
}

/* The one that the words fit best, if it is one alone. */
static int by_name(const struct dialog *d, const struct choices *c, const char *words) {
    int best = -1, best_score = 0, ties = 0;
    for (int i = 0; i < c->count(d); i++) {
        int score = c->match(d, i, words);
        if (score > best_score) {
            best = i;
            best_score = score;
            ties = 0;
        } else if (score == best_score) {
            ties++;
        }
    }
    return best_score >= WORDS_ALL && ties == 0 ? best : -1;
}

int pick_index(const struct step *s, enum question q) {
    const struct choices *c = choices_of(q);
    const struct slot *index = intent_slot(s->in, "index");
    const char *name = step_slot(s->in, "product");
    int count = c->count(s->d);
    if (intent_slot(s->in, "_any") && c->count == result_count && count > 0) return s->d->page_first;
    if (index && index->kind == SLOT_NUMBER) return by_number(s->d, c, index->milli);
    if (index) return count - 1;
    if (*name) return by_name(s->d, c, name);
    return -1;
}

static bool is_choice(enum question q) {
    return question_pick(q) != NULL;
}

/* More words than a name has that somebody says to choose. */
static bool is_sentence(const char *words) {
    int n = 1;
    for (; *words; words++) n += *words == ' ';
    return n > NAME_WORDS_MAX;
}

/* Half of the words are in what was found. */
static bool is_found(const struct found *f, const char *words) {
    for (int i = 0; i < f->n && i < FOUND_MAX; i++) {
        if (words_match(words, &f->v[i]) >= WORDS_ALL / 2) return true;
    }
    return false;
}

bool choose_missed(struct step *s) {
    struct dialog *d = s->d;
    enum question q = d->not_among;
    d->not_among = ASKED_NOTHING;
    if (q == ASKED_NOTHING || s->e->kind != EVENT_FOUND || is_found(&s->e->found, step_slot(s->in, "product")))
        return false;
    d->question = q;
    talk_unclear(s);
    return true;
}

/* A name that is none of those read out is a new request; one that several of them have leaves these. */
static void not_among(struct step *s, enum question q) {
    struct dialog *d = s->d;
    bool products =
        q == ASKED_WHICH_RESULT || q == ASKED_WHICH_TO_ADD || q == ASKED_WHICH_VARIANT || q == ASKED_NEAR_SOME;
    int which[FOUND_MAX], n = products ? refine_matches(&d->found, step_slot(s->in, "product"), which) : 0;
    if (n > 1 && n < d->found.n) {
        refine_keep(s, q, which, n);
        return;
    }
    if (*step_slot(s->in, "product")) {
        step_adopt(s);
        d->not_among = is_sentence(step_slot(s->in, "product")) ? q : ASKED_NOTHING;
        d->question = ASKED_NOTHING;
        if (q == ASKED_WHICH_TO_ADD || (q == ASKED_NEAR_SOME && d->missing.adding)) {
            cart_add_intent(s);
        } else {
            search_intent(s);
        }
        return;
    }
    struct reply r = reply_make("which.out_of_range");
    reply_number(&r, "count", (int64_t)choices_of(q)->count(d) * 1000);
    talk_stuck(s, &r, q);
}

void choose_intent(struct step *s) {
    struct dialog *d = s->d;
    enum question q = is_choice(d->question) ? d->question : ASKED_WHICH_RESULT;
    int index = pick_index(s, q);
    bool named = intent_slot(s->in, "index") || *step_slot(s->in, "product") || intent_slot(s->in, "_any");
    if (index >= 0) {
        d->question = ASKED_NOTHING;
        question_pick(q)(s, index);
    } else if (!named && d->question == ASKED_ADD_IT) {
        cart_add_wish(s);
    } else if (!named && d->current.variant && !is_choice(d->question)) {
        search_details(s);
    } else if (choices_of(q)->count(d) > 0 || *step_slot(s->in, "product")) {
        not_among(s, q);
    } else {
        step_open_id(s, "which.nothing");
    }
}
