#include "hear/decoder.h"

#include <math.h>
#include <pocketsphinx.h>
#include <sphinxbase/ckd_alloc.h>
#include <sphinxbase/err.h>
#include <sphinxbase/ngram_model.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "hear/fsg.h"

enum {
    SENTENCE_BYTES_MAX = 512,
    VARIANT_MAX = 80, /* "word(2)" */
    PHRASE_MAX = 128,
    PHRASE_WORDS_MAX = 8,
    PRONUNCIATIONS_MAX = 16,
};

/* PocketSphinx subtracts this from a spotted phrase's score. */
static const int SPOT_OFFSET = 1500;
static const double LN10 = 2.302585092994046;

struct decoder {
    ps_decoder_t *ps;
    struct tuning tuning;
    char ngram[16]; /* name of the n-gram search, "" none */
};

/* PocketSphinx reports by a callback and, at its worst, ends the process: then at least say why. */
static void report(void *ctx, err_lvl_t level, const char *format, ...) {
    (void)ctx;
    if (level < ERR_ERROR) return;
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    text[strcspn(text, "\n")] = '\0';
    if (level == ERR_FATAL)
        log_error("PocketSphinx: %s", text);
    else
        log_debug("PocketSphinx: %s", text);
}

/* Looked for beforehand, because PocketSphinx answers a missing file by leaving the program. */
static err_t model_check(const char *model) {
    static const char *const parts[] = {"feat.params", "mdef", "means", "variances", "transition_matrices"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char path[4096];
        if (snprintf(path, sizeof path, "%s/%s", model, parts[i]) >= (int)sizeof path || access(path, R_OK) != 0)
            return err_fail(ERR_MODEL,
                            "no acoustic model in %s: cannot read its %s (Debian: apt install pocketsphinx-en-us)",
                            model, parts[i]);
    }
    return ERR_OK;
}

static void set_log10(cmd_ln_t *config, const char *name, double log10_value) {
    cmd_ln_set_float_r(config, name, pow(10, log10_value));
}

/* All senones are computed in every frame: only then do the scores of a phrase and of the phones beside it compare. Two
 * Gaussians a codebook pay for it. No looking ahead: with it, a search reads its scores out of order (decoder_run). */
static cmd_ln_t *config_make(const char *model, const struct tuning *t) {
    cmd_ln_t *config = cmd_ln_init(NULL, ps_args(), TRUE, "-hmm", model, "-fsgusealtpron", "no", "-bestpath", "no",
                                   "-compallsen", "yes", "-topn", "2", "-pl_window", "0", NULL);
    if (config) cmd_ln_set_int_r(config, "-maxhmmpf", (long)t->hmms);
    return config;
}

err_t decoder_open(struct decoder **out, const char *model, const struct tuning *tuning) {
    TRY(model_check(model));
    err_set_logfp(NULL);
    err_set_callback(report, NULL);
    cmd_ln_t *config = config_make(model, tuning);
    struct decoder *d = calloc(1, sizeof *d);
    if (!config || !d) {
        cmd_ln_free_r(config);
        free(d);
        return err_fail(ERR_MEMORY, "out of memory for the recogniser");
    }
    d->tuning = *tuning;
    d->ps = ps_init(config);
    cmd_ln_free_r(config);
    if (!d->ps) {
        free(d);
        return err_fail(ERR_MODEL, "the acoustic model in %s cannot be used (Debian: apt install pocketsphinx-en-us)",
                        model);
    }
    *out = d;
    return ERR_OK;
}

void decoder_close(struct decoder *d) {
    if (!d) return;
    ps_free(d->ps);
    free(d);
}

/* The decoder's name for a word's i-th pronunciation; false if there are not so many. */
static bool variant_name(const struct lexicon *lexicon, const char *word, int i, char name[VARIANT_MAX]) {
    if (!lexicon_phones(lexicon, word, i)) return false;
    int n = i == 0 ? snprintf(name, VARIANT_MAX, "%s", word) : snprintf(name, VARIANT_MAX, "%s(%d)", word, i + 1);
    return n > 0 && n < VARIANT_MAX;
}

