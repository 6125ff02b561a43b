#include "apps/sync_status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/sync_lock.h"
#include "base/money.h"
#include "base/str.h"
#include "shop/outbox.h"
#include "shop/pairing.h"
#include "sync/backend.h"

enum { MINUTE_MS = 60 * 1000, SILENT_MS = 15 * MINUTE_MS, WAITS_MS = 15 * MINUTE_MS, DAY_MS = 24 * 60 * MINUTE_MS };

struct status {
    const struct settings *settings;
    struct shop *shop;
    int64_t now_ms;
    sync_finding_fn *fn;
    void *ctx;
    char currency[4];
    const struct backend_ops *ops;
    int rows; /* told of the one kind */
};

__attribute__((format(printf, 4, 5))) static void tell(struct status *s, const char *what, bool ok, const char *format,
                                                       ...) {
    struct sync_finding f = {.what = what, .ok = ok};
    va_list values;
    va_start(values, format);
    vsnprintf(f.text, sizeof f.text, format, values);
    va_end(values);
    s->fn(s->ctx, &f);
    s->rows++;
}

/* "3 minutes" */
static const char *span(char out[32], int64_t ms) {
    static const struct {
        int64_t ms;
        const char *one;
    } units[] = {{DAY_MS, "day"}, {60 * MINUTE_MS, "hour"}, {MINUTE_MS, "minute"}, {1000, "second"}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        long long n = ms / units[i].ms;
        if (n < 1 && units[i].ms > 1000) continue;
        snprintf(out, 32, "%lld %s%s", n < 0 ? 0 : n, units[i].one, n == 1 ? "" : "s");
        break;
    }
    return out;
}

static err_t number_of(struct status *s, const char *name, int64_t *out) {
    char text[24];
    TRY(sync_get(s->shop, name, text, sizeof text));
    *out = strtoll(text, NULL, 10);
    return ERR_OK;
}

/* ---- service and server ---- */

static void tell_service(struct status *s) {
    bool runs = sync_lock_is_taken(s->settings);
    tell(s, "service", runs,
         runs ? "shopkeeper-syncd runs"
              : "shopkeeper-syncd does not run: start it (systemctl start shopkeeper-syncd), or run shopkeeper sync "
                "now and then");
}

static err_t tell_server(struct status *s) {
    bool offline;
    int64_t contact_ms, tried_ms;
    char trouble[256], ago[32];
    struct pairing_news pairing;
    TRY(pairing_get(s->shop, s->now_ms, &pairing));
    TRY(sync_contact(s->shop, &offline, &contact_ms));
    TRY(number_of(s, "tried", &tried_ms));
    TRY(sync_get(s->shop, "trouble", trouble, sizeof trouble));
    for (size_t n = strlen(trouble); n && strchr(".?", trouble[n - 1]); n--) trouble[n - 1] = '\0';
    const char *name = s->settings->server;
    bool unknown = s->ops->pairs && pairing.state != PAIRING_PAIRED &&
                   (!*trouble || strstr(trouble, "does not know this speaker"));
    if (unknown) {
        tell(s, "server", true, "%s (%s) tells nothing to a speaker that it does not know", name, s->settings->backend);
    } else if (!tried_ms && !contact_ms) {
        tell(s, "server", false, "%s (%s) was never asked", name, s->settings->backend);
    } else if (offline) {
        tell(s, "server", false, "%s (%s) %s%s. The last try: %s. It is tried again by itself, and nothing is lost",
             name, s->settings->backend, contact_ms ? "has not answered for " : "has never answered",
             contact_ms ? span(ago, s->now_ms - contact_ms) : "", *trouble ? trouble : "nobody is there");
    } else {
        bool old = s->now_ms - contact_ms > SILENT_MS + (int64_t)s->settings->catalogue_s * 1000;
        tell(s, "server", !old && !*trouble, "%s (%s) answered %s ago%s%s", name, s->settings->backend,
             span(ago, s->now_ms - contact_ms), *trouble ? ", but: " : "", trouble);
    }
    return ERR_OK;
}

static err_t tell_pairing(struct status *s) {
    struct pairing_news now;
    if (!s->ops->pairs) return ERR_OK; /* what the token file has was put there by the owner */
    char how[] = "say \"pair with the shop\", or run shopkeeper sync pair";
    TRY(pairing_get(s->shop, s->now_ms, &now));
    if (now.state == PAIRING_PAIRED)
        tell(s, "pairing", true, "the server knows this speaker");
    else if (now.state == PAIRING_CODE || now.state == PAIRING_WANTED)
        tell(s, "pairing", false, "a code was asked for: type it on the shop's page (to hear it again, %s)", how);
    else
        tell(s, "pairing", false, "the server does not know this speaker (it was never paired, or was taken back): %s",
             how);
    return ERR_OK;
}

