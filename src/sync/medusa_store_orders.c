/* Orders by the Store API: a cart that says what it would cost, and is completed once. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "sync/medusa_store.h"

enum { OPTIONS_MAX_READ = 100, PROMOTIONS_MAX = 100, SESSIONS_MAX = 16 };

/* The one that needs no browser: on delivery, or by invoice, as the shop has it. */
static const char provider[] = "pp_system_default";

/* ---- a cart ---- */

static void put_address(struct body *b, const char *key, const struct store *s, const struct outgoing_order *o) {
    body_open(b, key, '{');
    if (*o->who) body_text(b, "first_name", o->who);
    if (*o->to) body_text(b, "address_1", o->to);
    body_text(b, "country_code", s->country);
    body_close(b, '}');
}

static void put_items(struct body *b, const struct outgoing_order *o) {
    body_open(b, "items", '[');
    for (int i = 0; i < o->n_lines; i++) {
        const struct outgoing_line *l = &o->lines[i];
        char quantity[24];
        snprintf(quantity, sizeof quantity, "%d.%03d", l->quantity_milli / 1000, l->quantity_milli % 1000);
        body_open(b, NULL, '{');
        body_text(b, "variant_id", l->variant);
        body_raw(b, "quantity", quantity);
        body_open(b, "metadata", '{');
        body_int(b, "shopkeeper_position", i + 1);
        if (*l->options) body_text(b, "shopkeeper_options", l->options);
        body_close(b, '}');
        body_close(b, '}');
    }
    body_close(b, ']');
}

/* What the shop's people find in the order. */
static void put_metadata(struct body *b, const struct outgoing_order *o) {
    body_open(b, "metadata", '{');
    if (*o->key) body_text(b, "shopkeeper_key", o->key);
    if (*o->number) body_text(b, "shopkeeper_number", o->number);
    if (*o->payment) body_text(b, "shopkeeper_payment", o->payment);
    body_close(b, '}');
}

static struct outcome make_cart(struct store *s, const struct outgoing_order *o, char cart[REMOTE_MAX]) {
    struct body body = {0};
    struct medusa_answer a;
    const struct node *made;
    struct outcome result = store_region(s);
    if (result.kind != OUTCOME_DONE) return result;
    body_open(&body, NULL, '{');
    body_text(&body, "region_id", s->region);
    if (*s->email) body_text(&body, "email", s->email);
    put_address(&body, "shipping_address", s, o);
    put_address(&body, "billing_address", s, o);
    put_items(&body, o);
    put_metadata(&body, o);
    body_close(&body, '}');
    result = store_ask(s, "POST", "/carts?fields=id", &body, &a);
    if (result.kind == OUTCOME_DONE && (node_object(a.root, "cart", &made) || node_text(made, "id", cart, REMOTE_MAX)))
        result = medusa_unreadable();
    medusa_free(&a);
    return result;
}

/* ---- ways of delivery ---- */

static err_t read_way(const struct medusa *m, const struct node *o, struct account_way *w) {
    const struct node *metadata = NULL;
    int64_t days = 0;
    *w = (struct account_way){.free_from_minor = -1};
    TRY(node_text(o, "id", w->id, sizeof w->id));
    TRY(node_text_if(o, "name", w->name, sizeof w->name, true));
    if (node_has(o, "amount")) TRY(node_money(o, "amount", m->currency, &w->price_minor));
    if (node_object(o, "metadata", &metadata)) return ERR_OK;
    /* the shop's own affair, as in the catalogue */
    if (node_text_if(metadata, "also", w->also, sizeof w->also, true)) w->also[0] = '\0';
    if (node_has(metadata, "days") && !node_int(metadata, "days", 1, 365, &days)) w->days = (int)days;
    if (node_bool_if(metadata, "pickup", false, &w->pickup)) w->pickup = false;
    return ERR_OK;
}

