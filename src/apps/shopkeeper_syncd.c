/* shopkeeper-syncd: talks to the shop's server for the speaker. No microphone: the network and the database.
 *
 * Every second it looks into the store, which costs nothing while nothing has changed, so that an order leaves when its
 * time has come; everything else has a time of its own, and is put off as long as the server cannot be reached. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "apps/introduction.h"
#include "apps/service.h"
#include "apps/syncing.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/str.h"
#include "shop/desk.h"
#include "shop/quoted.h"
#include "sync/backoff.h"

static const char help[] =
    "usage: shopkeeper-syncd [--shop DIR] [--db FILE] [--config FILE] [--verbose]\n\n"
    "Keeps a speaker and its shop's server together: orders out, catalogue, order status and messages in.\n\n"
    "  --shop DIR     a shop's folder, such as catalog/grocer\n"
    "  --db FILE      the database of the speaker\n"
    "  --config FILE  settings, with the address of the server; see shopkeeper(1)\n"
    "  --verbose      more on standard error; twice: even more\n\n"
    "Once, and with what it does: shopkeeper sync. To introduce the speaker to the shop: shopkeeper sync pair";

enum {
    TICK_MS = 1000,
    ACCOUNT_MS = 6 * 60 * 60 * 1000,
    LIST_MS = 60 * 60 * 1000,
    ORDERS_MS = 30 * 1000, /* a look into the store, which knows what is due */
    DESK_OPEN_MS = 3000,   /* while a shopper waits for a person */
    DESK_MS = 5 * 60 * 1000,
    BASKET_MS = 10 * 1000 /* after a question about the basket that was not answered */
};

static const struct backoff away = {.first_ms = 4000, .most_ms = 5 * 60 * 1000};

/* ---- when ---- */

struct plan {
    int64_t catalogue_ms, account_ms, list_ms, orders_ms, desk_ms; /* when next, on the monotonic clock */
    int64_t basket_ms;
    int64_t away_until_ms; /* the server cannot be reached: not before */
    int away_times;
};

static int64_t monotonic_ms(void) {
    return clock_monotonic_ns() / 1000000;
}

static bool is_due(int64_t *next_ms, int64_t now_ms, int64_t every_ms) {
    if (now_ms < *next_ms) return false;
    *next_ms = now_ms + every_ms;
    return true;
}

static err_t outbox_is_due(struct shop *shop, bool *due) {
    struct outgoing row;
    return outbox_due(shop, 0, clock_now_ms(), &row, due);
}

static err_t basket_is_due(struct shop *shop, bool *due) {
    struct outgoing_order basket;
    int64_t version;
    return basket_unquoted(shop, clock_now_ms(), &basket, &version, due);
}

static err_t parts_due(struct syncing *s, struct plan *p, unsigned *parts) {
    struct shop *shop = s->assistant.shop;
    int64_t now_ms = monotonic_ms(), open;
    bool outbox, basket;
    *parts = 0;
    if (now_ms < p->away_until_ms) return ERR_OK;
    TRY(outbox_is_due(shop, &outbox));
    TRY(basket_is_due(shop, &basket));
    TRY(desk_open_tickets(shop, &open));
    if (outbox) *parts |= SYNC_OUTBOX;
    if (basket && is_due(&p->basket_ms, now_ms, BASKET_MS)) *parts |= SYNC_BASKET;
    if (!basket) p->basket_ms = 0;
    if (is_due(&p->desk_ms, now_ms, open ? DESK_OPEN_MS : DESK_MS)) *parts |= SYNC_DESK;
    if (open && p->desk_ms > now_ms + DESK_OPEN_MS) p->desk_ms = now_ms + DESK_OPEN_MS;
    if (is_due(&p->account_ms, now_ms, ACCOUNT_MS)) *parts |= SYNC_ACCOUNT;
    if (is_due(&p->catalogue_ms, now_ms, (int64_t)s->assistant.settings.catalogue_s * 1000)) *parts |= SYNC_CATALOGUE;
    if (is_due(&p->orders_ms, now_ms, ORDERS_MS)) *parts |= SYNC_ORDERS;
    if (is_due(&p->list_ms, now_ms, LIST_MS)) *parts |= SYNC_LIST;
    return ERR_OK;
}

/* What was to be done comes again when the server does. */
static void put_off(struct syncing *s, struct plan *p, const struct sync_report *r) {
    int64_t now_ms = monotonic_ms();
    if (!r->offline && !r->unpaired) {
        if (p->away_times) log_info("the server is there again");
        p->away_times = 0;
        return;
    }
    if (!p->away_times++) log_warning("%s", r->trouble);
    int64_t wait_ms = backoff_ms(&away, p->away_times, s->sync.chance(s));
    *p = (struct plan){.away_until_ms = now_ms + wait_ms, .away_times = p->away_times};
}

/* To the journal: that something happened, but nothing of what was bought or said. */
static void log_report(const struct sync_report *r) {
    if (r->sent || r->asked)
        log_info("sent %d: %d placed, %d refused, %d asked back", r->sent, r->placed, r->refused, r->asked);
    if (r->uncertain) log_warning("%d orders of which nobody knows: shopkeeper sync status", r->uncertain);
    if (r->feed.products || r->feed.gone) log_info("catalogue: %d products, %d gone", r->feed.products, r->feed.gone);
    if (r->moved) log_info("%d orders have moved", r->moved);
    if (*r->trouble && !r->offline && !r->unpaired) log_warning("%s", r->trouble);
}

static err_t meet(struct syncing *s, struct plan *p, struct introduction *i, unsigned parts) {
    struct sync_report r;
    TRY(syncing_pass(s, parts, &r));
    log_report(&r);
    if (r.reached) p->basket_ms = 0;
    put_off(s, p, &r);
    if (r.unpaired) return introduction_unknown(i, s);
    return r.reached ? introduction_known(i, s) : ERR_OK;
}

static err_t tick(struct syncing *s, struct plan *p, struct introduction *i) {
    unsigned parts = 0;
    bool paired;
    TRY(introduction_step(i, s, &paired));
    if (paired) *p = (struct plan){0}; /* everything at once */
    TRY(parts_due(s, p, &parts));
    return parts ? meet(s, p, i, parts) : ERR_OK;
}

static err_t work(struct syncing *s) {
    struct plan plan = {0};
    static struct introduction introduction;
    while (!syncing_is_stopped()) {
        notify_alive();
        err_t err = tick(s, &plan, &introduction);
        if (err && err != ERR_BUSY) return err;
        if (err) log_warning("%s", err_reason()); /* another program writes: in a second it has finished */
        struct timespec tick = {.tv_sec = TICK_MS / 1000, .tv_nsec = (TICK_MS % 1000) * 1000000L};
        if (!syncing_is_stopped()) nanosleep(&tick, NULL); /* a signal ends it */
    }
    return ERR_OK;
}

/* ---- the program ---- */

static err_t run(const struct settings *settings) {
    static struct syncing s;
    TRY(syncing_open(&s, settings, NULL));
    log_info("backend %s", s.backend->ops->name);
    notify_ready();
    err_t err = work(&s);
    syncing_close(&s);
    return err;
}

int main(int argc, char **argv) {
    struct settings settings;
    int code = service_start(&settings, "shopkeeper-syncd", help, argc, argv);
    if (code >= 0) return code;
    signal(SIGPIPE, SIG_IGN);
    err_t err = run(&settings);
    notify_stopping();
    if (err) log_error("%s", err_reason());
    return err ? 1 : 0;
}
