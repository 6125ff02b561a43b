#include "sync/http.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/str.h"

enum { LOW_SPEED_BYTES = 50, RETRY_AFTER_MAX_S = 3600 };

struct http {
    CURL *curl;
    struct http_config config;
    char server[HTTP_URL_MAX], ca[HTTP_URL_MAX];
    char *body;
    size_t n, cap, header_bytes;
    bool too_large;
    struct http_answer *answer; /* of the request in hand */
};

/* ---- the address ---- */

/* Its host, for whether it is this machine. */
static bool is_here(const char *rest) {
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    size_t n = strcspn(rest, ":/?#");
    if (*rest == '[') n = strcspn(rest, "/?#") < 5 ? 0 : 5;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (n == strlen(names[i]) && strncasecmp(rest, names[i], n) == 0) return true;
    }
    return false;
}

static err_t check_address(const char *server) {
    bool tls = strncmp(server, "https://", 8) == 0, plain = strncmp(server, "http://", 7) == 0;
    if (strpbrk(server, "@ \t\r\n?#") || (!tls && !plain) || !server[tls ? 8 : 7])
        return err_fail(ERR_ARG, "the server's address is '%.80s': write it as https://shop.example", server);
    if (plain && !is_here(server + 7))
        return err_fail(ERR_ARG, "the server %.80s has no TLS: only https is spoken beyond this machine", server);
    return ERR_OK;
}

bool http_escape(char *path, size_t cap, const char *text) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (; *text; text++) {
        char one[4] = {*text, '\0'};
        if (!strchr(plain, *text)) snprintf(one, sizeof one, "%%%02X", (unsigned char)*text);
        if (!str_append(path, cap, one)) return false;
    }
    return true;
}

/* ---- what comes in ---- */

static size_t take_body(char *bytes, size_t size, size_t count, void *ctx) {
    struct http *h = ctx;
    size_t n = size * count;
    if (h->n + n > h->config.body_max) {
        h->too_large = true;
        return 0;
    }
    if (h->n + n + 1 > h->cap) {
        size_t cap = 2 * (h->n + n + 1);
        char *grown = realloc(h->body, cap);
        if (!grown) return 0;
        h->body = grown;
        h->cap = cap;
    }
    memcpy(h->body + h->n, bytes, n);
    h->n += n;
    h->body[h->n] = '\0';
    return n;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *ctx) {
    struct http *h = ctx;
    size_t n = size * count;
    char line[HTTP_HEADER_MAX + 32];
    h->header_bytes += n;
    if (h->header_bytes > HTTP_HEADERS_MAX) {
        h->too_large = true;
        return 0;
    }
    if (n >= sizeof line) return n; /* none that we read is that long */
    memcpy(line, bytes, n);
    line[n] = '\0';
    char *colon = strchr(line, ':');
    if (!colon) return n;
    *colon = '\0';
    const char *value = str_trim(colon + 1);
    if (strcasecmp(line, "etag") == 0 && !str_copy(h->answer->etag, sizeof h->answer->etag, value))
        h->answer->etag[0] = '\0'; /* a part of one is none */
    if (strcasecmp(line, "retry-after") == 0) {
        long s = strtol(value, NULL, 10);
        h->answer->retry_after_s = s < 0 ? 0 : s > RETRY_AFTER_MAX_S ? RETRY_AFTER_MAX_S : (int)s;
    }
    return n;
}

static int go_on(void *ctx, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up) {
    struct http *h = ctx;
    (void)down_all, (void)down, (void)up_all, (void)up;
    return h->config.stopped && h->config.stopped(h->config.ctx);
}

/* ---- how it ended ---- */

/* What of a request cannot have been read by anybody yet. */
static bool never_left(CURL *curl, CURLcode code) {
    curl_off_t connected_us = 0;
    switch (code) {
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL:
            return true;
        case CURLE_OPERATION_TIMEDOUT: /* while it connected, or later? */
            return curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &connected_us) == CURLE_OK && connected_us == 0;
        default:
            return false;
    }
}

static const char *why_failed(const struct http *h, CURLcode code) {
    if (h->too_large) return "the answer is larger than it may be";
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "the server's name is not known here: is the network up?";
        case CURLE_COULDNT_CONNECT:
            return "the server cannot be reached: is it running, and is its address in the settings right?";
        case CURLE_PEER_FAILED_VERIFICATION:
            return "the server's certificate is not trusted: name its CA in the settings";
        case CURLE_OPERATION_TIMEDOUT:
            return "the server did not answer in time";
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
            return "the connection was cut off";
        case CURLE_ABORTED_BY_CALLBACK:
            return "stopped while waiting for the server";
        default:
            return curl_easy_strerror(code);
    }
}