static err_t read_ways(const struct medusa *m, const struct node *root, struct account_way ways[WAYS_MAX], int *n) {
    const struct node *options, *o;
    size_t all;
    *n = 0;
    TRY(node_array(root, "shipping_options", OPTIONS_MAX_READ, &options, &all));
    for (size_t i = 0; i < all && *n < WAYS_MAX; i++) {
        TRY(node_at(options, i, &o));
        TRY(read_way(m, o, &ways[(*n)++]));
    }
    return ERR_OK;
}

static struct outcome ask_ways(struct store *s, const char *cart, struct account_way ways[WAYS_MAX], int *n) {
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    medusa_path(path, "/shipping-options?fields=id,name,amount,metadata&cart_id=", cart, "");
    struct outcome o = store_ask(s, "GET", path, NULL, &a);
    if (o.kind == OUTCOME_DONE && read_ways(&s->medusa, a.root, ways, n)) o = medusa_unreadable();
    medusa_free(&a);
    return o;
}

/* Who buys is known to the speaker alone; how the shop delivers is asked for with an empty cart. */
struct outcome store_account(struct backend *b, const char *etag, struct account *out, char etag_now[ETAG_MAX]) {
    static const struct outgoing_order nothing;
    struct store *s = (struct store *)b;
    char cart[REMOTE_MAX];
    (void)etag;
    memset(out, 0, sizeof *out);
    etag_now[0] = '\0';
    out->ways_only = true;
    struct outcome o = make_cart(s, &nothing, cart);
    return o.kind == OUTCOME_DONE ? ask_ways(s, cart, out->ways, &out->n_ways) : o;
}

/* ---- quote ---- */

static err_t read_coupon(const struct node *root, const char *code, struct quote *out) {
    const struct node *cart, *promotions, *o;
    char one[COUPON_CODE_MAX];
    size_t n;
    TRY(node_object(root, "cart", &cart));
    TRY(node_array(cart, "promotions", PROMOTIONS_MAX, &promotions, &n));
    str_copy(out->coupon_state, sizeof out->coupon_state, "not_now");
    for (size_t i = 0; i < n; i++) {
        TRY(node_at(promotions, i, &o));
        TRY(node_text_if(o, "code", one, sizeof one, true));
        if (str_equal(one, code)) str_copy(out->coupon_state, sizeof out->coupon_state, "counts");
    }
    return ERR_OK;
}

/* One that has expired is answered with 200 and left out, one that is unknown with 400. Neither stops an order. */
static struct outcome try_coupon(struct store *s, const char *cart, const char *code, struct quote *out) {
    struct body body = {0};
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    medusa_path(path, "/carts/", cart, "/promotions?fields=id,promotions.code");
    body_open(&body, NULL, '{');
    body_open(&body, "promo_codes", '[');
    body_text(&body, NULL, code);
    body_close(&body, ']');
    body_close(&body, '}');
    struct outcome o = store_ask(s, "POST", path, &body, &a);
    if (o.kind == OUTCOME_DONE && read_coupon(a.root, code, out)) o = medusa_unreadable();
    medusa_free(&a);
    if (o.kind != OUTCOME_REFUSED || o.refusal == REFUSAL_TOKEN) return o;
    str_copy(out->coupon_state, sizeof out->coupon_state, "unknown");
    return outcome_of(OUTCOME_DONE, REFUSAL_NONE, "");
}

static err_t read_quote(const struct medusa *m, const struct node *root, struct quote *out) {
    const struct node *cart;
    TRY(node_object(root, "cart", &cart));
    TRY(medusa_currency(m, cart));
    TRY(node_money(cart, "total", m->currency, &out->total_minor));
    TRY(node_money(cart, "discount_total", m->currency, &out->discount_minor));
    return node_money(cart, "shipping_total", m->currency, &out->delivery_minor);
}

