#include "apps/readings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "hear/lexicon.h"

/* By how many nats a reading may sound worse than another. */
struct allowed {
    double stranger; /* that is no request, or names nothing of the shop */
    double
        many; /* for each e-fold of products that have all its words: "phone case" is likelier meant than "fan case" */
};
/* Tuned on the odd queries of the catalogue benchmark (synthetic voices); `many` of 4 and 8 is as good, 14 worse. */
static const struct allowed LARGE = {.stranger = 100, .many = 6};
/* On the even wordings of the benchmark "spoken" (three synthetic voices, 234 recordings) and on half of the other
 * speech (177 of people): 100 understands 198 and accepts 5, 50 196 and 2, 25 194. */
static const struct allowed SMALL = {.stranger = 50};
/* No shop has more products than e to this. */
static const double MANY_MOST = 12;
/* The same for each point that its product is nearer: words that stand side by side in a title, "projector screen", are
 * likelier meant than those that only occur in one, "protector screen". Tuned likewise. */
static const double NEAR = 80;
/* Of what nearness() says: all the words are there; the most that their places add. */
static const double NEAR_LEAST = 2, NEAR_MOST = 0.6;

enum { PHONES_OF_TWO_MAX = 512 };

static const char *const product_slots[] = {"query", "product"};

static struct slot *product_slot(struct intent *in) {
    for (size_t k = 0; k < sizeof product_slots / sizeof *product_slots; k++)
        for (int i = 0; i < in->n_slots; i++)
            if (str_equal(in->slots[i].name, product_slots[k])) return &in->slots[i];
    return NULL;
}

/* How near the first product that has all of these words is; 0 if none has. One letter names nothing. *many, unless
 * NULL: the logarithm of how many there are. */
static err_t nearness(struct assistant *a, const char *words, double *out, double *many) {
    struct search q = {.min_price_minor = -1, .max_price_minor = -1, .limit = 1};
    struct product found;
    size_t n;
    int64_t total;
    *out = 0;
    if (!words[0] || !words[1]) return ERR_OK;
    str_copy(q.query, sizeof q.query, words);
    TRY(catalog_search(a->shop, &q, &found, 1, &n, many ? &total : NULL));
    *out = n == 1 && found.score >= 1 ? found.score : 0;
    if (many) *many = log((double)total + 1);
    return ERR_OK;
}

/* "tn 21 10 toner" -> "tn 2110 toner": takes out the i-th blank. False if there are less. */
static bool blank_take_out(char *words, int i) {
    for (char *s = words; (s = strchr(s, ' ')); s++) {
        if (i-- > 0) continue;
        memmove(s, s + 1, strlen(s));
        return true;
    }
    return false;
}

/* What is said in two words the shop may write in one: "twenty one ten", "ear buds", "p s four". */
static err_t words_join(struct assistant *a, struct slot *slot, double *near, double *many) {
    for (int i = 0; *near == 0; i++) {
        char joined[sizeof slot->text];
        str_copy(joined, sizeof joined, slot->text);
        if (!blank_take_out(joined, i)) return ERR_OK;
        TRY(nearness(a, joined, near, many));
        if (*near > 0) str_copy(slot->text, sizeof slot->text, joined);
    }
    return ERR_OK;
}

/* What is asked for by the words that were heard. */
struct asked {
    int words;     /* 0: nothing that the shop has */
    double points; /* for where they stand */
};

static int words_count(const char *text) {
    int n = 1;
    for (; *text; text++) n += *text == ' ';
    return n;
}

/* A word by itself has no place; and less words or more, that stand better, are no better heard. */
static double points(const char *words, double near, const struct asked *first) {
    int n = words_count(words);
    double value = n > 1 ? fmin(near - NEAR_LEAST, NEAR_MOST) : 0;
    return !first || first->words == n ? value : fmin(value, first->points);
}

