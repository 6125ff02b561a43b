#include "understand/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "understand/intent.h"
#include "understand/netbuild.h"

enum { STEPS_ROOM_FIRST = 4096, STEPS_ROOM_MAX = 1 << 18, NO_STEP = -1, TIE_PER_WEIGHT = 10, TIE_MAX = 50 };

struct token {
    int32_t cost;
    int32_t step;    /* the last one, NO_STEP */
    int16_t literal; /* words that were exactly the grammar's */
    bool missing;    /* a word of the grammar was missing */
    bool wild;       /* a word was taken for anything; not on one way with a missing one: too little would be left */
};

/* The tokens between two words, one a node. */
struct front {
    struct token *tokens; /* by node, valid if the stamp is that of the front */
    uint32_t *stamps;
    uint32_t stamp;
    int32_t *nodes; /* those that have a token */
    int32_t n;
};

struct search {
    const struct net *net;
    struct front now, next;
    int32_t *queue; /* a ring of nodes whose token is yet to pass the silent arcs */
    bool *queued;
    int32_t queue_first, queue_n;
    int16_t *ties; /* by arc, for its weight */
    struct step *steps;
    int32_t n_steps, steps_room, first_step;
    struct search_limits limits;
};

static err_t no_memory(void) {
    return err_fail(ERR_MEMORY, "out of memory for a parser");
}

/* ---- creation ---- */

static bool front_create(struct front *f, size_t n_nodes) {
    f->tokens = malloc(n_nodes * sizeof(*f->tokens));
    f->stamps = calloc(n_nodes, sizeof(*f->stamps));
    f->nodes = malloc(n_nodes * sizeof(*f->nodes));
    return f->tokens && f->stamps && f->nodes;
}

static void front_destroy(struct front *f) {
    free(f->tokens);
    free(f->stamps);
    free(f->nodes);
}

static bool ties_create(struct search *s) {
    s->ties = malloc(((size_t)s->net->n_arcs + 1) * sizeof(*s->ties));
    for (int32_t i = 0; s->ties && i < s->net->n_arcs; i++) {
        float tie = -logf(s->net->arcs[i].weight) * TIE_PER_WEIGHT;
        s->ties[i] = (int16_t)(tie < TIE_MAX ? tie + 0.5f : TIE_MAX);
    }
    return s->ties != NULL;
}

err_t search_create(struct search **out, const struct net *net) {
    struct search *s = calloc(1, sizeof(*s));
    if (!s) return no_memory();
    size_t n_nodes = (size_t)net->n_nodes;
    s->net = net;
    s->queue = malloc(n_nodes * sizeof(*s->queue));
    s->queued = calloc(n_nodes, sizeof(*s->queued));
    s->steps = malloc(STEPS_ROOM_FIRST * sizeof(*s->steps));
    s->steps_room = STEPS_ROOM_FIRST;
    bool ready = s->queue && s->queued && s->steps && front_create(&s->now, n_nodes) &&
                 front_create(&s->next, n_nodes) && ties_create(s);
    if (!ready) {
        search_destroy(s);
        return no_memory();
    }
    *out = s;
    return ERR_OK;
}

void search_destroy(struct search *s) {
    if (!s) return;
    front_destroy(&s->now);
    front_destroy(&s->next);
    free(s->queue);
    free(s->queued);
    free(s->ties);
    free(s->steps);
    free(s);
}

/* ---- steps ---- */

/* Appends a step to the way of a token. False if there is no room for it: the token is then given up. */
static bool step_add(struct search *s, struct token *t, enum step_kind kind, int32_t value, int word) {
    if (s->n_steps == s->steps_room) {
        int32_t room = 2 * s->steps_room;
        struct step *steps = room <= STEPS_ROOM_MAX ? realloc(s->steps, (size_t)room * sizeof(*steps)) : NULL;
        if (!steps) return false;
        s->steps = steps;
        s->steps_room = room;
    }
    s->steps[s->n_steps] = (struct step){t->step, value, (int16_t)word, (int16_t)kind};
    t->step = s->n_steps++;
    return true;
}

static bool is_allowed(const struct search *s, const struct net_action *action) {
    return action->kind != ACTION_INTENT || !s->limits.allowed || s->limits.allowed[intent_by_name(action->name)];
}

/* Actions that mean nothing by themselves are no steps. False if the token is given up. */
static bool step_action(struct search *s, struct token *t, int32_t tag, int word) {
    if (tag < 0 || s->net->actions[tag].kind >= ACTION_WILD) return true;
    if (!is_allowed(s, &s->net->actions[tag])) return false;
    return step_add(s, t, STEP_ACTION, tag, word);
}

