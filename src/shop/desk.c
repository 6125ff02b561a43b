#include "shop/desk.h"

#include "base/str.h"
#include "shop/store.h"

err_t desk_unsent(struct shop *s, int64_t after, struct desk_unsent *out, bool *any) {
    sqlite3_stmt *q;
    TRY(sql_start(s, &q, SQL_DESK_UNSENT, "i", after));
    TRY(sql_next(s, q, any));
    if (!*any) return ERR_OK;
    *out = (struct desk_unsent){.id = sqlite3_column_int64(q, 0), .at_ms = sqlite3_column_int64(q, 3)};
    sql_text(q, 1, out->ticket, sizeof out->ticket);
    sql_text(q, 2, out->text, sizeof out->text);
    sql_text(q, 4, out->heard, sizeof out->heard);
    sql_stop(q);
    return ERR_OK;
}

err_t desk_keep(struct shop *s) {
    return store_flush(s);
}

err_t desk_sent(struct shop *s, int64_t message) {
    return sql_run(s, SQL_DESK_SENT, "i", message);
}

err_t desk_unclosed(struct shop *s, int64_t after, int64_t *ticket, char key[KEY_MAX_BYTES], int64_t *at_ms,
                    bool *any) {
    sqlite3_stmt *q;
    TRY(sql_start(s, &q, SQL_DESK_UNCLOSED, "i", after));
    TRY(sql_next(s, q, any));
    if (!*any) return ERR_OK;
    *ticket = sqlite3_column_int64(q, 0);
    sql_text(q, 1, key, KEY_MAX_BYTES);
    *at_ms = sqlite3_column_int64(q, 2);
    sql_stop(q);
    return ERR_OK;
}

err_t desk_closed(struct shop *s, int64_t ticket) {
    return sql_run(s, SQL_DESK_CLOSED, "i", ticket);
}

err_t desk_open_tickets(struct shop *s, int64_t *n) {
    return sql_int(s, n, SQL_DESK_OPEN, "");
}

static err_t take_one(struct shop *s, const struct desk_reply *r, int64_t now_ms) {
    int64_t ticket;
    err_t err = sql_int(s, &ticket, SQL_DESK_TICKET, "t", r->ticket);
    if (err == ERR_NOT_FOUND) return ERR_OK;
    TRY(err);
    TRY(sql_run(s, SQL_DESK_MESSAGE, "iitttt", ticket, now_ms, r->closed ? "closed" : "person", r->name,
                r->closed ? "" : r->text, r->id));
    return r->closed ? sql_run(s, SQL_DESK_CLOSE, "iit", ticket, now_ms, r->name) : ERR_OK;
}

static err_t take_in_tx(struct shop *s, const struct desk_reply *v, int n, const char *last, int64_t now_ms) {
    for (int i = 0; i < n; i++) TRY(take_one(s, &v[i], now_ms));
    return sync_set(s, "messages", last);
}

err_t desk_take(struct shop *s, const struct desk_reply *v, int n, const char *last, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, take_in_tx(s, v, n, last, now_ms));
}
