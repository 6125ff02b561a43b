/* An n-gram model of all that a grammar lets people say, counted from random sentences of it.
 *
 * A grammar of thousands of wordings is too large to be listened for as it is, and still too narrow: people say what
 * nobody wrote down. Words that follow each other in its sentences, with shares for those that do not (Witten and Bell,
 * "The zero-frequency problem", IEEE Transactions on Information Theory 37, 1991), are neither. The sentences are the
 * same on every machine.
 *
 * The result is a trigram model with back-off in the ARPA format
 * (https://cmusphinx.github.io/wiki/arpaformat/). Pure; one thread. */
#ifndef SK_UNDERSTAND_WORDINGS_H
#define SK_UNDERSTAND_WORDINGS_H
#include <stdio.h>
#include "base/err.h"
#include "understand/grammar.h"

struct wordings;

SK_MUST_USE err_t wordings_create(struct wordings **out);
void wordings_free(struct wordings *w);
/* Counts `n` random sentences of a network (NET_HEAR), as often as its weights say. ERR_FULL, ERR_MEMORY. */
SK_MUST_USE err_t wordings_count(struct wordings *w, const struct net *net, int n);
/* One random sentence of a network; "" if it got longer than anybody says. Nothing is counted. */
void wordings_sentence(struct wordings *w, const struct net *net, char *out, size_t cap);
/* The words of all sentences. Borrowed, until more is counted. */
const char *const *wordings_words(const struct wordings *w, size_t *n);
/* Leaves a word out (it has no pronunciation). */
void wordings_leave_out(struct wordings *w, const char *word);
/* Writes the model. ERR_IO, ERR_MEMORY. */
SK_MUST_USE err_t wordings_write(const struct wordings *w, FILE *file);

#endif
