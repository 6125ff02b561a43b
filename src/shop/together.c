/* What goes with what: products that are ordered together, from the shop's own orders. Counted when orders have come
 * and kept in a table, so that asking for one takes a look-up. */
#include "base/str.h"
#include "shop/catalog.h"
#include "shop/customer.h"
#include "shop/shop.h"

enum { MARK_BYTES = 48 };

#define MARK_KEY "together.mark"

static err_t mark_read(struct shop *s, char mark[MARK_BYTES]) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_TOGETHER_MARK, ""));
    TRY(sql_next(s, q, &row));
    if (!row) return err_fail(ERR_FORMAT, "the orders cannot be counted");
    sql_text(q, 0, mark, MARK_BYTES);
    sql_stop(q);
    return ERR_OK;
}

static err_t prepare_in_tx(struct shop *s, const char *mark) {
    TRY(sql_run(s, SQL_TOGETHER_FORGET, ""));
    TRY(sql_run(s, SQL_TOGETHER_MAKE, ""));
    return meta_set(s, MARK_KEY, mark);
}

err_t together_prepare(struct shop *s) {
    char mark[MARK_BYTES], made[MARK_BYTES];
    TRY(mark_read(s, mark));
    TRY(meta_text(s, MARK_KEY, "", made, sizeof made));
    if (str_equal(mark, made)) return ERR_OK;
    TRY(tx_begin(s));
    return tx_end(s, prepare_in_tx(s, mark));
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
