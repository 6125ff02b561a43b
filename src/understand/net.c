/* From rules to a network. An expansion is built between two nodes: it adds arcs that leave the first and arcs that
 * enter the second, and never one that enters the first or leaves the second; so alternatives share both.
 * The meaning of an utterance hangs on its last arc, so that intents that begin alike begin together. */
#include <stdlib.h>

#include "understand/model.h"
#include "understand/netbuild.h"

/* SHARED_FROM: so many phrases have one copy, which everything may follow that follows a mention of them anywhere. With
 * ten drinks shared, "may i have a cappuccino" was heard in a kitchen as "... a cappuccino arrived": of the coffee
 * orders (people) 83 % were right at 6 dB, with a copy each 87 %, and the search took a tenth less time. */
enum { WILD_WORDS_MAX = 8, STEPS_MAX = 4 * ARCS_MAX, INTENTS_MAX = 256, SHARED_FROM = 50 };

struct span {
    int32_t from, to;
};

struct shared { /* NET_HEAR: where the many phrases of one rule or several alike are */
    const struct fill *fill;
    struct span span;
};

struct builder {
    const struct grammar *g;
    enum net_use use;
    struct arcs arcs;
    struct shared *shared;
    int n_shared;
    int32_t steps;
};

static bool to_hear(const struct builder *b) {
    return b->use != NET_PARSE;
}

/* What is around an expansion. */
struct around {
    float weight;      /* of what leaves its first node */
    bool slot, number; /* it is inside a slot, inside {name#} or {name$} */
};

static err_t expr_build(struct builder *b, const struct expr *e, struct span s, struct around around);

static int32_t node_new(struct builder *b) {
    return b->arcs.n_nodes++;
}

static err_t arc_build(struct builder *b, struct span s, int32_t label, int32_t tag, float weight) {
    return arcs_add(&b->arcs, (struct net_arc){s.from, s.to, label, tag, weight});
}

/* ---- rules filled at run time ---- */

/* Phrases lo .. hi-1 are the same up to word `at`, which comes next; `total` weighs as much as all of them. */
static err_t phrases_build(struct builder *b, const struct fill *f, struct span s, int32_t lo, int32_t hi, int32_t at,
                           float weight) {
    bool parse = b->use == NET_PARSE;
    float all = (float)(hi - lo);
    if (f->phrases[lo].n == at) {
        TRY(arc_build(b, s, LABEL_EPSILON, -1, parse ? weight : weight / all));
        lo++;
    }
    while (lo < hi) {
        int32_t word = f->phrases[lo].words[at], next = lo + 1;
        while (next < hi && f->phrases[next].words[at] == word) next++;
        bool leaf = next == lo + 1 && f->phrases[lo].n == at + 1;
        struct span inner = {leaf ? s.to : node_new(b), s.to};
        TRY(arc_build(b, (struct span){s.from, inner.from}, word, parse ? b->g->action_phrase : -1,
                      parse ? weight : weight * (float)(next - lo) / all));
        if (!leaf) TRY(phrases_build(b, f, inner, lo, next, at + 1, 1));
        lo = next;
    }
    return ERR_OK;
}

/* Any one to eight words. */
static err_t wild_build(struct builder *b, const struct rule *r, struct span s, float weight) {
    for (int i = 0; i < WILD_WORDS_MAX; i++, weight = 1) {
        TRY(arc_build(b, s, LABEL_ANY, r->action, weight));
        if (i + 1 == WILD_WORDS_MAX) break;
        int32_t next = node_new(b);
        TRY(arc_build(b, (struct span){s.from, next}, LABEL_ANY, r->action, weight));
        s.from = next;
    }
    return ERR_OK;
}

/* The one copy of these phrases, made at their first mention. */
static err_t shared_build(struct builder *b, const struct fill *f, struct span s, float weight) {
    struct shared *shared = b->shared;
    while (shared < b->shared + b->n_shared && !fill_same(shared->fill, f)) shared++;
    if (shared == b->shared + b->n_shared) {
        *shared = (struct shared){f, {node_new(b), node_new(b)}};
        b->n_shared++;
        TRY(phrases_build(b, f, shared->span, 0, f->n, 0, 1));
    }
    TRY(arc_build(b, (struct span){s.from, shared->span.from}, LABEL_EPSILON, -1, weight));
    return arc_build(b, (struct span){shared->span.to, s.to}, LABEL_EPSILON, -1, 1);
}

static err_t filled_build(struct builder *b, const struct rule *r, struct span s, float weight) {
    const struct fill *f = r->fill;
    if (!f) return ERR_OK;
    if (b->use == NET_PARSE && f->open) return wild_build(b, r, s, weight);
    if (f->n == 0) return ERR_OK;
    if (b->use == NET_NAMES && f->open) return arc_build(b, s, LABEL_NAME, -1, weight);
    if (to_hear(b) && f->n >= SHARED_FROM) return shared_build(b, f, s, weight);
    return phrases_build(b, f, s, 0, f->n, 0, weight);
}

/* ---- expansions ---- */

