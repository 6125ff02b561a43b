/* Rows of CSV files into the store: what catalog_import() and shop_load() share. Private to shop/. */
#ifndef SK_SHOP_IMPORT_H
#define SK_SHOP_IMPORT_H
#include <stdint.h>

#include "shop/csv.h"
#include "shop/shop.h"
#include "shop/store.h"

struct import {
    struct shop *shop;
    const struct shop_hooks *hooks; /* may be NULL */
    struct import_report *report;   /* never NULL here */
    int64_t now_ms;
    char currency[4];
    bool currency_known; /* by the profile or a row */
    char zone[40];
};

/* What to do with a row. An error about the row (ERR_FORMAT, ERR_RANGE, ERR_ARG, ERR_NOT_FOUND) is reported and the
 * next row follows; any other ends the import. */
typedef err_t row_fn(struct import *in, const char *const *v);

/* Gives each row of a file to fn; `file` is the name in reports. */
SK_MUST_USE err_t import_file(struct import *in, const char *path, const char *file, const struct csv_column *columns,
                              bool others, row_fn *fn);
/* Fills in the currency and the zone from the profile. */
SK_MUST_USE err_t import_begin(struct import *in, struct shop *s);
/* products.csv, inside a transaction. */
SK_MUST_USE err_t import_products(struct import *in, const char *path, const char *file);

/* A product as it comes, from a file or from the shop's server; strings are borrowed for the call. */
struct import_product {
    const char *id, *title, *spoken; /* spoken: "" as the title says */
    const char *brand, *category, *description, *unit;
    int64_t price_minor, stock, rating_centi; /* SQL_NULL: none, unlimited, unknown */
    int64_t added_ms;
};
/* Adds it or brings it up to date, with how it is said and its own variant; *product is its row. */
SK_MUST_USE err_t import_product(struct import *in, const struct import_product *p, int64_t *product);

/* How a person says a name: lower-case words. */
void import_spoken(const struct import *in, const char *text, char *out, size_t cap);
/* Money in the shop's currency; "" leaves *out. */
SK_MUST_USE err_t import_money(struct import *in, const char *text, int64_t *out_minor);
/* A whole number 0 to 10^9; "" leaves *out. */
SK_MUST_USE err_t import_count(const char *text, const char *what, int64_t *out);
/* ERR_FORMAT if it is empty or does not fit into `cap`. */
SK_MUST_USE err_t import_id(const char *text, const char *what, size_t cap);

#endif
