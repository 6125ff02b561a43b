#include "understand/wordings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "understand/counts.h"
#include "understand/netbuild.h"
#include "understand/symbols.h"

/* Numbers of what is no word. */
enum { WORD_BEGIN, WORD_END, WORD_FIRST };
enum { STEPS_MAX = 1000, SENTENCE_MAX = 16 /* words; nobody says more in a breath */, TRIPLE_MIN = 2 };

static const double SINGLE_MORE = 0.5, /* times that every word has been seen beside what was counted */
    PROBABILITY_MIN = 1e-12;

struct wordings {
    struct symbols symbols;
    struct counts singles, pairs, triples;
    bool *left_out; /* by word; as many as there are symbols when the first is left out */
    int32_t n_left_out;
    uint64_t chance;
};

static err_t no_memory(void) {
    return err_fail(ERR_MEMORY, "out of memory for the wordings of the grammar");
}

err_t wordings_create(struct wordings **out) {
    struct wordings *w = calloc(1, sizeof *w);
    if (!w) return no_memory();
    int32_t at;
    err_t err = symbols_add(&w->symbols, "<s>", &at);
    if (!err) err = symbols_add(&w->symbols, "</s>", &at);
    if (err) {
        wordings_free(w);
        return err;
    }
    w->chance = 1;
    *out = w;
    return ERR_OK;
}

void wordings_free(struct wordings *w) {
    if (!w) return;
    symbols_free(&w->symbols);
    counts_free(&w->singles);
    counts_free(&w->pairs);
    counts_free(&w->triples);
    free(w->left_out);
    free(w);
}

/* ---- random sentences ---- */

/* From 0 to 1. Knuth's MMIX, "The Art of Computer Programming" 2, 3.3.4: the same everywhere. */
static double chance(struct wordings *w) {
    w->chance = w->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(w->chance >> 11) / (double)(UINT64_C(1) << 53);
}

static const struct net_arc *arc_choose(struct wordings *w, const struct net *net, int32_t node) {
    int32_t at = net->first[node], end = net->first[node + 1];
    double sum = 0;
    for (int32_t i = at; i < end; i++) sum += (double)net->arcs[i].weight;
    double left = chance(w) * sum;
    while (at < end - 1 && (left -= (double)net->arcs[at].weight) >= 0) at++;
    return &net->arcs[at];
}

/* The labels of its words; 0 if it got too long, or has none. */
static int walk(struct wordings *w, const struct net *net, int32_t out[SENTENCE_MAX]) {
    int n = 0;
    int32_t node = NODE_START;
    for (int steps = 0; node != NODE_END; steps++) {
        if (steps == STEPS_MAX || net->first[node] == net->first[node + 1]) return 0;
        const struct net_arc *arc = arc_choose(w, net, node);
        if (arc->label >= 0 && n == SENTENCE_MAX) return 0;
        if (arc->label >= 0) out[n++] = arc->label;
        node = arc->to;
    }
    return n;
}

/* The numbers of its words, between the marks; 0 if there is none. */
static int sentence_make(struct wordings *w, const struct net *net, const int32_t *numbers,
                         int32_t out[SENTENCE_MAX + 2]) {
    int n = walk(w, net, out + 1);
    for (int i = 1; i <= n; i++) out[i] = numbers[out[i]];
    out[0] = WORD_BEGIN;
    out[n + 1] = WORD_END;
    return n ? n + 2 : 0;
}

void wordings_sentence(struct wordings *w, const struct net *net, char *out, size_t cap) {
    int32_t words[SENTENCE_MAX];
    int n = walk(w, net, words);
    *out = '\0';
    for (int i = 0; i < n; i++) {
        if (i) str_append(out, cap, " ");
        str_append(out, cap, net->words[words[i]]);
    }
}

static err_t sentence_count(struct wordings *w, const int32_t *words, int n) {
    for (int i = 1; i < n; i++) {
        TRY(counts_add(&w->singles, count_key(0, 0, words[i]), 1));
        TRY(counts_add(&w->pairs, count_key(0, words[i - 1], words[i]), 1));
        if (i > 1) TRY(counts_add(&w->triples, count_key(words[i - 2], words[i - 1], words[i]), 1));
    }
    return ERR_OK;
}

