/* The cheapest way through a network for a row of words: Viterbi search by passing tokens from node to node.
 *
 * Costs are in hundred-thousandths of a skipped word or so (see COST_ below); what is left of a thousand is there to
 * break ties by the weights of the grammar and does not count for the score. */
#ifndef SK_UNDERSTAND_SEARCH_H
#define SK_UNDERSTAND_SEARCH_H
#include <stdbool.h>
#include <stdint.h>

#include "understand/model.h"

enum {
    COST_ONE = 100000,
    COST_TIE = COST_ONE / 100, /* smaller than any of the following */
    COST_FILLER = COST_ONE / 20,
    COST_WILD_KNOWN = COST_ONE * 15 / 100, /* for LABEL_ANY: a word of the rule's phrases */
    COST_WILD = COST_ONE * 30 / 100,       /* another word */
    COST_TYPO = COST_ONE * 40 / 100,       /* for each edit */
    COST_SKIP = COST_ONE * 110 / 100,      /* so that half the words skipped are more than half the score */
    COST_SKIP_SMALL = COST_ONE * 50 / 100, /* "it", "for": hardly more than a filler */
    COST_MISSING = COST_ONE * 120 / 100,
    COST_NONE = INT32_MAX,
};

enum {
    HEARD_MAX = 64,
    READINGS_MAX = 4,
    MISSING_WORDS_MIN = 3, /* matched, for one to be missing */
    MISSING_BYTES_MAX = 5, /* of that one */
    SMALL_BYTES_MAX = 3,   /* of a word that is skipped for COST_SKIP_SMALL */
};

struct heard { /* a word of the utterance */
    const char *text;
    int32_t symbol; /* number in the grammar, -1 if it does not know it */
    bool numeral, filler;
    int n_readings; /* labels of the network that it may stand for: itself, or what it is a misspelling of */
    struct reading {
        int32_t label, cost;
    } readings[READINGS_MAX];
};

enum step_kind {
    STEP_ACTION,  /* value: the action; word: the first word after it */
    STEP_SKIPPED, /* word: the one that was passed over */
    STEP_MISSING,
    STEP_TYPO,    /* value: the label that the word was taken for */
    STEP_NUMERAL, /* the word is a number that counts */
};

struct step { /* what is worth remembering of the way; the newest knows the one before */
    int32_t before, value;
    int16_t word;
    int16_t kind;
};

struct search;

/* Borrows the network. ERR_MEMORY. */
SK_MUST_USE err_t search_create(struct search **out, const struct net *net);
void search_destroy(struct search *s);

struct search_limits {
    int32_t cost;        /* ways that cost more are not followed */
    bool tolerant;       /* words may be skipped, and one may be missing */
    const bool *allowed; /* by enum intent_id: what it may mean; NULL anything */
};

/* The cost of the cheapest way for the n words, COST_NONE if there is none. */
int32_t search_run(struct search *s, const struct heard *words, int n, struct search_limits limits);
/* The steps of the way that search_run() found, first to last: the next after `step`, NULL at the end. */
const struct step *search_next_step(struct search *s, const struct step *step);
/* How many of the n words the network accepts exactly at most, from the first one. */
int search_prefix(struct search *s, const struct heard *words, int n);

#endif
