/* customers.csv, orders.csv, order_lines.csv and shipments.csv of a shop folder. */
#include <string.h>

#include "base/str.h"
#include "shop/load.h"
#include "shop/order_line.h"
#include "shop/text.h"
#include "shop/when.h"

static err_t time_read(struct import *in, const char *text, const char *what, int64_t *out) {
    return err_prefix(when_parse(out, text, in->zone, in->now_ms), "%s", what);
}

static err_t text_fits(const char *text, const char *what, size_t cap) {
    if (strlen(text) < cap) return ERR_OK;
    return err_fail(ERR_FORMAT, "%s is longer than %zu bytes", what, cap - 1);
}

/* ---- customers.csv ---- */

enum { C_ID, C_NAME, C_ADDRESS };
const struct csv_column load_customer_columns[] = {{"id", true}, {"name", true}, {"address", false}, {NULL, false}};

err_t load_customer(struct import *in, const char *const *v) {
    const struct customer *c = NULL;
    TRY(import_id(v[C_ID], "id", PRODUCT_ID_MAX));
    TRY(import_id(v[C_NAME], "name", sizeof c->name));
    TRY(text_fits(v[C_ADDRESS], "address", sizeof c->address));
    return sql_run(in->shop, SQL_CUSTOMER_PUT, "ttt", v[C_ID], v[C_NAME], v[C_ADDRESS]);
}

static err_t customer_named(struct import *in, const char *id, int64_t *out) {
    if (!sql_int(in->shop, out, SQL_CUSTOMER_ID, "t", id)) return ERR_OK;
    return err_fail(ERR_NOT_FOUND, "there is no customer '%.40s'", id);
}

/* ---- addresses.csv ---- */

enum { A_CUSTOMER, A_NICKNAME, A_ADDRESS };
const struct csv_column load_address_columns[] = {
    {"customer", true}, {"nickname", true}, {"address", true}, {NULL, false}};

err_t load_address(struct import *in, const char *const *v) {
    const struct address *a = NULL;
    int64_t customer;
    TRY(customer_named(in, v[A_CUSTOMER], &customer));
    TRY(import_id(v[A_NICKNAME], "nickname", sizeof a->nickname));
    TRY(import_id(v[A_ADDRESS], "address", sizeof a->text));
    return sql_run(in->shop, SQL_ADDRESS_PUT, "itt", customer, v[A_NICKNAME], v[A_ADDRESS]);
}

/* ---- payments.csv ---- */

enum { P_CUSTOMER, P_NICKNAME, P_STATE };
const struct csv_column load_payment_columns[] = {
    {"customer", true}, {"nickname", true}, {"state", false}, {NULL, false}};

err_t load_payment(struct import *in, const char *const *v) {
    int64_t customer;
    const char *state = *v[P_STATE] ? v[P_STATE] : "ok";
    TRY(customer_named(in, v[P_CUSTOMER], &customer));
    TRY(import_id(v[P_NICKNAME], "nickname", PAYMENT_NAME_MAX));
    if (!str_equal(state, "ok") && !str_equal(state, "declined") && !str_equal(state, "expired")) {
        return err_fail(ERR_FORMAT, "state '%.20s' is none of ok, declined and expired", state);
    }
    return sql_run(in->shop, SQL_PAYMENT_PUT, "itt", customer, v[P_NICKNAME], state);
}

/* ---- orders.csv ---- */

enum {
    O_NUMBER,
    O_CUSTOMER,
    O_STATE,
    O_PLACED,
    O_EXPECTED,
    O_DELIVERED,
    O_AS_OF,
    O_CARRIER,
    O_PLACE,
    O_DELIVERY,
    O_DISCOUNT,
    O_COUPON
};
const struct csv_column load_order_columns[] = {
    {"number", true},     {"customer", true}, {"state", false},   {"placed", true}, {"expected", false},
    {"delivered", false}, {"as_of", false},   {"carrier", false}, {"place", false}, {"delivery", false},
    {"discount", false},  {"coupon", false},  {NULL, false}};

static err_t check_number(const char *number) {
    size_t n = strspn(number, "0123456789");
    if (n >= 3 && n < ORDER_NUMBER_MAX && number[n] == '\0') return ERR_OK;
    return err_fail(ERR_FORMAT, "number '%.40s' is not of 3 to %d digits", number, ORDER_NUMBER_MAX - 1);
}

err_t load_order(struct import *in, const char *const *v) {
    const struct order *o = NULL;
    enum order_state state;
    int64_t customer, placed = SQL_NULL, expected = SQL_NULL, delivered = SQL_NULL, as_of = in->now_ms, delivery = 0,
                      discount = 0, own;
    TRY(check_number(v[O_NUMBER]));
    TRY(customer_named(in, v[O_CUSTOMER], &customer));
    if (!sql_int(in->shop, &own, SQL_ORDER_MADE_HERE, "t", v[O_NUMBER])) {
        return err_fail(ERR_ARG, "number %s is that of an order made on this device", v[O_NUMBER]);
    }
    if (*v[O_STATE] && !order_state_by_name(&state, v[O_STATE])) {
        return err_fail(ERR_FORMAT, "state '%.40s' is not known", v[O_STATE]);
    }
    if (!*v[O_PLACED]) return err_fail(ERR_FORMAT, "there is no time for placed");
    TRY(time_read(in, v[O_PLACED], "placed", &placed));
    TRY(time_read(in, v[O_EXPECTED], "expected", &expected));
    TRY(time_read(in, v[O_DELIVERED], "delivered", &delivered));
    TRY(time_read(in, v[O_AS_OF], "as_of", &as_of));
    TRY(err_prefix(import_money(in, v[O_DELIVERY], &delivery), "delivery"));
    TRY(err_prefix(import_money(in, v[O_DISCOUNT], &discount), "discount"));
    TRY(text_fits(v[O_COUPON], "coupon", COUPON_CODE_MAX));
    TRY(text_fits(v[O_CARRIER], "carrier", sizeof o->carrier));
    TRY(text_fits(v[O_PLACE], "place", sizeof o->place));
    TRY(sql_run(in->shop, SQL_ORDER_FORGET, "t", v[O_NUMBER])); /* with its lines and shipments */
    return sql_run(in->shop, SQL_ORDER_ADD, "ttitiiiittiti", v[O_NUMBER], NULL, customer, v[O_STATE], placed, expected,
                   delivered, as_of, v[O_CARRIER], v[O_PLACE], delivery, v[O_COUPON], discount);
}

