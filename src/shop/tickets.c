#include "shop/tickets.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "shop/customer.h"
#include "shop/store.h"

enum { KEY_MAX = 36 };

static void ticket_read(sqlite3_stmt *q, struct ticket *out) {
    memset(out, 0, sizeof *out);
    out->id = sqlite3_column_int64(q, 0);
    sql_text(q, 1, out->code, sizeof out->code);
    sql_text(q, 2, out->why, sizeof out->why);
    sql_text(q, 3, out->question, sizeof out->question);
    sql_text(q, 4, out->customer, sizeof out->customer);
    out->session_ms = sqlite3_column_int64(q, 5);
    out->opened_ms = sqlite3_column_int64(q, 6);
    out->closed_ms = sql_number(q, 7, 0);
    sql_text(q, 8, out->closed_by, sizeof out->closed_by);
    out->waiting = (int)sqlite3_column_int64(q, 9);
    out->answered = sqlite3_column_int64(q, 10) != 0;
}

/* The only row of a statement that has been started. */
static err_t ticket_one(struct shop *s, sqlite3_stmt *q, struct ticket *out, bool *row) {
    TRY(sql_next(s, q, row));
    if (!*row) return ERR_OK;
    ticket_read(q, out);
    sql_stop(q);
    return ERR_OK;
}

/* ---- opening ---- */

static err_t current(struct shop *s, int64_t customer, struct ticket *out, bool *row) {
    sqlite3_stmt *q = NULL;
    TRY(sql_start(s, &q, SQL_TICKET_CURRENT, "i", customer));
    return ticket_one(s, q, out, row);
}

static err_t open_in_tx(struct shop *s, const char *key, const char *why, const char *question, int64_t now_ms,
                        struct ticket *out, bool *again) {
    int64_t customer, number, session_ms, id;
    char code[24];
    TRY(customer_keep(s, &customer));
    TRY(current(s, customer, out, again));
    if (*again) return ERR_OK;
    TRY(sql_int(s, &number, SQL_TICKET_NEXT_CODE, ""));
    TRY(sql_int(s, &session_ms, SQL_SESSION_BEGAN, "ii", now_ms, (int64_t)SESSION_GAP_MS));
    snprintf(code, sizeof code, "%" PRId64, number);
    TRY(sql_int(s, &id, SQL_TICKET_ADD, "tittiit", code, customer, why, question, session_ms, now_ms, key));
    TRY(sql_run(s, SQL_OUTBOX_ADD, "titi", "handover", id, key, now_ms));
    return ticket_find(s, code, out);
}

err_t ticket_open(struct shop *s, const char *key, const char *why, const char *question, int64_t now_ms,
                  struct ticket *out, bool *again) {
    size_t n = strlen(key);
    if (n == 0 || n > KEY_MAX) return err_fail(ERR_ARG, "the key of a ticket has 1 to %d characters", KEY_MAX);
    struct ticket t;
    bool was_open = false;
    char words[TICKET_QUESTION_MAX];
    str_copy(words, sizeof words, question);
    TRY(tx_begin(s));
    TRY(tx_end(s, open_in_tx(s, key, why, words, now_ms, &t, &was_open)));
    *out = t;
    *again = was_open;
    return ERR_OK;
}

/* ---- finding ---- */

err_t ticket_current(struct shop *s, struct ticket *out) {
    int64_t customer;
    bool row;
    TRY(customer_id(s, &customer));
    TRY(current(s, customer, out, &row));
    return row ? ERR_OK : err_fail(ERR_NOT_FOUND, "no ticket is open");
}

err_t ticket_find(struct shop *s, const char *code, struct ticket *out) {
    sqlite3_stmt *q = NULL;
    bool row;
    TRY(sql_start(s, &q, SQL_TICKET_FIND, "t", code));
    TRY(ticket_one(s, q, out, &row));
    return row ? ERR_OK : err_fail(ERR_NOT_FOUND, "there is no ticket '%.20s'; see shopkeeper desk list", code);
}

err_t ticket_list(struct shop *s, bool closed_too, void (*fn)(void *ctx, const struct ticket *t), void *ctx) {
    sqlite3_stmt *q = NULL;
    bool row;
    TRY(sql_start(s, &q, SQL_TICKET_LIST, "i", (int64_t)closed_too));
    for (;;) {
        struct ticket t;
        TRY(sql_next(s, q, &row));
        if (!row) return ERR_OK;
        ticket_read(q, &t);
        fn(ctx, &t);
    }
}

static err_t find_open(struct shop *s, const char *code, struct ticket *out) {
    TRY(ticket_find(s, code, out));
    return out->closed_ms ? err_fail(ERR_NOT_FOUND, "ticket %s is closed", out->code) : ERR_OK;
}

/* ---- messages ---- */

