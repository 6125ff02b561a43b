/* What was chosen for the basket beside what is in it: how it is delivered, where to, and how it is paid. */
#include <string.h>

#include "base/str.h"
#include "shop/basket.h"
#include "shop/customer.h"
#include "shop/text.h"

enum { NAMES_MAX_BYTES = 256 };

/* ---- names ---- */

/* How many of the words are in the name; all of them, or it is none of this name. */
static int words_in(const char *words, const char *name) {
    char said[NAMES_MAX_BYTES], called[NAMES_MAX_BYTES], *rest = said;
    int n = 0;
    text_words(said, sizeof said, words);
    text_words(called, sizeof called, name);
    for (char *word; (word = str_next_word(&rest)); n++) {
        if (!text_has_word(called, word)) return 0;
    }
    return n;
}

/* "Blue card" fits "blue card" best, and "card" fits several cards: then none. */
struct best {
    int score, at; /* at -1: none, or more than one */
};

static void best_try(struct best *best, int at, int score) {
    if (score < best->score || score == 0) return;
    if (score == best->score) {
        if (best->at != at) best->at = -1;
        return;
    }
    *best = (struct best){score, at};
}

/* The name, and the others with | between them. A name that is said to its last word is meant before one that only
 * has the words in it. */
static void best_try_names(struct best *best, int at, const char *words, const char *name, const char *also) {
    char all[NAMES_MAX_BYTES], said[NAMES_MAX_BYTES], called[NAMES_MAX_BYTES], *rest = all;
    str_copy(all, sizeof all, name);
    str_append(all, sizeof all, "|");
    str_append(all, sizeof all, also);
    text_words(said, sizeof said, words);
    for (char *one; (one = strsep(&rest, "|"));) {
        text_words(called, sizeof called, one);
        bool exact = *called && str_equal(said, called);
        best_try(best, at, exact ? 100 : words_in(words, one));
    }
}

/* ---- delivery ---- */

struct delivery {
    char id[WAY_ID_MAX], also[NAMES_MAX_BYTES];
    int64_t free_from_minor;
    struct way way;
};

