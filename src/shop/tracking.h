/* Where orders are, as the shop's server tells it. Thread and errors as in shop.h. */
#ifndef SK_SHOP_TRACKING_H
#define SK_SHOP_TRACKING_H
#include "shop/outbox.h"

enum { PARCELS_MAX = 16, TRACK_AHEAD_MS = 24 * 60 * 60 * 1000 /* no order is ever asked about later than this */ };

struct tracked_line {
    int position; /* from 1, rising; what was taken out of an order leaves a gap */
    char variant[SHOP_ID_MAX];
    char title[TITLE_MAX], options[OPTIONS_MAX];
    int quantity_milli;
    int64_t price_minor;
};

struct tracked_parcel {
    char carrier[32], place[64];
    int64_t shipped_ms, expected_ms, delivered_ms;
    int n;
    int positions[ORDER_LINES_MAX]; /* of the lines in it, from 1 */
};

struct tracking {
    char remote[REMOTE_MAX], key[KEY_MAX_BYTES];
    char number[ORDER_NUMBER_MAX]; /* the server's */
    enum order_state state;
    int64_t placed_ms, expected_ms, delivered_ms;
    int64_t total_minor, delivery_minor, discount_minor;
    char way[WAY_NAME_MAX], payment[PAYMENT_NAME_MAX];
    int n_lines;
    struct tracked_line lines[ORDER_LINES_MAX];
    int n_parcels;
    struct tracked_parcel parcels[PARCELS_MAX];
};

/* An order that may have moved. */
struct tracked {
    int64_t id;
    char order[KEY_MAX_BYTES]; /* its key, or the server's id */
    char remote[REMOTE_MAX];
    char etag[512];
    int polls; /* how often nothing had changed */
};

SK_MUST_USE err_t tracking_due(struct shop *s, int64_t now_ms, struct tracked *out, bool *any);
/* Every order that is under way is due now: somebody asked. */
SK_MUST_USE err_t tracking_wake(struct shop *s);
/* The shop was asked: again at next_ms. */
SK_MUST_USE err_t tracking_polled(struct shop *s, int64_t id, int64_t next_ms, int polls);
/* Nothing has changed, as of now. */
SK_MUST_USE err_t tracking_same(struct shop *s, int64_t id, int64_t now_ms);
/* What the server tells, in one transaction; an order that is not known here (it was made elsewhere) is added to the
 * customer's. *moved: its state is another one. */
SK_MUST_USE err_t tracking_put(struct shop *s, const struct tracking *t, const char *etag, int64_t now_ms, bool *moved);

#endif
