/* Counts to probabilities, and the ARPA file.
 *
 * A pair that was counted has a probability of its own; all others share what is left of its first word by the
 * probability of the second alone. That is made for names: behind "find" everything may come with which a name begins,
 * and to write that down once is enough. */
#include <math.h>
#include <stdlib.h>

#include "understand/ngram_private.h"

enum { TRIPLE_MIN = 2 /* times that three words of names must have been seen in a row */ };

static const double LISTED_MAX = 0.97, /* of a context, so that nothing is impossible in it */
    FRAME_SHARE = 1e-3,                /* of a word that only frames have, where anything may come */
    BEHIND_SHARE = 0.02,               /* of what follows a name, likewise */
    ONE_LETTER = 0.03,                 /* how much less than others a single letter begins a request */
    MENTION = 0.1,                     /* of a word of descriptions beside one of names */
    PAIR_MIN = 1e-7, LEFT_MIN = 1e-5, PROBABILITY_MIN = 1e-9;

struct writing {
    struct ngram *g;
    double *single;      /* by word: probability where nothing is known */
    double *left;        /* by word: back-off weight behind it */
    double *frames_from; /* by word: how often a frame goes on from it */
    double *names_from;  /* by word: how often a name does */
    struct counts pairs; /* probabilities */
    struct counts triples;
    struct counts lefts; /* by (0, a, b): back-off weight behind a pair, where it is not 1 */
};

static bool kept(const struct ngram *g, uint64_t key, int first) {
    for (int place = first; place < 3; place++)
        if (!g->words[count_word(key, place)].kept) return false;
    return true;
}

/* ---- single words ---- */

static bool has_digit(const char *word) {
    for (; *word; word++)
        if (*word >= '0' && *word <= '9') return true;
    return false;
}

/* The share of a word among those that begin a request: nouns do, and what ends a name mostly is one. */
static double begins(const struct ngram *g, int32_t i) {
    const struct ngram_word *w = &g->words[i];
    const char *text = g->symbols.names[i];
    double known = w->products + MENTION * w->mentions;
    if (known <= 0) return 0;
    double value = pow(known, g->tuning.power) * (w->last + 0.3) / (w->total + 1);
    if (has_digit(text)) value *= g->tuning.code;
    return text[1] ? value : value * ONE_LETTER;
}

static void singles_find(struct writing *w) {
    struct ngram *g = w->g;
    double sum = 0, behind = w->frames_from[WORD_NAME], all = 0;
    for (int32_t i = WORD_FIRST; i < g->symbols.n; i++)
        if (g->words[i].kept) sum += begins(g, i);
    for (int32_t i = WORD_FIRST; i < g->symbols.n; i++) {
        if (!g->words[i].kept) continue;
        double follows = counts_get(&g->frame_pairs, count_key(0, WORD_NAME, i));
        w->single[i] = (sum > 0 ? begins(g, i) / sum : 0) + (g->words[i].of_frames ? FRAME_SHARE / g->symbols.n : 0) +
                       (behind > 0 ? BEHIND_SHARE * follows / behind : 0);
    }
    w->single[WORD_END] = FRAME_SHARE;
    for (int32_t i = 0; i < g->symbols.n; i++) all += w->single[i];
    for (int32_t i = 0; i < g->symbols.n; i++) w->single[i] /= all;
}

/* ---- contexts ---- */

static void from_add(double *from, const struct counts *pairs, const struct ngram *g, bool all) {
    for (size_t i = 0; i < pairs->n_slots; i++) {
        uint64_t key = pairs->slots[i].key;
        if (key != COUNT_FREE && (all || kept(g, key, 1))) from[count_word(key, 1)] += pairs->slots[i].value;
    }
}

/* Of what a name says behind a word, the end apart. */
static double end_share(const struct ngram *g, int32_t word) {
    const struct ngram_word *w = &g->words[word];
    return g->tuning.end * pow((w->last + 0.2) / (w->total + 0.5), 0.7);
}

static err_t pair_put(struct writing *w, int32_t a, int32_t b, double p) {
    uint64_t key = count_key(0, a, b);
    double had = counts_get(&w->pairs, key);
    return p > had && p >= PAIR_MIN ? counts_add(&w->pairs, key, p - had) : ERR_OK;
}

