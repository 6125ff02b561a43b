/* Introduces the speaker to its shop's server, for shopkeeper-syncd: when somebody asked for it ("pair with the shop",
 * shopkeeper ctl ask ..., shopkeeper sync pair), and once by itself when it was never introduced. What comes of it is
 * put into the store (shop/pairing.h), from which shopkeeperd says it. One thread, that of the struct syncing. */
#ifndef SK_APPS_INTRODUCTION_H
#define SK_APPS_INTRODUCTION_H
#include "apps/syncing.h"

/* Zero it to begin with. */
struct introduction {
    bool waits;             /* for somebody to type the code */
    struct pairing pairing; /* its secret is here and nowhere else */
    int64_t next_ms;        /* when the server is asked next */
    bool told_paired;       /* the store knows that this speaker is known */
};

/* A step, to be called every second or so: *paired is true when the server has just come to know the speaker. ERR_ of
 * the store only. */
SK_MUST_USE err_t introduction_step(struct introduction *i, struct syncing *s, bool *paired);
/* The server has said that it does not know this speaker. */
SK_MUST_USE err_t introduction_unknown(struct introduction *i, struct syncing *s);
/* The server has answered: it does. */
SK_MUST_USE err_t introduction_known(struct introduction *i, struct syncing *s);

#endif