err_t wordings_count(struct wordings *w, const struct net *net, int n) {
    int32_t words[SENTENCE_MAX + 2];
    int32_t *numbers = calloc((size_t)net->n_words + 1, sizeof *numbers);
    err_t err = numbers ? ERR_OK : no_memory();
    for (int32_t i = 0; !err && i < net->n_words; i++) err = symbols_add(&w->symbols, net->words[i], &numbers[i]);
    for (int i = 0; !err && i < n; i++) err = sentence_count(w, words, sentence_make(w, net, numbers, words));
    free(numbers);
    return err;
}

const char *const *wordings_words(const struct wordings *w, size_t *n) {
    *n = (size_t)(w->symbols.n - WORD_FIRST);
    return w->symbols.names + WORD_FIRST;
}

void wordings_leave_out(struct wordings *w, const char *word) {
    int32_t at = symbols_find(&w->symbols, word);
    if (at < WORD_FIRST) return;
    if (!w->left_out) {
        w->n_left_out = w->symbols.n;
        w->left_out = calloc((size_t)w->n_left_out, sizeof *w->left_out);
    }
    if (w->left_out && at < w->n_left_out) w->left_out[at] = true;
}

/* ---- probabilities ---- */

/* How often a context was seen, and with how many different words behind it. */
struct context {
    double n, kinds;
    double listed, lower; /* of what is written behind it: probability, and what it would have without it */
};

struct writing {
    const struct wordings *w;
    double *single;         /* by word: probability where nothing is known */
    struct context *behind; /* by word */
    struct counts n, kinds; /* by pair */
    struct counts listed, lower;
    size_t n_words, n_pairs, n_triples;
};

static bool is_out(const struct wordings *w, int32_t word) {
    return w->left_out && word < w->n_left_out && w->left_out[word];
}

static bool has_out(const struct wordings *w, uint64_t key) {
    return is_out(w, count_word(key, 0)) || is_out(w, count_word(key, 1)) || is_out(w, count_word(key, 2));
}

/* The share that a context gives to what was seen behind it. */
static double seen_share(double n, double kinds) {
    return n / (n + kinds);
}

static double pair_probability(const struct writing *x, int32_t a, int32_t b) {
    const struct context *c = &x->behind[a];
    if (c->n <= 0) return x->single[b];
    double seen = seen_share(c->n, c->kinds);
    return seen * counts_get(&x->w->pairs, count_key(0, a, b)) / c->n + (1 - seen) * x->single[b];
}

static double triple_probability(const struct writing *x, const struct count *c) {
    uint64_t context = c->key >> COUNTS_WORD_BITS;
    double n = counts_get(&x->n, context), seen = seen_share(n, counts_get(&x->kinds, context));
    return seen * c->value / n + (1 - seen) * pair_probability(x, count_word(c->key, 1), count_word(c->key, 2));
}

/* Calls `fn` for each count that is written. */
static err_t each(struct writing *x, const struct counts *all, double least,
                  err_t (*fn)(struct writing *x, const struct count *c)) {
    for (size_t i = 0; i < all->n_slots; i++) {
        const struct count *c = &all->slots[i];
        if (c->key != COUNT_FREE && c->value >= least && !has_out(x->w, c->key)) TRY(fn(x, c));
    }
    return ERR_OK;
}

static err_t pair_seen(struct writing *x, const struct count *c) {
    struct context *behind = &x->behind[count_word(c->key, 1)];
    behind->n += c->value;
    behind->kinds++;
    return ERR_OK;
}

static err_t triple_seen(struct writing *x, const struct count *c) {
    uint64_t context = c->key >> COUNTS_WORD_BITS;
    TRY(counts_add(&x->n, context, c->value));
    return counts_add(&x->kinds, context, 1);
}

static err_t pair_listed(struct writing *x, const struct count *c) {
    int32_t a = count_word(c->key, 1), b = count_word(c->key, 2);
    x->behind[a].listed += pair_probability(x, a, b);
    x->behind[a].lower += x->single[b];
    x->n_pairs++;
    return ERR_OK;
}

static err_t triple_listed(struct writing *x, const struct count *c) {
    uint64_t context = c->key >> COUNTS_WORD_BITS;
    x->n_triples++;
    TRY(counts_add(&x->listed, context, triple_probability(x, c)));
    return counts_add(&x->lower, context, pair_probability(x, count_word(c->key, 1), count_word(c->key, 2)));
}

static void singles_find(struct writing *x) {
    const struct wordings *w = x->w;
    double all = 0;
    for (int32_t i = WORD_END; i < w->symbols.n; i++) {
        if (is_out(w, i)) continue;
        x->single[i] = counts_get(&w->singles, count_key(0, 0, i)) + SINGLE_MORE;
        all += x->single[i];
        x->n_words++;
    }
    for (int32_t i = WORD_END; i < w->symbols.n; i++) x->single[i] /= all;
    x->n_words++; /* WORD_BEGIN, which follows nothing */
}

