#include "shop/import.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/money.h"
#include "base/str.h"
#include "shop/text.h"
#include "shop/when.h"

enum { BAD_ROWS_MAX = 10000, PROGRESS_ROWS = 1000, COUNT_MAX = 1000000000 };

/* ---- any file ---- */

static bool is_about_row(err_t err) {
    return err == ERR_FORMAT || err == ERR_RANGE || err == ERR_ARG || err == ERR_NOT_FOUND;
}

static err_t reject(struct import *in, const char *file, int line) {
    struct import_report *report = in->report;
    report->rejected++;
    if (report->bad_row) report->bad_row(report->ctx, file, line, err_reason());
    if (report->rejected < BAD_ROWS_MAX) return ERR_OK;
    return err_fail(ERR_FORMAT, "%s has %d bad rows and more: it is not what it is taken for", file, BAD_ROWS_MAX);
}

static err_t rows_import(struct import *in, struct csv *csv, const char *file, row_fn *fn) {
    for (;;) {
        const char *const *values = NULL;
        err_t err = csv_next(csv, &values);
        if (!err && !values) return ERR_OK;
        in->report->rows++;
        if (!err) err = fn(in, values);
        if (!err) {
            in->report->imported++;
        } else if (is_about_row(err)) {
            TRY(reject(in, file, csv_line(csv)));
        } else {
            return err_prefix(err, "%s: line %d", file, csv_line(csv));
        }
        if (in->report->progress && in->report->rows % PROGRESS_ROWS == 0) {
            in->report->progress(in->report->ctx, file, in->report->rows);
        }
    }
}

err_t import_file(struct import *in, const char *path, const char *file, const struct csv_column *columns, bool others,
                  row_fn *fn) {
    struct csv *csv;
    TRY(csv_open(&csv, path, columns, others));
    err_t err = rows_import(in, csv, file, fn);
    csv_close(csv);
    return err;
}

/* ---- values ---- */

err_t import_money(struct import *in, const char *text, int64_t *out_minor) {
    if (*text == '\0') return ERR_OK;
    struct money money;
    TRY(money_parse(&money, text, in->currency));
    *out_minor = money.minor;
    return ERR_OK;
}

err_t import_count(const char *text, const char *what, int64_t *out) {
    if (*text == '\0') return ERR_OK;
    return err_prefix(text_decimal(text, 0, COUNT_MAX, out), "%s", what);
}

err_t import_id(const char *text, const char *what, size_t cap) {
    if (*text == '\0') return err_fail(ERR_FORMAT, "there is no %s", what);
    if (strlen(text) < cap) return ERR_OK;
    return err_fail(ERR_FORMAT, "%s '%.40s' is longer than %zu bytes", what, text, cap - 1);
}

/* ---- products ---- */

enum { ID, TITLE, BRAND, CATEGORY, PRICE, CURRENCY, DESCRIPTION, RATING, STOCK, UNIT, SPOKEN, ADDED };

static const struct csv_column columns[] = {
    [ID] = {"id", true},
    [TITLE] = {"title", true},
    [BRAND] = {"brand", false},
    [CATEGORY] = {"category", false},
    [PRICE] = {"price", false},
    [CURRENCY] = {"currency", false},
    [DESCRIPTION] = {"description", false},
    [RATING] = {"rating", false},
    [STOCK] = {"stock", false},
    [UNIT] = {"unit", false},
    [SPOKEN] = {"spoken", false},
    [ADDED] = {"added", false},
    {NULL, false},
};

struct product_text {
    char spoken[TITLE_MAX], short_spoken[TITLE_MAX];
    char brand[BRAND_MAX], category[CATEGORY_MAX]; /* as said */
    char also[3 * TITLE_MAX];
};

void import_spoken(const struct import *in, const char *text, char *out, size_t cap) {
    out[0] = '\0';
    if (in->hooks && in->hooks->spoken && *text) in->hooks->spoken(in->hooks->ctx, text, out, cap);
    if (!out[0]) text_words(out, cap, text);
}

/* The title up to its sizes and brackets: "Oat Milk 1 l (organic)" -> "Oat Milk". */
static void title_core(char *out, size_t cap, const char *title) {
    str_copy(out, cap, title);
    for (char *s = out; *s; s++) {
        bool size = s > out && s[-1] == ' ' && *s >= '0' && *s <= '9';
        bool aside = s > out && (*s == '(' || *s == ',' || strncmp(s, " - ", 3) == 0);
        if (size || aside) *s = '\0';
        if (*s == '\0') break;
    }
    text_clean(out);
}

/* Adds the words of `said` that are not in `written`. */
static void add_unwritten(struct product_text *t, const char *said, const char *written) {
    char have[2 * TITLE_MAX], words[TITLE_MAX], *rest = words, *word;
    text_words(have, sizeof have, written);
    str_copy(words, sizeof words, said);
    while ((word = str_next_word(&rest))) {
        if (text_has_word(have, word)) continue;
        if (t->also[0]) str_append(t->also, sizeof t->also, " ");
        str_append(t->also, sizeof t->also, word);
    }
}

