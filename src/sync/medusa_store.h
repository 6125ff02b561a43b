/* The adapter of the Store API, which every Medusa v2 shop has: for shops that do not install the plug-in. What a web
 * shop's visitor can do without logging in, and no more. Private to sync/medusa_store*.c.
 *
 * An order is a cart that is completed. Medusa gives a cart one order, but a server that is killed in the middle leaves
 * one that its cart does not know, and which nobody can look up here. So a cart is completed by one request; what
 * became of it is looked up in the cart, and where that does not say, it is for the shop's people. */
#ifndef SK_SYNC_MEDUSA_STORE_H
#define SK_SYNC_MEDUSA_STORE_H
#include "sync/medusa.h"

struct store {
    struct medusa medusa; /* first, as in medusa.h */
    char region[SHOP_ID_MAX], country[4], email[128];
    bool region_known;                                       /* and the country */
    int restarts;                                            /* of passes through the catalogue, one after the other */
    char quoted_key[KEY_MAX_BYTES], quoted_cart[REMOTE_MAX]; /* of the order that was asked about last */
};

/* Asks, and frees the body (NULL none); medusa_free() the answer. */
struct outcome store_ask(struct store *s, const char *method, const char *path, struct body *body,
                         struct medusa_answer *a);
/* Learns region and country of the shop. DOUBTFUL if they have to be named in the settings. */
struct outcome store_region(struct store *s);

/* medusa_store_catalogue.c */
struct outcome store_changes(struct backend *b, const char *cursor, const char *etag, feed_fn *fn, void *ctx,
                             struct page *out, err_t *err);
/* medusa_store_orders.c */
struct outcome store_account(struct backend *b, const char *etag, struct account *out, char etag_now[ETAG_MAX]);
struct outcome store_quote(struct backend *b, const struct outgoing_order *o, struct quote *out);
struct outcome store_prepare(struct backend *b, const struct outgoing_order *o, char handle[REMOTE_MAX]);
struct outcome store_place(struct backend *b, const struct outgoing_order *o, struct placed *out, struct quote *now);
struct outcome store_find(struct backend *b, const struct outgoing_order *o, struct placed *out);
/* medusa_store_status.c */
struct outcome store_status(struct backend *b, const struct tracked *t, struct tracking *out, char etag_now[ETAG_MAX]);

#endif
