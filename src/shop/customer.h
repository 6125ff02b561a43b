/* Whose basket and orders are meant. Private to shop/. */
#ifndef SK_SHOP_CUSTOMER_H
#define SK_SHOP_CUSTOMER_H
#include "shop/store.h"

/* The customer of a speaker whose shop has named none. */
enum { CUSTOMER_GUEST = 0 };

SK_MUST_USE err_t customer_id(struct shop *s, int64_t *out);
/* The same, and that there is a row of it for others to point to, inside a transaction. */
SK_MUST_USE err_t customer_keep(struct shop *s, int64_t *out);

#endif
