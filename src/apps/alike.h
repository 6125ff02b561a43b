/* Finds what sounds alike in this shop, when its catalogue was loaded: names of products ("oat milk", "goat milk") and
 * quantities ("fifteen", "fifty"), by the pronunciations that the recogniser listens with. Main thread. */
#ifndef SK_APPS_ALIKE_H
#define SK_APPS_ALIKE_H
#include "apps/settings.h"
#include "say/texts.h"
#include "say/voice.h"
#include "shop/shop.h"

/* Whether the store has it for the names as they are now. */
SK_MUST_USE err_t alike_kept(struct shop *shop, bool *out);
/* Finds it and keeps it there, comparing changed names with the others only; unknown words are pronounced by `voice`.
 * Processor time for 19,406 products: 1.1 s, after a change of one 0.3 s. */
SK_MUST_USE err_t alike_update(const struct settings *s, struct shop *shop, struct texts *texts, struct voice *voice);

#endif
