/* What a customer wants to be told, or should be. Whoever speaks asks for what is due and says what was told. */
#include <inttypes.h>
#include <stdio.h>

#include "base/str.h"
#include "shop/catalog.h"
#include "shop/customer.h"
#include "shop/orders.h"
#include "shop/shop.h"
#include "shop/text.h"

static const struct {
    const char *name;
    bool of_order;
} kinds[] = {[NOTICE_SHIPPED] = {"shipped", true},     [NOTICE_OUT_FOR_DELIVERY] = {"out_for_delivery", true},
             [NOTICE_DELIVERED] = {"delivered", true}, [NOTICE_DELAYED] = {"delayed", true},
             [NOTICE_PLACED] = {"placed", true},       [NOTICE_REFUSED] = {"refused", true},
             [NOTICE_UNCERTAIN] = {"uncertain", true}, [NOTICE_ASKED] = {"asked", true},
             [NOTICE_KEPT] = {"kept", true},           [NOTICE_NOT_BACK] = {"not_back", true},
             [NOTICE_STOCK] = {"stock", false},        [NOTICE_PRICE] = {"price", false},
             [NOTICE_WISH] = {"wish", false}};
enum { KINDS = sizeof kinds / sizeof *kinds };

const char *notice_kind_name(enum notice_kind kind) {
    return kinds[kind].name;
}

bool notice_kind_by_name(enum notice_kind *out, const char *name) {
    for (int i = 0; i < KINDS; i++) {
        if (!str_equal(kinds[i].name, name)) continue;
        *out = (enum notice_kind)i;
        return true;
    }
    return false;
}

enum { WISHES_MAX = 50 }; /* of a customer that wait at a time */

/* Words enough to find something by, and not too many of them. */
static err_t wish_check(struct shop *s, const char *words) {
    char match[MATCH_MAX_BYTES];
    int64_t customer, waiting;
    if (text_match(match, sizeof match, words, " ") == 0)
        return err_fail(ERR_ARG, "nothing can be called '%.40s'", words);
    TRY(customer_id(s, &customer));
    TRY(sql_int(s, &waiting, SQL_NOTICE_WISH_COUNT, "it", customer, words));
    return waiting < WISHES_MAX ? ERR_OK : err_fail(ERR_FULL, "more than %d things are wished for", WISHES_MAX);
}

/* Checks that there is such a thing; *value is what a price is compared with. */
static err_t subject_check(struct shop *s, enum notice_kind kind, const char *subject, int64_t *value) {
    int64_t id;
    *value = 0;
    if (kinds[kind].of_order) return order_id(s, subject, &id);
    if (kind == NOTICE_WISH) return wish_check(s, subject);
    struct product p;
    int64_t variant = 0;
    if (sscanf(subject, "%" SCNd64, &variant) != 1) return err_fail(ERR_NOT_FOUND, "'%.20s' is no variant", subject);
    TRY(catalog_variant(s, variant, &p));
    *value = p.price_minor;
    return ERR_OK;
}

err_t notice_add(struct shop *s, enum notice_kind kind, const char *subject, int64_t now_ms) {
    int64_t customer, value;
    if ((unsigned)kind >= KINDS) return err_fail(ERR_ARG, "there is no kind of notice %d", (int)kind);
    TRY(customer_id(s, &customer));
    TRY(subject_check(s, kind, subject, &value));
    return sql_run(s, SQL_NOTICE_ADD, "ittii", customer, kinds[kind].name, subject, value, now_ms);
}

/* What can be bought now and has all the words. */
static err_t wish_find(struct shop *s, const char *words, struct product *out, bool *there) {
    static struct product found[FOUND_MAX]; /* one thread */
    struct search q = {.min_price_minor = 0, .max_price_minor = -1, .limit = FOUND_MAX};
    size_t n;
    *there = false;
    str_copy(q.query, sizeof q.query, words);
    TRY(catalog_search(s, &q, found, FOUND_MAX, &n, NULL));
    for (size_t i = 0; i < n && !*there; i++) {
        *there = found[i].score >= 1 && found[i].stock != 0;
        if (*there) *out = found[i];
    }
    return ERR_OK;
}

struct wish {
    int64_t id;
    char words[NOTICE_SUBJECT_MAX];
};

