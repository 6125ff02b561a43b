/* The shortest way through the network and the phrase at once (as the distance itself is found, with nodes of the
 * network in place of the one string's positions), relaxed until nothing gets shorter (Bellman, 1958): costs are not
 * negative, so that it ends. */
#include "hear/nearest.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { TRACE_MAX = 64 };

/* The best piece that ends at a node and sounds like the phrase up to a position. */
struct cell {
    int cost;
    int32_t arc; /* its last, -1: it begins here */
    int at;      /* position in the phrase in front of that arc */
};

struct search {
    const struct net *net;
    const struct lexicon *lexicon;
    const struct phone_run *phrase;
    struct cell *cells; /* phrase->n + 1 a node */
};

static struct cell *cell_of(const struct search *s, int32_t node) {
    return s->cells + (size_t)node * ((size_t)s->phrase->n + 1);
}

static void keep_less(struct cell *cell, int cost, int at) {
    if (cost >= cell->cost) return;
    cell->cost = cost;
    cell->at = at;
}

/* One phone of a word moves the column on. */
static void step(const struct phone_run *phrase, struct cell *column, int phone) {
    struct cell left = column[0];
    column[0].cost += phone_gap_cost(phone);
    for (int i = 1; i <= phrase->n; i++) {
        struct cell above = column[i];
        int own = phrase->v[i - 1];
        column[i].cost += phone_gap_cost(phone);
        keep_less(&column[i], left.cost + phone_exchange_cost(own, phone), left.at);
        keep_less(&column[i], column[i - 1].cost + phone_gap_cost(own), column[i - 1].at);
        left = above;
    }
}

/* True if something got shorter. */
static bool arrive(const struct search *s, int32_t arc, const struct cell *column) {
    struct cell *to = cell_of(s, s->net->arcs[arc].to);
    bool shorter = false;
    for (int i = 0; i <= s->phrase->n; i++) {
        if (column[i].cost >= to[i].cost) continue;
        to[i] = (struct cell){column[i].cost, arc, column[i].at};
        shorter = true;
    }
    return shorter;
}

static bool relax(const struct search *s, int32_t arc) {
    struct cell begin[PHONE_RUN_MAX + 1], column[PHONE_RUN_MAX + 1];
    const struct net_arc *a = &s->net->arcs[arc];
    size_t bytes = ((size_t)s->phrase->n + 1) * sizeof *column;
    bool shorter = false;
    memcpy(begin, cell_of(s, a->from), bytes);
    for (int i = 0; i <= s->phrase->n; i++) begin[i].at = i;
    if (a->label == LABEL_EPSILON) return arrive(s, arc, begin);
    if (a->label < 0) return false;
    for (int i = 1; i <= s->phrase->n; i++)
        keep_less(&begin[i], begin[i - 1].cost + phone_gap_cost(s->phrase->v[i - 1]), begin[i - 1].at);
    const char *phones;
    for (int k = 0; (phones = lexicon_phones(s->lexicon, s->net->words[a->label], k)); k++) {
        struct phone_run run;
        if (!phone_run_read(&run, phones)) continue;
        memcpy(column, begin, bytes);
        for (int p = 0; p < run.n; p++) step(s->phrase, column, run.v[p]);
        if (arrive(s, arc, column)) shorter = true;
    }
    return shorter;
}

static void trace(const struct search *s, int32_t node, struct nearest *out) {
    const char *words[TRACE_MAX];
    int n = 0, at = s->phrase->n;
    for (int32_t arc; n < TRACE_MAX && (arc = cell_of(s, node)[at].arc) >= 0;) {
        at = cell_of(s, node)[at].at;
        node = s->net->arcs[arc].from;
        if (s->net->arcs[arc].label >= 0) words[n++] = s->net->words[s->net->arcs[arc].label];
    }
    *out->words = '\0';
    while (n > 0) {
        str_append(out->words, sizeof out->words, words[--n]);
        if (n) str_append(out->words, sizeof out->words, " ");
    }
}

err_t nearest_find(const struct net *net, const struct lexicon *lexicon, const struct phone_run *phrase,
                   struct nearest *out) {
    size_t n = (size_t)net->n_nodes * ((size_t)phrase->n + 1);
    struct search s = {net, lexicon, phrase, malloc((n + 1) * sizeof *s.cells)};
    if (!s.cells) return err_fail(ERR_MEMORY, "out of memory for what sounds like the phrase");
    for (size_t i = 0; i < n; i++) s.cells[i] = (struct cell){PHONE_DISTANCE_FAR, -1, 0};
    for (int32_t i = 0; i < net->n_nodes; i++) cell_of(&s, i)[0].cost = 0;
    for (bool shorter = phrase->n > 0; shorter;) {
        shorter = false;
        for (int32_t arc = 0; arc < net->n_arcs; arc++)
            if (relax(&s, arc)) shorter = true;
    }
    *out = (struct nearest){.distance = PHONE_DISTANCE_FAR};
    int32_t best = 0;
    for (int32_t i = 0; i < net->n_nodes; i++)
        if (cell_of(&s, i)[phrase->n].cost < cell_of(&s, best)[phrase->n].cost) best = i;
    if (phrase->n && cell_of(&s, best)[phrase->n].cost < PHONE_DISTANCE_FAR) {
        out->distance = cell_of(&s, best)[phrase->n].cost;
        trace(&s, best, out);
    }
    free(s.cells);
    return ERR_OK;
}
