/* Reading orders. What a customer usually buys: usual.c. Making one: place.c. */
#include "shop/orders.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "shop/catalog.h"
#include "shop/customer.h"
#include "shop/order_line.h"
#include "shop/text.h"

enum { TAIL_DIGITS_MIN = 3 };

/* ---- lines ---- */

static void line_read(sqlite3_stmt *q, struct order_line *line) {
    *line = (struct order_line){.variant = sql_number(q, 0, 0)};
    sql_text(q, 1, line->title, sizeof line->title);
    sql_text(q, 2, line->options, sizeof line->options);
    line->quantity_milli = (int)sqlite3_column_int64(q, 3);
    line->price_minor = sqlite3_column_int64(q, 4);
    line->price_now_minor = sql_number(q, 5, PRICE_NONE);
    line->stock = line->variant ? (int)sql_number(q, 6, STOCK_UNLIMITED) : 0;
    line->shipped = sqlite3_column_int(q, 7) != 0;
    line->delivered = sqlite3_column_int(q, 8) != 0;
    line->variant_then = sql_number(q, 9, 0);
    sql_text(q, 10, line->title_now, sizeof line->title_now);
    if (str_equal(line->title_now, line->title)) line->title_now[0] = '\0';
}

static err_t line_today(struct shop *s, struct order_line *line, const char *own_options) {
    int64_t extra;
    str_copy(line->options_now, sizeof line->options_now, line->options);
    if (!line->variant || line->price_now_minor == PRICE_NONE) return ERR_OK;
    TRY(options_extra(s, line->variant, line->options, &extra));
    line->price_now_minor += extra;
    return options_today(s, line->variant, own_options, line);
}

