/* The words of which each read-back asks for another: models/<locale>/challenge.txt, one a line. CORE thread. */
#ifndef SK_APPS_CHALLENGE_H
#define SK_APPS_CHALLENGE_H
#include "base/err.h"
#include "decide/dialog.h"
#include "understand/grammar.h"

enum { CHALLENGES_MIN = 8 };

struct challenges {
    int n;
    char v[CHALLENGES_MAX][CHALLENGE_MAX];
};

/* ERR_NOT_FOUND, ERR_FORMAT with file and line: a line is one word of letters a to z, each of them once; there are 8 to
 * 48. */
SK_MUST_USE err_t challenges_load(struct challenges *out, const char *path);
/* Fills <shop.challenge>. */
SK_MUST_USE err_t challenges_fill(struct grammar *g, const struct challenges *c);

#endif
