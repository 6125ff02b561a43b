#include "understand/jsgf_lex.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

err_t place_fail(struct place at, err_t code, const char *fmt, ...) {
    char text[512];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    return err_fail(code, "%s:%d:%d: %s", at.file, at.line, at.column, text);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool begins(const struct lexer *l, const char *text) {
    size_t n = strlen(text);
    return (size_t)(l->end - l->at) >= n && memcmp(l->at, text, n) == 0;
}

static void step(struct lexer *l) {
    if (*l->at == '\n') {
        l->place.line++;
        l->place.column = 1;
    } else if (((unsigned char)*l->at & 0xC0) != 0x80) {
        l->place.column++;
    }
    l->at++;
}

static err_t skip_comment(struct lexer *l) {
    struct place start = l->place;
    if (begins(l, "//")) {
        while (l->at < l->end && *l->at != '\n') step(l);
        return ERR_OK;
    }
    for (step(l), step(l); l->at < l->end; step(l)) {
        if (!begins(l, "*/")) continue;
        step(l), step(l);
        return ERR_OK;
    }
    return place_fail(start, ERR_FORMAT, "expected '*/' to end this comment, found the end of the file");
}

static err_t skip_blanks(struct lexer *l) {
    for (;;) {
        if (l->at < l->end && is_blank(*l->at))
            step(l);
        else if (begins(l, "//") || begins(l, "/*"))
            TRY(skip_comment(l));
        else
            return ERR_OK;
    }
}

/* Reads up to `close`, which is passed over; a backslash takes the next character as it is if `escapes`. */
static err_t read_enclosed(struct lexer *l, struct token *out, char close, bool escapes, const char *what) {
    size_t n = 0;
    for (step(l); l->at < l->end && *l->at != close; step(l)) {
        if (*l->at == '\n' && close != '}') break;
        if (escapes && *l->at == '\\' && l->at + 1 < l->end) step(l);
        if (n + 1 >= TOKEN_MAX)
            return place_fail(out->place, ERR_FORMAT, "expected %s shorter than %d bytes", what, TOKEN_MAX);
        out->text[n++] = *l->at;
    }
    if (l->at == l->end || *l->at != close)
        return place_fail(out->place, ERR_FORMAT, "expected '%c' to end this %s", close, what);
    step(l);
    out->text[n] = '\0';
    char *trimmed = str_trim(out->text);
    memmove(out->text, trimmed, strlen(trimmed) + 1);
    return ERR_OK;
}

static err_t read_word(struct lexer *l, struct token *out) {
    size_t n = 0;
    while (l->at < l->end && !is_blank(*l->at) && !strchr(";=|*+<>()[]{}/\"", *l->at)) {
        if (n + 1 >= TOKEN_MAX)
            return place_fail(out->place, ERR_FORMAT, "expected a word shorter than %d bytes", TOKEN_MAX);
        out->text[n++] = *l->at;
        step(l);
    }
    out->text[n] = '\0';
    return n ? ERR_OK : place_fail(out->place, ERR_FORMAT, "expected a word or a rule, found '%c'", *l->at);
}

err_t lexer_next(struct lexer *l, struct token *out) {
    TRY(skip_blanks(l));
    out->place = l->place;
    out->text[0] = '\0';
    out->kind = TOKEN_END;
    if (l->at == l->end) return ERR_OK;
    if (strchr(";=|*+()[]", *l->at)) {
        out->kind = TOKEN_SIGN;
        out->sign = *l->at;
        memcpy(out->text, (char[]){*l->at, '\0'}, 2);
        step(l);
        return ERR_OK;
    }
    switch (*l->at) {
        case '<':
            out->kind = TOKEN_RULE;
            return read_enclosed(l, out, '>', false, "rule name");
        case '{':
            out->kind = TOKEN_TAG;
            return read_enclosed(l, out, '}', true, "tag");
        case '"':
            out->kind = TOKEN_QUOTED;
            return read_enclosed(l, out, '"', true, "quoted word");
        case '/':
            out->kind = TOKEN_WEIGHT;
            return read_enclosed(l, out, '/', false, "weight");
        default:
            out->kind = TOKEN_WORD;
            return read_word(l, out);
    }
}
