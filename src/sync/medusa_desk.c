/* Pairing, and people of the shop. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "sync/medusa.h"

/* ---- pairing ---- */

static err_t read_pairing(const struct node *root, struct pairing *out) {
    struct pairing p = {0};
    int64_t poll_s;
    TRY(node_text(root, "pairing", p.id, sizeof p.id));
    TRY(node_text(root, "secret", p.secret, sizeof p.secret));
    TRY(node_text(root, "code", p.code, sizeof p.code));
    TRY(node_text(root, "page", p.page, sizeof p.page));
    TRY(node_time_if(root, "expires_at", &p.until_ms));
    TRY(node_int(root, "poll_s", 1, 60, &poll_s));
    p.poll_s = (int)poll_s;
    *out = p;
    return ERR_OK;
}

struct outcome medusa_pair(struct backend *b, const char *name, struct pairing *out) {
    struct body body = {0};
    struct medusa_answer a;
    body_open(&body, NULL, '{');
    body_text(&body, "name", name);
    body_close(&body, '}');
    struct outcome result =
        medusa_send((struct medusa *)b,
                    &(struct medusa_ask){.method = "POST", .path = "/pairings", .body = &body, .open = true}, &a);
    if (result.kind == OUTCOME_DONE && read_pairing(a.root, out)) result = medusa_unreadable();
    medusa_free(&a);
    body_free(&body);
    return result;
}

static struct outcome keep_token(struct medusa *m, const struct node *root) {
    char state[16], token[HTTP_HEADER_MAX];
    if (node_text(root, "state", state, sizeof state)) return medusa_unreadable();
    if (!str_equal(state, "paired")) return outcome_of(OUTCOME_DOUBTFUL, REFUSAL_NONE, "nobody has approved it yet");
    if (node_text(root, "token", token, sizeof token) || !*token || strpbrk(token, " \t")) return medusa_unreadable();
    if (http_token_write(token, m->token_file)) return outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, err_reason());
    str_copy(m->token, sizeof m->token, token);
    return outcome_of(OUTCOME_DONE, REFUSAL_NONE, "");
}

struct outcome medusa_pair_token(struct backend *b, const struct pairing *p) {
    struct medusa *m = (struct medusa *)b;
    struct body body = {0};
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    if (!*m->token_file)
        return outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER,
                          "the settings name no file for the token: [server] token_file");
    if (!medusa_path(path, "/pairings/", p->id, "/token"))
        return outcome_of(OUTCOME_MISSING, REFUSAL_NONE, "no pairing");
    body_open(&body, NULL, '{');
    body_text(&body, "secret", p->secret);
    body_close(&body, '}');
    struct outcome result =
        medusa_send(m, &(struct medusa_ask){.method = "POST", .path = path, .body = &body, .open = true}, &a);
    if (result.kind == OUTCOME_DONE) result = keep_token(m, a.root);
    medusa_free(&a);
    body_free(&body);
    return result;
}

/* ---- tickets ---- */

static struct outcome put(struct backend *b, const char *path, struct body *body) {
    struct medusa_answer a;
    struct outcome result =
        medusa_send((struct medusa *)b, &(struct medusa_ask){.method = "PUT", .path = path, .body = body}, &a);
    medusa_free(&a);
    body_free(body);
    return result;
}

static struct outcome too_long(void) {
    return outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, "its key is too long");
}

struct outcome medusa_hand_over(struct backend *b, const struct outgoing_ticket *t, const char *packet) {
    struct body body = {0};
    char path[MEDUSA_PATH_MAX], question[240];
    if (!medusa_path(path, "/tickets/", t->key, "")) return too_long();
    str_copy(question, sizeof question, t->question);
    body_open(&body, NULL, '{');
    body_text(&body, "code", t->code);
    body_text(&body, "why", t->why);
    body_text(&body, "question", question);
    body_time(&body, "opened_at", t->opened_ms);
    body_raw(&body, "packet", packet);
    body_close(&body, '}');
    return put(b, path, &body);
}

struct outcome medusa_say(struct backend *b, const char *ticket, const char *key, const char *text, int64_t at_ms) {
    struct body body = {0};
    char path[MEDUSA_PATH_MAX];
    if (!medusa_path(path, "/tickets/", ticket, "/messages/") || !http_escape(path, sizeof path, key))
        return too_long();
    body_open(&body, NULL, '{');
    body_text(&body, "text", text);
    body_time(&body, "at", at_ms);
    body_close(&body, '}');
    return put(b, path, &body);
}

static struct outcome put_at(struct backend *b, const char *path, int64_t at_ms) {
    struct body body = {0};
    body_open(&body, NULL, '{');
    body_time(&body, "at", at_ms);
    body_close(&body, '}');
    return put(b, path, &body);
}

struct outcome medusa_heard(struct backend *b, const char *message, int64_t at_ms) {
    char path[MEDUSA_PATH_MAX];
    if (!medusa_path(path, "/messages/", message, "/heard")) return too_long();
    return put_at(b, path, at_ms);
}

struct outcome medusa_hang_up(struct backend *b, const char *ticket, int64_t at_ms) {
    char path[MEDUSA_PATH_MAX];
    if (!medusa_path(path, "/tickets/", ticket, "/closed")) return too_long();
    return put_at(b, path, at_ms);
}

static err_t read_message(const struct node *o, struct desk_message *out) {
    char who[16];
    TRY(node_text(o, "id", out->id, sizeof out->id));
    TRY(node_text(o, "ticket", out->ticket, sizeof out->ticket));
    TRY(node_text(o, "who", who, sizeof who));
    TRY(node_text_if(o, "name", out->name, sizeof out->name, true));
    TRY(node_text_if(o, "text", out->text, sizeof out->text, true));
    out->closed = str_equal(who, "closed");
    return ERR_OK;
}

static err_t read_messages(const struct node *root, struct desk_page *out) {
    const struct node *list, *o;
    size_t n;
    memset(out, 0, sizeof *out);
    TRY(node_array(root, "messages", MESSAGES_PAGE_MAX, &list, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(node_at(list, i, &o));
        TRY(read_message(o, &out->v[out->n++]));
    }
    TRY(node_text(root, "last", out->last, sizeof out->last));
    return node_bool_if(root, "more", false, &out->more);
}

struct outcome medusa_messages(struct backend *b, const char *after, struct desk_page *out) {
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    if (!medusa_path(path, "/messages?wait=0&after=", *after ? after : "0", "")) return too_long();
    struct outcome result = medusa_send((struct medusa *)b, &(struct medusa_ask){.method = "GET", .path = path}, &a);
    if (result.kind == OUTCOME_DONE && read_messages(a.root, out)) result = medusa_unreadable();
    medusa_free(&a);
    return result;
}
