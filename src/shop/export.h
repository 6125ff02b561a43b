/* Orders that settled here, for the shop's owner: a shop without a server has no other way to learn of them. Thread and
 * errors as in shop.h. */
#ifndef SK_SHOP_EXPORT_H
#define SK_SHOP_EXPORT_H
#include "shop/shop.h"

struct exported_line { /* strings are borrowed for the call */
    const char *number, *state, *customer, *address, *way, *payment, *coupon, *currency;
    int64_t placed_ms, discount_minor, delivery_minor, total_minor; /* of the order */
    int position;
    const char *product, *title, *options; /* product: the shop's id of the variant, "" unknown */
    int64_t quantity_milli, price_minor;   /* of one */
};

/* Calls fn with each line of the orders made on this device that are placed, or were, from then on; oldest first. */
SK_MUST_USE err_t orders_export(struct shop *s, int64_t from_ms, void (*fn)(void *ctx, const struct exported_line *l),
                                void *ctx);

#endif
