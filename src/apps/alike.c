#include "apps/alike.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/fill.h"
#include "base/str.h"
#include "decide/dialog.h"
#include "hear/alike.h"

enum { NUMBER_MAX_BYTES = 64, MARK_MAX_BYTES = 32 };

/* ---- the names ---- */

struct names {
    size_t n, room;
    int64_t *products;
    char **text;
    bool *known; /* the pairs of those with each other are kept */
    bool failed; /* memory ran out */
};

static bool names_grow(struct names *names) {
    size_t room = names->room ? 2 * names->room : 1024;
    int64_t *products = realloc(names->products, room * sizeof *products);
    if (products) names->products = products;
    char **text = realloc(names->text, room * sizeof *text);
    if (text) names->text = text;
    bool *known = realloc(names->known, room * sizeof *known);
    if (known) names->known = known;
    if (products && text && known) names->room = room;
    return products && text && known;
}

static void name_add(void *ctx, int64_t product, const char *text, bool known) {
    struct names *names = ctx;
    char *copy = names->n < names->room || names_grow(names) ? strdup(text) : NULL;
    if (!copy) {
        names->failed = true;
        return;
    }
    names->products[names->n] = product;
    names->known[names->n] = known;
    names->text[names->n++] = copy;
}

static void names_free(struct names *names) {
    for (size_t i = 0; i < names->n; i++) free(names->text[i]);
    free(names->text);
    free(names->products);
    free(names->known);
}

err_t alike_kept(struct shop *shop, bool *out) {
    char mark[MARK_MAX_BYTES]; /* what counts as alike now may be other than it once was */
    snprintf(mark, sizeof mark, "%d %d", ALIKE_MAX, ALIKE_PER_PHONE);
    return catalog_alike_kept(shop, mark, out);
}

/* ---- their sounds ---- */

/* The words of all names and numbers; they point into `text`, which is cut up. */
struct words {
    char *text;
    const char **v;
    size_t n;
};

static void words_free(struct words *w) {
    free(w->text);
    free(w->v);
}

static err_t words_of(struct words *out, char *const *names, size_t n) {
    size_t bytes = 1;
    for (size_t i = 0; i < n; i++) bytes += strlen(names[i]) + 1;
    struct words w = {.text = malloc(bytes), .v = malloc((bytes / 2 + 1) * sizeof *w.v)};
    if (!w.text || !w.v) {
        words_free(&w);
        return err_fail(ERR_MEMORY, "not enough memory for the names that sound alike");
    }
    char *at = w.text;
    for (size_t i = 0; i < n; i++) {
        char *rest = strcpy(at, names[i]);
        at += strlen(names[i]) + 1;
        for (char *word; (word = str_next_word(&rest));) w.v[w.n++] = word;
    }
    *out = w;
    return ERR_OK;
}

/* The phones of a name word by word, each in its best pronunciation; empty if one has none. */
static void run_make(struct phone_run *out, const struct lexicon *lexicon, const char *name) {
    char text[TITLE_MAX];
    str_copy(text, sizeof text, name);
    *out = (struct phone_run){0};
    for (char *rest = text, *word; (word = str_next_word(&rest));) {
        const char *phones = lexicon_phones(lexicon, word, 0);
        struct phone_run run;
        if (phones && phone_run_read(&run, phones) && phone_run_append(out, &run)) continue;
        out->n = 0;
        return;
    }
}

static err_t sounds_make(struct phone_run *runs, char *const *names, size_t n, const struct settings *s,
                         struct shop *shop, struct voice *voice) {
    struct words words = {0};
    struct lexicon *lexicon;
    TRY(words_of(&words, names, n));
    struct net net = {.n_words = (int32_t)words.n, .words = words.v};
    const struct net *nets[] = {&net};
    err_t err = fill_lexicon(&lexicon, s, shop, voice, nets, 1, NULL);
    words_free(&words);
    if (err) return err;
    for (size_t i = 0; i < n; i++) run_make(&runs[i], lexicon, names[i]);
    lexicon_free(lexicon);
    return ERR_OK;
}

