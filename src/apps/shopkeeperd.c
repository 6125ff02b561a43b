/* shopkeeperd: the voice loop as a service. No network: microphone, loudspeaker, database, and a control socket. */
#include <time.h>

#include "apps/control.h"
#include "apps/control_client.h"
#include "apps/core.h"
#include "apps/service.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"

enum { PATIENCE_S = 60 };

static const char help[] =
    "usage: shopkeeperd [--shop DIR] [--db FILE] [--config FILE] [--verbose]\n\n"
    "The voice loop of Shopkeeper as a service: waits for the wake phrase and talks.\n\n"
    "  --shop DIR     a shop's folder, such as catalog/grocer\n"
    "  --db FILE      the database that is kept\n"
    "  --config FILE  settings; see shopkeeper(1)\n"
    "  --verbose      more on standard error; twice: even more\n\n"
    "A shopkeeperd that runs is spoken to with: shopkeeper ctl status";

/* To the journal: that a turn happened, and how fast, but nothing of what was said. */
static void look_on(void *ctx, const struct report *r) {
    (void)ctx;
    switch (r->kind) {
        case REPORT_READY:
            log_info(r->status->lost ? "ready, but without sound yet" : "listening");
            notify_status(r->status->lost ? "waits for its sound devices" : "listening");
            notify_ready();
            break;
        case REPORT_LOST:
            notify_status("waits for its sound devices");
            break;
        case REPORT_BACK:
        case REPORT_UNMUTED:
            log_info("listening");
            notify_status("listening");
            break;
        case REPORT_MUTED:
            log_info("muted");
            notify_status("muted");
            break;
        case REPORT_HEARD:
            log_info("heard %s", r->intent->accepted ? intent_name(r->intent->id) : "nothing of ours");
            break;
        case REPORT_SOUNDED:
            if (r->latency_ms >= 0) log_info("answered after %.0f ms", r->latency_ms);
            break;
        default:
            log_debug("%s", report_name(r->kind));
    }
}

/* A page of the catalogue that shopkeeper-syncd puts in may keep the store for a while on a slow card. */
static err_t open_patiently(struct core **out, const struct settings *s) {
    const int64_t until_ns = clock_monotonic_ns() + PATIENCE_S * 1000000000LL;
    const struct timespec pause = {.tv_sec = 1};
    for (;;) {
        err_t err = core_open(out, s, look_on, NULL);
        if (err != ERR_BUSY || clock_monotonic_ns() > until_ns) return err;
        log_info("%s", err_reason());
        nanosleep(&pause, NULL);
    }
}

static err_t serve_once(const struct settings *s, bool *again) {
    struct core *core;
    char path[PATH_MAX];
    TRY(open_patiently(&core, s));
    struct control *control;
    control_path(path, s);
    err_t err = control_open(&control, core, path);
    if (!err) {
        err = core_run(core);
        control_close(control);
    }
    *again = !err && core_reloads(core);
    core_close(core);
    return err;
}

/* Anew with other words whenever the shop has changed them. */
static err_t serve(const struct settings *s) {
    bool again = true;
    while (again) TRY(serve_once(s, &again));
    return ERR_OK;
}

int main(int argc, char **argv) {
    struct settings settings;
    int code = service_start(&settings, "shopkeeperd", help, argc, argv);
    if (code >= 0) return code;
    settings.service = true;
    err_t err = serve(&settings);
    notify_stopping();
    if (err) log_error("%s", err_reason());
    return err ? 1 : 0;
}
