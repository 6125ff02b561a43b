/* Who is logged in: at most eight browsers, each known by a token of which only the hash is kept, in memory: a restart
 * logs everybody out. One thread; times are monotonic milliseconds. */
#ifndef SK_WEB_SESSION_H
#define SK_WEB_SESSION_H
#include "web/secret.h"

enum { SESSIONS_MAX = 8, SESSION_DAYS = 30 };

struct session {
    struct secret_hash hash;
    int64_t until_ms, used_ms; /* until 0: free */
};

struct sessions {
    struct session v[SESSIONS_MAX];
};

/* Begins one; where there are eight, the one that was not used for the longest time ends. ERR_IO. */
SK_MUST_USE err_t sessions_begin(struct sessions *s, int64_t now_ms, char token[TOKEN_MAX]);
/* The session of that token, or NULL. */
struct session *sessions_find(struct sessions *s, const char *token, int64_t now_ms);
void session_end(struct session *session);

#endif
