#include "hear/align.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { WORDS_MAX = 32, CHAINS_MAX = 256, STATES_MAX = 4096, TEXT_MAX = 512 };

static const float NEVER = 1e30f;

/* How a state was reached. */
enum move { STAYED, STEPPED, ENTERED };

/* A pronunciation from one boundary between words to the next, or a silence that leads back to where it was. */
struct chain {
    int from, to;    /* boundaries */
    int first, last; /* states */
};

struct align {
    const struct mdef *mdef; /* borrowed */
    struct chain chains[CHAINS_MAX];
    uint16_t senone[STATES_MAX];
    float cost[STATES_MAX];
    int n_chains, n_states, n_boundaries;
    size_t n, room;  /* frames */
    uint8_t *moves;  /* [frame][state] */
    int16_t *behind; /* [frame][boundary]: the chain that ended there in the frame before, -1 none */
};

/* ---- the sentence ---- */

static int phone_by_name(const struct mdef *m, const char *name) {
    for (int p = 0; p < m->n_phones; p++)
        if (str_equal(m->phones[p], name)) return p;
    return -1;
}

static err_t add_phone(struct align *a, const char *name) {
    int phone = phone_by_name(a->mdef, name);
    if (phone < 0) return err_fail(ERR_MODEL, "the acoustic model has no phone %s", name);
    if (a->n_states + MDEF_STATES > STATES_MAX) return err_fail(ERR_FULL, "the sentence is too long");
    for (int k = 0; k < MDEF_STATES; k++) a->senone[a->n_states++] = a->mdef->of[phone][k];
    return ERR_OK;
}

static err_t add_chain(struct align *a, int from, int to, const char *phones) {
    char text[TEXT_MAX];
    if (a->n_chains == CHAINS_MAX || !str_copy(text, sizeof text, phones))
        return err_fail(ERR_FULL, "the sentence is too long");
    struct chain chain = {.from = from, .to = to, .first = a->n_states};
    for (char *rest = text, *phone; (phone = str_next_word(&rest));) TRY(add_phone(a, phone));
    chain.last = a->n_states - 1;
    if (chain.last >= chain.first) a->chains[a->n_chains++] = chain;
    return ERR_OK;
}

static err_t add_words(struct align *a, const struct lexicon *lexicon, const char *sentence) {
    char text[TEXT_MAX];
    const char *phones;
    int at = 0;
    if (!str_copy(text, sizeof text, sentence)) return err_fail(ERR_FULL, "the sentence is too long");
    for (char *rest = text, *word; (word = str_next_word(&rest)); at++) {
        if (at == WORDS_MAX) return err_fail(ERR_FULL, "the sentence has more than %d words", WORDS_MAX);
        if (!lexicon_phones(lexicon, word, 0))
            return err_fail(ERR_NOT_FOUND, "nobody knows how to pronounce \"%s\"", word);
        for (int i = 0; (phones = lexicon_phones(lexicon, word, i)); i++) TRY(add_chain(a, at, at + 1, phones));
    }
    if (!at) return err_fail(ERR_ARG, "a sentence has no words");
    a->n_boundaries = at + 1;
    for (int b = 0; b <= at; b++) TRY(add_chain(a, b, b, "SIL"));
    return ERR_OK;
}

static err_t allocate(struct align *a, size_t frames) {
    a->room = frames;
    a->moves = malloc(frames * (size_t)a->n_states);
    a->behind = malloc(frames * (size_t)a->n_boundaries * sizeof *a->behind);
    for (int i = 0; i < a->n_states; i++) a->cost[i] = NEVER;
    return a->moves && a->behind ? ERR_OK : err_fail(ERR_MEMORY, "out of memory for a sentence");
}

err_t align_create(struct align **out, const struct mdef *m, const struct lexicon *lexicon, const char *sentence,
                   size_t frames) {
    struct align *a = calloc(1, sizeof *a);
    if (!a) return err_fail(ERR_MEMORY, "out of memory for a sentence");
    a->mdef = m;
    err_t err = add_words(a, lexicon, sentence);
    if (!err) err = allocate(a, frames);
    if (err) {
        align_destroy(a);
        return err;
    }
    *out = a;
    return ERR_OK;
}

void align_destroy(struct align *a) {
    if (!a) return;
    free(a->moves);
    free(a->behind);
    free(a);
}

/* ---- the path ---- */

/* The cheapest chain that has come to its end at a boundary; -1 if none has. */
static int16_t ended_at(const struct align *a, int boundary) {
    int best = -1;
    for (int c = 0; c < a->n_chains; c++) {
        if (a->chains[c].to != boundary || a->cost[a->chains[c].last] >= NEVER) continue;
        if (best < 0 || a->cost[a->chains[c].last] < a->cost[a->chains[best].last]) best = c;
    }
    return (int16_t)best;
}

static void move_chain(struct align *a, const struct chain *c, float entry, const int16_t *costs, uint8_t *moves) {
    for (int i = c->last; i >= c->first; i--) {
        float before = i > c->first ? a->cost[i - 1] : entry;
        moves[i] = STAYED;
        if (before < a->cost[i]) {
            a->cost[i] = before;
            moves[i] = i > c->first ? STEPPED : ENTERED;
        }
        if (a->cost[i] < NEVER) a->cost[i] += costs[a->senone[i]];
    }
}

void align_frame(struct align *a, const int16_t *costs) {
    if (a->n == a->room) return;
    float entry[WORDS_MAX + 1];
    int16_t *behind = a->behind + a->n * (size_t)a->n_boundaries;
    for (int b = 0; b < a->n_boundaries; b++) {
        behind[b] = a->n ? ended_at(a, b) : -1;
        entry[b] = behind[b] >= 0 ? a->cost[a->chains[behind[b]].last] : NEVER;
    }
    if (!a->n) entry[0] = 0;
    for (int c = 0; c < a->n_chains; c++)
        move_chain(a, &a->chains[c], entry[a->chains[c].from], costs, a->moves + a->n * (size_t)a->n_states);
    a->n++;
}

bool align_end(const struct align *a, float *cost, uint16_t *senones) {
    int chain = a->n ? ended_at(a, a->n_boundaries - 1) : -1;
    if (chain < 0) return false;
    int state = a->chains[chain].last;
    *cost = a->cost[state];
    for (size_t t = a->n; t-- > 0;) {
        senones[t] = a->senone[state];
        switch (a->moves[t * (size_t)a->n_states + (size_t)state]) {
            case STEPPED:
                state--;
                break;
            case ENTERED:
                chain = a->behind[t * (size_t)a->n_boundaries + (size_t)a->chains[chain].from];
                if (chain >= 0) state = a->chains[chain].last; /* else it is the first frame */
                break;
            default:
                break;
        }
    }
    return true;
}

size_t align_frames(const struct align *a) {
    return a->n;
}
