#include "understand/resolve.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

enum { RULES_DEEP_MAX = 64, LOOKED_INTO = -1 };

bool resolve_is_reserved(const char *grammar) {
    return str_equal(grammar, "shop") || str_equal(grammar, "builtin");
}

struct source *resolve_source(const struct grammar *g, const char *grammar) {
    struct source *s = g->sources;
    while (s && !str_equal(s->name, grammar)) s = s->next;
    return s;
}

struct rule *resolve_rule(const struct source *s, const char *name) {
    struct rule *r = s->rules;
    while (r && !str_equal(r->name, name)) r = r->next;
    return r;
}

/* ---- names ---- */

/* A rule of a reserved grammar comes into being when it is first mentioned. */
static err_t reserved_rule(struct grammar *g, const char *grammar, const char *name, struct place at,
                           struct rule **out) {
    bool builtin = str_equal(grammar, "builtin");
    if (builtin && !str_equal(name, "numeral"))
        return place_fail(at, ERR_FORMAT, "expected <builtin.numeral>, found <builtin.%s>", name);
    struct rule **end = builtin ? &g->numeral : &g->filled;
    while (*end && !str_equal((*end)->name, name)) end = &(*end)->next;
    if (!*end) {
        *end = arena_alloc(&g->arena, sizeof(**end));
        if (!*end) return err_fail(ERR_MEMORY, "out of memory for a grammar");
        (*end)->name = name;
        (*end)->place = at;
    }
    *out = *end;
    return ERR_OK;
}

static err_t public_rule(const struct source *s, const char *name, struct place at, struct rule **out) {
    struct rule *r = resolve_rule(s, name);
    if (!r) return place_fail(at, ERR_FORMAT, "expected a rule that exists, but %s has no <%s>", s->path, name);
    if (!r->is_public)
        return place_fail(at, ERR_FORMAT, "expected a public rule, but <%s> in %s is not: write 'public' before it",
                          name, s->path);
    *out = r;
    return ERR_OK;
}

static err_t qualified_rule(struct grammar *g, const struct source *in, const struct expr *e, struct rule **out) {
    const char *dot = strrchr(e->name, '.');
    char grammar[128];
    snprintf(grammar, sizeof(grammar), "%.*s", (int)(dot - e->name), e->name);
    if (resolve_is_reserved(grammar)) return reserved_rule(g, grammar, dot + 1, e->place, out);
    struct source *s = resolve_source(g, grammar);
    if (!s)
        return place_fail(e->place, ERR_FORMAT, "expected a grammar that is imported, but there is no 'import <%s.*>;'",
                          grammar);
    struct rule *own = s == in ? resolve_rule(s, dot + 1) : NULL;
    if (!own) return public_rule(s, dot + 1, e->place, out);
    *out = own;
    return ERR_OK;
}

static err_t imported_rule(struct grammar *g, const struct source *in, const struct expr *e, struct rule **out) {
    struct rule *found = NULL;
    for (const struct import *i = in->imports; i; i = i->next) {
        if (i->rule && !str_equal(i->rule, e->name)) continue;
        struct rule *r = NULL;
        if (!resolve_is_reserved(i->grammar)) {
            r = resolve_rule(resolve_source(g, i->grammar), e->name);
            if (r && !r->is_public) r = NULL;
        } else if (i->rule) {
            TRY(reserved_rule(g, i->grammar, i->rule, i->place, &r));
        }
        if (r && found && r != found)
            return place_fail(e->place, ERR_FORMAT,
                              "expected one meaning, but <%s> is in %s and in %s: write <grammar.%s>", e->name,
                              found->place.file, r->place.file, e->name);
        if (r) found = r;
    }
    if (!found)
        return place_fail(e->place, ERR_FORMAT,
                          "expected a rule that exists, but <%s> is neither defined here nor imported", e->name);
    *out = found;
    return ERR_OK;
}

static err_t mention_resolve(struct grammar *g, const struct source *in, struct expr *e) {
    if (strchr(e->name, '.')) return qualified_rule(g, in, e, &e->rule);
    e->rule = resolve_rule(in, e->name);
    return e->rule ? ERR_OK : imported_rule(g, in, e, &e->rule);
}

static err_t expr_resolve(struct grammar *g, const struct source *in, struct expr *e) {
    if (e->kind == EXPR_RULE) return mention_resolve(g, in, e);
    for (struct expr *child = e->first; child; child = child->next) TRY(expr_resolve(g, in, child));
    return ERR_OK;
}

static err_t imports_check(struct grammar *g, const struct source *s) {
    for (const struct import *i = s->imports; i; i = i->next) {
        struct rule *ignored;
        if (i->rule && resolve_is_reserved(i->grammar))
            TRY(reserved_rule(g, i->grammar, i->rule, i->place, &ignored));
        else if (i->rule)
            TRY(public_rule(resolve_source(g, i->grammar), i->rule, i->place, &ignored));
    }
    return ERR_OK;
}

/* ---- depth ---- */

static err_t rule_measure(struct rule *r, int above);

/* The depth of the deepest rule in an expansion that is itself `above` rules deep. */
static err_t expr_measure(const struct expr *e, int above, int *deepest) {
    if (e->kind == EXPR_RULE) {
        if (e->rule->depth == LOOKED_INTO)
            return place_fail(e->place, ERR_FORMAT, "expected no recursion, but <%s> is part of itself: use '*' or '+'",
                              e->rule->name);
        TRY(rule_measure(e->rule, above));
        if (e->rule->depth > *deepest) *deepest = e->rule->depth;
    }
    for (const struct expr *child = e->first; child; child = child->next) TRY(expr_measure(child, above, deepest));
    return ERR_OK;
}

static err_t rule_measure(struct rule *r, int above) {
    if (r->depth > 0 || !r->body) return ERR_OK;
    int deepest = 0;
    r->depth = LOOKED_INTO;
    if (above < RULES_DEEP_MAX) TRY(expr_measure(r->body, above + 1, &deepest));
    r->depth = deepest + 1;
    if (above >= RULES_DEEP_MAX || r->depth > RULES_DEEP_MAX)
        return place_fail(r->place, ERR_FULL, "rules can be nested %d deep", RULES_DEEP_MAX);
    return ERR_OK;
}

err_t resolve_rules(struct grammar *g) {
    for (struct source *s = g->sources; s; s = s->next) {
        TRY(imports_check(g, s));
        for (struct rule *r = s->rules; r; r = r->next) TRY(expr_resolve(g, s, r->body));
    }
    for (struct source *s = g->sources; s; s = s->next)
        for (struct rule *r = s->rules; r; r = r->next) TRY(rule_measure(r, 0));
    return ERR_OK;
}
