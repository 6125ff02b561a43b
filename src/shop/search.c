/* Search: words -> the products that have all of them, best first by bm25 and closeness (closeness.c). Where those are
 * few, products that have at least half of the words follow, with a score below 1. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "shop/catalog.h"
#include "shop/closeness.h"
#include "shop/customer.h"
#include "shop/text.h"

enum {
    CANDIDATES_MAX = 200,
    FEW = 1000, /* products: these are sorted sooner than the first of them are found among all in their order */
    ENOUGH = 3, /* products with all the words: as many as an answer names */
};

/* Of products with some of the words: what is less than half as near as the nearest is no answer. */
static const double SOME_LEAST = 0.5;
/* No score is higher: 1 of bm25, 0.6 of closeness. */
static const double SCORE_LIMIT = 2;

struct candidate {
    int64_t product, price_minor, added_ms;
    int rating_centi;
    double score;
};

struct candidates {
    size_t n;
    struct candidate v[CANDIDATES_MAX];
};

struct bounds {
    int64_t min_minor, max_minor; /* SQL_NULL: none */
};

/* ---- the MATCH expression ---- */

static void add_filter(char *match, size_t cap, const char *column, const char *text) {
    char words[TITLE_MAX], filter[TITLE_MAX + 64];
    text_words(words, sizeof words, text);
    if (!*words) return;
    snprintf(filter, sizeof filter, "%s{%s also} : \"%s\"", *match ? " AND " : "", column, words);
    str_append(match, cap, filter);
}

/* The words come first: closeness() counts phrases from there. Returns how many words; *match may be "". */
static int match_make(char *match, size_t cap, const struct search *q, const char *joiner) {
    char words[MATCH_MAX_BYTES / 2];
    int n = text_match(words, sizeof words, q->query, joiner);
    snprintf(match, cap, n ? "(%s)" : "%s", words);
    add_filter(match, cap, "brand", q->brand);
    add_filter(match, cap, "category", q->category);
    return n;
}

/* ---- candidates ---- */

/* Of the first n; NULL it is not there. */
static struct candidate *candidate_of(struct candidates *c, size_t n, int64_t product) {
    for (size_t i = 0; i < n; i++) {
        if (c->v[i].product == product) return &c->v[i];
    }
    return NULL;
}

/* bm25 (in FTS5 the better the smaller) relative to the best of the list, and closeness; what is sold out sinks. */
static double candidate_score(double rank, double best, double closeness, bool sold_out) {
    double score = (best < 0 ? rank / best : 1) + closeness;
    return sold_out ? 0.8 * score : score;
}

/* Appends what matches: all of the words (score 1 and more) or, if `some`, at least half of them (below 1), of which
 * the far ones and those that are there already are left out. */
