/* When the shop is open: what EFFECT_HOURS asks, on the shop's clock. The store's thread. */
#ifndef SK_APPS_OPENING_H
#define SK_APPS_OPENING_H
#include "decide/dialog.h"
#include "shop/shop.h"

/* The hours of the day that `e` asks about, by its code or the name of a holiday, and when the shop opens next.
 * ERR_NOT_FOUND if no day has that name; the store's errors. */
SK_MUST_USE err_t opening_hours(struct shop *shop, const struct effect *e, int64_t now_ms, struct hours *out);

#endif
