#include "web/secret.h"

#include <nettle/memops.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

err_t secret_token(char out[TOKEN_MAX]) {
    uint8_t bytes[TOKEN_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return err_fail(ERR_IO, "the system gives no random numbers");
    for (int i = 0; i < TOKEN_BYTES; i++) snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return ERR_OK;
}

struct secret_hash secret_hash(const char *token) {
    struct secret_hash hash;
    struct sha256_ctx sha;
    sha256_init(&sha);
    sha256_update(&sha, strlen(token), (const uint8_t *)token);
    sha256_digest(&sha, sizeof hash.v, hash.v);
    return hash;
}

bool secret_same(const void *a, const void *b, size_t n) {
    return memeql_sec(a, b, n) != 0;
}
