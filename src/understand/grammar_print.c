#include "base/fingerprint.h"
#include "understand/model.h"

static void add_word(uint64_t *print, const struct grammar *g, int32_t word) {
    *print = fingerprint_add_text(*print, g->symbols.names[word]);
}

static void add_expr(uint64_t *print, const struct grammar *g, const struct expr *e) {
    *print = fingerprint_add(*print, &e->kind, sizeof e->kind);
    *print = fingerprint_add(*print, &e->weight, sizeof e->weight);
    if (e->kind == EXPR_WORD) add_word(print, g, e->word);
    if (e->kind == EXPR_RULE) *print = fingerprint_add_text(*print, e->name);
    for (const struct expr *child = e->first; child; child = child->next) add_expr(print, g, child);
    *print = fingerprint_add(*print, ")", 1);
}

static void add_rule(uint64_t *print, const struct grammar *g, const struct rule *r) {
    *print = fingerprint_add_text(*print, r->name);
    if (r->body) add_expr(print, g, r->body);
    for (int32_t i = 0; r->fill && i < r->fill->n; i++) {
        for (int32_t k = 0; k < r->fill->phrases[i].n; k++) add_word(print, g, r->fill->phrases[i].words[k]);
        *print = fingerprint_add(*print, ";", 1);
    }
}

uint64_t grammar_fingerprint(const struct grammar *g) {
    uint64_t print = FINGERPRINT_BEGIN;
    for (const struct source *s = g->sources; s; s = s->next) {
        print = fingerprint_add_text(print, s->name);
        for (const struct rule *r = s->rules; r; r = r->next) add_rule(&print, g, r);
    }
    for (const struct rule *r = g->filled; r; r = r->next) add_rule(&print, g, r);
    return print;
}
