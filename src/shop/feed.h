/* The catalogue as the shop's server tells it: page by page, each one transaction, so that a page that is wrong, or a
 * power cut, leaves what was there, and the next try goes on behind the last page that was kept. What is searched, said
 * and asked for follows as for an import (import.h). Thread and errors as in shop.h. */
#ifndef SK_SHOP_FEED_H
#define SK_SHOP_FEED_H
#include "shop/shop.h"

enum { FEED_VARIANTS_MAX = 100, CURSOR_MAX = 192, FEED_ID_MAX = 64, FEED_TEXT_MAX = 1024 };

struct feed_variant {
    char id[FEED_ID_MAX];
    char options[OPTIONS_MAX];
    int64_t price_minor; /* PRICE_NONE: cannot be ordered */
    int64_t stock;       /* STOCK_UNLIMITED */
    int pieces;          /* 0 none */
};

struct feed_product {
    char id[FEED_ID_MAX];
    bool gone;
    char title[TITLE_MAX], spoken[TITLE_MAX], brand[BRAND_MAX], category[CATEGORY_MAX], unit[16];
    char description[FEED_TEXT_MAX];
    int rating_centi; /* RATING_NONE */
    int64_t added_ms;
    int n_variants; /* the first is the usual one */
    struct feed_variant variants[FEED_VARIANTS_MAX];
};

typedef err_t feed_fn(void *ctx, const struct feed_product *p);

struct feed_report {
    int pages, products, gone; /* taken */
    bool names;                /* what people call things is not what it was: the grammar has to follow */
};

struct feed;

SK_MUST_USE err_t feed_open(struct feed **out, struct shop *s, const struct shop_hooks *hooks, int64_t now_ms);
void feed_close(struct feed *f);

/* Where to go on: "" from the beginning. `etag` is that of the last page, if nothing was behind it. */
SK_MUST_USE err_t feed_where(struct shop *s, char cursor[CURSOR_MAX], char *etag, size_t cap);
/* The cursor counts no more: all comes again, and what does not come is no longer sold. */
SK_MUST_USE err_t feed_restart(struct shop *s);

/* A page: begin, put each, end. Nothing of it counts before feed_end() has returned ERR_OK; with an error in `err` it
 * takes all of the page back and returns that. The last page of a whole fill (more is false) withdraws what did not
 * come, but not nearly everything: ERR_RANGE if the server has a tenth of what is sold here. */
SK_MUST_USE err_t feed_begin(struct feed *f, const char *cursor);
SK_MUST_USE err_t feed_put(struct feed *f, const struct feed_product *p);
SK_MUST_USE err_t feed_end(struct feed *f, err_t err, const char *cursor, const char *etag, bool more);
/* What was taken since feed_open(). */
void feed_report(const struct feed *f, struct feed_report *out);

#endif
