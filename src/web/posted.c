#include "web/posted.h"

#include <jansson.h>
#include <string.h>

#include "base/str.h"

/* To be freed; NULL if it is no object. */
static json_t *posted_read(const char *body, size_t n) {
    json_t *root = n <= POSTED_MAX ? json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (json_is_object(root)) return root;
    json_decref(root);
    return NULL;
}

static bool is_line(const char *text) {
    for (; *text; text++) {
        if ((unsigned char)*text < ' ' || *text == 0x7f) return false;
    }
    return true;
}

bool posted_text(const char *body, size_t n, const char *key, char *out, size_t cap) {
    json_t *root = posted_read(body, n);
    const char *text = json_string_value(json_object_get(root, key));
    bool good = text && *text && strlen(text) < cap && is_line(text) && str_copy(out, cap, text);
    json_decref(root);
    return good;
}

bool posted_int(const char *body, size_t n, const char *key, int min, int max, int *out) {
    json_t *root = posted_read(body, n), *value = json_object_get(root, key);
    json_int_t number = json_integer_value(value);
    bool good = json_is_integer(value) && number >= min && number <= max;
    if (good) *out = (int)number;
    json_decref(root);
    return good;
}

bool posted_bool(const char *body, size_t n, const char *key, bool *out) {
    json_t *root = posted_read(body, n), *value = json_object_get(root, key);
    bool good = json_is_boolean(value);
    if (good) *out = json_is_true(value);
    json_decref(root);
    return good;
}
