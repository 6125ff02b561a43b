/* A shop folder into the store, in one transaction (its formats: catalog/README.md). People and orders: load_orders.c.
 */
#include "shop/load.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/fingerprint.h"
#include "base/money.h"
#include "base/str.h"
#include "shop/text.h"
#include "shop/when.h"

enum { PATH_MAX_BYTES = 512, DIGEST_MAX_BYTES = 20 };

/* ---- shop.ini ---- */

static err_t keep(struct import *in, struct config *c, const char *section, const char *key, const char *fallback,
                  size_t cap) {
    const char *value = config_string(c, section, key, fallback);
    if (!value || !*value) {
        if (fallback) return ERR_OK; /* an empty value is the default */
        return err_fail(ERR_FORMAT, "section [%s] has no %s", section, key);
    }
    if (strlen(value) >= cap) {
        return err_fail(ERR_FORMAT, "line %d: %s is longer than %zu bytes", config_line(c, section, key), key, cap - 1);
    }
    char name[64];
    snprintf(name, sizeof name, "%s.%s", section, key);
    return meta_set(in->shop, name, value);
}

static err_t keep_money(struct import *in, struct config *c, const char *key) {
    const char *value = config_string(c, "shop", key, NULL);
    if (!value) return ERR_OK;
    struct money money;
    char name[64], minor[32];
    TRY(err_prefix(money_parse(&money, value, in->currency), "line %d: %s", config_line(c, "shop", key), key));
    snprintf(name, sizeof name, "shop.%s_minor", key);
    snprintf(minor, sizeof minor, "%" PRId64, money.minor);
    return meta_set(in->shop, name, minor);
}

static err_t keep_number(struct import *in, struct config *c, const char *key, int64_t min, int64_t max) {
    int64_t value;
    char name[64], text[32];
    TRY(config_int(c, "persona", key, min, max, 0, &value));
    if (!value) return ERR_OK;
    snprintf(name, sizeof name, "persona.%s", key);
    snprintf(text, sizeof text, "%" PRId64, value);
    return meta_set(in->shop, name, text);
}

/* 0 is a number of days, too: never. */
static err_t keep_days(struct import *in, struct config *c, const char *key) {
    enum { DAYS_MAX = 3650 };
    int64_t days;
    char name[64], text[32];
    if (!*config_string(c, "returns", key, "")) return ERR_OK;
    TRY(config_int(c, "returns", key, 0, DAYS_MAX, 0, &days));
    snprintf(name, sizeof name, "returns.%s", key);
    snprintf(text, sizeof text, "%" PRId64, days);
    return meta_set(in->shop, name, text);
}

/* How long an order can be taken back: seconds. */
static err_t keep_undo(struct import *in, struct config *c) {
    enum { UNDO_MAX_S = 3600 };
    int64_t seconds;
    char text[32];
    if (!*config_string(c, "shop", "undo", "")) return ERR_OK;
    TRY(config_int(c, "shop", "undo", 0, UNDO_MAX_S, 0, &seconds));
    snprintf(text, sizeof text, "%" PRId64, seconds);
    return meta_set(in->shop, "shop.undo", text);
}

/* "21:00-08:00": when nothing is said unasked. */
static err_t keep_quiet(struct import *in, struct config *c) {
    const char *value = config_string(c, "shop", "quiet", NULL);
    char from[8] = "", to[8] = "", minutes[16];
    int64_t begin, end;
    if (!value) return ERR_OK;
    if (sscanf(value, "%7[0-9:]-%7[0-9:]", from, to) != 2 || when_clock(&begin, from) || when_clock(&end, to))
        return err_fail(ERR_FORMAT, "line %d: quiet is '%.40s', write it as 21:00-08:00",
                        config_line(c, "shop", "quiet"), value);
    snprintf(minutes, sizeof minutes, "%" PRId64, begin);
    TRY(meta_set(in->shop, "shop.quiet_from", minutes));
    snprintf(minutes, sizeof minutes, "%" PRId64, end);
    return meta_set(in->shop, "shop.quiet_to", minutes);
}

static err_t check_confirm(struct config *c) {
    const char *confirm = config_string(c, "shop", "confirm", "confirm");
    if (str_equal(confirm, "confirm") || str_equal(confirm, "off") || str_equal(confirm, "pin")) return ERR_OK;
    return err_fail(ERR_FORMAT, "line %d: confirm is '%s', it may be 'confirm', 'pin' or 'off'",
                    config_line(c, "shop", "confirm"), confirm);
}

