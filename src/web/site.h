/* What requests are answered from, without HTTP: server.c fills in a request and sends what becomes of it. Private to
 * web/. One thread. */
#ifndef SK_WEB_SITE_H
#define SK_WEB_SITE_H
#include <jansson.h>

#include "web/files.h"
#include "web/login.h"
#include "web/session.h"
#include "web/web.h"

enum { COOKIE_MAX = 160 };

struct request { /* strings are never NULL: "" if it is not there */
    const char *method, *path;
    const char *host, *origin, *guard, *cookies, *type; /* headers; guard is X-Shopkeeper */
    const char *body;
    size_t body_n;
    char machine[256]; /* the name of this machine */
};

struct answer {
    unsigned status;
    const struct file *file; /* else `json`, which the taker frees */
    json_t *json;
    char cookie[COOKIE_MAX]; /* for Set-Cookie; "" none */
};

struct site {
    struct web_config config;
    struct files files;
    struct sessions sessions;
    struct login login;
    err_t trouble; /* with the store, the last time */
};

/* One request in the hands of its route. */
struct visit {
    struct site *site;
    const struct request *request;
    const char *rest; /* of the path, behind that of the route */
    struct session *session;
    int64_t now_ms, monotonic_ms;
    struct answer answer;
};

/* ---- routes.c ---- */

/* Whether the request is refused by what its headers say, before its body has come; then *out says why. */
bool site_refuses(struct site *site, const struct request *r, struct answer *out);
/* Answers it, whole. */
void site_answer(struct site *site, const struct request *r, struct answer *out);
/* {"error"} with a status. */
struct answer answer_error(unsigned status, const char *why);

/* ---- answers.c, answers_orders.c: what is shown ---- */

void answer_now(struct visit *v);
void answer_owner(struct visit *v);
void answer_orders(struct visit *v);
void answer_order(struct visit *v);

/* The store, for this request; else why not, as the page is to say it. */
SK_MUST_USE err_t store_open(struct visit *v, struct shop **out);
/* "none", "version", "busy", "broken". */
const char *store_why(err_t err);
/* {"minor", "currency", "digits"} */
json_t *money_json(int64_t minor, const char *currency);
/* Thousandths as a number: 2, 1.5. */
json_t *quantity_json(int milli);
/* Milliseconds, null for 0. */
json_t *time_json(int64_t ms);

/* ---- actions.c: what is done ---- */

void action_code(struct visit *v);
void action_login(struct visit *v);
void action_logout(struct visit *v);
void action_type(struct visit *v);
void action_wake(struct visit *v);
void action_mute(struct visit *v);
void action_volume(struct visit *v);

#endif
