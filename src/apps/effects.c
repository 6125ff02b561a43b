#include "apps/effects.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/log.h"

struct event *answer(struct answers *as, enum event_kind kind) {
    static struct event overflow;
    struct event *e = as->n < ANSWERS_MAX ? &as->v[as->n++] : &overflow;
    memset(e, 0, sizeof *e);
    e->kind = kind;
    return e;
}

static enum failure failure_of(err_t err) {
    switch (err) {
        case ERR_NOT_FOUND:
            return FAILED_NOT_FOUND;
        case ERR_RANGE:
            return FAILED_STOCK;
        case ERR_FULL:
            return FAILED_FULL;
        case ERR_BUSY:
            return FAILED_BUSY;
        case ERR_DENIED:
            return FAILED_DECLINED;
        default:
            return FAILED_OTHER;
    }
}

void fail(struct answers *as, enum failure why) {
    answer(as, EVENT_FAILED)->failed = why;
}

void fail_with(struct answers *as, err_t err) {
    if (failure_of(err) == FAILED_OTHER) log_error("%s", err_reason());
    fail(as, failure_of(err));
}

/* What can no longer be changed has changed since it was asked about. */
void fail_changed(struct answers *as, err_t err) {
    if (err == ERR_RANGE)
        fail(as, FAILED_CHANGED);
    else
        fail_with(as, err);
}

void tell_cart(struct conversation *c, int64_t now_ms, struct answers *as, err_t err) {
    struct cart cart;
    if (!err) err = cart_get(c->assistant->shop, now_ms, &cart);
    if (err) return fail_with(as, err);
    answer(as, EVENT_CART)->cart = cart;
}

err_t make_key(char key[KEY_SIZE]) {
    unsigned char random[16];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return err_fail(ERR_IO, "the system gives no random numbers");
    for (size_t i = 0; i < sizeof random; i++) snprintf(key + 2 * i, 3, "%02x", random[i]);
    return ERR_OK;
}