static err_t candidates_add(struct shop *s, struct candidates *c, const char *match, int n_words, struct bounds bounds,
                            bool some) {
    sqlite3_stmt *q;
    bool row;
    double best = 0;
    size_t before = c->n;
    TRY(sql_start(s, &q, SQL_SEARCH, "tiiii", match, (int64_t)n_words, bounds.min_minor, bounds.max_minor,
                  (int64_t)CANDIDATES_MAX));
    TRY(sql_next(s, q, &row));
    while (row && c->n < CANDIDATES_MAX) {
        int64_t product = sqlite3_column_int64(q, 0);
        double rank = sqlite3_column_double(q, 1), closeness = sqlite3_column_double(q, 2);
        if (best >= 0) best = rank; /* the first row's */
        double score = candidate_score(rank, best, closeness, sql_number(q, 5, 1) == 0);
        bool near = closeness > CLOSENESS_APART && (!some || score >= SOME_LEAST);
        if (near && !candidate_of(c, before, product)) {
            c->v[c->n++] = (struct candidate){.product = product,
                                              .price_minor = sql_number(q, 3, PRICE_NONE),
                                              .rating_centi = (int)sql_number(q, 4, RATING_NONE),
                                              .added_ms = sqlite3_column_int64(q, 6),
                                              .score = some ? score / SCORE_LIMIT : 1 + score};
        }
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

/* A product of exactly this id is what was asked for, whatever its title. */
static err_t candidates_add_id(struct shop *s, struct candidates *c, const struct search *q, struct bounds bounds) {
    sqlite3_stmt *row_of;
    bool row;
    char id[PRODUCT_ID_MAX];
    if (*q->brand || *q->category || !str_copy(id, sizeof id, q->query)) return ERR_OK;
    TRY(sql_start(s, &row_of, SQL_SEARCH_ID, "tii", str_trim(id), bounds.min_minor, bounds.max_minor));
    TRY(sql_next(s, row_of, &row));
    if (!row) return ERR_OK;
    c->v[c->n++] = (struct candidate){.product = sqlite3_column_int64(row_of, 0),
                                      .price_minor = sql_number(row_of, 1, PRICE_NONE),
                                      .rating_centi = (int)sql_number(row_of, 2, RATING_NONE),
                                      .added_ms = sqlite3_column_int64(row_of, 3),
                                      .score = 1 + SCORE_LIMIT};
    sql_stop(row_of);
    return ERR_OK;
}

/* ---- order ---- */

static int by_best(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    return (x->product > y->product) - (x->product < y->product);
}

static int by_price_up(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    bool no_x = x->price_minor < 0, no_y = y->price_minor < 0;
    if (no_x != no_y) return no_x - no_y;
    if (x->price_minor != y->price_minor) return x->price_minor < y->price_minor ? -1 : 1;
    return by_best(a, b);
}

static int by_price_down(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    if (x->price_minor != y->price_minor) return x->price_minor < y->price_minor ? 1 : -1;
    return by_best(a, b);
}

static int by_rating(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    if (x->rating_centi != y->rating_centi) return x->rating_centi < y->rating_centi ? 1 : -1;
    return by_best(a, b);
}

static int by_newest(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    if (x->added_ms != y->added_ms) return x->added_ms < y->added_ms ? 1 : -1;
    return by_best(a, b);
}

static int (*const orders[])(const void *, const void *) = {
    [SORT_BEST] = by_best,     [SORT_PRICE_UP] = by_price_up, [SORT_PRICE_DOWN] = by_price_down,
    [SORT_RATING] = by_rating, [SORT_NEWEST] = by_newest,
};

/* "The cheapest headphones" are not the cheapest thing that names headphones somewhere: what is far behind the best
 * stays behind in any order. */
static void candidates_sort(struct candidates *c, enum sort sort) {
    qsort(c->v, c->n, sizeof *c->v, by_best);
    if (sort == SORT_BEST || c->n == 0) return;
    double least = c->v[0].score >= 1 ? 1 + (c->v[0].score - 1) / 2 : 0;
    size_t near = 0;
    while (near < c->n && c->v[near].score >= least) near++;
    qsort(c->v, near, sizeof *c->v, orders[sort]);
}

/* ---- pages ---- */

static err_t page_read(struct shop *s, const struct candidates *c, size_t offset, struct product *out, size_t cap,
                       size_t *n) {
    size_t count = 0;
    for (size_t i = offset; i < c->n && count < cap; i++) {
        sqlite3_stmt *q;
        size_t found;
        TRY(sql_start(s, &q, SQL_SOLD_DEFAULT, "i", c->v[i].product));
        TRY(products_read(s, q, &out[count], 1, &found));
        out[count].score = c->v[i].score;
        count += found;
    }
    *n = count;
    return ERR_OK;
}

static err_t search_words(struct shop *s, const struct search *q, struct bounds bounds, struct candidates *c,
                          int64_t *total) {
    char match[MATCH_MAX_BYTES];
    int n_words = match_make(match, sizeof match, q, " AND ");
    TRY(candidates_add_id(s, c, q, bounds));
    TRY(candidates_add(s, c, match, n_words, bounds, false));
    *total = (int64_t)c->n;
    if (c->n == CANDIDATES_MAX) {
        return sql_int(s, total, SQL_SEARCH_COUNT, "tii", match, bounds.min_minor, bounds.max_minor);
    }
    if (c->n >= ENOUGH || n_words < 2) return ERR_OK;
    size_t whole = c->n;
    match_make(match, sizeof match, q, " OR ");
    TRY(candidates_add(s, c, match, n_words, bounds, true));
    qsort(c->v + whole, c->n - whole, sizeof *c->v, by_best);
    if (c->n > FOUND_MAX) c->n = FOUND_MAX;
    *total = (int64_t)c->n;
    return ERR_OK;
}

static const enum sql all_in_order[] = {
    [SORT_BEST] = SQL_LIST_ALL_RATING,           [SORT_PRICE_UP] = SQL_LIST_ALL_PRICE_UP,
    [SORT_PRICE_DOWN] = SQL_LIST_ALL_PRICE_DOWN, [SORT_RATING] = SQL_LIST_ALL_RATING,
    [SORT_NEWEST] = SQL_LIST_ALL_NEWEST,
};

static err_t search_listing(struct shop *s, const struct search *q, struct bounds bounds, size_t offset, size_t limit,
                            struct product *out, size_t *n, int64_t *total) {
    char match[MATCH_MAX_BYTES];
    match_make(match, sizeof match, q, " AND ");
    const char *filter = *match ? match : NULL;
    sqlite3_stmt *list;
    TRY(sql_int(s, total, filter ? SQL_LIST_COUNT : SQL_LIST_ALL_COUNT, "tii", filter, bounds.min_minor,
                bounds.max_minor));
    bool priced = bounds.min_minor != SQL_NULL || bounds.max_minor != SQL_NULL;
    enum sql page = filter ? SQL_LIST : priced && *total < FEW ? SQL_LIST_PRICED : all_in_order[q->sort];
    TRY(sql_start(s, &list, page, "tiiiii", filter, bounds.min_minor, bounds.max_minor, (int64_t)q->sort,
                  (int64_t)limit, (int64_t)offset));
    return products_read(s, list, out, limit, n);
}

/* ---- what is ordered together ---- */

static bool is_among(const struct product *v, size_t n, int64_t variant) {
    for (size_t i = 0; i < n; i++) {
        if (v[i].variant == variant) return true;
    }
    return false;
}

/* What is ordered together with named[which]. Scores become the share of the orders of all that are named. */
static err_t candidates_add_beside(struct shop *s, struct candidates *c, const struct product *named, size_t n_named,
                                   size_t which, struct bounds bounds) {
    sqlite3_stmt *q;
    bool row;
    int64_t customer;
    TRY(customer_id(s, &customer));
    TRY(sql_start(s, &q, SQL_TOGETHER_ALL, "iiiii", customer, named[which].variant, bounds.min_minor, bounds.max_minor,
                  (int64_t)FOUND_MAX));
    TRY(sql_next(s, q, &row));
    while (row) {
        int64_t product = sqlite3_column_int64(q, 0);
        double share = sqlite3_column_double(q, 4) / (double)n_named;
        struct candidate *there = candidate_of(c, c->n, product);
        if (there) {
            there->score += share;
        } else if (!is_among(named, n_named, sqlite3_column_int64(q, 5))) {
            c->v[c->n++] = (struct candidate){.product = product,
                                              .price_minor = sql_number(q, 1, PRICE_NONE),
                                              .rating_centi = (int)sql_number(q, 2, RATING_NONE),
                                              .added_ms = sqlite3_column_int64(q, 3),
                                              .score = share};
        }
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

/* With the product of just that name, else with the best of those that the words fit. */
static err_t search_beside(struct shop *s, const struct search *q, struct bounds bounds, struct candidates *c,
                           int64_t *total) {
    static_assert(FOUND_MAX * FOUND_MAX <= CANDIDATES_MAX, "so many of each");
    struct search by_name = {.min_price_minor = -1, .max_price_minor = -1};
    struct product named[FOUND_MAX];
    size_t n;
    str_copy(by_name.query, sizeof by_name.query, q->query);
    TRY(catalog_search(s, &by_name, named, FOUND_MAX, &n, NULL));
    if (n > 0 && strcasecmp(named[0].title, q->query) == 0) n = 1;
    for (size_t i = 0; i < n; i++) TRY(candidates_add_beside(s, c, named, n, i, bounds));
    *total = (int64_t)c->n;
    return ERR_OK;
}

err_t catalog_search(struct shop *s, const struct search *q, struct product *out, size_t cap, size_t *n,
                     int64_t *total) {
    struct bounds bounds = {q->min_price_minor < 0 ? SQL_NULL : q->min_price_minor,
                            q->max_price_minor < 0 ? SQL_NULL : q->max_price_minor};
    size_t offset = q->offset > 0 ? (size_t)q->offset : 0, limit = q->limit > 0 ? (size_t)q->limit : cap;
    if (limit > cap) limit = cap;
    if ((unsigned)q->sort > SORT_NEWEST) return err_fail(ERR_ARG, "there is no order of sorting %d", (int)q->sort);

    size_t found = 0;
    int64_t all = 0;
    char match[MATCH_MAX_BYTES];
    bool words = text_match(match, sizeof match, q->query, " ") > 0;
    if (!words && *q->query) {
        /* only signs were asked for: nothing is called that */
    } else if (!words) {
        TRY(search_listing(s, q, bounds, offset, limit, out, &found, &all));
    } else {
        struct candidates *c = calloc(1, sizeof *c);
        if (!c) return err_fail(ERR_MEMORY, "no memory to search");
        err_t err = q->beside ? search_beside(s, q, bounds, c, &all) : search_words(s, q, bounds, c, &all);
        if (!err) {
            candidates_sort(c, q->sort);
            err = page_read(s, c, offset, out, limit, &found);
        }
        free(c);
        TRY(err);
    }
    *n = found;
    if (total) *total = all;
    return ERR_OK;
}