static bool word_known(struct decoder *d, const char *name) {
    char *phones = ps_lookup_word(d->ps, name);
    ckd_free(phones);
    return phones != NULL;
}

/* Tells the decoder all pronunciations of a word. */
static err_t word_add(struct decoder *d, const struct lexicon *lexicon, const char *word) {
    char name[VARIANT_MAX];
    for (int i = 0; variant_name(lexicon, word, i, name); i++)
        if (!word_known(d, name) && ps_add_word(d->ps, name, lexicon_phones(lexicon, word, i), FALSE) < 0)
            return err_fail(ERR_MODEL, "the acoustic model lacks a phone of \"%s\": %s", word,
                            lexicon_phones(lexicon, word, i));
    return ERR_OK;
}

/* A search reads the beams when it is made. */
static void set_beams(struct decoder *d, double beam, double word_beam, double phone_beam, double language_weight) {
    cmd_ln_t *config = ps_get_config(d->ps);
    set_log10(config, "-beam", beam);
    set_log10(config, "-wbeam", word_beam);
    set_log10(config, "-pbeam", phone_beam);
    cmd_ln_set_float_r(config, "-lw", language_weight);
}

err_t decoder_set_net(struct decoder *d, const char *name, const struct net *net, const struct lexicon *lexicon) {
    const struct tuning *t = &d->tuning;
    fsg_model_t *fsg;
    TRY(fsg_build(&fsg, net, lexicon, ps_get_logmath(d->ps), t->language_weight));
    err_t err = ERR_OK;
    for (int32_t i = 0; !err && i < net->n_words; i++) err = word_add(d, lexicon, net->words[i]);
    if (net->n_nodes >= t->large_nodes)
        set_beams(d, t->large_beam, t->large_beam, t->large_beam, t->language_weight);
    else
        set_beams(d, t->beam, t->word_beam, t->phone_beam, t->language_weight);
    if (!err && ps_set_fsg(d->ps, name, fsg) < 0) err = err_fail(ERR_MODEL, "the recogniser refused it");
    fsg_model_free(fsg);
    return err_prefix(err, "grammar of state %s", name);
}

/* A search reads these settings when it is made. The best path through the lattice is not asked for: PocketSphinx
 * reports its scores in other units, and twice at the end; it is the first of decoder_readings(). */
static void set_ngram_beams(struct decoder *d) {
    const struct tuning *t = &d->tuning;
    set_beams(d, t->names_beam, t->names_word_beam, t->names_beam, t->names_weight);
    cmd_ln_set_int_r(ps_get_config(d->ps), "-maxhmmpf", (long)t->names_hmms);
    cmd_ln_set_float_r(ps_get_config(d->ps), "-bestpathlw", t->readings_weight);
}

err_t decoder_set_ngram(struct decoder *d, const char *name, const char *arpa, const char *const *words, size_t n_words,
                        const struct lexicon *lexicon) {
    for (size_t i = 0; i < n_words; i++) TRY(word_add(d, lexicon, words[i]));
    set_ngram_beams(d);
    cmd_ln_t *config = ps_get_config(d->ps);
    ngram_model_t *model = ngram_model_read(config, arpa, NGRAM_ARPA, ps_get_logmath(d->ps));
    err_t err =
        model && ps_set_lm(d->ps, name, model) == 0 ? ERR_OK : err_fail(ERR_MODEL, "%s is no n-gram model", arpa);
    ngram_model_free(model);
    if (!err) str_copy(d->ngram, sizeof d->ngram, name);
    cmd_ln_set_int_r(config, "-maxhmmpf", (long)d->tuning.hmms);
    return err;
}

float decoder_end_share(struct decoder *d, const char *words) {
    ngram_model_t *model = *d->ngram ? ps_get_lm(d->ps, d->ngram) : NULL;
    int32 before[2], n = 0, used; /* the last word first */
    char copy[SENTENCE_BYTES_MAX];
    if (!model || !str_copy(copy, sizeof copy, words)) return -1;
    for (char *at; n < 2 && *copy; n++) {
        at = strrchr(copy, ' ');
        before[n] = ngram_wid(model, at ? at + 1 : copy);
        *(at ? at : copy) = '\0';
    }
    int32 p = ngram_ng_prob(model, ngram_wid(model, "</s>"), before, n, &used);
    return n ? (float)logmath_exp(ps_get_logmath(d->ps), p) : -1;
}