/* ---- fronts ---- */

static void front_clear(struct front *f) {
    f->stamp++;
    f->n = 0;
}

static bool is_better(const struct token *a, const struct token *b) {
    return a->cost != b->cost ? a->cost < b->cost : a->literal > b->literal;
}

/* True if a token that costs so much would be kept, so that a step for it is worth its while. */
static bool front_wants(const struct search *s, const struct front *f, int32_t node, const struct token *t) {
    if (t->cost > s->limits.cost) return false;
    if (node == NODE_END && t->missing && t->literal < MISSING_WORDS_MIN) return false;
    return f->stamps[node] != f->stamp || is_better(t, &f->tokens[node]);
}

static void front_put(struct front *f, int32_t node, const struct token *t) {
    if (f->stamps[node] != f->stamp) {
        f->stamps[node] = f->stamp;
        f->nodes[f->n++] = node;
    }
    f->tokens[node] = *t;
}

static void queue_put(struct search *s, int32_t node) {
    if (s->queued[node]) return;
    s->queued[node] = true;
    s->queue[(s->queue_first + s->queue_n++) % s->net->n_nodes] = node;
}

static int32_t queue_take(struct search *s) {
    int32_t node = s->queue[s->queue_first];
    s->queue_first = (s->queue_first + 1) % s->net->n_nodes;
    s->queue_n--;
    s->queued[node] = false;
    return node;
}

/* ---- between words ---- */

static void silent_pass(struct search *s, const struct token *from, int32_t i, int word) {
    const struct net_arc *arc = &s->net->arcs[i];
    struct token t = *from;
    bool missing = arc->label >= 0;
    t.cost += s->ties[i] + (missing ? COST_MISSING : 0);
    t.missing |= missing;
    if (!front_wants(s, &s->now, arc->to, &t)) return;
    if (missing && !step_add(s, &t, STEP_MISSING, arc->label, word)) return;
    if (!missing && !step_action(s, &t, arc->tag, word)) return;
    front_put(&s->now, arc->to, &t);
    queue_put(s, arc->to);
}

/* Long words carry the meaning: what is left without them may be anything. */
static bool may_be_missing(const char *word) {
    return strlen(word) <= MISSING_BYTES_MAX;
}

/* Lets tokens pass the silent arcs, and one small word of the grammar that was not said. Only what is better goes on,
 * so that silent circles come to rest. */
static void front_spread(struct search *s, int word) {
    for (int32_t i = 0; i < s->now.n; i++) queue_put(s, s->now.nodes[i]);
    while (s->queue_n > 0) {
        int32_t node = queue_take(s);
        struct token t = s->now.tokens[node];
        bool may_miss = s->limits.tolerant && !t.missing && !t.wild && t.cost + COST_MISSING <= s->limits.cost;
        for (int32_t i = s->net->first[node]; i < s->net->first[node + 1]; i++) {
            const struct net_arc *arc = &s->net->arcs[i];
            if (arc->label == LABEL_EPSILON ||
                (may_miss && arc->label >= 0 && arc->tag < 0 && may_be_missing(s->net->words[arc->label])))
                silent_pass(s, &t, i, word);
            if (arc->label >= 0 && !may_miss) break;
        }
    }
}

/* ---- over a word ---- */

struct match {
    int32_t arc, cost;
    bool literal, typo, wild;
};

static void word_pass(struct search *s, const struct token *from, const struct heard *heard, int word, struct match m) {
    const struct net_arc *arc = &s->net->arcs[m.arc];
    struct token t = *from;
    t.cost += m.cost + s->ties[m.arc];
    if (m.literal) t.literal++;
    t.wild |= m.wild;
    if (!front_wants(s, &s->next, arc->to, &t)) return;
    if (m.typo && !step_add(s, &t, STEP_TYPO, arc->label, word)) return;
    if (heard->numeral && arc->label == LABEL_NUMERAL && !step_add(s, &t, STEP_NUMERAL, 0, word)) return;
    if (!step_action(s, &t, arc->tag, word + 1)) return;
    front_put(&s->next, arc->to, &t);
}

