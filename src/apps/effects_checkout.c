/* Effects of ordering: coupons, delivery and payment, the PIN, the order itself and taking it back. */
#include "apps/effects.h"

/* With the one that would count instead, if that one does not. */
void effect_coupon(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct shop *shop = c->assistant->shop;
    struct coupon_told told = {0};
    err_t err = coupon_apply(shop, e->coupon, now_ms, &told.coupon);
    if (!err) err = cart_get(shop, now_ms, &told.cart);
    if (!err && told.coupon.state > COUPON_COUNTS) err = coupon_best(shop, &told.cart, now_ms, &told.instead);
    if (err) return fail_with(as, err);
    answer(as, EVENT_COUPON)->coupon = told;
}

void effect_deliver(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    tell_cart(c, now_ms, as, cart_deliver(c->assistant->shop, e->words, now_ms));
}

void effect_send_to(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    tell_cart(c, now_ms, as, cart_send_to(c->assistant->shop, e->words, now_ms));
}

void effect_pay_with(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    tell_cart(c, now_ms, as, cart_pay_with(c->assistant->shop, e->words, now_ms));
}

void effect_ways(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    (void)now_ms;
    struct ways w;
    err_t err = delivery_ways(c->assistant->shop, &w);
    if (err) return fail_with(as, err);
    answer(as, EVENT_WAYS)->ways = w;
}

void effect_payments(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    (void)now_ms;
    struct payments p;
    err_t err = payment_methods(c->assistant->shop, &p);
    if (err) return fail_with(as, err);
    answer(as, EVENT_PAYMENTS)->payments = p;
}

void effect_check_pin(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct pin_answer p;
    err_t err = pin_check(c->assistant->shop, e->pin, now_ms, &p);
    if (err) return fail_with(as, err);
    answer(as, EVENT_PIN)->pin = p;
}

void effect_undo(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    err_t err = order_undo(c->assistant->shop, e->number, now_ms);
    if (err) return fail_changed(as, err);
    answer(as, EVENT_UNDONE);
}

void effect_agree(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct order agreed;
    err_t err = order_agree(c->assistant->shop, e->place.number, e->place.total_minor, now_ms, &agreed);
    if (err) return fail_changed(as, err);
    answer(as, EVENT_PLACED)->placed = agreed;
}

static bool is_above_limits(const struct shop_profile *p, const struct cart *cart) {
    return (p->max_order_minor > 0 && cart->total_minor > p->max_order_minor) ||
           (p->max_day_minor > 0 && cart->total_minor + cart->lately_minor > p->max_day_minor);
}

void effect_place_order(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct shop *shop = c->assistant->shop;
    struct cart cart;
    err_t err = cart_get(shop, now_ms, &cart);
    if (err) return fail_with(as, err);
    if (!cart.n_lines) return fail(as, FAILED_EMPTY);
    if (cart.total_minor != e->place.total_minor) return fail(as, FAILED_CHANGED);
    if (is_above_limits(&c->assistant->profile, &cart)) return fail(as, FAILED_LIMIT);
    char key[KEY_SIZE];
    struct order placed;
    err = make_key(key);
    if (!err) err = order_place(shop, key, now_ms, &placed);
    if (err) return fail_with(as, err);
    answer(as, EVENT_PLACED)->placed = placed;
}
