#include "understand/netbuild.h"

#include <stdlib.h>
#include <string.h>

enum { ROUND_GAIN_MIN = 200 }; /* a round must make the network smaller by one part in so many */

static const float WEIGHT_MIN = 1e-30f; /* products of many small ones stay above 0 */

static err_t no_memory(void) {
    return err_fail(ERR_MEMORY, "out of memory for a network");
}

static err_t arcs_grow(struct arcs *a) {
    int32_t room = a->room ? 2 * a->room : 4096;
    struct net_arc *v = realloc(a->v, (size_t)room * sizeof(*v));
    if (!v) return no_memory();
    a->v = v;
    a->room = room;
    return ERR_OK;
}

err_t arcs_add(struct arcs *a, struct net_arc arc) {
    if (arc.from == arc.to && arc.label == LABEL_EPSILON && arc.tag < 0) return ERR_OK;
    if (a->n >= ARCS_MAX) return err_fail(ERR_FULL, "a network can hold %d arcs: fill its rules with less", ARCS_MAX);
    if (a->n == a->room) TRY(arcs_grow(a));
    a->v[a->n++] = arc;
    return ERR_OK;
}

/* What a pass finds out about the nodes. */
enum role { ROLE_NONE, ROLE_STAYS, ROLE_MERGED };

struct node {
    int32_t n_in, n_out;
    int32_t next;    /* the arc to go on with */
    int32_t into;    /* ROLE_MERGED: what it becomes part of */
    float out_scale; /* for the weights of what leaves it */
    float in_scale;  /* for the weights of what enters it */
    enum role role;
    bool reached, ends; /* it can be come to, it leads to the end */
};

struct work {
    struct arcs *arcs;
    struct node *nodes;
    struct net_arc *sorted; /* as many as arcs */
    int32_t *counts;        /* n_nodes + 1 */
    int32_t *order;         /* n_nodes */
    int32_t *table;         /* of nodes, by what leads on from them */
    size_t n_table;         /* a power of two, at least twice the nodes */
    bool add;
};

static const int32_t REMOVED = -1; /* as `from` of an arc */

static bool is_silent(const struct net_arc *arc) {
    return arc->label == LABEL_EPSILON && arc->tag < 0;
}

