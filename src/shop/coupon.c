/* Coupons: which one was said, whether it works for the basket as it is, what it takes off, and what would help. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "shop/basket.h"
#include "shop/customer.h"
#include "shop/text.h"

/* ---- what it is worth ---- */

struct terms {
    int64_t from_ms, until_ms, uses; /* SQL_NULL: none */
    char categories[CATEGORY_MAX * 4];
};

static void coupon_read(sqlite3_stmt *q, struct coupon *out, struct terms *terms) {
    *out = (struct coupon){.state = COUPON_WORKS};
    sql_text(q, 0, out->code, sizeof out->code);
    out->percent = (int)sql_number(q, 1, 0);
    out->amount_minor = sql_number(q, 2, 0);
    out->minimum_minor = sqlite3_column_int64(q, 3);
    terms->from_ms = sql_number(q, 4, SQL_NULL);
    terms->until_ms = sql_number(q, 5, SQL_NULL);
    sql_text(q, 6, terms->categories, sizeof terms->categories);
    terms->uses = sql_number(q, 7, SQL_NULL);
    snprintf(out->category, sizeof out->category, "%.*s", (int)strcspn(terms->categories, "|"), terms->categories);
}

/* Half a cent counts as one; more than the goods cost is never taken off. */
static int64_t discount(const struct coupon *c, int64_t goods_minor) {
    if (goods_minor <= 0) return 0;
    if (c->percent >= 100) return goods_minor;
    int64_t off = c->percent > 0 ? goods_minor / 100 * c->percent + (goods_minor % 100 * c->percent + 50) / 100
                                 : c->amount_minor;
    return off < goods_minor ? off : goods_minor;
}

/* What cannot be cured comes before what more in the basket would cure. */
static err_t judge(struct shop *s, int64_t customer, const struct terms *terms, int64_t now_ms, struct coupon *c) {
    int64_t used, goods;
    TRY(sql_int(s, &used, SQL_COUPON_USES, "it", customer, c->code));
    TRY(sql_int(s, &goods, SQL_COUPON_GOODS, "it", customer, terms->categories));
    if (terms->until_ms != SQL_NULL && now_ms > terms->until_ms) {
        c->state = COUPON_EXPIRED;
        c->at_ms = terms->until_ms;
    } else if (terms->from_ms != SQL_NULL && now_ms < terms->from_ms) {
        c->state = COUPON_EARLY;
        c->at_ms = terms->from_ms;
    } else if (terms->uses != SQL_NULL && used >= terms->uses) {
        c->state = COUPON_USED;
    } else if (goods <= 0 && *terms->categories) {
        c->state = COUPON_OTHER_ITEMS;
    } else if (goods < c->minimum_minor || goods <= 0) {
        c->state = COUPON_BELOW;
        c->missing_minor = c->minimum_minor > goods ? c->minimum_minor - goods : 0;
    } else {
        c->discount_minor = discount(c, goods);
    }
    return ERR_OK;
}

err_t coupon_weigh(struct shop *s, int64_t customer, const char *code, int64_t now_ms, struct coupon *out) {
    struct coupon c = {.state = COUPON_UNKNOWN};
    struct terms terms;
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_COUPON_GET, "t", code));
    TRY(sql_next(s, q, &row));
    if (row) {
        coupon_read(q, &c, &terms);
        sql_stop(q);
        TRY(judge(s, customer, &terms, now_ms, &c));
    } else {
        str_copy(c.code, sizeof c.code, code);
    }
    *out = c;
    return ERR_OK;
}

/* ---- which one was said ---- */

enum { SAID_MAX_BYTES = 256 };

/* "S E C O N D cup" and "second-cup" are "secondcup": a code may be said, spelled, or both. */
static void squeeze(char *out, size_t cap, const char *text) {
    char words[SAID_MAX_BYTES];
    size_t n = 0;
    text_words(words, sizeof words, text);
    for (const char *w = words; *w && n + 1 < cap; w++) {
        if (*w != ' ') out[n++] = *w;
    }
    out[n] = '\0';
}

