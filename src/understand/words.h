/* Typed or recognised text to plain words: lower case, apostrophes kept, other punctuation dropped, "$5" -> "5",
 * "#12" -> "12", "1,299.50" -> "1299.50", bytes that are not UTF-8 dropped. */
#ifndef SK_UNDERSTAND_WORDS_H
#define SK_UNDERSTAND_WORDS_H
#include <stddef.h>

/* Returns the number of words written to `out` (separated by one blank, at most cap bytes with the terminator). */
int words_normalise(char *out, size_t cap, const char *text);

#endif
