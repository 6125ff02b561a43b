#include "hear/held.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "hear/fsg.h"

/* ---- copies of networks ---- */

static void net_drop(struct net *n) {
    free(n->arcs);
    free(n->first);
    free(n->words);
    *n = (struct net){0};
}

/* The words are stored behind the pointers to them, in one piece. */
static const char **words_copy(const struct net *n) {
    size_t pointers = ((size_t)n->n_words + 1) * sizeof(char *), bytes = 0;
    for (int32_t i = 0; i < n->n_words; i++) bytes += strlen(n->words[i]) + 1;
    const char **words = malloc(pointers + bytes);
    if (!words) return NULL;
    char *at = (char *)words + pointers;
    for (int32_t i = 0; i < n->n_words; i++) {
        words[i] = at;
        at = stpcpy(at, n->words[i]) + 1;
    }
    return words;
}

static err_t net_copy(struct net *out, const struct net *n) {
    size_t arcs = (size_t)n->n_arcs * sizeof *n->arcs, first = ((size_t)n->n_nodes + 1) * sizeof *n->first;
    struct net copy = {.n_nodes = n->n_nodes, .n_arcs = n->n_arcs, .n_words = n->n_words};
    copy.arcs = malloc(arcs + 1);
    copy.first = malloc(first);
    copy.words = words_copy(n);
    if (!copy.arcs || !copy.first || !copy.words) {
        net_drop(&copy);
        return err_fail(ERR_MEMORY, "out of memory for a grammar");
    }
    memcpy(copy.arcs, n->arcs, arcs);
    memcpy(copy.first, n->first, first);
    *out = copy;
    return ERR_OK;
}

/* ---- states ---- */

static bool search_name(char out[HELD_NAME_MAX], const char *state) {
    int n = snprintf(out, HELD_NAME_MAX, "state:%s", state);
    return n > 0 && n < HELD_NAME_MAX;
}

int held_find(const struct held *h, const char *state) {
    char name[HELD_NAME_MAX];
    if (!state || !search_name(name, state)) return -1;
    for (int i = 0; i < h->n; i++)
        if (str_equal(h->v[i].search, name)) return i;
    return -1;
}

static void search_drop(struct held_net *s, struct decoder *d) {
    if (s->built) decoder_drop(d, s->search);
    s->built = false;
}

/* The place of a state, a new one if it is not held yet. */
static err_t place_find(struct held *h, struct decoder *d, const char *state, struct held_net **out) {
    char name[HELD_NAME_MAX];
    if (!state || !search_name(name, state)) return err_fail(ERR_ARG, "the name of a dialogue state is too long");
    int at = held_find(h, state);
    if (at < 0 && h->n == HELD_MAX)
        return err_fail(ERR_FULL, "there are %d dialogue states already; no room for %s", HELD_MAX, state);
    if (at < 0) at = h->n++;
    struct held_net *s = &h->v[at];
    search_drop(s, d);
    net_drop(&s->net);
    str_copy(s->search, sizeof s->search, name);
    s->names = s->wordings = false;
    *out = s;
    return ERR_OK;
}

err_t held_set_names(struct held *h, struct decoder *d, const char *state) {
    struct held_net *s;
    TRY(place_find(h, d, state, &s));
    s->names = true;
    return ERR_OK;
}

err_t held_add_wordings(struct held *h, const char *state) {
    int at = held_find(h, state);
    if (at < 0) return err_fail(ERR_NOT_FOUND, "nothing is listened for in a state \"%.40s\"", state);
    h->v[at].wordings = true;
    return ERR_OK;
}

err_t held_set(struct held *h, struct decoder *d, const struct lexicon *lexicon, const char *state,
               const struct net *net, int *n_left_out) {
    struct held_net *s;
    TRY(err_prefix(fsg_check(net, lexicon, n_left_out), "grammar of state %s", state ? state : ""));
    struct net copy;
    TRY(net_copy(&copy, net));
    err_t err = place_find(h, d, state, &s);
    if (err) {
        net_drop(&copy);
        return err;
    }
    s->net = copy;
    return ERR_OK;
}

/* Lets searches go, the least recently used first, until there is room for `arcs` more. */
static void make_room(struct held *h, struct decoder *d, int32_t arcs) {
    for (;;) {
        struct held_net *oldest = NULL;
        int64_t kept = arcs;
        for (struct held_net *s = h->v; s < h->v + h->n; s++) {
            if (!s->built) continue;
            kept += s->net.n_arcs;
            if (!oldest || s->used < oldest->used) oldest = s;
        }
        if (!oldest || kept <= h->arcs_kept) return;
        search_drop(oldest, d);
    }
}

err_t held_search(struct held *h, struct decoder *d, const struct lexicon *lexicon, int state, const char **search) {
    struct held_net *s = &h->v[state];
    if (s->names) {
        *search = HELD_NAMES;
        return ERR_OK;
    }
    if (!s->built) {
        make_room(h, d, s->net.n_arcs);
        TRY(decoder_set_net(d, s->search, &s->net, lexicon));
        s->built = true;
    }
    s->used = ++h->uses;
    *search = s->search;
    return ERR_OK;
}

void held_clear(struct held *h) {
    for (int i = 0; i < h->n; i++) net_drop(&h->v[i].net);
    h->n = 0;
}
