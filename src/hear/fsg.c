/* PocketSphinx follows one null transition between two words, not a chain of them, so every chain must become a
 * single step. Its own closure compares all pairs and takes minutes on a catalogue; here
 *   1. dead ends are cut,
 *   2. a node that leads on by one null arc only is merged with its successor (the leaves of a phrase tree), and
 *   3. from each node where a word can end, the cheapest way by nulls to each node where a word can begin is one arc.
 */
#include "hear/fsg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NODE_MAX = 1 << 22, NAME_MAX_BYTES = 80 };

struct builder {
    const struct net *net;
    const struct lexicon *lexicon;
    bool *usable;     /* by word: it has a pronunciation */
    bool *alive;      /* by node: on a way from start to end */
    int32_t *into;    /* by node: the node it was merged with, or itself */
    float *into_log;  /* by node: natural logarithm of the weight lost on the way there */
    int32_t *state;   /* by node: its state in the result, -1 none */
    float *best_log;  /* by node: scratch of the closure */
    int32_t *stack;   /* scratch */
    bool *queued;     /* scratch */
    int32_t *touched; /* scratch */
    fsg_model_t *fsg;
    logmath_t *lmath;
    double language_weight;
};

static bool arc_usable(const struct builder *b, const struct net_arc *a) {
    return a->label == LABEL_EPSILON || (a->label >= 0 && b->usable[a->label]);
}

static bool net_sound(const struct net *n) {
    if (n->n_nodes < 2 || n->n_nodes > NODE_MAX || n->n_arcs < 0 || n->n_words < 0) return false;
    for (int32_t i = 0; i < n->n_arcs; i++) {
        const struct net_arc *a = &n->arcs[i];
        if (a->from < 0 || a->from >= n->n_nodes || a->to < 0 || a->to >= n->n_nodes || a->label >= n->n_words ||
            !(a->weight > 0))
            return false;
    }
    for (int32_t i = 0; i < n->n_nodes; i++)
        if (n->first[i] < 0 || n->first[i] > n->first[i + 1] || n->first[i + 1] > n->n_arcs) return false;
    return true;
}

static void builder_free(struct builder *b) {
    free(b->usable);
    free(b->alive);
    free(b->into);
    free(b->into_log);
    free(b->state);
    free(b->best_log);
    free(b->stack);
    free(b->queued);
    free(b->touched);
}

static err_t builder_init(struct builder *b) {
    size_t nodes = (size_t)b->net->n_nodes, words = (size_t)b->net->n_words;
    b->usable = calloc(words + 1, sizeof *b->usable);
    b->alive = calloc(nodes, sizeof *b->alive);
    b->into = calloc(nodes, sizeof *b->into);
    b->into_log = calloc(nodes, sizeof *b->into_log);
    b->state = calloc(nodes, sizeof *b->state);
    b->best_log = calloc(nodes, sizeof *b->best_log);
    b->stack = calloc(nodes, sizeof *b->stack);
    b->queued = calloc(nodes, sizeof *b->queued);
    b->touched = calloc(nodes, sizeof *b->touched);
    if (!b->usable || !b->alive || !b->into || !b->into_log || !b->state || !b->best_log || !b->stack || !b->queued ||
        !b->touched)
        return err_fail(ERR_MEMORY, "out of memory for a grammar");
    for (size_t i = 0; i < nodes; i++) b->best_log[i] = -INFINITY;
    return ERR_OK;
}

static int words_check(struct builder *b) {
    int left_out = 0;
    for (int32_t i = 0; i < b->net->n_words; i++) {
        b->usable[i] = lexicon_phones(b->lexicon, b->net->words[i], 0) != NULL;
        if (!b->usable[i]) left_out++;
    }
    return left_out;
}

/* ---- 1. dead ends ---- */

static void reach_forward(const struct builder *b, bool *reached) {
    int32_t n = 0;
    reached[0] = true;
    b->stack[n++] = 0;
    while (n > 0) {
        int32_t node = b->stack[--n];
        for (int32_t i = b->net->first[node]; i < b->net->first[node + 1]; i++) {
            const struct net_arc *a = &b->net->arcs[i];
            if (!arc_usable(b, a) || reached[a->to]) continue;
            reached[a->to] = true;
            b->stack[n++] = a->to;
        }
    }
}

