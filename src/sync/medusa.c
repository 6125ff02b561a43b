#include "sync/medusa.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/str.h"

enum { CONNECT_MS = 10000, ALL_MS = 30000, ANSWER_MAX_BYTES = 8 << 20 };

/* ---- what the answers mean ---- */

static const struct {
    const char *code;
    enum outcome_kind kind;
    enum refusal refusal;
} codes[] = {
    {"invalid", OUTCOME_REFUSED, REFUSAL_OTHER},       {"token", OUTCOME_REFUSED, REFUSAL_TOKEN},
    {"revoked", OUTCOME_REFUSED, REFUSAL_TOKEN},       {"payment_refused", OUTCOME_REFUSED, REFUSAL_PAYMENT},
    {"not_found", OUTCOME_MISSING, REFUSAL_NONE},      {"changed", OUTCOME_REFUSED, REFUSAL_CHANGED},
    {"unavailable", OUTCOME_REFUSED, REFUSAL_OTHER}, /* its problems say more */
    {"cancelled", OUTCOME_REFUSED, REFUSAL_CANCELLED}, {"differs", OUTCOME_REFUSED, REFUSAL_OTHER},
    {"too_late", OUTCOME_REFUSED, REFUSAL_LATE},       {"not_delivered", OUTCOME_REFUSED, REFUSAL_LATE},
    {"closed", OUTCOME_REFUSED, REFUSAL_LATE},         {"in_work", OUTCOME_DOUBTFUL, REFUSAL_NONE},
    {"cursor", OUTCOME_REFUSED, REFUSAL_CURSOR},       {"expired", OUTCOME_REFUSED, REFUSAL_OTHER},
    {"taken", OUTCOME_REFUSED, REFUSAL_OTHER},         {"too_large", OUTCOME_REFUSED, REFUSAL_OTHER},
    {"too_many", OUTCOME_DOUBTFUL, REFUSAL_NONE},      {"fault", OUTCOME_DOUBTFUL, REFUSAL_NONE},
    {"busy", OUTCOME_DOUBTFUL, REFUSAL_NONE},
};

enum refusal medusa_problem(const char *code) {
    static const struct {
        const char *code;
        enum refusal refusal;
    } problems[] = {{"sold_out", REFUSAL_STOCK},     {"gone", REFUSAL_GONE},         {"no_price", REFUSAL_GONE},
                    {"no_address", REFUSAL_ADDRESS}, {"not_there", REFUSAL_ADDRESS}, {"no_delivery", REFUSAL_DELIVERY},
                    {"payment", REFUSAL_PAYMENT}};
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
        if (str_equal(problems[i].code, code)) return problems[i].refusal;
    }
    return REFUSAL_OTHER;
}

/* The first problem tells. */
static enum refusal first_problem(const struct node *root) {
    const struct node *problems, *first;
    char code[32];
    size_t n;
    if (node_array(root, "problems", 100, &problems, &n) || n == 0 || node_at(problems, 0, &first) ||
        node_text(first, "code", code, sizeof code))
        return REFUSAL_OTHER;
    return medusa_problem(code);
}

static struct outcome refusal_of(const struct node *root, int status) {
    char code[32], message[160];
    (void)status;
    if (node_text(root, "code", code, sizeof code) || node_text_if(root, "message", message, sizeof message, true))
        return medusa_unreadable();
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (!str_equal(codes[i].code, code)) continue;
        struct outcome o = outcome_of(codes[i].kind, codes[i].refusal, message);
        if (str_equal(code, "unavailable")) o.refusal = first_problem(root);
        return o;
    }
    return medusa_unreadable();
}

struct outcome medusa_unreadable(void) {
    char why[200];
    snprintf(why, sizeof why, "%.190s", err_reason());
    return outcome_of(OUTCOME_DOUBTFUL, REFUSAL_NONE, why);
}

/* A shop's own 404 says what is missing: this one comes from a shop without such routes (or from another address), and
 * is no answer to whether there is such an order. */
static struct outcome absent(const struct medusa *m) {
    return outcome_of(OUTCOME_DOUBTFUL, REFUSAL_NONE, m->face->absent);
}

static struct outcome read_answer(const struct medusa *m, const struct http_answer *a, struct medusa_answer *out) {
    if (a->status == 304) return outcome_of(OUTCOME_UNCHANGED, REFUSAL_NONE, "");
    if (a->status >= 300 && a->status < 400)
        return outcome_of(OUTCOME_OFFLINE, REFUSAL_NONE,
                          "the server sends us to another address: name that one in the settings");
    if (node_parse(&out->root, a->body, a->n)) {
        struct outcome o = medusa_unreadable();
        if (a->status == 404) return absent(m);
        if (a->status >= 400) snprintf(o.why, sizeof o.why, "the server answers %d, and not as a shop", a->status);
        return o;
    }
    if (a->status >= 200 && a->status < 300) return outcome_of(OUTCOME_DONE, REFUSAL_NONE, "");
    struct outcome o = m->face->refusal(out->root, a->status);
    if (a->status == 404 && o.kind == OUTCOME_DOUBTFUL) return absent(m);
    if (o.kind == OUTCOME_DOUBTFUL && !*o.why)
        snprintf(o.why, sizeof o.why, "the server answers %d, and not as a shop", a->status);
    return o;
}

/* ---- asking ---- */

