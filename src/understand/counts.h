/* Counts by a key of up to three numbers of words: a hash table that only grows. Pure; one thread. */
#ifndef SK_UNDERSTAND_COUNTS_H
#define SK_UNDERSTAND_COUNTS_H
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

enum { COUNTS_WORD_BITS = 21, COUNTS_WORDS_MAX = 1 << COUNTS_WORD_BITS };

struct count {
    uint64_t key;
    double value;
};

struct counts {
    struct count *slots; /* key COUNT_FREE: not taken */
    size_t n, n_slots;   /* n_slots is a power of two */
};

#define COUNT_FREE UINT64_MAX

/* Of the words in their order; the last one is in the lowest bits, so that sorted keys are sorted by context. */
uint64_t count_key(int32_t a, int32_t b, int32_t c);
int32_t count_word(uint64_t key, int place); /* place 0 is a */

/* ERR_MEMORY. */
SK_MUST_USE err_t counts_add(struct counts *c, uint64_t key, double value);
/* 0 if it is not there. */
double counts_get(const struct counts *c, uint64_t key);
/* Moves all to the front of `slots`, sorted by key; afterwards the table is a list of `n`, no more to be asked. */
void counts_sort(struct counts *c);
void counts_free(struct counts *c);

#endif
