#include "shop/catalog.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/str.h"

/* ---- rows ---- */

void product_read(sqlite3_stmt *q, struct product *out) {
    *out = (struct product){.variant = sqlite3_column_int64(q, 0)};
    sql_text(q, 1, out->id, sizeof out->id);
    sql_text(q, 2, out->title, sizeof out->title);
    sql_text(q, 3, out->spoken, sizeof out->spoken);
    sql_text(q, 4, out->brand, sizeof out->brand);
    sql_text(q, 5, out->category, sizeof out->category);
    sql_text(q, 6, out->options, sizeof out->options);
    sql_text(q, 7, out->unit, sizeof out->unit);
    sql_text(q, 8, out->description, sizeof out->description);
    out->price_minor = sql_number(q, 9, PRICE_NONE);
    out->rating_centi = (int)sql_number(q, 10, RATING_NONE);
    out->stock = (int)sql_number(q, 11, STOCK_UNLIMITED);
    sql_text(q, 12, out->currency, sizeof out->currency);
    out->pieces = (int)sql_number(q, 13, 0);
}

err_t products_read(struct shop *s, sqlite3_stmt *q, struct product *out, size_t cap, size_t *n) {
    size_t count = 0;
    bool row;
    TRY(sql_next(s, q, &row));
    while (row && count < cap) {
        product_read(q, &out[count++]);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    *n = count;
    return ERR_OK;
}

err_t catalog_variant(struct shop *s, int64_t variant, struct product *out) {
    sqlite3_stmt *q;
    size_t n;
    TRY(sql_start(s, &q, SQL_SOLD_VARIANT, "i", variant));
    TRY(products_read(s, q, out, 1, &n));
    return n ? ERR_OK : err_fail(ERR_NOT_FOUND, "variant %" PRId64 " is not sold, or no longer", variant);
}

err_t catalog_variants(struct shop *s, int64_t variant, struct product *out, size_t cap, size_t *n) {
    sqlite3_stmt *q;
    TRY(sql_start(s, &q, SQL_SOLD_VARIANTS, "i", variant));
    return products_read(s, q, out, cap, n);
}

err_t catalog_count(struct shop *s, int64_t *out) {
    return sql_int(s, out, SQL_SOLD_COUNT, "");
}

/* ---- profile ---- */

enum { QUIET_FROM_MIN = 21 * 60, QUIET_TO_MIN = 8 * 60 };

static err_t profile_number(struct shop *s, const char *key, int64_t fallback, int64_t *out) {
    char text[32];
    TRY(meta_text(s, key, "", text, sizeof text));
    *out = *text ? strtoll(text, NULL, 10) : fallback;
    return ERR_OK;
}

static err_t profile_read(struct shop *s, struct shop_profile *p) {
    int64_t rate, pitch, return_days, refund_days, undo_s, quiet_from, quiet_to;
    TRY(meta_text(s, "shop.name", "", p->name, sizeof p->name));
    TRY(meta_text(s, "shop.assistant", "", p->assistant, sizeof p->assistant));
    TRY(meta_text(s, "shop.locale", "en-US", p->locale, sizeof p->locale));
    TRY(meta_text(s, "shop.currency", "USD", p->currency, sizeof p->currency));
    TRY(meta_text(s, "shop.timezone", "UTC", p->timezone, sizeof p->timezone));
    TRY(meta_text(s, "shop.phone", "", p->phone, sizeof p->phone));
    TRY(meta_text(s, "shop.confirm", "confirm", p->confirm, sizeof p->confirm));
    TRY(profile_number(s, "shop.delivery_minor", 0, &p->delivery_minor));
    TRY(profile_number(s, "shop.free_delivery_from_minor", -1, &p->free_delivery_from_minor));
    TRY(profile_number(s, "shop.max_order_minor", LIMIT_NONE, &p->max_order_minor));
    TRY(profile_number(s, "shop.max_day_minor", LIMIT_NONE, &p->max_day_minor));
    TRY(profile_number(s, "shop.undo", 0, &undo_s));
    p->undo_s = (int)undo_s;
    TRY(profile_number(s, "returns.days", RETURN_DAYS_UNKNOWN, &return_days));
    TRY(profile_number(s, "returns.refund_days", 0, &refund_days));
    TRY(meta_text(s, "returns.how", "", p->return_how, sizeof p->return_how));
    p->return_days = (int)return_days;
    p->refund_days = (int)refund_days;
    TRY(meta_text(s, "persona.manner", "", p->manner, sizeof p->manner));
    TRY(meta_text(s, "persona.voice", "", p->voice, sizeof p->voice));
    TRY(profile_number(s, "persona.rate", 0, &rate));
    TRY(profile_number(s, "persona.pitch", 0, &pitch));
    TRY(profile_number(s, "shop.quiet_from", QUIET_FROM_MIN, &quiet_from));
    TRY(profile_number(s, "shop.quiet_to", QUIET_TO_MIN, &quiet_to));
    p->quiet_from_min = (int)quiet_from;
    p->quiet_to_min = (int)quiet_to;
    p->rate_wpm = (int)rate;
    p->pitch = (int)pitch;
    return ERR_OK;
}

err_t shop_profile(struct shop *s, struct shop_profile *out) {
    struct shop_profile p = {0};
    TRY(profile_read(s, &p));
    *out = p;
    return ERR_OK;
}

/* ---- pronunciations ---- */

err_t catalog_pronunciation_add(struct shop *s, const char *word, const char *phones) {
    if (!*word || !*phones) return err_fail(ERR_ARG, "a pronunciation needs a word and its phones");
    return sql_run(s, SQL_PRONUNCIATION_PUT, "tt", word, phones);
}

err_t catalog_pronunciations(struct shop *s, void (*fn)(void *ctx, const char *word, const char *phones), void *ctx) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_PRONUNCIATIONS, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char word[64], phones[256];
        sql_text(q, 0, word, sizeof word);
        sql_text(q, 1, phones, sizeof phones);
        fn(ctx, word, phones);
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}
