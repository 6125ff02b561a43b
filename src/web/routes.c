/* Which requests there are, and what each of them asks of who asks. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "web/guard.h"
#include "web/posted.h"
#include "web/site.h"

#define COOKIE_NAME "shopkeeper"

enum who { KNOWN /* is logged in */, ANYBODY };

static const struct route {
    const char *method, *path; /* a path that ends with '/' goes on */
    enum who who;
    void (*fn)(struct visit *v);
} routes[] = {
    {"GET", "/api/now", KNOWN, answer_now},        {"GET", "/api/orders", KNOWN, answer_orders},
    {"GET", "/api/order/", KNOWN, answer_order},   {"GET", "/api/owner", KNOWN, answer_owner},
    {"POST", "/api/code", ANYBODY, action_code},   {"POST", "/api/login", ANYBODY, action_login},
    {"POST", "/api/logout", KNOWN, action_logout}, {"POST", "/api/type", KNOWN, action_type},
    {"POST", "/api/wake", KNOWN, action_wake},     {"POST", "/api/mute", KNOWN, action_mute},
    {"POST", "/api/volume", KNOWN, action_volume},
};
enum { ROUTES = sizeof routes / sizeof *routes };

struct answer answer_error(unsigned status, const char *why) {
    return (struct answer){.status = status, .json = json_pack("{s:s}", "error", why)};
}

static bool is_of(const struct route *route, const char *path) {
    size_t n = strlen(route->path);
    return route->path[n - 1] == '/' ? strncmp(route->path, path, n) == 0 : str_equal(route->path, path);
}

/* *status is 404 or 405 if there is none. */
static const struct route *find(const struct request *r, unsigned *status) {
    *status = 404;
    for (const struct route *route = routes; route < routes + ROUTES; route++) {
        if (!is_of(route, r->path)) continue;
        if (str_equal(route->method, r->method)) return route;
        *status = 405;
    }
    return NULL;
}

static struct session *known(struct site *site, const struct request *r, int64_t now_ms) {
    char token[TOKEN_MAX];
    return guard_cookie(r->cookies, COOKIE_NAME, token, sizeof token) ? sessions_find(&site->sessions, token, now_ms)
                                                                      : NULL;
}

/* Only a page of ours can set that header without asking us first, and then Origin is ours, too. */
static bool is_from_our_page(const struct request *r) {
    return str_equal(r->guard, "page") && guard_origin(r->origin, r->host);
}

static bool is_json(const char *type) {
    static const char json[] = "application/json";
    size_t n = sizeof json - 1;
    return strncmp(type, json, n) == 0 && (type[n] == '\0' || type[n] == ';');
}

/* Nobody has the page yet that could say it better. */
static struct answer refuse_host(const struct request *r) {
    char text[640];
    struct answer a = answer_error(403, "host");
    snprintf(text, sizeof text, "open this page by the speaker's IP address, or as %s or %s.local", r->machine,
             r->machine);
    json_object_set_new(a.json, "text", json_string(text));
    return a;
}

bool site_refuses(struct site *site, const struct request *r, struct answer *out) {
    unsigned status = 0;
    bool writes = str_equal(r->method, "POST");
    bool is_file = str_equal(r->method, "GET") && files_find(&site->files, r->path);
    const struct route *route = is_file ? NULL : find(r, &status);
    if (!guard_host(r->host, r->machine))
        *out = refuse_host(r);
    else if (!route && !is_file)
        *out = answer_error(status, status == 404 ? "unknown" : "method");
    else if (writes && !is_from_our_page(r))
        *out = answer_error(403, "origin");
    else if (route && route->who == KNOWN && !known(site, r, clock_monotonic_ns() / 1000000))
        *out = answer_error(401, "login");
    else if (writes && !is_json(r->type))
        *out = answer_error(415, "json");
    else
        return false;
    return true;
}

void site_answer(struct site *site, const struct request *r, struct answer *out) {
    unsigned status;
    if (site_refuses(site, r, out)) return;
    const struct route *route = find(r, &status);
    struct visit v = {.site = site,
                      .request = r,
                      .now_ms = clock_now_ms(),
                      .monotonic_ms = clock_monotonic_ns() / 1000000,
                      .answer = {.status = 200}};
    v.session = known(site, r, v.monotonic_ms);
    if (route) {
        v.rest = r->path + strlen(route->path);
        route->fn(&v);
    } else {
        v.answer.file = files_find(&site->files, r->path);
    }
    *out = v.answer;
}
