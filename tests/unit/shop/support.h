/* What the tests of the store share: a folder of their own, files in it, and a store in memory. */
#ifndef SK_TEST_SHOP_SUPPORT_H
#define SK_TEST_SHOP_SUPPORT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "shop/shop.h"
#include "shop/store.h"

#define SCHEMA SK_DATA_DIR "/catalog/schema"

/* Friday 2026-05-15 12:00 UTC */
static const int64_t NOW = INT64_C(1778846400000);
static const int64_t DAY = INT64_C(86400000);

#define assert_ok(call)                                    \
    do {                                                   \
        if (call) fail_msg("%s: %s", #call, err_reason()); \
    } while (0)

#define assert_reason(text)                                                                   \
    do {                                                                                      \
        if (!strstr(err_reason(), text)) fail_msg("'%s' is not in '%s'", text, err_reason()); \
    } while (0)

static char folder[64];

__attribute__((unused)) static int folder_make(void **state) {
    (void)state;
    strcpy(folder, "/tmp/sk_shop.XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

__attribute__((unused)) static int folder_remove(void **state) {
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

__attribute__((unused)) static const char *path_of(const char *name) {
    static char path[32][256];
    static int next;
    char *p = path[next++ % 32];
    snprintf(p, 256, "%s/%s", folder, name);
    return p;
}

__attribute__((unused)) static const char *file_write_bytes(const char *name, const void *bytes, size_t n) {
    const char *path = path_of(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return path;
}

__attribute__((unused)) static const char *file_write(const char *name, const char *text) {
    return file_write_bytes(name, text, strlen(text));
}

__attribute__((unused)) static struct shop *shop_in_memory(void) {
    struct shop *s = NULL;
    assert_ok(shop_open(&s, ":memory:", SCHEMA));
    return s;
}

/* Bad rows as "products.csv:3: reason\n..." */
static char complaints[16384];

__attribute__((unused)) static void complain(void *ctx, const char *file, int line, const char *why) {
    char one[700];
    (void)ctx;
    snprintf(one, sizeof one, "%s:%d: %s\n", file, line, why);
    strncat(complaints, one, sizeof complaints - strlen(complaints) - 1);
}

__attribute__((unused)) static struct import_report report_make(void) {
    complaints[0] = '\0';
    return (struct import_report){.bad_row = complain};
}

/* A store with these products (a CSV). */
__attribute__((unused)) static struct shop *shop_with(const char *products) {
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    assert_ok(catalog_import(s, file_write("products.csv", products), NULL, &report));
    assert_string_equal(complaints, "");
    return s;
}

__attribute__((unused)) static struct shop *shop_cafe(void) {
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    assert_ok(shop_load(s, SK_DATA_DIR "/catalog/cafe", NULL, &report, NOW));
    assert_string_equal(complaints, "");
    return s;
}

__attribute__((unused)) static struct product product_find(struct shop *s, const char *words) {
    struct search q = {.min_price_minor = -1, .max_price_minor = -1, .limit = 1};
    struct product p;
    size_t n = 0;
    snprintf(q.query, sizeof q.query, "%s", words);
    assert_ok(catalog_search(s, &q, &p, 1, &n, NULL));
    if (n != 1) fail_msg("nothing found for '%s'", words);
    return p;
}

/* The number that a SELECT gives. */
__attribute__((unused)) static int64_t count(struct shop *s, const char *sql) {
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n;
}

#endif
