#include "apps/assistant.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "apps/alike.h"
#include "apps/fill.h"
#include "apps/readings.h"
#include "apps/vocabulary.h"
#include "base/log.h"
#include "base/str.h"

static void say_name(void *ctx, const char *title, char *out, size_t cap) {
    texts_spoken_name(ctx, title, out, cap);
}

struct shop_hooks assistant_hooks(const struct assistant *a) {
    return (struct shop_hooks){.spoken = say_name, .ctx = a->texts};
}

static err_t open_texts(struct assistant *a) {
    char path[PATH_MAX], own[PATH_MAX];
    bool has_own;
    TRY(settings_model_path(&a->settings, path, "replies.txt"));
    TRY(settings_shop_path(&a->settings, own, "replies.txt", &has_own));
    char common[PATH_MAX];
    TRY(settings_model_path(&a->settings, common, "common.txt"));
    TRY(common_words_load(&a->common_words, common));
    char sizes[PATH_MAX];
    TRY(settings_model_path(&a->settings, sizes, "sizes.ini"));
    TRY(sizes_load(&a->sizes, sizes));
    return texts_load(&a->texts, a->settings.locale, path, has_own ? own : NULL);
}

static err_t open_store(struct assistant *a, struct import_report *report, int64_t now_ms) {
    struct settings *s = &a->settings;
    if (!*s->db && !*s->shop_dir) return err_fail(ERR_ARG, "name a shop folder with --shop or a database with --db");
    char schema[PATH_MAX];
    TRY(settings_path(schema, "catalog", "schema", NULL));
    TRY(shop_open(&a->shop, *s->db ? s->db : ":memory:", schema));
    if (*s->shop_dir) {
        struct shop_hooks hooks = assistant_hooks(a);
        TRY(shop_load(a->shop, s->shop_dir, &hooks, report, now_ms));
    }
    TRY(together_prepare(a->shop));
    if (*s->customer) TRY(customer_choose(a->shop, s->customer));
    TRY(shop_profile(a->shop, &a->profile));
    /* one process serves one shop: its civil time is the process's (see when.c) */
    setenv("TZ", a->profile.timezone, 1);
    tzset();
    TRY(err_prefix(texts_manner(a->texts, a->profile.manner), "[persona] manner of the shop"));
    return texts_timezone(a->texts, a->profile.timezone);
}

err_t assistant_open_shop(struct assistant *out, const struct settings *settings, struct import_report *report,
                          int64_t now_ms) {
    struct assistant a = {.settings = *settings};
    err_t err = open_texts(&a);
    if (!err) err = open_store(&a, report, now_ms);
    if (err) {
        assistant_close(&a);
        return err;
    }
    *out = a;
    return ERR_OK;
}

/* A grammar of the locale with the shop's own wordings and words. What is listened for of these may have a file of its
 * own. */
static err_t load_grammar(struct grammar **out, const struct assistant *a, const char *name, bool heard) {
    char path[PATH_MAX], own[PATH_MAX];
    bool has_own = false;
    TRY(settings_model_path(&a->settings, path, name));
    if (heard) TRY(settings_shop_path(&a->settings, own, "grammar/heard_menu.jsgf", &has_own));
    if (!has_own) TRY(settings_shop_path(&a->settings, own, "grammar/menu.jsgf", &has_own));
    TRY(grammar_load(out, path, has_own ? own : NULL));
    TRY(challenges_fill(*out, &a->challenges));
    return fill_grammar(*out, a->shop);
}

static err_t open_grammar(struct assistant *a, bool hears) {
    char path[PATH_MAX], own[PATH_MAX];
    bool has_own;
    TRY(settings_model_path(&a->settings, path, "challenge.txt"));
    TRY(challenges_load(&a->challenges, path));
    TRY(load_grammar(&a->grammar, a, "grammar/main.jsgf", false));
    if (hears) TRY(load_grammar(&a->heard, a, "grammar/heard.jsgf", true));
    TRY(settings_model_path(&a->settings, path, "cues.txt"));
    TRY(cues_load(&a->cues, path));
    TRY(settings_model_path(&a->settings, path, "states.ini"));
    TRY(settings_shop_path(&a->settings, own, "states.ini", &has_own));
    return states_load(&a->states, path, has_own ? own : NULL);
}

