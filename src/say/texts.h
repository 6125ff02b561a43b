/* Reply texts of a locale: id and named arguments -> words to read and words to speak.
 *
 * models/<locale>/replies.txt holds several wordings an id, in the syntax of ICU's MessageFormat ({name},
 * {n, plural, =0 {..} one {..} other {..}}, {x, select, ..}); numbers, money, dates and lists are ICU's. spoken.ini beside
 * it has the words for what ICU does not know. models/README.md describes both files.
 * One thread. */
#ifndef SK_SAY_TEXTS_H
#define SK_SAY_TEXTS_H
#include <stddef.h>
#include "base/err.h"
#include "say/reply.h"

struct texts;

enum { SAID_MAX = 1024 };

/* `extra` (a shop's own replies that replace those of the same id) may be NULL. Every pattern is checked.
 * ERR_NOT_FOUND, ERR_FORMAT with file:line:column. */
SK_MUST_USE err_t texts_load(struct texts **out, const char *locale, const char *path, const char *extra);
void texts_free(struct texts *t);
/* IANA name; dates are said in it. */
SK_MUST_USE err_t texts_timezone(struct texts *t, const char *timezone);

/* How it talks: words such as "formal brief". A reply [id:formal] is then said instead of [id], unless a later file has
 * its own [id]; of several words the first that has one. ERR_NOT_FOUND for a word that no reply is worded for. */
SK_MUST_USE err_t texts_manner(struct texts *t, const char *words);

/* Words on a screen ("$3.49", "Tuesday") and to the ear ("three dollars and forty-nine cents"); either may be NULL.
 * What is longer than the buffer, or SAID_MAX, is cut.
 * `pick` chooses among the wordings (modulo their number); the one used last is not used again if there is another.
 * ERR_NOT_FOUND for an unknown id, ERR_ARG for a missing argument: both are bugs of ours, said so in the reason. */
SK_MUST_USE err_t texts_format(struct texts *t, const struct reply *r, int64_t now_ms, unsigned pick, char *shown,
                               size_t shown_cap, char *spoken, size_t spoken_cap);
/* A product's title as a person says it, lower-case words only: "Milk 3,5 % 1 l" -> "milk three point five percent
 * one litre", by the locale's spoken.ini (units, symbols, abbreviations) and ICU's spelled numbers. */
void texts_spoken_name(struct texts *t, const char *title, char *out, size_t cap);

/* The i-th id in the order of the files, NULL at the end. For tests that every reply is known. Borrowed. */
const char *texts_id(const struct texts *t, size_t i);
/* How many wordings are said for an id, in this manner; 0 unknown. */
int texts_wordings(const struct texts *t, const char *id);
/* The names of the arguments that an id's wordings mention, each once, at most `cap`. Borrowed until the next call.
 * ERR_NOT_FOUND, ERR_FULL. */
SK_MUST_USE err_t texts_arguments(struct texts *t, const char *id, const char **names, size_t cap, size_t *n);

#endif
