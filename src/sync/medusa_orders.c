/* Orders: what one would cost, making it once, and what is changed afterwards. */
#include <string.h>

#include "base/str.h"
#include "sync/medusa.h"

/* ---- what is asked for ---- */

static void put_lines(struct body *b, const struct outgoing_order *o) {
    body_open(b, "lines", '[');
    for (int i = 0; i < o->n_lines; i++) {
        const struct outgoing_line *l = &o->lines[i];
        body_open(b, NULL, '{');
        body_text(b, "variant", l->variant);
        body_milli(b, "quantity", l->quantity_milli);
        body_text(b, "options", l->options);
        body_close(b, '}');
    }
    body_close(b, ']');
}

static void put_terms(struct body *b, const struct outgoing_order *o) {
    put_lines(b, o);
    body_open(b, "coupons", '[');
    if (*o->coupon) body_text(b, NULL, o->coupon);
    body_close(b, ']');
    body_text(b, "address", o->address);
    if (*o->way) body_text(b, "delivery", o->way);
    if (*o->payment) body_text(b, "payment", o->payment);
}

/* ---- quote ---- */

static err_t read_coupon(const struct node *root, struct quote *out) {
    const struct node *coupons, *first;
    size_t n;
    TRY(node_array(root, "coupons", 16, &coupons, &n));
    out->coupon_state[0] = '\0';
    if (n == 0) return ERR_OK;
    TRY(node_at(coupons, 0, &first));
    return node_text(first, "state", out->coupon_state, sizeof out->coupon_state);
}

static err_t read_quote(const struct medusa *m, const struct node *root, struct quote *out) {
    struct quote q;
    TRY(medusa_currency(m, root));
    TRY(node_money(root, "total", m->currency, &q.total_minor));
    TRY(node_money(root, "discount", m->currency, &q.discount_minor));
    TRY(node_money(root, "delivery", m->currency, &q.delivery_minor));
    TRY(read_coupon(root, &q));
    *out = q;
    return ERR_OK;
}

static err_t read_problem(const struct node *root, struct outcome *o) {
    const struct node *problems, *first;
    char code[32], message[160];
    size_t n;
    TRY(node_array(root, "problems", 100, &problems, &n));
    if (n == 0) return ERR_OK;
    TRY(node_at(problems, 0, &first));
    TRY(node_text(first, "code", code, sizeof code));
    TRY(node_text_if(first, "message", message, sizeof message, true));
    *o = outcome_of(OUTCOME_REFUSED, medusa_problem(code), message);
    return ERR_OK;
}

struct outcome medusa_quote(struct backend *b, const struct outgoing_order *o, struct quote *out) {
    struct medusa *m = (struct medusa *)b;
    struct body body = {0};
    struct medusa_answer a;
    body_open(&body, NULL, '{');
    put_terms(&body, o);
    body_close(&body, '}');
    struct outcome result = medusa_send(m, &(struct medusa_ask){.method = "POST", .path = "/quote", .body = &body}, &a);
    if (result.kind == OUTCOME_DONE && read_problem(a.root, &result)) result = medusa_unreadable();
    if (result.kind == OUTCOME_DONE && read_quote(m, a.root, out)) result = medusa_unreadable();
    medusa_free(&a);
    body_free(&body);
    return result;
}

/* ---- making it ---- */

err_t medusa_placed(const struct medusa *m, const struct node *root, struct placed *out) {
    const struct node *o;
    struct placed p = {0};
    TRY(node_object(root, "order", &o));
    TRY(medusa_currency(m, o));
    TRY(node_text(o, "id", p.remote, sizeof p.remote));
    if (!*p.remote) return err_fail(ERR_FORMAT, "the server's answer: the order has no id");
    TRY(node_money(o, "total", m->currency, &p.total_minor));
    *out = p;
    return ERR_OK;
}

static err_t read_placed(const struct medusa *m, const struct node *root, struct placed *out) {
    struct placed p;
    TRY(medusa_placed(m, root, &p));
    TRY(node_bool_if(root, "repeated", true, &p.repeated));
    *out = p;
    return ERR_OK;
}

