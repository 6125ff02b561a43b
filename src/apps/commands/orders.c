#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "apps/tally.h"
#include "base/money.h"
#include "base/str.h"
#include "shop/export.h"

/* ---- to read ---- */

static const char *day_text(char out[32], int64_t ms, const char *format) {
    time_t t = (time_t)(ms / 1000);
    struct tm tm;
    localtime_r(&t, &tm);
    strftime(out, 32, format, &tm);
    return out;
}

static const char *amount(char out[32], int64_t minor, const char *currency) {
    struct money m = {.minor = minor};
    str_copy(m.currency, sizeof m.currency, currency);
    return money_decimal(out, m);
}

static void print_text(const struct order *o) {
    char day[32], total[32], asked[32];
    printf("%s  %s  %-17s %8s %s\n", o->number, day_text(day, o->placed_ms, "%Y-%m-%d"), order_state_name(o->state),
           amount(total, o->total_minor, o->currency), o->currency);
    if (*o->trouble) printf("    refused by the shop: %s\n", o->trouble);
    if (o->asked_minor)
        printf("    the shop wants %s for it: ask for it, or cancel it\n", amount(asked, o->asked_minor, o->currency));
    for (int i = 0; i < o->n_lines; i++) {
        const struct order_line *l = &o->lines[i];
        printf("    %g x %s%s%s\n", l->quantity_milli / 1000.0, l->title, *l->options ? ", " : "", l->options);
    }
}

static err_t print_orders(struct assistant *a, const struct cli *cli) {
    struct order_query q = {.which = ORDERS_ALL};
    struct orders found;
    TRY(orders_find(a->shop, &q, &found));
    for (int i = 0; i < found.n; i++) {
        if (cli->json)
            json_print(json_order(&found.v[i]));
        else
            print_text(&found.v[i]);
    }
    if (!cli->json && !found.n) puts("no orders yet");
    if (!cli->json && found.total > found.n) printf("and %d older ones\n", found.total - found.n);
    return ERR_OK;
}

/* ---- as a table, of all customers ---- */

static void write_line(void *ctx, const struct exported_line *l) {
    char text[32];
    FILE *f = ctx;
    const char *const fields[] = {l->number,   l->state,   day_text(text, l->placed_ms, "%Y-%m-%dT%H:%M:%S"),
                                  l->customer, l->address, l->way,
                                  l->payment,  l->coupon};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        tally_csv_field(fields[i], f);
        putc(',', f);
    }
    char discount[32], delivery[32], total[32], price[32];
    fprintf(f, "%s,%s,%s,%s,%d,", amount(discount, l->discount_minor, l->currency),
            amount(delivery, l->delivery_minor, l->currency), amount(total, l->total_minor, l->currency), l->currency,
            l->position);
    tally_csv_field(l->product, f);
    putc(',', f);
    tally_csv_field(l->title, f);
    putc(',', f);
    tally_csv_field(l->options, f);
    fprintf(f, ",%g,%s\n", (double)l->quantity_milli / 1000.0, amount(price, l->price_minor, l->currency));
}

static err_t write_table(struct assistant *a, FILE *f) {
    fputs(
        "number,state,placed,customer,address,delivery,payment,coupon,discount,delivery_price,total,currency,line,"
        "product,"
        "title,options,quantity,price\n",
        f);
    return orders_export(a->shop, 0, write_line, f);
}

static err_t write_csv(struct assistant *a, const char *path) {
    if (str_equal(path, "-")) return write_table(a, stdout);
    FILE *f = fopen(path, "we");
    if (!f) return err_fail(ERR_IO, "cannot write %s: %s", path, strerror(errno));
    err_t err = write_table(a, f);
    bool bad = ferror(f) != 0;
    if ((fclose(f) || bad) && !err) err = err_fail(ERR_IO, "cannot write all of %s: %s", path, strerror(errno));
    return err;
}

static int run(struct cli *cli) {
    struct assistant a;
    if (cli_open_shop(&a, cli)) return cli_fail();
    err_t err = cli->csv ? write_csv(&a, cli->csv) : print_orders(&a, cli);
    assistant_close(&a);
    return err ? cli_fail() : EXIT_OK;
}

const struct command command_orders = {
    .name = "orders",
    .usage = "",
    .summary = "the customer's orders, newest first; or all of them as a table",
    .help =
        "Prints the latest orders of this speaker's customer with their lines and where they are. With --csv all\n"
        "orders made on this speaker, a line each of their lines, for a shop without a server (see sync).\n\n"
        "  shopkeeper --shop catalog/grocer orders\n"
        "  shopkeeper --db shop.db orders --csv orders.csv\n",
    .options = OPT_CSV,
    .run = run,
};
