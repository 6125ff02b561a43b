/* What the shop's server has yet to be told, row by row, and what became of it. The rows are written with what they are
 * about, in one transaction (place.c, after.c, tickets.c); here they are read, tried and settled, by one sender at a
 * time (sync/sender.c).
 *
 * A row that is claimed cannot be taken back any more. Before the first byte of an order goes out the row is marked
 * doubtful, on the disk: whoever finds it so later has to look what became of it. Thread and errors as in shop.h; times
 * are handed in. */
#ifndef SK_SHOP_OUTBOX_H
#define SK_SHOP_OUTBOX_H
#include "shop/shop.h"

enum {
    KEY_MAX_BYTES = 96,
    REMOTE_MAX = 64,
    SHOP_ID_MAX = 64,                     /* of a variant, a customer, a way of delivery */
    OUTBOX_AHEAD_MS = 2 * 60 * 60 * 1000, /* no row is ever put further ahead than this */
};

enum outgoing_kind { OUTGOING_ORDER, OUTGOING_CANCEL, OUTGOING_ADDRESS, OUTGOING_RETURN, OUTGOING_HANDOVER };

struct outgoing {
    int64_t id;
    enum outgoing_kind kind;
    int64_t subject;
    char key[KEY_MAX_BYTES];
    int tries, looks; /* looks: how often the shop could not say what became of it */
    bool doubtful;
};

struct outgoing_line {
    char variant[SHOP_ID_MAX];                   /* the shop's id; "" no longer known */
    char title[TITLE_MAX], options[OPTIONS_MAX]; /* options: those chosen beside the variant's own */
    int quantity_milli;
    int64_t price_minor;
};

struct outgoing_order {
    char key[KEY_MAX_BYTES], number[ORDER_NUMBER_MAX], remote[REMOTE_MAX];
    enum order_state state;
    int64_t placed_ms;
    char customer[SHOP_ID_MAX], way[SHOP_ID_MAX]; /* "" the usual */
    char address[ADDRESS_MAX];                    /* a nickname of the customer's, or what they said; "" the usual */
    char who[64], to[ADDRESS_MAX];                /* the customer and the address in words, for who knows neither */
    char handle[REMOTE_MAX];                      /* what the shop makes it from; "" nothing yet */
    char payment[PAYMENT_NAME_MAX], coupon[COUPON_CODE_MAX];
    int64_t agreed_minor; /* what the shopper agreed to */
    char currency[4];
    int n_lines;
    struct outgoing_line lines[ORDER_LINES_MAX];
};

struct outgoing_return {
    char key[KEY_MAX_BYTES];
    char order[REMOTE_MAX]; /* its key, or the server's id; "" the server never heard of it */
    char number[ORDER_NUMBER_MAX];
    int position, quantity_milli;
    char reason[REASON_MAX];
};

struct outgoing_ticket {
    char key[KEY_MAX_BYTES], code[TICKET_CODE_MAX], why[8], question[512];
    int64_t opened_ms;
};

/* The first row after `after` (0 from the beginning) whose time has come. A time that no row can have, for the clock
 * was set back, has come, too. */
SK_MUST_USE err_t outbox_due(struct shop *s, int64_t after, int64_t now_ms, struct outgoing *out, bool *any);
/* When the next row is due; 0 none waits. */
SK_MUST_USE err_t outbox_next(struct shop *s, int64_t *out_ms);
/* Counts a try, on the disk; *mine is false if the row is gone or was taken back meanwhile. */
SK_MUST_USE err_t outbox_claim(struct shop *s, int64_t id, bool *mine);
/* That a request with it is under way, or that it is known that none has been heard; flushed to the disk. */
SK_MUST_USE err_t outbox_doubt(struct shop *s, int64_t id, bool doubtful);
/* What the shop will make it from; flushed to the disk. */
SK_MUST_USE err_t outbox_handle(struct shop *s, int64_t id, const char *handle);
/* The shop was asked what became of it, and could not say. */
SK_MUST_USE err_t outbox_looked(struct shop *s, int64_t id);
SK_MUST_USE err_t outbox_later(struct shop *s, int64_t id, int64_t next_ms, const char *trouble);
SK_MUST_USE err_t outbox_done(struct shop *s, int64_t id);

/* For people: what waits, in order, and which orders the shop has refused since, or nobody knows of ("uncertain"). */
struct waiting_row {
    enum outgoing_kind kind;
    char number[ORDER_NUMBER_MAX]; /* of the order, or the code of the ticket; "" unknown */
    int tries;
    int64_t made_ms, next_ms;
    int64_t asked_minor; /* what the shop wants, while the shopper's word is waited for; 0 it is not */
    char trouble[200];
};
SK_MUST_USE err_t outbox_each(struct shop *s, void (*fn)(void *ctx, const struct waiting_row *row), void *ctx);
SK_MUST_USE err_t refused_each(struct shop *s, int64_t since_ms,
                               void (*fn)(void *ctx, const char *number, const char *why, int64_t at_ms), void *ctx);

SK_MUST_USE err_t outgoing_order_read(struct shop *s, int64_t order, struct outgoing_order *out);
SK_MUST_USE err_t outgoing_return_read(struct shop *s, int64_t send_back, struct outgoing_return *out);
SK_MUST_USE err_t outgoing_ticket_read(struct shop *s, int64_t ticket, struct outgoing_ticket *out);

/* What became of an order, and what the shopper will be told, in one transaction with its outbox row. `remote`: the
 * server's id ("" none). It is news if the shopper has heard that it was not placed yet (`late`). */
SK_MUST_USE err_t order_settle_placed(struct shop *s, const struct outgoing *row, const char *remote, bool late,
                                      int64_t now_ms);
SK_MUST_USE err_t order_settle_refused(struct shop *s, const struct outgoing *row, const char *why, int64_t now_ms);
/* Nobody will find out from here whether there is an order: it is never sent again. */
SK_MUST_USE err_t order_settle_uncertain(struct shop *s, const struct outgoing *row, int64_t now_ms);
/* The shop asks another total: the row waits until the shopper has agreed (order_agree) or cancelled. */
SK_MUST_USE err_t order_settle_asks(struct shop *s, const struct outgoing *row, int64_t asked_minor, int64_t now_ms);
/* The shopper cancelled it before it was ever sent: nobody has to be told. */
SK_MUST_USE err_t order_settle_unsent(struct shop *s, const struct outgoing *row);
/* The shop says no to a cancellation or a new address (it is as it was, and asked for at once), or to a return. */
SK_MUST_USE err_t change_settle_refused(struct shop *s, const struct outgoing *row, int64_t now_ms);
SK_MUST_USE err_t ticket_settle(struct shop *s, const struct outgoing *row);

/* Whether the server could be reached when it was tried last, and what went wrong ("" nothing), which is kept as
 * sync_get(s, "trouble"); "tried" is when that was. */
SK_MUST_USE err_t sync_note_contact(struct shop *s, bool reached, const char *trouble, int64_t now_ms);
SK_MUST_USE err_t sync_contact(struct shop *s, bool *offline, int64_t *last_ms);
/* A value of the synchronisation's own that is kept: "cursor", "account" ... */
SK_MUST_USE err_t sync_get(struct shop *s, const char *name, char *out, size_t cap);
SK_MUST_USE err_t sync_set(struct shop *s, const char *name, const char *value);

#endif
