/* How big a product is, as far as its words tell: "bag: five pounds", "half gallon". The words are the locale's
 * (models/<locale>/sizes.ini). CORE's, read only after loading. */
#ifndef SK_APPS_SIZES_H
#define SK_APPS_SIZES_H
#include "base/err.h"
#include "shop/types.h"

struct sizes;

/* ERR_NOT_FOUND, ERR_FORMAT, ERR_FULL. */
SK_MUST_USE err_t sizes_load(struct sizes **out, const char *path);
void sizes_free(struct sizes *s);
/* Fills size_of and size_milli: by its options, else its title, else its description; "" and 0 if none tells. */
void sizes_fill(const struct sizes *s, struct product *p);

#endif
