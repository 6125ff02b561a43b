/* shopkeeperd: the voice loop as a service. No network: microphone, loudspeaker, database, and a control socket. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "apps/control.h"
#include "apps/core.h"
#include "base/log.h"
#include "base/str.h"

static const char help[] =
    "usage: shopkeeperd [--shop DIR] [--db FILE] [--config FILE] [--verbose]\n\n"
    "The voice loop of Shopkeeper as a service: waits for the wake phrase and talks.\n\n"
    "  --shop DIR     a shop's folder, such as catalog/grocer\n"
    "  --db FILE      the database that is kept\n"
    "  --config FILE  settings; see shopkeeper(1)\n"
    "  --verbose      more on standard error; twice: even more\n\n"
    "A shopkeeperd that runs is spoken to with: shopkeeper ctl status";

struct given {
    const char *shop, *db, *config;
    int verbose;
};

/* EXIT_ code, or -1 to go on. */
static int read_options(struct given *given, int argc, char **argv) {
    static const struct option options[] = {{"shop", required_argument, NULL, 's'},
                                            {"db", required_argument, NULL, 'd'},
                                            {"config", required_argument, NULL, 'c'},
                                            {"verbose", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {"version", no_argument, NULL, 'V'},
                                            {0}};
    for (int ch; (ch = getopt_long(argc, argv, "hv", options, NULL)) != -1;) {
        switch (ch) {
            case 's':
                given->shop = optarg;
                break;
            case 'd':
                given->db = optarg;
                break;
            case 'c':
                given->config = optarg;
                break;
            case 'v':
                given->verbose++;
                break;
            case 'h':
                puts(help);
                return 0;
            case 'V':
                puts("shopkeeperd " SK_VERSION);
                return 0;
            default:
                fputs("try: shopkeeperd --help\n", stderr);
                return 2;
        }
    }
    return -1;
}

static err_t read_settings(struct settings *s, const struct given *given) {
    TRY(settings_load(s, given->config));
    if (given->shop) str_copy(s->shop_dir, sizeof s->shop_dir, given->shop);
    if (given->db) str_copy(s->db, sizeof s->db, given->db);
    if (!*s->socket) control_default_path(s->socket, sizeof s->socket);
    return ERR_OK;
}

/* To the journal: that a turn happened, and how fast, but nothing of what was said. */
static void look_on(void *ctx, const struct report *r) {
    (void)ctx;
    switch (r->kind) {
        case REPORT_READY:
            log_info("listening");
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

static err_t serve_once(const struct settings *s, bool *again) {
    struct core *core;
    TRY(core_open(&core, s, look_on, NULL));
    struct control *control;
    err_t err = control_open(&control, core, s->socket);
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
    struct given given = {0};
    struct settings settings;
    int code = read_options(&given, argc, argv);
    if (code >= 0) return code;
    log_set_level(given.verbose == 0 ? LEVEL_WARNING : given.verbose == 1 ? LEVEL_INFO : LEVEL_DEBUG);
    err_t err = read_settings(&settings, &given);
    if (!err) err = serve(&settings);
    if (err) log_error("%s", err_reason());
    return err ? 1 : 0;
}
