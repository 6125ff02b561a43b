/* What may be taken instead of something that cannot be had. */
#include <string.h>

#include "base/str.h"
#include "shop/catalog.h"
#include "shop/text.h"

struct list {
    struct product *v;
    size_t cap, n;
};

/* Appends what the list does not have yet. */
static err_t append(struct shop *s, sqlite3_stmt *q, struct list *list) {
    bool row;
    TRY(sql_next(s, q, &row));
    while (row && list->n < list->cap) {
        bool known = false;
        product_read(q, &list->v[list->n]);
        for (size_t i = 0; i < list->n; i++) known = known || list->v[i].variant == list->v[list->n].variant;
        if (!known) list->n++;
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

static err_t by_words(struct shop *s, const char *words, struct list *list) {
    struct search q = {.min_price_minor = -1, .max_price_minor = -1, .limit = FOUND_MAX};
    struct product found[FOUND_MAX];
    size_t n;
    str_copy(q.query, sizeof q.query, words);
    TRY(catalog_search(s, &q, found, FOUND_MAX, &n, NULL));
    for (size_t i = 0; i < n && list->n < list->cap; i++) {
        if (found[i].stock != 0 && found[i].price_minor != PRICE_NONE) list->v[list->n++] = found[i];
    }
    return ERR_OK;
}

/* By the title, else by its last word, which mostly is the thing itself: "Pumpkin Spice Granola". */
static err_t by_title(struct shop *s, const char *title, struct list *list) {
    char words[TITLE_MAX];
    text_words(words, sizeof words, title);
    TRY(by_words(s, words, list));
    return list->n || !*words ? ERR_OK : by_words(s, text_last_words(words, 1), list);
}

err_t catalog_instead(struct shop *s, int64_t variant, const char *title, struct product *out, size_t cap, size_t *n) {
    struct list list = {.v = out, .cap = cap};
    char match[MATCH_MAX_BYTES];
    sqlite3_stmt *q;
    if (variant == 0) {
        TRY(by_title(s, title, &list));
    } else {
        TRY(sql_start(s, &q, SQL_INSTEAD_VARIANT, "i", variant));
        TRY(append(s, q, &list));
        if (text_match(match, sizeof match, title, " OR ") > 0) {
            TRY(sql_start(s, &q, SQL_INSTEAD_WORDS, "iti", variant, match, (int64_t)cap));
            TRY(append(s, q, &list));
        }
        TRY(sql_start(s, &q, SQL_INSTEAD_CATEGORY, "ii", variant, (int64_t)(2 * cap)));
        TRY(append(s, q, &list));
    }
    *n = list.n;
    return ERR_OK;
}
