/* One HTTP client: what it asks is bounded in size and time, and every end of it is one of four, of which the third
 * matters most: the server may have done it, or not.
 *
 * TLS is verified, by the system's certificates or a CA of the settings; without TLS only this machine is spoken to.
 * Redirects are not followed: a token goes to the server it was made for. Nothing of a request or an answer is logged.
 * One thread; an answer is borrowed until the next request. */
#ifndef SK_SYNC_HTTP_H
#define SK_SYNC_HTTP_H
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct http;

enum {
    HTTP_URL_MAX = 512,
    HTTP_HEADER_MAX = 512,      /* of a token, an ETag */
    HTTP_HEADERS_MAX = 64 << 10 /* bytes of an answer's headers, all together */
};

struct http_config {
    const char *server;         /* "https://shop.example", perhaps with a path */
    const char *ca;             /* a file of certificates; NULL or "" the system's */
    int connect_ms, all_ms;     /* of one request */
    size_t body_max;            /* bytes of an answer, after gzip */
    bool (*stopped)(void *ctx); /* asked now and then while it waits: true gives up; may be NULL */
    void *ctx;
};

struct http_request {
    const char *method; /* "GET", "PUT" ... */
    const char *path;   /* "/store/..."; what is put into it is escaped (http_escape) */
    const char *token;  /* bearer; NULL or "" none */
    const char *key;    /* of a web shop (x-publishable-api-key); NULL or "" none */
    const char *etag;   /* If-None-Match; NULL or "" none */
    const char *body;   /* JSON; NULL none */
    bool once; /* on a connection of its own: of one that was kept and then dies libcurl sends the request again */
};

enum http_end {
    HTTP_ANSWERED, /* the whole answer is here, whatever its status */
    HTTP_OFFLINE,  /* nothing has reached the server */
    HTTP_DOUBTFUL, /* the server may have got it: stalled, cut off, too large, garbled */
    HTTP_STOPPED,  /* given up by stopped(); doubtful as well */
};

struct http_answer {
    enum http_end end;
    int status;
    char etag[HTTP_HEADER_MAX];
    int retry_after_s; /* 0 unknown */
    const char *body;
    size_t n;
    char why[200]; /* unless it was answered: a sentence without secrets */
};

/* ERR_ARG: the address is none, or has no TLS and is not this machine; ERR_NOT_FOUND: the CA file. */
SK_MUST_USE err_t http_open(struct http **out, const struct http_config *config);
void http_close(struct http *h);
void http_send(struct http *h, const struct http_request *request, struct http_answer *out);

/* Adds the text to a path, all but letters, digits and "-._~" as %XX. False if it does not fit. */
bool http_escape(char *path, size_t cap, const char *text);

/* Reads a token: a file of one line that nobody but its owner may read (0600). ERR_DENIED, ERR_NOT_FOUND, ERR_FORMAT.
 */
SK_MUST_USE err_t http_token_read(char *out, size_t cap, const char *file);
/* Writes it anew, 0600, all of it or nothing. ERR_IO. */
SK_MUST_USE err_t http_token_write(const char *token, const char *file);

#endif
