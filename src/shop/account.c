#include "shop/account.h"

#include <inttypes.h>
#include <stdio.h>

#include "shop/store.h"

static const char *state_name(enum payment_state state) {
    return state == PAYMENT_OK ? "ok" : state == PAYMENT_EXPIRED ? "expired" : "declined";
}

static err_t put_ways(struct shop *s, const struct account *a) {
    TRY(sql_run(s, SQL_DELIVERIES_FORGET, ""));
    for (int i = 0; i < a->n_ways; i++) {
        const struct account_way *w = &a->ways[i];
        TRY(sql_run(s, SQL_ACCOUNT_DELIVERY_PUT, "tittiiii", w->id, (int64_t)i, w->name, w->also, w->price_minor,
                    w->free_from_minor < 0 ? SQL_NULL : w->free_from_minor, w->days ? (int64_t)w->days : SQL_NULL,
                    (int64_t)w->pickup));
    }
    return ERR_OK;
}

static err_t choose(struct shop *s, int64_t customer) {
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, customer);
    return meta_set(s, "customer", text);
}

static err_t put_in_tx(struct shop *s, const struct account *a) {
    int64_t customer;
    if (a->ways_only) return put_ways(s, a);
    TRY(sql_run(s, SQL_CUSTOMER_PUT, "ttt", a->customer, a->name, a->address));
    TRY(sql_int(s, &customer, SQL_ACCOUNT_CUSTOMER, "t", a->customer));
    TRY(choose(s, customer));
    TRY(sql_run(s, SQL_ACCOUNT_ADDRESSES_FORGET, "i", customer));
    for (int i = 0; i < a->n_addresses; i++)
        TRY(sql_run(s, SQL_ADDRESS_PUT, "itt", customer, a->addresses[i].nickname, a->addresses[i].text));
    TRY(sql_run(s, SQL_ACCOUNT_PAYMENTS_FORGET, "i", customer));
    for (int i = 0; i < a->n_payments; i++)
        TRY(sql_run(s, SQL_ACCOUNT_PAYMENT_PUT, "itit", customer, a->payments[i].nickname, (int64_t)i,
                    state_name(a->payments[i].state)));
    return put_ways(s, a);
}

err_t account_put(struct shop *s, const struct account *a) {
    if (!*a->customer && !a->ways_only) return err_fail(ERR_FORMAT, "the server tells no customer");
    TRY(tx_begin(s));
    return tx_end(s, put_in_tx(s, a));
}
