/* Products whose names sound alike: found by apps/ (the store knows no sounds), kept here for the dialogue. */
#include <string.h>

#include "base/str.h"
#include "shop/catalog.h"

static const char NAMES_KEY[] = "alike.names", NUMBERS_KEY[] = "alike.numbers";

err_t catalog_names(struct shop *s, void (*fn)(void *ctx, int64_t product, const char *name), void *ctx) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_NAMES, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char name[TITLE_MAX];
        sql_text(q, 1, name, sizeof name);
        fn(ctx, sql_number(q, 0, 0), name);
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

static err_t keep(struct shop *s, const struct alike *v, size_t n, const char *numbers, const char *names_mark) {
    TRY(sql_run(s, SQL_ALIKE_FORGET, ""));
    for (size_t i = 0; i < n; i++)
        TRY(sql_run(s, SQL_ALIKE_PUT, "iii", v[i].product, v[i].other, (int64_t)v[i].distance));
    TRY(meta_set(s, NUMBERS_KEY, numbers));
    return meta_set(s, NAMES_KEY, names_mark);
}

err_t catalog_alike_keep(struct shop *s, const struct alike *v, size_t n, const char *numbers, const char *names_mark) {
    TRY(tx_begin(s));
    return tx_end(s, keep(s, v, n, numbers, names_mark));
}

err_t catalog_alike_kept(struct shop *s, const char *names_mark, bool *out) {
    char mark[64];
    TRY(meta_text(s, NAMES_KEY, "", mark, sizeof mark));
    *out = str_equal(mark, names_mark);
    return ERR_OK;
}

err_t catalog_alike_numbers(struct shop *s, char *out, size_t cap) {
    return meta_text(s, NUMBERS_KEY, "", out, cap);
}

err_t catalog_alike(struct shop *s, int64_t variant, struct product *out, size_t cap, size_t *n) {
    sqlite3_stmt *q;
    TRY(sql_start(s, &q, SQL_ALIKE_OF, "i", variant));
    return products_read(s, q, out, cap, n);
}

err_t catalog_alike_pairs(struct shop *s, void (*fn)(void *ctx, const char *one, const char *other, int distance),
                          void *ctx, int64_t *total) {
    sqlite3_stmt *q;
    bool row;
    *total = 0;
    TRY(sql_start(s, &q, SQL_ALIKE_PAIRS, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char one[TITLE_MAX], other[TITLE_MAX];
        sql_text(q, 0, one, sizeof one);
        sql_text(q, 1, other, sizeof other);
        fn(ctx, one, other, (int)sql_number(q, 2, 0));
        ++*total;
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}
