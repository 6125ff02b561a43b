/* Tickets and the shop's server: what a shopper says to a person goes out, what the person writes comes in, each once.
 * Thread and errors as in shop.h. */
#ifndef SK_SHOP_DESK_H
#define SK_SHOP_DESK_H
#include "shop/outbox.h"

struct desk_unsent {
    int64_t id; /* of the message */
    char ticket[KEY_MAX_BYTES];
    char text[1024];
    int64_t at_ms;
    char heard[32]; /* the server's id: it was read out to the shopper; "" the shopper said `text` */
};

/* The first after `after` that the server does not know of. */
SK_MUST_USE err_t desk_unsent(struct shop *s, int64_t after, struct desk_unsent *out, bool *any);
/* Before one is sent, which goes under its number: on the disk, so that a power cut gives that number to no other. */
SK_MUST_USE err_t desk_keep(struct shop *s);
SK_MUST_USE err_t desk_sent(struct shop *s, int64_t message);
/* A ticket that the shopper closed, all of whose messages have gone. */
SK_MUST_USE err_t desk_unclosed(struct shop *s, int64_t after, int64_t *ticket, char key[KEY_MAX_BYTES], int64_t *at_ms,
                                bool *any);
SK_MUST_USE err_t desk_closed(struct shop *s, int64_t ticket);
/* Tickets that the server has and that are open. */
SK_MUST_USE err_t desk_open_tickets(struct shop *s, int64_t *n);

struct desk_reply {
    const char *id, *ticket, *name, *text; /* id: the server's */
    bool closed;
};
/* What people of the shop wrote, with where to go on; all of it in one transaction. What came before, and what is for
 * a ticket that is forgotten, is passed over. */
SK_MUST_USE err_t desk_take(struct shop *s, const struct desk_reply *v, int n, const char *last, int64_t now_ms);

#endif
