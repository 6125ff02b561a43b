/* How near a product's title is to the words asked for, as an FTS5 auxiliary function. Private to shop/. */
#ifndef SK_SHOP_CLOSENESS_H
#define SK_SHOP_CLOSENESS_H
#include <sqlite3.h>

/* Registers closeness(table, n): `n` is how many phrases of the MATCH, from its first, are words of the shopper's (the
 * others are filters). The value is CLOSENESS_APART if fewer than half of them are in the product, else 0 to 0.6.
 * Returns an SQLite result code. */
int closeness_register(sqlite3 *db);

#define CLOSENESS_APART (-1.0)

#endif
