/* The networks of the dialogue states. Each is kept as a small copy; the large search made of it, some kilobytes an
 * arc, exists only while it is used or there is room for it. One thread. */
#ifndef SK_HEAR_HELD_H
#define SK_HEAR_HELD_H
#include "hear/decoder.h"
#include "hear/lexicon.h"
#include "understand/grammar.h"

#define HELD_NAMES "names"
enum { HELD_MAX = 16, HELD_NAME_MAX = 40 };

struct held_net {
    char search[HELD_NAME_MAX]; /* name of its search: "state:<name>" */
    struct net net;
    bool names;    /* it listens by the n-gram model of the shop's names */
    bool wordings; /* and that model is asked, too, where the network is not sure */
    bool built;
    int64_t used; /* the larger the later */
};

struct held {
    struct held_net v[HELD_MAX];
    int n;
    int64_t uses;
    int32_t arcs_kept; /* searches of so many arcs in all may stay */
};

/* Copies the network for the state of that name, in place of an older one. ERR_ARG, ERR_FULL, ERR_MODEL, ERR_MEMORY. */
SK_MUST_USE err_t held_set(struct held *h, struct decoder *d, const struct lexicon *lexicon, const char *state,
                           const struct net *net, int *n_left_out);
/* The state listens by HELD_NAMES, a search that the decoder has. ERR_ARG, ERR_FULL. */
SK_MUST_USE err_t held_set_names(struct held *h, struct decoder *d, const char *state);
/* Where the network of the state is not sure, HELD_NAMES is asked. ERR_NOT_FOUND. */
SK_MUST_USE err_t held_add_wordings(struct held *h, const char *state);
/* Index of a state, or -1. */
int held_find(const struct held *h, const char *state);
/* Makes the search of a state if it does not exist; the least recently used ones may go for it. *search is borrowed. */
SK_MUST_USE err_t held_search(struct held *h, struct decoder *d, const struct lexicon *lexicon, int state,
                              const char **search);
void held_clear(struct held *h);

#endif
