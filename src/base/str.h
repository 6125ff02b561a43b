/* Strings with a cap, and UTF-8. Any thread; nothing here allocates. */
#ifndef SK_BASE_STR_H
#define SK_BASE_STR_H
#include <stdbool.h>
#include <stddef.h>

/* Copies at most cap-1 bytes, never splits a UTF-8 character, always terminates. False if it was cut. */
bool str_copy(char *dst, size_t cap, const char *src);
/* Appends likewise. */
bool str_append(char *dst, size_t cap, const char *src);
/* True if all of it is well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms). */
bool str_is_utf8(const char *s, size_t n);
/* Cuts white space at both ends, in place; returns the start. */
char *str_trim(char *s);
/* Splits off the next word at white space: *rest moves on; NULL at the end. The text is changed in place. */
char *str_next_word(char **rest);
bool str_equal(const char *a, const char *b);
/* Number of single-character edits (insert, delete, replace, swap neighbours) from a to b, at most `limit` + 1.
 * Strings of more than 255 characters are either equal or `limit` + 1 apart. */
int str_distance(const char *a, const char *b, int limit);

#endif
