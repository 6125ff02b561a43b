/* What this speaker knows about its customer, what the customer thinks of the shop, and forgetting both.
 * Thread and errors as in shop.h. */
#ifndef SK_SHOP_KNOWN_H
#define SK_SHOP_KNOWN_H
#include "shop/shop.h"

SK_MUST_USE err_t known_get(struct shop *s, struct known_customer *out);
/* Forgets the talk, the closed tickets, by whom feedback was, and habits: "my usual" begins anew. Orders, basket and an
 * open ticket stay. What was written is overwritten in the file, too. */
SK_MUST_USE err_t known_forget(struct shop *s, int64_t now_ms);

/* Whether it was told not to listen: that outlives a restart. */
SK_MUST_USE err_t known_deaf(struct shop *s, bool *out);
SK_MUST_USE err_t known_set_deaf(struct shop *s, bool deaf);
/* Likewise, whether the microphone is to stay closed. */
SK_MUST_USE err_t known_muted(struct shop *s, bool *out);
SK_MUST_USE err_t known_set_muted(struct shop *s, bool muted);

/* One to five stars (0 none) and a comment ("" none). A comment alone goes to the stars of the last minutes, if there
 * are any. */
SK_MUST_USE err_t feedback_add(struct shop *s, int stars, const char *comment, int64_t now_ms);

#endif