/* There is an order of this key, but not as we remember it: what there is counts, so it is looked for. */
static bool is_there_otherwise(const struct medusa_answer *a) {
    char code[32];
    return a->status == 409 && !node_text(a->root, "code", code, sizeof code) && str_equal(code, "differs");
}

struct outcome medusa_place(struct backend *b, const struct outgoing_order *o, struct placed *out, struct quote *now) {
    struct medusa *m = (struct medusa *)b;
    struct body body = {0};
    struct medusa_answer a;
    const struct node *quote;
    char path[MEDUSA_PATH_MAX];
    if (!medusa_path(path, "/orders/", o->key, ""))
        return outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, "its key is too long");
    body_open(&body, NULL, '{');
    body_text(&body, "number", o->number);
    body_time(&body, "placed_at", o->placed_ms);
    put_terms(&body, o);
    body_money(&body, "agreed", o->agreed_minor, o->currency);
    body_text(&body, "currency", o->currency);
    body_close(&body, '}');
    struct outcome result = medusa_send(m, &(struct medusa_ask){.method = "PUT", .path = path, .body = &body}, &a);
    if (result.kind == OUTCOME_DONE && read_placed(m, a.root, out)) result = medusa_unreadable();
    if (result.kind == OUTCOME_REFUSED && result.refusal == REFUSAL_CHANGED &&
        (node_object(a.root, "quote", &quote) || read_quote(m, quote, now)))
        result = medusa_unreadable();
    if (is_there_otherwise(&a)) result.kind = OUTCOME_DOUBTFUL;
    medusa_free(&a);
    body_free(&body);
    return result;
}

struct outcome medusa_find(struct backend *b, const struct outgoing_order *o, struct placed *out) {
    struct medusa *m = (struct medusa *)b;
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    if (!medusa_path(path, "/orders/", o->key, ""))
        return outcome_of(OUTCOME_MISSING, REFUSAL_NONE, "its key is too long");
    struct outcome result = medusa_send(m, &(struct medusa_ask){.method = "GET", .path = path}, &a);
    if (result.kind == OUTCOME_DONE && read_placed(m, a.root, out)) result = medusa_unreadable();
    medusa_free(&a);
    return result;
}

/* ---- changing it ---- */

static struct outcome change(struct backend *b, const char *method, const char *path, struct body *body) {
    struct medusa_answer a;
    struct outcome result =
        medusa_send((struct medusa *)b, &(struct medusa_ask){.method = method, .path = path, .body = body}, &a);
    medusa_free(&a);
    body_free(body);
    return result;
}

struct outcome medusa_cancel(struct backend *b, const char *key) {
    struct body body = {0};
    char path[MEDUSA_PATH_MAX];
    if (!medusa_path(path, "/orders/", key, "/cancel")) return outcome_of(OUTCOME_MISSING, REFUSAL_NONE, "no such key");
    body_open(&body, NULL, '{');
    body_close(&body, '}');
    return change(b, "POST", path, &body);
}

struct outcome medusa_readdress(struct backend *b, const char *key, const char *address) {
    struct body body = {0};
    char path[MEDUSA_PATH_MAX];
    if (!medusa_path(path, "/orders/", key, "/address"))
        return outcome_of(OUTCOME_MISSING, REFUSAL_NONE, "no such key");
    body_open(&body, NULL, '{');
    body_text(&body, "address", address);
    body_close(&body, '}');
    return change(b, "POST", path, &body);
}

struct outcome medusa_send_back(struct backend *b, const struct outgoing_return *r) {
    struct body body = {0};
    char path[MEDUSA_PATH_MAX];
    bool fits = medusa_path(path, "/orders/", r->order, "/returns/") && http_escape(path, sizeof path, r->key);
    if (!fits || !*r->order) return outcome_of(OUTCOME_MISSING, REFUSAL_NONE, "the shop never heard of that order");
    body_open(&body, NULL, '{');
    body_open(&body, "lines", '[');
    body_open(&body, NULL, '{');
    body_int(&body, "position", r->position);
    body_milli(&body, "quantity", r->quantity_milli);
    body_close(&body, '}');
    body_close(&body, ']');
    body_text(&body, "reason", r->reason);
    body_text(&body, "note", "");
    body_close(&body, '}');
    return change(b, "PUT", path, &body);
}
