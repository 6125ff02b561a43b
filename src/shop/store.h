/* Inside the store: the database, its errors, transactions, and statements with their values bound by a pattern.
 * Private to shop/. One thread, that of the struct shop. */
#ifndef SK_SHOP_STORE_H
#define SK_SHOP_STORE_H
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "shop/statements.h"

struct shop {
    sqlite3 *db;
    sqlite3_stmt *statements[SQL_COUNT]; /* prepared when first used */
    char path[256];                      /* for messages */
    int flushed_changes;                 /* of this connection, at the last shop_flush() */
};

/* An int64 bound or read as SQL's NULL. */
#define SQL_NULL INT64_MIN

/* SQLite's last error as ours, with a sentence that says what to do. */
err_t store_error(struct shop *s);

/* Applies the migrations of `schema_dir` that are missing. ERR_VERSION, ERR_FORMAT, ERR_NOT_FOUND ... (migrate.c) */
SK_MUST_USE err_t store_migrate(struct shop *s, const char *schema_dir);
/* That the database is of the version that `schema_dir` makes. ERR_VERSION ... */
SK_MUST_USE err_t store_is_current(struct shop *s, const char *schema_dir);
/* The database's version; ERR_FORMAT if it is none of ours. */
SK_MUST_USE err_t store_version(struct shop *s, int *out);

/* Between the two a commit is on the disk when it returns, with all that was committed before it, by any program. Else
 * a power cut may take back the last ones, never a part of one. */
SK_MUST_USE err_t flush_begin(struct shop *s);
void flush_end(struct shop *s);
/* Whatever any program has committed is on the disk when it returns. */
SK_MUST_USE err_t store_flush(struct shop *s);

SK_MUST_USE err_t tx_begin(struct shop *s);
/* Commits if `err` is ERR_OK, else takes all back and returns `err` with its reason. */
SK_MUST_USE err_t tx_end(struct shop *s, err_t err);

/* Binds values by `types`, a letter each: 'i' int64_t (SQL_NULL is NULL), 't' const char * (NULL is NULL; borrowed
 * until the statement ends). Then each sql_next() gives a row until *row is false; sql_stop() ends it before that. */
SK_MUST_USE err_t sql_start(struct shop *s, sqlite3_stmt **out, enum sql id, const char *types, ...);
SK_MUST_USE err_t sql_next(struct shop *s, sqlite3_stmt *q, bool *row);
void sql_stop(sqlite3_stmt *q);
/* Runs a statement that gives no rows. */
SK_MUST_USE err_t sql_run(struct shop *s, enum sql id, const char *types, ...);
/* The first column of the first row. ERR_NOT_FOUND if there is no row, its reason is the caller's to give. */
SK_MUST_USE err_t sql_int(struct shop *s, int64_t *out, enum sql id, const char *types, ...);

/* Columns of the row at hand; text is cut at cap. */
void sql_text(sqlite3_stmt *q, int column, char *out, size_t cap);
int64_t sql_number(sqlite3_stmt *q, int column, int64_t if_null);

/* A value of table meta, or `fallback`. */
SK_MUST_USE err_t meta_text(struct shop *s, const char *key, const char *fallback, char *out, size_t cap);
SK_MUST_USE err_t meta_set(struct shop *s, const char *key, const char *value);

#endif
