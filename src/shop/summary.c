#include "shop/summary.h"

#include "shop/store.h"
#include "shop/tickets.h"

err_t summary_each(struct shop *s, enum summary_kind kind, const struct period *p, int limit,
                   void (*fn)(void *ctx, const char *name, int64_t n), void *ctx) {
    static const enum sql statements[SUMMARY_COUNT] = {
        [SUMMARY_DAYS] = SQL_SUMMARY_DAYS,       [SUMMARY_INTENTS] = SQL_SUMMARY_INTENTS,
        [SUMMARY_UNCLEAR] = SQL_SUMMARY_UNCLEAR, [SUMMARY_LEFT] = SQL_SUMMARY_LEFT,
        [SUMMARY_TROUBLE] = SQL_SUMMARY_TROUBLE, [SUMMARY_HANDOVERS] = SQL_SUMMARY_HANDOVERS,
        [SUMMARY_STARS] = SQL_SUMMARY_STARS,     [SUMMARY_COMMENTS] = SQL_SUMMARY_COMMENTS};
    sqlite3_stmt *q = NULL;
    bool row;
    TRY(sql_start(s, &q, statements[kind], kind == SUMMARY_LEFT ? "iiii" : "iii", p->from_ms, p->to_ms, (int64_t)limit,
                  (int64_t)SESSION_GAP_MS));
    for (;;) {
        TRY(sql_next(s, q, &row));
        if (!row) return ERR_OK;
        const char *name = (const char *)sqlite3_column_text(q, 0);
        fn(ctx, name ? name : "", sqlite3_column_int64(q, 1));
    }
}

err_t summary_totals(struct shop *s, const struct period *p, struct summary_totals *out) {
    sqlite3_stmt *q = NULL;
    bool row;
    TRY(sql_start(s, &q, SQL_SUMMARY_TOTALS, "iiii", p->from_ms, p->to_ms, (int64_t)0, (int64_t)SESSION_GAP_MS));
    TRY(sql_next(s, q, &row));
    int64_t *const fields[] = {&out->talks,   &out->requests,     &out->unclear, &out->orders,      &out->left,
                               &out->tickets, &out->tickets_open, &out->ratings, &out->stars_milli, &out->since_ms};
    for (int i = 0; i < (int)(sizeof fields / sizeof *fields); i++) *fields[i] = sql_number(q, i, 0);
    sql_stop(q);
    return ERR_OK;
}