static void product_say(struct import *in, const struct import_product *p, struct product_text *t) {
    char core[TITLE_MAX];
    memset(t, 0, sizeof *t);
    if (*p->spoken) {
        text_words(t->spoken, sizeof t->spoken, p->spoken);
        str_copy(t->short_spoken, sizeof t->short_spoken, t->spoken);
    } else {
        import_spoken(in, p->title, t->spoken, sizeof t->spoken);
        title_core(core, sizeof core, p->title);
        import_spoken(in, core, t->short_spoken, sizeof t->short_spoken);
    }
    import_spoken(in, p->brand, t->brand, sizeof t->brand);
    import_spoken(in, p->category, t->category, sizeof t->category);
    add_unwritten(t, t->spoken, p->title);
    add_unwritten(t, t->brand, p->brand);
    add_unwritten(t, t->category, p->category);
}

/* The shop's currency is that of its profile or, without one, of the first row that names one. */
static err_t check_currency(struct import *in, const char *currency) {
    if (*currency == '\0') return ERR_OK;
    if (in->currency_known && str_equal(currency, in->currency)) return ERR_OK;
    if (in->currency_known)
        return err_fail(ERR_FORMAT, "currency '%.10s' is not the shop's %s", currency, in->currency);
    struct money probe;
    TRY(money_parse(&probe, "0", currency));
    str_copy(in->currency, sizeof in->currency, currency);
    in->currency_known = true;
    return meta_set(in->shop, "shop.currency", currency);
}

err_t import_product(struct import *in, const struct import_product *p, int64_t *product) {
    char title[CSV_FIELD_MAX_BYTES], description[CSV_FIELD_MAX_BYTES];
    struct product_text said;
    str_copy(title, sizeof title, p->title);
    text_clean(title);
    str_copy(description, sizeof description, p->description);
    text_clean(description);
    product_say(in, p, &said);
    TRY(sql_int(in->shop, product, SQL_PRODUCT_PUT, "tttttttttttii", p->id, title, said.spoken, said.short_spoken,
                said.also, p->brand, said.brand, p->category, said.category, description, p->unit, p->rating_centi,
                p->added_ms));
    return sql_run(in->shop, SQL_VARIANT_OWN_PUT, "iii", *product, p->price_minor, p->stock);
}

static err_t import_row(struct import *in, const char *const *v) {
    struct import_product p = {.id = v[ID],
                               .title = v[TITLE],
                               .spoken = v[SPOKEN],
                               .brand = v[BRAND],
                               .category = v[CATEGORY],
                               .description = v[DESCRIPTION],
                               .unit = v[UNIT],
                               .price_minor = SQL_NULL,
                               .stock = SQL_NULL,
                               .rating_centi = SQL_NULL};
    int64_t product;
    TRY(import_id(v[ID], "id", PRODUCT_ID_MAX));
    if (*v[TITLE] == '\0') return err_fail(ERR_FORMAT, "there is no title");
    TRY(check_currency(in, v[CURRENCY]));
    TRY(err_prefix(import_money(in, v[PRICE], &p.price_minor), "price"));
    if (*v[RATING]) TRY(err_prefix(text_decimal(v[RATING], 2, 500, &p.rating_centi), "rating"));
    TRY(import_count(v[STOCK], "stock", &p.stock));
    if (strlen(v[BRAND]) >= BRAND_MAX) return err_fail(ERR_FORMAT, "brand is longer than %d bytes", BRAND_MAX - 1);
    if (strlen(v[CATEGORY]) >= CATEGORY_MAX) {
        return err_fail(ERR_FORMAT, "category is longer than %d bytes", CATEGORY_MAX - 1);
    }
    if (strlen(v[UNIT]) >= sizeof((struct product *)0)->unit)
        return err_fail(ERR_FORMAT, "unit is longer than 15 bytes");
    TRY(err_prefix(when_parse(&p.added_ms, v[ADDED], in->zone, in->now_ms), "added"));
    return import_product(in, &p, &product);
}

err_t import_products(struct import *in, const char *path, const char *file) {
    return import_file(in, path, file, columns, true, import_row);
}

err_t import_begin(struct import *in, struct shop *s) {
    in->shop = s;
    TRY(meta_text(s, "shop.currency", "", in->currency, sizeof in->currency));
    in->currency_known = in->currency[0] != '\0';
    if (!in->currency_known) str_copy(in->currency, sizeof in->currency, "USD");
    return meta_text(s, "shop.timezone", "UTC", in->zone, sizeof in->zone);
}

static err_t import_in_tx(struct import *in, struct shop *s, const char *csv) {
    TRY(import_begin(in, s));
    const char *slash = strrchr(csv, '/');
    return import_products(in, csv, slash ? slash + 1 : csv);
}

err_t catalog_import(struct shop *s, const char *csv, const struct shop_hooks *hooks, struct import_report *report) {
    struct import_report unasked = {0};
    struct import in = {.hooks = hooks, .report = report ? report : &unasked, .now_ms = clock_now_ms()};
    TRY(tx_begin(s));
    return tx_end(s, import_in_tx(&in, s, csv));
}
