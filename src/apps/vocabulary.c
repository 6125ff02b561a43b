#include "apps/vocabulary.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "hear/tuning.h"
#include "understand/ngram.h"

struct vocabulary {
    struct ngram *ngram;
    struct net words;
    char path[PATH_MAX]; /* the model's file; "" it is not kept */
    err_t err;           /* of a callback */
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

/* ---- building ---- */

static void title_add(void *ctx, const char *title, const char *about, double weight) {
    struct vocabulary *v = ctx;
    if (!v->err) v->err = ngram_name(v->ngram, title, weight);
    if (!v->err) v->err = ngram_mention(v->ngram, about, weight);
}

static err_t build(struct vocabulary *v, const struct settings *s, struct shop *shop, const struct net *const *frames,
                   size_t n) {
    char path[PATH_MAX];
    struct tuning t;
    TRY(settings_model_path(s, path, "hearing.ini"));
    TRY(tuning_load(&t, path));
    struct ngram_tuning tuning = {.power = t.names_power,
                                  .code = t.names_code,
                                  .apart = t.names_apart,
                                  .reversed = t.names_reversed,
                                  .unseen = t.names_unseen,
                                  .end = t.names_end};
    TRY(ngram_create(&v->ngram, &tuning));
    TRY(catalog_titles(shop, title_add, v));
    TRY(v->err);
    for (size_t i = 0; i < n; i++) TRY(ngram_frames(v->ngram, frames[i]));
    TRY(ngram_finish(v->ngram));
    size_t n_words;
    const char *const *words = ngram_words(v->ngram, &n_words);
    v->words.n_words = (int32_t)n_words;
    v->words.words = (const char **)words;
    return ERR_OK;
}

err_t vocabulary_build(struct vocabulary **out, const struct settings *s, struct shop *shop,
                       const struct net *const *frames, size_t n) {
    struct vocabulary *v = calloc(1, sizeof *v);
    if (!v) return err_fail(ERR_MEMORY, "out of memory for the words of the shop");
    err_t err = build(v, s, shop, frames, n);
    if (err) {
        vocabulary_free(v);
        return err;
    }
    *out = v;
    return ERR_OK;
}

void vocabulary_free(struct vocabulary *v) {
    if (!v) return;
    ngram_free(v->ngram);
    free(v);
}

const struct net *vocabulary_words(const struct vocabulary *v) {
    return &v->words;
}

/* ---- listening ---- */

static err_t listen_by(struct vocabulary *v, struct hear *h, FILE *file, const char *path, const char **words, size_t n) {
    TRY(ngram_write(v->ngram, file));
    if (fflush(file) != 0) return err_fail(ERR_IO, "the words of the shop cannot be written");
    return hear_set_names(h, path, words, n);
}

err_t vocabulary_listen(struct vocabulary *v, struct hear *h, const struct lexicon *lexicon) {
    size_t n = 0, left_out = 0;
    const char **words = calloc((size_t)v->words.n_words + 1, sizeof *words);
    int fd = memfd_create("words", MFD_CLOEXEC);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!words || !file) {
        if (fd >= 0) close(fd);
        free(words);
        return err_fail(ERR_MEMORY, "out of memory for the words of the shop");
    }
    for (int32_t i = 0; i < v->words.n_words; i++) {
        const char *word = v->words.words[i];
        if (lexicon_phones(lexicon, word, 0)) {
            words[n++] = word;
        } else {
            ngram_leave_out(v->ngram, word);
            left_out++;
        }
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    err_t err = listen_by(v, h, file, path, words, n);
    if (!err && left_out) log_warning("%zu words of the shop have no pronunciation and are not listened for", left_out);
    fclose(file);
    free(words);
    return err;
}
