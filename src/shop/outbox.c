#include "shop/outbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "shop/catalog.h"
#include "shop/store.h"

static const char *const kinds[] = {[OUTGOING_ORDER] = "order",
                                    [OUTGOING_CANCEL] = "cancel",
                                    [OUTGOING_ADDRESS] = "address",
                                    [OUTGOING_RETURN] = "return",
                                    [OUTGOING_HANDOVER] = "handover"};

/* ---- rows ---- */

static err_t kind_read(const char *name, enum outgoing_kind *out) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!str_equal(kinds[i], name)) continue;
        *out = (enum outgoing_kind)i;
        return ERR_OK;
    }
    return err_fail(ERR_VERSION, "the outbox has a '%.20s', of which this program knows nothing: update it", name);
}

err_t outbox_due(struct shop *s, int64_t after, int64_t now_ms, struct outgoing *out, bool *any) {
    sqlite3_stmt *q;
    char kind[16];
    TRY(sql_start(s, &q, SQL_SEND_DUE, "iii", now_ms, (int64_t)OUTBOX_AHEAD_MS, after));
    TRY(sql_next(s, q, any));
    if (!*any) return ERR_OK;
    struct outgoing row = {.id = sqlite3_column_int64(q, 0), .subject = sqlite3_column_int64(q, 2)};
    sql_text(q, 1, kind, sizeof kind);
    sql_text(q, 3, row.key, sizeof row.key);
    row.tries = sqlite3_column_int(q, 4);
    row.doubtful = sqlite3_column_int(q, 5) != 0;
    row.looks = sqlite3_column_int(q, 6);
    sql_stop(q);
    TRY(kind_read(kind, &row.kind));
    *out = row;
    return ERR_OK;
}

err_t outbox_next(struct shop *s, int64_t *out_ms) {
    int64_t next;
    TRY(sql_int(s, &next, SQL_SEND_NEXT, ""));
    *out_ms = next == SQL_NULL ? 0 : next;
    return ERR_OK;
}

/* What must outlive a power cut before the next step. */
static err_t flushed(struct shop *s, err_t (*run)(struct shop *s, int64_t id, int64_t value), int64_t id,
                     int64_t value) {
    TRY(flush_begin(s));
    err_t err = run(s, id, value);
    flush_end(s);
    return err;
}

static err_t claim(struct shop *s, int64_t id, int64_t unused) {
    int64_t same;
    (void)unused;
    return sql_int(s, &same, SQL_SEND_CLAIM, "i", id);
}

