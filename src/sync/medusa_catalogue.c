/* The catalogue, page by page, and who buys. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "sync/medusa.h"

enum { PAGE_LIMIT = 200, PAGE_MAX = 500, RATING_MAX = 500, STOCK_MAX = 1000000000, PIECES_MAX = 1000, LISTED_MAX = 32 };

/* ---- catalogue ---- */

static err_t read_variant(const struct medusa *m, const struct node *o, struct feed_variant *v) {
    *v = (struct feed_variant){.price_minor = PRICE_NONE, .stock = STOCK_UNLIMITED};
    int64_t pieces = 0;
    TRY(node_text(o, "id", v->id, sizeof v->id));
    TRY(node_text_if(o, "options", v->options, sizeof v->options, true));
    if (node_has(o, "price")) TRY(node_money(o, "price", m->currency, &v->price_minor));
    if (node_has(o, "stock")) TRY(node_decimal(o, "stock", 0, &v->stock));
    if (v->stock != STOCK_UNLIMITED && (v->stock < 0 || v->stock > STOCK_MAX)) v->stock = 0;
    if (node_has(o, "pieces")) TRY(node_decimal(o, "pieces", 0, &pieces));
    v->pieces = pieces >= 2 && pieces <= PIECES_MAX ? (int)pieces : 0;
    return ERR_OK;
}

static err_t read_variants(const struct medusa *m, const struct node *o, struct feed_product *p) {
    const struct node *variants, *variant;
    size_t n;
    TRY(node_array(o, "variants", FEED_VARIANTS_MAX, &variants, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(node_at(variants, i, &variant));
        TRY(read_variant(m, variant, &p->variants[p->n_variants++]));
    }
    p->gone = p->n_variants == 0;
    return ERR_OK;
}

static err_t read_product(const struct medusa *m, const struct node *o, struct feed_product *p) {
    int64_t rating = RATING_NONE;
    p->n_variants = 0;
    TRY(node_text(o, "id", p->id, sizeof p->id));
    TRY(node_bool_if(o, "gone", false, &p->gone));
    if (p->gone) return ERR_OK;
    TRY(node_text_if(o, "title", p->title, sizeof p->title, true));
    TRY(node_text_if(o, "spoken", p->spoken, sizeof p->spoken, true));
    TRY(node_text_if(o, "brand", p->brand, sizeof p->brand, true));
    TRY(node_text_if(o, "category", p->category, sizeof p->category, true));
    TRY(node_text_if(o, "description", p->description, sizeof p->description, true));
    TRY(node_text_if(o, "unit", p->unit, sizeof p->unit, true));
    TRY(node_time_if(o, "added_at", &p->added_ms));
    if (node_has(o, "rating")) TRY(node_decimal(o, "rating", 2, &rating));
    p->rating_centi = rating >= 0 && rating <= RATING_MAX ? (int)rating : RATING_NONE;
    return read_variants(m, o, p);
}

static err_t read_page(const struct medusa *m, const struct node *root, feed_fn *fn, void *ctx, struct page *out) {
    static struct feed_product p; /* large; one thread */
    const struct node *items, *item;
    size_t n;
    TRY(medusa_currency(m, root));
    TRY(node_text(root, "cursor", out->cursor, sizeof out->cursor));
    TRY(node_bool_if(root, "more", false, &out->more));
    TRY(node_array(root, "items", PAGE_MAX, &items, &n));
    if (out->more && n == 0) return err_fail(ERR_FORMAT, "the server's answer: an empty page, and more to come");
    for (size_t i = 0; i < n; i++) {
        TRY(node_at(items, i, &item));
        TRY(err_prefix(read_product(m, item, &p), "product %zu of a page", i + 1));
        TRY(fn(ctx, &p));
    }
    return ERR_OK;
}

struct outcome medusa_changes(struct backend *b, const char *cursor, const char *etag, feed_fn *fn, void *ctx,
                              struct page *out, err_t *err) {
    struct medusa *m = (struct medusa *)b;
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX], before[64];
    snprintf(before, sizeof before, "/catalogue?limit=%d%s", PAGE_LIMIT, *cursor ? "&cursor=" : "");
    *err = ERR_OK;
    if (!medusa_path(path, before, cursor, ""))
        return outcome_of(OUTCOME_REFUSED, REFUSAL_CURSOR, "the cursor is too long");
    struct outcome result = medusa_send(m, &(struct medusa_ask){.method = "GET", .path = path, .etag = etag}, &a);
    if (result.kind == OUTCOME_DONE) {
        *err = read_page(m, a.root, fn, ctx, out);
        if (*err) result = outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, err_reason());
        str_copy(out->etag, sizeof out->etag, a.etag);
        if (!*err && out->more && str_equal(out->cursor, cursor)) {
            *err = err_fail(ERR_FORMAT, "the server's answer: more to come, and the same cursor");
            result = outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, err_reason());
        }
    }
    medusa_free(&a);
    return result;
}

