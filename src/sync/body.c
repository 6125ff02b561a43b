/* Writing JSON: small, bounded, and without a tree, since what is sent is known. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/money.h"
#include "base/str.h"
#include "sync/json.h"

static void put(struct body *b, const char *text, size_t n) {
    if (b->failed) return;
    if (b->n + n + 1 > b->cap) {
        size_t cap = 2 * (b->n + n + 1);
        char *grown = cap > BODY_MAX_BYTES ? NULL : realloc(b->text, cap);
        b->failed = !grown;
        if (b->failed) return;
        b->text = grown;
        b->cap = cap;
    }
    memcpy(b->text + b->n, text, n);
    b->n += n;
    b->text[b->n] = '\0';
}

static void put_string(struct body *b, const char *text) {
    put(b, "\"", 1);
    for (const char *s = text; *s; s++) {
        char escaped[8];
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\') {
            snprintf(escaped, sizeof escaped, "\\%c", c);
            put(b, escaped, 2);
        } else if (c < ' ' || c == 0x7f) {
            snprintf(escaped, sizeof escaped, "\\u%04x", c);
            put(b, escaped, 6);
        } else {
            put(b, s, 1);
        }
    }
    put(b, "\"", 1);
}

static void begin(struct body *b, const char *key) {
    if (b->comma) put(b, ",", 1);
    b->comma = true;
    if (!key) return;
    put_string(b, key);
    put(b, ":", 1);
}

void body_open(struct body *b, const char *key, char bracket) {
    begin(b, key);
    put(b, &bracket, 1);
    b->comma = false;
}

void body_close(struct body *b, char bracket) {
    put(b, &bracket, 1);
    b->comma = true;
}

void body_text(struct body *b, const char *key, const char *value) {
    begin(b, key);
    if (str_is_utf8(value, strlen(value)))
        put_string(b, value);
    else
        put(b, "\"\"", 2);
}

void body_raw(struct body *b, const char *key, const char *json) {
    begin(b, key);
    put(b, json, strlen(json));
}

void body_int(struct body *b, const char *key, int64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, value);
    body_raw(b, key, text);
}

void body_bool(struct body *b, const char *key, bool value) {
    body_raw(b, key, value ? "true" : "false");
}

void body_money(struct body *b, const char *key, int64_t minor, const char *currency) {
    struct money m = {.minor = minor};
    char text[32];
    str_copy(m.currency, sizeof m.currency, currency);
    body_text(b, key, money_decimal(text, m));
}

void body_milli(struct body *b, const char *key, int64_t milli) {
    char text[40];
    int n = snprintf(text, sizeof text, "%" PRId64 ".%03d", milli / 1000, (int)(milli % 1000));
    while (text[n - 1] == '0') text[--n] = '\0';
    if (text[n - 1] == '.') text[n - 1] = '\0';
    body_text(b, key, text);
}

void body_time(struct body *b, const char *key, int64_t ms) {
    char seconds[32], text[40];
    time_t t = (time_t)(ms / 1000);
    struct tm tm;
    gmtime_r(&t, &tm);
    strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(text, sizeof text, "%s.%03dZ", seconds, (int)(ms % 1000));
    body_text(b, key, text);
}

err_t body_take(const struct body *b, const char **out) {
    if (b->failed) return err_fail(ERR_RANGE, "what is to be sent is longer than %d bytes", BODY_MAX_BYTES);
    *out = b->text ? b->text : "";
    return ERR_OK;
}

void body_free(struct body *b) {
    free(b->text);
    *b = (struct body){0};
}
