#include "shop/text.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

enum { MATCH_WORDS_MAX = 16 };

static const int64_t DECIMAL_MAX = INT64_C(1000000000000); /* leaves room to scale */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_word_char(char c) {
    return is_letter(c) || is_digit(c);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

void text_words(char *out, size_t cap, const char *text) {
    char words[512];
    size_t n = 0;
    for (const char *s = text; *s && n + 2 < sizeof words; s++) {
        bool apostrophe = *s == '\'' && s > text && is_letter(s[-1]) && is_letter(s[1]);
        if (is_word_char(*s) || apostrophe) {
            words[n++] = lower(*s);
        } else if (n > 0 && words[n - 1] != ' ') {
            words[n++] = ' ';
        }
    }
    if (n > 0 && words[n - 1] == ' ') n--;
    words[n] = '\0';
    str_copy(out, cap, words);
}

void text_clean(char *text) {
    char *to = text;
    for (const char *s = text; *s; s++) {
        bool space = (unsigned char)*s <= ' ' || *s == 0x7f;
        if (!space) {
            *to++ = *s;
        } else if (to > text && to[-1] != ' ') {
            *to++ = ' ';
        }
    }
    if (to > text && to[-1] == ' ') to--;
    *to = '\0';
}

/* ---- words apart by single spaces ---- */

bool text_has_word(const char *words, const char *word) {
    size_t n = strlen(word);
    for (const char *s = words; n > 0 && (s = strstr(s, word)); s++) {
        bool begins = s == words || s[-1] == ' ';
        if (begins && (s[n] == ' ' || s[n] == '\0')) return true;
    }
    return false;
}

bool text_is_code(const char *words) {
    bool digit = false, code = true;
    for (const char *s = words;; s++) {
        if (*s == ' ' || *s == '\0') {
            code = code && (digit || s == words);
            digit = false;
        }
        if (*s == '\0') return code;
        digit = digit || is_digit(*s);
    }
}

int text_count_words(const char *words) {
    int n = *words != '\0';
    for (const char *s = words; *s; s++) n += *s == ' ';
    return n;
}

const char *text_last_words(const char *words, int n) {
    const char *s = words + strlen(words);
    while (s > words) {
        if (s[-1] == ' ' && --n == 0) break;
        s--;
    }
    return s;
}

/* ---- MATCH ---- */

int text_match(char *out, size_t cap, const char *text, const char *joiner) {
    char copy[512], *rest = copy, *word;
    str_copy(copy, sizeof copy, text);
    for (char *s = copy; *s; s++) {
        if ((unsigned char)*s < ' ' || *s == '"') *s = ' ';
    }
    int n = 0;
    out[0] = '\0';
    while (n < MATCH_WORDS_MAX && (word = str_next_word(&rest))) {
        if (word[strspn(word, "!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")] == '\0') {
            continue; /* a sign that no index holds */
        }
        char quoted[sizeof copy + 32];
        snprintf(quoted, sizeof quoted, "%s\"%s\"", n ? joiner : "", word);
        size_t used = strlen(out);
        if (!str_append(out, cap, quoted)) {
            out[used] = '\0';
            break;
        }
        n++;
    }
    return n;
}

/* ---- numbers ---- */

err_t text_decimal(const char *text, int decimals, int64_t max, int64_t *out) {
    int64_t value = 0;
    int after = -1; /* digits after the point */
    const char *s = text;
    if (!is_digit(*s)) return err_fail(ERR_FORMAT, "'%.40s' is not a number", text);
    for (; is_digit(*s) || (*s == '.' && after < 0); s++) {
        if (*s != '.' && value > DECIMAL_MAX) return err_fail(ERR_RANGE, "'%.40s' is too large", text);
        if (*s == '.') {
            after = 0;
        } else if (after < decimals) {
            value = value * 10 + (*s - '0');
            if (after >= 0) after++;
        } else if (*s != '0') {
            return decimals ? err_fail(ERR_FORMAT, "'%.40s' has more than %d decimals", text, decimals)
                            : err_fail(ERR_FORMAT, "'%.40s' is not a whole number", text);
        }
    }
    if (*s || s[-1] == '.') return err_fail(ERR_FORMAT, "'%.40s' is not a number", text);
    for (int i = after < 0 ? 0 : after; i < decimals; i++) value *= 10;
    if (value > max) return err_fail(ERR_RANGE, "'%.40s' is too large", text);
    *out = value;
    return ERR_OK;
}
