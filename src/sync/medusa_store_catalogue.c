/* The catalogue of the Store API: there is no feed of changes, so it is gone through as a whole, page by page; what did
 * not come in a whole pass is no longer sold (shop/feed.h).
 *
 * Where a pass stands is its cursor: "at.OFFSET.LAST.MARK" in the middle, LAST being the last product of the page
 * before, and "end.TIME.MARK" behind it. MARK, how many products there are and when one was last changed, is what tells
 * for the price of one small request that another pass is due; prices and stock do not show in it, so a pass counts for
 * an hour at most. A page begins with the last product of the page before: if it is another one, something was deleted
 * meanwhile, the offsets have moved, and the pass begins anew. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "sync/medusa_store.h"

enum {
    PAGE_LIMIT = 50,
    VARIANTS_READ_MAX = 1000,
    OPTIONS_READ_MAX = 16,
    OPTION_TEXT_MAX = 80,
    WHOLE_MS = 60 * 60 * 1000,
    RESTARTS_MAX = 3,
    RATING_MAX = 500,
    STOCK_MAX = 1000000000,
    PIECES_MAX = 1000,
};

/* ---- products ---- */

static void lower(char *text) {
    for (; *text; text++) *text = *text >= 'A' && *text <= 'Z' ? (char)(*text + 32) : *text;
}

static int by_text(const void *a, const void *b) {
    return strcmp(a, b);
}

/* "colour: blue; size: large", in the order of the names. */
static err_t read_options(const struct node *variant, char out[OPTIONS_MAX]) {
    char parts[OPTIONS_READ_MAX][2 * OPTION_TEXT_MAX + 4];
    const struct node *options, *o, *option;
    size_t n;
    out[0] = '\0';
    TRY(node_array(variant, "options", OPTIONS_READ_MAX, &options, &n));
    for (size_t i = 0; i < n; i++) {
        char title[OPTION_TEXT_MAX], value[OPTION_TEXT_MAX];
        TRY(node_at(options, i, &o));
        TRY(node_object(o, "option", &option));
        TRY(node_text_if(option, "title", title, sizeof title, true));
        TRY(node_text_if(o, "value", value, sizeof value, true));
        snprintf(parts[i], sizeof parts[i], "%s%s%s", title, *title ? ": " : "", value);
        lower(parts[i]);
    }
    qsort(parts, n, sizeof parts[0], by_text);
    for (size_t i = 0; i < n; i++) {
        if (i) str_append(out, OPTIONS_MAX, "; ");
        str_append(out, OPTIONS_MAX, parts[i]);
    }
    return ERR_OK;
}

/* Of those that are not counted, or may be ordered without, there is always one more. */
static err_t read_stock(const struct node *o, int64_t *stock) {
    bool counted, without;
    TRY(node_bool_if(o, "manage_inventory", false, &counted));
    TRY(node_bool_if(o, "allow_backorder", false, &without));
    *stock = counted && !without ? 0 : STOCK_UNLIMITED;
    if (*stock == STOCK_UNLIMITED || !node_has(o, "inventory_quantity")) return ERR_OK;
    TRY(node_decimal(o, "inventory_quantity", 0, stock));
    if (*stock < 0) *stock = 0;
    if (*stock > STOCK_MAX) *stock = STOCK_MAX;
    return ERR_OK;
}

static err_t read_price(const struct medusa *m, const struct node *o, int64_t *minor) {
    const struct node *price;
    *minor = PRICE_NONE;
    if (!node_has(o, "calculated_price")) return ERR_OK;
    TRY(node_object(o, "calculated_price", &price));
    if (!node_has(price, "calculated_amount")) return ERR_OK;
    TRY(medusa_currency(m, price));
    return node_money(price, "calculated_amount", m->currency, minor);
}

/* What a shop keeps in metadata is its own affair: what is not as the plug-in would have it counts as not there. */
static const struct node *metadata_of(const struct node *o) {
    const struct node *metadata;
    return node_object(o, "metadata", &metadata) ? NULL : metadata;
}

static void own_text(const struct node *metadata, const char *key, char *out, size_t cap) {
    if (node_text_if(metadata, key, out, cap, true)) out[0] = '\0';
}

static int own_number(const struct node *metadata, const char *key, int digits, int64_t min, int64_t max, int none) {
    int64_t value;
    bool good = node_has(metadata, key) && !node_decimal(metadata, key, digits, &value) && value >= min && value <= max;
    return good ? (int)value : none;
}

