/* Carrying out the dialogue's effects: what conversation.c and the files of a subject share. CORE thread. */
#ifndef SK_APPS_EFFECTS_H
#define SK_APPS_EFFECTS_H
#include "apps/conversation.h"

/* Events that wait while an effect list is carried out. The dialogue asks little at a time. */
enum { ANSWERS_MAX = EFFECTS_MAX };

struct answers {
    int n;
    struct event v[ANSWERS_MAX];
};

typedef void carry_out(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as);

/* A new answer, zeroed; borrowed until the next. */
struct event *answer(struct answers *as, enum event_kind kind);
void fail(struct answers *as, enum failure why);
/* What went wrong, by its code; what the shopper can do nothing about is logged. */
void fail_with(struct answers *as, err_t err);
/* The same, where ERR_RANGE says that what can no longer be changed has changed since it was asked about. */
void fail_changed(struct answers *as, err_t err);
/* The basket as it is now, unless `err`. */
void tell_cart(struct conversation *c, int64_t now_ms, struct answers *as, err_t err);

enum { KEY_SIZE = 33 };
/* A fresh idempotency key: the outbox sends under it. ERR_IO. */
SK_MUST_USE err_t make_key(char key[KEY_SIZE]);

/* ---- ordering (effects_checkout.c) ---- */

carry_out effect_coupon, effect_deliver, effect_send_to, effect_pay_with, effect_ways, effect_payments,
    effect_check_pin, effect_undo, effect_agree, effect_place_order;

/* ---- being introduced to the shop's server (effects_pairing.c) ---- */

carry_out effect_pair;
/* What is to be told of it, if it may be told now. */
SK_MUST_USE err_t pairing_news_find(struct conversation *c, int64_t now_ms, struct event *e, bool *any);

#endif
