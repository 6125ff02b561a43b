#include "understanding.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODELS SK_DATA_DIR "/models/en-US/"

enum { PHRASES_MAX = 4096, LINE_SIZE = 512 };

/* The phrases of one rule at a time: lines of a rule stand together. */
struct rule {
    char name[64];
    bool open;
    char *phrases[PHRASES_MAX];
    size_t n;
};

static err_t rule_fill(struct rule *r, struct grammar *g) {
    err_t err = ERR_OK;
    if (*r->name) err = grammar_fill(g, r->name, (const char *const *)r->phrases, r->n, r->open);
    for (size_t i = 0; i < r->n; i++) free(r->phrases[i]);
    *r = (struct rule){0};
    return err == ERR_NOT_FOUND ? ERR_OK : err; /* the grammar does not speak of it */
}

static err_t fill_line(struct rule *r, struct grammar *g, char *line) {
    char *phrase = strchr(line, '\t');
    if (!phrase || r->n == PHRASES_MAX) return err_fail(ERR_FORMAT, "expected rule<TAB>phrase, got '%s'", line);
    *phrase++ = '\0';
    size_t length = strcspn(line, "*");
    if (strlen(r->name) != length || strncmp(r->name, line, length) != 0) {
        TRY(rule_fill(r, g));
        snprintf(r->name, sizeof r->name, "%.*s", (int)length, line);
        r->open = line[length] == '*';
    }
    r->phrases[r->n] = strdup(phrase);
    return r->phrases[r->n++] ? ERR_OK : err_fail(ERR_MEMORY, "not enough memory for the shop's words");
}

static err_t fill_from(struct grammar *g, const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) return err_fail(ERR_IO, "%s: %s", path, strerror(errno));
    char line[LINE_SIZE];
    struct rule rule = {0};
    err_t err = ERR_OK;
    while (!err && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        if (*line && *line != '#') err = fill_line(&rule, g, line);
    }
    err_t last = rule_fill(&rule, g);
    fclose(file);
    return err_prefix(err ? err : last, "%s", path);
}

static const char *if_there(const char *path) {
    return access(path, R_OK) == 0 ? path : NULL;
}

err_t understanding_open(struct understanding *out, const char *shop, const char *fill) {
    struct understanding u = {0};
    char menu[PATH_MAX], states[PATH_MAX];
    snprintf(menu, sizeof menu, SK_DATA_DIR "/catalog/%s/grammar/menu.jsgf", shop);
    snprintf(states, sizeof states, SK_DATA_DIR "/catalog/%s/states.ini", shop);
    TRY(grammar_load(&u.grammar, MODELS "grammar/main.jsgf", if_there(menu)));
    err_t err = fill_from(u.grammar, fill);
    if (!err) err = states_load(&u.states, MODELS "states.ini", if_there(states));
    if (!err) err = cues_load(&u.cues, MODELS "cues.txt");
    if (err) {
        grammar_free(u.grammar);
        return err;
    }
    *out = u;
    return ERR_OK;
}

void understanding_close(struct understanding *u) {
    for (int i = 0; i < STATES_MAX; i++) parser_destroy(u->parsers[i]);
    cues_free(u->cues);
    grammar_free(u->grammar);
    *u = (struct understanding){0};
}

err_t understanding_parse(struct understanding *u, const char *state, const char *text, struct intent *out) {
    const struct state *s = states_find(&u->states, state);
    if (!s) return err_fail(ERR_NOT_FOUND, "no state is called '%s'", state);
    struct parser **p = &u->parsers[s - u->states.v];
    if (!*p) {
        const char *all[2 * INTENT_COUNT];
        size_t n = 0;
        for (int i = 0; i < s->n_intents; i++) all[n++] = s->intents[i];
        for (int i = 0; i < s->n_typed; i++) all[n++] = s->typed[i];
        TRY(parser_create(p, u->grammar, all, n, s->threshold));
    }
    typed_parse(*p, u->cues, s, text, out);
    return ERR_OK;
}
