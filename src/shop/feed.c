#include "shop/feed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "base/str.h"
#include "shop/import.h"
#include "shop/outbox.h"
#include "shop/quoted.h"
#include "shop/text.h"

enum { NAMES_MAX = 2048, SWEEP_MIN = 20 };

struct feed {
    struct import in;
    struct import_report unread;
    int64_t fill; /* number of the whole fill that runs, or ran last */
    bool filling;
    struct feed_report report, before; /* before: the page in hand */
};

/* ---- where ---- */

err_t feed_where(struct shop *s, char cursor[CURSOR_MAX], char *etag, size_t cap) {
    TRY(sync_get(s, "cursor", cursor, CURSOR_MAX));
    return sync_get(s, "etag", etag, cap);
}

err_t feed_restart(struct shop *s) {
    TRY(sync_set(s, "etag", ""));
    return sync_set(s, "cursor", "");
}

static err_t number_get(struct shop *s, const char *name, int64_t *out) {
    char text[24];
    TRY(sync_get(s, name, text, sizeof text));
    *out = strtoll(text, NULL, 10);
    return ERR_OK;
}

static err_t number_set(struct shop *s, const char *name, int64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    return sync_set(s, name, text);
}

err_t feed_open(struct feed **out, struct shop *s, const struct shop_hooks *hooks, int64_t now_ms) {
    struct feed *f = calloc(1, sizeof *f);
    if (!f) return err_fail(ERR_MEMORY, "no memory for the catalogue");
    f->in = (struct import){.hooks = hooks, .report = &f->unread, .now_ms = now_ms};
    err_t err = import_begin(&f->in, s);
    if (err) {
        free(f);
        return err;
    }
    *out = f;
    return ERR_OK;
}

void feed_close(struct feed *f) {
    free(f);
}

void feed_report(const struct feed *f, struct feed_report *out) {
    *out = f->report;
}

/* ---- a page ---- */

static err_t begin_in_tx(struct feed *f, const char *cursor) {
    struct shop *s = f->in.shop;
    int64_t filling;
    TRY(number_get(s, "fill", &f->fill));
    TRY(number_get(s, "filling", &filling));
    f->filling = filling != 0;
    f->before = f->report;
    if (*cursor) return ERR_OK;
    f->filling = true;
    f->fill++;
    TRY(number_set(s, "fill", f->fill));
    return number_set(s, "filling", 1);
}

err_t feed_begin(struct feed *f, const char *cursor) {
    TRY(tx_begin(f->in.shop));
    err_t err = begin_in_tx(f, cursor);
    return err ? tx_end(f->in.shop, err) : ERR_OK;
}

/* What it is called and chosen by, "" if it is not sold. */
static err_t names_of(struct shop *s, const char *id, char out[NAMES_MAX], int64_t *product) {
    sqlite3_stmt *q;
    bool row;
    out[0] = '\0';
    *product = 0;
    TRY(sql_start(s, &q, SQL_FEED_KNOWN, "t", id));
    TRY(sql_next(s, q, &row));
    if (!row) return ERR_OK;
    *product = sqlite3_column_int64(q, 0);
    sql_text(q, 1, out, NAMES_MAX);
    sql_stop(q);
    size_t n = strlen(out);
    if (n > 2 && str_equal(out + n - 2, "|-")) out[0] = '\0';
    return ERR_OK;
}

static err_t put_variant(struct feed *f, int64_t product, const struct feed_variant *v) {
    struct shop *s = f->in.shop;
    int64_t of_product;
    if (!*v->id) return err_fail(ERR_FORMAT, "a variant has no id");
    if (!sql_int(s, &of_product, SQL_PRODUCT_ID, "t", v->id))
        return err_fail(ERR_FORMAT, "variant '%.40s' has the id of a product", v->id);
    return sql_run(s, SQL_VARIANT_PUT, "ittiii", product, v->id, v->options,
                   v->price_minor == PRICE_NONE ? SQL_NULL : v->price_minor,
                   v->stock == STOCK_UNLIMITED ? SQL_NULL : v->stock, v->pieces ? (int64_t)v->pieces : SQL_NULL);
}

static err_t put_known(struct feed *f, const struct feed_product *p, int64_t *product) {
    struct import_product row = {.id = p->id,
                                 .title = p->title,
                                 .spoken = p->spoken,
                                 .brand = p->brand,
                                 .category = p->category,
                                 .description = p->description,
                                 .unit = p->unit,
                                 .rating_centi = p->rating_centi == RATING_NONE ? SQL_NULL : p->rating_centi,
                                 .added_ms = p->added_ms,
                                 .price_minor = SQL_NULL,
                                 .stock = SQL_NULL};
    if (!*p->id) return err_fail(ERR_FORMAT, "a product has no id");
    if (!*p->title) return err_fail(ERR_FORMAT, "product '%.40s' has no title", p->id);
    if (p->n_variants < 1) return err_fail(ERR_FORMAT, "product '%.40s' has no variants", p->id);
    TRY(import_product(&f->in, &row, product));
    TRY(sql_run(f->in.shop, SQL_FEED_WITHDRAW, "i", *product)); /* those that do not come are no longer sold */
    for (int i = 0; i < p->n_variants; i++) TRY(put_variant(f, *product, &p->variants[i]));
    return sql_run(f->in.shop, SQL_FEED_SEEN, "ii", *product, f->fill);
}

err_t feed_put(struct feed *f, const struct feed_product *p) {
    static char was[NAMES_MAX], is[NAMES_MAX]; /* one thread */
    struct shop *s = f->in.shop;
    int64_t product;
    TRY(names_of(s, p->id, was, &product));
    if (p->gone) {
        if (product) TRY(sql_run(s, SQL_FEED_WITHDRAW, "i", product));
        f->report.gone++;
    } else {
        TRY(put_known(f, p, &product));
        f->report.products++;
    }
    TRY(names_of(s, p->id, is, &product));
    if (!str_equal(was, is)) f->report.names = true;
    return ERR_OK;
}

/* What a whole fill left out. A server that has lost most of what it sold has a fault, and is not believed. */
static err_t sweep(struct feed *f) {
    struct shop *s = f->in.shop;
    int64_t gone, sold;
    TRY(sql_int(s, &gone, SQL_FEED_GONE_COUNT, "i", f->fill));
    TRY(sql_int(s, &sold, SQL_FEED_SOLD_COUNT, ""));
    if (gone >= SWEEP_MIN && gone * 10 > sold * 9)
        return err_fail(ERR_RANGE, "the server has %d of the %d products that it sold: the catalogue stays as it is",
                        (int)(sold - gone), (int)sold);
    TRY(sql_run(s, SQL_FEED_SWEEP, "i", f->fill));
    if (sqlite3_changes(s->db)) f->report.names = true;
    f->report.gone += (int)gone;
    return number_set(s, "filling", 0);
}

static err_t end_in_tx(struct feed *f, const char *cursor, const char *etag, bool more) {
    struct shop *s = f->in.shop;
    if (!more && f->filling) TRY(sweep(f));
    TRY(sync_set(s, "cursor", cursor));
    TRY(sync_set(s, "etag", more ? "" : etag));
    if (f->report.products + f->report.gone > f->before.products + f->before.gone) TRY(basket_quotes_forget(s));
    f->report.pages++;
    return ERR_OK;
}

err_t feed_end(struct feed *f, err_t err, const char *cursor, const char *etag, bool more) {
    if (!err) err = end_in_tx(f, cursor, etag, more);
    err = tx_end(f->in.shop, err);
    if (err) f->report = f->before;
    return err;
}
