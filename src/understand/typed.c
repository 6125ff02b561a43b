#include "understand/typed.h"

#include <math.h>

static const float AS_IT_STANDS = 0.9f; /* the score of at most a filler and a small word too many */
static const float NEAREST = 0.3f;      /* of which the slots are still taken */
static const float NO_WORSE = 0.5f;     /* of the likeliest intent's probability: the grammar chooses among these */

static const float NAMED = 0.8f; /* of names alone: at least words of such */

static void refuse(struct intent *out) {
    out->id = INTENT_NONE;
    out->accepted = false;
    out->score = 0;
    out->n_slots = 0;
}

/* What the state allows, the likeliest of it. */
static enum intent_id likeliest(const struct state *state, const struct weighed *w) {
    enum intent_id best = INTENT_NONE;
    for (int i = 0; i < state->n_intents; i++) {
        enum intent_id id = intent_by_name(state->intents[i]);
        if (w->worded[id] > w->worded[best]) best = id;
    }
    return best;
}

static void accept_likely(struct parser *p, const struct state *state, const struct weighed *w, const char *text,
                          struct intent *out) {
    bool allowed[INTENT_COUNT] = {false};
    enum intent_id best = likeliest(state, w);
    if (best == INTENT_NONE || w->worded[best] < state->likely) return;
    for (int i = 0; i < state->n_intents; i++) {
        enum intent_id id = intent_by_name(state->intents[i]);
        allowed[id] = w->worded[id] >= NO_WORSE * w->worded[best];
    }
    parser_parse_only(p, allowed, NEAREST, text, out);
    if (!out->accepted) out->id = best;
    out->accepted = true;
    out->score = fmaxf(out->score, state->threshold);
}

/* What names alone mean to somebody who types to a shop. */
static enum intent_id meant_by(enum intent_id id) {
    return id == INTENT_list_products ? INTENT_add_to_cart : id == INTENT_name_product ? INTENT_search_product : id;
}

static void accept_named(struct parser *p, const struct state *state, const char *text, struct intent *out) {
    bool allowed[INTENT_COUNT] = {false};
    struct intent named;
    for (int i = 0; i < state->n_typed; i++) allowed[intent_by_name(state->typed[i])] = true;
    parser_parse_only(p, allowed, NAMED, text, &named);
    if (!named.accepted || named.score <= out->score) return;
    *out = named;
    out->id = meant_by(named.id);
}

void typed_parse(struct parser *p, const struct cues *cues, const struct state *state, const char *text,
                 struct intent *out) {
    parser_parse_in(p, state, text, out);
    if (state->n_typed > 0 && out->score < AS_IT_STANDS) accept_named(p, state, text, out);
    if (!cues || (out->accepted && out->score >= AS_IT_STANDS)) return;
    struct weighed w;
    cues_weigh(cues, out->text, &w);
    if (out->accepted && w.known[out->id] && w.of[out->id] < state->unlikely) refuse(out);
    if (!out->accepted && state->likely > 0) accept_likely(p, state, &w, text, out);
}