err_t outbox_claim(struct shop *s, int64_t id, bool *mine) {
    err_t err = flushed(s, claim, id, 0);
    *mine = err == ERR_OK;
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static err_t doubt(struct shop *s, int64_t id, int64_t doubtful) {
    return sql_run(s, SQL_SEND_DOUBT, "ii", id, doubtful);
}

err_t outbox_doubt(struct shop *s, int64_t id, bool doubtful) {
    return flushed(s, doubt, id, doubtful);
}

err_t outbox_handle(struct shop *s, int64_t id, const char *handle) {
    TRY(flush_begin(s));
    err_t err = sql_run(s, SQL_SEND_HANDLE, "it", id, handle);
    flush_end(s);
    return err;
}

err_t outbox_looked(struct shop *s, int64_t id) {
    return sql_run(s, SQL_SEND_LOOKED, "i", id);
}

err_t outbox_later(struct shop *s, int64_t id, int64_t next_ms, const char *trouble) {
    return sql_run(s, SQL_SEND_LATER, "iit", id, next_ms, trouble);
}

err_t outbox_done(struct shop *s, int64_t id) {
    return sql_run(s, SQL_SEND_DONE, "i", id);
}

/* ---- for people ---- */

static err_t waiting_read(sqlite3_stmt *q, struct waiting_row *out) {
    char kind[16];
    *out = (struct waiting_row){.tries = sqlite3_column_int(q, 2),
                                .made_ms = sqlite3_column_int64(q, 3),
                                .next_ms = sqlite3_column_int64(q, 4),
                                .asked_minor = sqlite3_column_int64(q, 5)};
    sql_text(q, 0, kind, sizeof kind);
    sql_text(q, 1, out->number, sizeof out->number);
    sql_text(q, 6, out->trouble, sizeof out->trouble);
    return kind_read(kind, &out->kind);
}

err_t outbox_each(struct shop *s, void (*fn)(void *ctx, const struct waiting_row *row), void *ctx) {
    sqlite3_stmt *q;
    bool any;
    struct waiting_row row;
    TRY(sql_start(s, &q, SQL_WAITING, ""));
    TRY(sql_next(s, q, &any));
    while (any) {
        err_t err = waiting_read(q, &row);
        if (err) {
            sql_stop(q);
            return err;
        }
        fn(ctx, &row);
        TRY(sql_next(s, q, &any));
    }
    return ERR_OK;
}

err_t refused_each(struct shop *s, int64_t since_ms,
                   void (*fn)(void *ctx, const char *number, const char *why, int64_t at_ms), void *ctx) {
    sqlite3_stmt *q;
    bool any;
    char number[ORDER_NUMBER_MAX], why[32];
    TRY(sql_start(s, &q, SQL_REFUSED_SINCE, "i", since_ms));
    TRY(sql_next(s, q, &any));
    while (any) {
        sql_text(q, 0, number, sizeof number);
        sql_text(q, 1, why, sizeof why);
        fn(ctx, number, why, sqlite3_column_int64(q, 2));
        TRY(sql_next(s, q, &any));
    }
    return ERR_OK;
}

/* ---- what they are about ---- */

static err_t gone(const char *what) {
    return err_fail(ERR_NOT_FOUND, "the %s of an outbox row is gone", what);
}

static err_t lines_read(struct shop *s, int64_t order, struct outgoing_order *out) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_SEND_LINES, "i", order));
    TRY(sql_next(s, q, &row));
    while (row && out->n_lines < ORDER_LINES_MAX) {
        struct outgoing_line *l = &out->lines[out->n_lines++];
        char options[OPTIONS_MAX], own[OPTIONS_MAX];
        sql_text(q, 0, l->variant, sizeof l->variant);
        sql_text(q, 1, l->title, sizeof l->title);
        sql_text(q, 2, options, sizeof options);
        sql_text(q, 3, own, sizeof own);
        str_copy(l->options, sizeof l->options, options_chosen(options, own));
        l->quantity_milli = sqlite3_column_int(q, 4);
        l->price_minor = sqlite3_column_int64(q, 5);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

err_t outgoing_order_read(struct shop *s, int64_t order, struct outgoing_order *out) {
    sqlite3_stmt *q;
    bool row;
    char state[24];
    memset(out, 0, sizeof *out);
    TRY(sql_start(s, &q, SQL_SEND_ORDER, "i", order));
    TRY(sql_next(s, q, &row));
    if (!row) return gone("order");
    sql_text(q, 0, out->key, sizeof out->key);
    sql_text(q, 1, out->number, sizeof out->number);
    sql_text(q, 2, state, sizeof state);
    order_state_by_name(&out->state, state);
    out->placed_ms = sqlite3_column_int64(q, 3);
    sql_text(q, 4, out->customer, sizeof out->customer);
    sql_text(q, 5, out->way, sizeof out->way);
    sql_text(q, 6, out->address, sizeof out->address);
    sql_text(q, 7, out->payment, sizeof out->payment);
    sql_text(q, 8, out->coupon, sizeof out->coupon);
    out->agreed_minor = sqlite3_column_int64(q, 9);
    sql_text(q, 10, out->currency, sizeof out->currency);
    sql_text(q, 11, out->remote, sizeof out->remote);
    sql_text(q, 12, out->who, sizeof out->who);
    sql_text(q, 13, out->to, sizeof out->to);
    sql_text(q, 14, out->handle, sizeof out->handle);
    sql_stop(q);
    return lines_read(s, order, out);
}

err_t outgoing_return_read(struct shop *s, int64_t send_back, struct outgoing_return *out) {
    sqlite3_stmt *q;
    bool row;
    memset(out, 0, sizeof *out);
    TRY(sql_start(s, &q, SQL_SEND_RETURN, "i", send_back));
    TRY(sql_next(s, q, &row));
    if (!row) return gone("return");
    sql_text(q, 0, out->order, sizeof out->order);
    sql_text(q, 1, out->number, sizeof out->number);
    out->position = sqlite3_column_int(q, 2);
    out->quantity_milli = sqlite3_column_int(q, 3);
    sql_text(q, 4, out->reason, sizeof out->reason);
    sql_stop(q);
    return ERR_OK;
}

err_t outgoing_ticket_read(struct shop *s, int64_t ticket, struct outgoing_ticket *out) {
    sqlite3_stmt *q;
    bool row;
    memset(out, 0, sizeof *out);
    TRY(sql_start(s, &q, SQL_SEND_TICKET, "i", ticket));
    TRY(sql_next(s, q, &row));
    if (!row) return gone("ticket");
    sql_text(q, 0, out->key, sizeof out->key);
    sql_text(q, 1, out->code, sizeof out->code);
    sql_text(q, 2, out->why, sizeof out->why);
    sql_text(q, 3, out->question, sizeof out->question);
    out->opened_ms = sqlite3_column_int64(q, 4);
    sql_stop(q);
    return ERR_OK;
}

/* ---- settling ---- */

static err_t number_of(struct shop *s, int64_t order, char number[ORDER_NUMBER_MAX]) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_SENT_NUMBER, "i", order));
    TRY(sql_next(s, q, &row));
    if (!row) return gone("order");
    sql_text(q, 0, number, ORDER_NUMBER_MAX);
    sql_stop(q);
    return ERR_OK;
}

/* Told once: in the conversation when it fits, or under notifications. */
static err_t tell(struct shop *s, int64_t order, const char *kind, int64_t now_ms) {
    char number[ORDER_NUMBER_MAX];
    TRY(number_of(s, order, number));
    return sql_run(s, SQL_NEWS_ADD, "tti", number, kind, now_ms);
}

