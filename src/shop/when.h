/* Dates and times as the files of a shop folder give them (catalog/README.md). Private to shop/. */
#ifndef SK_SHOP_WHEN_H
#define SK_SHOP_WHEN_H
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* "-3d", "+1d 14:00", "now", "2026-05-03T14:00" ... in `zone` (IANA name) to milliseconds since 1970; "" leaves *out.
 * Reads other zones than the process's own by way of TZ: while a shop is loaded, no other thread may ask for local
 * time. ERR_FORMAT. */
SK_MUST_USE err_t when_parse(int64_t *out, const char *text, const char *zone, int64_t now_ms);
/* "14:30" to minutes after midnight; 24:00 is the latest. ERR_FORMAT. */
SK_MUST_USE err_t when_clock(int64_t *out_min, const char *text);
/* True for a day of the calendar as "2026-12-31", or of every year as "12-31". */
bool when_is_date(const char *text);

#endif