static err_t pairs_find(struct writing *w) {
    struct ngram *g = w->g;
    for (size_t i = 0; i < g->pairs.n_slots; i++) {
        struct count c = g->pairs.slots[i];
        if (c.key == COUNT_FREE || !kept(g, c.key, 1)) continue;
        int32_t a = count_word(c.key, 1), b = count_word(c.key, 2);
        TRY(pair_put(w, a, b, (1 - end_share(g, a)) * (1 - g->tuning.unseen) * c.value / w->names_from[a]));
    }
    for (int32_t a = WORD_FIRST; a < g->symbols.n; a++)
        if (g->words[a].kept && g->words[a].total + g->words[a].mentions > 0)
            TRY(pair_put(w, a, WORD_END, end_share(g, a)));
    for (size_t i = 0; i < g->frame_pairs.n_slots; i++) {
        struct count c = g->frame_pairs.slots[i];
        if (c.key == COUNT_FREE || !kept(g, c.key, 1)) continue; /* a name is not kept */
        int32_t a = count_word(c.key, 1);
        TRY(pair_put(w, a, count_word(c.key, 2), LISTED_MAX * c.value / w->frames_from[a]));
    }
    return ERR_OK;
}

static err_t triples_find(struct writing *w) {
    struct ngram *g = w->g;
    struct counts from = {0};
    err_t err = ERR_OK;
    for (size_t i = 0; !err && i < g->triples.n_slots; i++) {
        struct count c = g->triples.slots[i];
        if (c.key == COUNT_FREE || c.value < TRIPLE_MIN || !kept(g, c.key, 0)) continue;
        int32_t a = count_word(c.key, 0), b = count_word(c.key, 1);
        double n = counts_get(&g->pairs, count_key(0, a, b));
        err = counts_add(&w->triples, c.key, (1 - end_share(g, b)) * c.value / (n + 2));
        uint64_t end = count_key(a, b, WORD_END);
        if (!err && counts_get(&w->triples, end) <= 0) err = counts_add(&w->triples, end, end_share(g, b));
    }
    for (size_t i = 0; !err && i < g->frame_triples.n_slots; i++) {
        struct count c = g->frame_triples.slots[i];
        if (c.key != COUNT_FREE) err = counts_add(&from, c.key >> COUNTS_WORD_BITS, c.value);
    }
    for (size_t i = 0; !err && i < g->frame_triples.n_slots; i++) {
        struct count c = g->frame_triples.slots[i];
        if (c.key == COUNT_FREE || !kept(g, c.key, 0)) continue;
        double p = LISTED_MAX * c.value / counts_get(&from, c.key >> COUNTS_WORD_BITS);
        double had = counts_get(&w->triples, c.key);
        if (p > had && p >= PAIR_MIN) err = counts_add(&w->triples, c.key, p - had);
    }
    counts_free(&from);
    return err;
}

static double pair_probability(const struct writing *w, int32_t a, int32_t b) {
    double p = counts_get(&w->pairs, count_key(0, a, b));
    return p > 0 ? p : w->left[a] * w->single[b];
}

/* Behind each context: scales down what is listed where it is too much, and finds the weight of the rest. */
static void lefts_find(struct writing *w) {
    struct ngram *g = w->g;
    double *listed = w->frames_from, *known = w->names_from; /* no more needed */
    for (int32_t i = 0; i < g->symbols.n; i++) listed[i] = known[i] = 0;
    for (size_t i = 0; i < w->pairs.n_slots; i++)
        if (w->pairs.slots[i].key != COUNT_FREE)
            listed[count_word(w->pairs.slots[i].key, 1)] += w->pairs.slots[i].value;
    for (size_t i = 0; i < w->pairs.n_slots; i++) {
        struct count *c = &w->pairs.slots[i];
        if (c->key == COUNT_FREE) continue;
        int32_t a = count_word(c->key, 1);
        if (listed[a] > LISTED_MAX) c->value *= LISTED_MAX / listed[a];
        known[a] += w->single[count_word(c->key, 2)];
    }
    for (int32_t i = 0; i < g->symbols.n; i++) {
        double rest = 1 - fmin(listed[i], LISTED_MAX);
        w->left[i] = fmax(rest, LEFT_MIN) / fmax(1 - known[i], LEFT_MIN);
    }
}

