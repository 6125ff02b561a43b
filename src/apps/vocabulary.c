#include "apps/vocabulary.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/fingerprint.h"
#include "base/log.h"
#include "base/str.h"
#include "hear/tuning.h"
#include "understand/ngram.h"
#include "understand/wordings.h"

/* Bytes of a line of the model that names a word: two numbers, blanks, and the word. */
enum { MODEL_LINE_MAX = 128, VOCABULARY_WORDS_MAX = 1000000 };
/* Random sentences of a state. With 30,000 instead of 190,000 two of 104 wordings less were understood (synthetic
 * voices). */
enum { SENTENCES = 100000 };

struct vocabulary {
    bool all_wordings;         /* of the grammar; else the words of a large shop */
    struct wordings *wordings; /* NULL as the next: the kept model is still good */
    struct ngram *ngram;
    struct net words;
    char **kept;             /* the words of the kept model */
    char path[PATH_MAX + 8]; /* of the kept model; "" it is not kept */
    uint64_t print;          /* of all that the model is made of */
    err_t err;               /* of a callback */
};

err_t vocabulary_wanted(struct shop *shop, bool *out) {
    int64_t n;
    TRY(catalog_count(shop, &n));
    *out = n > VOCABULARY_FROM_PRODUCTS;
    return ERR_OK;
}

bool vocabulary_is_frame(const struct net *net) {
    for (int32_t i = 0; i < net->n_arcs; i++)
        if (net->arcs[i].label == LABEL_NAME) return true;
    return false;
}

/* ---- what the model is made of ---- */

static void print_add(struct vocabulary *v, const void *bytes, size_t n) {
    v->print = fingerprint_add(v->print, bytes, n);
}

static void print_text(struct vocabulary *v, const char *text) {
    v->print = fingerprint_add_text(v->print, text);
}

static void title_print(void *ctx, const char *title, const char *about, double weight) {
    print_text(ctx, title);
    print_text(ctx, about);
    print_add(ctx, &weight, sizeof weight);
}

static void frame_print(struct vocabulary *v, const struct net *net) {
    for (int32_t i = 0; i < net->n_arcs; i++) {
        const struct net_arc *a = &net->arcs[i];
        print_add(v, &a->from, sizeof a->from);
        print_add(v, &a->to, sizeof a->to);
        print_add(v, &a->label, sizeof a->label);
        print_add(v, &a->weight, sizeof a->weight);
    }
    for (int32_t i = 0; i < net->n_words; i++) print_text(v, net->words[i]);
}

static err_t fingerprint(struct vocabulary *v, struct shop *shop, const struct ngram_tuning *tuning,
                         const struct net *const *frames, size_t n) {
    static const int version = 3; /* of how the model is computed */
    v->print = FINGERPRINT_BEGIN;
    print_add(v, &version, sizeof version);
    print_add(v, tuning, sizeof *tuning);
    TRY(catalog_titles(shop, title_print, v));
    for (size_t i = 0; i < n; i++) frame_print(v, frames[i]);
    return ERR_OK;
}

/* ---- the kept model: a line that says what it was made of, then the ARPA text ---- */

static void head_write(const struct vocabulary *v, char head[MODEL_LINE_MAX]) {
    snprintf(head, MODEL_LINE_MAX, "shopkeeper words %016" PRIx64 "\n", v->print);
}

/* The words of its single-word section. False if it is not as we wrote it. */
static bool kept_words(struct vocabulary *v, FILE *file) {
    char line[MODEL_LINE_MAX];
    int n = 0;
    while (fgets(line, sizeof line, file) && strcmp(line, "\\1-grams:\n") != 0) (void)sscanf(line, "ngram 1=%d", &n);
    if (n <= 0 || n > VOCABULARY_WORDS_MAX || !(v->kept = calloc((size_t)n, sizeof *v->kept))) return false;
    while (v->words.n_words < n && fgets(line, sizeof line, file)) {
        char word[MODEL_LINE_MAX];
        if (sscanf(line, "%*s %127s", word) != 1) break;
        if (word[0] == '<')
            n--; /* a mark of the format */
        else if ((v->kept[v->words.n_words] = strdup(word)))
            v->words.n_words++;
        else
            return false;
    }
    v->words.words = (const char **)v->kept;
    return n > 0 && v->words.n_words == n;
}

static void kept_forget(struct vocabulary *v) {
    for (int32_t i = 0; v->kept && i < v->words.n_words; i++) free(v->kept[i]);
    free(v->kept);
    v->kept = NULL;
    v->words = (struct net){0};
}

