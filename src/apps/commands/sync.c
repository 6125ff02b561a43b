/* The shop's server, once: for people, for tests, and for speakers without shopkeeper-syncd. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "apps/cli.h"
#include "apps/introduction.h"
#include "apps/json.h"
#include "apps/sync_status.h"
#include "apps/syncing.h"
#include "base/clock.h"
#include "base/str.h"
#include "shop/pairing.h"

static void tell(void *ctx, const char *what, int done) {
    (void)ctx;
    cli_progress(what, done, 0);
}

/* ---- a pass ---- */

static void print_text(const struct syncing *s, const struct sync_report *r) {
    printf("backend %s: %s\n", s->backend->ops->name,
           r->unpaired  ? "it does not know this speaker"
           : r->offline ? "it cannot be reached"
           : r->reached ? "reached"
                        : "nothing to tell it");
    if (r->sent || r->asked || r->waiting)
        printf("sent: %d (%d orders placed, %d refused), %d wait for the shopper's word, %d to be tried again\n",
               r->sent, r->placed, r->refused, r->asked, r->waiting);
    if (r->uncertain) printf("not certain: %d orders, see shopkeeper sync status\n", r->uncertain);
    if (r->feed.pages)
        printf("catalogue: %d products in, %d gone, %d pages\n", r->feed.products, r->feed.gone, r->feed.pages);
    if (r->looked) printf("orders: %d asked about, %d have moved\n", r->looked, r->moved);
    if (r->messages) printf("messages of the shop's people: %d\n", r->messages);
    if (*r->trouble) fprintf(stderr, "shopkeeper: %s\n", r->trouble);
}

static void print_json(const struct syncing *s, const struct sync_report *r) {
    json_print(json_pack("{s:s,s:b,s:b,s:b,s:i,s:i,s:i,s:i,s:i,s:i,s:{s:i,s:i,s:i},s:i,s:i,s:i,s:s}", "backend",
                         s->backend->ops->name, "reached", r->reached, "offline", r->offline, "unpaired", r->unpaired,
                         "sent", r->sent, "placed", r->placed, "refused", r->refused, "asked", r->asked, "waiting",
                         r->waiting, "uncertain", r->uncertain, "catalogue", "pages", r->feed.pages, "products",
                         r->feed.products, "gone", r->feed.gone, "looked", r->looked, "moved", r->moved, "messages",
                         r->messages, "trouble", r->trouble));
}

static int pass(struct syncing *s, const struct cli *cli) {
    struct sync_report r;
    err_t err = tracking_wake(s->assistant.shop);
    if (!err) err = syncing_pass(s, SYNC_ALL, &r);
    if (err) return cli_fail();
    if (cli->json)
        print_json(s, &r);
    else
        print_text(s, &r);
    return r.offline || r.unpaired || (*r.trouble && !r.reached) ? EXIT_FAILED : EXIT_OK;
}

/* ---- pairing ---- */

static void wait_s(int seconds) {
    struct timespec t = {.tv_sec = seconds};
    if (!syncing_is_stopped()) nanosleep(&t, NULL);
}

static void show_code(const char *code, const char *page, const struct cli *cli) {
    if (cli->json)
        json_print(json_pack("{s:s,s:s}", "code", code, "page", page));
    else
        printf("On %s, log in and type the code %s\n", page, code);
    fflush(stdout);
}

static int not_paired(const char *why) {
    fprintf(stderr, "shopkeeper: this speaker is not paired: %s\n", syncing_is_stopped() ? "stopped" : why);
    return EXIT_FAILED;
}

static int pair(struct syncing *s, const struct cli *cli) {
    struct pairing p;
    const struct backend_ops *ops = s->backend->ops;
    struct outcome o = ops->pair(s->backend, s->assistant.settings.speaker, &p);
    if (o.kind == OUTCOME_DONE) {
        show_code(p.code, p.page, cli);
        do {
            wait_s(p.poll_s);
            o = ops->pair_token(s->backend, &p);
        } while (!syncing_is_stopped() && (o.kind == OUTCOME_DOUBTFUL || o.kind == OUTCOME_OFFLINE) &&
                 clock_now_ms() < p.until_ms);
    }
    if (o.kind != OUTCOME_DONE) return not_paired(o.why);
    if (!cli->json) puts("paired");
    struct introduction known = {0};
    return introduction_known(&known, s) ? cli_fail() : pass(s, cli);
}

