/* What has to be guessed to get in: random, kept as a hash, compared in a time that tells nothing (Nettle). Any thread.
 */
#ifndef SK_WEB_SECRET_H
#define SK_WEB_SECRET_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

enum { TOKEN_BYTES = 32, TOKEN_MAX = 2 * TOKEN_BYTES + 1, HASH_BYTES = 32 };

struct secret_hash {
    uint8_t v[HASH_BYTES];
};

/* 256 random bits as hexadecimal digits. ERR_IO: the system gives none. */
SK_MUST_USE err_t secret_token(char out[TOKEN_MAX]);
/* SHA-256; enough for what is random itself. */
struct secret_hash secret_hash(const char *token);
bool secret_same(const void *a, const void *b, size_t n);

#endif