static err_t read_variant(const struct medusa *m, const struct node *o, struct feed_variant *v) {
    *v = (struct feed_variant){0};
    TRY(node_text(o, "id", v->id, sizeof v->id));
    TRY(read_options(o, v->options));
    TRY(read_price(m, o, &v->price_minor));
    v->pieces = own_number(metadata_of(o), "pieces", 0, 2, PIECES_MAX, 0);
    return read_stock(o, &v->stock);
}

static int rank_of(const struct node *o) {
    int64_t rank;
    return node_has(o, "variant_rank") && !node_int(o, "variant_rank", 0, INT32_MAX, &rank) ? (int)rank : INT32_MAX;
}

/* By rank: the first is the usual one. */
static err_t read_variants(const struct medusa *m, const struct node *o, struct feed_product *p) {
    int ranks[FEED_VARIANTS_MAX];
    const struct node *variants, *variant;
    size_t n;
    TRY(node_array(o, "variants", VARIANTS_READ_MAX, &variants, &n));
    for (size_t i = 0; i < n && p->n_variants < FEED_VARIANTS_MAX; i++) {
        struct feed_variant v;
        int at = p->n_variants++;
        TRY(node_at(variants, i, &variant));
        TRY(read_variant(m, variant, &v));
        int rank = rank_of(variant);
        for (; at > 0 && ranks[at - 1] > rank; at--) {
            ranks[at] = ranks[at - 1];
            p->variants[at] = p->variants[at - 1];
        }
        ranks[at] = rank;
        p->variants[at] = v;
    }
    if (p->n_variants == 1) p->variants[0].options[0] = '\0';
    p->gone = p->n_variants == 0;
    return ERR_OK;
}

static err_t read_category(const struct node *o, char out[CATEGORY_MAX]) {
    const struct node *categories, *first;
    size_t n;
    out[0] = '\0';
    TRY(node_array(o, "categories", 100, &categories, &n));
    if (n == 0) return ERR_OK;
    TRY(node_at(categories, 0, &first));
    return node_text_if(first, "name", out, CATEGORY_MAX, true);
}

static err_t read_product(const struct medusa *m, const struct node *o, struct feed_product *p) {
    const struct node *metadata = metadata_of(o);
    p->n_variants = 0;
    TRY(node_text(o, "id", p->id, sizeof p->id));
    TRY(node_text_if(o, "title", p->title, sizeof p->title, true));
    TRY(node_text_if(o, "description", p->description, sizeof p->description, true));
    TRY(node_time_if(o, "created_at", &p->added_ms));
    TRY(read_category(o, p->category));
    own_text(metadata, "spoken", p->spoken, sizeof p->spoken);
    own_text(metadata, "brand", p->brand, sizeof p->brand);
    own_text(metadata, "unit", p->unit, sizeof p->unit);
    p->rating_centi = own_number(metadata, "rating", 2, 0, RATING_MAX, RATING_NONE);
    return read_variants(m, o, p);
}

/* ---- where it stands ---- */

struct mark {
    int64_t count;
    char changed[40]; /* as the server writes it */
};

struct place {
    int64_t offset;
    char last[FEED_ID_MAX]; /* "" none: the page is the first */
    struct mark mark;
};

static bool place_read(struct place *p, const char *cursor) {
    int n = 0;
    return sscanf(cursor, "at.%" SCNd64 ".%63[^.].%" SCNd64 ".%39s%n", &p->offset, p->last, &p->mark.count,
                  p->mark.changed, &n) == 4 &&
           !cursor[n] && p->offset >= 0;
}

static struct outcome anew(void) {
    return outcome_of(OUTCOME_REFUSED, REFUSAL_CURSOR, "");
}

static err_t read_mark(const struct node *root, struct mark *out) {
    const struct node *products, *newest;
    size_t n;
    str_copy(out->changed, sizeof out->changed, "-");
    TRY(node_int(root, "count", 0, INT32_MAX, &out->count));
    TRY(node_array(root, "products", 1, &products, &n));
    if (n == 0) return ERR_OK;
    TRY(node_at(products, 0, &newest));
    return node_text(newest, "updated_at", out->changed, sizeof out->changed);
}

static struct outcome ask_mark(struct store *s, struct mark *out) {
    struct medusa_answer a;
    struct outcome o = store_ask(s, "GET", "/products?limit=1&order=-updated_at&fields=id,updated_at", NULL, &a);
    if (o.kind == OUTCOME_DONE && read_mark(a.root, out)) o = medusa_unreadable();
    medusa_free(&a);
    return o;
}

