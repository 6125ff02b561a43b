/* No server: the shop is this device. Orders settle here, and the owner exports them (shopkeeper orders --csv). */
#include <stdlib.h>

#include "sync/backend.h"

static struct outcome done(void) {
    return outcome_of(OUTCOME_DONE, REFUSAL_NONE, "");
}

static struct outcome nobody(void) {
    return outcome_of(OUTCOME_REFUSED, REFUSAL_OTHER, "there is no server: name one in the settings, [server] url");
}

static struct outcome unchanged(void) {
    return outcome_of(OUTCOME_UNCHANGED, REFUSAL_NONE, "");
}

static err_t local_open(struct backend **out, const struct backend_config *config) {
    (void)config;
    struct backend *b = calloc(1, sizeof *b);
    if (!b) return err_fail(ERR_MEMORY, "not enough memory");
    b->ops = &backend_local;
    *out = b;
    return ERR_OK;
}

static void local_close(struct backend *b) {
    free(b);
}

static struct outcome local_pair(struct backend *b, const char *name, struct pairing *out) {
    (void)b, (void)name, (void)out;
    return nobody();
}

static struct outcome local_pair_token(struct backend *b, const struct pairing *p) {
    (void)b, (void)p;
    return nobody();
}

static struct outcome local_account(struct backend *b, const char *etag, struct account *out, char etag_now[ETAG_MAX]) {
    (void)b, (void)etag, (void)out, (void)etag_now;
    return unchanged();
}

static struct outcome local_changes(struct backend *b, const char *cursor, const char *etag, feed_fn *fn, void *ctx,
                                    struct page *out, err_t *err) {
    (void)b, (void)cursor, (void)etag, (void)fn, (void)ctx, (void)out;
    *err = ERR_OK;
    return unchanged();
}

/* What the store computed is what it costs. */
static struct outcome local_quote(struct backend *b, const struct outgoing_order *o, struct quote *out) {
    (void)b;
    *out = (struct quote){.total_minor = o->agreed_minor};
    return done();
}

static struct outcome local_place(struct backend *b, const struct outgoing_order *o, struct placed *out,
                                  struct quote *now) {
    (void)b, (void)now;
    *out = (struct placed){.total_minor = o->agreed_minor};
    return done();
}

static struct outcome local_find(struct backend *b, const struct outgoing_order *o, struct placed *out) {
    (void)b, (void)o, (void)out;
    return outcome_of(OUTCOME_MISSING, REFUSAL_NONE, "it has not been settled");
}

static struct outcome local_status(struct backend *b, const struct tracked *t, struct tracking *out,
                                   char etag_now[ETAG_MAX]) {
    (void)b, (void)t, (void)out, (void)etag_now;
    return unchanged();
}

static struct outcome local_list(struct backend *b, int limit, void (*fn)(void *ctx, const struct tracking *t),
                                 void *ctx) {
    (void)b, (void)limit, (void)fn, (void)ctx;
    return unchanged();
}

static struct outcome local_cancel(struct backend *b, const char *key) {
    (void)b, (void)key;
    return done();
}

static struct outcome local_readdress(struct backend *b, const char *key, const char *address) {
    (void)b, (void)key, (void)address;
    return done();
}

static struct outcome local_send_back(struct backend *b, const struct outgoing_return *r) {
    (void)b, (void)r;
    return done();
}

/* The desk (shopkeeper desk) reads the store itself. */
static struct outcome local_hand_over(struct backend *b, const struct outgoing_ticket *t, const char *packet) {
    (void)b, (void)t, (void)packet;
    return done();
}

static struct outcome local_say(struct backend *b, const char *ticket, const char *key, const char *text,
                                int64_t at_ms) {
    (void)b, (void)ticket, (void)key, (void)text, (void)at_ms;
    return done();
}

static struct outcome local_heard(struct backend *b, const char *message, int64_t at_ms) {
    (void)b, (void)message, (void)at_ms;
    return done();
}

static struct outcome local_hang_up(struct backend *b, const char *ticket, int64_t at_ms) {
    (void)b, (void)ticket, (void)at_ms;
    return done();
}

static struct outcome local_messages(struct backend *b, const char *after, struct desk_page *out) {
    (void)b, (void)after, (void)out;
    return unchanged();
}

const struct backend_ops backend_local = {
    .name = "local",
    .open = local_open,
    .close = local_close,
    .pair = local_pair,
    .pair_token = local_pair_token,
    .account = local_account,
    .changes = local_changes,
    .quote = local_quote,
    .place = local_place,
    .find = local_find,
    .status = local_status,
    .list = local_list,
    .cancel = local_cancel,
    .readdress = local_readdress,
    .send_back = local_send_back,
    .hand_over = local_hand_over,
    .say = local_say,
    .heard = local_heard,
    .hang_up = local_hang_up,
    .messages = local_messages,
};
