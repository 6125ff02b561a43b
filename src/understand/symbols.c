#include "understand/symbols.h"

#include <stdlib.h>
#include <string.h>

enum { SYMBOLS_MAX = 1000000, SLOTS_FIRST = 1024 };

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint32_t hash(const char *word) {
    uint32_t h = 2166136261u;
    for (; *word; word++) h = (h ^ (unsigned char)*word) * 16777619u;
    return h;
}

static int32_t *slot_of(const struct symbols *s, const char *word) {
    uint32_t mask = (uint32_t)s->n_slots - 1;
    uint32_t i = hash(word) & mask;
    while (s->slots[i] >= 0 && strcmp(s->names[s->slots[i]], word) != 0) i = (i + 1) & mask;
    return &s->slots[i];
}

static err_t slots_grow(struct symbols *s) {
    int32_t n_slots = s->n_slots ? 2 * s->n_slots : SLOTS_FIRST;
    int32_t *slots = malloc((size_t)n_slots * sizeof(*slots));
    if (!slots) return err_fail(ERR_MEMORY, "out of memory for %d words", s->n);
    for (int32_t i = 0; i < n_slots; i++) slots[i] = -1;
    free(s->slots);
    s->slots = slots;
    s->n_slots = n_slots;
    for (int32_t i = 0; i < s->n; i++) *slot_of(s, s->names[i]) = i;
    return ERR_OK;
}

static err_t names_grow(struct symbols *s) {
    int32_t room = s->room ? 2 * s->room : SLOTS_FIRST / 2;
    const char **names = realloc(s->names, (size_t)room * sizeof(*names));
    if (!names) return err_fail(ERR_MEMORY, "out of memory for %d words", s->n);
    s->names = names;
    s->room = room;
    return ERR_OK;
}

err_t symbols_add(struct symbols *s, const char *word, int32_t *out) {
    int32_t known = symbols_find(s, word);
    if (known >= 0) {
        *out = known;
        return ERR_OK;
    }
    if (s->n >= SYMBOLS_MAX) return err_fail(ERR_FULL, "a grammar can hold %d different words", SYMBOLS_MAX);
    if (s->n * 2 >= s->n_slots) TRY(slots_grow(s));
    if (s->n == s->room) TRY(names_grow(s));
    char *copy = arena_copy(&s->text, word, strlen(word));
    if (!copy) return err_fail(ERR_MEMORY, "out of memory for %d words", s->n);
    *slot_of(s, copy) = s->n;
    s->names[s->n] = copy;
    *out = s->n++;
    return ERR_OK;
}

int32_t symbols_find(const struct symbols *s, const char *word) {
    return s->n_slots ? *slot_of(s, word) : -1;
}

void symbols_free(struct symbols *s) {
    arena_free(&s->text);
    free(s->names);
    free(s->slots);
    *s = (struct symbols){0};
}
