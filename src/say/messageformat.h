/* Patterns in the syntax of ICU's MessageFormat, with named arguments, as compact trees.
 *
 *   message  = (text | '{' name '}' | '{' name ',' choice '}' | '{' name ',' style '}' | '#')*
 *   choice   = ('plural' | 'selectordinal') ',' ['offset:' integer] (('=' number | keyword) '{' message '}')+
 *            | 'select' ',' (word '{' message '}')+
 *   style    = 'ordinal' | 'spellout'
 *
 * '#' is the number of the plural that directly encloses it and plain text anywhere else. Apostrophes quote as in ICU
 * (its DOUBLE_OPTIONAL mode): two are one, and one begins a quote only in front of a character that means something.
 * Stricter than ICU, for typing errors: `other` is required everywhere, a quote must be closed, a '}' must close
 * something. A line break and the white space around it are one blank.
 *
 * The trees know no ICU: how arguments look is the business of the `struct message_style` that a caller supplies.
 * https://unicode-org.github.io/icu/userguide/format_parse/messages/. One thread; internal to say/. */
#ifndef SK_SAY_MESSAGEFORMAT_H
#define SK_SAY_MESSAGEFORMAT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "say/reply.h"
#include "say/sink.h"

enum { MESSAGE_DEPTH_MAX = 8, MESSAGE_EMPTY = -1 };

enum argument_style {
    STYLE_PLAIN,
    STYLE_ORDINAL,  /* "2nd", "second" */
    STYLE_SPELLOUT, /* "two" */
    STYLE_DIGITS,   /* "2" to the ear, too: '#' of selectordinal, which letters follow */
};

struct part; /* private to messageformat.c and messagefill.c, see messagepart.h */

/* All patterns of a locale share one pool. A message is the index of its first part. */
struct messages {
    struct part *parts;
    int32_t n_parts, parts_room;
    char *bytes; /* texts and names, not terminated */
    size_t n_bytes, bytes_room;
};

void messages_free(struct messages *m);

/* Where a pattern stands, for messages: `text` is what `name` holds from its first line on. */
struct message_source {
    const char *name;
    const char *text;
};

/* Adds the pattern at `pattern`, a part of source->text. *out may be MESSAGE_EMPTY.
 * ERR_FORMAT "name:line:column: expected ...", ERR_MEMORY. After a failure the pool holds unused parts, no harm done.
 */
SK_MUST_USE err_t message_parse(struct messages *m, const struct message_source *source, const char *pattern, size_t n,
                                int32_t *out);

/* Line and column (in characters) of a place in a source, from 1. */
void message_place(const struct message_source *source, const char *at, int *line, int *column);

struct message_style {
    void *ctx;
    /* Writes an argument. */
    err_t (*put)(void *ctx, const struct arg *a, enum argument_style style, struct sink *out);
    /* The plural category of a number: "one", "other" ... */
    const char *(*plural)(void *ctx, int64_t milli, bool ordinal);
};

/* Writes the message with the arguments. ERR_ARG for a missing argument or one of the wrong kind. */
SK_MUST_USE err_t message_fill(const struct messages *m, int32_t message, const struct arg *args, int n_args,
                               const struct message_style *style, struct sink *out);

/* Adds the names of the arguments that the message mentions to names[0..*n), each once; those beyond `cap` are counted
 * only. They are borrowed from the pool as slices. */
struct message_name {
    const char *text;
    size_t length;
};
void message_arguments(const struct messages *m, int32_t message, struct message_name *names, size_t cap, size_t *n);

#endif
