/* A line of an order on its way into the store: from a file, or from the basket. Private to shop/. */
#ifndef SK_SHOP_ORDER_LINE_H
#define SK_SHOP_ORDER_LINE_H
#include "shop/store.h"

struct new_line {
    int64_t order;
    int64_t variant;             /* SQL_NULL: no longer sold */
    const char *title, *options; /* "": as the variant's today */
    int64_t quantity_milli;
    int64_t price_minor; /* of one; SQL_NULL: today's */
    int64_t position;    /* from 1; 0: behind those that are there */
};

/* Adds it to its order and makes it findable by its words. ERR_RANGE beyond ORDER_LINES_MAX lines. */
SK_MUST_USE err_t order_line_add(struct shop *s, const struct new_line *line);

#endif