/* shopkeeper-syncd runs, and has the server to itself: it is asked through the store, and the speaker says the code,
 * too. */
static err_t follow_pairing(struct shop *shop, const struct cli *cli, struct pairing_news *now) {
    bool shown = false;
    TRY(pairing_want(shop, clock_now_ms()));
    do {
        wait_s(1);
        TRY(pairing_get(shop, clock_now_ms(), now));
        if (now->state == PAIRING_CODE && !shown) show_code(now->code, now->page, cli);
        shown = shown || now->state == PAIRING_CODE;
    } while (!syncing_is_stopped() && (now->state == PAIRING_WANTED || now->state == PAIRING_CODE));
    return ERR_OK;
}

static int pair_by_service(const struct cli *cli) {
    struct assistant a;
    struct pairing_news now = {0};
    if (assistant_open_shop(&a, &cli->settings, NULL, clock_now_ms())) return cli_fail();
    err_t err = follow_pairing(a.shop, cli, &now);
    assistant_close(&a);
    if (err) return cli_fail();
    if (now.state != PAIRING_PAIRED)
        return not_paired(now.state == PAIRING_FAILED ? "the server gives no code; shopkeeper-syncd's log says why"
                                                      : "nobody typed the code in time");
    if (!cli->json) puts("paired");
    return EXIT_OK;
}

/* ---- how it stands ---- */

struct shown {
    const struct cli *cli;
    int bad;
};

static void show_finding(void *ctx, const struct sync_finding *f) {
    struct shown *shown = ctx;
    shown->bad += !f->ok;
    if (shown->cli->json)
        json_print(json_pack("{s:s,s:b,s:s}", "check", f->what, "ok", f->ok, "text", f->text));
    else
        printf("%-4s %-10s %s\n", f->ok ? "ok" : "BAD", f->what, f->text);
}

static int status(const struct cli *cli) {
    struct assistant a;
    struct shown shown = {.cli = cli};
    if (assistant_open_shop(&a, &cli->settings, NULL, clock_now_ms())) return cli_fail();
    err_t err = sync_status(&a.settings, a.shop, clock_now_ms(), show_finding, &shown);
    assistant_close(&a);
    if (err) return cli_fail();
    return shown.bad ? EXIT_FAILED : EXIT_OK;
}

static int run(struct cli *cli) {
    static struct syncing s;
    bool pairs = cli->n_args == 1 && str_equal(cli->args[0], "pair");
    if (cli->n_args == 1 && str_equal(cli->args[0], "status")) return status(cli);
    if (cli->n_args && !pairs) return cli_usage("usage: shopkeeper sync %s", command_sync.usage);
    err_t err = syncing_open(&s, &cli->settings, tell);
    if (err == ERR_BUSY && pairs) return pair_by_service(cli);
    if (err) return cli_fail();
    int code = pairs ? pair(&s, cli) : pass(&s, cli);
    syncing_close(&s);
    return code;
}

const struct command command_sync = {
    .name = "sync",
    .usage = "[pair | status]",
    .summary = "meets the shop's server once: orders out, catalogue and status in",
    .help =
        "Does once what shopkeeper-syncd does all the time, on the database of --db: sends what waits to be sent, "
        "takes\n"
        "over what has changed in the catalogue, asks where orders are and for messages of the shop's people. The "
        "server\n"
        "is named in the settings, [server] url; without one the shop is this device, and orders settle here:\n"
        "orders --csv FILE writes them out for its owner.\n"
        "  pair    shows a code that the owner of this speaker types on the shop's page, and keeps the token it gets "
        "in "
        "a\n"
        "          file that only this user may read. While shopkeeper-syncd runs the speaker says the code, too\n"
        "  status  asks nobody: tells whether the server answers, what waits to be sent, what was refused, and how to "
        "mend\n"
        "          it. JSON: {\"check\",\"ok\",\"text\"}\n\n"
        "  shopkeeper --config shop.ini sync\n",
    .run = run,
};
