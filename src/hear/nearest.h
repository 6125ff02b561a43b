/* What of all that a network lets people say sounds most like a phrase: for a wake phrase, what it may be mistaken in.
 * Pure; any thread. */
#ifndef SK_HEAR_NEAREST_H
#define SK_HEAR_NEAREST_H
#include "base/err.h"
#include "base/phone_distance.h"
#include "hear/lexicon.h"
#include "understand/grammar.h"

struct nearest {
    int distance;    /* base/phone_distance.h; PHONE_DISTANCE_FAR: the network has no word with a pronunciation */
    char words[128]; /* some words of the network that follow each other, cut if they are more */
};

/* Over every piece of every path, in any of the words' pronunciations; an empty phrase is near nothing. ERR_MEMORY. */
SK_MUST_USE err_t nearest_find(const struct net *net, const struct lexicon *lexicon, const struct phone_run *phrase,
                               struct nearest *out);

#endif
