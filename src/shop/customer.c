#include "shop/customer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "shop/shop.h"

err_t customer_get(struct shop *s, struct customer *out) {
    char chosen[24];
    sqlite3_stmt *q;
    bool row;
    TRY(meta_text(s, "customer", "0", chosen, sizeof chosen));
    TRY(sql_start(s, &q, SQL_CUSTOMER_GET, "i", (int64_t)strtoll(chosen, NULL, 10)));
    TRY(sql_next(s, q, &row));
    if (!row) return err_fail(ERR_NOT_FOUND, "the shop knows no customer yet: add customers.csv to its folder");
    out->id = sqlite3_column_int64(q, 0);
    sql_text(q, 1, out->name, sizeof out->name);
    sql_text(q, 2, out->address, sizeof out->address);
    sql_stop(q);
    return ERR_OK;
}

err_t customer_choose(struct shop *s, const char *name) {
    int64_t id;
    char text[24];
    err_t err = sql_int(s, &id, SQL_CUSTOMER_BY_NAME, "t", name);
    if (err == ERR_NOT_FOUND) return err_fail(err, "the shop knows no customer called '%.60s'", name);
    TRY(err);
    snprintf(text, sizeof text, "%" PRId64, id);
    return meta_set(s, "customer", text);
}

err_t customer_id(struct shop *s, int64_t *out) {
    struct customer c;
    err_t err = customer_get(s, &c);
    if (err == ERR_NOT_FOUND) {
        *out = CUSTOMER_GUEST;
        return ERR_OK;
    }
    if (!err) *out = c.id;
    return err;
}

err_t customer_keep(struct shop *s, int64_t *out) {
    TRY(customer_id(s, out));
    return *out == CUSTOMER_GUEST ? sql_run(s, SQL_CUSTOMER_GUEST_PUT, "") : ERR_OK;
}
