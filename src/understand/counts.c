#include "understand/counts.h"

#include <stdlib.h>

enum { SLOTS_FIRST = 1024 };

static const uint64_t WORD_MASK = COUNTS_WORDS_MAX - 1;

uint64_t count_key(int32_t a, int32_t b, int32_t c) {
    return (uint64_t)a << 2 * COUNTS_WORD_BITS | (uint64_t)b << COUNTS_WORD_BITS | (uint64_t)c;
}

int32_t count_word(uint64_t key, int place) {
    return (int32_t)(key >> (2 - place) * COUNTS_WORD_BITS & WORD_MASK);
}

/* The finaliser of MurmurHash3, https://github.com/aappleby/smhasher */
static size_t hash(uint64_t x) {
    x = (x ^ x >> 33) * UINT64_C(0xff51afd7ed558ccd);
    x = (x ^ x >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return (size_t)(x ^ x >> 33);
}

static struct count *slot_of(const struct counts *c, uint64_t key) {
    size_t i = hash(key) & (c->n_slots - 1);
    while (c->slots[i].key != COUNT_FREE && c->slots[i].key != key) i = (i + 1) & (c->n_slots - 1);
    return &c->slots[i];
}

static err_t grow(struct counts *c) {
    struct counts more = {.n = c->n, .n_slots = c->n_slots ? 2 * c->n_slots : SLOTS_FIRST};
    more.slots = malloc(more.n_slots * sizeof *more.slots);
    if (!more.slots) return err_fail(ERR_MEMORY, "out of memory for the words of the shop");
    for (size_t i = 0; i < more.n_slots; i++) more.slots[i] = (struct count){COUNT_FREE, 0};
    for (size_t i = 0; i < c->n_slots; i++)
        if (c->slots[i].key != COUNT_FREE) *slot_of(&more, c->slots[i].key) = c->slots[i];
    free(c->slots);
    *c = more;
    return ERR_OK;
}

err_t counts_add(struct counts *c, uint64_t key, double value) {
    if (2 * c->n >= c->n_slots) TRY(grow(c));
    struct count *slot = slot_of(c, key);
    if (slot->key == COUNT_FREE) c->n++;
    slot->key = key;
    slot->value += value;
    return ERR_OK;
}

double counts_get(const struct counts *c, uint64_t key) {
    return c->n_slots ? slot_of(c, key)->value : 0;
}

static int by_key(const void *a, const void *b) {
    const struct count *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

void counts_sort(struct counts *c) {
    size_t kept = 0;
    for (size_t i = 0; i < c->n_slots; i++)
        if (c->slots[i].key != COUNT_FREE) c->slots[kept++] = c->slots[i];
    if (kept) qsort(c->slots, kept, sizeof *c->slots, by_key);
}

void counts_free(struct counts *c) {
    free(c->slots);
    *c = (struct counts){0};
}