/* One for all states: it holds a large network. */
static err_t open_parser(struct assistant *a) {
    bool wanted[INTENT_COUNT] = {false};
    const char *intents[INTENT_COUNT];
    size_t n = 0;
    for (int i = 0; i < a->states.n; i++) {
        const struct state *s = &a->states.v[i];
        for (int k = 0; k < s->n_intents; k++) wanted[intent_by_name(s->intents[k])] = true;
        for (int k = 0; k < s->n_typed; k++) wanted[intent_by_name(s->typed[k])] = true;
    }
    for (enum intent_id id = INTENT_NONE + 1; id < INTENT_COUNT; id++) {
        if (wanted[id]) intents[n++] = intent_name(id);
    }
    return parser_create(&a->parser, a->grammar, intents, n, 0);
}

static err_t open_voice(struct assistant *a) {
    const struct settings *s = &a->settings;
    struct voice_config config = {
        .name = *s->voice ? s->voice : NULL, .rate_wpm = s->voice_rate_wpm, .pitch = s->voice_pitch};
    if (!config.name && *a->profile.voice) config.name = a->profile.voice;
    if (!config.rate_wpm) config.rate_wpm = a->profile.rate_wpm;
    if (!config.pitch) config.pitch = a->profile.pitch;
    return voice_open(&a->voice, &config);
}

err_t assistant_find_alike(struct assistant *a) {
    bool kept;
    TRY(alike_kept(a->shop, &kept));
    if (kept) return ERR_OK;
    if (!a->voice) TRY(open_voice(a));
    return alike_update(&a->settings, a->shop, a->texts, a->voice);
}

/* The networks that are listened to, one a state. */
struct networks {
    struct net *v[STATES_MAX];
    bool frames[STATES_MAX]; /* it is but the frame of requests in a large shop, see vocabulary.h */
    int n;
    bool large;
};

static err_t build_networks(struct networks *nets, const struct assistant *a) {
    TRY(vocabulary_wanted(a->shop, &nets->large));
    for (; nets->n < a->states.n; nets->n++) {
        const struct state *s = &a->states.v[nets->n];
        struct net_plan plan = {s->intents, s->weights, (size_t)s->n_intents, nets->large ? NET_NAMES : NET_HEAR};
        err_t err = net_build(&nets->v[nets->n], a->heard, &plan);
        if (err) return err_prefix(err, "state %s", s->name);
        nets->frames[nets->n] = vocabulary_is_frame(nets->v[nets->n]);
    }
    return ERR_OK;
}

static err_t listen_for(struct assistant *a, const struct networks *nets, struct vocabulary *names) {
    if (names) TRY(vocabulary_listen(names, a->hear, a->lexicon));
    for (int i = 0; i < nets->n; i++) {
        int left_out;
        if (nets->frames[i]) {
            TRY(hear_set_state_names(a->hear, a->states.v[i].name));
            continue;
        }
        TRY(hear_set_state(a->hear, a->states.v[i].name, nets->v[i], &left_out));
        if (left_out)
            log_warning("state %s: %d words have no pronunciation and are not listened for", a->states.v[i].name,
                        left_out);
        if (names && a->states.v[i].all_wordings) TRY(hear_add_wordings(a->hear, a->states.v[i].name));
    }
    return ERR_OK;
}

/* The words that are listened for by what may follow them, if there is a state that does; else *out is NULL. */
static err_t build_vocabulary(struct vocabulary **out, const struct assistant *a, const struct networks *nets) {
    if (!nets->large) return vocabulary_of_wordings(out, &a->settings, a->grammar, &a->states);
    const struct net *frames[STATES_MAX];
    size_t n = 0;
    for (int i = 0; i < nets->n; i++)
        if (nets->frames[i]) frames[n++] = nets->v[i];
    *out = NULL;
    return n ? vocabulary_build(out, &a->settings, a->shop, frames, n) : ERR_OK;
}

