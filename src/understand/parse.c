/* Words to intent: what each word may be, then the search, in two goes: first for what the grammar says as it stands
 * (with fillers and misspellings), and only if that is dear or nothing, for what may be left out on either side.
 *
 * score = 1 - cost / words, so that an utterance of any length is half understood at 0.5. */
#include "understand/parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "understand/meaning.h"
#include "understand/number.h"
#include "understand/search.h"
#include "understand/words.h"

enum { TYPO_BYTES_MIN = 4, TYPO_TWO_BYTES_MIN = 8 };

struct parser {
    const struct grammar *g;
    struct net *net, *fillers; /* fillers may be NULL */
    struct search *search, *fillers_search;
    int32_t *labels, *fillers_labels; /* by number of the grammar's words, -1 if the network has not got it */
    int32_t n_labels;                 /* words that the grammar had when the parser was made */
    float threshold;
    struct heard words[HEARD_MAX];
};

/* ---- creation ---- */

static err_t labels_create(int32_t **out, const struct grammar *g, const struct net *net) {
    int32_t *labels = malloc(((size_t)g->symbols.n + 1) * sizeof(*labels));
    if (!labels) return err_fail(ERR_MEMORY, "out of memory for a parser");
    for (int32_t i = 0; i < g->symbols.n; i++) labels[i] = -1;
    for (int32_t i = 0; i < net->n_words; i++) labels[symbols_find(&g->symbols, net->words[i])] = i;
    *out = labels;
    return ERR_OK;
}

static err_t parser_fill(struct parser *p, const char *const *intents, size_t n) {
    const struct rule *rules[SOURCES_MAX];
    TRY(net_build(&p->net, p->g, &(struct net_plan){.intents = intents, .n = n, .use = NET_PARSE}));
    TRY(search_create(&p->search, p->net));
    TRY(labels_create(&p->labels, p->g, p->net));
    p->n_labels = p->g->symbols.n;
    if (grammar_fillers(p->g, rules) == 0) return ERR_OK;
    TRY(net_build_fillers(&p->fillers, p->g));
    TRY(search_create(&p->fillers_search, p->fillers));
    return labels_create(&p->fillers_labels, p->g, p->fillers);
}

err_t parser_create(struct parser **out, const struct grammar *g, const char *const *intents, size_t n,
                    float threshold) {
    for (size_t i = 0; i < n; i++)
        if (intent_by_name(intents[i]) == INTENT_NONE) return err_fail(ERR_ARG, "there is no intent '%s'", intents[i]);
    struct parser *p = calloc(1, sizeof(*p));
    if (!p) return err_fail(ERR_MEMORY, "out of memory for a parser");
    p->g = g;
    p->threshold = threshold;
    err_t err = parser_fill(p, intents, n);
    if (err) {
        parser_destroy(p);
        return err;
    }
    *out = p;
    return ERR_OK;
}

void parser_destroy(struct parser *p) {
    if (!p) return;
    search_destroy(p->search);
    search_destroy(p->fillers_search);
    net_free(p->net);
    net_free(p->fillers);
    free(p->labels);
    free(p->fillers_labels);
    free(p);
}

/* ---- what the words may be ---- */

static void word_read(struct heard *word, const char *text, const struct parser *p, const int32_t *labels) {
    *word = (struct heard){.text = text, .symbol = symbols_find(&p->g->symbols, text), .numeral = numeral_is(text)};
    int32_t label = word->symbol >= 0 && word->symbol < p->n_labels ? labels[word->symbol] : -1;
    if (label >= 0) word->readings[word->n_readings++] = (struct reading){.label = label};
}

/* How many edits a word of the grammar forgives. */
static int edits_allowed(size_t bytes) {
    return bytes < TYPO_BYTES_MIN ? 0 : bytes < TYPO_TWO_BYTES_MIN ? 1 : 2;
}

/* The words of the network that an unknown word is nearest to. */
static void typo_read(struct heard *word, const struct net *net) {
    size_t bytes = strlen(word->text);
    int nearest = edits_allowed(TYPO_TWO_BYTES_MIN);
    if (word->symbol >= 0 || word->numeral || bytes < TYPO_BYTES_MIN) return;
    for (int32_t i = 0; i < net->n_words; i++) {
        size_t other = strlen(net->words[i]);
        int allowed = edits_allowed(other), longer = (int)(other - bytes);
        if (allowed > nearest) allowed = nearest;
        if (longer > allowed || longer < -allowed) continue;
        int edits = str_distance(word->text, net->words[i], allowed);
        if (edits > allowed) continue;
        if (edits < nearest) word->n_readings = 0;
        nearest = edits;
        if (word->n_readings < READINGS_MAX)
            word->readings[word->n_readings++] = (struct reading){i, edits * COST_TYPO};
    }
}

/* Marks every word that is part of a filler phrase. */
static void fillers_mark(struct parser *p, int n) {
    struct heard words[HEARD_MAX];
    if (!p->fillers) return;
    for (int i = 0; i < n; i++) word_read(&words[i], p->words[i].text, p, p->fillers_labels);
    for (int i = 0; i < n; i++) {
        int end = i + search_prefix(p->fillers_search, words + i, n - i);
        for (int k = i; k < end; k++) p->words[k].filler = true;
    }
}

/* The words of `text`, which is cut up; -1 if there are more than anybody says. */
static int words_read(struct parser *p, char *text) {
    int n = 0;
    for (char *word; (word = str_next_word(&text)); n++) {
        if (n == HEARD_MAX) return -1;
        word_read(&p->words[n], word, p, p->labels);
        typo_read(&p->words[n], p->net);
    }
    fillers_mark(p, n);
    return n;
}

/* ---- the whole ---- */

static int32_t search_both(struct parser *p, int n, struct search_limits limits) {
    int32_t plain = search_run(p->search, p->words, n, limits);
    if (plain <= COST_SKIP_SMALL) return plain;
    if (plain < limits.cost) limits.cost = plain; /* no dearer way: the same one is found again if there is no better */
    limits.tolerant = true;
    return search_run(p->search, p->words, n, limits);
}

void parser_parse_only(struct parser *p, const bool *allowed, float least, const char *text, struct intent *out) {
    char words[UTTERANCE_MAX];
    *out = (struct intent){0};
    words_normalise(out->text, sizeof(out->text), text);
    (void)str_copy(words, sizeof(words), out->text);
    int n = words_read(p, words);
    if (n <= 0) return;
    int32_t limit = (int32_t)((1 - (double)least) * n * COST_ONE) + COST_TIE - 1;
    int32_t cost = search_both(p, n, (struct search_limits){.cost = limit, .allowed = allowed});
    if (cost == COST_NONE) return;
    float score = 1 - (float)(cost / COST_TIE * COST_TIE) / (float)(n * COST_ONE);
    if (score < least) return;
    out->score = score;
    out->accepted = true;
    meaning_read(out, p->search, p->net, p->words);
    if (out->id != INTENT_elsewhere) return;
    out->id = INTENT_NONE;
    out->elsewhere = true;
    out->accepted = false;
    out->score = 0;
    out->n_slots = 0;
}

void parser_parse(struct parser *p, const char *text, struct intent *out) {
    parser_parse_only(p, NULL, p->threshold > 0 ? p->threshold : 0, text, out);
}

void parser_parse_in(struct parser *p, const struct state *state, const char *text, struct intent *out) {
    bool allowed[INTENT_COUNT] = {false};
    for (int i = 0; i < state->n_intents; i++) allowed[intent_by_name(state->intents[i])] = true;
    parser_parse_only(p, allowed, state->threshold, text, out);
}
