/* Memory that is given back all at once: what a grammar is made of lives as long as the grammar. */
#ifndef SK_UNDERSTAND_ARENA_H
#define SK_UNDERSTAND_ARENA_H
#include <stddef.h>

struct arena {
    struct arena_chunk *chunks;
};

/* Zeroed memory fit for any type, or NULL. */
void *arena_alloc(struct arena *a, size_t bytes);
/* A terminated copy of `n` bytes, or NULL. */
char *arena_copy(struct arena *a, const char *text, size_t n);
void arena_free(struct arena *a);

#endif