static err_t rule_build(struct builder *b, const struct rule *r, struct span s, struct around around) {
    if (r->body) return expr_build(b, r->body, s, around);
    if (r != b->g->numeral) return filled_build(b, r, s, around.weight);
    return b->use == NET_PARSE ? arc_build(b, s, LABEL_NUMERAL, -1, around.weight) : ERR_OK;
}

static err_t sequence_build(struct builder *b, const struct expr *e, struct span s, struct around around) {
    for (const struct expr *child = e->first; child; child = child->next, around.weight = 1) {
        int32_t to = child->next ? node_new(b) : s.to;
        TRY(expr_build(b, child, (struct span){s.from, to}, around));
        s.from = to;
    }
    return ERR_OK;
}

/* To hear, the weights of alternatives are made probabilities; to parse, they count beside the greatest. */
static err_t choice_build(struct builder *b, const struct expr *e, struct span s, struct around around) {
    float sum = 0, greatest = 0;
    for (const struct expr *child = e->first; child; child = child->next) {
        sum += child->weight;
        if (child->weight > greatest) greatest = child->weight;
    }
    if (greatest <= 0) return ERR_OK;
    float whole = around.weight / (to_hear(b) ? sum : greatest);
    for (const struct expr *child = e->first; child; child = child->next) {
        if (child->weight <= 0) continue;
        around.weight = child->weight * whole;
        TRY(expr_build(b, child, s, around));
    }
    return ERR_OK;
}

static err_t optional_build(struct builder *b, const struct expr *e, struct span s, struct around around) {
    if (to_hear(b)) around.weight /= 2;
    TRY(expr_build(b, e->first, s, around));
    return arc_build(b, s, LABEL_EPSILON, -1, around.weight);
}

static err_t star_build(struct builder *b, const struct expr *e, struct span s, struct around around) {
    struct span loop = {node_new(b), node_new(b)};
    float half = to_hear(b) ? 0.5f : 1;
    TRY(arc_build(b, (struct span){s.from, loop.from}, LABEL_EPSILON, -1, around.weight));
    around.weight = e->kind == EXPR_STAR ? half : 1;
    TRY(expr_build(b, e->first, loop, around));
    TRY(arc_build(b, (struct span){loop.to, loop.from}, LABEL_EPSILON, -1, e->kind == EXPR_STAR ? 1 : half));
    return arc_build(b, (struct span){e->kind == EXPR_STAR ? loop.from : loop.to, s.to}, LABEL_EPSILON, -1, half);
}

/* A tag that has no effect where it stands is left out. */
static bool tag_counts(const struct builder *b, const struct net_action *action, struct around around) {
    if (to_hear(b)) return false;
    if (action->kind == ACTION_CODE) return around.slot;
    if (action->kind == ACTION_ADD || action->kind == ACTION_TIMES || action->kind == ACTION_POINT)
        return around.number;
    return true;
}

static err_t tag_build(struct builder *b, const struct expr *e, struct span s, struct around around) {
    const struct net_action *action = &b->g->actions.v[e->action];
    if (!tag_counts(b, action, around)) return expr_build(b, e->first, s, around);
    if (action->kind >= ACTION_CLOSE_TEXT && action->kind <= ACTION_CLOSE_DIGITS) {
        int32_t inside = node_new(b);
        TRY(arc_build(b, (struct span){s.from, inside}, LABEL_EPSILON, b->g->action_open, around.weight));
        s.from = inside;
        if (action->kind >= ACTION_CLOSE_NUMBER) around.number = true;
        around.slot = true;
        around.weight = 1;
    }
    int32_t end = node_new(b);
    TRY(expr_build(b, e->first, (struct span){s.from, end}, around));
    return arc_build(b, (struct span){end, s.to}, LABEL_EPSILON, e->action, 1);
}

static err_t expr_build(struct builder *b, const struct expr *e, struct span s, struct around around) {
    if (++b->steps > STEPS_MAX) return err_fail(ERR_FULL, "a network can hold %d arcs", ARCS_MAX);
    switch (e->kind) {
        case EXPR_NULL:
            return arc_build(b, s, LABEL_EPSILON, -1, around.weight);
        case EXPR_VOID:
            return ERR_OK;
        case EXPR_WORD:
            return arc_build(b, s, e->word, around.number ? b->g->action_exact : -1, around.weight);
        case EXPR_RULE:
            return rule_build(b, e->rule, s, around);
        case EXPR_SEQUENCE:
            return sequence_build(b, e, s, around);
        case EXPR_CHOICE:
            return choice_build(b, e, s, around);
        case EXPR_OPTIONAL:
            return optional_build(b, e, s, around);
        case EXPR_STAR:
        case EXPR_PLUS:
            return star_build(b, e, s, around);
        case EXPR_TAG:
            return tag_build(b, e, s, around);
    }
    return ERR_OK;
}

/* ---- the network ---- */

static err_t no_memory(void) {
    return err_fail(ERR_MEMORY, "out of memory for a network");
}

