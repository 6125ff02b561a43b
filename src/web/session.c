#include "web/session.h"

#include <string.h>

static const int64_t LASTS_MS = (int64_t)SESSION_DAYS * 24 * 60 * 60 * 1000;

static bool is_live(const struct session *session, int64_t now_ms) {
    return session->until_ms > now_ms;
}

/* A free one, or else the one that is missed least. */
static struct session *place_for_one(struct sessions *s, int64_t now_ms) {
    struct session *oldest = s->v;
    for (struct session *one = s->v; one < s->v + SESSIONS_MAX; one++) {
        if (!is_live(one, now_ms)) return one;
        if (one->used_ms < oldest->used_ms) oldest = one;
    }
    return oldest;
}

err_t sessions_begin(struct sessions *s, int64_t now_ms, char token[TOKEN_MAX]) {
    TRY(secret_token(token));
    *place_for_one(s, now_ms) =
        (struct session){.hash = secret_hash(token), .until_ms = now_ms + LASTS_MS, .used_ms = now_ms};
    return ERR_OK;
}

struct session *sessions_find(struct sessions *s, const char *token, int64_t now_ms) {
    struct session *found = NULL;
    if (strlen(token) != TOKEN_MAX - 1) return NULL;
    const struct secret_hash hash = secret_hash(token);
    for (struct session *one = s->v; one < s->v + SESSIONS_MAX; one++) {
        bool same = secret_same(one->hash.v, hash.v, sizeof hash.v);
        if (same && is_live(one, now_ms)) found = one;
    }
    if (found) found->used_ms = now_ms;
    return found;
}

void session_end(struct session *session) {
    *session = (struct session){0};
}
