/* Dialogue states as data: models/<locale>/states.ini, one section a state:
 *   [open]  intents = search_product:8 order_status ...   threshold = 0.5   margin = 0.5   wordings = all
 * The number behind an intent says how often it is meant beside the others (1 to 1000), for hearing.
 * `typed = name_product`: what typed words alone may mean.
 * Without a threshold or margin it is 0.5; without `found` that is the margin; without `sure`, which is less often
 * given, 0. `likely` and `unlikely` are 0 where they are not given. `wordings`: the "few" of grammar/heard.jsgf are
 * listened for, each as it is written, or (if those are not surely what was said) "all" of the grammar, by words that
 * may follow each other. A shop's own states.ini replaces sections of the same name. */
#ifndef SK_UNDERSTAND_STATES_H
#define SK_UNDERSTAND_STATES_H
#include "base/err.h"
#include "understand/intent.h"

enum { STATES_MAX = 16, STATE_NAME_MAX = 24 };

struct state {
    char name[STATE_NAME_MAX];
    const char *intents[INTENT_COUNT]; /* static names */
    float weights[INTENT_COUNT];       /* how often each is meant, beside the others */
    int n_intents;
    const char *typed[INTENT_COUNT]; /* static names: of typed words alone (typed.h) */
    int n_typed;
    float threshold; /* parse score, 0..1, from which typed words are accepted */
    float likely;    /* probability by cues.h from which typed words are accepted that the grammar refuses; 0 never */
    float unlikely;  /* and below which they are refused though the grammar accepts them (typed.h) */
    float sure;      /* confidence from which nothing that sounds alike is asked about */
    float margin;    /* confidence of the recogniser, 0..1, from which spoken words are accepted */
    bool all_wordings;
    float found; /* the same, at most margin, where they look in a large shop for what it has */
};

struct states {
    int n;
    struct state v[STATES_MAX];
};

/* `extra` may be NULL. ERR_FORMAT with file and line for an unknown intent or key. */
SK_MUST_USE err_t states_load(struct states *out, const char *path, const char *extra);
/* The state, or NULL. */
const struct state *states_find(const struct states *s, const char *name);

#endif