/* Numbers the words that occur from 0, in the grammar's order, so that arcs stay sorted by their labels. */
static err_t words_collect(struct net *net, const struct grammar *g) {
    size_t n_symbols = (size_t)g->symbols.n + 1;
    int32_t *local = calloc(n_symbols, sizeof(*local));
    net->words = malloc(n_symbols * sizeof(*net->words));
    if (!local || !net->words) {
        free(local);
        return no_memory();
    }
    struct net_arc *end = net->arcs + net->n_arcs;
    for (struct net_arc *arc = net->arcs; arc < end; arc++)
        if (arc->label >= 0) local[arc->label] = 1;
    for (int32_t i = 0; i < g->symbols.n; i++) {
        if (!local[i]) continue;
        local[i] = net->n_words;
        net->words[net->n_words++] = g->symbols.names[i];
    }
    for (struct net_arc *arc = net->arcs; arc < end; arc++)
        if (arc->label >= 0) arc->label = local[arc->label];
    free(local);
    return ERR_OK;
}

static err_t arcs_index(struct net *net) {
    net->first = calloc((size_t)net->n_nodes + 1, sizeof(*net->first));
    if (!net->first) return no_memory();
    for (int32_t i = 0; i < net->n_arcs; i++) net->first[net->arcs[i].from + 1]++;
    for (int32_t i = 0; i < net->n_nodes; i++) net->first[i + 1] += net->first[i];
    return ERR_OK;
}

/* What was built becomes the network, which then owns the arcs. */
static err_t net_finish(struct net *net, struct builder *b) {
    TRY(arcs_reduce(&b->arcs, to_hear(b)));
    net->arcs = b->arcs.v;
    net->n_arcs = b->arcs.n;
    net->n_nodes = b->arcs.n_nodes;
    b->arcs.v = NULL;
    if (b->use == NET_PARSE) {
        net->actions = b->g->actions.v;
        net->n_actions = b->g->actions.n;
    }
    TRY(words_collect(net, b->g));
    return arcs_index(net);
}

static err_t intent_build(struct builder *b, const struct rule *r, float weight) {
    struct span s = {NODE_START, NODE_END};
    if (b->use == NET_PARSE) {
        s.to = node_new(b);
        TRY(arc_build(b, (struct span){s.to, NODE_END}, LABEL_EPSILON, r->action, 1));
    }
    return expr_build(b, r->body, s, (struct around){.weight = weight});
}

/* The public rules to build, and how often each is said. */
struct rules {
    const struct rule *v[INTENTS_MAX + SOURCES_MAX];
    float weights[INTENTS_MAX + SOURCES_MAX];
    int n;
    float sum;
};

static err_t rules_build(struct net *net, struct builder *b, const struct rules *rules) {
    b->arcs.n_nodes = NODE_END + 1;
    for (int i = 0; i < rules->n; i++)
        TRY(intent_build(b, rules->v[i], to_hear(b) ? rules->weights[i] / rules->sum : 1));
    return net_finish(net, b);
}

static int filled_count(const struct grammar *g) {
    int n = 0;
    for (const struct rule *r = g->filled; r; r = r->next) n++;
    return n;
}

static err_t net_create(struct net **out, const struct grammar *g, const struct rules *rules, enum net_use use) {
    struct builder b = {.g = g, .use = use};
    struct net *net = calloc(1, sizeof(*net));
    b.shared = calloc((size_t)filled_count(g) + 1, sizeof(*b.shared));
    err_t err = net && b.shared ? rules_build(net, &b, rules) : no_memory();
    free(b.shared);
    free(b.arcs.v);
    if (err) {
        net_free(net);
        return err;
    }
    *out = net;
    return ERR_OK;
}

static err_t rules_add(struct rules *rules, const struct grammar *g, const char *intent, float weight) {
    if (rules->n >= INTENTS_MAX) return err_fail(ERR_FULL, "a network can hold %d intents", INTENTS_MAX);
    int n = grammar_intents(g, intent, rules->v + rules->n);
    for (int i = 0; i < n; i++) {
        rules->weights[rules->n++] = weight / (float)n;
        rules->sum += weight / (float)n;
    }
    return ERR_OK;
}

err_t net_build(struct net **out, const struct grammar *g, const struct net_plan *plan) {
    struct rules rules = {.n = 0};
    for (size_t i = 0; i < plan->n; i++)
        TRY(rules_add(&rules, g, plan->intents[i], plan->weights ? plan->weights[i] : 1));
    if (rules.n == 0)
        return err_fail(ERR_NOT_FOUND, "the grammar %s has a public rule for none of the intents asked for",
                        g->main->path);
    return net_create(out, g, &rules, plan->use);
}

err_t net_build_fillers(struct net **out, const struct grammar *g) {
    struct rules rules = {.n = 0};
    rules.n = grammar_fillers(g, rules.v);
    if (rules.n == 0) return err_fail(ERR_NOT_FOUND, "the grammar %s has no <filler>", g->main->path);
    return net_create(out, g, &rules, NET_PARSE);
}

void net_free(struct net *n) {
    if (!n) return;
    free(n->arcs);
    free(n->first);
    free(n->words);
    free(n);
}
