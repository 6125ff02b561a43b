/* Orders by row. Private to shop/. */
#ifndef SK_SHOP_ORDERS_H
#define SK_SHOP_ORDERS_H
#include "shop/shop.h"
#include "shop/store.h"

/* Appends the rows of a statement of LINE_COLUMNS (statements.c), with what has become of them since. */
SK_MUST_USE err_t order_lines_read(struct shop *s, sqlite3_stmt *q, struct order *out);
enum { SEND_BACK_FIRST = 700 }; /* return numbers begin here */

SK_MUST_USE err_t order_get(struct shop *s, int64_t id, struct order *out);
/* The id of the customer's order of that number. ERR_NOT_FOUND. */
SK_MUST_USE err_t order_id(struct shop *s, const char *number, int64_t *out);

#endif
