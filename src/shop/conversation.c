#include <string.h>

#include "base/str.h"
#include "shop/shop.h"
#include "shop/store.h"

enum { TURNS_KEPT = 2000 }; /* older ones are forgotten: a speaker is no archive */

static err_t note_in_tx(struct shop *s, const char *who, const char *text, const char *intent, int64_t now_ms) {
    TRY(sql_run(s, SQL_CONVERSATION_ADD, "ittt", now_ms, who, text, intent));
    return sql_run(s, SQL_CONVERSATION_TRIM, "i", (int64_t)TURNS_KEPT);
}

err_t conversation_note(struct shop *s, const char *who, const char *text, const char *intent, int64_t now_ms) {
    if (!str_equal(who, "shopper") && !str_equal(who, "assistant")) {
        return err_fail(ERR_ARG, "'%.20s' takes no part in a conversation", who);
    }
    TRY(tx_begin(s));
    return tx_end(s, note_in_tx(s, who, text, intent ? intent : "", now_ms));
}

err_t conversation_last(struct shop *s, int n,
                        void (*fn)(void *ctx, int64_t id, int64_t at_ms, const char *who, const char *text),
                        void *ctx) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_CONVERSATION_LAST, "i", (int64_t)n));
    TRY(sql_next(s, q, &row));
    while (row) {
        fn(ctx, sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1), (const char *)sqlite3_column_text(q, 2),
           (const char *)sqlite3_column_text(q, 3));
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}
