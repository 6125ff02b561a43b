#include "sync/json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "sync/decimal.h"

/* Jansson would read 19.99 into a double. So numbers that are no plain integers become strings before it sees them,
 * marked by a character that no shop writes (U+E000, private use). */
#define MARK "\xee\x80\x80"

struct node {
    json_t value; /* never made: a json_t under another name */
};

static const json_t *value_of(const struct node *n) {
    return (const json_t *)n;
}

/* ---- numbers ---- */

struct marked {
    char *text;
    size_t n;
};

static size_t string_end(const char *text, size_t n, size_t i) {
    for (i++; i < n && text[i] != '"'; i++) {
        if (text[i] == '\\') i++;
    }
    return i < n ? i + 1 : n;
}

static bool in_number(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static void put(struct marked *m, const char *text, size_t n) {
    memcpy(m->text + m->n, text, n);
    m->n += n;
}

static size_t take_number(struct marked *m, const char *text, size_t n, size_t i) {
    size_t end = i;
    bool plain = true;
    for (; end < n && in_number(text[end]); end++) plain = plain && text[end] != '.' && (text[end] | 32) != 'e';
    if (!plain) put(m, "\"" MARK, 1 + sizeof MARK - 1);
    put(m, text + i, end - i);
    if (!plain) put(m, "\"", 1);
    return end;
}

/* Marks the numbers and counts how deep it goes. `m->text` has room for twice as much: a number that is marked has
 * three characters at least, and gets five. */
static err_t mark_numbers(struct marked *m, const char *text, size_t n) {
    int depth = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        char c = text[i];
        if (c == '"') {
            end = string_end(text, n, i);
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            i = take_number(m, text, n, i);
            continue;
        } else if (c == '{' || c == '[') {
            if (++depth > JSON_DEPTH_MAX) return err_fail(ERR_FORMAT, "it is nested more than %d deep", JSON_DEPTH_MAX);
        } else if (c == '}' || c == ']') {
            depth--;
        }
        put(m, text + i, end - i);
        i = end;
    }
    return ERR_OK;
}

err_t node_parse(struct node **out, const char *text, size_t n) {
    struct marked m = {.text = malloc(3 * n + 1)};
    if (!m.text) return err_fail(ERR_MEMORY, "not enough memory for an answer");
    err_t err = mark_numbers(&m, text, n);
    json_error_t why;
    json_t *root = err ? NULL : json_loadb(m.text, m.n, JSON_REJECT_DUPLICATES, &why);
    free(m.text);
    if (!err && !root) err = err_fail(ERR_FORMAT, "it is not JSON: line %d: %.80s", why.line, why.text);
    if (err) return err_prefix(err, "the server's answer");
    *out = (struct node *)root;
    return ERR_OK;
}

void node_free(struct node *root) {
    json_decref((json_t *)root);
}

/* ---- members ---- */

static const json_t *member(const struct node *o, const char *key) {
    const json_t *v = o ? json_object_get(value_of(o), key) : NULL;
    return v && !json_is_null(v) ? v : NULL;
}

static err_t wrong(const char *key, const char *what) {
    return err_fail(ERR_FORMAT, "the server's answer: %.40s is not %s", key, what);
}

bool node_has(const struct node *o, const char *key) {
    return member(o, key) != NULL;
}

err_t node_object(const struct node *o, const char *key, const struct node **out) {
    const json_t *v = member(o, key);
    if (!json_is_object(v)) return wrong(key, "an object");
    *out = (const struct node *)v;
    return ERR_OK;
}

err_t node_array(const struct node *o, const char *key, size_t max, const struct node **out, size_t *n) {
    const json_t *v = member(o, key);
    if (v && !json_is_array(v)) return wrong(key, "a list");
    size_t count = v ? json_array_size(v) : 0;
    if (count > max) return err_fail(ERR_RANGE, "the server's answer: %.40s has more than %zu things", key, max);
    *out = (const struct node *)v;
    *n = count;
    return ERR_OK;
}

err_t node_at(const struct node *array, size_t i, const struct node **out) {
    const json_t *v = json_array_get(value_of(array), i);
    if (!json_is_object(v)) return wrong("a thing of a list", "an object");
    *out = (const struct node *)v;
    return ERR_OK;
}