/* The C library takes a zone that it does not know for UTC without a word. */
static err_t check_zone(const char *zone) {
    char path[128];
    bool plain = *zone != '/' && !strstr(zone, "..");
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    if (plain && (access(path, R_OK) == 0 || str_equal(zone, "UTC"))) return ERR_OK;
    return err_fail(ERR_FORMAT, "timezone '%s' is not known: write one such as Europe/Berlin, and install tzdata",
                    zone);
}

static err_t profile_keep(struct import *in, struct config *c) {
    const struct shop_profile *p = NULL;
    TRY(keep(in, c, "shop", "name", NULL, sizeof p->name));
    TRY(keep(in, c, "shop", "assistant", NULL, sizeof p->assistant));
    TRY(keep(in, c, "shop", "locale", "", sizeof p->locale));
    TRY(keep(in, c, "shop", "currency", NULL, sizeof p->currency));
    TRY(keep(in, c, "shop", "timezone", NULL, sizeof p->timezone));
    TRY(keep(in, c, "shop", "phone", "", sizeof p->phone));
    TRY(keep_quiet(in, c));
    TRY(check_confirm(c));
    TRY(keep(in, c, "shop", "confirm", "", sizeof p->confirm));
    TRY(import_begin(in, in->shop));
    TRY(check_zone(in->zone));
    TRY(keep_money(in, c, "delivery"));
    TRY(keep_money(in, c, "free_delivery_from"));
    TRY(keep_money(in, c, "max_order"));
    TRY(keep_money(in, c, "max_day"));
    TRY(keep_undo(in, c));
    TRY(keep_days(in, c, "days"));
    TRY(keep_days(in, c, "refund_days"));
    TRY(keep(in, c, "returns", "how", "", sizeof p->return_how));
    TRY(keep(in, c, "persona", "manner", "", sizeof p->manner));
    TRY(keep(in, c, "persona", "voice", "", sizeof p->voice));
    TRY(keep_number(in, c, "rate", 80, 450));
    TRY(keep_number(in, c, "pitch", 0, 100));
    return config_finish(c);
}

static err_t load_profile(struct import *in, const char *dir) {
    char path[PATH_MAX_BYTES];
    snprintf(path, sizeof path, "%s/shop.ini", dir);
    struct config *c;
    TRY(config_load(&c, path));
    err_t err = sql_run(in->shop, SQL_PROFILE_FORGET, "");
    if (!err) err = profile_keep(in, c);
    config_free(c);
    return err_prefix(err, "shop.ini");
}

/* ---- variants.csv ---- */

enum { V_PRODUCT, V_ID, V_OPTIONS, V_PRICE, V_STOCK, V_PIECES };
enum { PIECES_MAX = 1000 };
static const struct csv_column variant_columns[] = {{"product", true}, {"id", true},     {"options", true},
                                                    {"price", false},  {"stock", false}, {"pieces", false},
                                                    {NULL, false}};

static err_t load_variant(struct import *in, const char *const *v) {
    int64_t product, price, stock, known;
    TRY(import_id(v[V_ID], "id", PRODUCT_ID_MAX));
    if (sql_int(in->shop, &product, SQL_PRODUCT_ID, "t", v[V_PRODUCT])) {
        return err_fail(ERR_NOT_FOUND, "there is no product '%.40s'", v[V_PRODUCT]);
    }
    if (!sql_int(in->shop, &known, SQL_PRODUCT_ID, "t", v[V_ID])) {
        return err_fail(ERR_FORMAT, "id '%.40s' is that of a product", v[V_ID]);
    }
    if (strlen(v[V_OPTIONS]) >= OPTIONS_MAX)
        return err_fail(ERR_FORMAT, "options are longer than %d bytes", OPTIONS_MAX - 1);
    TRY(sql_int(in->shop, &price, SQL_VARIANT_OWN_PRICE, "i", product));
    TRY(sql_int(in->shop, &stock, SQL_VARIANT_OWN_STOCK, "i", product));
    TRY(err_prefix(import_money(in, v[V_PRICE], &price), "price"));
    TRY(import_count(v[V_STOCK], "stock", &stock));
    int64_t pieces = SQL_NULL;
    TRY(import_count(v[V_PIECES], "pieces", &pieces));
    if (pieces != SQL_NULL && (pieces < 2 || pieces > PIECES_MAX))
        return err_fail(ERR_FORMAT, "a pack has 2 to %d pieces", PIECES_MAX);
    TRY(sql_run(in->shop, SQL_VARIANT_OWN_WITHDRAW, "i", product));
    return sql_run(in->shop, SQL_VARIANT_PUT, "ittiii", product, v[V_ID], v[V_OPTIONS], price, stock, pieces);
}

