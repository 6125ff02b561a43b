#include <stdio.h>
#include <time.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "base/money.h"
#include "base/str.h"

static void print_text(const struct order *o) {
    char day[32], total[32];
    time_t placed = (time_t)(o->placed_ms / 1000);
    struct money m = {.minor = o->total_minor};
    struct tm tm;
    localtime_r(&placed, &tm);
    strftime(day, sizeof day, "%Y-%m-%d", &tm);
    str_copy(m.currency, sizeof m.currency, o->currency);
    printf("%s  %s  %-17s %8s %s\n", o->number, day, order_state_name(o->state), money_decimal(total, m), o->currency);
    for (int i = 0; i < o->n_lines; i++) {
        const struct order_line *l = &o->lines[i];
        printf("    %g x %s%s%s\n", l->quantity_milli / 1000.0, l->title, *l->options ? ", " : "", l->options);
    }
}

static int run(struct cli *cli) {
    struct assistant a;
    struct order_query q = {.which = ORDERS_ALL};
    struct orders found;
    if (cli_open_shop(&a, cli)) return cli_fail();
    err_t err = orders_find(a.shop, &q, &found);
    assistant_close(&a);
    if (err) return cli_fail();
    for (int i = 0; i < found.n; i++) {
        if (cli->json)
            json_print(json_order(&found.v[i]));
        else
            print_text(&found.v[i]);
    }
    if (!cli->json && !found.n) puts("no orders yet");
    if (!cli->json && found.total > found.n) printf("and %d older ones\n", found.total - found.n);
    return EXIT_OK;
}

const struct command command_orders = {
    .name = "orders",
    .usage = "",
    .summary = "the customer's orders, newest first",
    .help =
        "Prints the latest orders of this speaker's customer with their lines and where they are.\n\n"
        "  shopkeeper --shop catalog/grocer orders\n",
    .run = run,
};
