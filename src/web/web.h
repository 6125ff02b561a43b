/* The companion page of the speaker: a small HTTP server for the people of the house, on their own network.
 *
 * It shows what the store has, which it only reads, and passes on what is typed or pressed to shopkeeperd. Nobody sees
 * anything without a code that the speaker says aloud. One thread: web_wait() serves whoever has come.
 *
 * server.c speaks HTTP, routes.c says what there is, guard.c who may ask from where, login.c and session.c who is
 * known, answers*.c what is shown, actions.c what is done, files.c the page itself, which is data. */
#ifndef SK_WEB_WEB_H
#define SK_WEB_WEB_H
#include "shop/shop.h"

typedef void web_finding_fn(void *to, const char *what, bool ok, const char *text);

struct web_config {      /* strings are borrowed until web_close() */
    const char *address; /* an IP address of this machine; "" every one */
    int port;
    const char *files;       /* models/<locale>/web */
    const char *db, *schema; /* the speaker's database, and catalog/schema */
    /* Sends a line to shopkeeperd and copies its answer's. ERR_ if it does not answer. */
    err_t (*ask)(void *ctx, const char *line, char *answer, size_t cap);
    /* What the owner is to know about the shop's server, one finding a call. */
    err_t (*findings)(void *ctx, struct shop *shop, int64_t now_ms, web_finding_fn *fn, void *to);
    void *ctx;
};

struct web;

/* Reads the files and listens. ERR_BUSY: another program has the port; ERR_ARG: the address is none of this machine's;
 * ERR_NOT_FOUND, ERR_IO, ERR_RANGE of the files. */
SK_MUST_USE err_t web_open(struct web **out, const struct web_config *config);
/* Answers those who ask, for about so long at most; a signal ends it. */
void web_wait(struct web *w, int ms);
void web_close(struct web *w);

#endif