/* ---- options.csv ---- */

enum { O_PRODUCT, O_CATEGORY, O_NAME, O_VALUE, O_PRICE, O_AMOUNTS };
static const struct csv_column option_columns[] = {{"product", false}, {"category", false}, {"name", true},
                                                   {"value", true},    {"price", false},    {"amounts", false},
                                                   {NULL, false}};

static err_t check_option_name(const char *name) {
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz_");
    if (n > 0 && n < OPTION_NAME_MAX && name[n] == '\0') return ERR_OK;
    return err_fail(ERR_FORMAT, "option name '%.40s' is not a word of letters a to z and '_'", name);
}

static err_t load_option(struct import *in, const char *const *v) {
    int64_t product = SQL_NULL, price = 0;
    const char *category = *v[O_CATEGORY] ? v[O_CATEGORY] : NULL;
    if (!*v[O_PRODUCT] == !category) return err_fail(ERR_FORMAT, "either product or category must be filled");
    if (!category && sql_int(in->shop, &product, SQL_PRODUCT_ID, "t", v[O_PRODUCT])) {
        return err_fail(ERR_NOT_FOUND, "there is no product '%.40s'", v[O_PRODUCT]);
    }
    TRY(check_option_name(v[O_NAME]));
    TRY(import_id(v[O_VALUE], "value", OPTION_VALUE_MAX));
    TRY(err_prefix(import_money(in, v[O_PRICE], &price), "price"));
    char value[OPTION_VALUE_MAX], amounts[OPTION_AMOUNTS_MAX];
    text_words(value, sizeof value, v[O_VALUE]);
    if (!str_copy(amounts, sizeof amounts, v[O_AMOUNTS])) {
        return err_fail(ERR_FORMAT, "amounts are longer than %d bytes", OPTION_AMOUNTS_MAX - 1);
    }
    err_t err = sql_run(in->shop, SQL_OPTION_ADD, "itttit", product, category, v[O_NAME], value, price, amounts);
    return err == ERR_ARG ? err_fail(err, "%s '%s' is there twice", v[O_NAME], value) : err;
}

/* ---- hours.csv ---- */

enum { H_DAY, H_OPEN, H_CLOSE, H_NAME };
static const struct csv_column hour_columns[] = {
    {"day", true}, {"open", true}, {"close", true}, {"name", false}, {NULL, false}};

static err_t day_key(const char *day, char key[12]) {
    static const char *const weekdays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                           "thursday", "friday", "saturday"};
    for (int i = 0; i < 7; i++) {
        if (!str_equal(day, weekdays[i])) continue;
        snprintf(key, 12, "%d", i);
        return ERR_OK;
    }
    if (!when_is_date(day)) {
        return err_fail(ERR_FORMAT, "day '%.40s' is neither monday to sunday nor a date such as 12-25", day);
    }
    str_copy(key, 12, day);
    return ERR_OK;
}

static err_t load_hours(struct import *in, const char *const *v) {
    char key[12];
    int64_t from = SQL_NULL, to = SQL_NULL;
    TRY(day_key(v[H_DAY], key));
    if (!*v[H_OPEN] != !*v[H_CLOSE]) return err_fail(ERR_FORMAT, "open and close are both filled or both empty");
    if (*v[H_OPEN]) {
        TRY(when_clock(&from, v[H_OPEN]));
        TRY(when_clock(&to, v[H_CLOSE]));
        if (from >= to) return err_fail(ERR_FORMAT, "it closes at %s before it opens at %s", v[H_CLOSE], v[H_OPEN]);
    }
    if (strlen(v[H_NAME]) >= HOLIDAY_NAMES_MAX)
        return err_fail(ERR_FORMAT, "name is longer than %d bytes", HOLIDAY_NAMES_MAX - 1);
    return sql_run(in->shop, SQL_OPENING_PUT, "tiit", key, from, to, v[H_NAME]);
}

/* ---- coupons.csv ---- */

