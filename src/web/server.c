/* HTTP (libmicrohttpd), one thread: connections are bounded in number, time and memory, and closed after each answer,
 * so that a page that nobody looks at holds none. */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "web/posted.h"
#include "web/site.h"

enum {
    CONNECTIONS_MAX = 8,
    CONNECTIONS_OF_ONE = 4, /* address */
    IDLE_S = 10,
    MEMORY_MAX_BYTES = 16 * 1024, /* of a connection: its headers have to fit */
};

struct web {
    struct site site;
    int listener; /* -1: libmicrohttpd's to close, or none */
    int epoll;    /* libmicrohttpd's */
    struct MHD_Daemon *daemon;
};

/* A body that is coming. */
struct upload {
    size_t n;
    char body[POSTED_MAX];
};

/* ---- answers ---- */

/* The page and nothing else: no script, style, picture or frame of anybody else, nor of ours in another's. */
static const char *const headers[][2] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
     "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
    {"Connection", "close"},
};

static enum MHD_Result send_bytes(struct MHD_Connection *c, const struct answer *a, size_t n, char *bytes,
                                  enum MHD_ResponseMemoryMode mode, const char *type) {
    struct MHD_Response *response = MHD_create_response_from_buffer(n, bytes, mode);
    if (!response) return MHD_NO;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    MHD_add_response_header(response, "Content-Type", type);
    if (*a->cookie) MHD_add_response_header(response, "Set-Cookie", a->cookie);
    enum MHD_Result queued = MHD_queue_response(c, a->status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result send_answer(struct MHD_Connection *c, struct answer *a) {
    if (a->file) return send_bytes(c, a, a->file->n, a->file->bytes, MHD_RESPMEM_PERSISTENT, a->file->type);
    char *text = json_dumps(a->json, JSON_COMPACT);
    json_decref(a->json);
    return text ? send_bytes(c, a, strlen(text), text, MHD_RESPMEM_MUST_FREE, "application/json") : MHD_NO;
}

static enum MHD_Result refuse(struct MHD_Connection *c, unsigned status, const char *why) {
    struct answer a = answer_error(status, why);
    return send_answer(c, &a);
}

/* ---- requests ---- */

static const char *header(struct MHD_Connection *c, const char *name) {
    const char *value = MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
    return value ? value : "";
}

static struct request request_of(struct MHD_Connection *c, const char *method, const char *path) {
    struct request r = {.method = method,
                        .path = path,
                        .host = header(c, "Host"),
                        .origin = header(c, "Origin"),
                        .guard = header(c, "X-Shopkeeper"),
                        .cookies = header(c, "Cookie"),
                        .type = header(c, "Content-Type"),
                        .body = ""};
    if (gethostname(r.machine, sizeof r.machine - 1)) r.machine[0] = '\0';
    return r;
}

/* Bytes of the body that is to come; 0 none; -1 nobody knows. */
static long body_length(struct MHD_Connection *c) {
    const char *length = header(c, "Content-Length");
    if (*header(c, "Transfer-Encoding")) return -1;
    size_t n = strlen(length);
    if (strspn(length, "0123456789") != n) return -1;
    return n > 6 ? POSTED_MAX + 1 : strtol(length, NULL, 10);
}

/* What the headers alone say is enough to refuse most of what is wrong, before anything is waited for. */
static enum MHD_Result begin(struct web *w, struct MHD_Connection *c, const struct request *r, void **state) {
    struct answer a;
    long length = body_length(c);
    if (site_refuses(&w->site, r, &a)) return send_answer(c, &a);
    if (length < 0) return refuse(c, 411, "length");
    if (length > POSTED_MAX) return refuse(c, 413, "long");
    *state = calloc(1, sizeof(struct upload));
    return *state ? MHD_YES : MHD_NO;
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *c, const char *path, const char *method,
                                  const char *version, const char *data, size_t *n, void **state) {
    (void)version;
    struct web *w = ctx;
    struct request r = request_of(c, method, path);
    struct upload *upload = *state;
    if (!upload) return begin(w, c, &r, state);
    if (*n) {
        if (*n > sizeof upload->body - upload->n) return MHD_NO; /* more than its header said */
        memcpy(upload->body + upload->n, data, *n);
        upload->n += *n;
        *n = 0;
        return MHD_YES;
    }
    struct answer a;
    r.body = upload->body;
    r.body_n = upload->n;
    site_answer(&w->site, &r, &a);
    return send_answer(c, &a);
}

static void on_end(void *ctx, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode how) {
    (void)ctx;
    (void)c;
    (void)how;
    if (*state) explicit_bzero(*state, sizeof(struct upload)); /* it may have been a code */
    free(*state);
    *state = NULL;
}

__attribute__((format(printf, 2, 0))) static void on_log(void *ctx, const char *format, va_list values) {
    char text[256];
    (void)ctx;
    vsnprintf(text, sizeof text, format, values);
    log_debug("%s", str_trim(text));
}

/* ---- life ---- */

union socket_address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* Of the settings; "" every address, of IPv4 too. */
static err_t address_of(union socket_address *out, const char *text, int port) {
    union socket_address a = {.v6 = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)}};
    if (*text && inet_pton(AF_INET, text, &a.v4.sin_addr) == 1)
        a.v4.sin_family = AF_INET;
    else if (*text && inet_pton(AF_INET6, text, &a.v6.sin6_addr) != 1)
        return err_fail(ERR_ARG, "'%.60s' is no IP address: mend [web] address in the settings", text);
    *out = a;
    return ERR_OK;
}

