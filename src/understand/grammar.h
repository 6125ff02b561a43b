/* The grammar of a locale: JSGF 1.0 files with tags, and the networks made from it.
 *
 * One grammar drives both ends. The parser (understand/parse.h) walks a network built NET_PARSE; `hear` turns a
 * network built NET_HEAR into the recogniser's finite-state grammar. A public rule is an intent of the same name.
 *
 * Files: `grammar_load` reads the main file and what it imports (`import <name.*>` reads name.jsgf beside it).
 * `import <shop.*>` names no file: its rules are filled at run time by grammar_fill(). The rule <builtin.numeral>
 * is one written number ("12", "19.99"). The rules may not be recursive.
 *
 * Tags, attached to the expansion before them as JSGF says:
 *   {name}        slot `name` is the words that the expansion matched; {_name} is for the dialogue alone
 *   {name=text}   slot `name` is `text`, whatever was said
 *   {name#}       slot `name` is the number that the tags inside the expansion add up to
 *   {name$}       slot `name` is the string of digits that the tags inside write one after the other
 *   {=code}       the enclosing slot gets the machine-readable `code`; behind a slot's tag it goes to that slot
 *   {+n} {*n} {.} number tags: add n to the group; multiply the group by n (an empty group is 1; a factor of 1000
 *                 or more closes the group); what follows are hundredths
 *   {;}           what follows is of another thing: the slots of the second are name_2, of the third name_3
 * A slot that matched no word, or no number, is not set; one that is set twice keeps the last value. A written number
 * counts as {+value}. Inside {name$} the tags write digits as people say them: {+4} writes 4, {+45} or {+40}{+5} 45,
 * {+2}{*100}{+6} 206, {*2} "double" and {*3} "triple" repeat what the next tag writes, a written number keeps its
 * zeros.
 *
 * The rule <filler>, in any of the files, lists what may be said anywhere and means nothing.
 * Words are normalised (words.h) on every side: here, in phrases, in what is said.
 *
 * One thread at a time. The grammar owns all strings; networks borrow its words and must be freed first. */
#ifndef SK_UNDERSTAND_GRAMMAR_H
#define SK_UNDERSTAND_GRAMMAR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

struct grammar;

/* Reads `path` and, when `extra` is not NULL, a second file with a shop's own wordings, whose imports are sought beside
 * it, then beside `path`. An intent is the public rule of its name in the second file, else in the first, else in
 * whatever these import.
 * ERR_FORMAT with "file:line:column: expected ...", ERR_NOT_FOUND, ERR_FULL, ERR_MEMORY. */
SK_MUST_USE err_t grammar_load(struct grammar **out, const char *path, const char *extra);
void grammar_free(struct grammar *g);

/* Gives the rule <shop.rule> its phrases: lower-case words separated by blanks, copied. Replaces what was there.
 * `open`: a person may say other words too. NET_PARSE then takes any one to eight words for it; NET_HEAR listens for
 * the phrases only. A rule that was never filled is <VOID>. ERR_NOT_FOUND if no grammar mentions it. */
SK_MUST_USE err_t grammar_fill(struct grammar *g, const char *rule, const char *const *phrases, size_t n, bool open);

/* Another one as soon as anything else can be said by the grammar: its rules, their weights, the phrases in them. */
uint64_t grammar_fingerprint(const struct grammar *g);

enum { LABEL_EPSILON = -1, LABEL_ANY = -2, LABEL_NUMERAL = -3, LABEL_NAME = -4 }; /* arc labels that are no word */

struct net_arc {
    int32_t from, to;
    int32_t label; /* index of a word, or LABEL_ */
    int32_t tag;   /* index into the network's tag actions, -1 none */
    float weight;  /* 0 < weight <= 1: probability among the alternatives; NET_PARSE: beside the likeliest of them */
};

/* A network without dead ends. Node 0 is the start, node 1 the end. Arcs are sorted by `from`, then by `label`. */
struct net {
    int32_t n_nodes;
    int32_t n_arcs;
    struct net_arc *arcs;
    int32_t *first; /* n_nodes + 1: arcs of node i are first[i] .. first[i+1]-1 */
    int32_t n_words;
    const char **words; /* each word once; borrowed from the grammar */
    int32_t n_actions;
    struct net_action *actions; /* borrowed, see jsgf.h; NULL for NET_HEAR */
};

enum net_use {
    NET_PARSE, /* exact, with tags */
    NET_HEAR,  /* words only; a rule filled with many phrases appears once and is shared by all that mention it or one
                  filled alike, so that the network accepts a little more than the grammar and stays small; numerals are
                  left out */
    NET_NAMES, /* as NET_HEAR, but for an open rule stands one arc LABEL_NAME in place of its phrases, see ngram.h */
};

/* What a network is made of. */
struct net_plan {
    const char *const *intents; /* names of public rules; those that the grammar lacks are skipped */
    const float *weights;       /* how often each is meant, > 0; NULL: all alike */
    size_t n;
    enum net_use use;
};

/* ERR_FULL over 4 million arcs, ERR_NOT_FOUND if none of the intents exists, ERR_MEMORY. */
SK_MUST_USE err_t net_build(struct net **out, const struct grammar *g, const struct net_plan *plan);
void net_free(struct net *n);

#endif
