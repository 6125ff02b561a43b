#include "shop/store.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "shop/closeness.h"
#include "shop/shop.h"

enum { BUSY_MS = 2000, LOOK_MS = 1000 };

err_t store_error(struct shop *s) {
    const char *why = sqlite3_errmsg(s->db);
    switch (sqlite3_errcode(s->db) & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return err_fail(ERR_BUSY, "database %s is in use by another program: try again when it has finished",
                            s->path);
        case SQLITE_FULL:
            return err_fail(ERR_FULL, "database %s cannot grow: make room on its disk and try again", s->path);
        case SQLITE_NOTADB:
            return err_fail(ERR_FORMAT, "%s is not a database: move it away or name another file", s->path);
        case SQLITE_CORRUPT:
            return err_fail(ERR_FORMAT, "database %s is damaged: put back a copy, or move it away to begin a new one",
                            s->path);
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return err_fail(ERR_IO, "database %s may not be written: mend its permissions and its folder's", s->path);
        case SQLITE_CANTOPEN:
            return err_fail(ERR_IO, "database %s cannot be opened: check that its folder is there and may be written",
                            s->path);
        case SQLITE_NOMEM:
            return err_fail(ERR_MEMORY, "no memory left for database %s", s->path);
        case SQLITE_INTERRUPT:
            return err_fail(ERR_CLOSED, "work on database %s was interrupted", s->path);
        case SQLITE_CONSTRAINT:
            return err_fail(ERR_ARG, "%s", why);
        default:
            return err_fail(ERR_IO, "database %s: %s", s->path, why);
    }
}

/* ---- open and close ---- */

static err_t set_up(struct shop *s, const char *schema_dir) {
    sqlite3_busy_timeout(s->db, BUSY_MS);
    int version;
    TRY(store_version(s, &version)); /* before anything is written to a file that may not be ours */
    TRY(store_migrate(s, schema_dir));
    /* An order is flushed to the disk when it is placed (order_place), the rest once a turn (shop_flush). */
    const char *settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";
    if (sqlite3_exec(s->db, settings, NULL, NULL, NULL)) return store_error(s);
    return closeness_register(s->db) ? store_error(s) : ERR_OK;
}

err_t shop_open(struct shop **out, const char *db, const char *schema_dir) {
    struct shop *s = calloc(1, sizeof *s);
    if (!s) return err_fail(ERR_MEMORY, "no memory for a database");
    str_copy(s->path, sizeof s->path, db);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    err_t err = sqlite3_open_v2(db, &s->db, flags, NULL) ? store_error(s) : set_up(s, schema_dir);
    if (err) {
        shop_close(s);
        return err;
    }
    *out = s;
    return ERR_OK;
}

/* "file:/var/lib/shop.db?mode", with what means something in a URI written out. */
static void to_uri(char *out, size_t cap, const char *path, const char *mode) {
    size_t n = (size_t)snprintf(out, cap, "file:");
    for (; *path && n + 4 < cap; path++) {
        bool plain = *path != '%' && *path != '?' && *path != '#';
        n += (size_t)snprintf(out + n, cap - n, plain ? "%c" : "%%%02X", (unsigned char)*path);
    }
    snprintf(out + n, cap - n, "?%s", mode);
}

static err_t look_into(struct shop *s, const char *db, const char *mode, const char *schema_dir) {
    char uri[3 * PATH_MAX + 32];
    to_uri(uri, sizeof uri, db, mode);
    if (sqlite3_open_v2(uri, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL))
        return store_error(s);
    sqlite3_busy_timeout(s->db, LOOK_MS);
    TRY(store_is_current(s, schema_dir));
    return closeness_register(s->db) ? store_error(s) : ERR_OK;
}

/* The log beside the database is there as long as a program that writes has it open, or was killed; then it is read,
 * too. It is never made here: without one the database alone has everything, and nobody is about to change it. */
static err_t open_to_read(struct shop *s, const char *db, const char *schema_dir) {
    char log[PATH_MAX + 8];
    snprintf(log, sizeof log, "%s-wal", db);
    if (access(db, F_OK)) return err_fail(ERR_NOT_FOUND, "there is no database %s yet: shopkeeperd makes it", db);
    return look_into(s, db, access(log, F_OK) ? "immutable=1" : "readonly_shm=1", schema_dir);
}

err_t shop_open_to_read(struct shop **out, const char *db, const char *schema_dir) {
    struct shop *s = calloc(1, sizeof *s);
    if (!s) return err_fail(ERR_MEMORY, "no memory for a database");
    str_copy(s->path, sizeof s->path, db);
    err_t err = open_to_read(s, db, schema_dir);
    if (err) {
        shop_close(s);
        return err;
    }
    *out = s;
    return ERR_OK;
}

void shop_close(struct shop *s) {
    if (!s) return;
    for (int i = 0; i < SQL_COUNT; i++) sqlite3_finalize(s->statements[i]);
    sqlite3_close(s->db);
    free(s);
}

/* ---- what a power cut must not take ---- */