static err_t wishes_read(struct shop *s, int64_t customer, struct wish *v, size_t *n) {
    sqlite3_stmt *q;
    bool row;
    *n = 0;
    TRY(sql_start(s, &q, SQL_NOTICE_WISHES, "ii", customer, (int64_t)WISHES_MAX));
    TRY(sql_next(s, q, &row));
    while (row) {
        v[*n].id = sqlite3_column_int64(q, 0);
        sql_text(q, 1, v[*n].words, sizeof v[*n].words);
        (*n)++;
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

/* Whatever an import has brought since. */
static err_t wishes_happened(struct shop *s, int64_t customer, int64_t now_ms) {
    static struct wish v[WISHES_MAX]; /* one thread */
    size_t n;
    TRY(wishes_read(s, customer, v, &n));
    for (size_t i = 0; i < n; i++) {
        struct product p;
        bool there;
        TRY(wish_find(s, v[i].words, &p, &there));
        if (there) TRY(sql_run(s, SQL_NOTICE_WISH_DUE, "iii", v[i].id, now_ms, p.variant));
    }
    return ERR_OK;
}

/* The order or the product that a notice is about; false if it is gone. */
static err_t about_read(struct shop *s, struct notice *n, bool *there) {
    int64_t id;
    err_t err;
    if (n->kind == NOTICE_WISH) return wish_find(s, n->subject, &n->product, there);
    if (kinds[n->kind].of_order) {
        err = order_id(s, n->subject, &id);
        if (!err) err = order_get(s, id, &n->order);
    } else {
        int64_t variant = 0;
        err = sscanf(n->subject, "%" SCNd64, &variant) == 1 ? catalog_variant(s, variant, &n->product) : ERR_NOT_FOUND;
    }
    *there = err == ERR_OK;
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static err_t due_read(struct shop *s, int64_t customer, struct notices *out) {
    sqlite3_stmt *q;
    bool row;
    int n = 0;
    TRY(sql_start(s, &q, SQL_NOTICE_DUE, "i", customer));
    TRY(sql_next(s, q, &row));
    while (row) {
        char kind[NOTICE_KIND_MAX];
        if (n < NOTICES_MAX) {
            struct notice *notice = &out->v[n];
            *notice = (struct notice){.id = sqlite3_column_int64(q, 0), .due_ms = sqlite3_column_int64(q, 4)};
            sql_text(q, 1, kind, sizeof kind);
            sql_text(q, 2, notice->subject, sizeof notice->subject);
            notice->wished = sqlite3_column_int(q, 3) != 0;
            if (notice_kind_by_name(&notice->kind, kind)) n++;
        }
        out->total++;
        TRY(sql_next(s, q, &row));
    }
    for (int i = 0; i < n; i++) {
        bool there;
        TRY(about_read(s, &out->v[i], &there));
        if (there)
            out->v[out->n++] = out->v[i];
        else
            out->total--;
    }
    return ERR_OK;
}

static err_t happened_in_tx(struct shop *s, int64_t customer, int64_t now_ms) {
    TRY(sql_run(s, SQL_NOTICE_HAPPENED, "ii", customer, now_ms));
    return wishes_happened(s, customer, now_ms);
}

static err_t due_in_tx(struct shop *s, int64_t now_ms, struct notices *out) {
    int64_t customer;
    TRY(customer_id(s, &customer));
    TRY(sql_run(s, SQL_NOTICE_NEWS, "ii", customer, now_ms));
    TRY(happened_in_tx(s, customer, now_ms));
    return due_read(s, customer, out);
}

err_t notices_happened(struct shop *s, int64_t customer, int64_t now_ms) {
    TRY(tx_begin(s));
    return tx_end(s, happened_in_tx(s, customer, now_ms));
}

err_t notice_due(struct shop *s, int64_t now_ms, struct notices *out) {
    static struct notices found; /* one thread */
    found = (struct notices){0};
    TRY(tx_begin(s));
    TRY(tx_end(s, due_in_tx(s, now_ms, &found)));
    *out = found;
    return ERR_OK;
}

err_t notice_told(struct shop *s, int64_t id, int64_t now_ms) {
    return sql_run(s, SQL_NOTICE_TOLD, "ii", id, now_ms);
}
