/* Coupons as the basket sees them. Private to shop/. */
#ifndef SK_SHOP_COUPONS_H
#define SK_SHOP_COUPONS_H
#include "shop/shop.h"
#include "shop/store.h"

/* What the coupon of that code, or of what people say for it, does to a basket (its lines and subtotal are read). ""
 * is COUPON_NONE. */
SK_MUST_USE err_t coupon_weigh(struct shop *s, const char *code, const struct cart *cart, int64_t now_ms,
                               struct coupon *out);

#endif
