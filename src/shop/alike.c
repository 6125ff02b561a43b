/* Products whose names sound alike: found by apps/ (the store knows no sounds), kept here for the dialogue. */
#include <string.h>

#include "base/str.h"
#include "shop/catalog.h"

static const char MARK_KEY[] = "alike.mark", NUMBERS_KEY[] = "alike.numbers";

err_t catalog_names(struct shop *s, void (*fn)(void *ctx, int64_t product, const char *name, bool known), void *ctx) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_NAMES, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char name[TITLE_MAX];
        sql_text(q, 1, name, sizeof name);
        fn(ctx, sql_number(q, 0, 0), name, sql_number(q, 2, 0) != 0);
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

static err_t begin_anew(struct shop *s, const char *mark) {
    TRY(sql_run(s, SQL_ALIKE_NAMES_FORGET, ""));
    TRY(sql_run(s, SQL_ALIKE_FORGET, ""));
    return meta_set(s, MARK_KEY, mark);
}

err_t catalog_alike_kept(struct shop *s, const char *mark, bool *out) {
    char kept[64];
    int64_t stale;
    TRY(meta_text(s, MARK_KEY, "", kept, sizeof kept));
    if (!str_equal(mark, kept)) {
        TRY(tx_begin(s));
        TRY(tx_end(s, begin_anew(s, mark)));
    }
    TRY(sql_int(s, &stale, SQL_ALIKE_STALE, ""));
    *out = !stale;
    return ERR_OK;
}

static err_t keep(struct shop *s, const struct alike *v, size_t n, const char *numbers) {
    TRY(sql_run(s, SQL_ALIKE_NAMES_CHANGED, ""));
    TRY(sql_run(s, SQL_ALIKE_FORGET, ""));
    for (size_t i = 0; i < n; i++)
        TRY(sql_run(s, SQL_ALIKE_PUT, "iii", v[i].product, v[i].other, (int64_t)v[i].distance));
    TRY(sql_run(s, SQL_ALIKE_NEAREST, "i", (int64_t)ALIKE_PAIRS_MAX));
    TRY(sql_run(s, SQL_ALIKE_NAMES_KEEP, ""));
    return meta_set(s, NUMBERS_KEY, numbers);
}

err_t catalog_alike_keep(struct shop *s, const struct alike *v, size_t n, const char *numbers) {
    TRY(tx_begin(s));
    return tx_end(s, keep(s, v, n, numbers));
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
