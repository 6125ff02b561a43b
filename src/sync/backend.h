/* The shop's server as the rest of us sees it: one table of functions, whatever it speaks. An adapter is one file (or a
 * few) and one row in backend.c: "local", no server at all, "medusa" (catalog/backends/medusa) and "medusa-store" (a
 * Medusa shop without that).
 *
 * Money is int64 minor units of the shop's currency, quantities are thousandths, times milliseconds since 1970 (0
 * unknown). Keys are made on the device: the same key is the same thing, however often it is sent. Nothing here touches
 * the store. One thread; the adapter owns its connection; structs are the caller's.
 *
 * Every call that goes out gives a struct outcome, and all callers tell its kinds apart in the same way:
 *   DONE       it is so; the result is in `out`
 *   UNCHANGED  as at the last time (ETag); `out` is untouched
 *   REFUSED    the shop says no, and why; asking the same again gives the same
 *   MISSING    there is no such thing
 *   DOUBTFUL   it may have been done, or not: look (find) before it is tried again
 *   OFFLINE    nothing has reached the shop: try again later */
#ifndef SK_SYNC_BACKEND_H
#define SK_SYNC_BACKEND_H
#include "shop/account.h"
#include "shop/feed.h"
#include "shop/outbox.h"
#include "shop/tracking.h"

enum outcome_kind {
    OUTCOME_DONE,
    OUTCOME_UNCHANGED,
    OUTCOME_REFUSED,
    OUTCOME_MISSING,
    OUTCOME_DOUBTFUL,
    OUTCOME_OFFLINE
};

enum refusal {
    REFUSAL_NONE,
    REFUSAL_CHANGED,   /* the total is another one: `quote` */
    REFUSAL_STOCK,     /* sold out, or fewer than asked for */
    REFUSAL_GONE,      /* no longer sold, or without a price */
    REFUSAL_ADDRESS,   /* unknown, or nothing is delivered there */
    REFUSAL_DELIVERY,  /* that way is not offered */
    REFUSAL_PAYMENT,   /* declined, expired, unknown */
    REFUSAL_CANCELLED, /* it was cancelled before it came */
    REFUSAL_LATE,      /* packed already, closed already, not delivered yet */
    REFUSAL_TOKEN,     /* who are you: pair (anew) */
    REFUSAL_CURSOR,    /* begin the catalogue anew */
    REFUSAL_UNCERTAIN, /* of a DOUBTFUL look: the shop has answered, and cannot say whether there is an order */
    REFUSAL_NEVER,     /* this shop has nothing of the kind */
    REFUSAL_OTHER,
    REFUSAL_COUNT
};

struct outcome {
    enum outcome_kind kind;
    enum refusal refusal;
    int retry_s;   /* what the server asks for; 0 nothing */
    char why[200]; /* a sentence for the operator, without secrets; "" DONE */
};

enum { ETAG_MAX = 512, CODE_MAX = 16, PAGE_URL_MAX = 200, MESSAGES_PAGE_MAX = 50, MESSAGE_ID_MAX = 24 };

struct quote {
    int64_t total_minor; /* what will be paid */
    int64_t discount_minor, delivery_minor;
    char coupon_state[16]; /* of the first coupon: counts, expired ... ; "" none */
};

/* What the server made of an order. */
struct placed {
    char remote[REMOTE_MAX]; /* the server's id of it: a secret */
    int64_t total_minor;
    bool repeated; /* it was there already */
};

struct pairing {
    char id[64], secret[64]; /* what the token is asked for with */
    char code[CODE_MAX], page[PAGE_URL_MAX];
    int poll_s;
    int64_t until_ms;
};

struct desk_message { /* of the shop's people */
    char id[MESSAGE_ID_MAX];
    char ticket[KEY_MAX_BYTES]; /* the device's key of the ticket */
    bool closed;
    char name[PERSON_NAME_MAX], text[MESSAGE_MAX];
};

struct desk_page {
    struct desk_message v[MESSAGES_PAGE_MAX];
    int n;
    char last[MESSAGE_ID_MAX];
    bool more;
};

/* One page of what has changed. */
struct page {
    char cursor[CURSOR_MAX], etag[ETAG_MAX];
    bool more;
};

struct backend;

