/* Orders by row. Private to shop/. */
#ifndef SK_SHOP_ORDERS_H
#define SK_SHOP_ORDERS_H
#include "shop/shop.h"
#include "shop/store.h"

SK_MUST_USE err_t order_get(struct shop *s, int64_t id, struct order *out);

#endif