static int arc_compare(const void *a, const void *b) {
    const struct net_arc *x = a, *y = b;
    if (x->label != y->label) return x->label < y->label ? -1 : 1;
    if (x->tag != y->tag) return x->tag < y->tag ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* By node in two linear steps, then each node's few by themselves. */
static void arcs_sort(struct work *w) {
    struct arcs *a = w->arcs;
    memset(w->counts, 0, ((size_t)a->n_nodes + 1) * sizeof(*w->counts));
    for (int32_t i = 0; i < a->n; i++) w->counts[a->v[i].from + 1]++;
    for (int32_t i = 0; i < a->n_nodes; i++) w->counts[i + 1] += w->counts[i];
    for (int32_t i = 0; i < a->n; i++) w->sorted[w->counts[a->v[i].from]++] = a->v[i];
    for (int32_t lo = 0, hi; lo < a->n; lo = hi) {
        for (hi = lo + 1; hi < a->n && w->sorted[hi].from == w->sorted[lo].from;) hi++;
        qsort(w->sorted + lo, (size_t)(hi - lo), sizeof(*w->sorted), arc_compare);
    }
    memcpy(a->v, w->sorted, (size_t)a->n * sizeof(*a->v));
}

static void nodes_count(struct work *w) {
    for (int32_t i = 0; i < w->arcs->n_nodes; i++)
        w->nodes[i] = (struct node){.into = i, .out_scale = 1, .in_scale = 1};
    for (int32_t i = 0; i < w->arcs->n; i++) {
        w->nodes[w->arcs->v[i].from].n_out++;
        w->nodes[w->arcs->v[i].to].n_in++;
    }
}

/* Gives arcs the nodes that theirs were merged into and closes the gaps. */
static void merges_apply(struct work *w) {
    int32_t kept = 0;
    for (int32_t i = 0; i < w->arcs->n; i++) {
        struct net_arc arc = w->arcs->v[i];
        if (arc.from == REMOVED) continue;
        arc.weight *= w->nodes[arc.from].out_scale * w->nodes[arc.to].in_scale;
        if (arc.weight < WEIGHT_MIN) arc.weight = WEIGHT_MIN;
        arc.from = w->nodes[arc.from].into;
        arc.to = w->nodes[arc.to].into;
        if (arc.from != arc.to || !is_silent(&arc)) w->arcs->v[kept++] = arc;
    }
    w->arcs->n = kept;
}

static void node_merge(struct work *w, int32_t node, int32_t into) {
    w->nodes[node].role = ROLE_MERGED;
    w->nodes[node].into = into;
    w->nodes[into].role = ROLE_STAYS;
}

static bool can_merge(const struct work *w, int32_t node, int32_t into) {
    return node != into && w->nodes[node].role == ROLE_NONE && w->nodes[into].role != ROLE_MERGED;
}

/* A silent arc is free to go if it is the only one into its second node or the only one out of its first. */
static void silent_merge(struct work *w) {
    nodes_count(w);
    for (int32_t i = 0; i < w->arcs->n; i++) {
        struct net_arc *arc = &w->arcs->v[i];
        if (!is_silent(arc)) continue;
        if (w->nodes[arc->to].n_in == 1 && arc->to != NODE_END && can_merge(w, arc->to, arc->from)) {
            w->nodes[arc->to].out_scale = arc->weight;
            node_merge(w, arc->to, arc->from);
        } else if (w->nodes[arc->from].n_out == 1 && arc->from != NODE_START && can_merge(w, arc->from, arc->to)) {
            w->nodes[arc->from].in_scale = arc->weight;
            node_merge(w, arc->from, arc->to);
        } else {
            continue;
        }
        arc->from = REMOVED;
    }
    merges_apply(w);
}

static bool same_step(const struct net_arc *a, const struct net_arc *b) {
    return a->from == b->from && a->label == b->label && a->tag == b->tag;
}

static bool leads_alone(const struct work *w, const struct net_arc *arc) {
    return arc->to != NODE_END && w->nodes[arc->to].n_in == 1;
}

static float weights_join(const struct work *w, float a, float b) {
    if (w->add) return a + b < 1 ? a + b : 1;
    return a > b ? a : b;
}

/* Arcs that make the same step: where they alone lead to becomes one node, that of the first. */
static void group_merge(struct work *w, struct net_arc *begin, struct net_arc *end) {
    struct net_arc *kept = NULL;
    float weight = 0;
    int n = 0;
    for (struct net_arc *arc = begin; arc < end; arc++) {
        if (!leads_alone(w, arc)) continue;
        weight = n++ ? weights_join(w, weight, arc->weight) : arc->weight;
    }
    if (n < 2) return;
    for (struct net_arc *arc = begin; arc < end; arc++) {
        if (!leads_alone(w, arc)) continue;
        w->nodes[arc->to].out_scale = arc->weight / weight;
        if (!kept) {
            kept = arc;
            continue;
        }
        node_merge(w, arc->to, kept->to);
        arc->from = REMOVED;
    }
    kept->weight = weight;
}

/* Common beginnings. The arcs are sorted. */
static void beginnings_merge(struct work *w) {
    struct net_arc *end = w->arcs->v + w->arcs->n;
    nodes_count(w);
    for (struct net_arc *lo = w->arcs->v, *hi; lo < end; lo = hi) {
        for (hi = lo + 1; hi < end && same_step(lo, hi);) hi++;
        group_merge(w, lo, hi);
    }
    merges_apply(w);
}

/* Two arcs that do the same are one. The arcs are sorted. */
static void twins_merge(struct work *w) {
    int32_t kept = 0;
    for (int32_t i = 0; i < w->arcs->n; i++) {
        struct net_arc arc = w->arcs->v[i];
        struct net_arc *last = kept ? &w->arcs->v[kept - 1] : NULL;
        if (last && same_step(last, &arc) && last->to == arc.to)
            last->weight = weights_join(w, last->weight, arc.weight);
        else
            w->arcs->v[kept++] = arc;
    }
    w->arcs->n = kept;
}

/* ---- common endings ---- */

static uint32_t mix(uint32_t h, uint32_t x) {
    return (h ^ x) * 16777619u ^ h >> 15;
}

static uint32_t node_hash(const struct work *w, int32_t node) {
    uint32_t h = 2166136261u;
    for (int32_t i = w->counts[node]; i < w->counts[node + 1]; i++) {
        const struct net_arc *arc = &w->arcs->v[i];
        h = mix(mix(mix(h, (uint32_t)arc->label), (uint32_t)arc->tag), (uint32_t)arc->to);
    }
    return h;
}

static bool node_equal(const struct work *w, int32_t a, int32_t b) {
    int32_t n = w->counts[a + 1] - w->counts[a];
    if (w->counts[b + 1] - w->counts[b] != n) return false;
    for (int32_t i = 0; i < n; i++) {
        const struct net_arc *x = &w->arcs->v[w->counts[a] + i], *y = &w->arcs->v[w->counts[b] + i];
        if (x->label != y->label || x->tag != y->tag || x->to != y->to || x->weight != y->weight) return false;
    }
    return true;
}

static void counts_index(struct work *w) {
    memset(w->counts, 0, ((size_t)w->arcs->n_nodes + 1) * sizeof(*w->counts));
    for (int32_t i = 0; i < w->arcs->n; i++) w->counts[w->arcs->v[i].from + 1]++;
    for (int32_t i = 0; i < w->arcs->n_nodes; i++) w->counts[i + 1] += w->counts[i];
}

/* The nodes in w->order, each after those that its arcs lead to (but for circles). Returns how many. */
static int32_t nodes_order(struct work *w) {
    int32_t *stack = w->table, depth = 0, n = 0;
    for (int32_t i = 0; i < w->arcs->n_nodes; i++) w->nodes[i].next = w->counts[i];
    stack[depth++] = NODE_START;
    w->nodes[NODE_START].reached = true;
    while (depth > 0) {
        int32_t node = stack[depth - 1];
        if (w->nodes[node].next == w->counts[node + 1]) {
            w->order[n++] = node;
            depth--;
            continue;
        }
        struct node *to = &w->nodes[w->arcs->v[w->nodes[node].next++].to];
        if (to->reached) continue;
        to->reached = true;
        stack[depth++] = (int32_t)(to - w->nodes);
    }
    return n;
}

/* Nodes from which the same arcs lead on are one. The arcs are sorted. */
static void endings_merge(struct work *w) {
    uint32_t mask = (uint32_t)w->n_table - 1;
    nodes_count(w);
    counts_index(w);
    int32_t n = nodes_order(w);
    memset(w->table, 0xFF, w->n_table * sizeof(*w->table)); /* -1 */
    for (int32_t k = 0; k < n; k++) {
        int32_t node = w->order[k];
        struct net_arc *first = w->arcs->v + w->counts[node], *end = w->arcs->v + w->counts[node + 1];
        for (struct net_arc *arc = first; arc < end; arc++) arc->to = w->nodes[arc->to].into;
        if (node <= NODE_END) continue;
        uint32_t slot = node_hash(w, node) & mask;
        while (w->table[slot] >= 0 && !node_equal(w, w->table[slot], node)) slot = (slot + 1) & mask;
        if (w->table[slot] >= 0) {
            node_merge(w, node, w->table[slot]);
            for (struct net_arc *arc = first; arc < end; arc++) arc->from = REMOVED;
        } else {
            w->table[slot] = node;
        }
    }
    merges_apply(w);
}

/* ---- dead ends ---- */

static bool *mark_of(struct node *node, bool along) {
    return along ? &node->reached : &node->ends;
}

/* Marks what can be reached from `start` along the arcs, or against them. */
static void mark(struct work *w, int32_t start, bool along) {
    const struct net_arc *v = w->arcs->v;
    memset(w->counts, 0, ((size_t)w->arcs->n_nodes + 1) * sizeof(*w->counts));
    for (int32_t i = 0; i < w->arcs->n; i++) w->counts[(along ? v[i].from : v[i].to) + 1]++;
    for (int32_t i = 0; i < w->arcs->n_nodes; i++) w->counts[i + 1] += w->counts[i];
    for (int32_t i = w->arcs->n - 1; i >= 0; i--) w->sorted[w->counts[along ? v[i].from : v[i].to]++] = v[i];
    int32_t *stack = w->table, n = 0; /* the table has room for every node */
    stack[n++] = start;
    *mark_of(&w->nodes[start], along) = true;
    while (n > 0) {
        int32_t node = stack[--n];
        for (int32_t i = node ? w->counts[node - 1] : 0; i < w->counts[node]; i++) {
            int32_t next = along ? w->sorted[i].to : w->sorted[i].from;
            if (*mark_of(&w->nodes[next], along)) continue;
            *mark_of(&w->nodes[next], along) = true;
            stack[n++] = next;
        }
    }
}

/* Keeps the nodes that lie on a way from the start to the end and numbers them anew. */
static void dead_ends_remove(struct work *w) {
    struct arcs *a = w->arcs;
    nodes_count(w);
    mark(w, NODE_START, true);
    mark(w, NODE_END, false);
    int32_t n_nodes = NODE_END + 1, kept = 0;
    for (int32_t i = n_nodes; i < a->n_nodes; i++)
        if (w->nodes[i].reached && w->nodes[i].ends) w->nodes[i].into = n_nodes++;
    for (int32_t i = 0; i < a->n; i++) {
        struct net_arc arc = a->v[i];
        const struct node *from = &w->nodes[arc.from], *to = &w->nodes[arc.to];
        if (!from->reached || !to->ends) continue;
        arc.from = from->into;
        arc.to = to->into;
        a->v[kept++] = arc;
    }
    a->n = kept;
    a->n_nodes = n_nodes;
}

/* ---- all of it ---- */

/* In rounds, as long as one is worth its while. */
static void merge_rounds(struct work *w, void (*merge)(struct work *w)) {
    int32_t before;
    do {
        before = w->arcs->n;
        silent_merge(w);
        arcs_sort(w);
        twins_merge(w);
        merge(w);
    } while (before - w->arcs->n > before / ROUND_GAIN_MIN);
}

static void reduce(struct work *w) {
    dead_ends_remove(w);
    merge_rounds(w, beginnings_merge);
    merge_rounds(w, endings_merge);
    dead_ends_remove(w);
    arcs_sort(w);
}

err_t arcs_reduce(struct arcs *a, bool add) {
    if (!a->v) TRY(arcs_grow(a));
    size_t n_nodes = (size_t)a->n_nodes;
    struct work w = {.arcs = a, .add = add, .n_table = 1024};
    while (w.n_table < 2 * n_nodes) w.n_table *= 2;
    w.nodes = malloc(n_nodes * sizeof(*w.nodes));
    w.sorted = malloc(((size_t)a->n + 1) * sizeof(*w.sorted));
    w.counts = malloc((n_nodes + 1) * sizeof(*w.counts));
    w.order = malloc(n_nodes * sizeof(*w.order));
    w.table = malloc(w.n_table * sizeof(*w.table));
    bool ready = w.nodes && w.sorted && w.counts && w.order && w.table;
    if (ready) reduce(&w);
    free(w.nodes);
    free(w.sorted);
    free(w.counts);
    free(w.order);
    free(w.table);
    return ready ? ERR_OK : no_memory();
}
