/* The locale's words that say nothing about what a question is about (models/<locale>/common.txt). CORE thread. */
#ifndef SK_APPS_COMMON_WORDS_H
#define SK_APPS_COMMON_WORDS_H
#include <stddef.h>

#include "base/err.h"

struct common_words;

/* A file of words, several a line; '#' begins a comment. ERR_NOT_FOUND, ERR_FULL over 1,000 words. */
SK_MUST_USE err_t common_words_load(struct common_words **out, const char *path);
void common_words_free(struct common_words *c);
/* `text` without them: lower-case words apart by single spaces. */
void common_words_strip(const struct common_words *c, const char *text, char *out, size_t cap);

#endif