/* By the code as it is written or as it is spoken ("save ten" for SAVE10). */
static bool is_code(const char *said, const char *code, const char *spoken) {
    char one[SAID_MAX_BYTES];
    squeeze(one, sizeof one, code);
    if (str_equal(said, one)) return true;
    squeeze(one, sizeof one, spoken);
    return *one && str_equal(said, one);
}

static err_t code_find(struct shop *s, const char *text, char code[COUPON_CODE_MAX]) {
    char said[SAID_MAX_BYTES], spoken[SAID_MAX_BYTES];
    sqlite3_stmt *q;
    bool row;
    squeeze(said, sizeof said, text);
    TRY(sql_start(s, &q, SQL_COUPONS, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        sql_text(q, 0, code, COUPON_CODE_MAX);
        sql_text(q, 1, spoken, sizeof spoken);
        if (is_code(said, code, spoken)) {
            sql_stop(q);
            return ERR_OK;
        }
        TRY(sql_next(s, q, &row));
    }
    str_copy(code, COUPON_CODE_MAX, text); /* as it was said */
    return ERR_OK;
}

/* ---- what would help ---- */

enum { TOLD_MAX = 16 };

/* Of those that the shop lets be told, the one that takes most off now, and more than `least_minor`. */
static err_t best_other(struct shop *s, int64_t customer, const char *but, int64_t least_minor, int64_t now_ms,
                        struct coupon *best) {
    char codes[TOLD_MAX][COUPON_CODE_MAX];
    int n = 0;
    sqlite3_stmt *q;
    bool row;
    *best = (struct coupon){0};
    TRY(sql_start(s, &q, SQL_COUPONS_TOLD, ""));
    TRY(sql_next(s, q, &row));
    while (row && n < TOLD_MAX) {
        sql_text(q, 0, codes[n++], COUPON_CODE_MAX);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    for (int i = 0; i < n; i++) {
        struct coupon c;
        if (str_equal(codes[i], but)) continue;
        TRY(coupon_weigh(s, customer, codes[i], now_ms, &c));
        if (c.state != COUPON_WORKS || c.discount_minor <= least_minor) continue;
        least_minor = c.discount_minor;
        *best = c;
    }
    return ERR_OK;
}

/* ---- public ---- */

/* One that may work later does not take the place of one that works now. */
static bool is_to_be_kept(const struct coupon *asked, const struct coupon *now) {
    if (asked->state == COUPON_BELOW || asked->state == COUPON_OTHER_ITEMS) return now->state != COUPON_WORKS;
    return asked->state == COUPON_WORKS;
}

static err_t apply_in_tx(struct shop *s, const char *said, int64_t now_ms, struct coupon_answer *out) {
    char code[COUPON_CODE_MAX];
    int64_t customer;
    struct shop_profile profile;
    struct choices choices;
    struct coupon now;
    TRY(customer_id(s, &customer));
    TRY(shop_profile(s, &profile));
    TRY(choices_read(s, customer, &choices));
    TRY(coupon_weigh(s, customer, choices.coupon, now_ms, &now));
    TRY(code_find(s, said, code));
    TRY(coupon_weigh(s, customer, code, now_ms, &out->asked));
    str_copy(out->currency, sizeof out->currency, profile.currency);
    out->kept = is_to_be_kept(&out->asked, &now);
    if (out->kept) TRY(choice_keep(s, SQL_BASKET_COUPON, out->asked.code, now_ms));
    if (out->asked.state == COUPON_WORKS) return ERR_OK;
    return best_other(s, customer, out->asked.code, now.discount_minor, now_ms, &out->other);
}

err_t coupon_apply(struct shop *s, const char *said, int64_t now_ms, struct coupon_answer *out) {
    struct coupon_answer answer = {0};
    TRY(tx_begin(s));
    TRY(tx_end(s, apply_in_tx(s, said, now_ms, &answer)));
    *out = answer;
    return ERR_OK;
}

err_t coupon_remove(struct shop *s, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, choice_keep(s, SQL_BASKET_COUPON, "", now_ms));
}
