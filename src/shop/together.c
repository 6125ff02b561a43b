/* What goes with what: products that are ordered together, from the shop's own orders. The store notes which orders
 * came, went or changed, and only those are counted. */
#include "shop/catalog.h"
#include "shop/customer.h"
#include "shop/shop.h"

static err_t count(struct shop *s, int64_t sign) {
    TRY(sql_run(s, SQL_TOGETHER_SINGLES, "i", sign));
    return sql_run(s, SQL_TOGETHER_PAIRS, "i", sign);
}

static err_t prepare_in_tx(struct shop *s) {
    TRY(count(s, -1));
    TRY(sql_run(s, SQL_TOGETHER_FORGET, ""));
    TRY(sql_run(s, SQL_TOGETHER_TAKE, ""));
    TRY(count(s, 1));
    return sql_run(s, SQL_TOGETHER_COUNTED, "");
}

err_t together_prepare(struct shop *s) {
    int64_t waiting;
    TRY(sql_int(s, &waiting, SQL_TOGETHER_WAITING, ""));
    if (!waiting) return ERR_OK;
    TRY(tx_begin(s));
    return tx_end(s, prepare_in_tx(s));
}

err_t together_with(struct shop *s, int64_t variant, int64_t now_ms, struct product *out) {
    int64_t customer;
    sqlite3_stmt *q;
    size_t n;
    bool allowed;
    out->variant = 0;
    TRY(suggestions_allowed(s, &allowed));
    if (!allowed) return ERR_OK;
    TRY(customer_id(s, &customer));
    TRY(sql_start(s, &q, SQL_TOGETHER_WITH, "iii", customer, variant, now_ms));
    return products_read(s, q, out, 1, &n);
}