/* ---- values ---- */

static const char *plain_string(const json_t *v) {
    const char *s = json_is_string(v) ? json_string_value(v) : NULL;
    return s && strncmp(s, MARK, sizeof MARK - 1) != 0 ? s : NULL;
}

static err_t take_text(const json_t *v, const char *key, char *out, size_t cap, bool cut) {
    const char *s = plain_string(v);
    if (!s) return wrong(key, "a text");
    if (!cut && strlen(s) >= cap)
        return err_fail(ERR_RANGE, "the server's answer: %.40s is longer than %zu bytes", key, cap - 1);
    str_copy(out, cap, s);
    for (char *c = out; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f) *c = ' ';
    }
    return ERR_OK;
}

err_t node_text(const struct node *o, const char *key, char *out, size_t cap) {
    return take_text(member(o, key), key, out, cap, false);
}

err_t node_text_if(const struct node *o, const char *key, char *out, size_t cap, bool cut) {
    const json_t *v = member(o, key);
    if (v) return take_text(v, key, out, cap, cut);
    out[0] = '\0';
    return ERR_OK;
}

err_t node_int(const struct node *o, const char *key, int64_t min, int64_t max, int64_t *out) {
    const json_t *v = member(o, key);
    if (!json_is_integer(v)) return wrong(key, "a whole number");
    int64_t value = json_integer_value(v);
    if (value < min || value > max) return err_fail(ERR_RANGE, "the server's answer: %.40s is out of its bounds", key);
    *out = value;
    return ERR_OK;
}

err_t node_bool_if(const struct node *o, const char *key, bool fallback, bool *out) {
    const json_t *v = member(o, key);
    if (v && !json_is_boolean(v)) return wrong(key, "true or false");
    *out = v ? json_is_true(v) : fallback;
    return ERR_OK;
}

/* As it was written. */
static err_t number_text(const struct node *o, const char *key, char *out, size_t cap) {
    const json_t *v = member(o, key);
    if (json_is_integer(v)) {
        snprintf(out, cap, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
        return ERR_OK;
    }
    const char *s = json_is_string(v) ? json_string_value(v) : NULL;
    if (s && strncmp(s, MARK, sizeof MARK - 1) == 0) s += sizeof MARK - 1;
    if (!s || !str_copy(out, cap, s)) return wrong(key, "a number");
    return ERR_OK;
}

err_t node_decimal(const struct node *o, const char *key, int digits, int64_t *out) {
    char text[DECIMAL_DIGITS_MAX + 16];
    int64_t value;
    TRY(number_text(o, key, text, sizeof text));
    TRY(err_prefix(decimal_scaled(&value, text, digits), "the server's answer: %.40s", key));
    *out = value;
    return ERR_OK;
}

err_t node_money(const struct node *o, const char *key, const char *currency, int64_t *out) {
    char text[DECIMAL_DIGITS_MAX + 16];
    int64_t value;
    TRY(number_text(o, key, text, sizeof text));
    TRY(err_prefix(decimal_minor(&value, text, currency), "the server's answer: %.40s", key));
    if (value < 0) return err_fail(ERR_RANGE, "the server's answer: %.40s is less than nothing", key);
    *out = value;
    return ERR_OK;
}

err_t node_time_if(const struct node *o, const char *key, int64_t *out) {
    char text[40];
    int year, month, day, hour, minute, second, n = 0;
    TRY(node_text_if(o, key, text, sizeof text, false));
    *out = 0;
    if (!*text) return ERR_OK;
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute, &second, &n) != 6 ||
        year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59 || second < 0 || second > 60)
        return wrong(key, "a time");
    n += text[n] == '.' ? (int)(1 + strspn(text + n + 1, "0123456789")) : 0;
    if (!str_equal(text + n, "Z") && !str_equal(text + n, "+00:00")) return wrong(key, "a time in UTC");
    struct tm tm = {.tm_year = year - 1900,
                    .tm_mon = month - 1,
                    .tm_mday = day,
                    .tm_hour = hour,
                    .tm_min = minute,
                    .tm_sec = second};
    *out = (int64_t)timegm(&tm) * 1000;
    return ERR_OK;
}
