#include "apps/syncing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "apps/control_client.h"
#include "apps/packet.h"
#include "apps/sync_lock.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/str.h"
#include "shop/tickets.h"

enum { CONNECT_MS = 10000 };

/* ---- coming to an end ---- */

static volatile sig_atomic_t stopping;

static void on_signal(int number) {
    (void)number;
    stopping = 1;
}

bool syncing_is_stopped(void) {
    return stopping != 0;
}

static bool asks_stopped(void *ctx) {
    (void)ctx;
    notify_alive(); /* waiting for the server is no hanging: each request has its time */
    return syncing_is_stopped();
}

/* ---- what sync/ needs of us ---- */

static uint32_t chance(void *ctx) {
    uint32_t value;
    (void)ctx;
    return getrandom(&value, sizeof value, 0) == (ssize_t)sizeof value ? value : UINT32_MAX / 2;
}

static err_t packet(void *ctx, const char *code, char **out) {
    struct syncing *s = ctx;
    struct ticket t;
    json_t *object;
    TRY(ticket_find(s->assistant.shop, code, &t));
    TRY(packet_make(&object, s->assistant.shop, &t, clock_now_ms()));
    *out = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return *out ? ERR_OK : err_fail(ERR_MEMORY, "not enough memory for the packet of ticket %s", code);
}

/* ---- life ---- */

static err_t open_backend(struct syncing *s) {
    struct settings *set = &s->assistant.settings;
    const struct backend_ops *ops;
    TRY(settings_server_defaults(set));
    TRY(backend_find(&ops, set->backend));
    if (ops->needs_server && !*set->server)
        return err_fail(ERR_ARG, "backend %s needs a server: name it in the settings, [server] url", ops->name);
    struct backend_config config = {.server = set->server,
                                    .ca = set->ca,
                                    .token_file = set->token_file,
                                    .currency = s->assistant.profile.currency,
                                    .region = set->region,
                                    .country = set->country,
                                    .email = set->email,
                                    .connect_ms = set->answer_s * 1000 < CONNECT_MS ? set->answer_s * 1000 : CONNECT_MS,
                                    .all_ms = set->answer_s * 1000,
                                    .stopped = asks_stopped};
    return ops->open(&s->backend, &config);
}

static err_t open_all(struct syncing *s, const struct settings *settings) {
    if (!*settings->db || str_equal(settings->db, ":memory:"))
        return err_fail(ERR_ARG, "name the speaker's database with --db, or in the settings");
    TRY(assistant_open_shop(&s->assistant, settings, NULL, clock_now_ms()));
    TRY(sync_lock_take(&s->lock, settings));
    TRY(open_backend(s));
    s->hooks = assistant_hooks(&s->assistant);
    return ERR_OK;
}

err_t syncing_open(struct syncing *s, const struct settings *settings, syncing_tell *tell) {
    struct sigaction act = {.sa_handler = on_signal};
    *s = (struct syncing){.lock = -1};
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    err_t err = open_all(s, settings);
    if (err) {
        syncing_close(s);
        return err;
    }
    s->sync = (struct sync){.shop = s->assistant.shop,
                            .backend = s->backend,
                            .hooks = &s->hooks,
                            .now_ms = clock_now_ms,
                            .chance = chance,
                            .packet = packet,
                            .stopped = asks_stopped,
                            .tell = tell,
                            .ctx = s};
    return ERR_OK;
}

void syncing_close(struct syncing *s) {
    if (s->backend) s->backend->ops->close(s->backend);
    assistant_close(&s->assistant);
    if (s->lock >= 0) close(s->lock);
    *s = (struct syncing){.lock = -1};
}

void syncing_reload(struct syncing *s) {
    char path[PATH_MAX], answer[128];
    control_path(path, &s->assistant.settings);
    if (control_send(path, "reload", answer, sizeof answer)) log_debug("%s", err_reason());
}

/* ---- a pass ---- */

/* The catalogue is there even where this fails: without it similar names are not asked about, and shopkeeperd listens
 * for the old words until it starts anew. */
static void follow_names(struct syncing *s) {
    if (assistant_find_alike(&s->assistant)) log_warning("names that sound alike: %s", err_reason());
    syncing_reload(s);
}

err_t syncing_pass(struct syncing *s, unsigned parts, struct sync_report *out) {
    TRY(sync_pass(&s->sync, parts, out));
    if (out->feed.names) follow_names(s);
    return ERR_OK;
}
