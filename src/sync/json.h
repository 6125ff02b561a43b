/* JSON of the server, read with Jansson: hostile until its types, bounds and encoding are checked. Numbers with a point
 * or an exponent are kept as they were written, so that money stays exact. And a writer for what is sent.
 *
 * Any thread, one at a time for a document. A node is borrowed from its document and lives until node_free(root). Every
 * getter gives ERR_FORMAT with the name of what is missing or wrong. */
#ifndef SK_SYNC_JSON_H
#define SK_SYNC_JSON_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { JSON_DEPTH_MAX = 24, JSON_KEY_MAX = 64 };

struct node;

/* One value of `n` bytes of UTF-8, nested at most JSON_DEPTH_MAX deep, no key twice. ERR_FORMAT, ERR_MEMORY. */
SK_MUST_USE err_t node_parse(struct node **out, const char *text, size_t n);
void node_free(struct node *root);

/* A member of the object `o` (NULL is an object without members); false if it is not there or null. */
bool node_has(const struct node *o, const char *key);
SK_MUST_USE err_t node_object(const struct node *o, const char *key, const struct node **out);
/* An array of at most `max` things; absent or null is *n = 0. */
SK_MUST_USE err_t node_array(const struct node *o, const char *key, size_t max, const struct node **out, size_t *n);
/* The i-th of an array: an object. */
SK_MUST_USE err_t node_at(const struct node *array, size_t i, const struct node **out);

/* A string that fits into `cap`; control characters become spaces, so that it can be printed and said. */
SK_MUST_USE err_t node_text(const struct node *o, const char *key, char *out, size_t cap);
/* The same; absent or null is "". With `cut`, what is too long is cut. */
SK_MUST_USE err_t node_text_if(const struct node *o, const char *key, char *out, size_t cap, bool cut);
SK_MUST_USE err_t node_int(const struct node *o, const char *key, int64_t min, int64_t max, int64_t *out);
SK_MUST_USE err_t node_bool_if(const struct node *o, const char *key, bool fallback, bool *out);
/* A number, or a string of one, in the currency's minor units, 0 to 10^12; with so many digits behind the point. */
SK_MUST_USE err_t node_money(const struct node *o, const char *key, const char *currency, int64_t *out);
SK_MUST_USE err_t node_decimal(const struct node *o, const char *key, int digits, int64_t *out);
/* "2026-05-03T14:00:00.000Z" in milliseconds since 1970; absent, null and "" are 0. */
SK_MUST_USE err_t node_time_if(const struct node *o, const char *key, int64_t *out);

/* ---- writing ---- */

enum { BODY_MAX_BYTES = 256 << 10 };

/* A JSON text that grows up to BODY_MAX_BYTES. Begin with {0}; body_take() tells what went wrong on the way. */
struct body {
    char *text;
    size_t n, cap;
    bool failed, comma;
};

/* `key` is NULL in an array. */
void body_open(struct body *b, const char *key, char bracket); /* '{' or '[' */
void body_close(struct body *b, char bracket);                 /* '}' or ']' */
void body_text(struct body *b, const char *key, const char *value);
void body_int(struct body *b, const char *key, int64_t value);
void body_bool(struct body *b, const char *key, bool value);
/* A decimal as a text, "19.99". */
void body_money(struct body *b, const char *key, int64_t minor, const char *currency);
/* Thousandths as a text without needless digits: 1500 is "1.5". */
void body_milli(struct body *b, const char *key, int64_t milli);
/* "2026-05-03T14:00:00.000Z". */
void body_time(struct body *b, const char *key, int64_t ms);
/* JSON that is JSON already. */
void body_raw(struct body *b, const char *key, const char *json);
/* The text, borrowed until body_free(). ERR_MEMORY, ERR_RANGE. */
SK_MUST_USE err_t body_take(const struct body *b, const char **out);
void body_free(struct body *b);

#endif