/* The reading as an intent, and what speaks against it. `first`: the words that were heard; NULL for those. */
static err_t reading_weigh(struct assistant *a, const struct state *state, const char *text, struct intent *in,
                           const struct asked *first, const struct allowed *allowed, double *cost,
                           struct asked *asked) {
    parser_parse_in(a->parser, state, text, in);
    struct slot *slot = product_slot(in);
    *asked = (struct asked){0};
    if (!in->accepted) *cost += allowed->stranger;
    if (!slot) return ERR_OK;
    double near, many = 0;
    double *count = allowed->many > 0 ? &many : NULL;
    TRY(nearness(a, slot->text, &near, count));
    if (near == 0) TRY(words_join(a, slot, &near, count));
    if (near == 0) {
        *cost += allowed->stranger;
        return ERR_OK;
    }
    *asked = (struct asked){words_count(slot->text), points(slot->text, near, first)};
    *cost -= NEAR * asked->points + allowed->many * many;
    return ERR_OK;
}

/* Two words of the slot, and what stands before and behind them. */
struct pair {
    const char *before, *first, *second, *behind;
    double nearest;
    char best[SLOT_TEXT_MAX]; /* "" while nothing is nearer */
};

static err_t pair_try(struct assistant *a, struct pair *p, const char *word) {
    char text[SLOT_TEXT_MAX];
    double near;
    int n = snprintf(text, sizeof text, "%s%s%s", p->before, word, p->behind);
    if (n < 0 || (size_t)n >= sizeof text) return ERR_OK;
    TRY(nearness(a, text, &near, NULL));
    if (near <= p->nearest) return ERR_OK;
    p->nearest = near;
    str_copy(p->best, sizeof p->best, text);
    return ERR_OK;
}

/* All words that sound as the two do, in any of their pronunciations. */
static err_t pair_sounds(struct assistant *a, struct pair *p) {
    const char *one, *two, *word;
    for (int i = 0; (one = lexicon_phones(a->lexicon, p->first, i)); i++)
        for (int k = 0; (two = lexicon_phones(a->lexicon, p->second, k)); k++) {
            char phones[PHONES_OF_TWO_MAX];
            int n = snprintf(phones, sizeof phones, "%s %s", one, two);
            if (n < 0 || (size_t)n >= sizeof phones) continue;
            for (size_t at = 0; (word = lexicon_sounding(a->lexicon, phones, &at));) TRY(pair_try(a, p, word));
        }
    return ERR_OK;
}

/* "ps for" sounds as "ps4" does: takes the word that sounds as two of the slot do where it finds something nearer. */
static err_t words_sound(struct assistant *a, struct slot *slot, bool *sold) {
    struct pair p = {.nearest = 0};
    TRY(nearness(a, slot->text, &p.nearest, NULL));
    for (size_t at = 0; slot->text[at];) {
        char before[SLOT_TEXT_MAX], first[SLOT_TEXT_MAX], second[SLOT_TEXT_MAX];
        const char *here = slot->text + at;
        size_t one = strcspn(here, " ");
        if (!here[one]) break;
        size_t two = strcspn(here + one + 1, " ");
        snprintf(before, sizeof before, "%.*s", (int)at, slot->text);
        snprintf(first, sizeof first, "%.*s", (int)one, here);
        snprintf(second, sizeof second, "%.*s", (int)two, here + one + 1);
        p.before = before;
        p.first = first;
        p.second = second;
        p.behind = here + one + 1 + two;
        TRY(pair_sounds(a, &p));
        at += one + 1;
    }
    if (!*p.best) return ERR_OK;
    str_copy(slot->text, sizeof slot->text, p.best);
    *sold = true;
    return ERR_OK;
}

err_t readings_choose(struct assistant *a, const struct state *state, const struct hear_result *heard,
                      struct intent *out, bool *sold) {
    const struct allowed *allowed = heard->wordings ? &SMALL : &LARGE;
    const double most = NEAR * NEAR_MOST + allowed->many * MANY_MOST;
    double least = 0;
    struct asked first, asked;
    TRY(reading_weigh(a, state, heard->text, out, NULL, allowed, &least, &first));
    *sold = first.words > 0;
    for (int i = 0; i < heard->n_readings; i++) {
        struct intent in;
        double cost = (double)heard->readings[i].cost;
        if (cost - most >= least) continue;
        TRY(reading_weigh(a, state, heard->readings[i].text, &in, &first, allowed, &cost, &asked));
        if (cost >= least) continue;
        least = cost;
        *out = in;
        *sold = asked.words > 0;
    }
    struct slot *slot = product_slot(out);
    return slot ? words_sound(a, slot, sold) : ERR_OK;
}