static err_t placed_in_tx(struct shop *s, const struct outgoing *row, const char *remote, bool late, int64_t now_ms) {
    TRY(sql_run(s, SQL_SENT_ORDER, "itii", row->subject, remote, now_ms, now_ms + 60000));
    if (late) TRY(tell(s, row->subject, "placed", now_ms));
    return outbox_done(s, row->id);
}

err_t order_settle_placed(struct shop *s, const struct outgoing *row, const char *remote, bool late, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, placed_in_tx(s, row, remote, late, now_ms));
}

/* What the shop does not have is not put back on our shelf. */
static err_t refused_in_tx(struct shop *s, const struct outgoing *row, const char *why, int64_t now_ms) {
    if (!str_equal(why, "stock") && !str_equal(why, "gone")) TRY(sql_run(s, SQL_STOCK_RETURN, "i", row->subject));
    TRY(sql_run(s, SQL_SENT_REFUSED, "iti", row->subject, why, now_ms));
    TRY(tell(s, row->subject, "refused", now_ms));
    return outbox_done(s, row->id);
}

err_t order_settle_refused(struct shop *s, const struct outgoing *row, const char *why, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, refused_in_tx(s, row, why, now_ms));
}

/* What changes it has nobody to tell, either. */
static err_t uncertain_in_tx(struct shop *s, const struct outgoing *row, int64_t now_ms) {
    TRY(sql_run(s, SQL_SENT_UNCERTAIN, "ii", row->subject, now_ms));
    TRY(tell(s, row->subject, "uncertain", now_ms));
    return sql_run(s, SQL_OUTBOX_CHANGES_REMOVE, "i", row->subject);
}

err_t order_settle_uncertain(struct shop *s, const struct outgoing *row, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, uncertain_in_tx(s, row, now_ms));
}

static err_t asks_in_tx(struct shop *s, const struct outgoing *row, int64_t asked_minor, int64_t now_ms) {
    TRY(sql_run(s, SQL_SENT_ASKED, "iii", row->subject, asked_minor, now_ms));
    TRY(tell(s, row->subject, "asked", now_ms));
    return sql_run(s, SQL_SEND_ASK, "i", row->id);
}

err_t order_settle_asks(struct shop *s, const struct outgoing *row, int64_t asked_minor, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, asks_in_tx(s, row, asked_minor, now_ms));
}

/* The cancellation that follows it has nobody to tell either. */
static err_t unsent_in_tx(struct shop *s, const struct outgoing *row) {
    return sql_run(s, SQL_OUTBOX_CHANGES_REMOVE, "i", row->subject);
}

err_t order_settle_unsent(struct shop *s, const struct outgoing *row) {
    TRY(tx_begin(s));
    return tx_end(s, unsent_in_tx(s, row));
}

static err_t change_in_tx(struct shop *s, const struct outgoing *row, int64_t now_ms) {
    if (row->kind == OUTGOING_RETURN) {
        struct outgoing_return r;
        TRY(outgoing_return_read(s, row->subject, &r));
        TRY(sql_run(s, SQL_NEWS_ADD, "tti", r.number, "not_back", now_ms));
    } else {
        TRY(sql_run(s, SQL_SENT_UNCANCELLED, "ii", row->subject, now_ms));
        TRY(tell(s, row->subject, "kept", now_ms));
    }
    return outbox_done(s, row->id);
}

err_t change_settle_refused(struct shop *s, const struct outgoing *row, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, change_in_tx(s, row, now_ms));
}

static err_t ticket_in_tx(struct shop *s, const struct outgoing *row) {
    TRY(sql_run(s, SQL_SENT_TICKET, "i", row->subject));
    return outbox_done(s, row->id);
}

err_t ticket_settle(struct shop *s, const struct outgoing *row) {
    TRY(tx_begin(s));
    return tx_end(s, ticket_in_tx(s, row));
}

/* ---- what is kept of the server ---- */

err_t sync_get(struct shop *s, const char *name, char *out, size_t cap) {
    char key[48];
    snprintf(key, sizeof key, "sync.%s", name);
    return meta_text(s, key, "", out, cap);
}

err_t sync_set(struct shop *s, const char *name, const char *value) {
    char key[48];
    snprintf(key, sizeof key, "sync.%s", name);
    return meta_set(s, key, value);
}

err_t sync_note_contact(struct shop *s, bool reached, const char *trouble, int64_t now_ms) {
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, now_ms);
    TRY(sync_set(s, "tried", text));
    TRY(sync_set(s, "trouble", trouble));
    TRY(sync_set(s, "offline", reached ? "" : "1"));
    return reached ? sync_set(s, "contact", text) : ERR_OK;
}

err_t sync_contact(struct shop *s, bool *offline, int64_t *last_ms) {
    char text[24];
    TRY(sync_get(s, "offline", text, sizeof text));
    *offline = *text != '\0';
    TRY(sync_get(s, "contact", text, sizeof text));
    *last_ms = strtoll(text, NULL, 10);
    return ERR_OK;
}
