/* JSGF 1.0 text to rules, as https://www.w3.org/TR/jsgf/ describes it. Names are not resolved here.
 * An unweighted alternative beside weighted ones weighs 1; one of weight 0 is never said. */
#ifndef SK_UNDERSTAND_JSGF_H
#define SK_UNDERSTAND_JSGF_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "understand/arena.h"
#include "understand/symbols.h"

struct place {
    const char *file;
    int32_t line, column; /* from 1, in characters */
};

/* "file:line:column: <text>" */
err_t place_fail(struct place at, err_t code, const char *fmt, ...) SK_PRINTF(3, 4);

enum action_kind {
    ACTION_OPEN,        /* what a slot matches begins */
    ACTION_CLOSE_TEXT,  /* and ends: {name} */
    ACTION_CLOSE_VALUE, /* {name=text} */
    ACTION_CLOSE_NUMBER,
    ACTION_CLOSE_DIGITS,
    ACTION_CODE,
    ACTION_ADD,
    ACTION_TIMES,
    ACTION_POINT,
    ACTION_INTENT, /* the utterance is this intent */
    ACTION_ITEM,   /* the slots that follow are of another thing */
    ACTION_WILD,   /* on LABEL_ANY: the word is likelier if it is one of the rule's own */
    ACTION_PHRASE, /* on a word: it may be mistyped, but not missing */
    ACTION_EXACT,  /* on a word: neither */
};

struct net_action {
    enum action_kind kind;
    const char *name;        /* of the slot or intent */
    const char *text;        /* of a value or code */
    int64_t milli;           /* ADD, TIMES */
    const struct rule *rule; /* WILD */
};

enum expr_kind {
    EXPR_NULL,
    EXPR_VOID,
    EXPR_WORD,
    EXPR_RULE,
    EXPR_SEQUENCE, /* of its children */
    EXPR_CHOICE,   /* of its children by their weights */
    EXPR_OPTIONAL, /* its one child, as below */
    EXPR_STAR,
    EXPR_PLUS,
    EXPR_TAG,
};

struct expr {
    enum expr_kind kind;
    float weight;
    int32_t word;
    int32_t action;    /* of EXPR_TAG, index into the grammar's actions */
    struct rule *rule; /* of EXPR_RULE, once it is resolved */
    const char *name;
    struct place place;
    struct expr *first, *next; /* children are a list */
};

struct rule {
    const char *name;
    bool is_public;
    struct place place;
    struct expr *body; /* NULL: one of the reserved grammars, filled at run time or built in */
    struct fill *fill; /* of a rule of <shop.*>, NULL until grammar_fill() */
    int32_t action;    /* ACTION_WILD of a filled rule, ACTION_INTENT of a public one */
    int depth;         /* of the rules below it; 0 until that is known, -1 while it is looked into */
    struct rule *next;
};

struct import {
    const char *grammar;
    const char *rule; /* NULL: all of them */
    struct place place;
    struct import *next;
};

struct source {       /* one file */
    const char *name; /* as its `grammar` line says */
    const char *path;
    struct rule *rules, **rules_end; /* in the order of the file */
    struct import *imports, **imports_end;
    struct source *next;
};

struct actions {
    struct net_action *v;
    int32_t n, room;
};

SK_MUST_USE err_t actions_add(struct actions *a, struct net_action action, int32_t *out);

/* Where a source's parts are kept. */
struct jsgf_pools {
    struct arena *arena;
    struct symbols *symbols;
    struct actions *actions;
    int32_t *n_rules; /* counted against RULES_MAX */
};

enum { RULES_MAX = 4096, NESTING_MAX = 64 };

/* Reads the text of one file. ERR_FORMAT with the place, ERR_FULL, ERR_MEMORY. */
SK_MUST_USE err_t jsgf_parse(struct source *out, const char *text, size_t bytes, struct jsgf_pools pools);

#endif
