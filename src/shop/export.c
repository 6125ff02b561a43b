#include "shop/export.h"

#include "shop/store.h"

static const char *column(sqlite3_stmt *q, int i) {
    const char *text = (const char *)sqlite3_column_text(q, i);
    return text ? text : "";
}

err_t orders_export(struct shop *s, int64_t from_ms, void (*fn)(void *ctx, const struct exported_line *l), void *ctx) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_EXPORT, "i", from_ms));
    for (;;) {
        TRY(sql_next(s, q, &row));
        if (!row) return ERR_OK;
        fn(ctx, &(struct exported_line){.number = column(q, 0),
                                        .state = column(q, 1),
                                        .placed_ms = sqlite3_column_int64(q, 2),
                                        .customer = column(q, 3),
                                        .address = column(q, 4),
                                        .way = column(q, 5),
                                        .payment = column(q, 6),
                                        .coupon = column(q, 7),
                                        .discount_minor = sqlite3_column_int64(q, 8),
                                        .delivery_minor = sqlite3_column_int64(q, 9),
                                        .total_minor = sqlite3_column_int64(q, 10),
                                        .currency = column(q, 11),
                                        .position = sqlite3_column_int(q, 12),
                                        .product = column(q, 13),
                                        .title = column(q, 14),
                                        .options = column(q, 15),
                                        .quantity_milli = sqlite3_column_int64(q, 16),
                                        .price_minor = sqlite3_column_int64(q, 17)});
    }
}
