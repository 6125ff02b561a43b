/* What a visitor sends: one small object of JSON. Any thread. */
#ifndef SK_WEB_POSTED_H
#define SK_WEB_POSTED_H
#include <stdbool.h>
#include <stddef.h>

enum { POSTED_MAX = 1024 /* bytes */ };

/* A member of the object; false if the body is none, or the member is not there, of another kind or out of its bounds.
 * A text is whole, of at least one character, and has no control characters. */
bool posted_text(const char *body, size_t n, const char *key, char *out, size_t cap);
bool posted_int(const char *body, size_t n, const char *key, int min, int max, int *out);
bool posted_bool(const char *body, size_t n, const char *key, bool *out);

#endif
