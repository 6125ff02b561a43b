#include "understand/grammar.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "understand/model.h"
#include "understand/resolve.h"

enum { FILE_MAX_BYTES = 1024 * 1024, PATH_MAX_BYTES = 4096 };

static err_t no_memory(void) {
    return err_fail(ERR_MEMORY, "out of memory for a grammar");
}

/* ---- files ---- */

static err_t file_read(const char *path, char **out, size_t *bytes) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return err_fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot read the grammar %s: %s", path,
                        strerror(errno));
    char *text = malloc(FILE_MAX_BYTES + 1);
    size_t n = text ? fread(text, 1, FILE_MAX_BYTES + 1, file) : 0;
    err_t err = ERR_OK;
    if (!text)
        err = no_memory();
    else if (ferror(file))
        err = err_fail(ERR_IO, "cannot read the grammar %s: %s", path, strerror(errno));
    else if (n > FILE_MAX_BYTES)
        err = err_fail(ERR_FULL, "the grammar %s is larger than 1 MiB: split it and import the parts", path);
    fclose(file);
    if (err) {
        free(text);
        return err;
    }
    *out = text;
    *bytes = n;
    return ERR_OK;
}

static err_t source_parse(struct grammar *g, struct source *s) {
    char *text = NULL;
    size_t bytes = 0;
    TRY(file_read(s->path, &text, &bytes));
    err_t err = jsgf_parse(s, text, bytes, (struct jsgf_pools){&g->arena, &g->symbols, &g->actions, &g->n_rules});
    free(text);
    return err;
}

static err_t source_read(struct grammar *g, const char *path, struct source **out) {
    struct source *s = arena_alloc(&g->arena, sizeof(*s));
    if (!s || !(s->path = arena_copy(&g->arena, path, strlen(path)))) return no_memory();
    TRY(source_parse(g, s));
    struct source **end = &g->sources;
    while (*end) end = &(*end)->next;
    *end = s;
    *out = s;
    return ERR_OK;
}

/* "folder/name.jsgf" in the folder of `neighbour`. */
static err_t path_beside(char *out, size_t cap, const char *neighbour, const char *name) {
    const char *slash = strrchr(neighbour, '/');
    int folder = slash ? (int)(slash - neighbour + 1) : 0;
    int n = snprintf(out, cap, "%.*s%s.jsgf", folder, neighbour, name);
    return n >= 0 && (size_t)n < cap ? ERR_OK : err_fail(ERR_ARG, "the path of the grammar %s is too long", name);
}

static bool file_exists(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file) fclose(file);
    return file != NULL;
}

static err_t import_read(struct grammar *g, const struct source *by, const struct import *import, int *n_imports) {
    if (resolve_is_reserved(import->grammar) || resolve_source(g, import->grammar)) return ERR_OK;
    if (++*n_imports > IMPORTS_MAX)
        return place_fail(import->place, ERR_FULL, "a grammar can import %d files", IMPORTS_MAX);
    char path[PATH_MAX_BYTES];
    TRY(path_beside(path, sizeof(path), by->path, import->grammar));
    if (!file_exists(path)) TRY(path_beside(path, sizeof(path), g->main->path, import->grammar));
    if (!file_exists(path))
        return place_fail(import->place, ERR_NOT_FOUND, "cannot find %s.jsgf beside this file", import->grammar);
    struct source *s = NULL;
    TRY(source_read(g, path, &s));
    if (str_equal(s->name, import->grammar)) return ERR_OK;
    return err_fail(ERR_FORMAT, "%s: expected 'grammar %s;' as the file is called, found 'grammar %s;'", path,
                    import->grammar, s->name);
}

static err_t sources_read(struct grammar *g, const char *path, const char *extra) {
    int n_imports = 0;
    TRY(source_read(g, path, &g->main));
    if (extra) TRY(source_read(g, extra, &g->extra));
    for (const struct source *s = g->sources; s; s = s->next)
        for (const struct import *i = s->imports; i; i = i->next) TRY(import_read(g, s, i, &n_imports));
    return ERR_OK;
}

/* ---- the whole ---- */

static err_t actions_complete(struct grammar *g) {
    TRY(actions_add(&g->actions, (struct net_action){.kind = ACTION_OPEN}, &g->action_open));
    TRY(actions_add(&g->actions, (struct net_action){.kind = ACTION_PHRASE}, &g->action_phrase));
    TRY(actions_add(&g->actions, (struct net_action){.kind = ACTION_EXACT}, &g->action_exact));
    for (struct source *s = g->sources; s; s = s->next)
        for (struct rule *r = s->rules; r; r = r->next)
            TRY(actions_add(&g->actions, (struct net_action){.kind = ACTION_INTENT, .name = r->name}, &r->action));
    for (struct rule *r = g->filled; r; r = r->next)
        TRY(actions_add(&g->actions, (struct net_action){.kind = ACTION_WILD, .rule = r}, &r->action));
    return ERR_OK;
}

static err_t grammar_read(struct grammar *g, const char *path, const char *extra) {
    TRY(sources_read(g, path, extra));
    TRY(resolve_rules(g));
    return actions_complete(g);
}

err_t grammar_load(struct grammar **out, const char *path, const char *extra) {
    struct grammar *g = calloc(1, sizeof(*g));
    if (!g) return no_memory();
    err_t err = grammar_read(g, path, extra);
    if (err) {
        grammar_free(g);
        return err;
    }
    *out = g;
    return ERR_OK;
}

void grammar_free(struct grammar *g) {
    if (!g) return;
    for (struct rule *r = g->filled; r; r = r->next) fill_free(r->fill);
    symbols_free(&g->symbols);
    free(g->actions.v);
    arena_free(&g->arena);
    free(g);
}

err_t grammar_fill(struct grammar *g, const char *rule, const char *const *phrases, size_t n, bool open) {
    struct rule *r = g->filled;
    while (r && !str_equal(r->name, rule)) r = r->next;
    if (!r) return err_fail(ERR_NOT_FOUND, "no grammar mentions <shop.%s>", rule);
    struct fill *fill;
    TRY(fill_create(&fill, &g->symbols, phrases, n, open));
    fill_free(r->fill);
    r->fill = fill;
    return ERR_OK;
}

static const struct rule *public_rule(const struct source *s, const char *name) {
    const struct rule *r = s ? resolve_rule(s, name) : NULL;
    return r && r->is_public ? r : NULL;
}

int grammar_intents(const struct grammar *g, const char *name, const struct rule **out) {
    int n = 0;
    out[0] = public_rule(g->extra, name);
    if (!out[0]) out[0] = public_rule(g->main, name);
    if (out[0]) return 1;
    for (const struct source *s = g->sources; s; s = s->next) {
        const struct rule *r = s != g->main && s != g->extra ? public_rule(s, name) : NULL;
        if (r) out[n++] = r;
    }
    return n;
}

int grammar_fillers(const struct grammar *g, const struct rule **out) {
    int n = 0;
    for (const struct source *s = g->sources; s; s = s->next) {
        const struct rule *r = resolve_rule(s, "filler");
        if (r) out[n++] = r;
    }
    return n;
}