static struct outcome choose_way(struct store *s, const char *cart, const char *way, struct quote *out) {
    struct body body = {0};
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    medusa_path(path, "/carts/", cart, "/shipping-methods?fields=id,currency_code,total,discount_total,shipping_total");
    body_open(&body, NULL, '{');
    body_text(&body, "option_id", way);
    body_close(&body, '}');
    struct outcome o = store_ask(s, "POST", path, &body, &a);
    if (o.kind == OUTCOME_DONE && read_quote(&s->medusa, a.root, out)) o = medusa_unreadable();
    medusa_free(&a);
    return o;
}

static struct outcome deliver(struct store *s, const char *cart, const char *wanted, struct quote *out) {
    struct account_way ways[WAYS_MAX];
    int n = 0, i = 0;
    struct outcome o = ask_ways(s, cart, ways, &n);
    if (o.kind != OUTCOME_DONE) return o;
    if (n == 0) return outcome_of(OUTCOME_REFUSED, REFUSAL_ADDRESS, "nothing is delivered to that address");
    while (*wanted && i < n && !str_equal(ways[i].id, wanted)) i++;
    if (i == n) return outcome_of(OUTCOME_REFUSED, REFUSAL_DELIVERY, "this way of delivery is not offered for it");
    return choose_way(s, cart, ways[i].id, out);
}

struct outcome store_quote(struct backend *b, const struct outgoing_order *o, struct quote *out) {
    struct store *s = (struct store *)b;
    struct quote q = {0};
    char cart[REMOTE_MAX];
    s->quoted_cart[0] = '\0';
    struct outcome result = make_cart(s, o, cart);
    if (result.kind == OUTCOME_DONE && *o->coupon) result = try_coupon(s, cart, o->coupon, &q);
    if (result.kind == OUTCOME_DONE) result = deliver(s, cart, o->way, &q);
    if (result.kind != OUTCOME_DONE) return result;
    str_copy(s->quoted_key, sizeof s->quoted_key, o->key);
    str_copy(s->quoted_cart, sizeof s->quoted_cart, cart);
    *out = q;
    return result;
}

/* ---- making it ---- */

static struct outcome collect(struct store *s, const char *cart, char collection[REMOTE_MAX]) {
    struct body body = {0};
    struct medusa_answer a;
    const struct node *made;
    body_open(&body, NULL, '{');
    body_text(&body, "cart_id", cart);
    body_close(&body, '}');
    struct outcome o = store_ask(s, "POST", "/payment-collections?fields=id", &body, &a);
    if (o.kind == OUTCOME_DONE &&
        (node_object(a.root, "payment_collection", &made) || node_text(made, "id", collection, REMOTE_MAX)))
        o = medusa_unreadable();
    medusa_free(&a);
    return o;
}

static struct outcome begin_payment(struct store *s, const char *collection) {
    struct body body = {0};
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    medusa_path(path, "/payment-collections/", collection, "/payment-sessions?fields=id");
    body_open(&body, NULL, '{');
    body_text(&body, "provider_id", provider);
    body_close(&body, '}');
    struct outcome o = store_ask(s, "POST", path, &body, &a);
    medusa_free(&a);
    if (o.kind == OUTCOME_REFUSED && o.refusal == REFUSAL_OTHER) o.refusal = REFUSAL_PAYMENT;
    return o;
}

/* All but the last step: the cart that was asked about gets its payment. */
struct outcome store_prepare(struct backend *b, const struct outgoing_order *o, char handle[REMOTE_MAX]) {
    struct store *s = (struct store *)b;
    char collection[REMOTE_MAX];
    if (!*s->quoted_cart || !str_equal(s->quoted_key, o->key))
        return outcome_of(OUTCOME_DOUBTFUL, REFUSAL_NONE, "it was not asked what the order costs");
    struct outcome result = collect(s, s->quoted_cart, collection);
    if (result.kind == OUTCOME_DONE) result = begin_payment(s, collection);
    if (result.kind == OUTCOME_DONE) str_copy(handle, REMOTE_MAX, s->quoted_cart);
    return result;
}

