/* Words to small numbers and back. A word once added keeps its number and its storage until symbols_free(). */
#ifndef SK_UNDERSTAND_SYMBOLS_H
#define SK_UNDERSTAND_SYMBOLS_H
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "understand/arena.h"

struct symbols {
    struct arena text;
    const char **names; /* by number */
    int32_t n, room;
    int32_t *slots; /* open addressing, -1 is empty; a power of two */
    int32_t n_slots;
};

/* ERR_FULL over a million words, ERR_MEMORY. */
SK_MUST_USE err_t symbols_add(struct symbols *s, const char *word, int32_t *out);
/* The number of a word, -1 if it is not there. */
int32_t symbols_find(const struct symbols *s, const char *word);
void symbols_free(struct symbols *s);

#endif
