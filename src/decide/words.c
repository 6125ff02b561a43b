/* Which of several things the shopper means, by its name. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum { WORDS_MAX = 32, BEGINNING_MIN = 3, ENDING_MAX = 2, TEXT_MAX = 2 * TITLE_MAX + BRAND_MAX + OPTIONS_MAX };

struct word {
    const char *at;
    size_t n;
};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool in_word(char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || (c & 0x80) || c == '\'';
}

static int split(const char *text, struct word *words) {
    int n = 0;
    while (n < WORDS_MAX) {
        while (*text && !in_word(*text)) text++;
        if (!*text) break;
        words[n].at = text;
        while (in_word(*text)) text++;
        words[n].n = (size_t)(text - words[n].at);
        n++;
    }
    return n;
}

static size_t shared(struct word a, struct word b) {
    size_t n = 0;
    while (n < a.n && n < b.n && lower(a.at[n]) == lower(b.at[n])) n++;
    return n;
}

/* "egg" is "eggs": an ending is left over, on either side, of a word long enough to be known by its beginning. */
static bool alike(struct word a, struct word b) {
    size_t n = shared(a, b);
    if (n == a.n && n == b.n) return true;
    size_t longer = a.n > b.n ? a.n : b.n;
    return n >= BEGINNING_MIN && longer - n <= ENDING_MAX && (n == a.n || n == b.n);
}

static int score(const struct word *words, int n, const struct word *title, int n_title) {
    int hits = 0;
    for (int i = 0; i < n; i++) {
        int k = 0;
        while (k < n_title && !alike(words[i], title[k])) k++;
        if (k < n_title) hits++;
    }
    return n ? WORDS_ALL * hits / n : 0;
}

int words_within(const char *words, const char *title) {
    struct word a[WORDS_MAX], b[WORDS_MAX];
    int n = split(words, a);
    return score(a, n, b, split(title, b));
}

/* The same words in the same order, and no other. */
static bool exactly(const char *words, const char *name) {
    struct word a[WORDS_MAX], b[WORDS_MAX];
    int n = split(words, a);
    if (n == 0 || split(name, b) != n) return false;
    for (int i = 0; i < n; i++) {
        if (!alike(a[i], b[i])) return false;
    }
    return true;
}

int words_match(const char *words, const struct product *p) {
    if (exactly(words, p->spoken) || exactly(words, p->title)) return WORDS_EXACT;
    char text[TEXT_MAX] = "";
    const char *const parts[] = {p->spoken, " ", p->title, " ", p->brand, " ", p->options};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) str_append(text, sizeof text, parts[i]);
    struct word a[WORDS_MAX], b[WORDS_MAX];
    int n = split(words, a);
    return score(a, n, b, split(text, b));
}
