#include "apps/fill.h"

#include <stdlib.h>
#include <string.h>

#include "apps/calibration.h"
#include "apps/own_voice.h"
#include "apps/vocabulary.h"
#include "base/log.h"
#include "base/str.h"
#include "hear/accent.h"
#include "hear/pronounce.h"

#define DEFAULT_DICTIONARY "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"

/* ---- a growing list of strings ---- */

struct strings {
    char **v;
    size_t n, room;
    bool failed; /* memory ran out: the list is not whole */
};

static void strings_add(void *list, const char *text) {
    struct strings *s = list;
    if (s->n == s->room) {
        size_t room = s->room ? 2 * s->room : 256;
        char **v = realloc(s->v, room * sizeof *v);
        if (!v) {
            s->failed = true;
            return;
        }
        s->v = v;
        s->room = room;
    }
    char *copy = strdup(text);
    if (copy)
        s->v[s->n++] = copy;
    else
        s->failed = true;
}

static void strings_free(struct strings *s) {
    for (size_t i = 0; i < s->n; i++) free(s->v[i]);
    free(s->v);
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void strings_sort_unique(struct strings *s) {
    if (!s->n) return;
    qsort(s->v, s->n, sizeof *s->v, by_text);
    size_t kept = 1;
    for (size_t i = 1; i < s->n; i++) {
        if (strcmp(s->v[i], s->v[kept - 1]) == 0)
            free(s->v[i]);
        else
            s->v[kept++] = s->v[i];
    }
    s->n = kept;
}

/* ---- grammar ---- */

/* Rules that name the shop's products: of some, people say more than the shop can list. */
static const struct {
    const char *rule;
    bool open;
} product_rules[] = {{"query", true}, {"product", true}, {"choice", true}, {"goods", false}};

/* Rules for words that no catalogue lists: a card that nobody has. */
static const char *const free_rules[] = {"method"};

/* Rules of which the shop lists some, and people say more: places, and codes of coupons. */
static const char *const open_rules[] = {"area", "coupon", "address"};

static err_t fill_rule(struct grammar *g, struct shop *shop, const char *rule, const char *source, bool open) {
    struct strings phrases = {0};
    err_t err = catalog_phrases(shop, source, strings_add, &phrases);
    if (!err && phrases.failed) err = err_fail(ERR_MEMORY, "not enough memory for the shop's words");
    if (!err) err = grammar_fill(g, rule, (const char *const *)phrases.v, phrases.n, open);
    strings_free(&phrases);
    return err == ERR_NOT_FOUND ? ERR_OK : err; /* no grammar speaks of it */
}

static bool is_open(const char *rule) {
    for (size_t i = 0; i < sizeof open_rules / sizeof *open_rules; i++) {
        if (str_equal(open_rules[i], rule)) return true;
    }
    return false;
}

static bool names_products(const char *rule) {
    for (size_t i = 0; i < sizeof product_rules / sizeof *product_rules; i++) {
        if (str_equal(product_rules[i].rule, rule)) return true;
    }
    return false;
}

/* Of a large shop only the words are known, and any of them may stand together. */
static err_t fill_products(struct grammar *g, struct shop *shop) {
    bool large;
    struct strings phrases = {0};
    TRY(vocabulary_wanted(shop, &large));
    err_t err = catalog_phrases(shop, large ? "word" : "query", strings_add, &phrases);
    if (!err && phrases.failed) err = err_fail(ERR_MEMORY, "not enough memory for the shop's words");
    for (size_t i = 0; !err && i < sizeof product_rules / sizeof *product_rules; i++) {
        err = grammar_fill(g, product_rules[i].rule, (const char *const *)phrases.v, phrases.n,
                           large || product_rules[i].open);
        if (err == ERR_NOT_FOUND) err = ERR_OK; /* no grammar speaks of it */
    }
    strings_free(&phrases);
    return err;
}

err_t fill_grammar(struct grammar *g, struct shop *shop) {
    struct strings rules = {0};
    err_t err = catalog_rules(shop, strings_add, &rules);
    for (size_t i = 0; !err && i < rules.n; i++) {
        if (!names_products(rules.v[i])) err = fill_rule(g, shop, rules.v[i], rules.v[i], is_open(rules.v[i]));
    }
    strings_free(&rules);
    if (!err) err = fill_products(g, shop);
    for (size_t i = 0; !err && i < sizeof free_rules / sizeof *free_rules; i++) {
        err = grammar_fill(g, free_rules[i], NULL, 0, true);
        if (err == ERR_NOT_FOUND) err = ERR_OK; /* no grammar speaks of it */
    }
    return err;
}

/* ---- lexicon ---- */

static void add_words(struct strings *words, const char *text) {
    char copy[256];
    str_copy(copy, sizeof copy, text);
    char *rest = copy;
    for (char *w; (w = str_next_word(&rest));) strings_add(words, w);
}

struct known {
    struct lexicon *lexicon;
    char word[64]; /* the last that was taken: the ways to say one word follow each other */
    err_t err;
};

static void add_known(void *ctx, const char *word, const char *phones) {
    struct known *k = ctx;
    if (k->err || (!str_equal(k->word, word) && lexicon_phones(k->lexicon, word, 0))) return;
    str_copy(k->word, sizeof k->word, word);
    k->err = lexicon_add(k->lexicon, word, phones);
}

enum { INITIALS_MAX = 5, PRONUNCIATIONS_VARIED = 2 /* of a word, the first ones */ };

/* "sata" may be an initialism: "s.a.t.a" is how it is spelled. False for what is too long for one, or no letters. */
static bool spell(const char *word, char out[2 * INITIALS_MAX]) {
    size_t n = strlen(word);
    if (n < 2 || n > INITIALS_MAX) return false;
    for (size_t i = 0; i < n; i++) {
        if (word[i] < 'a' || word[i] > 'z') return false;
        out[2 * i] = word[i];
        out[2 * i + 1] = i + 1 < n ? '.' : '\0';
    }
    return true;
}

/* How eSpeak NG reads the word, and spells it if it is short, in the phones of the acoustic model. */
static int pronounce(const struct phone_map *map, struct voice *voice, const char *word,
                     char phones[PHONE_VARIANTS_MAX + 1][PHONE_TEXT_MAX]) {
    char mnemonics[256], letters[2 * INITIALS_MAX];
    int n = 0;
    if (!voice_phonemes(voice, word, mnemonics, sizeof mnemonics))
        n = phone_map_variants(map, mnemonics, phones, PHONE_VARIANTS_MAX);
    if (spell(word, letters) && !voice_phonemes(voice, letters, mnemonics, sizeof mnemonics))
        n += phone_map_variants(map, mnemonics, phones + n, 1);
    return n;
}

static err_t pronounce_missing(struct lexicon *lexicon, const struct phone_map *map, struct shop *shop,
                               struct voice *voice) {
    struct strings missing = {0};
    const char *word;
    for (size_t i = 0; (word = lexicon_missing(lexicon, i)); i++) strings_add(&missing, word);
    err_t err = ERR_OK;
    for (size_t i = 0; !err && i < missing.n; i++) {
        char phones[PHONE_VARIANTS_MAX + 1][PHONE_TEXT_MAX];
        int n = pronounce(map, voice, missing.v[i], phones);
        if (!n) log_debug("%s is not listened for: %s", missing.v[i], err_reason());
        for (int k = 0; !err && k < n; k++) {
            err = lexicon_add(lexicon, missing.v[i], phones[k]);
            if (!err && shop) err = catalog_pronunciation_add(shop, missing.v[i], phones[k]);
        }
    }
    strings_free(&missing);
    return err;
}

static err_t complete_lexicon(struct lexicon *lexicon, const struct settings *s, struct shop *shop,
                              struct voice *voice) {
    struct known known = {.lexicon = lexicon};
    if (shop) TRY(catalog_pronunciations(shop, add_known, &known));
    TRY(known.err);
    char path[PATH_MAX];
    TRY(settings_model_path(s, path, "phones.map"));
    struct phone_map *map;
    TRY(phone_map_load(&map, path));
    err_t err = pronounce_missing(lexicon, map, shop, voice);
    phone_map_free(map);
    return err;
}

err_t fill_lexicon(struct lexicon **out, const struct settings *s, struct shop *shop, struct voice *voice,
                   const struct net *const *nets, size_t n_nets, const char *phrase) {
    struct strings words = {0};
    for (size_t i = 0; i < n_nets; i++) {
        for (int32_t w = 0; w < nets[i]->n_words; w++) strings_add(&words, nets[i]->words[w]);
    }
    if (phrase) add_words(&words, phrase);
    strings_sort_unique(&words);
    char additions[PATH_MAX];
    struct lexicon *lexicon = NULL;
    err_t err = words.failed ? err_fail(ERR_MEMORY, "not enough memory for the lexicon") : ERR_OK;
    if (!err) err = settings_model_path(s, additions, "lexicon.dict");
    if (!err) err = lexicon_load(&lexicon, DEFAULT_DICTIONARY, additions, (const char *const *)words.v, words.n);
    strings_free(&words);
    if (!err) err = complete_lexicon(lexicon, s, shop, voice);
    if (err) {
        lexicon_free(lexicon);
        return err;
    }
    *out = lexicon;
    return ERR_OK;
}

static bool has_word(const char *phrase, const char *word) {
    char copy[256];
    str_copy(copy, sizeof copy, phrase ? phrase : "");
    char *rest = copy;
    for (char *w; (w = str_next_word(&rest));)
        if (str_equal(w, word)) return true;
    return false;
}

/* The pronunciations that it has from elsewhere, in every accent. */
static err_t say_in_accents(struct lexicon *lexicon, const char *word, const struct accents *accents) {
    char own[PRONUNCIATIONS_VARIED][PHONE_TEXT_MAX], said[PHONE_TEXT_MAX];
    const char *phones;
    int n = 0;
    for (; n < PRONUNCIATIONS_VARIED && (phones = lexicon_phones(lexicon, word, n)); n++)
        str_copy(own[n], sizeof own[n], phones);
    for (int accent = 0; accent < accents_count(accents); accent++)
        for (int i = 0; i < n; i++)
            if (accents_apply(accents, accent, own[i], said, sizeof said)) TRY(lexicon_add_beside(lexicon, word, said));
    return ERR_OK;
}

err_t fill_accents(struct lexicon *lexicon, const struct settings *s, const struct net *net, const char *phrase) {
    char path[PATH_MAX];
    struct accents *accents;
    TRY(settings_model_path(s, path, "accents.map"));
    err_t err = accents_load(&accents, path);
    if (err) return err == ERR_NOT_FOUND ? ERR_OK : err;
    for (int32_t w = 0; !err && w < net->n_words; w++) {
        if (!has_word(phrase, net->words[w])) err = say_in_accents(lexicon, net->words[w], accents);
    }
    accents_free(accents);
    return err;
}

err_t fill_phrase(struct lexicon **out, const struct settings *s, const struct net *net) {
    struct voice_config config = {0};
    struct voice *voice;
    TRY(voice_open(&voice, &config));
    err_t err = fill_lexicon(out, s, NULL, voice, &net, net ? 1 : 0, s->wake_phrase);
    voice_close(voice);
    return err;
}

err_t fill_hear_config(struct fill_hear *out, const struct settings *s) {
    TRY(settings_model_path(s, out->tuning, "hearing.ini"));
    TRY(settings_model_path(s, out->network, "network.bin"));
    out->config = (struct hear_config){.model = *s->model ? s->model : NULL,
                                       .network = out->network,
                                       .tuning = out->tuning,
                                       .wake_threshold = s->wake_threshold,
                                       .endpoint.hangover_ms = s->hangover_ms};
    return ERR_OK;
}

err_t fill_open_hear(struct hear **out, const struct settings *s, struct lexicon *lexicon, const char *phrase) {
    struct fill_hear hear;
    enum calibration_source source;
    bool own;
    TRY(fill_hear_config(&hear, s));
    hear.config.wake_phrase = phrase;
    /* a calibration or a voice that is of no use is no reason to be deaf */
    if (phrase && calibration_threshold(s, &hear.config.wake_threshold, &source)) log_warning("%s", err_reason());
    if (own_voice_load(s, &hear.voice, &own)) {
        log_warning("without the household's own voice: %s", err_reason());
        own = false;
    }
    if (own) hear.config.adaptation = &hear.voice;
    err_t err = hear_open(out, &hear.config, lexicon);
    if (err != ERR_MODEL || !own) return err;
    log_warning("without the household's own voice: %s", err_reason());
    hear.config.adaptation = NULL;
    return hear_open(out, &hear.config, lexicon);
}
