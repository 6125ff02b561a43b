#include "sync/decimal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"

enum { EXPONENT_MAX = 60 };
static const int64_t minor_max = 1000000000000;

struct decimal {
    bool negative;
    char digits[DECIMAL_DIGITS_MAX];
    int n, point; /* the value is 0.digits times ten to the power of `point` */
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Leading zeros say nothing and take no room. */
static bool take_digit(struct decimal *d, char c) {
    if (d->n == 0 && c == '0') return true;
    if (d->n == DECIMAL_DIGITS_MAX) return false;
    d->digits[d->n++] = c;
    return true;
}

static const char *read_whole(struct decimal *d, const char *s) {
    if (*s == '0' && is_digit(s[1])) return NULL;
    if (!is_digit(*s)) return NULL;
    for (; is_digit(*s); s++) {
        if (!take_digit(d, *s)) return NULL;
        if (d->n) d->point++;
    }
    return s;
}

static const char *read_part(struct decimal *d, const char *s) {
    if (*s != '.') return s;
    if (!is_digit(*++s)) return NULL;
    for (; is_digit(*s); s++) {
        if (d->n == 0 && *s == '0') d->point--;
        if (!take_digit(d, *s)) return NULL;
    }
    return s;
}

static const char *read_exponent(struct decimal *d, const char *s) {
    if (*s != 'e' && *s != 'E') return s;
    bool negative = *++s == '-';
    if (*s == '-' || *s == '+') s++;
    if (!is_digit(*s)) return NULL;
    int exponent = 0;
    for (; is_digit(*s); s++) {
        exponent = 10 * exponent + (*s - '0');
        if (exponent > EXPONENT_MAX) return NULL;
    }
    d->point += negative ? -exponent : exponent;
    return s;
}

static err_t read_decimal(struct decimal *d, const char *text) {
    const char *s = text;
    *d = (struct decimal){.negative = *s == '-'};
    if (*s == '-') s++;
    s = read_whole(d, s);
    if (s) s = read_part(d, s);
    if (s) s = read_exponent(d, s);
    return s && !*s ? ERR_OK : err_fail(ERR_FORMAT, "'%.40s' is not a number that can be read", text);
}

err_t decimal_scaled(int64_t *out, const char *text, int digits) {
    struct decimal d;
    TRY(read_decimal(&d, text));
    int keep = d.point + digits; /* digits that count; the next one rounds */
    int64_t value = 0;
    for (int i = 0; i < keep && d.n; i++) {
        value = 10 * value + (i < d.n ? d.digits[i] - '0' : 0);
        if (value > minor_max) return err_fail(ERR_RANGE, "%.40s is too large", text);
    }
    if (keep >= 0 && keep < d.n && d.digits[keep] >= '5') value++;
    if (value > minor_max) return err_fail(ERR_RANGE, "%.40s is too large", text);
    *out = d.negative ? -value : value;
    return ERR_OK;
}

err_t decimal_minor(int64_t *out, const char *text, const char *currency) {
    return decimal_scaled(out, text, currency_digits(currency));
}
