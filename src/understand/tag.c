#include "understand/tag.h"

#include <string.h>

#include "base/str.h"
#include "understand/intent.h"

enum { TAG_NUMBER_DIGITS = 9, TAG_DECIMALS = 3 };

static err_t tag_unknown(const char *text, struct place at) {
    return place_fail(at, ERR_FORMAT,
                      "expected a tag such as {slot}, {slot=text}, {slot#}, {slot$}, {=code}, {+2}, {*12}, {.} or {;}, "
                      "found {%.60s}",
                      text);
}

/* "2", "0.5", "1000000" to thousandths. */
static bool milli_parse(int64_t *out, const char *text) {
    size_t whole = strspn(text, "0123456789");
    size_t decimals = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    const char *end = text + whole + (decimals ? decimals + 1 : 0);
    if (whole == 0 || whole > TAG_NUMBER_DIGITS || decimals > TAG_DECIMALS || *end) return false;
    int64_t value = 0;
    for (size_t i = 0; i < whole; i++) value = value * 10 + (text[i] - '0');
    for (size_t i = 1; i <= TAG_DECIMALS; i++) value = value * 10 + (i <= decimals ? text[whole + i] - '0' : 0);
    *out = value;
    return true;
}

static size_t name_length(const char *text) {
    if (!((*text >= 'a' && *text <= 'z') || *text == '_')) return 0;
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
}

static err_t text_copy(const char **out, const char *text, size_t bytes, struct arena *arena) {
    *out = arena_copy(arena, text, bytes);
    return *out ? ERR_OK : err_fail(ERR_MEMORY, "out of memory for a grammar");
}

static err_t number_parse(struct net_action *out, enum action_kind kind, const char *text, struct place at) {
    if (!milli_parse(&out->milli, text + 1)) return tag_unknown(text, at);
    out->kind = kind;
    return ERR_OK;
}

static err_t code_parse(struct net_action *out, const char *text, struct place at, struct arena *arena) {
    size_t n = strlen(text);
    if (n == 0) return tag_unknown("=", at);
    if (n >= SLOT_CODE_MAX) return place_fail(at, ERR_FORMAT, "expected a code of at most %d bytes", SLOT_CODE_MAX - 1);
    out->kind = ACTION_CODE;
    return text_copy(&out->text, text, n, arena);
}

static err_t slot_parse(struct net_action *out, const char *text, struct place at, struct arena *arena) {
    size_t n = name_length(text);
    const char *form = text + n;
    if (n == 0) return tag_unknown(text, at);
    if (n >= SLOT_NAME_MAX)
        return place_fail(at, ERR_FORMAT, "expected a slot name of at most %d bytes", SLOT_NAME_MAX - 1);
    if (*form == '\0') {
        out->kind = ACTION_CLOSE_TEXT;
    } else if (str_equal(form, "#")) {
        out->kind = ACTION_CLOSE_NUMBER;
    } else if (str_equal(form, "$")) {
        out->kind = ACTION_CLOSE_DIGITS;
    } else if (*form == '=' && form[1]) {
        if (strlen(form + 1) >= SLOT_TEXT_MAX)
            return place_fail(at, ERR_FORMAT, "expected a text of at most %d bytes", SLOT_TEXT_MAX - 1);
        out->kind = ACTION_CLOSE_VALUE;
        TRY(text_copy(&out->text, form + 1, strlen(form + 1), arena));
    } else {
        return tag_unknown(text, at);
    }
    return text_copy(&out->name, text, n, arena);
}

err_t tag_parse(struct net_action *out, const char *text, struct place at, struct arena *arena) {
    *out = (struct net_action){0};
    switch (*text) {
        case '+':
            return number_parse(out, ACTION_ADD, text, at);
        case '*':
            return number_parse(out, ACTION_TIMES, text, at);
        case '=':
            return code_parse(out, text + 1, at, arena);
        case '.':
            out->kind = ACTION_POINT;
            return text[1] ? tag_unknown(text, at) : ERR_OK;
        case ';':
            out->kind = ACTION_ITEM;
            return text[1] ? tag_unknown(text, at) : ERR_OK;
        default:
            return slot_parse(out, text, at, arena);
    }
}