/* One way to say the phrase: which pronunciation of each of its words. */
struct phrase {
    const char *words[PHRASE_WORDS_MAX];
    int variant[PHRASE_WORDS_MAX];
    int n;
};

static err_t phrase_split(struct phrase *p, char *text, struct decoder *d, const struct lexicon *lexicon) {
    *p = (struct phrase){0};
    for (char *rest = text, *word; (word = str_next_word(&rest));) {
        if (p->n == PHRASE_WORDS_MAX)
            return err_fail(ERR_ARG, "the wake phrase has more than %d words", PHRASE_WORDS_MAX);
        if (!lexicon_phones(lexicon, word, 0))
            return err_fail(ERR_ARG, "nobody knows how to pronounce \"%s\" of the wake phrase: choose another word",
                            word);
        TRY(word_add(d, lexicon, word));
        p->words[p->n++] = word;
    }
    return p->n ? ERR_OK : err_fail(ERR_ARG, "the wake phrase is empty");
}

/* Moves on to the next combination of pronunciations; false after the last. */
static bool phrase_next(struct phrase *p, const struct lexicon *lexicon) {
    for (int i = 0; i < p->n; i++) {
        if (lexicon_phones(lexicon, p->words[i], ++p->variant[i])) return true;
        p->variant[i] = 0;
    }
    return false;
}

static int phones_count(const char *phones) {
    int n = 1;
    for (; *phones; phones++) n += *phones == ' ';
    return n;
}

/* PocketSphinx takes several phrases only as a file, one line a pronunciation: it does not look for others itself. */
static int phrases_write(FILE *file, struct phrase *p, const struct lexicon *lexicon, double floor_per_phone) {
    int least = 0, lines = 0;
    do {
        int n_phones = 0;
        for (int i = 0; i < p->n; i++) {
            char name[VARIANT_MAX];
            if (variant_name(lexicon, p->words[i], p->variant[i], name)) fprintf(file, "%s ", name);
            n_phones += phones_count(lexicon_phones(lexicon, p->words[i], p->variant[i]));
        }
        fprintf(file, "/1e%d/\n", (int)floor(floor_per_phone * n_phones));
        if (!least || n_phones < least) least = n_phones;
    } while (phrase_next(p, lexicon) && ++lines < PRONUNCIATIONS_MAX);
    return least;
}

err_t decoder_set_phrase(struct decoder *d, const char *name, const char *phrase, const struct lexicon *lexicon,
                         double floor_per_phone, int *n_phones) {
    char text[PHRASE_MAX];
    struct phrase p;
    if (!str_copy(text, sizeof text, phrase))
        return err_fail(ERR_ARG, "the wake phrase is longer than %d bytes", PHRASE_MAX - 1);
    TRY(phrase_split(&p, text, d, lexicon));
    int fd = memfd_create("wake-phrases", MFD_CLOEXEC);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!file) {
        if (fd >= 0) close(fd);
        return err_fail(ERR_IO, "cannot keep the list of wake phrases in memory");
    }
    int least = phrases_write(file, &p, lexicon, floor_per_phone);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    set_beams(d, -48, -29, -48, 6.5); /* PocketSphinx's own: the loop keeps the search small anyway */
    set_log10(ps_get_config(d->ps), "-kws_plp", d->tuning.wake_loop);
    err_t err = ERR_OK;
    if (fflush(file) != 0 || ps_set_kws(d->ps, name, path) < 0)
        err = err_fail(ERR_MODEL, "the recogniser refused the wake phrase \"%s\"", phrase);
    fclose(file);
    if (!err) *n_phones = least;
    return err;
}

void decoder_drop(struct decoder *d, const char *name) {
    ps_unset_search(d->ps, name);
}

