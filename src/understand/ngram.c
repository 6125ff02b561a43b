#include "understand/ngram.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "understand/ngram_private.h"

enum {
    TITLE_WORDS_MAX = 48,
    TITLE_BYTES_MAX = 1024,
    WORD_BYTES_MAX = 24,
    CODE_PRODUCTS_MIN = 2,
    NUMBER_DIGITS_MAX = 4
};

static err_t no_memory(void) {
    return err_fail(ERR_MEMORY, "out of memory for the words of the shop");
}

err_t ngram_create(struct ngram **out, const struct ngram_tuning *tuning) {
    static const char *const marks[] = {"<s>", "</s>", "<name>"};
    struct ngram *g = calloc(1, sizeof *g);
    if (!g) return no_memory();
    g->tuning = *tuning;
    err_t err = ERR_OK;
    for (int32_t i = 0, at; !err && i < WORD_FIRST; i++) err = ngram_word_add(g, marks[i], &at);
    if (err) {
        ngram_free(g);
        return err;
    }
    *out = g;
    return ERR_OK;
}

void ngram_free(struct ngram *g) {
    if (!g) return;
    symbols_free(&g->symbols);
    counts_free(&g->pairs);
    counts_free(&g->triples);
    counts_free(&g->frame_pairs);
    counts_free(&g->frame_triples);
    free(g->words);
    free(g->list);
    free(g);
}

err_t ngram_word_add(struct ngram *g, const char *word, int32_t *out) {
    TRY(symbols_add(&g->symbols, word, out));
    if (*out < g->words_room) return ERR_OK;
    int32_t room = g->words_room ? 2 * g->words_room : 4096;
    struct ngram_word *words = realloc(g->words, (size_t)room * sizeof *words);
    if (!words) return no_memory();
    memset(words + g->words_room, 0, (size_t)(room - g->words_room) * sizeof *words);
    g->words = words;
    g->words_room = room;
    return ERR_OK;
}

/* ---- names ---- */

/* The words of a title by number, -1 where a stretch ends. */
struct title {
    int32_t v[TITLE_WORDS_MAX];
    int n;
};

static err_t title_read(struct ngram *g, const char *text, struct title *t) {
    char copy[TITLE_BYTES_MAX], *rest = copy;
    t->n = 0;
    str_copy(copy, sizeof copy, text);
    for (char *word; t->n < TITLE_WORDS_MAX && (word = str_next_word(&rest)); t->n++) {
        bool mark = strcmp(word, ",") == 0 || strlen(word) >= WORD_BYTES_MAX || word[0] == '<';
        t->v[t->n] = -1;
        if (!mark) TRY(ngram_word_add(g, word, &t->v[t->n]));
    }
    return ERR_OK;
}

static int32_t title_word(const struct title *t, int at) {
    return at < t->n ? t->v[at] : -1;
}

/* Whether this product was not yet counted for the word. */
static bool is_first(struct ngram *g, int32_t word) {
    if (g->words[word].product == g->n_products) return false;
    g->words[word].product = g->n_products;
    return true;
}

static err_t word_count(struct ngram *g, const struct title *t, int at, double weight) {
    int32_t a = t->v[at], b = title_word(t, at + 1), c = title_word(t, at + 2);
    struct ngram_word *w = &g->words[a];
    if (is_first(g, a)) w->products += weight;
    w->total += weight;
    if (b < 0) {
        w->last += weight;
        return ERR_OK;
    }
    TRY(counts_add(&g->pairs, count_key(0, a, b), weight));
    return c < 0 ? ERR_OK : counts_add(&g->triples, count_key(a, b, c), weight);
}

static bool has_digit(const char *word) {
    return word[strcspn(word, "0123456789")] != '\0';
}

/* A letter by itself or a number is no company. */
static bool is_company(const struct ngram *g, int32_t word) {
    if (word < 0) return false;
    const char *text = g->symbols.names[word];
    return text[1] != '\0' && !has_digit(text);
}

/* Words of the title that do not stand side by side. */
static err_t company_count(struct ngram *g, const struct title *t, int at, double weight) {
    if (!is_company(g, t->v[at])) return ERR_OK;
    for (int i = at + 1; i < t->n; i++) {
        double near = weight / (i - at);
        if (t->v[i] == t->v[at] || !is_company(g, t->v[i])) continue;
        if (i > at + 1) TRY(counts_add(&g->pairs, count_key(0, t->v[at], t->v[i]), g->tuning.apart * near));
        TRY(counts_add(&g->pairs, count_key(0, t->v[i], t->v[at]), g->tuning.reversed * near));
    }
    return ERR_OK;
}

err_t ngram_name(struct ngram *g, const char *title, double weight) {
    struct title t;
    TRY(title_read(g, title, &t));
    g->n_products++;
    for (int i = 0; i < t.n; i++) {
        if (t.v[i] < 0) continue;
        TRY(word_count(g, &t, i, weight));
        TRY(company_count(g, &t, i, weight));
    }
    return ERR_OK;
}

err_t ngram_mention(struct ngram *g, const char *words, double weight) {
    struct title t;
    TRY(title_read(g, words, &t));
    g->n_products++;
    for (int i = 0; i < t.n; i++)
        if (t.v[i] >= 0 && is_first(g, t.v[i])) g->words[t.v[i]].mentions += weight;
    return ERR_OK;
}

/* ---- which words ---- */

/* "2110" is said as any number is; "k3v00ea" is spelled, if it is said at all. */
static bool is_code(const char *word) {
    return has_digit(word) && (strlen(word) > NUMBER_DIGITS_MAX || word[strspn(word, "0123456789")] != '\0');
}

static bool is_wanted(const struct ngram *g, int32_t i) {
    const struct ngram_word *w = &g->words[i];
    bool code = is_code(g->symbols.names[i]);
    if (w->of_frames) return true;
    return w->products + w->mentions >= (code ? CODE_PRODUCTS_MIN : 1);
}

err_t ngram_finish(struct ngram *g) {
    g->list = malloc(((size_t)g->symbols.n + 1) * sizeof *g->list);
    if (!g->list) return no_memory();
    for (int32_t i = WORD_FIRST; i < g->symbols.n; i++) {
        g->words[i].kept = is_wanted(g, i);
        if (g->words[i].kept) g->list[g->n_list++] = g->symbols.names[i];
    }
    g->words[WORD_BEGIN].kept = g->words[WORD_END].kept = true;
    return ERR_OK;
}

const char *const *ngram_words(const struct ngram *g, size_t *n) {
    *n = g->n_list;
    return g->list;
}

void ngram_leave_out(struct ngram *g, const char *word) {
    int32_t at = symbols_find(&g->symbols, word);
    if (at >= WORD_FIRST) g->words[at].kept = false;
}
