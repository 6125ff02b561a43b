/* What a coupon takes off a basket, or why it does not. */
#include "shop/coupons.h"

#include <string.h>

#include "base/money.h"
#include "base/str.h"
#include "shop/basket.h"
#include "shop/customer.h"

struct terms { /* as the shop wrote them */
    struct coupon coupon;
    int64_t percent, amount_minor; /* one of them, the other 0 */
    bool once;
};

static void terms_read(sqlite3_stmt *q, struct terms *out) {
    *out = (struct terms){0};
    struct coupon *c = &out->coupon;
    sql_text(q, 0, c->code, sizeof c->code);
    sql_text(q, 1, c->spoken, sizeof c->spoken);
    out->percent = sql_number(q, 2, 0);
    out->amount_minor = sql_number(q, 3, 0);
    c->minimum_minor = sqlite3_column_int64(q, 4);
    c->from_ms = sql_number(q, 5, 0);
    c->until_ms = sql_number(q, 6, 0);
    sql_text(q, 7, c->category, sizeof c->category);
    out->once = sqlite3_column_int(q, 8) != 0;
    sql_text(q, 9, c->description, sizeof c->description);
}

/* People say "save ten" and type "save 10" for SAVE10: blanks do not count. */
static void without_blanks(char *out, size_t cap, const char *text) {
    size_t n = 0;
    for (; *text && n + 1 < cap; text++) {
        if (*text != ' ') out[n++] = *text;
    }
    out[n] = '\0';
}

static err_t terms_find(struct shop *s, const char *words, struct terms *out, bool *found) {
    char code[2 * COUPON_CODE_MAX];
    sqlite3_stmt *q;
    without_blanks(code, sizeof code, words);
    TRY(sql_start(s, &q, SQL_COUPON_FIND, "t", code));
    TRY(sql_next(s, q, found));
    if (!*found) return ERR_OK;
    terms_read(q, out);
    sql_stop(q);
    return ERR_OK;
}

static int64_t eligible_minor(const struct coupon *c, const struct cart *cart) {
    int64_t sum = 0;
    for (int i = 0; i < cart->n_lines; i++) {
        if (!*c->category || strcasecmp(c->category, cart->lines[i].category) == 0) sum += cart->lines[i].total_minor;
    }
    return sum;
}

static err_t discount(const struct terms *t, int64_t eligible, int64_t *out) {
    int64_t hundredths;
    TRY(money_times(&hundredths, eligible, t->percent));
    int64_t off = t->percent ? (hundredths + 50) / 100 : t->amount_minor;
    *out = off < eligible ? off : eligible;
    return ERR_OK;
}

static err_t is_used(struct shop *s, const struct terms *t, bool *out) {
    int64_t customer, n = 0;
    *out = false;
    if (!t->once) return ERR_OK;
    TRY(customer_id(s, &customer));
    TRY(sql_int(s, &n, SQL_COUPON_USES, "it", customer, t->coupon.code));
    *out = n > 0;
    return ERR_OK;
}

/* In the order in which a person would say why not. */
static err_t weigh(struct shop *s, struct terms *t, const struct cart *cart, int64_t now_ms) {
    struct coupon *c = &t->coupon;
    int64_t eligible = eligible_minor(c, cart);
    bool used;
    TRY(is_used(s, t, &used));
    c->state = COUPON_COUNTS;
    if (c->until_ms && now_ms >= c->until_ms) {
        c->state = COUPON_EXPIRED;
    } else if (c->from_ms && now_ms < c->from_ms) {
        c->state = COUPON_EARLY;
    } else if (used) {
        c->state = COUPON_USED;
    } else if (*c->category && cart->n_lines && eligible == 0) {
        c->state = COUPON_NOT_THESE;
    } else if (cart->subtotal_minor < c->minimum_minor) {
        c->state = COUPON_BELOW;
        c->short_minor = c->minimum_minor - cart->subtotal_minor;
    } else {
        return discount(t, eligible, &c->discount_minor);
    }
    return ERR_OK;
}

err_t coupon_weigh(struct shop *s, const char *code, const struct cart *cart, int64_t now_ms, struct coupon *out) {
    struct terms t = {0};
    bool found = false;
    if (*code) TRY(terms_find(s, code, &t, &found));
    if (found)
        TRY(weigh(s, &t, cart, now_ms));
    else if (*code) {
        t.coupon.state = COUPON_UNKNOWN;
        str_copy(t.coupon.spoken, sizeof t.coupon.spoken, code);
    }
    *out = t.coupon;
    return ERR_OK;
}

/* ---- on the basket ---- */

err_t coupon_apply(struct shop *s, const char *words, int64_t now_ms, struct coupon *out) {
    struct cart cart;
    struct coupon c;
    TRY(cart_get(s, now_ms, &cart));
    TRY(coupon_weigh(s, words, &cart, now_ms, &c));
    bool may_count =
        c.state == COUPON_NONE || c.state == COUPON_COUNTS || c.state == COUPON_BELOW || c.state == COUPON_NOT_THESE;
    if (may_count) {
        TRY(tx_begin(s));
        TRY(tx_end(s, choice_keep(s, SQL_BASKET_COUPON, c.code, now_ms)));
    }
    *out = c;
    return ERR_OK;
}

err_t coupon_best(struct shop *s, const struct cart *cart, int64_t now_ms, struct coupon *out) {
    enum { OFFERED_MAX = 16 };
    struct terms offered[OFFERED_MAX];
    struct coupon best = {0};
    sqlite3_stmt *q;
    bool row;
    size_t n = 0;
    TRY(sql_start(s, &q, SQL_COUPONS_OFFERED, ""));
    TRY(sql_next(s, q, &row));
    while (row && n < OFFERED_MAX) {
        terms_read(q, &offered[n++]);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    for (size_t i = 0; i < n; i++) {
        TRY(weigh(s, &offered[i], cart, now_ms));
        const struct coupon *c = &offered[i].coupon;
        if (c->state == COUPON_COUNTS && c->discount_minor > best.discount_minor) best = *c;
    }
    *out = best;
    return ERR_OK;
}
