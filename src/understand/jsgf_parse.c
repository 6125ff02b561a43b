#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "understand/intent.h"
#include "understand/jsgf_lex.h"
#include "understand/tag.h"
#include "understand/words.h"

enum { NAME_MAX_BYTES = 96, ACTIONS_MAX = 65536 };

struct reader {
    struct lexer lexer;
    struct token token; /* the next one */
    struct source *source;
    struct jsgf_pools pools;
    int nesting;
};

err_t actions_add(struct actions *a, struct net_action action, int32_t *out) {
    if (a->n >= ACTIONS_MAX) return err_fail(ERR_FULL, "a grammar can hold %d tags", ACTIONS_MAX);
    if (a->n == a->room) {
        int32_t room = a->room ? 2 * a->room : 256;
        struct net_action *v = realloc(a->v, (size_t)room * sizeof(*v));
        if (!v) return err_fail(ERR_MEMORY, "out of memory for a grammar");
        a->v = v;
        a->room = room;
    }
    a->v[a->n] = action;
    *out = a->n++;
    return ERR_OK;
}

/* ---- tokens ---- */

static err_t advance(struct reader *r) {
    return lexer_next(&r->lexer, &r->token);
}

static err_t expected(const struct reader *r, const char *what) {
    static const char *const frames[][2] = {
        [TOKEN_WORD] = {"'", "'"}, [TOKEN_QUOTED] = {"\"", "\""}, [TOKEN_RULE] = {"<", ">"},
        [TOKEN_TAG] = {"{", "}"},  [TOKEN_WEIGHT] = {"/", "/"},   [TOKEN_SIGN] = {"'", "'"},
    };
    const struct token *t = &r->token;
    if (t->kind == TOKEN_END) return place_fail(t->place, ERR_FORMAT, "expected %s, found the end of the file", what);
    return place_fail(t->place, ERR_FORMAT, "expected %s, found %s%.60s%s", what, frames[t->kind][0], t->text,
                      frames[t->kind][1]);
}

static bool is_sign(const struct reader *r, char sign) {
    return r->token.kind == TOKEN_SIGN && r->token.sign == sign;
}

static bool is_word(const struct reader *r, const char *word) {
    return r->token.kind == TOKEN_WORD && str_equal(r->token.text, word);
}

static err_t take_sign(struct reader *r, char sign, const char *what) {
    return is_sign(r, sign) ? advance(r) : expected(r, what);
}

static err_t copy_text(struct reader *r, const char *text, size_t bytes, const char **out) {
    *out = arena_copy(r->pools.arena, text, bytes);
    return *out ? ERR_OK : err_fail(ERR_MEMORY, "out of memory for a grammar");
}

/* Names are ASCII letters, digits, '_', '-', ':' and, between packages, '.'; so they are safe as file names. */
static bool is_name(const char *text) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:.";
    size_t n = strlen(text);
    return n > 0 && n < NAME_MAX_BYTES && strspn(text, letters) == n && text[0] != '.' && text[n - 1] != '.';
}

/* ---- expansions ---- */

static err_t read_choice(struct reader *r, struct expr **out);

static err_t expr_new(struct reader *r, enum expr_kind kind, struct expr **out) {
    struct expr *e = arena_alloc(r->pools.arena, sizeof(*e));
    if (!e) return err_fail(ERR_MEMORY, "out of memory for a grammar");
    *e = (struct expr){.kind = kind, .weight = 1, .place = r->token.place};
    *out = e;
    return ERR_OK;
}

static err_t expr_wrap(struct reader *r, enum expr_kind kind, struct expr **e) {
    struct expr *outer = NULL;
    TRY(expr_new(r, kind, &outer));
    outer->first = *e;
    *e = outer;
    return ERR_OK;
}

/* A token may be several words to us: "t-shirt", or a quoted phrase. */
static err_t read_words(struct reader *r, struct expr **out) {
    char words[TOKEN_MAX];
    if (words_normalise(words, sizeof(words), r->token.text) == 0) return expected(r, "a word");
    struct expr *sequence = NULL, **end;
    TRY(expr_new(r, EXPR_SEQUENCE, &sequence));
    end = &sequence->first;
    char *rest = words;
    for (char *word; (word = str_next_word(&rest)); end = &(*end)->next) {
        TRY(expr_new(r, EXPR_WORD, end));
        TRY(symbols_add(r->pools.symbols, word, &(*end)->word));
    }
    *out = sequence->first->next ? sequence : sequence->first;
    return advance(r);
}

static err_t read_reference(struct reader *r, struct expr **out) {
    const char *name = r->token.text;
    enum expr_kind kind = str_equal(name, "NULL") ? EXPR_NULL : str_equal(name, "VOID") ? EXPR_VOID : EXPR_RULE;
    if (!is_name(name)) return expected(r, "a rule name of letters, digits, '_', '-' and '.'");
    TRY(expr_new(r, kind, out));
    TRY(copy_text(r, name, strlen(name), &(*out)->name));
    return advance(r);
}