static err_t open_hear(struct assistant *a, unsigned parts) {
    const struct settings *s = &a->settings;
    struct networks nets = {0};
    struct vocabulary *names = NULL;
    err_t err = parts & ASSISTANT_HEARS ? build_networks(&nets, a) : ERR_OK;
    if (!err && parts & ASSISTANT_HEARS) err = build_vocabulary(&names, a, &nets);
    const char *phrase = parts & ASSISTANT_WAKES ? s->wake_phrase : NULL;
    const struct net *words[STATES_MAX + 1];
    size_t n_words = 0;
    for (int i = 0; i < nets.n; i++) words[n_words++] = nets.v[i];
    if (names) words[n_words++] = vocabulary_words(names);
    if (!err) err = fill_lexicon(&a->lexicon, s, a->shop, a->voice, words, n_words, phrase);
    if (!err && names) err = fill_accents(a->lexicon, s, vocabulary_words(names), phrase);
    if (!err) err = fill_open_hear(&a->hear, s, a->lexicon, phrase);
    if (!err) err = listen_for(a, &nets, names);
    vocabulary_free(names);
    for (int i = 0; i < nets.n; i++) net_free(nets.v[i]);
    return err;
}

err_t assistant_open(struct assistant *out, const struct settings *settings, unsigned parts, int64_t now_ms) {
    struct assistant a;
    TRY(assistant_open_shop(&a, settings, NULL, now_ms));
    err_t err = open_grammar(&a, parts & ASSISTANT_HEARS);
    if (!err) err = open_parser(&a);
    if (!err && parts) err = open_voice(&a);
    if (!err && parts & (ASSISTANT_HEARS | ASSISTANT_WAKES)) err = open_hear(&a, parts);
    if (!err && parts & ASSISTANT_HEARS) err = assistant_find_alike(&a);
    malloc_trim(0); /* loading took several times what is kept */
    if (err) {
        assistant_close(&a);
        return err;
    }
    *out = a;
    return ERR_OK;
}

void assistant_close(struct assistant *a) {
    hear_close(a->hear);
    lexicon_free(a->lexicon);
    voice_close(a->voice);
    parser_destroy(a->parser);
    cues_free(a->cues);
    grammar_free(a->heard);
    grammar_free(a->grammar);
    shop_close(a->shop);
    texts_free(a->texts);
    common_words_free(a->common_words);
    sizes_free(a->sizes);
    *a = (struct assistant){0};
}

static err_t find_state(const struct assistant *a, const char *name, const struct state **out) {
    if (!*name || str_equal(name, "idle")) name = "open";
    *out = states_find(&a->states, name);
    return *out ? ERR_OK : err_fail(ERR_NOT_FOUND, "there is no dialogue state %s", name);
}

err_t assistant_understand(struct assistant *a, const char *state, const char *text, struct intent *out) {
    const struct state *s;
    TRY(find_state(a, state, &s));
    typed_parse(a->parser, a->cues, s, text, out);
    return ERR_OK;
}

err_t assistant_heard(struct assistant *a, const char *state, const struct hear_result *heard, struct intent *out) {
    const struct state *s;
    TRY(find_state(a, state, &s));
    bool sold = false;
    if (heard->names)
        TRY(readings_choose(a, s, heard, out, &sold));
    else
        parser_parse_in(a->parser, s, heard->text, out);
    bool found = sold && out->id == INTENT_search_product; /* nothing is lost by looking */
    if (heard->confidence < out->score) out->score = heard->confidence;
    out->accepted = out->accepted && heard->confidence >= (found ? s->found : s->margin);
    out->unsure = heard->confidence < s->sure;
    return ERR_OK;
}