err_t flush_begin(struct shop *s) {
    return sqlite3_exec(s->db, "PRAGMA synchronous = FULL", NULL, NULL, NULL) ? store_error(s) : ERR_OK;
}

void flush_end(struct shop *s) {
    sqlite3_exec(s->db, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL); /* costs only time if it fails */
}

/* A commit flushes those before it, but only one that writes: so it counts. */
err_t store_flush(struct shop *s) {
    TRY(flush_begin(s));
    err_t err = sql_run(s, SQL_FLUSH, "");
    flush_end(s);
    if (!err) s->flushed_changes = sqlite3_total_changes(s->db);
    return err;
}

err_t shop_flush(struct shop *s) {
    return sqlite3_total_changes(s->db) == s->flushed_changes ? ERR_OK : store_flush(s);
}

/* ---- transactions ---- */

err_t tx_begin(struct shop *s) {
    return sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) ? store_error(s) : ERR_OK;
}

err_t tx_end(struct shop *s, err_t err) {
    if (!err && sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL)) err = store_error(s);
    /* a full disk has taken it back already */
    if (err && !sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return err;
}

/* ---- statements ---- */

static err_t prepared(struct shop *s, sqlite3_stmt **out, enum sql id) {
    sqlite3_stmt **slot = &s->statements[id];
    if (!*slot && sqlite3_prepare_v3(s->db, sql_source(id), -1, SQLITE_PREPARE_PERSISTENT, slot, NULL)) {
        return store_error(s);
    }
    *out = *slot;
    return ERR_OK;
}

static err_t start(struct shop *s, sqlite3_stmt **out, enum sql id, const char *types, va_list values) {
    sqlite3_stmt *q = NULL;
    TRY(prepared(s, &q, id));
    sqlite3_reset(q);
    int failed = 0;
    for (int i = 0; types[i] && !failed; i++) {
        if (types[i] == 't') {
            failed = sqlite3_bind_text(q, i + 1, va_arg(values, const char *), -1, SQLITE_STATIC);
        } else {
            int64_t value = va_arg(values, int64_t);
            failed = value == SQL_NULL ? sqlite3_bind_null(q, i + 1) : sqlite3_bind_int64(q, i + 1, value);
        }
    }
    if (failed) return store_error(s);
    *out = q;
    return ERR_OK;
}

err_t sql_start(struct shop *s, sqlite3_stmt **out, enum sql id, const char *types, ...) {
    va_list values;
    va_start(values, types);
    err_t err = start(s, out, id, types, values);
    va_end(values);
    return err;
}

err_t sql_next(struct shop *s, sqlite3_stmt *q, bool *row) {
    int result = sqlite3_step(q);
    err_t err = result == SQLITE_ROW || result == SQLITE_DONE ? ERR_OK : store_error(s);
    *row = result == SQLITE_ROW;
    if (!*row) sql_stop(q);
    return err;
}

void sql_stop(sqlite3_stmt *q) {
    sqlite3_reset(q);
    sqlite3_clear_bindings(q); /* they were borrowed */
}

err_t sql_run(struct shop *s, enum sql id, const char *types, ...) {
    va_list values;
    va_start(values, types);
    sqlite3_stmt *q = NULL;
    err_t err = start(s, &q, id, types, values);
    va_end(values);
    bool row;
    if (!err) err = sql_next(s, q, &row);
    if (!err && row) sql_stop(q);
    return err;
}

err_t sql_int(struct shop *s, int64_t *out, enum sql id, const char *types, ...) {
    va_list values;
    va_start(values, types);
    sqlite3_stmt *q = NULL;
    err_t err = start(s, &q, id, types, values);
    va_end(values);
    TRY(err);
    bool row;
    TRY(sql_next(s, q, &row));
    if (!row) return err_fail(ERR_NOT_FOUND, "there is no such row");
    int64_t value = sql_number(q, 0, SQL_NULL);
    TRY(sql_next(s, q, &row)); /* an INSERT ... RETURNING may yet find the disk full */
    if (row) sql_stop(q);
    *out = value;
    return ERR_OK;
}

void sql_text(sqlite3_stmt *q, int column, char *out, size_t cap) {
    const char *text = (const char *)sqlite3_column_text(q, column);
    str_copy(out, cap, text ? text : "");
}

int64_t sql_number(sqlite3_stmt *q, int column, int64_t if_null) {
    return sqlite3_column_type(q, column) == SQLITE_NULL ? if_null : sqlite3_column_int64(q, column);
}

/* ---- meta ---- */

err_t meta_text(struct shop *s, const char *key, const char *fallback, char *out, size_t cap) {
    sqlite3_stmt *q = NULL;
    bool row;
    TRY(sql_start(s, &q, SQL_META_GET, "t", key));
    TRY(sql_next(s, q, &row));
    if (!row) {
        str_copy(out, cap, fallback);
        return ERR_OK;
    }
    sql_text(q, 0, out, cap);
    sql_stop(q);
    return ERR_OK;
}

err_t meta_set(struct shop *s, const char *key, const char *value) {
    return sql_run(s, SQL_META_SET, "tt", key, value);
}