/* A file that was cut short does not end as the format does. */
static bool is_whole(FILE *file) {
    static const char end[] = "\\end\\\n";
    char tail[sizeof end] = "";
    bool read = fseek(file, -(long)(sizeof end - 1), SEEK_END) == 0 && fread(tail, 1, sizeof end - 1, file) > 0;
    return read && strcmp(tail, end) == 0;
}

/* True if there is a model made of the same. */
static bool kept_read(struct vocabulary *v) {
    char head[MODEL_LINE_MAX], line[MODEL_LINE_MAX];
    FILE *file = *v->path ? fopen(v->path, "re") : NULL;
    if (!file) return false;
    head_write(v, head);
    bool good = fgets(line, sizeof line, file) && strcmp(line, head) == 0 && kept_words(v, file) && is_whole(file);
    fclose(file);
    if (!good) kept_forget(v);
    return good;
}

/* ---- building ---- */

static void title_add(void *ctx, const char *title, const char *about, double weight) {
    struct vocabulary *v = ctx;
    if (!v->err) v->err = ngram_name(v->ngram, title, weight);
    if (!v->err) v->err = ngram_mention(v->ngram, about, weight);
}

static err_t tuning_read(struct ngram_tuning *out, const struct settings *s) {
    char path[PATH_MAX];
    struct tuning t;
    TRY(settings_model_path(s, path, "hearing.ini"));
    TRY(tuning_load(&t, path));
    *out = (struct ngram_tuning){.power = t.names_power,
                                 .code = t.names_code,
                                 .apart = t.names_apart,
                                 .reversed = t.names_reversed,
                                 .unseen = t.names_unseen,
                                 .end = t.names_end};
    return ERR_OK;
}

static err_t build(struct vocabulary *v, const struct settings *s, struct shop *shop, const struct net *const *frames,
                   size_t n) {
    struct ngram_tuning tuning;
    TRY(tuning_read(&tuning, s));
    TRY(fingerprint(v, shop, &tuning, frames, n));
    if (kept_read(v)) return ERR_OK;
    TRY(ngram_create(&v->ngram, &tuning));
    TRY(catalog_titles(shop, title_add, v));
    TRY(v->err);
    for (size_t i = 0; i < n; i++) TRY(ngram_frames(v->ngram, frames[i]));
    TRY(ngram_finish(v->ngram));
    size_t n_words;
    v->words.words = (const char **)ngram_words(v->ngram, &n_words);
    v->words.n_words = (int32_t)n_words;
    return ERR_OK;
}

/* One whose model is kept beside the database, if that is a file, under a name of its own. */
static err_t vocabulary_create(struct vocabulary **out, const struct settings *s, const char *name) {
    struct vocabulary *v = calloc(1, sizeof *v);
    if (!v) return err_fail(ERR_MEMORY, "out of memory for the words of the shop");
    if (*s->db && strcmp(s->db, ":memory:") != 0) snprintf(v->path, sizeof v->path, "%s.%s", s->db, name);
    *out = v;
    return ERR_OK;
}

err_t vocabulary_build(struct vocabulary **out, const struct settings *s, struct shop *shop,
                       const struct net *const *frames, size_t n) {
    struct vocabulary *v;
    TRY(vocabulary_create(&v, s, "words"));
    err_t err = build(v, s, shop, frames, n);
    if (err) {
        vocabulary_free(v);
        return err;
    }
    *out = v;
    return ERR_OK;
}

/* Intent by intent: in a network of several they share the shop's phrases, so that a walk leaves one for another. */
static err_t state_count(struct wordings *w, struct grammar *g, const struct state *s) {
    float all = 0;
    for (int i = 0; i < s->n_intents; i++) all += s->weights[i];
    for (int i = 0; i < s->n_intents; i++) {
        struct net *net;
        TRY(net_build(&net, g, &(struct net_plan){.intents = &s->intents[i], .n = 1, .use = NET_HEAR}));
        err_t err = wordings_count(w, net, (int)(SENTENCES * s->weights[i] / all));
        net_free(net);
        TRY(err);
    }
    return ERR_OK;
}

static void wordings_fingerprint(struct vocabulary *v, const struct grammar *g, const struct states *states) {
    static const int version = 1; /* of how the model is computed */
    v->print = grammar_fingerprint(g);
    print_add(v, &version, sizeof version);
    for (int i = 0; i < states->n; i++) {
        const struct state *s = &states->v[i];
        if (!s->all_wordings) continue;
        print_add(v, s->weights, (size_t)s->n_intents * sizeof *s->weights);
        for (int k = 0; k < s->n_intents; k++) print_text(v, s->intents[k]);
    }
}

