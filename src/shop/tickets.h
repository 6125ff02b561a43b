/* Tickets: a shopper is handed over to a person of the shop, who answers by messages (`shopkeeper desk`, through the
 * same store). A customer has one open ticket at most. What the shop's server is told of it, the packet, is made from
 * the store when the outbox row of kind "handover" is sent (apps/packet.h).
 *
 * Thread and errors as in shop.h; times are handed in. */
#ifndef SK_SHOP_TICKETS_H
#define SK_SHOP_TICKETS_H
#include "shop/shop.h"

enum { TICKET_QUESTION_MAX = 512, SESSION_GAP_MS = 10 * 60 * 1000 /* of silence: another session begins */ };

struct ticket {
    int64_t id;
    char code[TICKET_CODE_MAX];
    char why[8];                              /* "asked", "failed", "anger" */
    char question[TICKET_QUESTION_MAX];       /* what the shopper wanted, "" unknown */
    char customer[64];                        /* name, "" a guest */
    int64_t session_ms, opened_ms, closed_ms; /* closed: 0 open */
    char closed_by[PERSON_NAME_MAX];
    int waiting;   /* messages of the shopper since the person's last */
    bool answered; /* by a person, at some time */
};

/* The customer's open ticket, or a new one with its outbox row under `key` (1 to 36 characters), in one transaction;
 * *again says which. */
SK_MUST_USE err_t ticket_open(struct shop *s, const char *key, const char *why, const char *question, int64_t now_ms,
                              struct ticket *out, bool *again);
/* The customer's open ticket; ERR_NOT_FOUND if there is none. */
SK_MUST_USE err_t ticket_current(struct shop *s, struct ticket *out);
/* ERR_NOT_FOUND. */
SK_MUST_USE err_t ticket_find(struct shop *s, const char *code, struct ticket *out);
SK_MUST_USE err_t ticket_list(struct shop *s, bool closed_too, void (*fn)(void *ctx, const struct ticket *t),
                              void *ctx);
/* What the shopper says to the person. ERR_NOT_FOUND: closed, or no such ticket. */
SK_MUST_USE err_t ticket_say(struct shop *s, const char *code, const char *text, int64_t now_ms);
/* What the person `name` says: plain text of 1 to MESSAGE_MAX - 1 bytes. ERR_ARG, ERR_RANGE, ERR_NOT_FOUND. */
SK_MUST_USE err_t ticket_answer(struct shop *s, const char *code, const char *name, const char *text, int64_t now_ms);
/* By the person `name`, or by the shopper (NULL), who need not be told. ERR_NOT_FOUND: no open ticket of that code. */
SK_MUST_USE err_t ticket_close(struct shop *s, const char *code, const char *name, int64_t now_ms);

/* The oldest message to this customer that has not been told; *any says whether there is one. */
SK_MUST_USE err_t ticket_unheard(struct shop *s, struct person_message *out, bool *any);
SK_MUST_USE err_t ticket_heard(struct shop *s, int64_t message, int64_t now_ms);

struct ticket_line { /* strings are borrowed for the call */
    int64_t at_ms, heard_ms;
    const char *who, *name, *text;
    const char *intent; /* of a turn with the assistant: the intent, or the reply's id; "" not understood */
};
/* The talk that led to the ticket, as far as it is still kept. */
SK_MUST_USE err_t ticket_transcript(struct shop *s, const struct ticket *t,
                                    void (*fn)(void *ctx, const struct ticket_line *line), void *ctx);
/* Between the shopper and the person. */
SK_MUST_USE err_t ticket_messages(struct shop *s, const struct ticket *t,
                                  void (*fn)(void *ctx, const struct ticket_line *line), void *ctx);

#endif
