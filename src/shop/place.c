/* Basket -> order, in one transaction: the order and its lines, the stock, the outbox row and the emptied basket come
 * together or not at all, and are on the disk when order_place() returns. The outbox holds it back as long as it may be
 * taken back (undo.c). */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "shop/basket.h"
#include "shop/catalog.h"
#include "shop/customer.h"
#include "shop/order_line.h"
#include "shop/orders.h"

enum { KEY_MAX = 36, SEQUENCE_MAX = 99999999 };

/* ---- the number ---- */

/* ISO/IEC 7064, MOD 11,10: with this digit at its end, a number that was heard with one digit wrong is never that of
 * another order. */
static int check_digit(int sequence) {
    char digits[12];
    int product = 10;
    snprintf(digits, sizeof digits, "%d", sequence);
    for (const char *s = digits; *s; s++) {
        int sum = (product + (*s - '0')) % 10;
        product = (sum ? sum : 10) * 2 % 11;
    }
    return (11 - product) % 10;
}

/* The next number that no order has: short, as it will be said. */
static err_t number_make(struct shop *s, char out[ORDER_NUMBER_MAX]) {
    int64_t sequence, taken;
    TRY(sql_int(s, &sequence, SQL_ORDER_SEQUENCE, ""));
    do {
        sequence++;
        if (sequence > SEQUENCE_MAX) return err_fail(ERR_FULL, "the order numbers are used up");
        snprintf(out, ORDER_NUMBER_MAX, "%d%d", (int)sequence, check_digit((int)sequence));
        TRY(sql_int(s, &taken, SQL_ORDER_NUMBER_TAKEN, "t", out));
    } while (taken);
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, sequence);
    return meta_set(s, "order.sequence", text);
}

/* ---- the order ---- */

static err_t take_stock(struct shop *s, const struct cart_line *line) {
    struct product p;
    err_t err = catalog_variant(s, line->variant, &p);
    if (err == ERR_NOT_FOUND) return err_fail(err, "%s is no longer sold: take it out of the basket", line->title);
    TRY(err);
    if (p.price_minor == PRICE_NONE)
        return err_fail(ERR_RANGE, "%s has no price yet: take it out of the basket", p.title);
    if (p.stock == STOCK_UNLIMITED) return ERR_OK;
    if ((int64_t)p.stock * 1000 < line->quantity_milli) {
        return err_fail(ERR_RANGE, "only %d of %s are in stock: take fewer", p.stock, p.title);
    }
    int64_t pieces = (line->quantity_milli + 999) / 1000; /* a part of one leaves none to sell whole */
    return sql_run(s, SQL_STOCK_TAKE, "ii", line->variant, pieces);
}

static err_t line_place(struct shop *s, int64_t order, const struct cart_line *line) {
    struct new_line new_line = {.order = order,
                                .variant = line->variant,
                                .title = line->title,
                                .options = line->options,
                                .quantity_milli = line->quantity_milli,
                                .price_minor = line->price_minor};
    TRY(take_stock(s, line));
    return order_line_add(s, &new_line);
}

/* Whoever is asked to pay says yes or no here; a shop's server will be asked when there is one. */
static err_t pay(const struct cart *cart) {
    if (cart->payment.state == PAYMENT_OK) return ERR_OK;
    return err_fail(ERR_DENIED, "%s is %s", cart->payment.nickname,
                    cart->payment.state == PAYMENT_EXPIRED ? "expired" : "declined");
}

/* Above what may be ordered by voice. */
static err_t check_limits(const struct shop_profile *p, const struct cart *cart) {
    if (p->max_order_minor > 0 && cart->total_minor > p->max_order_minor)
        return err_fail(ERR_RANGE, "the order is above the limit of one order by voice");
    if (p->max_day_minor > 0 && cart->total_minor + cart->lately_minor > p->max_day_minor)
        return err_fail(ERR_RANGE, "the order is above the limit of a day by voice");
    return ERR_OK;
}

