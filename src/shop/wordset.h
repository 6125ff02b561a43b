/* A set of words, each kept once, in the order they came. Private to shop/; one thread. */
#ifndef SK_SHOP_WORDSET_H
#define SK_SHOP_WORDSET_H
#include <stddef.h>
#include "base/err.h"

struct wordset {
    char **v; /* the words */
    size_t n;
    size_t *slots, n_slots; /* index + 1 into v, 0 free; a power of two */
};

/* Copies the word if it is new. ERR_MEMORY. */
SK_MUST_USE err_t wordset_add(struct wordset *s, const char *word);
void wordset_free(struct wordset *s);

#endif