/* ---- order_lines.csv ---- */

enum { L_ORDER, L_VARIANT, L_QUANTITY, L_PRICE, L_TITLE, L_OPTIONS };
const struct csv_column load_order_line_columns[] = {{"order", true},  {"variant", true}, {"quantity", false},
                                                     {"price", false}, {"title", false},  {"options", false},
                                                     {NULL, false}};

static err_t order_find(struct import *in, const char *number, int64_t *out) {
    if (!sql_int(in->shop, out, SQL_ORDER_LOADED, "t", number)) return ERR_OK;
    return err_fail(ERR_NOT_FOUND, "there is no order '%.40s' in orders.csv", number);
}

err_t load_order_line(struct import *in, const char *const *v) {
    struct new_line line = {.variant = SQL_NULL, .quantity_milli = 1000, .price_minor = SQL_NULL};
    TRY(order_find(in, v[L_ORDER], &line.order));
    TRY(text_fits(v[L_OPTIONS], "options", OPTIONS_MAX));
    if (*v[L_VARIANT]) {
        if (sql_int(in->shop, &line.variant, SQL_VARIANT_ID, "t", v[L_VARIANT])) {
            return err_fail(ERR_NOT_FOUND, "there is no variant or product '%.40s'", v[L_VARIANT]);
        }
    } else if (!*v[L_TITLE] || !*v[L_PRICE]) {
        return err_fail(ERR_FORMAT, "a line without a variant needs title and price");
    }
    if (*v[L_QUANTITY]) TRY(err_prefix(text_decimal(v[L_QUANTITY], 3, 99000, &line.quantity_milli), "quantity"));
    if (line.quantity_milli == 0) return err_fail(ERR_RANGE, "quantity is nothing");
    TRY(err_prefix(import_money(in, v[L_PRICE], &line.price_minor), "price"));
    line.title = v[L_TITLE];
    line.options = v[L_OPTIONS];
    return order_line_add(in->shop, &line);
}

/* ---- shipments.csv ---- */

enum { S_ORDER, S_LINES, S_CARRIER, S_SHIPPED, S_EXPECTED, S_DELIVERED, S_PLACE };
const struct csv_column load_shipment_columns[] = {{"order", true},    {"lines", false},    {"carrier", false},
                                                   {"shipped", false}, {"expected", false}, {"delivered", false},
                                                   {"place", false},   {NULL, false}};

/* "1 3" -> lines of the order into the shipment; checked before anything is written. */
static err_t lines_check(struct import *in, int64_t order, const char *text, int64_t lines[ORDER_LINES_MAX], int *n) {
    char copy[CSV_FIELD_MAX_BYTES], *rest = copy, *word;
    str_copy(copy, sizeof copy, text);
    *n = 0;
    while ((word = str_next_word(&rest))) {
        int64_t position;
        if (*n == ORDER_LINES_MAX) return err_fail(ERR_RANGE, "there are more than %d lines", ORDER_LINES_MAX);
        TRY(err_prefix(text_decimal(word, 0, ORDER_LINES_MAX, &position), "lines"));
        if (sql_int(in->shop, &lines[*n], SQL_ORDER_LINE_ID, "ii", order, position)) {
            return err_fail(ERR_NOT_FOUND, "the order has no line %s", word);
        }
        ++*n;
    }
    return ERR_OK;
}

err_t load_shipment(struct import *in, const char *const *v) {
    const struct order *o = NULL;
    int64_t order, shipment, shipped = SQL_NULL, expected = SQL_NULL, delivered = SQL_NULL, lines[ORDER_LINES_MAX];
    int n;
    TRY(order_find(in, v[S_ORDER], &order));
    TRY(time_read(in, v[S_SHIPPED], "shipped", &shipped));
    TRY(time_read(in, v[S_EXPECTED], "expected", &expected));
    TRY(time_read(in, v[S_DELIVERED], "delivered", &delivered));
    TRY(text_fits(v[S_CARRIER], "carrier", sizeof o->carrier));
    TRY(text_fits(v[S_PLACE], "place", sizeof o->place));
    TRY(lines_check(in, order, v[S_LINES], lines, &n));
    TRY(sql_int(in->shop, &shipment, SQL_SHIPMENT_ADD, "itiiit", order, v[S_CARRIER], shipped, expected, delivered,
                v[S_PLACE]));
    if (n == 0) return sql_run(in->shop, SQL_SHIPMENT_ALL_LINES, "ii", shipment, order);
    for (int i = 0; i < n; i++) TRY(sql_run(in->shop, SQL_SHIPMENT_LINE, "ii", shipment, lines[i]));
    return ERR_OK;
}

err_t load_order_states(struct import *in) {
    return sql_run(in->shop, SQL_ORDER_STATES_DERIVE, "");
}