enum { C_CODE, C_PERCENT, C_AMOUNT, C_MINIMUM, C_FROM, C_UNTIL, C_DESCRIPTION, C_CATEGORY, C_ONCE, C_OFFERED };
static const struct csv_column coupon_columns[] = {{"code", true},         {"percent", false},  {"amount", false},
                                                   {"minimum", false},     {"from", false},     {"until", false},
                                                   {"description", false}, {"category", false}, {"once", false},
                                                   {"offered", false},     {NULL, false}};

/* "yes", or nothing. */
static err_t load_flag(const char *text, const char *column, int64_t *out) {
    *out = str_equal(text, "yes");
    return *out || !*text || str_equal(text, "no")
               ? ERR_OK
               : err_fail(ERR_FORMAT, "%s is yes, no or empty, not '%s'", column, text);
}

static err_t load_coupon(struct import *in, const char *const *v) {
    int64_t percent = SQL_NULL, amount = SQL_NULL, minimum = 0, from = SQL_NULL, until = SQL_NULL, once, offered;
    char spoken[TITLE_MAX];
    TRY(import_id(v[C_CODE], "code", COUPON_CODE_MAX));
    if (!*v[C_PERCENT] == !*v[C_AMOUNT]) return err_fail(ERR_FORMAT, "either percent or amount must be filled");
    TRY(import_count(v[C_PERCENT], "percent", &percent));
    if (*v[C_PERCENT] && (percent < 1 || percent > 100)) return err_fail(ERR_RANGE, "percent is not 1 to 100");
    TRY(err_prefix(import_money(in, v[C_AMOUNT], &amount), "amount"));
    if (amount == 0) return err_fail(ERR_RANGE, "amount is nothing");
    TRY(err_prefix(import_money(in, v[C_MINIMUM], &minimum), "minimum"));
    TRY(err_prefix(when_parse(&from, v[C_FROM], in->zone, in->now_ms), "from"));
    TRY(err_prefix(when_parse(&until, v[C_UNTIL], in->zone, in->now_ms), "until"));
    TRY(load_flag(v[C_ONCE], "once", &once));
    TRY(load_flag(v[C_OFFERED], "offered", &offered));
    import_spoken(in, v[C_CODE], spoken, sizeof spoken);
    return sql_run(in->shop, SQL_COUPON_PUT, "ttiiiiititi", v[C_CODE], spoken, percent, amount, minimum, from, until,
                   v[C_CATEGORY], once, v[C_DESCRIPTION], offered);
}

/* ---- deliveries.csv ---- */

enum { D_ID, D_NAME, D_ALSO, D_PRICE, D_FREE_FROM, D_DAYS, D_PICKUP };
static const struct csv_column delivery_columns[] = {{"id", true},      {"name", true},       {"also", false},
                                                     {"price", false},  {"free_from", false}, {"days", false},
                                                     {"pickup", false}, {NULL, false}};

static err_t load_delivery(struct import *in, const char *const *v) {
    int64_t price = 0, free_from = SQL_NULL, days = SQL_NULL, pickup;
    TRY(import_id(v[D_ID], "id", PRODUCT_ID_MAX));
    TRY(import_id(v[D_NAME], "name", WAY_NAME_MAX));
    TRY(err_prefix(import_money(in, v[D_PRICE], &price), "price"));
    TRY(err_prefix(import_money(in, v[D_FREE_FROM], &free_from), "free_from"));
    TRY(import_count(v[D_DAYS], "days", &days));
    if (*v[D_DAYS] && days > 365) return err_fail(ERR_RANGE, "days is more than a year");
    TRY(load_flag(v[D_PICKUP], "pickup", &pickup));
    return sql_run(in->shop, SQL_DELIVERY_PUT, "tttiiii", v[D_ID], v[D_NAME], v[D_ALSO], price, free_from, days,
                   pickup);
}

/* ---- the folder ---- */

static const struct {
    const char *name;
    const struct csv_column *columns;
    row_fn *row;
    err_t (*done)(struct import *in); /* may be NULL */
} files[] = {
    {"variants.csv", variant_columns, load_variant, NULL},
    {"options.csv", option_columns, load_option, NULL},
    {"hours.csv", hour_columns, load_hours, NULL},
    {"answers.csv", load_answer_columns, load_answer, NULL},
    {"areas.csv", load_area_columns, load_area, NULL},
    {"coupons.csv", coupon_columns, load_coupon, NULL},
    {"deliveries.csv", delivery_columns, load_delivery, NULL},
    {"customers.csv", load_customer_columns, load_customer, NULL},
    {"addresses.csv", load_address_columns, load_address, NULL},
    {"payments.csv", load_payment_columns, load_payment, NULL},
    {"orders.csv", load_order_columns, load_order, NULL},
    {"order_lines.csv", load_order_line_columns, load_order_line, NULL},
    {"shipments.csv", load_shipment_columns, load_shipment, load_order_states},
};

