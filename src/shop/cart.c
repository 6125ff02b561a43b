#include <string.h>

#include "base/money.h"
#include "base/str.h"
#include "shop/basket.h"
#include "shop/catalog.h"
#include "shop/coupons.h"
#include "shop/customer.h"

enum { QUANTITY_MAX_MILLI = 99000 };

static const int64_t DAY_MS = 24 * 60 * 60 * 1000;

/* ---- reading ---- */

static err_t line_read(sqlite3_stmt *q, struct cart_line *line) {
    char of_variant[OPTIONS_MAX], chosen[OPTIONS_MAX];
    int64_t milli_total;
    line->variant = sqlite3_column_int64(q, 0);
    sql_text(q, 1, line->title, sizeof line->title);
    sql_text(q, 2, of_variant, sizeof of_variant);
    sql_text(q, 3, chosen, sizeof chosen);
    options_join(line->options, sizeof line->options, of_variant, chosen);
    line->quantity_milli = (int)sqlite3_column_int64(q, 4);
    line->price_minor = sqlite3_column_int64(q, 5);
    line->stock = (int)sql_number(q, 6, STOCK_UNLIMITED);
    sql_text(q, 7, line->category, sizeof line->category);
    TRY(money_times(&milli_total, line->price_minor, line->quantity_milli));
    line->total_minor = (milli_total + 500) / 1000;
    return ERR_OK;
}