/* Arcs are sorted by where they start, so going backwards is done by sweeps until nothing changes; networks run
 * mostly upwards in node number, so that a few sweeps do. */
static void reach_backward(const struct builder *b, bool *reached) {
    reached[1] = true;
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t i = b->net->n_arcs - 1; i >= 0; i--) {
            const struct net_arc *a = &b->net->arcs[i];
            if (reached[a->from] || !reached[a->to] || !arc_usable(b, a)) continue;
            reached[a->from] = changed = true;
        }
    }
}

static err_t dead_ends_cut(struct builder *b) {
    bool *backward = calloc((size_t)b->net->n_nodes, sizeof *backward);
    if (!backward) return err_fail(ERR_MEMORY, "out of memory for a grammar");
    reach_forward(b, b->alive);
    reach_backward(b, backward);
    for (int32_t i = 0; i < b->net->n_nodes; i++) b->alive[i] = b->alive[i] && backward[i];
    free(backward);
    return b->alive[0] ? ERR_OK : err_fail(ERR_MODEL, "no sentence is left whose words can all be pronounced");
}

static bool arc_alive(const struct builder *b, const struct net_arc *a) {
    return b->alive[a->from] && b->alive[a->to] && arc_usable(b, a);
}

/* ---- 2. merging ---- */

/* The only way on from a node if it is a null arc, or NULL. */
static const struct net_arc *only_null(const struct builder *b, int32_t node) {
    const struct net_arc *only = NULL;
    if (node == 1) return NULL;
    for (int32_t i = b->net->first[node]; i < b->net->first[node + 1]; i++) {
        const struct net_arc *a = &b->net->arcs[i];
        if (!arc_alive(b, a) || a->to == node) continue;
        if (only || a->label != LABEL_EPSILON) return NULL;
        only = a;
    }
    return only;
}

static void nodes_merge(struct builder *b) {
    for (int32_t node = 0; node < b->net->n_nodes; node++) {
        b->into[node] = node;
        const struct net_arc *a;
        /* an end to all counting, should nulls run in a circle */
        for (int32_t steps = 0; steps < b->net->n_nodes && (a = only_null(b, b->into[node])); steps++) {
            b->into[node] = a->to;
            b->into_log[node] += logf(a->weight);
        }
    }
}

/* ---- 3. states and transitions ---- */

static bool begins_word(const struct builder *b, int32_t node) {
    for (int32_t i = b->net->first[node]; i < b->net->first[node + 1]; i++)
        if (b->net->arcs[i].label >= 0 && arc_alive(b, &b->net->arcs[i])) return true;
    return false;
}

static int32_t states_number(struct builder *b) {
    int32_t n = 0;
    for (int32_t i = 0; i < b->net->n_nodes; i++) b->state[i] = -1;
    b->state[b->into[0]] = n++;
    if (b->state[1] < 0) b->state[1] = n++;
    for (int32_t i = 0; i < b->net->n_arcs; i++) {
        const struct net_arc *a = &b->net->arcs[i];
        if (a->label < 0 || !arc_alive(b, a)) continue;
        if (b->state[a->from] < 0) b->state[a->from] = n++;
        if (b->state[b->into[a->to]] < 0) b->state[b->into[a->to]] = n++;
    }
    return n;
}

static int32_t weight_score(const struct builder *b, float natural_log) {
    return (int32_t)(logmath_ln_to_log(b->lmath, fminf(natural_log, 0)) * b->language_weight);
}

/* Visits what can be reached from `node` by null arcs, each by its best weight: a Dijkstra with a plain stack, since
 * the weights are at most 1 and the reach is short. Returns the number of nodes in touched[]. */
static int32_t closure_walk(struct builder *b, int32_t node) {
    int32_t n = 0, n_touched = 0;
    b->best_log[node] = 0;
    b->touched[n_touched++] = node;
    b->stack[n++] = node;
    b->queued[node] = true;
    while (n > 0) {
        int32_t from = b->stack[--n];
        b->queued[from] = false;
        for (int32_t i = b->net->first[from]; i < b->net->first[from + 1]; i++) {
            const struct net_arc *a = &b->net->arcs[i];
            if (a->label != LABEL_EPSILON || !arc_alive(b, a)) continue;
            int32_t to = b->into[a->to];
            float log = b->best_log[from] + logf(a->weight) + b->into_log[a->to];
            if (log <= b->best_log[to]) continue;
            if (isinf(b->best_log[to])) b->touched[n_touched++] = to;
            b->best_log[to] = log;
            if (!b->queued[to]) b->stack[n++] = to;
            b->queued[to] = true;
        }
    }
    return n_touched;
}