static err_t wordings_build(struct vocabulary *v, struct grammar *g, const struct states *states) {
    wordings_fingerprint(v, g, states);
    if (kept_read(v)) return ERR_OK;
    TRY(wordings_create(&v->wordings));
    for (int i = 0; i < states->n; i++)
        if (states->v[i].all_wordings) TRY(state_count(v->wordings, g, &states->v[i]));
    size_t n_words;
    v->words.words = (const char **)wordings_words(v->wordings, &n_words);
    v->words.n_words = (int32_t)n_words;
    return ERR_OK;
}

err_t vocabulary_of_wordings(struct vocabulary **out, const struct settings *s, struct grammar *g,
                             const struct states *states) {
    bool wanted = false;
    for (int i = 0; i < states->n; i++) wanted |= states->v[i].all_wordings;
    *out = NULL;
    if (!wanted) return ERR_OK;
    struct vocabulary *v;
    TRY(vocabulary_create(&v, s, "wordings"));
    v->all_wordings = true;
    err_t err = wordings_build(v, g, states);
    if (err) {
        vocabulary_free(v);
        return err;
    }
    *out = v;
    return ERR_OK;
}

void vocabulary_free(struct vocabulary *v) {
    if (!v) return;
    if (v->kept) kept_forget(v);
    ngram_free(v->ngram);
    wordings_free(v->wordings);
    free(v);
}

const struct net *vocabulary_words(const struct vocabulary *v) {
    return &v->words;
}

/* ---- listening ---- */

static err_t model_write(struct vocabulary *v, FILE *file) {
    char head[MODEL_LINE_MAX];
    head_write(v, head);
    fputs(head, file);
    TRY(v->wordings ? wordings_write(v->wordings, file) : ngram_write(v->ngram, file));
    return fflush(file) == 0 ? ERR_OK : err_fail(ERR_IO, "the words of the shop cannot be written");
}

/* Keeps the model beside the database: first under another name, so that a half-written one is never found. */
static err_t model_keep(struct vocabulary *v) {
    char part[sizeof v->path + 8];
    snprintf(part, sizeof part, "%s.part", v->path);
    FILE *file = fopen(part, "we");
    if (!file) return err_fail(ERR_IO, "cannot write %s: %s", part, strerror(errno));
    err_t err = model_write(v, file);
    if (fclose(file) != 0 && !err) err = err_fail(ERR_IO, "cannot write %s: %s", part, strerror(errno));
    if (!err && rename(part, v->path) != 0) err = err_fail(ERR_IO, "cannot write %s: %s", v->path, strerror(errno));
    if (err) unlink(part);
    return err;
}

static err_t model_give(const struct vocabulary *v, struct hear *h, const char *path, const char *const *words,
                        size_t n) {
    return (v->all_wordings ? hear_set_wordings : hear_set_names)(h, path, words, n);
}

/* Without a place to keep it, the model lives only while it is read. */
static err_t listen_once(struct vocabulary *v, struct hear *h, const char *const *words, size_t n) {
    int fd = memfd_create("words", MFD_CLOEXEC);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!file) {
        if (fd >= 0) close(fd);
        return err_fail(ERR_MEMORY, "out of memory for the words of the shop");
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    err_t err = model_write(v, file);
    if (!err) err = model_give(v, h, path, words, n);
    fclose(file);
    return err;
}

static err_t listen(struct vocabulary *v, struct hear *h, const char *const *words, size_t n) {
    if (!v->wordings && !v->ngram) return model_give(v, h, v->path, words, n);
    if (*v->path) {
        err_t err = model_keep(v);
        if (!err) return model_give(v, h, v->path, words, n);
        log_warning("the words of the shop are not kept: %s", err_reason());
    }
    return listen_once(v, h, words, n);
}

err_t vocabulary_listen(struct vocabulary *v, struct hear *h, const struct lexicon *lexicon) {
    size_t n = 0, left_out = 0;
    const char **words = calloc((size_t)v->words.n_words + 1, sizeof *words);
    if (!words) return err_fail(ERR_MEMORY, "out of memory for the words of the shop");
    for (int32_t i = 0; i < v->words.n_words; i++) {
        const char *word = v->words.words[i];
        if (lexicon_phones(lexicon, word, 0)) {
            words[n++] = word;
            continue;
        }
        if (v->ngram) ngram_leave_out(v->ngram, word);
        if (v->wordings) wordings_leave_out(v->wordings, word);
        left_out++;
    }
    if (left_out) log_warning("%zu words of the shop have no pronunciation and are not listened for", left_out);
    err_t err = listen(v, h, words, n);
    free(words);
    return err;
}
