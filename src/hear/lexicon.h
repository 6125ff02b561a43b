/* Words and their pronunciations in the phones of the acoustic model (CMU's 39).
 *
 * Only the words in use are kept: the big dictionary is read once and the rest of it forgotten, so that the process
 * stays small. Sources, first hit wins: words added, the locale's lexicon additions, the model's dictionary. */
#ifndef SK_HEAR_LEXICON_H
#define SK_HEAR_LEXICON_H
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"

struct lexicon;

/* Reads from `dict` (the model's) and `additions` (may be NULL) the pronunciations of the `n` words. Words with none
 * are remembered as missing. ERR_MODEL if the dictionary cannot be read, ERR_FORMAT for bad additions (file:line). */
SK_MUST_USE err_t lexicon_load(struct lexicon **out, const char *dict, const char *additions, const char *const *words,
                               size_t n);
void lexicon_free(struct lexicon *l);
/* Adds a pronunciation such as "S IY V IY". ERR_FORMAT for an unknown phone. */
SK_MUST_USE err_t lexicon_add(struct lexicon *l, const char *word, const char *phones);
/* Adds one beside those that the word has; nothing happens if it has none, or as many as there is room for. The same
 * errors. */
SK_MUST_USE err_t lexicon_add_beside(struct lexicon *l, const char *word, const char *phones);
/* The i-th pronunciation of a word, or NULL. Borrowed. */
const char *lexicon_phones(const struct lexicon *l, const char *word, int i);
/* The next word from number *at on that has a pronunciation of exactly these phones, or NULL; moves *at behind it.
 * Borrowed. */
const char *lexicon_sounding(const struct lexicon *l, const char *phones, size_t *at);
/* The i-th wanted word that has no pronunciation, or NULL. */
const char *lexicon_missing(const struct lexicon *l, size_t i);

#endif
