#include "base/money.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static const int64_t MINOR_MAX = INT64_C(1000000000000);

/* ISO 4217 (table A.1) where it is not 2 */
static const struct {
    char code[4];
    int digits;
} exceptions[] = {
    {"BHD", 3}, {"BIF", 0}, {"CLF", 4}, {"CLP", 0}, {"DJF", 0}, {"GNF", 0}, {"IQD", 3}, {"ISK", 0}, {"JOD", 3},
    {"JPY", 0}, {"KMF", 0}, {"KRW", 0}, {"KWD", 3}, {"LYD", 3}, {"OMR", 3}, {"PYG", 0}, {"RWF", 0}, {"TND", 3},
    {"UGX", 0}, {"UYI", 0}, {"UYW", 4}, {"VND", 0}, {"VUV", 0}, {"XAF", 0}, {"XOF", 0}, {"XPF", 0},
};

int currency_digits(const char *currency) {
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
        if (str_equal(exceptions[i].code, currency)) return exceptions[i].digits;
    }
    return 2;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static err_t check_currency(const char *currency) {
    bool capitals = strlen(currency) == 3;
    for (size_t i = 0; capitals && i < 3; i++) capitals = currency[i] >= 'A' && currency[i] <= 'Z';
    if (capitals) return ERR_OK;
    return err_fail(ERR_FORMAT, "currency '%.20s' is not a code of three capital letters such as USD", currency);
}

static int64_t power_of_ten(int n) {
    int64_t power = 1;
    while (n-- > 0) power *= 10;
    return power;
}

static void money_set(struct money *out, int64_t minor, const char *currency) {
    out->minor = minor;
    str_copy(out->currency, sizeof out->currency, currency);
}

static err_t too_much(const char *text) {
    return err_fail(ERR_RANGE, "amount '%.40s' is more than any shop may ask", text);
}

err_t money_parse(struct money *out, const char *text, const char *currency) {
    TRY(check_currency(currency));
    int digits = currency_digits(currency);
    const char *s = text;
    if (*s == '-' && is_digit(s[1])) return err_fail(ERR_RANGE, "amount '%.40s' is negative", text);
    if (!is_digit(*s)) return err_fail(ERR_FORMAT, "amount '%.40s' is not a number such as 19.99", text);

    int64_t minor = 0;
    for (; is_digit(*s); s++) {
        minor = minor * 10 + (*s - '0');
        if (minor > MINOR_MAX) return too_much(text);
    }
    minor *= power_of_ten(digits); /* at most 10^16 */
    if (*s == '.' && is_digit(s[1])) {
        int64_t worth = power_of_ten(digits);
        for (s++; is_digit(*s); s++) {
            worth /= 10;
            if (worth == 0 && *s != '0')
                return err_fail(ERR_FORMAT, "amount '%.40s' has more than the %d decimals of %s", text, digits,
                                currency);
            minor += worth * (*s - '0');
        }
    }
    if (*s) return err_fail(ERR_FORMAT, "amount '%.40s' is not a number such as 19.99", text);
    if (minor > MINOR_MAX) return too_much(text);
    money_set(out, minor, currency);
    return ERR_OK;
}

err_t money_from_milli(struct money *out, int64_t milli, const char *currency) {
    TRY(check_currency(currency));
    int64_t scale = power_of_ten(currency_digits(currency));
    if (milli < 0) return err_fail(ERR_RANGE, "an amount of money cannot be negative");
    if (milli > MINOR_MAX * 1000 / scale) return err_fail(ERR_RANGE, "the amount is more than any shop may ask");
    money_set(out, (milli * scale + 500) / 1000, currency);
    return ERR_OK;
}

err_t money_times(int64_t *out_minor, int64_t minor, int64_t quantity) {
    int64_t product;
    if (__builtin_mul_overflow(minor, quantity, &product))
        return err_fail(ERR_RANGE, "the amount is too large to count");
    *out_minor = product;
    return ERR_OK;
}

char *money_decimal(char *buf, struct money m) {
    int digits = currency_digits(m.currency);
    uint64_t scale = (uint64_t)power_of_ten(digits);
    uint64_t size = m.minor < 0 ? 0 - (uint64_t)m.minor : (uint64_t)m.minor;
    const char *sign = m.minor < 0 ? "-" : "";
    if (digits == 0)
        snprintf(buf, 32, "%s%llu", sign, (unsigned long long)size);
    else
        snprintf(buf, 32, "%s%llu.%0*llu", sign, (unsigned long long)(size / scale), digits,
                 (unsigned long long)(size % scale));
    return buf;
}
