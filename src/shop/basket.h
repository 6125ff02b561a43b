/* The basket by row: what cart.c, coupons.c, choices.c and undo.c share. Private to shop/. */
#ifndef SK_SHOP_BASKET_H
#define SK_SHOP_BASKET_H
#include "shop/shop.h"
#include "shop/store.h"

enum { WAY_ID_MAX = 32 };

struct choices { /* what was chosen for the basket; "" the usual */
    char coupon[COUPON_CODE_MAX], delivery[WAY_ID_MAX], address[160], payment[PAYMENT_NAME_MAX];
};

SK_MUST_USE err_t choices_read(struct shop *s, int64_t customer, struct choices *out);
/* Fills in the basket's way of delivery, address and payment. `subtotal_minor` is there already. */
SK_MUST_USE err_t choices_apply(struct shop *s, int64_t customer, const struct choices *c, struct cart *cart);
/* Keeps a choice, by one of the SQL_BASKET_ statements that set one. Inside a transaction. */
SK_MUST_USE err_t choice_keep(struct shop *s, enum sql set, const char *value, int64_t now_ms);

/* cart_add() inside a transaction; `options`: the chosen ones. */
SK_MUST_USE err_t cart_add_in_tx(struct shop *s, const struct product *p, const char *options, int64_t extra_minor,
                                 int quantity_milli, int64_t now_ms);

#endif
