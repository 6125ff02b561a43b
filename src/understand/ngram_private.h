/* What ngram.c, ngram_frames.c and ngram_write.c share. */
#ifndef SK_UNDERSTAND_NGRAM_PRIVATE_H
#define SK_UNDERSTAND_NGRAM_PRIVATE_H
#include <stdbool.h>
#include "understand/counts.h"
#include "understand/ngram.h"
#include "understand/symbols.h"

/* Numbers of what is no word. */
enum { WORD_BEGIN, WORD_END, WORD_NAME, WORD_FIRST };

struct ngram_word {
    double products;    /* that have it in their name, by weight */
    double mentions;    /* that say it elsewhere */
    double total, last; /* places where it stands, and those where it ends a stretch */
    int32_t product;    /* the last one that was counted */
    bool of_frames, kept;
};

struct ngram {
    struct ngram_tuning tuning;
    struct symbols symbols;
    struct ngram_word *words; /* by number */
    int32_t words_room;
    struct counts pairs, triples;             /* of the names */
    struct counts frame_pairs, frame_triples; /* of the frames: WORD_NAME may stand at any place */
    int32_t n_products;
    const char **list; /* the words that were found wanted */
    size_t n_list;
};

SK_MUST_USE err_t ngram_word_add(struct ngram *g, const char *word, int32_t *out);

#endif
