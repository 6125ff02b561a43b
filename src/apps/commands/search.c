#include <stdio.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "base/money.h"
#include "base/str.h"

enum { LIMIT_DEFAULT = 10, LIMIT_MAX = 1000 };

struct job {
    struct shop *shop;
    const struct cli *cli;
    struct product *found; /* LIMIT_MAX of them */
    err_t err;
};

static void print_json(const char *query, const struct product *found, size_t n) {
    json_t *results = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *r = json_object();
        json_object_set_new(r, "id", json_string(found[i].id));
        json_object_set_new(r, "title", json_string(found[i].title));
        json_object_set_new(r, "score", json_rounded(found[i].score, 3));
        json_array_append_new(results, r);
    }
    json_t *o = json_object();
    json_object_set_new(o, "query", json_string(query));
    json_object_set_new(o, "results", results);
    json_print(o);
}

static void print_text(const struct product *found, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char price[32];
        struct money m = {.minor = found[i].price_minor};
        str_copy(m.currency, sizeof m.currency, found[i].currency);
        printf("%-12s %s, %s %s\n", found[i].id, found[i].title, money_decimal(price, m), found[i].currency);
    }
    if (!n) puts("nothing found");
    fflush(stdout);
}

static bool search(void *ctx, char *query) {
    struct job *job = ctx;
    struct search q = {.min_price_minor = -1, .max_price_minor = -1};
    q.limit = job->cli->limit ? job->cli->limit : LIMIT_DEFAULT;
    str_copy(q.query, sizeof q.query, query);
    size_t n;
    job->err = catalog_search(job->shop, &q, job->found, (size_t)q.limit, &n, NULL);
    if (job->err) return false;
    if (job->cli->json)
        print_json(query, job->found, n);
    else
        print_text(job->found, n);
    return true;
}

static int run(struct cli *cli) {
    static struct product found[LIMIT_MAX];
    struct assistant a;
    if (cli->n_args > 1)
        return cli_usage("put the query in quotes: shopkeeper search \"%s %s\"", cli->args[0], cli->args[1]);
    if (cli_open_shop(&a, cli)) return cli_fail();
    struct job job = {.shop = a.shop, .cli = cli, .found = found};
    if (cli->n_args)
        search(&job, cli->args[0]);
    else
        cli_lines(search, &job);
    assistant_close(&a);
    return job.err ? cli_fail() : EXIT_OK;
}

const struct command command_search = {
    .name = "search",
    .usage = "[--limit N] [QUERY]",
    .summary = "searches the catalogue",
    .help =
        "Prints what the shop has for QUERY, or for each line of standard input, best first. JSON:\n"
        "{\"query\",\"results\":[{\"id\",\"title\",\"score\"}]}.\n\n"
        "  shopkeeper --shop catalog/grocer search --limit 3 \"oat milk\"\n",
    .options = OPT_LIMIT,
    .run = run,
};
