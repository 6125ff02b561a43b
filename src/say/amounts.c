#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "base/str.h"
#include "say/saying.h"

enum { DECIMAL_MAX = 32, WORDS_MAX = 512 };

/* ---- numbers ---- */

static uint64_t magnitude(int64_t n) {
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

/* 2500 -> "2.5" */
static void decimal_of_milli(char buf[DECIMAL_MAX], int64_t milli) {
    uint64_t m = magnitude(milli);
    int n = snprintf(buf, DECIMAL_MAX, "%s%" PRIu64 ".%03" PRIu64, milli < 0 ? "-" : "", m / 1000, m % 1000);
    while (buf[n - 1] == '0') buf[--n] = '\0';
    if (buf[n - 1] == '.') buf[n - 1] = '\0';
}

static err_t say_half(struct saying *s, int64_t milli, struct sink *out) {
    if (milli < 1000) return saying_pattern(s, SPOKEN_HALF, NULL, 0, out);
    struct arg whole = {.name = "n", .kind = ARG_NUMBER, .number = milli - 500};
    return saying_pattern(s, SPOKEN_AND_A_HALF, &whole, 1, out);
}

err_t saying_number(struct saying *s, int64_t milli, enum argument_style style, struct sink *out) {
    if (style == STYLE_ORDINAL) {
        if (milli % 1000) return err_fail(ERR_ARG, "no whole number, so it has no ordinal");
        return formats_integer(s->formats, s->ear ? FORM_ORDINAL_WORDS : FORM_ORDINAL_DIGITS, milli / 1000, out);
    }
    bool words = style == STYLE_SPELLOUT || (style == STYLE_PLAIN && s->ear);
    if (words && milli > 0 && milli % 1000 == 500) return say_half(s, milli, out);
    char decimal[DECIMAL_MAX];
    decimal_of_milli(decimal, milli);
    return formats_number(s->formats, words ? FORM_WORDS : FORM_DIGITS, decimal, out);
}

/* ---- money ---- */

static bool is_currency(const char *code) {
    for (int i = 0; i < 3; i++) {
        if (code[i] < 'A' || code[i] > 'Z') return false;
    }
    return code[3] == '\0';
}

/* "three dollars" of the locale's own name for the currency, or of ICU's. */
static err_t put_major(struct saying *s, const char *decimal, const char *category, const char *currency,
                       struct sink *out) {
    TRY(formats_number(s->formats, FORM_WORDS, decimal, out));
    sink_put(out, " ", 1);
    const struct spoken_entry *own = spoken_find(s->spoken, TABLE_CURRENCIES, currency);
    if (!own) return formats_currency_name(s->formats, currency, category, out);
    struct message_name form = spoken_form(s->spoken, own->value, category);
    sink_put(out, form.text, form.length);
    return ERR_OK;
}

static err_t put_units(struct saying *s, uint64_t n, const char *currency, bool minor, struct sink *out) {
    const char *category = formats_plural(s->formats, (int64_t)n * 1000, false);
    char decimal[DECIMAL_MAX];
    snprintf(decimal, sizeof decimal, "%" PRIu64, n);
    if (!minor) return put_major(s, decimal, category, currency, out);
    TRY(formats_number(s->formats, FORM_WORDS, decimal, out));
    struct message_name form = spoken_form(s->spoken, spoken_find(s->spoken, TABLE_MINOR, currency)->value, category);
    sink_put(out, " ", 1);
    sink_put(out, form.text, form.length);
    return ERR_OK;
}

static err_t put_parts(struct saying *s, uint64_t major, uint64_t minor, const char *currency, struct sink *out) {
    if (minor == 0) return put_units(s, major, currency, false, out);
    if (major == 0) return put_units(s, minor, currency, true, out);
    struct arg parts[] = {{.name = "major", .kind = ARG_TEXT}, {.name = "minor", .kind = ARG_TEXT}};
    uint64_t counts[] = {major, minor};
    for (int i = 0; i < 2; i++) {
        struct sink text = sink_make(parts[i].text, sizeof parts[i].text);
        TRY(put_units(s, counts[i], currency, i == 1, &text));
    }
    return saying_pattern(s, SPOKEN_MONEY, parts, 2, out);
}

/* An amount without its sign. */
static err_t put_amount(struct saying *s, struct money m, struct sink *out) {
    int64_t unit = 1;
    for (int i = 0; i < currency_digits(m.currency); i++) unit *= 10;
    if (m.minor % unit == 0 || spoken_find(s->spoken, TABLE_MINOR, m.currency))
        return put_parts(s, (uint64_t)(m.minor / unit), (uint64_t)(m.minor % unit), m.currency, out);
    char decimal[DECIMAL_MAX]; /* of a currency whose minor units have no name here */
    return put_major(s, money_decimal(decimal, m), "other", m.currency, out);
}

err_t saying_money(struct saying *s, int64_t minor, const char *currency, struct sink *out) {
    static const int64_t most = 1000000000000000;
    if (!is_currency(currency)) return err_fail(ERR_ARG, "'%s' is no currency such as USD", currency);
    if (minor > most || minor < -most) return err_fail(ERR_ARG, "%" PRId64 " is too much money", minor);
    struct money m = {.minor = minor};
    str_copy(m.currency, sizeof m.currency, currency);
    if (!s->ear) {
        char decimal[DECIMAL_MAX];
        return formats_money(s->formats, money_decimal(decimal, m), currency, out);
    }
    if (minor >= 0) return put_amount(s, m, out);
    m.minor = -minor;
    struct arg amount = {.name = "amount", .kind = ARG_TEXT};
    struct sink text = sink_make(amount.text, sizeof amount.text);
    TRY(put_amount(s, m, &text));
    return saying_pattern(s, SPOKEN_MONEY_MINUS, &amount, 1, out);
}

/* ---- digits ---- */

static bool is_said(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* A run of digits is easiest to follow by threes, with pairs rather than a single one at the end. */
static int group_size(int left) {
    return left == 4 ? 2 : left < 3 ? left : 3;
}

static err_t say_group(struct saying *s, const char *p, int n, struct sink *out) {
    for (int i = 0; i < n; i++) {
        if (i > 0) sink_put(out, " ", 1);
        if (p[i] > '9')
            sink_put(out, p + i, 1);
        else
            TRY(formats_integer(s->formats, FORM_WORDS, p[i] - '0', out));
    }
    return ERR_OK;
}

err_t saying_digits(struct saying *s, const char *digits, struct sink *out) {
    if (!s->ear) {
        sink_put_clean(out, digits, strlen(digits));
        return ERR_OK;
    }
    bool first = true;
    for (const char *p = digits; *p;) {
        int left = 0;
        while (is_said(p[left])) left++;
        for (; left > 0; first = false) {
            int n = group_size(left);
            if (!first) sink_put(out, ", ", 2);
            TRY(say_group(s, p, n, out));
            p += n;
            left -= n;
        }
        p += *p != '\0';
    }
    return ERR_OK;
}