/* ---- the file ---- */

static double log_of(double p) {
    return log10(fmax(p, PROBABILITY_MIN));
}

/* What is left behind a context for the words that are not written there, beside what they would have without it. */
static double left_log(double listed, double lower) {
    return lower > 0 && lower < 1 ? log_of((1 - listed) / (1 - lower)) : 0;
}

static void singles_write(const struct writing *x, FILE *file) {
    const struct wordings *w = x->w;
    fprintf(file, "\\data\\\nngram 1=%zu\nngram 2=%zu\nngram 3=%zu\n\n\\1-grams:\n", x->n_words, x->n_pairs,
            x->n_triples);
    for (int32_t i = 0; i < w->symbols.n; i++) {
        if (is_out(w, i)) continue;
        fprintf(file, "%.4f %s %.4f\n", i == WORD_BEGIN ? -99.0 : log_of(x->single[i]), w->symbols.names[i],
                left_log(x->behind[i].listed, x->behind[i].lower));
    }
}

/* The format wants them sorted. */
static void pairs_write(const struct writing *x, const struct counts *sorted, FILE *file) {
    const char *const *names = x->w->symbols.names;
    fputs("\n\\2-grams:\n", file);
    for (size_t i = 0; i < sorted->n; i++) {
        uint64_t key = sorted->slots[i].key;
        int32_t a = count_word(key, 1), b = count_word(key, 2);
        if (has_out(x->w, key)) continue;
        fprintf(file, "%.4f %s %s %.4f\n", log_of(pair_probability(x, a, b)), names[a], names[b],
                left_log(counts_get(&x->listed, key), counts_get(&x->lower, key)));
    }
}

static void triples_write(const struct writing *x, const struct counts *sorted, FILE *file) {
    const char *const *names = x->w->symbols.names;
    fputs("\n\\3-grams:\n", file);
    for (size_t i = 0; i < sorted->n; i++) {
        const struct count *c = &sorted->slots[i];
        if (c->value < TRIPLE_MIN || has_out(x->w, c->key)) continue;
        fprintf(file, "%.4f %s %s %s\n", log_of(triple_probability(x, c)), names[count_word(c->key, 0)],
                names[count_word(c->key, 1)], names[count_word(c->key, 2)]);
    }
    fputs("\n\\end\\\n", file);
}

/* A sorted copy: the counts themselves are still asked. */
static err_t sorted_copy(const struct counts *from, struct counts *out) {
    *out = (struct counts){.n = from->n, .n_slots = from->n_slots};
    if (!from->n_slots) return ERR_OK;
    out->slots = malloc(from->n_slots * sizeof *out->slots);
    if (!out->slots) return no_memory();
    memcpy(out->slots, from->slots, from->n_slots * sizeof *out->slots);
    counts_sort(out);
    return ERR_OK;
}

static err_t file_write(struct writing *x, FILE *file) {
    struct counts pairs = {0}, triples = {0};
    err_t err = sorted_copy(&x->w->pairs, &pairs);
    if (!err) err = sorted_copy(&x->w->triples, &triples);
    if (!err) {
        singles_write(x, file);
        pairs_write(x, &pairs, file);
        triples_write(x, &triples, file);
    }
    counts_free(&pairs);
    counts_free(&triples);
    if (!err && ferror(file)) err = err_fail(ERR_IO, "the wordings of the grammar cannot be written");
    return err;
}

static err_t write_all(struct writing *x, FILE *file) {
    const struct wordings *w = x->w;
    singles_find(x);
    TRY(each(x, &w->pairs, 0, pair_seen));
    TRY(each(x, &w->triples, 0, triple_seen));
    TRY(each(x, &w->pairs, 0, pair_listed));
    TRY(each(x, &w->triples, TRIPLE_MIN, triple_listed));
    return file_write(x, file);
}

err_t wordings_write(const struct wordings *w, FILE *file) {
    size_t n = (size_t)w->symbols.n;
    struct writing x = {.w = w};
    x.single = calloc(n, sizeof *x.single);
    x.behind = calloc(n, sizeof *x.behind);
    err_t err = x.single && x.behind ? write_all(&x, file) : no_memory();
    free(x.single);
    free(x.behind);
    counts_free(&x.n);
    counts_free(&x.kinds);
    counts_free(&x.listed);
    counts_free(&x.lower);
    return err;
}
