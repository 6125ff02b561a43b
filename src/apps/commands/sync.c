/* The shop's server, once: for people, for tests, and for speakers without shopkeeper-syncd. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "apps/syncing.h"
#include "base/clock.h"
#include "base/str.h"

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
    if (r->feed.pages)
        printf("catalogue: %d products in, %d gone, %d pages\n", r->feed.products, r->feed.gone, r->feed.pages);
    if (r->looked) printf("orders: %d asked about, %d have moved\n", r->looked, r->moved);
    if (r->messages) printf("messages of the shop's people: %d\n", r->messages);
    if (*r->trouble) fprintf(stderr, "shopkeeper: %s\n", r->trouble);
}

static void print_json(const struct syncing *s, const struct sync_report *r) {
    json_print(json_pack("{s:s,s:b,s:b,s:b,s:i,s:i,s:i,s:i,s:i,s:{s:i,s:i,s:i},s:i,s:i,s:i,s:s}", "backend",
                         s->backend->ops->name, "reached", r->reached, "offline", r->offline, "unpaired", r->unpaired,
                         "sent", r->sent, "placed", r->placed, "refused", r->refused, "asked", r->asked, "waiting",
                         r->waiting, "catalogue", "pages", r->feed.pages, "products", r->feed.products, "gone",
                         r->feed.gone, "looked", r->looked, "moved", r->moved, "messages", r->messages, "trouble",
                         r->trouble));
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

static void show_code(const struct pairing *p, const struct cli *cli) {
    if (cli->json)
        json_print(json_pack("{s:s,s:s}", "code", p->code, "page", p->page));
    else
        printf("On %s, log in and type the code %s\n", p->page, p->code);
    fflush(stdout);
}

static int pair(struct syncing *s, const struct cli *cli) {
    struct pairing p;
    const struct backend_ops *ops = s->backend->ops;
    struct outcome o = ops->pair(s->backend, s->assistant.settings.speaker, &p);
    if (o.kind == OUTCOME_DONE) {
        show_code(&p, cli);
        do {
            wait_s(p.poll_s);
            o = ops->pair_token(s->backend, &p);
        } while (!syncing_is_stopped() && (o.kind == OUTCOME_DOUBTFUL || o.kind == OUTCOME_OFFLINE) &&
                 clock_now_ms() < p.until_ms);
    }
    if (o.kind != OUTCOME_DONE) {
        fprintf(stderr, "shopkeeper: this speaker is not paired: %s\n", syncing_is_stopped() ? "stopped" : o.why);
        return EXIT_FAILED;
    }
    if (!cli->json) puts("paired");
    return pass(s, cli);
}

static int run(struct cli *cli) {
    static struct syncing s;
    bool pairs = cli->n_args == 1 && str_equal(cli->args[0], "pair");
    if (cli->n_args && !pairs) return cli_usage("usage: shopkeeper sync %s", command_sync.usage);
    if (syncing_open(&s, &cli->settings, tell)) return cli_fail();
    int code = pairs ? pair(&s, cli) : pass(&s, cli);
    syncing_close(&s);
    return code;
}

const struct command command_sync = {
    .name = "sync",
    .usage = "[pair]",
    .summary = "meets the shop's server once: orders out, catalogue and status in",
    .help =
        "Does once what shopkeeper-syncd does all the time, on the database of --db: sends what waits to be sent, "
        "takes\n"
        "over what has changed in the catalogue, asks where orders are and for messages of the shop's people. The "
        "server\n"
        "is named in the settings, [server] url; without one the shop is this device, and orders settle here:\n"
        "orders --csv FILE writes them out for its owner.\n"
        "  pair  shows a code that the owner of this speaker types on the shop's page, and keeps the token it gets in "
        "a\n"
        "        file that only this user may read\n\n"
        "  shopkeeper --config shop.ini sync\n",
    .run = run,
};
