#include <stdio.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/str.h"

static void say_bad_row(void *ctx, const char *file, int line, const char *why) {
    const struct cli *cli = ctx;
    if (cli->json) {
        json_t *o = json_object();
        json_object_set_new(o, "file", json_string(file));
        json_object_set_new(o, "line", json_integer(line));
        json_object_set_new(o, "error", json_string(why));
        json_print(o);
    } else {
        fprintf(stderr, "%s:%d: %s; the row is left out\n", file, line, why);
    }
}

static void say_progress(void *ctx, const char *what, int done) {
    (void)ctx;
    cli_progress(what, done, 0);
}

/* ---- names that sound alike ---- */

enum { WORST_SHOWN = 5 };

struct alike_shown {
    bool all;
    int n;
    json_t *pairs; /* with --json */
    char text[WORST_SHOWN][2 * TITLE_MAX];
};

static void note_alike(void *ctx, const char *one, const char *other, int distance) {
    struct alike_shown *shown = ctx;
    if (shown->pairs && (shown->all || shown->n < WORST_SHOWN))
        json_array_append_new(shown->pairs, json_pack("{s:s,s:s,s:o}", "one", one, "other", other, "phones",
                                                      json_rounded(distance / 1000.0, 2)));
    if (shown->n < WORST_SHOWN) snprintf(shown->text[shown->n], sizeof shown->text[0], "%s / %s", one, other);
    shown->n++;
}

static err_t find_alike(struct assistant *a, struct alike_shown *shown) {
    int64_t total;
    TRY(assistant_find_alike(a));
    return catalog_alike_pairs(a->shop, note_alike, shown, &total);
}

static void print_alike(const struct alike_shown *shown) {
    if (!shown->n) return;
    printf("pairs of names that sound alike: %d; the assistant asks which was meant when it is not sure\n", shown->n);
    for (int i = 0; i < shown->n && i < WORST_SHOWN; i++) printf("    %s\n", shown->text[i]);
}

static int import(struct cli *cli) {
    if (cli->n_args != 2) return cli_usage("usage: shopkeeper catalog import FILE.csv");
    if (!*cli->settings.db) return cli_usage("name the database to import into with --db FILE");
    struct assistant a;
    if (cli_open_shop(&a, cli)) return cli_fail();
    struct import_report report = {.bad_row = say_bad_row, .progress = say_progress, .ctx = cli};
    struct shop_hooks hooks = assistant_hooks(&a);
    int64_t began_ns = clock_monotonic_ns();
    err_t err = catalog_import(a.shop, cli->args[1], &hooks, &report);
    double seconds = (double)(clock_monotonic_ns() - began_ns) / 1e9;
    struct alike_shown alike = {.all = cli->all, .pairs = cli->json ? json_array() : NULL};
    if (!err) err = find_alike(&a, &alike);
    assistant_close(&a);
    if (err) {
        json_decref(alike.pairs);
        return cli_fail();
    }
    if (cli->json) {
        json_print(json_pack("{s:i,s:i,s:i,s:o,s:i,s:o}", "rows", report.rows, "imported", report.imported, "rejected",
                             report.rejected, "seconds", json_rounded(seconds, 2), "alike", alike.n, "alike_pairs",
                             alike.pairs));
    } else {
        printf("%d rows read, %d products in, %d rows left out, %.1f s\n", report.rows, report.imported,
               report.rejected, seconds);
        print_alike(&alike);
    }
    return report.rejected && !report.imported ? EXIT_FAILED : EXIT_OK;
}

static void print_product(const struct cli *cli, const struct product *p) {
    char price[32];
    struct money m = {.minor = p->price_minor};
    if (cli->json) {
        json_print(json_product(p));
        return;
    }
    str_copy(m.currency, sizeof m.currency, p->currency);
    printf("%-12s %-40s %-20s %8s %s\n", p->id, p->title, p->category, money_decimal(price, m), p->currency);
}

static int list(struct cli *cli) {
    static struct product page[100];
    struct assistant a;
    struct search q = {.min_price_minor = -1, .max_price_minor = -1, .limit = 100};
    if (cli_open_shop(&a, cli)) return cli_fail();
    size_t n;
    err_t err;
    while (!(err = catalog_search(a.shop, &q, page, 100, &n, NULL)) && n) {
        for (size_t i = 0; i < n; i++) print_product(cli, &page[i]);
        q.offset += (int)n;
    }
    assistant_close(&a);
    return err ? cli_fail() : EXIT_OK;
}

static int run(struct cli *cli) {
    if (str_equal(cli->args[0], "import")) return import(cli);
    if (str_equal(cli->args[0], "list")) return list(cli);
    return cli_usage("catalog knows import and list, not \"%s\"", cli->args[0]);
}

const struct command command_catalog = {
    .name = "catalog",
    .usage = "import FILE.csv [--all] | list",
    .summary = "imports products from a CSV, or lists them",
    .help =
        "import reads a CSV with a header (id,title,brand,category,price,currency,description,rating,stock; id and\n"
        "title will do) into the database of --db. A bad row is named by its line and left out, the others are kept.\n"
        "The formats are in catalog/README.md. Then it says which names sound alike: the worst few, with --json --all "
        "every\n"
        "pair.\n\n"
        "  shopkeeper --db shop.db catalog import products.csv\n",
    .options = OPT_ALL,
    .min_args = 1,
    .run = run,
};
