/* shopkeeper-webd: the companion page of the speaker, for the people of the house. No microphone, and no network but
 * theirs: it reads the database, and what it is told to do it passes on to shopkeeperd's socket. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "apps/control_client.h"
#include "apps/service.h"
#include "apps/sync_status.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/str.h"
#include "web/web.h"

static const char help[] =
    "usage: shopkeeper-webd [--db FILE] [--config FILE] [--verbose]\n\n"
    "The page of the speaker: open http://NAME:8080/ on a phone in the same network, NAME being the speaker's, and "
    "type\n"
    "the code that it says. It shows what the speaker does, the basket and the orders; a sentence can be typed that "
    "is\n"
    "awkward to say. It never orders: that takes a voice.\n\n"
    "  --db FILE      the database of the speaker, which is only read\n"
    "  --config FILE  settings, [web] port and address among them; see shopkeeper(1)\n"
    "  --verbose      more on standard error; twice: even more\n\n"
    "It speaks to the shopkeeperd that runs: shopkeeper ctl status";

enum { TICK_MS = 1000 };

static volatile sig_atomic_t stopping;

static void on_signal(int number) {
    (void)number;
    stopping = 1;
}

/* ---- what web/ needs of the others ---- */

static err_t ask_speaker(void *ctx, const char *line, char *answer, size_t cap) {
    char path[PATH_MAX];
    notify_alive(); /* a shopkeeperd that hangs is waited for, but not for long */
    control_path(path, ctx);
    return control_send(path, line, answer, cap);
}

struct listener {
    web_finding_fn *fn;
    void *to;
};

static void tell(void *ctx, const struct sync_finding *f) {
    const struct listener *l = ctx;
    l->fn(l->to, f->what, f->ok, f->text);
}

static err_t find(void *ctx, struct shop *shop, int64_t now_ms, web_finding_fn *fn, void *to) {
    struct listener l = {fn, to};
    return sync_status(ctx, shop, now_ms, tell, &l);
}

/* ---- the program ---- */

static void serve(struct web *web) {
    while (!stopping) {
        notify_alive();
        web_wait(web, TICK_MS);
    }
}

static err_t run(struct settings *settings) {
    struct web *web;
    char files[PATH_MAX], schema[PATH_MAX];
    if (!*settings->db || str_equal(settings->db, ":memory:"))
        return err_fail(ERR_ARG, "name the speaker's database with --db, or in the settings");
    TRY(settings_model_path(settings, files, "web"));
    TRY(settings_path(schema, "catalog", "schema", NULL));
    const struct web_config config = {.address = settings->web_address,
                                      .port = settings->web_port,
                                      .files = files,
                                      .db = settings->db,
                                      .schema = schema,
                                      .ask = ask_speaker,
                                      .findings = find,
                                      .ctx = settings};
    TRY(web_open(&web, &config));
    log_info("the page is on port %d", settings->web_port);
    notify_ready();
    serve(web);
    web_close(web);
    return ERR_OK;
}

int main(int argc, char **argv) {
    struct settings settings;
    const struct sigaction stop = {.sa_handler = on_signal};
    int code = service_start(&settings, "shopkeeper-webd", help, argc, argv);
    if (code >= 0) return code;
    signal(SIGPIPE, SIG_IGN);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    err_t err = run(&settings);
    notify_stopping();
    if (err) log_error("%s", err_reason());
    return err ? 1 : 0;
}
