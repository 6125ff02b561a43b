/* Taking back an order that has just been placed and is still held in the outbox: as if it had never been. */
#include "shop/basket.h"
#include "shop/catalog.h"
#include "shop/customer.h"
#include "shop/orders.h"

/* What cannot be bought any more stays out of the basket. */
static err_t line_back(struct shop *s, const struct order_line *line, int64_t now_ms) {
    struct product p;
    int64_t extra;
    if (!line->variant || catalog_variant(s, line->variant, &p)) return ERR_OK;
    const char *chosen = options_chosen(line->options, p.options);
    TRY(options_extra(s, line->variant, chosen, &extra));
    err_t err = cart_add_in_tx(s, &p, chosen, extra, line->quantity_milli, now_ms);
    return err == ERR_RANGE || err == ERR_FULL ? ERR_OK : err;
}

static err_t undo_in_tx(struct shop *s, const char *number, int64_t now_ms) {
    int64_t customer, id;
    struct order o;
    TRY(customer_id(s, &customer));
    err_t err = sql_int(s, &id, SQL_ORDER_HELD, "iti", customer, number, now_ms);
    if (err == ERR_NOT_FOUND) return err_fail(ERR_RANGE, "order %.20s has been sent to the shop", number);
    TRY(err);
    TRY(order_get(s, id, &o));
    TRY(sql_run(s, SQL_STOCK_RETURN, "i", id));
    for (int i = 0; i < o.n_lines; i++) TRY(line_back(s, &o.lines[i], now_ms));
    TRY(sql_run(s, SQL_BASKET_CHOICES_BACK, "ii", customer, id));
    TRY(sql_run(s, SQL_OUTBOX_REMOVE, "i", id));
    return sql_run(s, SQL_ORDER_REMOVE, "i", id);
}

err_t order_undo(struct shop *s, const char *number, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, undo_in_tx(s, number, now_ms));
}