enum { N_FILES = sizeof files / sizeof *files };

static err_t path_make(char *out, const char *dir, const char *file) {
    if ((size_t)snprintf(out, PATH_MAX_BYTES, "%s/%s", dir, file) < PATH_MAX_BYTES) return ERR_OK;
    return err_fail(ERR_ARG, "the path of shop folder %.80s... is too long", dir);
}

static err_t digest_add(uint64_t *digest, const char *dir, const char *name) {
    char path[PATH_MAX_BYTES];
    TRY(path_make(path, dir, name));
    *digest = fingerprint_add(*digest, name, strlen(name));
    FILE *f = fopen(path, "rbe");
    if (!f) return errno == ENOENT ? ERR_OK : err_fail(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) *digest = fingerprint_add(*digest, part, n);
    bool failed = ferror(f);
    fclose(f);
    return failed ? err_fail(ERR_IO, "cannot read %s", path) : ERR_OK;
}

static err_t folder_digest(struct shop *s, const char *dir, char out[DIGEST_MAX_BYTES]) {
    uint64_t digest = FINGERPRINT_BEGIN;
    int version;
    TRY(store_version(s, &version)); /* a newer schema may keep more of the same files */
    TRY(digest_add(&digest, dir, "shop.ini"));
    TRY(digest_add(&digest, dir, "products.csv"));
    for (int i = 0; i < N_FILES; i++) TRY(digest_add(&digest, dir, files[i].name));
    snprintf(out, DIGEST_MAX_BYTES, "%016" PRIx64 "-%d", digest, version);
    return ERR_OK;
}

static err_t load_files(struct import *in, const char *dir) {
    char path[PATH_MAX_BYTES];
    TRY(path_make(path, dir, "products.csv"));
    TRY(import_products(in, path, "products.csv"));
    for (int i = 0; i < N_FILES; i++) {
        TRY(path_make(path, dir, files[i].name));
        bool there = access(path, F_OK) == 0;
        if (there) TRY(import_file(in, path, files[i].name, files[i].columns, false, files[i].row));
        if (files[i].done) TRY(files[i].done(in));
    }
    return ERR_OK;
}

static err_t load_in_tx(struct import *in, const char *dir) {
    char digest[DIGEST_MAX_BYTES], loaded[DIGEST_MAX_BYTES];
    TRY(folder_digest(in->shop, dir, digest));
    TRY(meta_text(in->shop, "folder", "", loaded, sizeof loaded));
    if (str_equal(digest, loaded)) return ERR_OK;
    TRY(load_profile(in, dir));
    TRY(sql_run(in->shop, SQL_VARIANTS_WITHDRAW, "")); /* what is not in the folder is no longer sold */
    TRY(sql_run(in->shop, SQL_OPTIONS_FORGET, ""));
    TRY(sql_run(in->shop, SQL_OPENINGS_FORGET, ""));
    TRY(sql_run(in->shop, SQL_ANSWERS_FORGET, ""));
    TRY(sql_run(in->shop, SQL_AREAS_FORGET, ""));
    TRY(sql_run(in->shop, SQL_COUPONS_FORGET, ""));
    TRY(sql_run(in->shop, SQL_ADDRESSES_FORGET, ""));
    TRY(sql_run(in->shop, SQL_DELIVERIES_FORGET, ""));
    TRY(sql_run(in->shop, SQL_PAYMENTS_FORGET, ""));
    TRY(load_files(in, dir));
    TRY(sql_run(in->shop, SQL_SYNC_FORGET, "")); /* the server's catalogue comes anew on top of it */
    return meta_set(in->shop, "folder", digest);
}

err_t shop_load(struct shop *s, const char *dir, const struct shop_hooks *hooks, struct import_report *report,
                int64_t now_ms) {
    struct import_report unasked = {0};
    struct import in = {.shop = s, .hooks = hooks, .report = report ? report : &unasked, .now_ms = now_ms};
    TRY(tx_begin(s));
    return err_prefix(tx_end(s, load_in_tx(&in, dir)), "shop folder %s", dir);
}