static err_t tell_catalogue(struct status *s) {
    char cursor[CURSOR_MAX];
    int64_t n, filling;
    TRY(sync_get(s->shop, "cursor", cursor, sizeof cursor));
    TRY(number_of(s, "filling", &filling));
    TRY(catalog_count(s->shop, &n));
    if (!*cursor)
        tell(s, "catalogue", false,
             "none of the server's has come yet; the %lld products are those of the shop's folder", (long long)n);
    else
        tell(s, "catalogue", !filling, "%lld products%s", (long long)n,
             filling ? ", and more to come: it goes on where it was broken off" : "");
    return ERR_OK;
}

/* ---- what waits ---- */

static const char *kind_text(enum outgoing_kind kind) {
    static const char *const texts[] = {[OUTGOING_ORDER] = "order",
                                        [OUTGOING_CANCEL] = "cancellation of order",
                                        [OUTGOING_ADDRESS] = "new address of order",
                                        [OUTGOING_RETURN] = "return from order",
                                        [OUTGOING_HANDOVER] = "ticket"};
    return texts[kind];
}

static void tell_row(void *ctx, const struct waiting_row *row) {
    struct status *s = ctx;
    char age[32], next[32], total[32];
    struct money wanted = {.minor = row->asked_minor};
    str_copy(wanted.currency, sizeof wanted.currency, s->currency);
    span(age, s->now_ms - row->made_ms);
    if (row->asked_minor)
        tell(s, "to send", true, "%s %s waits for the shopper's word: the shop wants %s %s for it",
             kind_text(row->kind), row->number, money_decimal(total, wanted), s->currency);
    else if (row->tries == 0)
        tell(s, "to send", s->now_ms - row->made_ms < WAITS_MS, "%s %s is %s old, and was not tried yet",
             kind_text(row->kind), row->number, age);
    else
        tell(s, "to send", false, "%s %s is %s old, tried %d times, the next in %s; %s", kind_text(row->kind),
             row->number, age, row->tries, span(next, row->next_ms > s->now_ms ? row->next_ms - s->now_ms : 0),
             *row->trouble ? row->trouble : "no answer yet");
}

static void tell_refused(void *ctx, const char *number, const char *why, int64_t at_ms) {
    static const struct {
        const char *why, *text;
    } whys[] = {{"stock", "sold out at the shop"},
                {"gone", "something in it is no longer sold"},
                {"address", "nothing is delivered to its address, or the shop does not have it"},
                {"delivery", "that way of delivery is not offered for it"},
                {"payment", "its payment was refused"},
                {"cancelled", "it was cancelled before it came"},
                {"late", "it came too late"}};
    static const char lost[] =
        "the server was lost while it made the order, and cannot say whether it did: look in the shop's orders for "
        "this "
        "shopkeeper_number (metadata), and tell the shopper. It is not sent again by itself";
    struct status *s = ctx;
    char ago[32];
    const char *text = "the shop says no; shopkeeper-syncd's log says why";
    for (size_t i = 0; i < sizeof whys / sizeof *whys; i++) {
        if (str_equal(whys[i].why, why)) text = whys[i].text;
    }
    if (str_equal(why, "uncertain")) {
        tell(s, "uncertain", false, "order %s, %s ago: %s", number, span(ago, s->now_ms - at_ms), lost);
        return;
    }
    tell(s, "refused", true, "order %s, %s ago: %s. The shopper is told", number, span(ago, s->now_ms - at_ms), text);
}

static err_t tell_waiting(struct status *s) {
    s->rows = 0;
    TRY(outbox_each(s->shop, tell_row, s));
    if (!s->rows) tell(s, "to send", true, "nothing waits");
    return refused_each(s->shop, s->now_ms - DAY_MS, tell_refused, s);
}

/* ---- all of it ---- */

err_t sync_status(const struct settings *settings, struct shop *shop, int64_t now_ms, sync_finding_fn *fn, void *ctx) {
    struct settings set = *settings;
    struct shop_profile profile;
    struct status s = {.settings = &set, .shop = shop, .now_ms = now_ms, .fn = fn, .ctx = ctx};
    TRY(settings_server_defaults(&set));
    TRY(backend_find(&s.ops, set.backend));
    TRY(shop_profile(shop, &profile));
    str_copy(s.currency, sizeof s.currency, profile.currency);
    if (!*set.server) {
        tell(&s, "server", true,
             "there is none: orders settle on this speaker, and shopkeeper orders --csv FILE writes them out");
        return ERR_OK;
    }
    tell_service(&s);
    TRY(tell_server(&s));
    if (s.ops->limits) tell(&s, "backend", true, "%s: %s", s.ops->name, s.ops->limits);
    TRY(tell_pairing(&s));
    TRY(tell_catalogue(&s));
    return tell_waiting(&s);
}
