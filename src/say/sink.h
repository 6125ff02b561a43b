/* UTF-8 text written into a buffer of fixed size. What does not fit is cut between two characters and nothing is
 * added after it. The text is always terminated. Any thread; internal to say/. */
#ifndef SK_SAY_SINK_H
#define SK_SAY_SINK_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unicode/utypes.h>

struct sink {
    char *buf;
    size_t cap, length;
    bool cut; /* something did not fit */
};

/* `cap` is at least 1. */
struct sink sink_make(char *buf, size_t cap);
/* Well-formed UTF-8. */
void sink_put(struct sink *s, const char *text, size_t n);
/* Any bytes: malformed UTF-8 and control characters are left out, every kind of white space becomes a blank. */
void sink_put_clean(struct sink *s, const char *text, size_t n);
/* What ICU gives: no-break spaces become blanks, which every terminal and every voice knows. */
void sink_put_utf16(struct sink *s, const UChar *text, int32_t n);
/* A word or nothing: with a blank before it unless it is the first. */
void sink_put_word(struct sink *s, const char *word, size_t n);

#endif