/* Behind a whole pass: has anything changed? */
static struct outcome look(struct store *s, const char *cursor) {
    struct mark then, now;
    int64_t end_ms;
    if (sscanf(cursor, "end.%" SCNd64 ".%" SCNd64 ".%39s", &end_ms, &then.count, then.changed) != 3) return anew();
    int64_t age_ms = clock_now_ms() - end_ms;
    if (age_ms < 0 || age_ms >= WHOLE_MS) return anew();
    struct outcome o = ask_mark(s, &now);
    if (o.kind != OUTCOME_DONE) return o;
    bool same = now.count == then.count && str_equal(now.changed, then.changed);
    return same ? outcome_of(OUTCOME_UNCHANGED, REFUSAL_NONE, "") : anew();
}

/* ---- a page ---- */

/* The cursor behind a page of `n` products, of which `last` is the last. */
static void go_on(struct page *out, const struct place *p, size_t n, int64_t count, const char *last) {
    int64_t offset = p->offset + (int64_t)n;
    out->more = offset < count;
    if (out->more)
        snprintf(out->cursor, sizeof out->cursor, "at.%" PRId64 ".%s.%" PRId64 ".%s", offset, last, p->mark.count,
                 p->mark.changed);
    else
        snprintf(out->cursor, sizeof out->cursor, "end.%" PRId64 ".%" PRId64 ".%s", clock_now_ms(), p->mark.count,
                 p->mark.changed);
}

/* *moved: it does not go on where the page before ended. */
static err_t read_page(struct store *s, const struct node *root, const struct place *at, feed_fn *fn, void *ctx,
                       struct page *out, bool *moved) {
    static struct feed_product p; /* large; one thread */
    const struct node *products, *product;
    struct place next = *at;
    size_t n, first = *at->last ? 1 : 0;
    int64_t count;
    TRY(node_int(root, "count", 0, INT32_MAX, &count));
    TRY(node_array(root, "products", PAGE_LIMIT + 1, &products, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(node_at(products, i, &product));
        TRY(err_prefix(read_product(&s->medusa, product, &p), "product %zu of a page", i + 1));
        if (strchr(p.id, '.')) return err_fail(ERR_FORMAT, "the server's answer: '%.40s' is no id of a product", p.id);
        *moved = i < first && !str_equal(p.id, at->last);
        if (*moved) return ERR_OK;
        str_copy(next.last, sizeof next.last, p.id);
        if (i >= first) TRY(fn(ctx, &p));
    }
    *moved = n <= first && at->offset < count;
    if (*moved) return ERR_OK;
    go_on(out, at, n > first ? n - first : 0, count, next.last);
    return ERR_OK;
}

static struct outcome take_page(struct store *s, const struct place *at, feed_fn *fn, void *ctx, struct page *out,
                                err_t *err) {
    struct medusa_answer a;
    char path[MEDUSA_PATH_MAX], after[256];
    bool moved = false, first = !*at->last;
    snprintf(after, sizeof after,
             "&order=id&limit=%d&offset=%" PRId64
             "&fields=id,title,description,created_at,metadata,*categories,"
             "*variants,*variants.options,*variants.options.option,variants.inventory_quantity",
             PAGE_LIMIT + !first, at->offset - !first);
    medusa_path(path, "/products?region_id=", s->region, after);
    struct outcome o = store_ask(s, "GET", path, NULL, &a);
    if (o.kind == OUTCOME_DONE) *err = read_page(s, a.root, at, fn, ctx, out, &moved);
    medusa_free(&a);
    if (*err) return outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, err_reason());
    if (!moved) return o;
    return ++s->restarts % RESTARTS_MAX
               ? anew()
               : outcome_of(OUTCOME_DOUBTFUL, REFUSAL_NONE, "it changes faster than it can be read");
}

struct outcome store_changes(struct backend *b, const char *cursor, const char *etag, feed_fn *fn, void *ctx,
                             struct page *out, err_t *err) {
    struct store *s = (struct store *)b;
    struct place at = {0};
    (void)etag;
    *err = ERR_OK;
    if (strncmp(cursor, "end.", 4) == 0) return look(s, cursor);
    if (*cursor && !place_read(&at, cursor)) return anew();
    struct outcome o = store_region(s);
    if (o.kind == OUTCOME_DONE && !*cursor) o = ask_mark(s, &at.mark);
    return o.kind == OUTCOME_DONE ? take_page(s, &at, fn, ctx, out, err) : o;
}
