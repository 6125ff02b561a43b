/* The inside of a grammar, shared by grammar.c that reads it, fill.c that fills it and net.c that builds from it. */
#ifndef SK_UNDERSTAND_MODEL_H
#define SK_UNDERSTAND_MODEL_H
#include "understand/grammar.h"
#include "understand/jsgf.h"

struct phrase {
    const int32_t *words;
    int32_t n;
};

/* What a rule of <shop.*> stands for: its phrases sorted by their words, each once. */
struct fill {
    bool open;
    int32_t n;
    struct phrase *phrases;
    int32_t *words;     /* of all phrases */
    unsigned char *has; /* a bit for each word of the grammar that occurs in them */
    int32_t n_has;      /* words beyond do not */
};

enum { IMPORTS_MAX = 32, SOURCES_MAX = IMPORTS_MAX + 2 };

struct grammar {
    struct arena arena;
    struct symbols symbols;
    struct actions actions;      /* not changed after loading: networks borrow them */
    struct source *main, *extra; /* extra may be NULL */
    struct source *sources;      /* all of them */
    struct rule *filled;         /* the rules of <shop.*> that are mentioned */
    struct rule *numeral;        /* <builtin.numeral> */
    int32_t n_rules;
    int32_t action_open, action_phrase, action_exact;
};

/* The public rules that are the intent `name`: those of the main file and the extra one; if these have none, those of
 * the files they import. `out` must hold SOURCES_MAX. Returns how many. */
int grammar_intents(const struct grammar *g, const char *name, const struct rule **out);
/* The rules <filler>, likewise, of every file. */
int grammar_fillers(const struct grammar *g, const struct rule **out);

SK_MUST_USE err_t fill_create(struct fill **out, struct symbols *symbols, const char *const *phrases, size_t n,
                              bool open);
void fill_free(struct fill *f);
bool fill_has(const struct fill *f, int32_t word);
/* They hold the same phrases. */
bool fill_same(const struct fill *a, const struct fill *b);

/* The fillers alone as a NET_PARSE network. ERR_NOT_FOUND if there are none. */
SK_MUST_USE err_t net_build_fillers(struct net **out, const struct grammar *g);

#endif
