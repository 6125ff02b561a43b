#include "shop/quoted.h"

#include <string.h>

#include "base/str.h"
#include "shop/customer.h"
#include "shop/store.h"

static err_t lines_read(struct shop *s, int64_t customer, struct outgoing_order *out) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_QUOTED_LINES, "i", customer));
    TRY(sql_next(s, q, &row));
    while (row && out->n_lines < ORDER_LINES_MAX) {
        struct outgoing_line *l = &out->lines[out->n_lines++];
        sql_text(q, 0, l->variant, sizeof l->variant);
        sql_text(q, 1, l->options, sizeof l->options);
        l->quantity_milli = sqlite3_column_int(q, 2);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

err_t basket_unquoted(struct shop *s, int64_t now_ms, struct outgoing_order *out, int64_t *version, bool *any) {
    int64_t customer;
    struct cart cart;
    sqlite3_stmt *q;
    memset(out, 0, sizeof *out);
    TRY(customer_id(s, &customer));
    TRY(sql_start(s, &q, SQL_QUOTED_BASKET, "i", customer));
    TRY(sql_next(s, q, any));
    if (!*any) return ERR_OK;
    *version = sqlite3_column_int64(q, 0);
    sql_text(q, 1, out->coupon, sizeof out->coupon);
    sql_text(q, 2, out->way, sizeof out->way);
    sql_text(q, 3, out->address, sizeof out->address);
    sql_text(q, 4, out->who, sizeof out->who);
    sql_text(q, 5, out->to, sizeof out->to);
    sql_stop(q);
    TRY(cart_get(s, now_ms, &cart));
    if (cart.coupon.state != COUPON_COUNTS) out->coupon[0] = '\0'; /* as order_place() does */
    str_copy(out->payment, sizeof out->payment, cart.payment.nickname);
    str_copy(out->currency, sizeof out->currency, cart.currency);
    out->agreed_minor = cart.total_minor;
    return lines_read(s, customer, out);
}

err_t basket_quote_keep(struct shop *s, int64_t version, int64_t total_minor, int64_t delivery_minor) {
    int64_t customer;
    bool counts = total_minor >= 0;
    TRY(customer_id(s, &customer));
    return sql_run(s, SQL_QUOTED_KEEP, "iiii", customer, version, counts ? total_minor : SQL_NULL,
                   counts ? delivery_minor : SQL_NULL);
}

err_t basket_quotes_forget(struct shop *s) {
    return sql_run(s, SQL_QUOTED_FORGET, "");
}
