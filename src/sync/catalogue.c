/* The catalogue, page by page, from where the last page that was kept ended. */
#include <stdio.h>

#include "base/log.h"
#include "sync/sync.h"

struct taking {
    struct feed *feed;
    const char *cursor;
    bool begun;
};

/* The page is whole when the first product of it comes: only then the store is locked. */
static err_t take(void *ctx, const struct feed_product *p) {
    struct taking *t = ctx;
    if (!t->begun) TRY(feed_begin(t->feed, t->cursor));
    t->begun = true;
    return feed_put(t->feed, p);
}

static err_t end_page(struct taking *t, err_t err, const struct page *page) {
    if (!err && !t->begun) {
        TRY(feed_begin(t->feed, t->cursor));
        t->begun = true;
    }
    return t->begun ? feed_end(t->feed, err, page->cursor, page->etag, page->more) : err;
}

/* The server's fault, and not the store's: the catalogue stays as it is. */
static bool is_of_page(err_t err) {
    return err == ERR_FORMAT || err == ERR_RANGE || err == ERR_ARG || err == ERR_NOT_FOUND;
}

/* One page; *more says whether another is to be had now. */
static err_t take_page(struct sync *y, struct sync_report *r, struct feed *feed, bool *more) {
    char cursor[CURSOR_MAX], etag[ETAG_MAX];
    struct page page = {0};
    struct taking taking = {.feed = feed, .cursor = cursor};
    err_t err;
    *more = false;
    TRY(feed_where(y->shop, cursor, etag, sizeof etag));
    struct outcome o = y->backend->ops->changes(y->backend, cursor, etag, take, &taking, &page, &err);
    if (o.kind == OUTCOME_DONE || taking.begun) err = end_page(&taking, err, &page);
    if (err && is_of_page(err)) {
        o = outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, err_reason());
        sync_heard(r, &o, "the catalogue stays as it is");
        log_warning("%s", r->trouble);
        return ERR_OK;
    }
    TRY(err);
    sync_heard(r, &o, "the catalogue");
    if (o.kind == OUTCOME_REFUSED && o.refusal == REFUSAL_CURSOR && *cursor) {
        *more = true;
        return feed_restart(y->shop);
    }
    *more = o.kind == OUTCOME_DONE && page.more;
    return ERR_OK;
}

err_t take_catalogue(struct sync *y, struct sync_report *r) {
    struct feed *feed;
    bool more = true;
    TRY(feed_open(&feed, y->shop, y->hooks, y->now_ms()));
    err_t err = ERR_OK;
    while (!err && more && !sync_is_stopped(y)) {
        err = take_page(y, r, feed, &more);
        feed_report(feed, &r->feed);
        if (y->tell) y->tell(y->ctx, "products", r->feed.products);
    }
    feed_close(feed);
    return err;
}