/* ---- what is alike ---- */

struct pairs {
    const struct names *names;
    struct alike *v;
    size_t n, room;
    bool failed;
};

/* Two products that sound the same cannot be told apart by a question. */
static void pair_add(void *ctx, size_t a, size_t b, int distance) {
    struct pairs *p = ctx;
    if (distance == 0 || p->failed) return;
    if (p->n == p->room) {
        size_t room = p->room ? 2 * p->room : 256;
        struct alike *v = realloc(p->v, room * sizeof *v);
        if (!v) {
            p->failed = true;
            return;
        }
        p->v = v;
        p->room = room;
    }
    p->v[p->n++] = (struct alike){p->names->products[a], p->names->products[b], distance};
}

static err_t pairs_find(struct pairs *pairs, const struct settings *s, struct shop *shop, struct voice *voice) {
    const struct names *names = pairs->names;
    struct phone_run *runs = malloc((names->n + 1) * sizeof *runs);
    if (!runs) return err_fail(ERR_MEMORY, "not enough memory for the names that sound alike");
    err_t err = sounds_make(runs, names->text, names->n, s, shop, voice);
    if (!err) err = alike_find(runs, names->known, names->n, pair_add, pairs);
    free(runs);
    if (!err && pairs->failed) err = err_fail(ERR_MEMORY, "not enough memory for the names that sound alike");
    return err;
}

struct nearest {
    int other[NUMBERS_MAX + 1], distance[NUMBERS_MAX + 1];
};

static void nearest_note(void *ctx, size_t a, size_t b, int distance) {
    struct nearest *near = ctx;
    int one = (int)a + 1, other = (int)b + 1;
    if (near->other[one] && near->distance[one] <= distance) return;
    near->other[one] = other;
    near->distance[one] = distance;
}

/* The quantities 1 to NUMBERS_MAX as the locale says them, "15:50 16:60". */
static err_t numbers_find(char *out, size_t cap, const struct settings *s, struct shop *shop, struct texts *texts,
                          struct voice *voice) {
    static char said[NUMBERS_MAX][NUMBER_MAX_BYTES];
    static struct phone_run runs[NUMBERS_MAX];
    char *names[NUMBERS_MAX], digits[16];
    struct nearest near = {{0}, {0}};
    for (int i = 0; i < NUMBERS_MAX; i++) {
        snprintf(digits, sizeof digits, "%d", i + 1);
        texts_spoken_name(texts, digits, said[i], sizeof said[i]);
        names[i] = said[i];
    }
    TRY(sounds_make(runs, names, NUMBERS_MAX, s, shop, voice));
    TRY(alike_find(runs, NULL, NUMBERS_MAX, nearest_note, &near));
    out[0] = '\0';
    for (int i = 1; i <= NUMBERS_MAX; i++) {
        char pair[24];
        if (!near.other[i]) continue;
        snprintf(pair, sizeof pair, "%s%d:%d", *out ? " " : "", i, near.other[i]);
        if (!str_append(out, cap, pair)) break;
    }
    return ERR_OK;
}

err_t alike_update(const struct settings *s, struct shop *shop, struct texts *texts, struct voice *voice) {
    struct names names = {0};
    struct pairs pairs = {.names = &names};
    char numbers[ALIKE_NUMBERS_MAX];
    err_t err = catalog_names(shop, name_add, &names);
    if (!err && names.failed) err = err_fail(ERR_MEMORY, "not enough memory for the names that sound alike");
    if (!err) err = pairs_find(&pairs, s, shop, voice);
    if (!err) err = numbers_find(numbers, sizeof numbers, s, shop, texts, voice);
    if (!err) err = catalog_alike_keep(shop, pairs.v, pairs.n, numbers);
    free(pairs.v);
    names_free(&names);
    return err;
}