static void tell_end(struct http *h, CURLcode code, struct http_answer *out) {
    if (code) {
        out->end = code == CURLE_ABORTED_BY_CALLBACK ? HTTP_STOPPED
                   : never_left(h->curl, code)       ? HTTP_OFFLINE
                                                     : HTTP_DOUBTFUL;
        str_copy(out->why, sizeof out->why, why_failed(h, code));
        return;
    }
    long status = 0;
    curl_easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &status);
    out->end = HTTP_ANSWERED;
    out->status = (int)status;
    out->body = h->body ? h->body : "";
    out->n = h->n;
}

/* ---- asking ---- */

static bool add(struct curl_slist **list, const char *name, const char *value) {
    char line[2 * HTTP_HEADER_MAX];
    if (snprintf(line, sizeof line, "%s%s", name, value) >= (int)sizeof line || strpbrk(line, "\r\n")) return false;
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (longer) *list = longer;
    return longer != NULL;
}

static bool add_headers(const struct http_request *r, struct curl_slist **list) {
    bool ok = add(list, "Accept: application/json", "") && add(list, "Expect:", "");
    if (ok && r->body) ok = add(list, "Content-Type: application/json", "");
    if (ok && r->token && *r->token) ok = add(list, "Authorization: Bearer ", r->token);
    if (ok && r->key && *r->key) ok = add(list, "x-publishable-api-key: ", r->key);
    if (ok && r->etag && *r->etag) ok = add(list, "If-None-Match: ", r->etag);
    return ok;
}

static void set_up(struct http *h, const struct http_request *r, const char *url, struct curl_slist *headers) {
    CURL *c = h->curl;
    curl_easy_reset(c); /* connections are kept */
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, strncmp(url, "https", 5) == 0 ? "https" : "http");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, r->once ? 1L : 0L);
    curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, r->method);
    if (r->body) curl_easy_setopt(c, CURLOPT_POSTFIELDS, r->body);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)h->config.connect_ms);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)h->config.all_ms);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)LOW_SPEED_BYTES);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)(h->config.all_ms / 2000 + 1));
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (*h->ca) curl_easy_setopt(c, CURLOPT_CAINFO, h->ca);
    if (*h->ca) curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, h);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, h);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, go_on);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, h);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_USERAGENT, "shopkeeper");
}

void http_send(struct http *h, const struct http_request *r, struct http_answer *out) {
    char url[2 * HTTP_URL_MAX];
    struct curl_slist *headers = NULL;
    memset(out, 0, sizeof *out);
    out->body = "";
    out->end = HTTP_OFFLINE;
    h->n = h->header_bytes = 0;
    h->too_large = false;
    h->answer = out;
    bool fits = snprintf(url, sizeof url, "%s%s", h->server, r->path) < (int)sizeof url;
    if (fits && add_headers(r, &headers)) {
        set_up(h, r, url, headers);
        tell_end(h, curl_easy_perform(h->curl), out);
    } else {
        str_copy(out->why, sizeof out->why, "the request is longer than it may be");
    }
    curl_slist_free_all(headers);
    h->answer = NULL;
}

/* ---- life ---- */

static err_t open_all(struct http *h, const struct http_config *config) {
    if (!str_copy(h->server, sizeof h->server, config->server) ||
        !str_copy(h->ca, sizeof h->ca, config->ca ? config->ca : ""))
        return err_fail(ERR_RANGE, "the settings of the server are too long");
    TRY(check_address(h->server));
    for (size_t n = strlen(h->server); n && h->server[n - 1] == '/'; n--) h->server[n - 1] = '\0';
    if (*h->ca && access(h->ca, R_OK)) return err_fail(ERR_NOT_FOUND, "the CA file %s cannot be read", h->ca);
    h->curl = curl_easy_init();
    return h->curl ? ERR_OK : err_fail(ERR_MEMORY, "not enough memory for the network");
}

err_t http_open(struct http **out, const struct http_config *config) {
    struct http *h = calloc(1, sizeof *h);
    if (!h) return err_fail(ERR_MEMORY, "not enough memory for the network");
    h->config = *config;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    err_t err = open_all(h, config);
    if (err) {
        http_close(h);
        return err;
    }
    *out = h;
    return ERR_OK;
}

void http_close(struct http *h) {
    if (!h) return;
    if (h->curl) curl_easy_cleanup(h->curl);
    curl_global_cleanup();
    free(h->body);
    free(h);
}