/* ---- account ---- */

static err_t read_addresses(const struct node *root, struct account *out) {
    const struct node *list, *o;
    size_t n;
    TRY(node_array(root, "addresses", LISTED_MAX, &list, &n));
    for (size_t i = 0; i < n; i++) {
        struct address address;
        bool usual;
        TRY(node_at(list, i, &o));
        TRY(node_text_if(o, "nickname", address.nickname, sizeof address.nickname, true));
        TRY(node_text(o, "text", address.text, sizeof address.text));
        TRY(node_bool_if(o, "usual", false, &usual));
        if (usual)
            str_copy(out->address, sizeof out->address, address.text);
        else if (*address.nickname && out->n_addresses < ADDRESSES_MAX) /* one without a name nobody can ask for */
            out->addresses[out->n_addresses++] = address;
    }
    return ERR_OK;
}

static err_t read_payments(const struct node *root, struct account *out) {
    const struct node *list, *o;
    size_t n;
    TRY(node_array(root, "payments", LISTED_MAX, &list, &n));
    for (size_t i = 0; i < n && out->n_payments < PAYMENTS_MAX; i++) {
        struct payment *p = &out->payments[out->n_payments++];
        char state[16];
        TRY(node_at(list, i, &o));
        TRY(node_text(o, "nickname", p->nickname, sizeof p->nickname));
        TRY(node_text(o, "state", state, sizeof state));
        p->state = str_equal(state, "ok")        ? PAYMENT_OK
                   : str_equal(state, "expired") ? PAYMENT_EXPIRED
                                                 : PAYMENT_DECLINED;
    }
    return ERR_OK;
}

static err_t read_way(const struct medusa *m, const struct node *o, struct account_way *w) {
    int64_t days = 0;
    *w = (struct account_way){.free_from_minor = -1};
    TRY(node_text(o, "id", w->id, sizeof w->id));
    TRY(node_text(o, "name", w->name, sizeof w->name));
    TRY(node_text_if(o, "also", w->also, sizeof w->also, true));
    if (node_has(o, "price")) TRY(node_money(o, "price", m->currency, &w->price_minor));
    if (node_has(o, "free_from")) TRY(node_money(o, "free_from", m->currency, &w->free_from_minor));
    if (node_has(o, "days")) TRY(node_int(o, "days", 0, 365, &days));
    w->days = (int)days;
    return node_bool_if(o, "pickup", false, &w->pickup);
}

static err_t read_ways(const struct medusa *m, const struct node *root, struct account *out) {
    const struct node *list, *o;
    size_t n;
    TRY(node_array(root, "deliveries", LISTED_MAX, &list, &n));
    for (size_t i = 0; i < n && out->n_ways < WAYS_MAX; i++) {
        TRY(node_at(list, i, &o));
        TRY(read_way(m, o, &out->ways[out->n_ways++]));
    }
    return ERR_OK;
}

static err_t read_account(const struct medusa *m, const struct node *root, struct account *out) {
    const struct node *customer;
    memset(out, 0, sizeof *out);
    TRY(medusa_currency(m, root));
    TRY(node_object(root, "customer", &customer));
    TRY(node_text(customer, "id", out->customer, sizeof out->customer));
    TRY(node_text_if(customer, "name", out->name, sizeof out->name, true));
    TRY(read_addresses(root, out));
    TRY(read_payments(root, out));
    return read_ways(m, root, out);
}

struct outcome medusa_account(struct backend *b, const char *etag, struct account *out, char etag_now[ETAG_MAX]) {
    struct medusa *m = (struct medusa *)b;
    struct medusa_answer a;
    struct outcome result = medusa_send(m, &(struct medusa_ask){.method = "GET", .path = "/account", .etag = etag}, &a);
    if (result.kind == OUTCOME_DONE && read_account(m, a.root, out)) result = medusa_unreadable();
    str_copy(etag_now, ETAG_MAX, a.etag);
    medusa_free(&a);
    return result;
}
