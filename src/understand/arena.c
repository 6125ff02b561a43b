#include "understand/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 32 * 1024 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

static struct arena_chunk *chunk_add(struct arena *a, size_t bytes) {
    size_t size = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
    struct arena_chunk *chunk = calloc(1, sizeof(*chunk) + size);
    if (!chunk) return NULL;
    chunk->size = size;
    chunk->next = a->chunks;
    a->chunks = chunk;
    return chunk;
}

void *arena_alloc(struct arena *a, size_t bytes) {
    size_t step = alignof(max_align_t);
    if (bytes > SIZE_MAX / 2) return NULL;
    bytes = (bytes + step - 1) / step * step;
    struct arena_chunk *chunk = a->chunks;
    if (!chunk || chunk->size - chunk->used < bytes) chunk = chunk_add(a, bytes);
    if (!chunk) return NULL;
    void *p = chunk->bytes + chunk->used;
    chunk->used += bytes;
    return p;
}

char *arena_copy(struct arena *a, const char *text, size_t n) {
    char *copy = arena_alloc(a, n + 1);
    if (copy) memcpy(copy, text, n);
    return copy;
}

void arena_free(struct arena *a) {
    for (struct arena_chunk *chunk = a->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    a->chunks = NULL;
}