/* The triples are sorted, so that those of one context stand together. */
static err_t triple_lefts_find(struct writing *w) {
    struct counts *t = &w->triples;
    for (size_t lo = 0, hi; lo < t->n; lo = hi) {
        uint64_t context = t->slots[lo].key >> COUNTS_WORD_BITS;
        double listed = 0, known = 0;
        int32_t b = count_word(t->slots[lo].key, 1);
        for (hi = lo; hi < t->n && t->slots[hi].key >> COUNTS_WORD_BITS == context; hi++) {
            listed += t->slots[hi].value;
            known += pair_probability(w, b, count_word(t->slots[hi].key, 2));
        }
        double scale = listed > LISTED_MAX ? LISTED_MAX / listed : 1;
        for (size_t i = lo; i < hi; i++) t->slots[i].value *= scale;
        TRY(counts_add(&w->lefts, context, fmax(1 - listed * scale, LEFT_MIN) / fmax(1 - known, LEFT_MIN)));
    }
    return ERR_OK;
}

/* ---- the file ---- */

static double log_of(double p) {
    return log10(fmax(p, PROBABILITY_MIN));
}

static size_t words_kept(const struct ngram *g) {
    size_t n = 0;
    for (int32_t i = 0; i < g->symbols.n; i++) n += g->words[i].kept;
    return n;
}

/* A triple whose first two words are no pair has no place in the format. */
static err_t contexts_complete(struct writing *w) {
    for (size_t i = 0; i < w->triples.n_slots; i++) {
        uint64_t key = w->triples.slots[i].key;
        if (key != COUNT_FREE) TRY(pair_put(w, count_word(key, 0), count_word(key, 1), 2 * PAIR_MIN));
    }
    return ERR_OK;
}

static void file_write(const struct writing *w, FILE *file) {
    const struct ngram *g = w->g;
    const char *const *names = g->symbols.names;
    fprintf(file, "\\data\\\nngram 1=%zu\nngram 2=%zu\nngram 3=%zu\n\n\\1-grams:\n", words_kept(g), w->pairs.n,
            w->triples.n);
    for (int32_t i = 0; i < g->symbols.n; i++)
        if (g->words[i].kept)
            fprintf(file, "%.4f %s %.4f\n", i == WORD_BEGIN ? -99.0 : log_of(w->single[i]), names[i],
                    log_of(w->left[i]));
    fprintf(file, "\n\\2-grams:\n");
    for (size_t i = 0; i < w->pairs.n; i++) {
        uint64_t key = w->pairs.slots[i].key;
        double left = counts_get(&w->lefts, key);
        fprintf(file, "%.4f %s %s %.4f\n", log_of(w->pairs.slots[i].value), names[count_word(key, 1)],
                names[count_word(key, 2)], left > 0 ? log_of(left) : 0.0);
    }
    fprintf(file, "\n\\3-grams:\n");
    for (size_t i = 0; i < w->triples.n; i++) {
        uint64_t key = w->triples.slots[i].key;
        fprintf(file, "%.4f %s %s %s\n", log_of(w->triples.slots[i].value), names[count_word(key, 0)],
                names[count_word(key, 1)], names[count_word(key, 2)]);
    }
    fprintf(file, "\n\\end\\\n");
}

static err_t write_all(struct writing *w, FILE *file) {
    from_add(w->frames_from, &w->g->frame_pairs, w->g, true);
    from_add(w->names_from, &w->g->pairs, w->g, false);
    singles_find(w);
    TRY(pairs_find(w));
    TRY(triples_find(w));
    TRY(contexts_complete(w));
    lefts_find(w);
    counts_sort(&w->triples);
    /* asks for pairs, so that these are sorted last */
    TRY(triple_lefts_find(w));
    counts_sort(&w->pairs);
    file_write(w, file);
    return ferror(file) ? err_fail(ERR_IO, "the words of the shop cannot be written") : ERR_OK;
}

err_t ngram_write(struct ngram *g, FILE *file) {
    size_t n = (size_t)g->symbols.n;
    struct writing w = {.g = g};
    w.single = calloc(n, sizeof *w.single);
    w.left = calloc(n, sizeof *w.left);
    w.frames_from = calloc(n, sizeof *w.frames_from);
    w.names_from = calloc(n, sizeof *w.names_from);
    bool room = w.single && w.left && w.frames_from && w.names_from;
    err_t err = room ? write_all(&w, file) : err_fail(ERR_MEMORY, "out of memory for the words of the shop");
    free(w.single);
    free(w.left);
    free(w.frames_from);
    free(w.names_from);
    counts_free(&w.pairs);
    counts_free(&w.triples);
    counts_free(&w.lefts);
    return err;
}
