/* What a weighted network says on average: how often each pair and triple of its words is expected in one sentence. A
 * node's share is what comes in by its arcs, over all sentences; what can follow a word is found by walking the silent
 * arcs behind it. Exact but for shares too small to matter. */
#include <stdlib.h>
#include <string.h>

#include "understand/netbuild.h"
#include "understand/ngram_private.h"

enum { ROUNDS_MAX = 200, SENTENCES = 1000 /* that the counts are of */ };

static const double SHARE_MIN = 1e-9, FOLLOW_MIN = 1e-7;

/* A word that may come next, and where it leads. */
struct follower {
    int32_t word, to; /* WORD_END leads nowhere */
    double share;
};

struct followers {
    struct follower *v;
    int n, room;
};

struct frames {
    struct ngram *g;
    const struct net *net;
    int32_t *words;              /* by label: the number of the word */
    double *shares;              /* by node: how often it is passed */
    struct followers *followers; /* by node, found when first needed */
};

static err_t no_memory(void) {
    return err_fail(ERR_MEMORY, "out of memory for the frames of requests");
}

static int32_t word_of(const struct frames *f, int32_t label) {
    return label == LABEL_NAME ? WORD_NAME : f->words[label];
}

static bool is_silent(const struct net_arc *a) {
    return a->label == LABEL_EPSILON;
}

/* ---- shares of nodes ---- */

/* Lets a share of 1 run from the start through the arcs, all nodes at a time, until nothing is under way. */
static err_t shares_find(struct frames *f) {
    size_t n = (size_t)f->net->n_nodes;
    double *now = calloc(n, sizeof *now), *next = calloc(n, sizeof *next);
    bool moving = now && next;
    if (!moving) {
        free(now);
        free(next);
        return no_memory();
    }
    now[NODE_START] = 1;
    for (int round = 0; round < ROUNDS_MAX && moving; round++) {
        moving = false;
        memset(next, 0, n * sizeof *next);
        for (int32_t i = 0; i < f->net->n_nodes; i++) f->shares[i] += now[i];
        for (int32_t i = 0; i < f->net->n_arcs; i++) {
            const struct net_arc *a = &f->net->arcs[i];
            double share = now[a->from] * (double)a->weight;
            if (share < SHARE_MIN) continue;
            next[a->to] += share;
            moving = true;
        }
        double *old = now;
        now = next;
        next = old;
    }
    free(now);
    free(next);
    return ERR_OK;
}

/* ---- what may follow ---- */

static err_t follower_add(struct followers *f, struct follower one) {
    for (int i = 0; i < f->n; i++) {
        if (f->v[i].word != one.word || f->v[i].to != one.to) continue;
        f->v[i].share += one.share;
        return ERR_OK;
    }
    if (f->n == f->room) {
        int room = f->room ? 2 * f->room : 16;
        struct follower *v = realloc(f->v, (size_t)room * sizeof *v);
        if (!v) return no_memory();
        f->v = v;
        f->room = room;
    }
    f->v[f->n++] = one;
    return ERR_OK;
}

/* Silent circles lose at least half of the share in every turn, so that the depth is bounded by FOLLOW_MIN. */
static err_t followers_walk(struct frames *f, struct followers *out, int32_t node, double share, int depth) {
    if (share < FOLLOW_MIN || depth > ROUNDS_MAX) return ERR_OK;
    if (node == NODE_END) return follower_add(out, (struct follower){WORD_END, NODE_END, share});
    for (int32_t i = f->net->first[node]; i < f->net->first[node + 1]; i++) {
        const struct net_arc *a = &f->net->arcs[i];
        double part = share * (double)a->weight;
        if (is_silent(a))
            TRY(followers_walk(f, out, a->to, part, depth + 1));
        else
            TRY(follower_add(out, (struct follower){word_of(f, a->label), a->to, part}));
    }
    return ERR_OK;
}

static err_t followers_of(struct frames *f, int32_t node, const struct followers **out) {
    struct followers *found = &f->followers[node];
    if (!found->n) TRY(followers_walk(f, found, node, 1, 0));
    *out = found;
    return ERR_OK;
}

/* ---- counting ---- */

/* Everything that begins with word `a`, said `share` times, after which the network is at `node`. */
static err_t word_count(struct frames *f, int32_t a, int32_t node, double share) {
    const struct followers *second, *third;
    TRY(followers_of(f, node, &second));
    for (int i = 0; i < second->n; i++) {
        struct follower b = second->v[i];
        double both = share * b.share;
        TRY(counts_add(&f->g->frame_pairs, count_key(0, a, b.word), both));
        if (b.word == WORD_END || a == WORD_NAME || b.word == WORD_NAME) continue;
        TRY(followers_of(f, b.to, &third));
        for (int k = 0; k < third->n; k++)
            TRY(counts_add(&f->g->frame_triples, count_key(a, b.word, third->v[k].word), both * third->v[k].share));
    }
    return ERR_OK;
}

static err_t frames_count(struct frames *f) {
    for (int32_t i = 0; i < f->net->n_words; i++) {
        TRY(ngram_word_add(f->g, f->net->words[i], &f->words[i]));
        f->g->words[f->words[i]].of_frames = true;
    }
    TRY(shares_find(f));
    TRY(word_count(f, WORD_BEGIN, NODE_START, SENTENCES));
    for (int32_t i = 0; i < f->net->n_arcs; i++) {
        const struct net_arc *a = &f->net->arcs[i];
        double share = f->shares[a->from] * (double)a->weight * SENTENCES;
        if (!is_silent(a)) TRY(word_count(f, word_of(f, a->label), a->to, share));
    }
    return ERR_OK;
}

static bool is_sound(const struct net *n) {
    for (int32_t i = 0; i < n->n_arcs; i++)
        if (n->arcs[i].label == LABEL_ANY || n->arcs[i].label == LABEL_NUMERAL) return false;
    return n->n_nodes > NODE_END;
}

err_t ngram_frames(struct ngram *g, const struct net *net) {
    if (!is_sound(net)) return err_fail(ERR_ARG, "frames are made of a network for names only");
    size_t nodes = (size_t)net->n_nodes;
    struct frames f = {.g = g, .net = net};
    f.words = calloc((size_t)net->n_words + 1, sizeof *f.words);
    f.shares = calloc(nodes, sizeof *f.shares);
    f.followers = calloc(nodes, sizeof *f.followers);
    err_t err = f.words && f.shares && f.followers ? frames_count(&f) : no_memory();
    for (size_t i = 0; f.followers && i < nodes; i++) free(f.followers[i].v);
    free(f.words);
    free(f.shares);
    free(f.followers);
    return err;
}
