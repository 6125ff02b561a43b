/* Whose basket and orders are meant. Private to shop/. */
#ifndef SK_SHOP_CUSTOMER_H
#define SK_SHOP_CUSTOMER_H
#include "shop/store.h"

/* The customer of a speaker whose shop has named none. */
enum { CUSTOMER_GUEST = 0 };

SK_MUST_USE err_t customer_id(struct shop *s, int64_t *out);
/* The same, and that there is a row of it for others to point to, inside a transaction. */
SK_MUST_USE err_t customer_keep(struct shop *s, int64_t *out);

/* Marks the notices (notices.c) of what has come about since; remarks_due() tells them, too. */
SK_MUST_USE err_t notices_happened(struct shop *s, int64_t customer, int64_t now_ms);

#endif
