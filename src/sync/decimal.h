/* Decimals of the wire to minor units, digit by digit: no float comes between. Any thread. */
#ifndef SK_SYNC_DECIMAL_H
#define SK_SYNC_DECIMAL_H
#include <stdint.h>
#include "base/err.h"

enum { DECIMAL_DIGITS_MAX = 40 /* of a number, all together */ };

/* "19.99", "20", "1.9990000000000002e1" -> 1999 for "USD": what lies beyond the currency's digits is rounded, half away
 * from zero. `text` is a number as JSON writes it (RFC 8259). ERR_FORMAT, ERR_RANGE beyond 10^12 minor units or
 * DECIMAL_DIGITS_MAX digits. */
SK_MUST_USE err_t decimal_minor(int64_t *out, const char *text, const char *currency);
/* The same with so many digits behind the point: 3 for thousandths. */
SK_MUST_USE err_t decimal_scaled(int64_t *out, const char *text, int digits);

#endif
