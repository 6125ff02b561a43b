#include "base/str.h"

#include <stdint.h>
#include <string.h>

enum { DISTANCE_CHARS_MAX = 255 };

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_continuation(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The longest prefix of at most n bytes that ends where a character ends. */
static size_t whole_characters(const char *s, size_t n) {
    for (size_t back = 0; back < 4 && back <= n; back++) {
        if (!is_continuation(s[n - back])) return n - back;
    }
    return n; /* not UTF-8 at all */
}

bool str_copy(char *dst, size_t cap, const char *src) {
    if (cap == 0) return false;
    size_t n = strnlen(src, cap);
    bool whole = n < cap;
    if (!whole) n = whole_characters(src, cap - 1);
    memmove(dst, src, n);
    dst[n] = '\0';
    return whole;
}

bool str_append(char *dst, size_t cap, const char *src) {
    size_t used = strnlen(dst, cap);
    return str_copy(dst + used, cap - used, src);
}

/* Reads the code point at s, of which n > 0 bytes are left, and returns its length; 0 if malformed. */
static size_t decode(const char *s, size_t n, uint32_t *out) {
    const unsigned char *u = (const unsigned char *)s;
    static const struct {
        unsigned char mask, lead;
        uint32_t least; /* a smaller value has a shorter form */
    } forms[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};

    for (size_t length = 1; length <= 4; length++) {
        if ((u[0] & forms[length - 1].mask) != forms[length - 1].lead) continue;
        if (length > n) return 0;
        uint32_t point = u[0] & (unsigned char)~forms[length - 1].mask;
        for (size_t i = 1; i < length; i++) {
            if (!is_continuation(s[i])) return 0;
            point = point << 6 | (u[i] & 0x3F);
        }
        bool surrogate = point >= 0xD800 && point <= 0xDFFF;
        if (point < forms[length - 1].least || point > 0x10FFFF || surrogate) return 0;
        *out = point;
        return length;
    }
    return 0;
}

bool str_is_utf8(const char *s, size_t n) {
    uint32_t point;
    for (size_t i = 0; i < n;) {
        size_t length = decode(s + i, n - i, &point);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

char *str_trim(char *s) {
    while (is_space(*s)) s++;
    size_t n = strlen(s);
    while (n > 0 && is_space(s[n - 1])) n--;
    s[n] = '\0';
    return s;
}

char *str_next_word(char **rest) {
    char *word = *rest;
    while (is_space(*word)) word++;
    char *end = word;
    while (*end && !is_space(*end)) end++;
    *rest = *end ? end + 1 : end;
    *end = '\0';
    return *word ? word : NULL;
}

bool str_equal(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Code points of s, at most DISTANCE_CHARS_MAX; a stray byte stands for itself. -1 if there are more. */
static int spell_out(const char *s, uint32_t *points) {
    int n = 0;
    for (size_t left = strlen(s); left > 0; n++) {
        if (n == DISTANCE_CHARS_MAX) return -1;
        size_t length = decode(s, left, &points[n]);
        if (length == 0) {
            points[n] = 0x110000u + (unsigned char)*s;
            length = 1;
        }
        s += length;
        left -= length;
    }
    return n;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* Optimal string alignment (Damerau-Levenshtein without editing a swapped pair again), three rows of its table. */
int str_distance(const char *a, const char *b, int limit) {
    uint32_t x[DISTANCE_CHARS_MAX], y[DISTANCE_CHARS_MAX];
    if (strcmp(a, b) == 0) return 0;
    int nx = spell_out(a, x), ny = spell_out(b, y);
    if (nx < 0 || ny < 0 || nx - ny > limit || ny - nx > limit) return limit + 1;

    int rows[3][DISTANCE_CHARS_MAX + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (int j = 0; j <= ny; j++) above[j] = j;
    int best_above = 0;
    for (int i = 1; i <= nx; i++) {
        row[0] = i;
        int best = i;
        for (int j = 1; j <= ny; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x[i - 1] != y[j - 1]));
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > limit && best_above > limit) return limit + 1;
        best_above = best;
        int *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return least(above[ny], limit + 1);
}