/* Another program may have paired meanwhile. */
static bool has_token(struct medusa *m) {
    if (*m->token) return true;
    return *m->token_file && !http_token_read(m->token, sizeof m->token, m->token_file);
}

struct outcome medusa_send(struct medusa *m, const struct medusa_ask *ask, struct medusa_answer *out) {
    struct http_answer a;
    const char *body = NULL;
    char path[MEDUSA_PATH_MAX + 32];
    *out = (struct medusa_answer){0};
    if (!ask->open && !has_token(m)) return outcome_of(OUTCOME_REFUSED, REFUSAL_TOKEN, m->face->unknown);
    if (ask->body && body_take(ask->body, &body)) return outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, err_reason());
    snprintf(path, sizeof path, "%s%s", m->face->root, ask->path);
    struct http_request r = {.method = ask->method, .path = path, .etag = ask->etag, .body = body, .once = ask->once};
    if (!ask->open) *(m->face->publishable ? &r.key : &r.token) = m->token;
    http_send(m->http, &r, &a);
    if (a.end != HTTP_ANSWERED)
        return outcome_of(a.end == HTTP_OFFLINE ? OUTCOME_OFFLINE : OUTCOME_DOUBTFUL, REFUSAL_NONE, a.why);
    struct outcome o = read_answer(m, &a, out);
    o.retry_s = a.retry_after_s;
    out->status = a.status;
    str_copy(out->etag, sizeof out->etag, a.etag);
    if (o.kind == OUTCOME_REFUSED && o.refusal == REFUSAL_TOKEN) {
        m->token[0] = '\0';
        str_copy(o.why, sizeof o.why, m->face->unknown);
    }
    log_debug("%s %.*s: %d", ask->method, 1 + (int)strcspn(ask->path + 1, "/?"), ask->path, a.status);
    return o;
}

void medusa_free(struct medusa_answer *a) {
    node_free(a->root);
    a->root = NULL;
}

bool medusa_path(char path[MEDUSA_PATH_MAX], const char *before, const char *part, const char *after) {
    return str_copy(path, MEDUSA_PATH_MAX, before) && http_escape(path, MEDUSA_PATH_MAX, part) &&
           str_append(path, MEDUSA_PATH_MAX, after);
}

err_t medusa_currency(const struct medusa *m, const struct node *o) {
    char currency[8];
    TRY(node_text(o, m->face->currency, currency, sizeof currency));
    if (!*m->currency || strcasecmp(currency, m->currency) == 0) return ERR_OK;
    return err_fail(ERR_FORMAT, "the server's money is %s, and the shop's here is %s", currency, m->currency);
}

/* ---- life ---- */

void medusa_close(struct backend *b) {
    struct medusa *m = (struct medusa *)b;
    if (!m) return;
    http_close(m->http);
    free(m);
}

static err_t open_all(struct medusa *m, const struct backend_config *c) {
    struct http_config http = {.server = c->server,
                               .ca = c->ca,
                               .connect_ms = c->connect_ms ? c->connect_ms : CONNECT_MS,
                               .all_ms = c->all_ms ? c->all_ms : ALL_MS,
                               .body_max = ANSWER_MAX_BYTES,
                               .stopped = c->stopped,
                               .ctx = c->ctx};
    str_copy(m->currency, sizeof m->currency, c->currency ? c->currency : "");
    if (c->token_file && !str_copy(m->token_file, sizeof m->token_file, c->token_file))
        return err_fail(ERR_RANGE, "the path of the token is too long");
    if (*m->token_file) {
        err_t err = http_token_read(m->token, sizeof m->token, m->token_file);
        if (err && err != ERR_NOT_FOUND) return err; /* not paired yet is no error */
    }
    return http_open(&m->http, &http);
}

err_t medusa_open(struct backend **out, const struct backend_config *config, const struct backend_ops *ops,
                  const struct medusa_face *face, size_t size) {
    struct medusa *m = calloc(1, size);
    if (!m) return err_fail(ERR_MEMORY, "not enough memory for the shop's server");
    m->backend.ops = ops;
    m->face = face;
    err_t err = open_all(m, config);
    if (err) {
        medusa_close(&m->backend);
        return err;
    }
    *out = &m->backend;
    return ERR_OK;
}

static const struct medusa_face plugin = {
    .root = "/shopkeeper/v1",
    .currency = "currency",
    .absent =
        "the server has no Shopkeeper plug-in at this address: install catalog/backends/medusa there, or set backend "
        "= medusa-store",
    .unknown = "the shop does not know this speaker: say \"pair with the shop\", or run shopkeeper sync pair",
    .refusal = refusal_of,
};

static err_t open_plugin(struct backend **out, const struct backend_config *config) {
    return medusa_open(out, config, &backend_medusa, &plugin, sizeof(struct medusa));
}

const struct backend_ops backend_medusa = {
    .name = "medusa",
    .needs_server = true,
    .pairs = true,
    .open = open_plugin,
    .close = medusa_close,
    .pair = medusa_pair,
    .pair_token = medusa_pair_token,
    .account = medusa_account,
    .changes = medusa_changes,
    .quote = medusa_quote,
    .place = medusa_place,
    .find = medusa_find,
    .status = medusa_status,
    .list = medusa_list,
    .cancel = medusa_cancel,
    .readdress = medusa_readdress,
    .send_back = medusa_send_back,
    .hand_over = medusa_hand_over,
    .say = medusa_say,
    .heard = medusa_heard,
    .hang_up = medusa_hang_up,
    .messages = medusa_messages,
};
