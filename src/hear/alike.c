#include "hear/alike.h"

#include <stdlib.h>
#include <string.h>

/* Kinds of phones. Within a kind one may pass for another; between kinds an exchange costs more. */
enum kind { OPEN, TEETH, HISS, LIPS, PALATE, NASAL, SIDE, KINDS };

static const char *const members[KINDS] = {
    [OPEN] = " AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW W Y R ",
    [TEETH] = " T D ",
    [HISS] = " F V TH DH S Z SH ZH HH CH JH ",
    [LIPS] = " P B ",
    [PALATE] = " K G ",
    [NASAL] = " M N NG ",
    [SIDE] = " L ",
};

struct name {
    size_t index; /* in the caller's list */
    uint8_t n;
    int8_t counts[KINDS];
};

struct bounds {
    uint8_t kind[PHONE_KINDS];
    int per_count; /* the least that one more or less in a count costs, halves of thousandths */
};

static uint8_t kind_of(const char *phone) {
    char wanted[8] = " ";
    strcat(strcat(wanted, phone), " ");
    for (uint8_t k = 0; k < KINDS; k++)
        if (strstr(members[k], wanted)) return k;
    return OPEN;
}

static struct bounds bounds_make(void) {
    struct bounds b = {{0}, 0};
    int exchange = PHONE_DISTANCE_FAR;
    for (int i = 0; i < PHONE_KINDS; i++) b.kind[i] = kind_of(phone_name(i));
    for (int i = 0; i < PHONE_KINDS; i++)
        for (int j = 0; j < i; j++)
            if (b.kind[i] != b.kind[j] && phone_exchange_cost(i, j) < exchange) exchange = phone_exchange_cost(i, j);
    /* an exchange changes two counts, a gap one */
    b.per_count = exchange < 2 * PHONE_GAP_LEAST ? exchange : 2 * PHONE_GAP_LEAST;
    return b;
}

static void name_make(struct name *name, size_t index, const struct phone_run *run, const struct bounds *b) {
    *name = (struct name){.index = index, .n = run->n};
    for (int i = 0; i < run->n; i++) name->counts[b->kind[run->v[i]]]++;
}

static int by_length(const void *a, const void *b) {
    const struct name *x = a, *y = b;
    if (x->n != y->n) return x->n < y->n ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static bool may_be_near(const struct name *a, const struct name *b, const struct bounds *bounds) {
    int differ = 0;
    for (int k = 0; k < KINDS; k++) differ += abs(a->counts[k] - b->counts[k]);
    return differ * bounds->per_count <= 2 * ALIKE_MAX;
}

int alike_limit(const struct phone_run *a, const struct phone_run *b) {
    int shorter = a->n < b->n ? a->n : b->n, limit = ALIKE_PER_PHONE * shorter;
    return limit < ALIKE_MAX ? limit : ALIKE_MAX;
}

struct search {
    const struct phone_run *runs;
    const bool *known; /* NULL: none is */
    struct bounds bounds;
    struct name *names; /* by length */
    size_t n;
    alike_fn *fn;
    void *ctx;
};

static bool is_known(const struct search *s, size_t i) {
    return s->known && s->known[s->names[i].index];
}

static void pair_try(const struct search *s, size_t i, size_t j) {
    if (!may_be_near(&s->names[i], &s->names[j], &s->bounds)) return;
    size_t a = s->names[i].index, b = s->names[j].index;
    int distance = phone_run_distance(&s->runs[a], &s->runs[b], alike_limit(&s->runs[a], &s->runs[b]));
    if (distance < PHONE_DISTANCE_FAR) s->fn(s->ctx, a < b ? a : b, a < b ? b : a, distance);
}

static bool lengths_near(const struct search *s, size_t i, size_t j) {
    return abs(s->names[i].n - s->names[j].n) * PHONE_GAP_LEAST <= ALIKE_MAX;
}

/* With all names behind it, and with those before it that do not look behind themselves. */
static void pairs_of(const struct search *s, size_t i) {
    for (size_t j = i + 1; j < s->n && lengths_near(s, i, j); j++) pair_try(s, i, j);
    for (size_t j = i; s->known && j-- > 0 && lengths_near(s, i, j);)
        if (is_known(s, j)) pair_try(s, i, j);
}

err_t alike_find(const struct phone_run *runs, const bool *known, size_t n, alike_fn *fn, void *ctx) {
    struct search s = {.runs = runs, .known = known, .bounds = bounds_make(), .fn = fn, .ctx = ctx};
    s.names = malloc((n + 1) * sizeof *s.names);
    if (!s.names) return err_fail(ERR_MEMORY, "out of memory for the names that sound alike");
    for (size_t i = 0; i < n; i++)
        if (runs[i].n) name_make(&s.names[s.n++], i, &runs[i], &s.bounds);
    qsort(s.names, s.n, sizeof *s.names, by_length);
    for (size_t i = 0; i < s.n; i++)
        if (!is_known(&s, i)) pairs_of(&s, i);
    free(s.names);
    return ERR_OK;
}