err_t order_lines_read(struct shop *s, sqlite3_stmt *q, struct order *out) {
    char own_options[ORDER_LINES_MAX][OPTIONS_MAX];
    int first = out->n_lines;
    bool row;
    TRY(sql_next(s, q, &row));
    while (row && out->n_lines < ORDER_LINES_MAX) {
        sql_text(q, 11, own_options[out->n_lines], OPTIONS_MAX);
        line_read(q, &out->lines[out->n_lines++]);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    for (int i = first; i < out->n_lines; i++) TRY(line_today(s, &out->lines[i], own_options[i]));
    return ERR_OK;
}

static err_t lines_read(struct shop *s, int64_t order, struct order *out) {
    sqlite3_stmt *q;
    TRY(sql_start(s, &q, SQL_ORDER_LINES, "i", order));
    return order_lines_read(s, q, out);
}

/* ---- orders ---- */

static void order_read(sqlite3_stmt *q, struct order *out) {
    char state[32];
    *out = (struct order){.state = ORDER_SAVED};
    sql_text(q, 1, out->number, sizeof out->number);
    sql_text(q, 2, state, sizeof state);
    order_state_by_name(&out->state, state);
    out->placed_ms = sqlite3_column_int64(q, 3);
    out->expected_ms = sql_number(q, 4, 0);
    out->delivered_ms = sql_number(q, 5, 0);
    out->as_of_ms = sqlite3_column_int64(q, 6);
    sql_text(q, 7, out->carrier, sizeof out->carrier);
    sql_text(q, 8, out->place, sizeof out->place);
    out->total_minor = sqlite3_column_int64(q, 9);
    sql_text(q, 10, out->currency, sizeof out->currency);
    sql_text(q, 11, out->address, sizeof out->address);
    out->discount_minor = sqlite3_column_int64(q, 12);
    sql_text(q, 13, out->trouble, sizeof out->trouble);
    out->asked_minor = sql_number(q, 14, 0);
    out->offline = sqlite3_column_int(q, 15) != 0;
}

static err_t orders_list(struct shop *s, sqlite3_stmt *q, int limit, struct orders *out) {
    int64_t ids[ORDERS_MAX];
    bool row;
    TRY(sql_next(s, q, &row));
    for (; row && out->total < limit; out->total++) {
        if (out->n < ORDERS_MAX) ids[out->n++] = sqlite3_column_int64(q, 0);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    for (int i = 0; i < out->n; i++) TRY(order_get(s, ids[i], &out->v[i]));
    return ERR_OK;
}

err_t order_id(struct shop *s, const char *number, int64_t *out) {
    int64_t customer;
    TRY(customer_id(s, &customer));
    err_t err = sql_int(s, out, SQL_ORDER_OF, "it", customer, number);
    return err == ERR_NOT_FOUND ? err_fail(err, "there is no order %.20s of this customer", number) : err;
}

/* The end of a number is enough, when it is long enough not to fit many. */
static err_t number_pattern(const char *number, char out[ORDER_NUMBER_MAX + 2]) {
    size_t n = strlen(number);
    if (strspn(number, "0123456789") != n) return err_fail(ERR_ARG, "'%.20s' is no order number", number);
    out[0] = '\0';
    if (n >= TAIL_DIGITS_MIN) str_append(out, ORDER_NUMBER_MAX + 2, "%");
    str_append(out, ORDER_NUMBER_MAX + 2, number);
    return ERR_OK;
}

static int64_t time_or_null(int64_t ms) {
    return ms ? ms : SQL_NULL;
}

static err_t find(struct shop *s, const struct order_query *query, struct orders *out) {
    char number[ORDER_NUMBER_MAX + 2], match[2048];
    int64_t customer;
    sqlite3_stmt *q;
    TRY(customer_id(s, &customer));
    TRY(number_pattern(query->number, number));
    int n_words = text_match(match, sizeof match, query->words, " AND ");
    if (n_words == 0 && *query->words) return ERR_OK; /* only signs: no product is called that */
    TRY(sql_start(s, &q, SQL_ORDERS_FIND, "itiiit", customer, *number ? number : NULL,
                  (int64_t)(query->which == ORDERS_OPEN), time_or_null(query->from_ms), time_or_null(query->to_ms),
                  n_words ? match : NULL));
    return orders_list(s, q, query->which == ORDERS_LATEST ? 1 : INT32_MAX, out);
}

err_t orders_find(struct shop *s, const struct order_query *q, struct orders *out) {
    struct orders *found = calloc(1, sizeof *found);
    if (!found) return err_fail(ERR_MEMORY, "no memory for orders");
    err_t err = find(s, q, found);
    if (!err) *out = *found;
    free(found);
    return err;
}

err_t order_get(struct shop *s, int64_t id, struct order *out) {
    sqlite3_stmt *q;
    bool row;
    struct order o;
    TRY(sql_start(s, &q, SQL_ORDER_GET, "i", id));
    TRY(sql_next(s, q, &row));
    if (!row) return err_fail(ERR_NOT_FOUND, "there is no such order");
    order_read(q, &o);
    sql_stop(q);
    TRY(lines_read(s, id, &o));
    *out = o;
    return ERR_OK;
}

/* ---- a new line ---- */

struct line_product {
    char title[TITLE_MAX], options[OPTIONS_MAX], words[4 * TITLE_MAX];
    int64_t price_minor;
};

/* What the variant is called and costs today; empty for one that is no longer sold. */
static err_t line_product_read(struct shop *s, int64_t variant, struct line_product *out) {
    *out = (struct line_product){.price_minor = SQL_NULL};
    sqlite3_stmt *q;
    bool row;
    if (variant == SQL_NULL) return ERR_OK;
    TRY(sql_start(s, &q, SQL_LINE_PRODUCT, "i", variant));
    TRY(sql_next(s, q, &row));
    if (!row) return err_fail(ERR_NOT_FOUND, "there is no such variant");
    sql_text(q, 0, out->title, sizeof out->title);
    sql_text(q, 1, out->options, sizeof out->options);
    sql_text(q, 2, out->words, sizeof out->words);
    out->price_minor = sql_number(q, 3, SQL_NULL);
    sql_stop(q);
    return ERR_OK;
}

err_t order_line_add(struct shop *s, const struct new_line *line) {
    struct line_product p;
    char options[OPTIONS_MAX], words[sizeof p.words + TITLE_MAX + OPTIONS_MAX + 2];
    int64_t price = line->price_minor, extra = 0, next, id;
    TRY(line_product_read(s, line->variant, &p));
    options_join(options, sizeof options, p.options, options_chosen(line->options, p.options));
    if (price == SQL_NULL && p.price_minor != SQL_NULL) {
        TRY(options_extra(s, line->variant, options, &extra));
        price = p.price_minor + extra;
    }
    if (price == SQL_NULL) return err_fail(ERR_FORMAT, "%s has no price", p.title);
    TRY(sql_int(s, &next, SQL_ORDER_LINE_NEXT, "i", line->order));
    if (next > ORDER_LINES_MAX) return err_fail(ERR_RANGE, "an order has at most %d lines", ORDER_LINES_MAX);

    const char *title = *line->title ? line->title : p.title;
    str_copy(words, sizeof words, title);
    str_append(words, sizeof words, " ");
    str_append(words, sizeof words, options);
    str_append(words, sizeof words, " ");
    str_append(words, sizeof words, p.words);
    TRY(sql_int(s, &id, SQL_ORDER_LINE_ADD, "iiittii", line->order, line->position ? line->position : next,
                line->variant, title, options, line->quantity_milli, price));
    return sql_run(s, SQL_ORDER_LINE_TEXT_ADD, "it", id, words);
}