static int32_t label_find(const struct net *net, int32_t node, int32_t label) {
    int32_t lo = net->first[node], hi = net->first[node + 1];
    while (lo < hi) {
        int32_t middle = lo + (hi - lo) / 2;
        if (net->arcs[middle].label < label)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

static void labels_pass(struct search *s, const struct token *t, int32_t node, const struct heard *heard, int word,
                        struct reading reading) {
    int32_t end = s->net->first[node + 1];
    bool typo = reading.cost > 0;
    for (int32_t i = label_find(s->net, node, reading.label); i < end && s->net->arcs[i].label == reading.label; i++) {
        int32_t tag = s->net->arcs[i].tag;
        if (typo && tag >= 0 && s->net->actions[tag].kind == ACTION_EXACT) continue;
        word_pass(s, t, heard, word, (struct match){.arc = i, .cost = reading.cost, .literal = !typo, .typo = typo});
    }
}

static void any_pass(struct search *s, const struct token *t, int32_t i, const struct heard *heard, int word) {
    const struct fill *fill = s->net->actions[s->net->arcs[i].tag].rule->fill;
    bool known = fill && fill_has(fill, heard->symbol);
    if (t->missing) return;
    if (heard->filler && !known) return; /* "find um" looks for nothing */
    word_pass(s, t, heard, word, (struct match){.arc = i, .cost = known ? COST_WILD_KNOWN : COST_WILD, .wild = true});
}

static int32_t skip_cost(const struct heard *heard) {
    if (heard->filler) return COST_FILLER;
    bool small = heard->symbol >= 0 &&
                 strlen(heard->text) <= SMALL_BYTES_MAX; /* "oat" of oat milk is none where there is none */
    return small ? COST_SKIP_SMALL : COST_SKIP;
}

static void skip_pass(struct search *s, const struct token *from, int32_t node, const struct heard *heard, int word) {
    struct token t = *from;
    if (!heard->filler && !s->limits.tolerant) return;
    t.cost += skip_cost(heard);
    if (!front_wants(s, &s->next, node, &t) || !step_add(s, &t, STEP_SKIPPED, 0, word)) return;
    front_put(&s->next, node, &t);
}

static void node_pass(struct search *s, int32_t node, const struct heard *heard, int word) {
    const struct token *t = &s->now.tokens[node];
    int32_t first = s->net->first[node], end = s->net->first[node + 1];
    bool speaks = node == NODE_END || (first < end && s->net->arcs[end - 1].label >= 0);
    for (int32_t i = first; i < end && s->net->arcs[i].label < LABEL_EPSILON; i++) {
        speaks = true;
        if (s->net->arcs[i].label == LABEL_ANY)
            any_pass(s, t, i, heard, word);
        else if (heard->numeral)
            word_pass(s, t, heard, word, (struct match){.arc = i, .literal = true});
    }
    for (int i = 0; i < heard->n_readings; i++) labels_pass(s, t, node, heard, word, heard->readings[i]);
    if (speaks) skip_pass(s, t, node, heard, word);
}

static void front_advance(struct search *s, const struct heard *heard, int word) {
    front_clear(&s->next);
    for (int32_t i = 0; i < s->now.n; i++) node_pass(s, s->now.nodes[i], heard, word);
    struct front now = s->now;
    s->now = s->next;
    s->next = now;
    front_spread(s, word + 1);
}

/* ---- the whole ---- */

static void search_begin(struct search *s, struct search_limits limits) {
    s->limits = limits;
    s->n_steps = 0;
    front_clear(&s->now);
    front_put(&s->now, NODE_START, &(struct token){.step = NO_STEP});
    front_spread(s, 0);
}

static bool at_end(const struct search *s) {
    return s->now.stamps[NODE_END] == s->now.stamp;
}

/* Turns the chain of a way's steps round, so that each knows the next. */
static int32_t steps_reverse(struct search *s, int32_t last) {
    int32_t after = NO_STEP;
    while (last != NO_STEP) {
        int32_t before = s->steps[last].before;
        s->steps[last].before = after;
        after = last;
        last = before;
    }
    return after;
}

int32_t search_run(struct search *s, const struct heard *words, int n, struct search_limits limits) {
    search_begin(s, limits);
    for (int i = 0; i < n && s->now.n > 0; i++) front_advance(s, &words[i], i);
    if (!at_end(s)) return COST_NONE;
    s->first_step = steps_reverse(s, s->now.tokens[NODE_END].step);
    return s->now.tokens[NODE_END].cost;
}

const struct step *search_next_step(struct search *s, const struct step *step) {
    int32_t next = step ? step->before : s->first_step;
    return next == NO_STEP ? NULL : &s->steps[next];
}

int search_prefix(struct search *s, const struct heard *words, int n) {
    int longest = 0;
    search_begin(s, (struct search_limits){.cost = COST_TIE - 1});
    for (int i = 0; i < n && s->now.n > 0; i++) {
        front_advance(s, &words[i], i);
        if (at_end(s)) longest = i + 1;
    }
    return longest;
}
