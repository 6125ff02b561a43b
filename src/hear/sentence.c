/* The forward probabilities of a network of words, as in any hidden Markov model; nodes that can be reached by several
 * ways count by the sum of them. */
#include "hear/sentence.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { WORDS_BYTES = 1024 };

struct sentence {
    const struct net *net;
    float *now, *next; /* by node: probability of the ways to it */
    int32_t *queue;    /* nodes with a probability, those from which nulls were not yet followed last */
    int32_t n_queue;
    float *pending; /* by node: share of `now` that has not been passed on by nulls */
    bool *queued;
};

static const float LEAST = 1e-9f; /* ways less likely than this share of all are not followed: circles of nulls end */

err_t sentence_open(struct sentence **out, const struct net *net) {
    size_t nodes = (size_t)net->n_nodes;
    struct sentence *s = calloc(1, sizeof *s);
    if (!s) return err_fail(ERR_MEMORY, "out of memory for a grammar");
    s->net = net;
    s->now = calloc(nodes, sizeof *s->now);
    s->next = calloc(nodes, sizeof *s->next);
    s->pending = calloc(nodes, sizeof *s->pending);
    s->queued = calloc(nodes, sizeof *s->queued);
    s->queue = calloc(nodes, sizeof *s->queue);
    if (!s->now || !s->next || !s->pending || !s->queued || !s->queue) {
        sentence_close(s);
        return err_fail(ERR_MEMORY, "out of memory for a grammar");
    }
    *out = s;
    return ERR_OK;
}

void sentence_close(struct sentence *s) {
    if (!s) return;
    free(s->now);
    free(s->next);
    free(s->pending);
    free(s->queued);
    free(s->queue);
    free(s);
}

static void reach(struct sentence *s, int32_t node, float probability) {
    s->now[node] += probability;
    s->pending[node] += probability;
    if (!s->queued[node]) s->queue[s->n_queue++] = node;
    s->queued[node] = true;
}

/* Passes all on along the null arcs. */
static void follow_nulls(struct sentence *s) {
    while (s->n_queue) {
        int32_t node = s->queue[--s->n_queue];
        float pending = s->pending[node];
        s->queued[node] = false;
        s->pending[node] = 0;
        if (pending < LEAST) continue;
        for (int32_t i = s->net->first[node]; i < s->net->first[node + 1]; i++) {
            const struct net_arc *a = &s->net->arcs[i];
            if (a->label == LABEL_EPSILON && a->to != node) reach(s, a->to, pending * a->weight);
        }
    }
}

static int32_t word_find(const struct net *n, const char *word) {
    for (int32_t i = 0; i < n->n_words; i++)
        if (str_equal(n->words[i], word)) return i;
    return -1;
}

/* One word further; false if no way has it. */
static bool follow_word(struct sentence *s, int32_t word) {
    const struct net *n = s->net;
    float all = 0;
    memset(s->next, 0, (size_t)n->n_nodes * sizeof *s->next);
    for (int32_t i = 0; i < n->n_arcs; i++) {
        const struct net_arc *a = &n->arcs[i];
        if (a->label != word || !(s->now[a->from] > 0)) continue;
        s->next[a->to] += s->now[a->from] * a->weight;
        all += s->now[a->from] * a->weight;
    }
    memset(s->now, 0, (size_t)n->n_nodes * sizeof *s->now);
    if (!(all > 0)) return false;
    for (int32_t node = 0; node < n->n_nodes; node++)
        if (s->next[node] > 0) reach(s, node, s->next[node] / all);
    follow_nulls(s);
    return true;
}

float sentence_end(struct sentence *s, const char *words) {
    char text[WORDS_BYTES];
    if (!str_copy(text, sizeof text, words)) return -1;
    memset(s->now, 0, (size_t)s->net->n_nodes * sizeof *s->now);
    reach(s, 0, 1);
    follow_nulls(s);
    for (char *rest = text, *word; (word = str_next_word(&rest));) {
        int32_t label = word_find(s->net, word);
        if (label < 0 || !follow_word(s, label)) return -1;
    }
    float ends = s->now[1], goes_on = 0;
    for (int32_t i = 0; i < s->net->n_arcs; i++) {
        const struct net_arc *a = &s->net->arcs[i];
        if (a->label >= 0 && s->now[a->from] > 0) goes_on += s->now[a->from] * a->weight;
    }
    return ends + goes_on > 0 ? ends / (ends + goes_on) : 0;
}