static err_t read_group(struct reader *r, char close, struct expr **out) {
    struct place open = r->token.place;
    if (++r->nesting > NESTING_MAX)
        return place_fail(open, ERR_FULL, "brackets can be nested %d deep: move a part into a rule", NESTING_MAX);
    TRY(advance(r));
    TRY(read_choice(r, out));
    char what[64] = "')' to end the group, or '|'";
    what[1] = close;
    TRY(take_sign(r, close, what));
    r->nesting--;
    return ERR_OK;
}

static err_t read_atom(struct reader *r, struct expr **out) {
    if (r->token.kind == TOKEN_WORD || r->token.kind == TOKEN_QUOTED) return read_words(r, out);
    if (r->token.kind == TOKEN_RULE) return read_reference(r, out);
    if (is_sign(r, '(')) return read_group(r, ')', out);
    if (is_sign(r, '=')) return expected(r, "';' to end the rule before this one");
    if (!is_sign(r, '[')) return expected(r, "a word, a rule, '(' or '['");
    TRY(read_group(r, ']', out));
    return expr_wrap(r, EXPR_OPTIONAL, out);
}

static bool is_capture(const struct reader *r, const struct expr *e) {
    if (e->kind != EXPR_TAG) return false;
    enum action_kind kind = r->pools.actions->v[e->action].kind;
    return kind >= ACTION_CLOSE_TEXT && kind <= ACTION_CLOSE_DIGITS;
}

/* A code behind a slot, as in `cheapest {sort} {=price_up}`, goes inside it. */
static err_t read_tag(struct reader *r, struct expr **e) {
    struct net_action action;
    TRY(tag_parse(&action, r->token.text, r->token.place, r->pools.arena));
    struct expr **inner = action.kind == ACTION_CODE && is_capture(r, *e) ? &(*e)->first : e;
    TRY(expr_wrap(r, EXPR_TAG, inner));
    TRY(actions_add(r->pools.actions, action, &(*inner)->action));
    return advance(r);
}

/* An atom, one '*' or '+', and tags. */
static err_t read_item(struct reader *r, struct expr **out) {
    TRY(read_atom(r, out));
    if (is_sign(r, '*') || is_sign(r, '+')) {
        TRY(expr_wrap(r, is_sign(r, '*') ? EXPR_STAR : EXPR_PLUS, out));
        TRY(advance(r));
    }
    for (int tags = 0; r->token.kind == TOKEN_TAG; tags++) {
        if (tags == NESTING_MAX) return place_fail(r->token.place, ERR_FULL, "one expansion can have %d tags", tags);
        TRY(read_tag(r, out));
    }
    if (is_sign(r, '*') || is_sign(r, '+'))
        return place_fail(r->token.place, ERR_FORMAT,
                          "expected one '*' or '+', before the tags: use brackets for more");
    return ERR_OK;
}

static bool ends_sequence(const struct reader *r) {
    return r->token.kind == TOKEN_END || is_sign(r, '|') || is_sign(r, ';') || is_sign(r, ')') || is_sign(r, ']');
}

static err_t read_weight(struct reader *r, float *out) {
    char *end;
    const char *text = r->token.text;
    double weight = strtod(text, &end);
    if (strspn(text, "0123456789.") != strlen(text) || end == text || *end || weight > 1e6)
        return expected(r, "a weight from 0 to 1000000");
    *out = (float)weight;
    return advance(r);
}

static err_t read_sequence(struct reader *r, struct expr **out) {
    float weight = 1;
    if (r->token.kind == TOKEN_WEIGHT) TRY(read_weight(r, &weight));
    struct expr *sequence = NULL, **end;
    TRY(expr_new(r, EXPR_SEQUENCE, &sequence));
    end = &sequence->first;
    do {
        TRY(read_item(r, end));
        end = &(*end)->next;
    } while (!ends_sequence(r));
    if (!sequence->first->next) sequence = sequence->first;
    sequence->weight = weight;
    *out = sequence;
    return ERR_OK;
}

static err_t read_choice(struct reader *r, struct expr **out) {
    struct expr *choice = NULL, **end;
    TRY(expr_new(r, EXPR_CHOICE, &choice));
    end = &choice->first;
    for (;;) {
        TRY(read_sequence(r, end));
        end = &(*end)->next;
        if (!is_sign(r, '|')) break;
        TRY(advance(r));
    }
    *out = choice;
    return ERR_OK;
}

/* ---- the file ---- */

