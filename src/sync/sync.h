/* One meeting with the shop's server: what the outbox holds goes out, the catalogue, the whereabouts of orders and the
 * words of the shop's people come in. Whoever runs it decides when (apps/shopkeeper_syncd.c, apps/commands/sync.c); it
 * may be broken off anywhere, and nothing is lost or done twice.
 *
 * One thread; one at a time on a database (apps/syncing.h sees to it). Times are handed in by a clock, chance too. */
#ifndef SK_SYNC_SYNC_H
#define SK_SYNC_SYNC_H
#include "sync/backend.h"

struct sync {
    struct shop *shop;
    struct backend *backend;
    const struct shop_hooks *hooks; /* how names are said; may be NULL */
    int64_t (*now_ms)(void);
    uint32_t (*chance)(void *ctx);
    /* The packet of a ticket as JSON, malloc()ed; an error is logged and tried again later. */
    err_t (*packet)(void *ctx, const char *code, char **out);
    bool (*stopped)(void *ctx);                          /* true: come to an end soon; may be NULL */
    void (*tell)(void *ctx, const char *what, int done); /* progress; may be NULL */
    void *ctx;
};

enum sync_part {
    SYNC_OUTBOX = 1,
    SYNC_ACCOUNT = 2,
    SYNC_CATALOGUE = 4,
    SYNC_ORDERS = 8,
    SYNC_LIST = 16,
    SYNC_DESK = 32,
    SYNC_BASKET = 64
};
#define SYNC_ALL (SYNC_OUTBOX | SYNC_ACCOUNT | SYNC_CATALOGUE | SYNC_ORDERS | SYNC_LIST | SYNC_DESK | SYNC_BASKET)

struct sync_report {
    int sent;                            /* rows of the outbox that are settled, whatever became of them */
    int placed, refused, asked, waiting; /* orders of them; waiting: have to be tried again */
    int uncertain;                       /* of which nobody will know */
    struct feed_report feed;
    int looked, moved;     /* orders whose whereabouts were asked for; that had moved */
    int messages;          /* of the shop's people */
    bool reached, offline; /* the server answered; it could not be reached (the pass ended there) */
    bool unpaired;         /* the server does not know this speaker */
    int retry_s;           /* how long the server wants us to wait; 0 it said nothing */
    char trouble[256];     /* the last thing that went wrong: a sentence; "" nothing */
};

/* Does the parts in their order. ERR_ of the store only: what the server does is in the report. */
SK_MUST_USE err_t sync_pass(struct sync *y, unsigned parts, struct sync_report *out);

/* ---- inside sync/ ---- */

/* Notes what an outcome says of the server; true if there is no point in going on now. */
bool sync_heard(struct sync_report *r, const struct outcome *o, const char *what);
bool sync_is_stopped(const struct sync *y);

err_t send_outbox(struct sync *y, struct sync_report *r);    /* sender.c */
err_t follow_account(struct sync *y, struct sync_report *r); /* follow.c */
err_t follow_basket(struct sync *y, struct sync_report *r);
err_t follow_orders(struct sync *y, struct sync_report *r);
err_t follow_list(struct sync *y, struct sync_report *r);
err_t follow_desk(struct sync *y, struct sync_report *r);
err_t take_catalogue(struct sync *y, struct sync_report *r); /* catalogue.c */

#endif