static void nulls_add(struct builder *b, int32_t node) {
    int32_t n = closure_walk(b, node);
    for (int32_t i = 0; i < n; i++) {
        int32_t to = b->touched[i];
        if (to != node && (to == 1 || begins_word(b, to)))
            fsg_model_null_trans_add(b->fsg, b->state[node], b->state[to], weight_score(b, b->best_log[to]));
        b->best_log[to] = -INFINITY;
    }
}

/* A word in each of its pronunciations: "word", "word(2)" ... PocketSphinx's own way of adding those looks at every
 * arc once for each of them. */
static void word_arc_add(struct builder *b, const struct net_arc *a, const int32_t *ids) {
    int32_t from = b->state[a->from], to = b->state[b->into[a->to]];
    int32_t score = weight_score(b, logf(a->weight) + b->into_log[a->to]);
    for (int i = 0; lexicon_phones(b->lexicon, b->net->words[a->label], i); i++)
        fsg_model_trans_add(b->fsg, from, to, score, ids[a->label] + i);
}

/* fsg_model_word_add() looks for the word among all others first, hence once a pronunciation and not once an arc.
 * They get consecutive numbers. */
static void words_add(struct builder *b, int32_t *ids) {
    char name[NAME_MAX_BYTES];
    for (int32_t w = 0; w < b->net->n_words; w++) {
        if (!b->usable[w]) continue;
        ids[w] = fsg_model_word_add(b->fsg, b->net->words[w]);
        for (int i = 1; lexicon_phones(b->lexicon, b->net->words[w], i); i++) {
            snprintf(name, sizeof name, "%s(%d)", b->net->words[w], i + 1);
            fsg_model_word_add(b->fsg, name);
        }
    }
}

static err_t transitions_add(struct builder *b) {
    int32_t *ids = calloc((size_t)b->net->n_words + 1, sizeof *ids);
    if (!ids) return err_fail(ERR_MEMORY, "out of memory for a grammar");
    words_add(b, ids);
    for (int32_t i = 0; i < b->net->n_arcs; i++)
        if (b->net->arcs[i].label >= 0 && arc_alive(b, &b->net->arcs[i])) word_arc_add(b, &b->net->arcs[i], ids);
    free(ids);
    for (int32_t node = 0; node < b->net->n_nodes; node++)
        if (b->state[node] >= 0) nulls_add(b, node);
    return ERR_OK;
}

static err_t prepare(struct builder *b, int *n_left_out) {
    if (!net_sound(b->net)) return err_fail(ERR_ARG, "the network of the grammar is damaged");
    TRY(builder_init(b));
    *n_left_out = words_check(b);
    return dead_ends_cut(b);
}

static err_t build(struct builder *b) {
    nodes_merge(b);
    int32_t n_states = states_number(b);
    b->fsg = fsg_model_init("net", b->lmath, (float)b->language_weight, n_states);
    if (!b->fsg) return err_fail(ERR_MEMORY, "out of memory for a grammar");
    b->fsg->start_state = b->state[b->into[0]];
    b->fsg->final_state = b->state[1];
    return transitions_add(b);
}

err_t fsg_check(const struct net *net, const struct lexicon *lexicon, int *n_left_out) {
    struct builder b = {.net = net, .lexicon = lexicon};
    int left_out;
    err_t err = prepare(&b, &left_out);
    builder_free(&b);
    if (!err && n_left_out) *n_left_out = left_out;
    return err;
}

err_t fsg_build(fsg_model_t **out, const struct net *net, const struct lexicon *lexicon, logmath_t *lmath,
                double language_weight) {
    struct builder b = {.net = net, .lexicon = lexicon, .lmath = lmath, .language_weight = language_weight};
    int left_out;
    err_t err = prepare(&b, &left_out);
    if (!err) err = build(&b);
    builder_free(&b);
    if (err) {
        fsg_model_free(b.fsg);
        return err;
    }
    *out = b.fsg;
    return ERR_OK;
}