struct backend_config {
    const char *server, *ca, *token_file;
    const char *currency;                 /* of the shop; money in another one is refused */
    const char *region, *country, *email; /* of a shop that does not know who buys; NULL or "" what the shop has */
    int connect_ms, all_ms;               /* of a request; 0 the defaults */
    bool (*stopped)(void *ctx);           /* may be NULL; a request that waits is given up when it says true */
    void *ctx;
};

struct backend_ops {
    const char *name;
    bool needs_server;
    bool pairs;         /* speakers are introduced to it by a code */
    const char *limits; /* what cannot be done this way, for the owner; NULL nothing */
    err_t (*open)(struct backend **out, const struct backend_config *config);
    void (*close)(struct backend *b);

    /* Login: the speaker shows a code, its owner approves it, the token is kept in the token file. DOUBTFUL of
     * pair_token is "not yet". */
    struct outcome (*pair)(struct backend *b, const char *name, struct pairing *out);
    struct outcome (*pair_token)(struct backend *b, const struct pairing *p);

    /* Who buys, and how: the customer, addresses, ways of delivery, payments. */
    struct outcome (*account)(struct backend *b, const char *etag, struct account *out, char etag_now[ETAG_MAX]);
    /* One page of the catalogue after `cursor` ("" from the beginning): fn for each product, in order. An error of fn
     * ends it and is returned in *err; so is what is wrong with the page (ERR_FORMAT, ERR_RANGE), then the outcome is
     * REFUSED with REFUSAL_OTHER. */
    struct outcome (*changes)(struct backend *b, const char *cursor, const char *etag, feed_fn *fn, void *ctx,
                              struct page *out, err_t *err);

    /* What the order would cost now; REFUSED with what stands in its way. */
    struct outcome (*quote)(struct backend *b, const struct outgoing_order *o, struct quote *out);
    /* What can be made of it without ordering, after a quote of the same order; the handle is kept with the order, on
     * the disk, before it is placed, and is in `o->handle` from then on. NULL: nothing. */
    struct outcome (*prepare)(struct backend *b, const struct outgoing_order *o, char handle[REMOTE_MAX]);
    /* Makes the order once, if it costs `o->agreed_minor`. */
    struct outcome (*place)(struct backend *b, const struct outgoing_order *o, struct placed *out, struct quote *now);
    /* What has become of it: DONE it is there, MISSING it is not and may be placed, DOUBTFUL it is being made; with
     * REFUSAL_UNCERTAIN nobody may ever know. */
    struct outcome (*find)(struct backend *b, const struct outgoing_order *o, struct placed *out);
    /* Where an order is. */
    struct outcome (*status)(struct backend *b, const struct tracked *t, struct tracking *out, char etag_now[ETAG_MAX]);
    /* The customer's latest orders, also those made elsewhere: fn for each. */
    struct outcome (*list)(struct backend *b, int limit, void (*fn)(void *ctx, const struct tracking *t), void *ctx);
    struct outcome (*cancel)(struct backend *b, const char *key);
    struct outcome (*readdress)(struct backend *b, const char *key, const char *address);
    struct outcome (*send_back)(struct backend *b, const struct outgoing_return *r);

    /* People of the shop: a ticket with its packet (JSON), what the shopper says to it, that it is over, and back. */
    struct outcome (*hand_over)(struct backend *b, const struct outgoing_ticket *t, const char *packet);
    struct outcome (*say)(struct backend *b, const char *ticket, const char *key, const char *text, int64_t at_ms);
    struct outcome (*heard)(struct backend *b, const char *message, int64_t at_ms);
    struct outcome (*hang_up)(struct backend *b, const char *ticket, int64_t at_ms);
    struct outcome (*messages)(struct backend *b, const char *after, struct desk_page *out);
};

struct backend {
    const struct backend_ops *ops;
};

/* The adapter of that name; ERR_NOT_FOUND names those that there are. */
SK_MUST_USE err_t backend_find(const struct backend_ops **out, const char *name);

/* "changed", "stock" ...: names of refusals in the store and the replies. Static storage. */
const char *refusal_name(enum refusal r);
/* Outcomes for adapters. */
struct outcome outcome_of(enum outcome_kind kind, enum refusal refusal, const char *why);

extern const struct backend_ops backend_local, backend_medusa, backend_medusa_store;

#endif