static err_t listen_failed(const struct web_config *config) {
    if (errno == EADDRINUSE)
        return err_fail(ERR_BUSY, "port %d is taken by another program: name another, [web] port in the settings",
                        config->port);
    if (errno == EADDRNOTAVAIL)
        return err_fail(ERR_ARG, "%s is no address of this machine: mend [web] address in the settings",
                        config->address);
    return err_fail(ERR_IO, "cannot listen on port %d: %s", config->port, strerror(errno));
}

static bool listen_on(int fd, const union socket_address *a) {
    const int yes = 1, no = 0;
    bool v6 = a->any.sa_family == AF_INET6;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (v6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    return bind(fd, &a->any, v6 ? sizeof a->v6 : sizeof a->v4) == 0 && listen(fd, CONNECTIONS_MAX) == 0;
}

static err_t open_listener(struct web *w) {
    const struct web_config *config = &w->site.config;
    union socket_address a;
    TRY(address_of(&a, config->address, config->port));
    w->listener = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (w->listener < 0 && errno == EAFNOSUPPORT && !*config->address) { /* a machine without IPv6 */
        TRY(address_of(&a, "0.0.0.0", config->port));
        w->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    }
    if (w->listener < 0 || !listen_on(w->listener, &a)) return listen_failed(config);
    return ERR_OK;
}

static err_t start(struct web *w) {
    w->daemon =
        MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, w, MHD_OPTION_EXTERNAL_LOGGER,
                         on_log, NULL, MHD_OPTION_LISTEN_SOCKET, w->listener, MHD_OPTION_CONNECTION_LIMIT,
                         (unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_OF_ONE,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                         (size_t)MEMORY_MAX_BYTES, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
    if (!w->daemon) return err_fail(ERR_IO, "the HTTP server does not start: %s", strerror(errno));
    w->listener = -1;
    w->epoll = MHD_get_daemon_info(w->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    return ERR_OK;
}

static err_t open_all(struct web *w) {
    TRY(files_load(&w->site.files, w->site.config.files));
    TRY(open_listener(w));
    return start(w);
}

err_t web_open(struct web **out, const struct web_config *config) {
    struct web *w = calloc(1, sizeof *w);
    if (!w) return err_fail(ERR_MEMORY, "not enough memory");
    w->site.config = *config;
    w->listener = -1;
    err_t err = open_all(w);
    if (err) {
        web_close(w);
        return err;
    }
    *out = w;
    return ERR_OK;
}

void web_wait(struct web *w, int ms) {
    MHD_UNSIGNED_LONG_LONG due_ms;
    struct pollfd fd = {.fd = w->epoll, .events = POLLIN};
    if (MHD_get_timeout(w->daemon, &due_ms) == MHD_YES && due_ms < (unsigned)ms) ms = (int)due_ms;
    poll(&fd, 1, ms);
    MHD_run(w->daemon);
}

void web_close(struct web *w) {
    if (!w) return;
    if (w->daemon) MHD_stop_daemon(w->daemon);
    if (w->listener >= 0) close(w->listener);
    files_free(&w->site.files);
    explicit_bzero(&w->site.login, sizeof w->site.login);
    free(w);
}
