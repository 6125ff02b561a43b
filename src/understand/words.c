#include "understand/words.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"

/* Reads one character and moves on; bytes that are no UTF-8 are passed over. 0 at the end. */
static uint32_t next_character(const char **text) {
    for (; **text; (*text)++) {
        const unsigned char *s = (const unsigned char *)*text;
        size_t n = s[0] < 0x80 ? 1 : s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
        if (strnlen(*text, n) < n || !str_is_utf8(*text, n)) continue;
        *text += n;
        if (n == 1) return s[0];
        uint32_t c = s[0] & (0x7Fu >> n);
        for (size_t i = 1; i < n; i++) c = c << 6 | (s[i] & 0x3Fu);
        return c;
    }
    return 0;
}

static uint32_t peek_character(const char *text) {
    return next_character(&text);
}

static size_t put_character(char *out, uint32_t c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((0xF00u >> n & 0xFFu) | c);
    return n;
}

/* Latin, Greek and Cyrillic by the ranges of Unicode's chart, free of the process's locale. */
static uint32_t lower(uint32_t c) {
    static const struct {
        uint32_t first, last, add;
    } ranges[] = {{'A', 'Z', 32},     {0xC0, 0xD6, 32},   {0xD8, 0xDE, 32},   {0x386, 0x386, 38},
                  {0x388, 0x38A, 37}, {0x391, 0x3AB, 32}, {0x400, 0x40F, 80}, {0x410, 0x42F, 32}};
    static const struct {
        uint32_t first, last;
    } pairs[] = {{0x100, 0x12F}, {0x132, 0x137}, {0x14A, 0x177}, {0x1E00, 0x1EFF}}, /* even above odd */
        odd_pairs[] = {{0x139, 0x148}, {0x179, 0x17E}};
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (c >= ranges[i].first && c <= ranges[i].last) return c + ranges[i].add;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (c >= pairs[i].first && c <= pairs[i].last) return c | 1u;
    for (size_t i = 0; i < sizeof(odd_pairs) / sizeof(odd_pairs[0]); i++)
        if (c >= odd_pairs[i].first && c <= odd_pairs[i].last) return c + (c & 1u);
    return c == 0x178 ? 0xFF : c;
}

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

/* What words are made of: letters and digits; of the rest of Unicode all that is no space, sign or picture. */
static bool is_word(uint32_t c) {
    static const struct {
        uint32_t first, last;
    } others[] = {{0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},       {0xD7, 0xD7},
                  {0xF7, 0xF7},     {0x2000, 0x2BFF}, {0x3000, 0x3003}, {0x3008, 0x3020},   {0xE000, 0xF8FF},
                  {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF}};
    if (c < 0x80) return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (c >= others[i].first && c <= others[i].last) return false;
    return true;
}

/* A comma before exactly three digits, as in "1,299". */
static bool groups_thousands(const char *after) {
    size_t digits = strspn(after, "0123456789");
    return digits == 3;
}

struct writer {
    char *out;
    size_t cap, used, word; /* `word`: where the word that is being written begins */
    int n_words;
    bool full;
};

static void word_end(struct writer *w) {
    if (w->used == w->word) return;
    w->n_words++;
    w->word = w->used;
}

static void word_put(struct writer *w, uint32_t c) {
    char bytes[4];
    size_t n = put_character(bytes, c);
    size_t blank = w->used == w->word && w->used > 0;
    if (w->full || w->used + blank + n >= w->cap) {
        w->full = true;
        return;
    }
    if (blank) w->out[w->used++] = ' ';
    memcpy(w->out + w->used, bytes, n);
    w->used += n;
}

/* Writes one character of the text given what was before it and what comes after it. */
static void put(struct writer *w, uint32_t before, uint32_t c, const char *rest) {
    uint32_t after = peek_character(rest);
    if (is_word(c)) {
        word_put(w, lower(c));
    } else if ((c == '\'' || c == 0x2019) && is_word(before) && is_word(after)) {
        word_put(w, '\'');
    } else if (c == '.' && is_digit(after) && !is_word(before)) {
        word_end(w);
        word_put(w, '0');
        word_put(w, '.');
    } else if (c == '.' && is_digit(after) && is_digit(before)) {
        word_put(w, '.');
    } else if (c == ',' && is_digit(before) && groups_thousands(rest)) {
        return;
    } else {
        word_end(w);
    }
}

int words_normalise(char *out, size_t cap, const char *text) {
    struct writer w = {.out = out, .cap = cap};
    if (cap == 0) return 0;
    uint32_t before = 0;
    for (uint32_t c; !w.full && (c = next_character(&text)); before = c) put(&w, before, c, text);
    if (w.full)
        w.used = w.word; /* a word that is cut is no word */
    else
        word_end(&w);
    out[w.used] = '\0';
    return w.n_words;
}
