/* The basket in hand and what the shop's server would want for it: asked ahead, so that the read-back has the total
 * that will be paid, taxes included. Thread and errors as in shop.h. */
#ifndef SK_SHOP_QUOTED_H
#define SK_SHOP_QUOTED_H
#include "shop/outbox.h"

/* The customer's basket, as it would be ordered, if the shop was not asked about it yet. */
SK_MUST_USE err_t basket_unquoted(struct shop *s, int64_t now_ms, struct outgoing_order *out, int64_t *version,
                                  bool *any);
/* What it wants for that version; total_minor below 0: nothing that counts, and it is not asked again. A basket that
 * has changed meanwhile is left alone. */
SK_MUST_USE err_t basket_quote_keep(struct shop *s, int64_t version, int64_t total_minor, int64_t delivery_minor);
/* Every basket has to be asked about again: prices have changed. */
SK_MUST_USE err_t basket_quotes_forget(struct shop *s);

#endif
