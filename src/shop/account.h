/* Who buys by this speaker, and how, as the shop's server tells it. Thread and errors as in shop.h. */
#ifndef SK_SHOP_ACCOUNT_H
#define SK_SHOP_ACCOUNT_H
#include "shop/outbox.h"

struct account_way {
    char id[SHOP_ID_MAX], name[WAY_NAME_MAX], also[160];
    int64_t price_minor, free_from_minor; /* free_from: -1 never */
    int days;                             /* 0 unknown */
    bool pickup;
};

struct account {
    bool ways_only; /* the server does not know who buys: the ways of delivery are all that it tells */
    char customer[SHOP_ID_MAX], name[64];
    char address[ADDRESS_MAX]; /* the usual one, "" none */
    int n_addresses;           /* the others */
    struct address addresses[ADDRESSES_MAX];
    int n_payments;
    struct payment payments[PAYMENTS_MAX];
    int n_ways;
    struct account_way ways[WAYS_MAX];
};

/* Takes it all over in one transaction: the speaker is this customer's from now on, with what is in its basket. */
SK_MUST_USE err_t account_put(struct shop *s, const struct account *a);

#endif