static err_t terms_keep(struct shop *s, int64_t order, int64_t customer, const struct cart *cart, int64_t now_ms) {
    static const int64_t day_ms = 24 * 60 * 60 * 1000;
    int64_t expected_ms = cart->way.days > 0 ? now_ms + cart->way.days * day_ms : SQL_NULL;
    TRY(sql_run(s, SQL_ORDER_TERMS, "ittti", order, cart->way.name, cart->payment.nickname, cart->address,
                expected_ms));
    return sql_run(s, SQL_PAYMENT_USED, "iti", customer, cart->payment.nickname, now_ms);
}

static err_t cart_place(struct shop *s, const struct cart *cart, const char *key, int64_t now_ms, int64_t *order) {
    char number[ORDER_NUMBER_MAX];
    int64_t customer;
    if (cart->n_lines == 0) return err_fail(ERR_NOT_FOUND, "the basket is empty");
    if (cart->n_lines > ORDER_LINES_MAX) {
        return err_fail(ERR_RANGE, "an order has at most %d products: take some out of the basket", ORDER_LINES_MAX);
    }
    struct shop_profile profile;
    TRY(shop_profile(s, &profile));
    TRY(check_limits(&profile, cart));
    TRY(pay(cart));
    TRY(customer_id(s, &customer));
    TRY(number_make(s, number));
    TRY(sql_run(s, SQL_ORDER_ADD, "ttitiiiittiti", number, key, customer, order_state_name(ORDER_SAVED), now_ms,
                SQL_NULL, SQL_NULL, now_ms, "", "", cart->delivery_minor,
                cart->coupon.discount_minor ? cart->coupon.code : "", cart->coupon.discount_minor));
    TRY(sql_int(s, order, SQL_ORDER_BY_KEY, "t", key));
    for (int i = 0; i < cart->n_lines; i++) TRY(line_place(s, *order, &cart->lines[i]));
    TRY(terms_keep(s, *order, customer, cart, now_ms));
    if (cart->quoted) TRY(sql_run(s, SQL_QUOTED_AGREE, "ii", *order, cart->total_minor));
    TRY(sql_run(s, SQL_OUTBOX_ADD, "titi", "order", *order, key, now_ms));
    TRY(sql_run(s, SQL_OUTBOX_HOLD, "ii", *order, now_ms + (int64_t)profile.undo_s * 1000));
    TRY(sql_run(s, SQL_BASKET_EMPTY, "i", customer));
    TRY(sql_run(s, SQL_BASKET_CHOICES_FORGET, "i", customer));
    if (cart->coupon.discount_minor) TRY(sql_run(s, SQL_BASKET_COUPON, "it", customer, ""));
    return sql_run(s, SQL_BASKET_CHANGED, "ii", customer, now_ms);
}

static err_t place_in_tx(struct shop *s, const char *key, int64_t now_ms, struct order *out) {
    int64_t order;
    err_t err = sql_int(s, &order, SQL_ORDER_BY_KEY, "t", key);
    if (err == ERR_NOT_FOUND) {
        struct cart cart;
        TRY(cart_get(s, now_ms, &cart));
        TRY(cart_place(s, &cart, key, now_ms, &order));
    } else {
        TRY(err);
    }
    return order_get(s, order, out);
}

static err_t place(struct shop *s, const char *key, int64_t now_ms, struct order *out) {
    TRY(tx_begin(s));
    return tx_end(s, place_in_tx(s, key, now_ms, out));
}

err_t order_place(struct shop *s, const char *key, int64_t now_ms, struct order *out) {
    size_t n = strlen(key);
    if (n == 0 || n > KEY_MAX) return err_fail(ERR_ARG, "the key of an order has 1 to %d characters", KEY_MAX);
    TRY(flush_begin(s));
    struct order order;
    err_t err = place(s, key, now_ms, &order);
    flush_end(s);
    if (!err) *out = order;
    return err;
}
