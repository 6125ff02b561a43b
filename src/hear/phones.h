/* The phones of the acoustic model: CMU's 39, without stress. Pure; any thread. */
#ifndef SK_HEAR_PHONES_H
#define SK_HEAR_PHONES_H
#include <stdbool.h>
#include <stddef.h>

/* Copies `n` bytes of phones separated by white space, one blank between them. False if there is none, one of them
 * is unknown, or they do not fit. */
bool phones_tidy(char *out, size_t cap, const char *text, size_t n);

#endif