static err_t deliveries_read(struct shop *s, struct delivery *v, int *n) {
    sqlite3_stmt *q;
    bool row;
    *n = 0;
    TRY(sql_start(s, &q, SQL_DELIVERIES, ""));
    TRY(sql_next(s, q, &row));
    for (; row && *n < WAYS_MAX; ++*n) {
        struct delivery *d = &v[*n];
        *d = (struct delivery){.free_from_minor = sql_number(q, 4, -1)};
        sql_text(q, 0, d->id, sizeof d->id);
        sql_text(q, 1, d->way.name, sizeof d->way.name);
        sql_text(q, 2, d->also, sizeof d->also);
        d->way.price_minor = sqlite3_column_int64(q, 3);
        d->way.days = (int)sql_number(q, 5, 0);
        d->way.pickup = sqlite3_column_int(q, 6) != 0;
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

/* Free delivery is earned by what is bought, not by what is paid for it: the subtotal counts before any discount. */
static struct way way_for(const struct delivery *d, int64_t subtotal_minor) {
    struct way way = d->way;
    if (d->free_from_minor >= 0 && subtotal_minor >= d->free_from_minor) way.price_minor = 0;
    return way;
}

/* A shop that lists no ways has one, which shop.ini tells the price of. */
static err_t usual_way(struct shop *s, struct delivery *out) {
    struct shop_profile profile;
    TRY(shop_profile(s, &profile));
    *out = (struct delivery){.free_from_minor = profile.free_delivery_from_minor,
                             .way.price_minor = profile.delivery_minor};
    return ERR_OK;
}

static err_t way_apply(struct shop *s, const char *id, struct cart *cart) {
    struct delivery v[WAYS_MAX];
    int n, at = 0;
    TRY(deliveries_read(s, v, &n));
    for (int i = 0; i < n; i++)
        if (str_equal(v[i].id, id)) at = i;
    if (!n) TRY(usual_way(s, &v[0]));
    cart->way = way_for(&v[at], cart->subtotal_minor);
    cart->delivery_minor = cart->n_lines ? cart->way.price_minor : 0;
    return ERR_OK;
}

err_t cart_deliver(struct shop *s, const char *words, int64_t now_ms) {
    struct delivery v[WAYS_MAX];
    struct best best = {0, -1};
    int n;
    TRY(deliveries_read(s, v, &n));
    for (int i = 0; i < n; i++) best_try_names(&best, i, words, v[i].way.name, v[i].also);
    if (best.at < 0) return err_fail(ERR_NOT_FOUND, "no way of delivery is called '%.40s'", words);
    TRY(tx_begin(s));
    return tx_end(s, choice_keep(s, SQL_BASKET_DELIVERY, v[best.at].id, now_ms));
}

err_t delivery_ways(struct shop *s, struct ways *out) {
    struct delivery v[WAYS_MAX];
    struct ways ways = {0};
    struct cart cart;
    TRY(cart_get(s, 0, &cart));
    TRY(deliveries_read(s, v, &ways.n));
    for (int i = 0; i < ways.n; i++) ways.v[i] = way_for(&v[i], cart.subtotal_minor);
    str_copy(ways.currency, sizeof ways.currency, cart.currency);
    *out = ways;
    return ERR_OK;
}

/* ---- the address ---- */

err_t cart_send_to(struct shop *s, const char *words, int64_t now_ms) {
    struct addresses a;
    struct best best = {0, -1};
    TRY(customer_addresses(s, &a));
    for (int i = 0; i < a.n; i++) best_try_names(&best, i, words, a.v[i].nickname, a.v[i].text);
    if (*words && best.at < 0) return err_fail(ERR_NOT_FOUND, "no address is called '%.40s'", words);
    TRY(tx_begin(s));
    return tx_end(s, choice_keep(s, SQL_BASKET_ADDRESS, *words ? a.v[best.at].text : "", now_ms));
}

/* ---- payment ---- */

static enum payment_state payment_state_of(const char *name) {
    if (str_equal(name, "declined")) return PAYMENT_DECLINED;
    return str_equal(name, "expired") ? PAYMENT_EXPIRED : PAYMENT_OK;
}

static err_t methods_read(struct shop *s, int64_t customer, struct payments *out) {
    sqlite3_stmt *q;
    bool row;
    *out = (struct payments){0};
    TRY(sql_start(s, &q, SQL_PAYMENTS, "i", customer));
    TRY(sql_next(s, q, &row));
    while (row && out->n < PAYMENTS_MAX) {
        char state[16];
        struct payment *p = &out->v[out->n++];
        sql_text(q, 0, p->nickname, sizeof p->nickname);
        sql_text(q, 1, state, sizeof state);
        p->state = payment_state_of(state);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

/* The one that was chosen for the basket comes first. */
err_t payment_methods(struct shop *s, struct payments *out) {
    int64_t customer;
    struct choices choices;
    struct payments p;
    TRY(customer_id(s, &customer));
    TRY(methods_read(s, customer, &p));
    TRY(choices_read(s, customer, &choices));
    for (int i = 1; i < p.n; i++) {
        struct payment chosen = p.v[i];
        if (!str_equal(chosen.nickname, choices.payment)) continue;
        memmove(p.v + 1, p.v, (size_t)i * sizeof chosen);
        p.v[0] = chosen;
    }
    *out = p;
    return ERR_OK;
}

static err_t payment_apply(struct shop *s, int64_t customer, const char *chosen, struct cart *cart) {
    struct payments p;
    TRY(methods_read(s, customer, &p));
    if (p.n) cart->payment = p.v[0];
    for (int i = 0; i < p.n; i++)
        if (str_equal(p.v[i].nickname, chosen)) cart->payment = p.v[i];
    return ERR_OK;
}

err_t cart_pay_with(struct shop *s, const char *words, int64_t now_ms) {
    struct payments p;
    struct best best = {0, -1};
    TRY(payment_methods(s, &p));
    for (int i = 0; i < p.n; i++) best_try_names(&best, i, words, p.v[i].nickname, "");
    if (best.at < 0) return err_fail(ERR_NOT_FOUND, "no method of payment is called '%.40s'", words);
    TRY(tx_begin(s));
    return tx_end(s, choice_keep(s, SQL_BASKET_PAYMENT, p.v[best.at].nickname, now_ms));
}

/* ---- kept with the basket ---- */

err_t choices_read(struct shop *s, int64_t customer, struct choices *out) {
    sqlite3_stmt *q;
    bool row;
    *out = (struct choices){0};
    TRY(sql_start(s, &q, SQL_BASKET_CHOICES, "i", customer));
    TRY(sql_next(s, q, &row));
    if (!row) return ERR_OK;
    sql_text(q, 0, out->coupon, sizeof out->coupon);
    sql_text(q, 1, out->delivery, sizeof out->delivery);
    sql_text(q, 2, out->address, sizeof out->address);
    sql_text(q, 3, out->payment, sizeof out->payment);
    sql_stop(q);
    return ERR_OK;
}

err_t choices_apply(struct shop *s, int64_t customer, const struct choices *c, struct cart *cart) {
    TRY(way_apply(s, c->delivery, cart));
    str_copy(cart->address, sizeof cart->address, c->address);
    return payment_apply(s, customer, c->payment, cart);
}

err_t choice_keep(struct shop *s, enum sql set, const char *value, int64_t now_ms) {
    int64_t customer;
    TRY(customer_keep(s, &customer));
    TRY(sql_run(s, SQL_BASKET_TOUCH, "ii", customer, now_ms));
    return sql_run(s, set, "it", customer, value);
}
