/* Other accents: how a word of the dictionary sounds to those who say it differently, by the table
 * models/<locale>/accents.map ("car" without its r). Pure text to text. */
#ifndef SK_HEAR_ACCENT_H
#define SK_HEAR_ACCENT_H
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"

struct accents;

/* ERR_NOT_FOUND, ERR_FORMAT with file and line, ERR_MEMORY. */
SK_MUST_USE err_t accents_load(struct accents **out, const char *path);
void accents_free(struct accents *a);
int accents_count(const struct accents *a);
/* The phones of a word in the i-th accent: all of its rules at once, since nobody has half an accent. False if they are
 * the same or do not fit. */
bool accents_apply(const struct accents *a, int i, const char *phones, char *out, size_t cap);

#endif