static err_t add_in_tx(struct shop *s, const char *code, const char *who, const char *name, const char *text,
                       int64_t now_ms) {
    struct ticket t;
    TRY(find_open(s, code, &t));
    return sql_run(s, SQL_TICKET_MESSAGE_ADD, "iittt", t.id, now_ms, who, name, text);
}

static err_t add(struct shop *s, const char *code, const char *who, const char *name, const char *text,
                 int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, add_in_tx(s, code, who, name, text, now_ms));
}

err_t ticket_say(struct shop *s, const char *code, const char *text, int64_t now_ms) {
    return add(s, code, "shopper", "", text, now_ms);
}

/* It will be spoken: no control characters, no line breaks. */
static bool is_plain(const char *text) {
    for (const char *c = text; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f) return false;
    }
    return str_is_utf8(text, strlen(text));
}

static err_t check_name(const char *name) {
    if (!*name || strlen(name) >= PERSON_NAME_MAX || !is_plain(name))
        return err_fail(ERR_ARG, "a person's name is plain text of 1 to %d bytes", PERSON_NAME_MAX - 1);
    return ERR_OK;
}

err_t ticket_answer(struct shop *s, const char *code, const char *name, const char *text, int64_t now_ms) {
    TRY(check_name(name));
    if (strlen(text) >= MESSAGE_MAX)
        return err_fail(ERR_RANGE, "a message that is read out has at most %d bytes: send it in parts",
                        MESSAGE_MAX - 1);
    if (!text[strspn(text, " ")] || !is_plain(text))
        return err_fail(ERR_ARG, "a message is one line of plain text that is not empty");
    return add(s, code, "person", name, text, now_ms);
}

static err_t close_in_tx(struct shop *s, const char *code, const char *name, int64_t now_ms) {
    struct ticket t;
    TRY(find_open(s, code, &t));
    if (name) TRY(sql_run(s, SQL_TICKET_MESSAGE_ADD, "iittt", t.id, now_ms, "closed", name, ""));
    return sql_run(s, SQL_TICKET_CLOSE, "iit", t.id, now_ms, name ? name : "");
}

err_t ticket_close(struct shop *s, const char *code, const char *name, int64_t now_ms) {
    if (name) TRY(check_name(name));
    TRY(tx_begin(s));
    return tx_end(s, close_in_tx(s, code, name, now_ms));
}

err_t ticket_unheard(struct shop *s, struct person_message *out, bool *any) {
    int64_t customer;
    sqlite3_stmt *q = NULL;
    TRY(customer_id(s, &customer));
    TRY(sql_start(s, &q, SQL_TICKET_UNHEARD, "i", customer));
    TRY(sql_next(s, q, any));
    if (!*any) return ERR_OK;
    *out = (struct person_message){.id = sqlite3_column_int64(q, 0), .closed = sqlite3_column_int64(q, 2) != 0};
    sql_text(q, 1, out->code, sizeof out->code);
    sql_text(q, 3, out->name, sizeof out->name);
    sql_text(q, 4, out->text, sizeof out->text);
    sql_stop(q);
    return ERR_OK;
}

err_t ticket_heard(struct shop *s, int64_t message, int64_t now_ms) {
    return sql_run(s, SQL_TICKET_HEARD, "ii", message, now_ms);
}

/* ---- reading ---- */

static const char *column(sqlite3_stmt *q, int i) {
    const char *text = (const char *)sqlite3_column_text(q, i);
    return text ? text : "";
}

err_t ticket_transcript(struct shop *s, const struct ticket *t, void (*fn)(void *ctx, const struct ticket_line *line),
                        void *ctx) {
    sqlite3_stmt *q = NULL;
    bool row;
    TRY(sql_start(s, &q, SQL_TICKET_TRANSCRIPT, "ii", t->session_ms, t->opened_ms));
    for (;;) {
        TRY(sql_next(s, q, &row));
        if (!row) return ERR_OK;
        fn(ctx, &(struct ticket_line){.at_ms = sqlite3_column_int64(q, 0),
                                      .who = column(q, 1),
                                      .name = "",
                                      .text = column(q, 2),
                                      .intent = column(q, 3)});
    }
}

err_t ticket_messages(struct shop *s, const struct ticket *t, void (*fn)(void *ctx, const struct ticket_line *line),
                      void *ctx) {
    sqlite3_stmt *q = NULL;
    bool row;
    TRY(sql_start(s, &q, SQL_TICKET_MESSAGES, "i", t->id));
    for (;;) {
        TRY(sql_next(s, q, &row));
        if (!row) return ERR_OK;
        fn(ctx, &(struct ticket_line){.at_ms = sqlite3_column_int64(q, 0),
                                      .heard_ms = sql_number(q, 4, 0),
                                      .who = column(q, 1),
                                      .name = column(q, 2),
                                      .text = column(q, 3),
                                      .intent = ""});
    }
}