/* The second pass of an n-gram search goes back to the beginning, which a stream that is made while it is read cannot.
 * Closes the stream; NULL if there is no memory. */
static FILE *scores_keep(FILE *scores) {
    static char bytes[1 << 16];
    int fd = memfd_create("scores", MFD_CLOEXEC);
    FILE *kept = fd < 0 ? NULL : fdopen(fd, "w+");
    if (!kept && fd >= 0) close(fd);
    bool whole = kept != NULL;
    for (size_t n; whole && (n = fread(bytes, 1, sizeof bytes, scores)) > 0;) whole = fwrite(bytes, 1, n, kept) == n;
    fclose(scores);
    if (kept && (!whole || fflush(kept) != 0)) {
        fclose(kept);
        return NULL;
    }
    if (kept) rewind(kept);
    return kept;
}

err_t decoder_run(struct decoder *d, const char *search, FILE *scores) {
    if (scores && str_equal(search, d->ngram)) scores = scores_keep(scores);
    if (!scores) return err_fail(ERR_MEMORY, "out of memory for an utterance");
    err_t err = ERR_OK;
    if (ps_set_search(d->ps, search) < 0)
        err = err_fail(ERR_NOT_FOUND, "there is no search \"%s\"", search);
    else if (ps_decode_senscr(d->ps, scores) < 0)
        err = err_fail(ERR_MODEL, "the recogniser does not take its scores");
    fclose(scores);
    return err;
}

static bool is_filler(const char *word) {
    return word[0] == '<' || word[0] == '[' || word[0] == '(' || !strcmp(word, "SIL");
}

void decoder_result(struct decoder *d, const float *rival, struct decoded *out) {
    struct decoded r = {0};
    for (ps_seg_t *s = ps_seg_iter(d->ps); s; s = ps_seg_next(s)) {
        int first, last, acoustic, language, back;
        ps_seg_frames(s, &first, &last);
        ps_seg_prob(s, &acoustic, &language, &back);
        r.score += acoustic * DECODER_NATS;
        if (is_filler(ps_seg_word(s))) continue;
        int frames = last - first + 1;
        double score = acoustic * DECODER_NATS;
        double fit = score - (double)(rival[last] - (first > 0 ? rival[first - 1] : 0));
        if (!r.words || fit / frames < r.loosest_fit) r.loosest_fit = fit / frames;
        r.fit += fit;
        r.speech_frames += frames;
        r.words++;
    }
    *out = r;
}

void decoder_words(struct decoder *d, void (*fn)(void *ctx, int first, int last), void *ctx) {
    for (ps_seg_t *s = ps_seg_iter(d->ps); s; s = ps_seg_next(s)) {
        int first, last;
        ps_seg_frames(s, &first, &last);
        if (!is_filler(ps_seg_word(s))) fn(ctx, first, last);
    }
}

void decoder_text(struct decoder *d, char *text, size_t cap) {
    const char *words = ps_get_hyp(d->ps, NULL);
    str_copy(text, cap, words ? words : "");
}

void decoder_readings(struct decoder *d, int n, void (*fn)(void *ctx, const char *text, double cost), void *ctx) {
    int best = 0;
    ps_nbest_t *reading = ps_nbest(d->ps);
    for (int i = 0; reading && i < n; i++) {
        int score;
        const char *text = ps_nbest_hyp(reading, &score);
        if (i == 0) best = score;
        if (text) fn(ctx, text, (best - score) * DECODER_NATS);
        reading = ps_nbest_next(reading);
    }
    if (reading) ps_nbest_free(reading);
}

bool decoder_spotted(struct decoder *d, double *log10_ratio) {
    bool any = false;
    for (ps_seg_t *s = ps_seg_iter(d->ps); s; s = ps_seg_next(s)) {
        int path, language, back;
        double ratio = (ps_seg_prob(s, &path, &language, &back) + SPOT_OFFSET) * DECODER_NATS / LN10;
        if (!any || ratio > *log10_ratio) *log10_ratio = ratio;
        any = true;
    }
    return any;
}
