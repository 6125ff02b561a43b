/* Small work on words: what is said, what is searched. Private to shop/; any thread. */
#ifndef SK_SHOP_TEXT_H
#define SK_SHOP_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* "Half-Fat Milk (1 l)" -> "half fat milk 1 l": lower-case words of letters and digits, a space between them.
 * Bytes above ASCII are kept as they are. */
void text_words(char *out, size_t cap, const char *text);
/* White space and control characters become single spaces, none at the ends; in place. */
void text_clean(char *text);
/* True if `word` is one of the words of `words` (as text_words() gives them). */
bool text_has_word(const char *words, const char *word);
/* True if no word of it is free of digits: a model code, a number. */
bool text_is_code(const char *words);
int text_count_words(const char *words);
/* Start of the last n words; the whole if it has no more. Borrowed from `words`. */
const char *text_last_words(const char *words, int n);

enum { MATCH_MAX_BYTES = 2048 }; /* room for any */
/* A MATCH expression that is safe whatever `text` holds: each word quoted, joined by `joiner` (" AND ", " OR ").
 * At most 16 words. Returns how many; 0 leaves out = "". */
int text_match(char *out, size_t cap, const char *text, const char *joiner);

/* "4.5" with at most `decimals` decimals -> 450 for two. ERR_FORMAT, ERR_RANGE outside 0 to max (scaled). */
SK_MUST_USE err_t text_decimal(const char *text, int decimals, int64_t max, int64_t *out);

#endif
