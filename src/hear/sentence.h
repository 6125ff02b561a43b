/* Where in the grammar of a dialogue state some words have come to: is it a whole sentence, and does it go on? Pure. */
#ifndef SK_HEAR_SENTENCE_H
#define SK_HEAR_SENTENCE_H
#include <stddef.h>
#include "base/err.h"
#include "understand/grammar.h"

struct sentence; /* room for the walk through one network */

/* Borrows the network. ERR_MEMORY. */
SK_MUST_USE err_t sentence_open(struct sentence **out, const struct net *net);
void sentence_close(struct sentence *s);

/* The probability that a sentence which began with these words (separated by blanks) ends with them, by the weights of
 * the network: 0 in the middle of one, 1 where nothing can follow. -1 if no sentence begins so. */
float sentence_end(struct sentence *s, const char *words);

#endif
