/* What may be said unasked, and the ledger of what was said and declined. */
#include <string.h>

#include "base/str.h"
#include "shop/catalog.h"
#include "shop/customer.h"
#include "shop/shop.h"

enum { LOOKED_KEPT = 50 };

static const int64_t HOUR_MS = 3600000, DAY_MS = 86400000, EVER_MS = INT64_C(1) << 50;

#define ALLOWED_KEY "suggestions"

/* ---- the ledger ---- */

err_t remark_note(struct shop *s, enum remark_kind kind, int64_t subject, bool declined, int64_t now_ms) {
    int64_t customer;
    if (kind <= REMARK_NONE || kind >= REMARK_COUNT) return err_fail(ERR_ARG, "there is no remark %d", (int)kind);
    TRY(customer_id(s, &customer));
    if (kind == REMARK_ORDER) return sql_run(s, SQL_NEWS_TOLD, "iii", customer, subject, now_ms);
    TRY(sql_run(s, SQL_REMARK_PUT, "itiii", customer, remark_name(kind), subject, now_ms, (int64_t)declined));
    /* what was told is no notice any more */
    if (kind == REMARK_WISH) return notice_told(s, subject, now_ms);
    if (kind == REMARK_PARCEL) return sql_run(s, SQL_NOTICE_PARCEL_TOLD, "iii", customer, subject, now_ms);
    return ERR_OK;
}

err_t suggestions_allowed(struct shop *s, bool *out) {
    char value[8];
    TRY(meta_text(s, ALLOWED_KEY, "on", value, sizeof value));
    *out = !str_equal(value, "off");
    return ERR_OK;
}

err_t suggestions_allow(struct shop *s, bool allowed) {
    return meta_set(s, ALLOWED_KEY, allowed ? "on" : "off");
}

/* ---- what is due ---- */

/* The most pressing first; for how long what was said is not said again. */
static const struct {
    enum remark_kind kind;
    enum sql sql;
    int64_t again_days; /* 0 never */
} kinds[] = {
    {REMARK_ORDER, SQL_DUE_ORDER, 0},   {REMARK_PARCEL, SQL_DUE_PARCEL, 0}, {REMARK_WISH, SQL_DUE_WISH, 0},
    {REMARK_BASKET, SQL_DUE_BASKET, 7}, {REMARK_BACK, SQL_DUE_BACK, 30},    {REMARK_CHEAPER, SQL_DUE_CHEAPER, 30},
    {REMARK_USUAL, SQL_DUE_USUAL, 14},
};

static void remark_read(sqlite3_stmt *q, enum remark_kind kind, struct remark *out) {
    *out = (struct remark){.kind = kind, .subject = sqlite3_column_int64(q, 0), .variant = sqlite3_column_int64(q, 1)};
    sql_text(q, 2, out->title, sizeof out->title);
    sql_text(q, 3, out->number, sizeof out->number);
    out->count = sqlite3_column_int(q, 4);
    out->price_minor = sql_number(q, 5, PRICE_NONE);
    out->before_minor = sql_number(q, 6, PRICE_NONE);
}

static err_t kind_due(struct shop *s, size_t i, int64_t customer, int64_t now_ms, struct remark *out, bool *due) {
    sqlite3_stmt *q;
    int64_t again_ms = kinds[i].again_days ? kinds[i].again_days * DAY_MS : EVER_MS;
    TRY(sql_start(s, &q, kinds[i].sql, "iii", customer, now_ms, again_ms));
    TRY(sql_next(s, q, due));
    if (!*due) return ERR_OK;
    remark_read(q, kinds[i].kind, out);
    sql_stop(q);
    return meta_text(s, "shop.currency", "USD", out->currency, sizeof out->currency);
}

err_t remarks_due(struct shop *s, int64_t now_ms, struct remark *out, size_t cap, size_t *n) {
    int64_t customer, latest;
    bool allowed;
    *n = 0;
    TRY(suggestions_allowed(s, &allowed));
    TRY(customer_id(s, &customer));
    TRY(sql_int(s, &latest, SQL_REMARK_LATEST, "i", customer));
    bool only_orders = !allowed || (latest > now_ms - HOUR_MS && latest <= now_ms);
    TRY(notices_happened(s, customer, now_ms));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && *n < cap; i++) {
        bool due;
        if (only_orders && kinds[i].kind != REMARK_ORDER) continue;
        TRY(kind_due(s, i, customer, now_ms, &out[*n], &due));
        *n += due;
    }
    return ERR_OK;
}

/* ---- what was looked at, and left ---- */

static err_t looked_in_tx(struct shop *s, int64_t customer, int64_t variant, int64_t now_ms) {
    TRY(sql_run(s, SQL_LOOKED_PUT, "iii", customer, variant, now_ms));
    return sql_run(s, SQL_LOOKED_TRIM, "ii", customer, (int64_t)LOOKED_KEPT);
}

err_t looked_note(struct shop *s, int64_t variant, int64_t now_ms) {
    int64_t customer;
    TRY(customer_id(s, &customer));
    TRY(tx_begin(s));
    return tx_end(s, looked_in_tx(s, customer, variant, now_ms));
}

err_t looked_last(struct shop *s, int64_t now_ms, struct product *out) {
    int64_t customer;
    sqlite3_stmt *q;
    size_t n;
    out->variant = 0;
    TRY(customer_id(s, &customer));
    TRY(sql_start(s, &q, SQL_LOOKED_LAST, "ii", customer, now_ms));
    return products_read(s, q, out, 1, &n);
}

err_t checkout_left_note(struct shop *s, int64_t now_ms) {
    int64_t customer;
    TRY(customer_id(s, &customer));
    return sql_run(s, SQL_CHECKOUT_LEFT, "ii", customer, now_ms);
}
