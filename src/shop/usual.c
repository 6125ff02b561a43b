/* What a customer usually buys ("my usual"), and as what: the options and the quantity they mostly take. */
#include <string.h>

#include "shop/catalog.h"
#include "shop/customer.h"
#include "shop/orders.h"
#include "shop/text.h"

/* `words`: only lines that have them; "" all. */
static err_t usual(struct shop *s, const char *words, bool sold_out_too, struct product *out, size_t cap, size_t *n,
                   int64_t now_ms) {
    int64_t customer;
    char match[MATCH_MAX_BYTES];
    sqlite3_stmt *q;
    size_t count = 0;
    bool row;
    int n_words = text_match(match, sizeof match, words, " AND ");
    *n = 0;
    if (n_words == 0 && *words) return ERR_OK; /* only signs: no product is called that */
    TRY(customer_id(s, &customer));
    TRY(sql_start(s, &q, SQL_USUAL, "iiiit", customer, now_ms, (int64_t)cap, (int64_t)sold_out_too,
                  n_words ? match : NULL));
    TRY(sql_next(s, q, &row));
    while (row && count < cap) {
        product_read(q, &out[count]);
        out[count++].score = (double)sql_number(q, PRODUCT_COLUMN_COUNT, 0);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    *n = count;
    return ERR_OK;
}

err_t orders_usual(struct shop *s, struct product *out, size_t cap, size_t *n, int64_t now_ms) {
    return usual(s, "", false, out, cap, n, now_ms);
}

/* What was bought once is usual only for who never bought anything twice. */
static bool is_usual(const struct product *p, bool any_twice) {
    return p->score >= (any_twice ? 2 : 1);
}

err_t orders_usual_lines(struct shop *s, const char *words, int max_lines, struct orders *out, int64_t now_ms) {
    struct product products[FOUND_MAX];
    int64_t customer;
    size_t n;
    bool any_twice = false;
    TRY(usual(s, words, true, products, FOUND_MAX, &n, now_ms));
    TRY(customer_id(s, &customer));
    for (size_t i = 0; i < n; i++) any_twice = any_twice || products[i].score >= 2;
    memset(out, 0, sizeof *out);
    struct order *usual_order = &out->v[0];
    for (size_t i = 0; i < n && usual_order->n_lines < max_lines; i++) {
        sqlite3_stmt *q;
        if (!is_usual(&products[i], any_twice)) continue;
        TRY(sql_start(s, &q, SQL_USUAL_LINE, "ii", customer, products[i].variant));
        TRY(order_lines_read(s, q, usual_order));
    }
    out->n = out->total = usual_order->n_lines > 0;
    memcpy(usual_order->currency, n ? products[0].currency : "", n ? sizeof usual_order->currency : 1);
    return ERR_OK;
}
