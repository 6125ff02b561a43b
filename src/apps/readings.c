#include "apps/readings.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

/* So many nats a reading may sound worse than one that names nothing of the shop. Tuned on the odd queries of the
 * catalogue benchmark (synthetic voices). */
static const double STRANGER = 100;

static const char *const product_slots[] = {"query", "product"};

static struct slot *product_slot(struct intent *in) {
    for (size_t k = 0; k < sizeof product_slots / sizeof *product_slots; k++)
        for (int i = 0; i < in->n_slots; i++)
            if (str_equal(in->slots[i].name, product_slots[k])) return &in->slots[i];
    return NULL;
}

/* Whether the shop has something with all of these words. */
static err_t is_sold(struct assistant *a, const char *words, bool *out) {
    struct search q = {.min_price_minor = -1, .max_price_minor = -1, .limit = 1};
    struct product found;
    size_t n;
    str_copy(q.query, sizeof q.query, words);
    TRY(catalog_search(a->shop, &q, &found, 1, &n, NULL));
    *out = n == 1 && found.score >= 1;
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
static err_t words_join(struct assistant *a, struct slot *slot, bool *sold) {
    for (int i = 0; !*sold; i++) {
        char joined[sizeof slot->text];
        str_copy(joined, sizeof joined, slot->text);
        if (!blank_take_out(joined, i)) return ERR_OK;
        TRY(is_sold(a, joined, sold));
        if (*sold) str_copy(slot->text, sizeof slot->text, joined);
    }
    return ERR_OK;
}

/* The reading as an intent, and what speaks against it. */
static err_t reading_weigh(struct assistant *a, const struct state *state, const char *text, struct intent *in,
                           double *cost) {
    parser_parse_in(a->parser, state, text, in);
    struct slot *slot = product_slot(in);
    if (!in->accepted) *cost += STRANGER;
    if (!slot) return ERR_OK;
    bool sold;
    TRY(is_sold(a, slot->text, &sold));
    if (!sold) TRY(words_join(a, slot, &sold));
    if (!sold) *cost += STRANGER;
    return ERR_OK;
}

err_t readings_choose(struct assistant *a, const struct state *state, const struct hear_result *heard,
                      struct intent *out) {
    double least = 0;
    TRY(reading_weigh(a, state, heard->text, out, &least));
    for (int i = 0; i < heard->n_readings && least > 0; i++) {
        struct intent in;
        double cost = (double)heard->readings[i].cost;
        if (cost >= least) continue;
        TRY(reading_weigh(a, state, heard->readings[i].text, &in, &cost));
        if (cost >= least) continue;
        least = cost;
        *out = in;
    }
    return ERR_OK;
}
