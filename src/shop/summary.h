/* What was talked about in a period, counted: for the operator's report. Names are intents, ids of replies, or words
 * that were said; the most frequent first. Thread and errors as in shop.h. */
#ifndef SK_SHOP_SUMMARY_H
#define SK_SHOP_SUMMARY_H
#include "shop/shop.h"

enum summary_kind {
    SUMMARY_DAYS,      /* requests by day "2026-11-20" of the shop's clock, in their order */
    SUMMARY_INTENTS,   /* requests by intent */
    SUMMARY_UNCLEAR,   /* words that were not understood */
    SUMMARY_LEFT,      /* talks with something in the basket that was not ordered: the reply that came last */
    SUMMARY_TROUBLE,   /* replies about coupons and payments that did not go well */
    SUMMARY_HANDOVERS, /* tickets by what led to them: asked, failed, anger */
    SUMMARY_STARS,     /* feedback by stars "1" to "5", in their order */
    SUMMARY_COMMENTS,  /* its words, newest first; n is the stars, 0 none */
    SUMMARY_COUNT
};

struct period {
    int64_t from_ms, to_ms; /* `to` is not in it */
};

/* At most `limit` of them. Strings are borrowed for the call. */
SK_MUST_USE err_t summary_each(struct shop *s, enum summary_kind kind, const struct period *p, int limit,
                               void (*fn)(void *ctx, const char *name, int64_t n), void *ctx);

struct summary_totals {
    int64_t talks, requests, unclear; /* sessions; what shoppers said, and of it not understood */
    int64_t orders, left;             /* placed by voice; talks that left a basket */
    int64_t tickets, tickets_open;
    int64_t ratings, stars_milli; /* average in thousandths, 0 without ratings */
    int64_t since_ms;             /* of the oldest turn that is kept; 0 none */
};
SK_MUST_USE err_t summary_totals(struct shop *s, const struct period *p, struct summary_totals *out);

#endif