/* {"type": "cart", "error": {...}}, with 200: the payment was refused, and there is no order. */
static err_t read_completed(const struct medusa *m, const struct node *root, struct placed *out, struct outcome *o) {
    char type[16], message[160];
    const struct node *error;
    TRY(node_text(root, "type", type, sizeof type));
    if (str_equal(type, "order")) return medusa_placed(m, root, out);
    TRY(node_object(root, "error", &error));
    TRY(node_text_if(error, "message", message, sizeof message, true));
    *o = outcome_of(OUTCOME_REFUSED, REFUSAL_PAYMENT, message);
    return ERR_OK;
}

static struct outcome complete(struct store *s, const char *cart, struct placed *out) {
    struct body body = {0};
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    medusa_path(path, "/carts/", cart, "/complete?fields=id,currency_code,total");
    body_open(&body, NULL, '{');
    body_close(&body, '}');
    struct outcome o =
        medusa_send(&s->medusa, &(struct medusa_ask){.method = "POST", .path = path, .body = &body, .once = true}, &a);
    body_free(&body);
    if (o.kind == OUTCOME_DONE && read_completed(&s->medusa, a.root, out, &o)) o = medusa_unreadable();
    medusa_free(&a);
    return o;
}

struct outcome store_place(struct backend *b, const struct outgoing_order *o, struct placed *out, struct quote *now) {
    struct store *s = (struct store *)b;
    (void)now; /* the cart costs what it was asked to cost */
    s->quoted_cart[0] = '\0';
    struct outcome result = complete(s, o->handle, out);
    if (result.kind == OUTCOME_MISSING) result = outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, result.why);
    return result;
}

/* ---- what became of it ---- */

/* Medusa authorises the payment last, when order and cart know each other: from then on completing the cart once more
 * only tells the order. */
static err_t read_whole(const struct node *root, bool *whole) {
    const struct node *cart, *collection, *sessions, *session;
    char completed[40], status[32];
    size_t n;
    *whole = false;
    TRY(node_object(root, "cart", &cart));
    TRY(node_text_if(cart, "completed_at", completed, sizeof completed, true));
    if (!*completed || !node_has(cart, "payment_collection")) return ERR_OK;
    TRY(node_object(cart, "payment_collection", &collection));
    TRY(node_array(collection, "payment_sessions", SESSIONS_MAX, &sessions, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(node_at(sessions, i, &session));
        TRY(node_text(session, "status", status, sizeof status));
        *whole = *whole || str_equal(status, "authorized") || str_equal(status, "captured");
    }
    return ERR_OK;
}

static struct outcome uncertain(void) {
    return outcome_of(OUTCOME_DOUBTFUL, REFUSAL_UNCERTAIN,
                      "its cart is not completed: the order is being made, was never begun, or is left half made");
}

struct outcome store_find(struct backend *b, const struct outgoing_order *o, struct placed *out) {
    struct store *s = (struct store *)b;
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX];
    bool whole = false;
    if (!*o->handle) return uncertain();
    medusa_path(path, "/carts/", o->handle, "?fields=id,completed_at,payment_collection.payment_sessions.status");
    struct outcome result = store_ask(s, "GET", path, NULL, &a);
    if (result.kind == OUTCOME_DONE && read_whole(a.root, &whole)) result = medusa_unreadable();
    medusa_free(&a);
    if (result.kind == OUTCOME_MISSING || (result.kind == OUTCOME_DONE && !whole)) return uncertain();
    if (result.kind != OUTCOME_DONE) return result;
    result = complete(s, o->handle, out);
    out->repeated = true;
    /* whatever it says, there is an order */
    if (result.kind == OUTCOME_REFUSED || result.kind == OUTCOME_MISSING) result.kind = OUTCOME_DOUBTFUL;
    return result;
}
