#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "understand/intent.h"
#include "understand/model.h"
#include "understand/words.h"

enum { PHRASES_MAX = 500000 };

static err_t no_memory(void) {
    return err_fail(ERR_MEMORY, "out of memory for the phrases of a grammar");
}

void fill_free(struct fill *f) {
    if (!f) return;
    free(f->phrases);
    free(f->words);
    free(f->has);
    free(f);
}

bool fill_has(const struct fill *f, int32_t word) {
    return word >= 0 && word < f->n_has && (f->has[word / 8] >> word % 8 & 1);
}

static int phrase_compare(const void *a, const void *b) {
    const struct phrase *x = a, *y = b;
    for (int32_t i = 0; i < x->n && i < y->n; i++)
        if (x->words[i] != y->words[i]) return x->words[i] < y->words[i] ? -1 : 1;
    return (x->n > y->n) - (x->n < y->n);
}

/* The words of a phrase at `words`, which has room for them. */
static err_t phrase_read(struct phrase *out, struct symbols *symbols, char *text, int32_t *words) {
    *out = (struct phrase){.words = words};
    for (char *word; (word = str_next_word(&text)); out->n++) TRY(symbols_add(symbols, word, &words[out->n]));
    return ERR_OK;
}

bool fill_same(const struct fill *a, const struct fill *b) {
    if (a->n != b->n) return false;
    for (int32_t i = 0; i < a->n; i++) {
        const struct phrase *x = &a->phrases[i], *y = &b->phrases[i];
        if (x->n != y->n || memcmp(x->words, y->words, (size_t)x->n * sizeof(*x->words)) != 0) return false;
    }
    return true;
}

static err_t phrases_read(struct fill *f, struct symbols *symbols, const char *const *phrases, size_t n) {
    size_t room = 0; /* a word takes two bytes of a phrase, its blank among them, or one at its end */
    for (size_t i = 0; i < n; i++) room += strnlen(phrases[i], UTTERANCE_MAX) + 1;
    f->words = malloc((room + 1) * sizeof(*f->words));
    f->phrases = malloc((n + 1) * sizeof(*f->phrases));
    if (!f->words || !f->phrases) return no_memory();
    int32_t *words = f->words;
    for (size_t i = 0; i < n; i++) {
        char text[UTTERANCE_MAX]; /* what is longer than an utterance is never said to its end */
        if (words_normalise(text, sizeof(text), phrases[i]) == 0) continue;
        TRY(phrase_read(&f->phrases[f->n], symbols, text, words));
        words += f->phrases[f->n++].n;
    }
    return ERR_OK;
}

static void phrases_sort(struct fill *f) {
    qsort(f->phrases, (size_t)f->n, sizeof(*f->phrases), phrase_compare);
    int32_t kept = 0;
    for (int32_t i = 0; i < f->n; i++)
        if (kept == 0 || phrase_compare(&f->phrases[kept - 1], &f->phrases[i]) != 0) f->phrases[kept++] = f->phrases[i];
    f->n = kept;
}

static err_t words_mark(struct fill *f, int32_t n_words) {
    f->has = calloc((size_t)n_words / 8 + 1, 1);
    if (!f->has) return no_memory();
    f->n_has = n_words;
    for (int32_t i = 0; i < f->n; i++)
        for (int32_t k = 0; k < f->phrases[i].n; k++) {
            int32_t word = f->phrases[i].words[k];
            f->has[word / 8] |= (unsigned char)(1u << word % 8);
        }
    return ERR_OK;
}

static err_t fill_read(struct fill *f, struct symbols *symbols, const char *const *phrases, size_t n) {
    if (n > PHRASES_MAX) return err_fail(ERR_FULL, "a rule can hold %d phrases", PHRASES_MAX);
    TRY(phrases_read(f, symbols, phrases, n));
    phrases_sort(f);
    return words_mark(f, symbols->n);
}

err_t fill_create(struct fill **out, struct symbols *symbols, const char *const *phrases, size_t n, bool open) {
    struct fill *f = calloc(1, sizeof(*f));
    if (!f) return no_memory();
    f->open = open;
    err_t err = fill_read(f, symbols, phrases, n);
    if (err) {
        fill_free(f);
        return err;
    }
    *out = f;
    return ERR_OK;
}
