/* The titles of the catalogue as they are written, for a model of which words stand beside which. */
#include <math.h>
#include <string.h>

#include "base/str.h"
#include "shop/catalog.h"
#include "shop/customer.h"

enum { ABOUT_MAX = 512, MARKED_MAX = 2 * ABOUT_MAX };

/* How much an order by anybody counts beside the title itself, and one by this customer; of logarithms, since what is
 * bought ten times is not asked for ten times as often. */
static const double ORDERED = 1, ORDERED_HERE = 2;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of a sign such as (R), (TM) or a degree: U+0080 to U+00BF and U+2000 to U+2FFF. 0 if it is none. */
static size_t sign_bytes(const char *s) {
    unsigned char c = (unsigned char)*s;
    if (c == 0xc2 && s[1]) return 2;
    return c == 0xe2 && s[1] && s[2] ? 3 : 0;
}

static bool ends_stretch(const char *text, const char *s) {
    if (strchr(",()/|;", *s)) return true;
    return *s == '-' && s > text && s[-1] == ' ' && s[1] == ' ';
}

/* "DVD-R 4.7GB, white" -> "dvd r 4 7gb , white" */
static void title_words(char *out, size_t cap, const char *text) {
    size_t n = 0;
    bool mark = false, gap = false;
    for (const char *s = text; *s && n + 5 < cap; s++) {
        size_t sign = sign_bytes(s);
        bool apostrophe = *s == '\'' && s > text && is_letter(s[-1]) && is_letter(s[1]);
        bool word = is_letter(*s) || is_digit(*s) || apostrophe || (!sign && (unsigned char)*s >= 0x80);
        if (!word) {
            mark |= !sign && ends_stretch(text, s);
            gap = true;
            s += sign ? sign - 1 : 0;
            continue;
        }
        if (gap && n > 0) out[n++] = ' ';
        if (mark && n > 0) {
            out[n++] = ',';
            out[n++] = ' ';
        }
        mark = gap = false;
        out[n++] = (char)(*s >= 'A' && *s <= 'Z' ? *s - 'A' + 'a' : *s);
    }
    out[n] = '\0';
}

err_t catalog_titles(struct shop *s, void (*fn)(void *ctx, const char *title, const char *about, double weight),
                     void *ctx) {
    sqlite3_stmt *q;
    bool row;
    int64_t id;
    TRY(customer_id(s, &id));
    TRY(sql_start(s, &q, SQL_PHRASES_TITLE, "i", id));
    TRY(sql_next(s, q, &row));
    while (row) {
        char text[ABOUT_MAX], title[MARKED_MAX], about[MARKED_MAX];
        sql_text(q, TITLE_WRITTEN, text, sizeof text);
        title_words(title, sizeof title, text);
        sql_text(q, TITLE_ABOUT, text, sizeof text);
        title_words(about, sizeof about, text);
        double all = (double)sqlite3_column_int64(q, TITLE_ORDERED);
        double own = (double)sqlite3_column_int64(q, TITLE_ORDERED_HERE);
        fn(ctx, title, about, 1 + ORDERED * log2(1 + all) + ORDERED_HERE * log2(1 + own));
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}