static err_t read_header(struct reader *r) {
    if (!is_word(r, "#JSGF")) return expected(r, "'#JSGF V1.0 UTF-8 en;'");
    TRY(advance(r));
    if (!is_word(r, "V1.0")) return expected(r, "'V1.0'");
    TRY(advance(r));
    if (r->token.kind == TOKEN_WORD) {
        if (strcasecmp(r->token.text, "UTF-8") != 0) return expected(r, "the encoding 'UTF-8'");
        TRY(advance(r));
        if (r->token.kind == TOKEN_WORD) TRY(advance(r)); /* the locale: the folder says it */
    }
    return take_sign(r, ';', "';' after the header");
}

static err_t read_name(struct reader *r) {
    if (!is_word(r, "grammar")) return expected(r, "'grammar NAME;'");
    TRY(advance(r));
    if (r->token.kind != TOKEN_WORD || !is_name(r->token.text)) return expected(r, "the grammar's name");
    TRY(copy_text(r, r->token.text, strlen(r->token.text), &r->source->name));
    TRY(advance(r));
    return take_sign(r, ';', "';' after the grammar's name");
}

static err_t read_import(struct reader *r) {
    TRY(advance(r));
    char *text = r->token.text;
    char *dot = r->token.kind == TOKEN_RULE ? strrchr(text, '.') : NULL;
    bool all = dot && str_equal(dot, ".*");
    if (all) *dot = '\0';
    if (!dot || !is_name(text)) {
        if (all) *dot = '.';
        return expected(r, "'<grammar.*>' or '<grammar.rule>'");
    }
    struct import *import = arena_alloc(r->pools.arena, sizeof(*import));
    if (!import) return err_fail(ERR_MEMORY, "out of memory for a grammar");
    import->place = r->token.place;
    TRY(copy_text(r, text, all ? strlen(text) : (size_t)(dot - text), &import->grammar));
    if (!all) TRY(copy_text(r, dot + 1, strlen(dot + 1), &import->rule));
    *r->source->imports_end = import;
    r->source->imports_end = &import->next;
    TRY(advance(r));
    return take_sign(r, ';', "';' after the import");
}

static err_t rule_new(struct reader *r, bool is_public, struct rule **out) {
    const char *name = r->token.text;
    if (r->token.kind != TOKEN_RULE) return expected(r, is_public ? "a rule '<name>'" : "a rule '<name>' or 'public'");
    if (!is_name(name) || strchr(name, '.')) return expected(r, "a rule name of letters, digits, '_' and '-'");
    if (str_equal(name, "NULL") || str_equal(name, "VOID"))
        return expected(r, "a rule name that is not one of JSGF's own");
    for (const struct rule *other = r->source->rules; other; other = other->next)
        if (str_equal(other->name, name))
            return place_fail(r->token.place, ERR_FORMAT, "expected a new rule, but <%s> is already defined in line %d",
                              name, other->place.line);
    if (*r->pools.n_rules >= RULES_MAX)
        return place_fail(r->token.place, ERR_FULL, "a grammar can hold %d rules", RULES_MAX);
    struct rule *rule = arena_alloc(r->pools.arena, sizeof(*rule));
    if (!rule) return err_fail(ERR_MEMORY, "out of memory for a grammar");
    rule->is_public = is_public;
    rule->place = r->token.place;
    TRY(copy_text(r, name, strlen(name), &rule->name));
    ++*r->pools.n_rules;
    *out = rule;
    return advance(r);
}

static err_t read_rule(struct reader *r) {
    struct rule *rule = NULL;
    bool is_public = is_word(r, "public");
    if (is_public) TRY(advance(r));
    TRY(rule_new(r, is_public, &rule));
    TRY(take_sign(r, '=', "'=' after the rule's name"));
    TRY(read_choice(r, &rule->body));
    TRY(take_sign(r, ';', "';' to end the rule, or '|'"));
    *r->source->rules_end = rule;
    r->source->rules_end = &rule->next;
    return ERR_OK;
}

static err_t check_text(struct reader *r, const char *text, size_t bytes) {
    const char *zero = memchr(text, '\0', bytes);
    if (zero || !str_is_utf8(text, bytes))
        return place_fail(r->lexer.place, ERR_FORMAT, "expected UTF-8 text, found %s",
                          zero ? "a zero byte" : "bytes that are not UTF-8");
    return ERR_OK;
}

err_t jsgf_parse(struct source *out, const char *text, size_t bytes, struct jsgf_pools pools) {
    struct reader *r = &(struct reader){.source = out, .pools = pools};
    r->lexer = (struct lexer){.at = text, .end = text + bytes, .place = {.file = out->path, .line = 1, .column = 1}};
    out->rules_end = &out->rules;
    out->imports_end = &out->imports;
    TRY(check_text(r, text, bytes));
    if (bytes >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) r->lexer.at += 3;
    TRY(advance(r));
    TRY(read_header(r));
    TRY(read_name(r));
    while (is_word(r, "import")) TRY(read_import(r));
    while (r->token.kind != TOKEN_END) TRY(read_rule(r));
    return ERR_OK;
}
