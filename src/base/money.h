/* Money is an int64 of minor units (cents) and an ISO 4217 code; never a float. Any thread. */
#ifndef SK_BASE_MONEY_H
#define SK_BASE_MONEY_H
#include <stdint.h>
#include "base/err.h"

struct money {
    int64_t minor;
    char currency[4];
};

/* Digits after the point of a currency: 2 for USD and EUR, 0 for JPY, 3 for KWD; 2 for those unknown. */
int currency_digits(const char *currency);

/* Parses a decimal such as "19.99", "1,299.00" is refused, "5" is 5.00. At most currency_digits() decimals that
 * are not zero; not negative; at most 10^12 minor units. ERR_FORMAT, ERR_RANGE. */
SK_MUST_USE err_t money_parse(struct money *out, const char *text, const char *currency);

/* Thousandths of the major unit (as number words give them) to minor units, rounded half up. ERR_RANGE. */
SK_MUST_USE err_t money_from_milli(struct money *out, int64_t milli, const char *currency);

/* minor * quantity with overflow checked. ERR_RANGE. */
SK_MUST_USE err_t money_times(int64_t *out_minor, int64_t minor, int64_t quantity);

/* "19.99" without currency, for JSON and CSV. buf must hold 32 bytes; returns buf. */
char *money_decimal(char *buf, struct money m);

#endif
