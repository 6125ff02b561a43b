#include "shop/known.h"

#include "base/str.h"
#include "shop/customer.h"
#include "shop/store.h"

enum { COMMENT_FOLLOWS_MS = 5 * 60 * 1000 };

err_t known_get(struct shop *s, struct known_customer *out) {
    int64_t customer;
    sqlite3_stmt *q = NULL;
    bool row;
    TRY(customer_id(s, &customer));
    TRY(sql_start(s, &q, SQL_KNOWN, "i", customer));
    TRY(sql_next(s, q, &row));
    out->orders = (int)sqlite3_column_int64(q, 0);
    out->turns = (int)sqlite3_column_int64(q, 1);
    out->items = (int)sqlite3_column_int64(q, 2);
    out->since_ms = sql_number(q, 3, 0);
    sql_stop(q);
    return ERR_OK;
}

/* ---- forgetting ---- */

static err_t forget_in_tx(struct shop *s, int64_t now_ms) {
    int64_t customer;
    TRY(customer_keep(s, &customer));
    TRY(sql_run(s, SQL_FORGET_HABITS, "ii", customer, now_ms));
    TRY(sql_run(s, SQL_FORGET_TALK, ""));
    TRY(sql_run(s, SQL_FORGET_TICKETS, "i", customer));
    TRY(sql_run(s, SQL_FORGET_HANDOVERS, ""));
    return sql_run(s, SQL_FORGET_FEEDBACK, "i", customer);
}

err_t known_forget(struct shop *s, int64_t now_ms) {
    /* deleted rows would stay in the file until something else needs their room */
    if (sqlite3_exec(s->db, "PRAGMA secure_delete = ON", NULL, NULL, NULL)) return store_error(s);
    err_t err = tx_begin(s);
    if (!err) err = tx_end(s, forget_in_tx(s, now_ms));
    /* and in the log beside it; a reader may hold it for a while, then the next checkpoint does it */
    if (!err) sqlite3_exec(s->db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
    return err;
}

static err_t flag_get(struct shop *s, const char *name, bool *out) {
    char text[4];
    TRY(meta_text(s, name, "no", text, sizeof text));
    *out = str_equal(text, "yes");
    return ERR_OK;
}

static err_t flag_set(struct shop *s, const char *name, bool value) {
    return meta_set(s, name, value ? "yes" : "no");
}

err_t known_deaf(struct shop *s, bool *out) {
    return flag_get(s, "deaf", out);
}

err_t known_set_deaf(struct shop *s, bool deaf) {
    return flag_set(s, "deaf", deaf);
}

err_t known_muted(struct shop *s, bool *out) {
    return flag_get(s, "muted", out);
}

err_t known_set_muted(struct shop *s, bool muted) {
    return flag_set(s, "muted", muted);
}

/* ---- feedback ---- */

static err_t add_in_tx(struct shop *s, int stars, const char *comment, int64_t now_ms) {
    int64_t customer, id;
    TRY(customer_keep(s, &customer));
    if (!stars) {
        err_t err = sql_int(s, &id, SQL_FEEDBACK_COMMENT, "iit", customer, now_ms - COMMENT_FOLLOWS_MS, comment);
        if (err != ERR_NOT_FOUND) return err;
    }
    return sql_run(s, SQL_FEEDBACK_ADD, "iiit", now_ms, customer, stars ? (int64_t)stars : SQL_NULL, comment);
}

err_t feedback_add(struct shop *s, int stars, const char *comment, int64_t now_ms) {
    if (stars < 0 || stars > 5) return err_fail(ERR_RANGE, "feedback has one to five stars, not %d", stars);
    if (!stars && !*comment) return err_fail(ERR_ARG, "feedback has stars or words");
    TRY(tx_begin(s));
    return tx_end(s, add_in_tx(s, stars, comment, now_ms));
}
