/* Products as rows: what the catalogue, the basket and the orders share. Private to shop/. */
#ifndef SK_SHOP_CATALOG_H
#define SK_SHOP_CATALOG_H
#include "shop/shop.h"
#include "shop/store.h"

enum { PRODUCT_COLUMN_COUNT = 14 }; /* what follows in such a row begins here */

/* The product of a row of a statement that begins with PRODUCT_COLUMNS (statements.c). */
void product_read(sqlite3_stmt *q, struct product *out);
/* All rows of such a statement, at most `cap`. */
SK_MUST_USE err_t products_read(struct shop *s, sqlite3_stmt *q, struct product *out, size_t cap, size_t *n);

/* What the options of a line ("size: large; milk: a bit of soy milk") add today; what the product does not offer adds
 * nothing. */
SK_MUST_USE err_t options_extra(struct shop *s, int64_t variant, const char *options, int64_t *extra_minor);
/* Of the line's options, those that are still to be had, and the first that is not. `of_variant`: the variant's today.
 */
SK_MUST_USE err_t options_today(struct shop *s, int64_t variant, const char *of_variant, struct order_line *line);
/* The options without those of the variant itself, which a line repeats in front. Borrowed from `options`. */
const char *options_chosen(const char *options, const char *of_variant);
/* "size: large" and "milk: soy milk" -> "size: large; milk: soy milk". */
void options_join(char *out, size_t cap, const char *of_variant, const char *chosen);

#endif