static err_t lines_read(struct shop *s, int64_t customer, struct cart *out) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_BASKET_LINES, "i", customer));
    TRY(sql_next(s, q, &row));
    while (row && out->n_lines < CART_LINES_MAX) {
        struct cart_line *line = &out->lines[out->n_lines];
        TRY(line_read(q, line));
        out->subtotal_minor += line->total_minor;
        out->n_lines++;
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

/* What the shop's server wants for it counts more than what is computed here: it knows the taxes. */
static err_t take_quote(struct shop *s, int64_t customer, struct cart *out) {
    sqlite3_stmt *q;
    TRY(sql_start(s, &q, SQL_QUOTED_TOTAL, "i", customer));
    TRY(sql_next(s, q, &out->quoted));
    if (!out->quoted) return ERR_OK;
    out->total_minor = sqlite3_column_int64(q, 0);
    out->delivery_minor = sqlite3_column_int64(q, 1);
    sql_stop(q);
    return ERR_OK;
}

err_t cart_get(struct shop *s, int64_t now_ms, struct cart *out) {
    struct cart cart = {0};
    struct shop_profile profile;
    struct choices choices;
    int64_t customer;
    TRY(shop_profile(s, &profile));
    TRY(customer_id(s, &customer));
    TRY(lines_read(s, customer, &cart));
    TRY(choices_read(s, customer, &choices));
    TRY(choices_apply(s, customer, &choices, &cart));
    TRY(coupon_weigh(s, choices.coupon, &cart, now_ms, &cart.coupon));
    cart.total_minor = cart.subtotal_minor - cart.coupon.discount_minor + cart.delivery_minor;
    TRY(take_quote(s, customer, &cart));
    TRY(sql_int(s, &cart.lately_minor, SQL_ORDERED_LATELY, "ii", customer, now_ms - DAY_MS));
    str_copy(cart.currency, sizeof cart.currency, profile.currency);
    *out = cart;
    return ERR_OK;
}

/* ---- changing ---- */

/* `others_milli`: what other lines of the basket hold of the same variant */
static err_t check_quantity(const struct product *p, int64_t quantity_milli, int64_t others_milli) {
    if (p->price_minor == PRICE_NONE) return err_fail(ERR_RANGE, "%s has no price yet", p->title);
    if (p->unit[0] == '\0' && quantity_milli % 1000) return err_fail(ERR_RANGE, "%s is only sold whole", p->title);
    if (quantity_milli > QUANTITY_MAX_MILLI) {
        return err_fail(ERR_RANGE, "at most %d of one product can be ordered", QUANTITY_MAX_MILLI / 1000);
    }
    if (p->stock != STOCK_UNLIMITED && quantity_milli + others_milli > (int64_t)p->stock * 1000) {
        return err_fail(ERR_RANGE, "only %d of %s are in stock", p->stock, p->title);
    }
    return ERR_OK;
}

struct held {
    int64_t line;                      /* SQL_NULL: no such line yet */
    int64_t line_milli, variant_milli; /* in the line; in all lines of the variant */
};

static err_t held_read(struct shop *s, int64_t customer, int64_t variant, const char *chosen, struct held *out) {
    *out = (struct held){.line = SQL_NULL};
    TRY(sql_int(s, &out->variant_milli, SQL_BASKET_HELD, "ii", customer, variant));
    err_t err = sql_int(s, &out->line, SQL_BASKET_LINE_ID, "iit", customer, variant, chosen);
    if (err == ERR_NOT_FOUND) return ERR_OK;
    TRY(err);
    return sql_int(s, &out->line_milli, SQL_BASKET_LINE_QUANTITY, "i", out->line);
}

err_t cart_add_in_tx(struct shop *s, const struct product *p, const char *chosen, int64_t extra_minor,
                     int quantity_milli, int64_t now_ms) {
    int64_t customer, lines;
    struct held held;
    TRY(customer_keep(s, &customer));
    TRY(held_read(s, customer, p->variant, chosen, &held));
    int64_t quantity = held.line_milli + quantity_milli;
    TRY(check_quantity(p, quantity, held.variant_milli - held.line_milli));
    TRY(sql_run(s, SQL_BASKET_TOUCH, "ii", customer, now_ms));
    if (held.line != SQL_NULL) return sql_run(s, SQL_BASKET_LINE_SET, "ii", held.line, quantity);
    TRY(sql_int(s, &lines, SQL_BASKET_LINE_COUNT, "i", customer));
    if (lines >= CART_LINES_MAX) return err_fail(ERR_FULL, "the basket holds %d products and no more", CART_LINES_MAX);
    return sql_run(s, SQL_BASKET_LINE_ADD, "iitii", customer, p->variant, chosen, extra_minor, quantity);
}

err_t cart_add(struct shop *s, int64_t variant, const char *options, int64_t extra_minor, int quantity_milli,
               int64_t now_ms) {
    struct product p;
    if (quantity_milli <= 0) return err_fail(ERR_ARG, "a quantity must be more than nothing");
    if (strlen(options) >= OPTIONS_MAX) return err_fail(ERR_ARG, "the options are too long");
    TRY(catalog_variant(s, variant, &p));
    TRY(tx_begin(s));
    return tx_end(s, cart_add_in_tx(s, &p, options_chosen(options, p.options), extra_minor, quantity_milli, now_ms));
}

static err_t set_in_tx(struct shop *s, int64_t variant, const char *options, int quantity_milli, int64_t now_ms) {
    int64_t customer;
    struct held held;
    char of_variant[OPTIONS_MAX] = "";
    struct product p;
    TRY(customer_id(s, &customer));
    bool sold = catalog_variant(s, variant, &p) == ERR_OK;
    if (sold) str_copy(of_variant, sizeof of_variant, p.options);
    TRY(held_read(s, customer, variant, options_chosen(options, of_variant), &held));
    if (held.line == SQL_NULL) return err_fail(ERR_NOT_FOUND, "that is not in the basket");
    TRY(sql_run(s, SQL_BASKET_TOUCH, "ii", customer, now_ms));
    if (quantity_milli == 0) return sql_run(s, SQL_BASKET_LINE_REMOVE, "i", held.line);
    if (!sold) return err_fail(ERR_NOT_FOUND, "that is no longer sold");
    TRY(check_quantity(&p, quantity_milli, held.variant_milli - held.line_milli));
    return sql_run(s, SQL_BASKET_LINE_SET, "ii", held.line, (int64_t)quantity_milli);
}

err_t cart_set(struct shop *s, int64_t variant, const char *options, int quantity_milli, int64_t now_ms) {
    if (quantity_milli < 0) return err_fail(ERR_ARG, "a quantity cannot be less than nothing");
    TRY(tx_begin(s));
    return tx_end(s, set_in_tx(s, variant, options, quantity_milli, now_ms));
}

static err_t clear_in_tx(struct shop *s, int64_t now_ms) {
    int64_t customer;
    TRY(customer_id(s, &customer));
    TRY(sql_run(s, SQL_BASKET_EMPTY, "i", customer));
    TRY(sql_run(s, SQL_BASKET_CHOICES_FORGET, "i", customer));
    return sql_run(s, SQL_BASKET_CHANGED, "ii", customer, now_ms);
}

err_t cart_clear(struct shop *s, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, clear_in_tx(s, now_ms));
}
