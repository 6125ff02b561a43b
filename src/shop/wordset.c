#include "shop/wordset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/fingerprint.h"

enum { SLOTS_FIRST = 4096 };

static size_t *slot_of(const struct wordset *s, const char *word) {
    uint64_t h = fingerprint_add(FINGERPRINT_BEGIN, word, strlen(word));
    size_t i = (size_t)h & (s->n_slots - 1);
    while (s->slots[i] && strcmp(s->v[s->slots[i] - 1], word) != 0) i = (i + 1) & (s->n_slots - 1);
    return &s->slots[i];
}

static err_t no_memory(void) {
    return err_fail(ERR_MEMORY, "no memory for the words of the shop");
}

static err_t grow(struct wordset *s) {
    size_t n_slots = s->n_slots ? 2 * s->n_slots : SLOTS_FIRST;
    char **v = realloc(s->v, n_slots / 2 * sizeof *v);
    if (!v) return no_memory();
    s->v = v;
    size_t *slots = calloc(n_slots, sizeof *slots);
    if (!slots) return no_memory();
    free(s->slots);
    s->slots = slots;
    s->n_slots = n_slots;
    for (size_t i = 0; i < s->n; i++) *slot_of(s, s->v[i]) = i + 1;
    return ERR_OK;
}

err_t wordset_add(struct wordset *s, const char *word) {
    if (2 * (s->n + 1) > s->n_slots) TRY(grow(s));
    size_t *slot = slot_of(s, word);
    if (*slot) return ERR_OK;
    char *copy = strdup(word);
    if (!copy) return no_memory();
    s->v[s->n++] = copy;
    *slot = s->n;
    return ERR_OK;
}

void wordset_free(struct wordset *s) {
    for (size_t i = 0; i < s->n; i++) free(s->v[i]);
    free(s->v);
    free(s->slots);
    *s = (struct wordset){0};
}
