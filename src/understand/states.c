#include "understand/states.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/str.h"

enum { WEIGHT_MAX = 1000 };

static const double THRESHOLD_DEFAULT = 0.5, MARGIN_DEFAULT = 0.5, SURE_DEFAULT = 0;

/* "search_product:8" becomes "search_product" and 8; without a number it is 1. */
static bool weight_cut(char *word, float *weight) {
    char *colon = strchr(word, ':'), *end;
    *weight = 1;
    if (!colon) return true;
    *colon = '\0';
    long n = strtol(colon + 1, &end, 10);
    *weight = (float)n;
    return end != colon + 1 && !*end && n >= 1 && n <= WEIGHT_MAX;
}

struct intent_list {
    const char **intents;
    float *weights; /* NULL: none are given */
    int *n;
};

static err_t intents_read(struct intent_list out, const char *path, int line, const char *text) {
    char words[2048];
    if (!str_copy(words, sizeof(words), text)) return err_fail(ERR_FORMAT, "%s:%d: the list is too long", path, line);
    char *rest = words;
    for (char *word; (word = str_next_word(&rest));) {
        float weight;
        if (out.weights && !weight_cut(word, &weight))
            return err_fail(ERR_FORMAT, "%s:%d: behind '%s:' belongs a number from 1 to %d", path, line, word,
                            WEIGHT_MAX);
        enum intent_id id = intent_by_name(word);
        if (id == INTENT_NONE) return err_fail(ERR_FORMAT, "%s:%d: there is no intent '%s'", path, line, word);
        if (*out.n == INTENT_COUNT) return err_fail(ERR_FORMAT, "%s:%d: an intent is listed twice", path, line);
        if (out.weights) out.weights[*out.n] = weight;
        out.intents[(*out.n)++] = intent_name(id);
    }
    return *out.n ? ERR_OK : err_fail(ERR_FORMAT, "%s:%d: a state needs at least one intent", path, line);
}

static err_t state_read(struct state *out, struct config *c, const char *path, const char *name) {
    struct state s = {0};
    double threshold, margin, found, sure, likely, unlikely;
    if (!str_copy(s.name, sizeof(s.name), name))
        return err_fail(ERR_FORMAT, "%s: the name of the state [%s] is longer than %d bytes", path, name,
                        STATE_NAME_MAX - 1);
    const char *intents = config_string(c, name, "intents", NULL), *typed = config_string(c, name, "typed", NULL),
               *wordings;
    if (!intents) return err_fail(ERR_FORMAT, "%s: the state [%s] has no 'intents = ...'", path, name);
    struct intent_list all = {s.intents, s.weights, &s.n_intents}, of_typed = {s.typed, NULL, &s.n_typed};
    TRY(intents_read(all, path, config_line(c, name, "intents"), intents));
    if (typed) TRY(intents_read(of_typed, path, config_line(c, name, "typed"), typed));
    TRY(config_double(c, name, "threshold", 0, 1, THRESHOLD_DEFAULT, &threshold));
    TRY(config_double(c, name, "margin", 0, 1, MARGIN_DEFAULT, &margin));
    TRY(config_double(c, name, "found", 0, 1, margin, &found));
    TRY(config_double(c, name, "sure", 0, 1, SURE_DEFAULT, &sure));
    TRY(config_double(c, name, "likely", 0, 1, 0, &likely));
    TRY(config_double(c, name, "unlikely", 0, 1, 0, &unlikely));
    wordings = config_string(c, name, "wordings", "few");
    s.all_wordings = str_equal(wordings, "all");
    if (!s.all_wordings && !str_equal(wordings, "few"))
        return err_fail(ERR_FORMAT, "%s:%d: wordings is all or few, not '%.20s'", path,
                        config_line(c, name, "wordings"), wordings);
    s.threshold = (float)threshold;
    s.likely = (float)likely;
    s.unlikely = (float)unlikely;
    s.sure = (float)sure;
    s.margin = (float)margin;
    s.found = (float)fmin(found, margin);
    *out = s;
    return ERR_OK;
}

static err_t state_put(struct states *all, const char *path, const struct state *s) {
    int i = 0;
    while (i < all->n && !str_equal(all->v[i].name, s->name)) i++;
    if (i == STATES_MAX) return err_fail(ERR_FULL, "%s: there can be %d states", path, STATES_MAX);
    all->v[i] = *s;
    if (i == all->n) all->n++;
    return ERR_OK;
}

static err_t sections_read(struct states *all, struct config *c, const char *path) {
    const char *name;
    for (int i = 0; (name = config_section(c, i)); i++) {
        struct state s;
        TRY(state_read(&s, c, path, name));
        TRY(state_put(all, path, &s));
    }
    return config_finish(c);
}

static err_t file_read(struct states *all, const char *path) {
    struct config *c;
    TRY(config_load(&c, path));
    err_t err = sections_read(all, c, path);
    config_free(c);
    return err;
}

err_t states_load(struct states *out, const char *path, const char *extra) {
    struct states all = {0};
    TRY(file_read(&all, path));
    if (extra) TRY(file_read(&all, extra));
    *out = all;
    return ERR_OK;
}

const struct state *states_find(const struct states *s, const char *name) {
    for (int i = 0; i < s->n; i++)
        if (str_equal(s->v[i].name, name)) return &s->v[i];
    return NULL;
}
