/* The desk of the shop's people: they see who asked for one, and answer by voice of the speaker. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "apps/packet.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/str.h"

static const char *clock_text(char out[24], int64_t ms) {
    time_t t = (time_t)(ms / 1000);
    struct tm tm;
    localtime_r(&t, &tm);
    strftime(out, 24, "%Y-%m-%d %H:%M", &tm);
    return out;
}

/* What shoppers said is not trusted with the terminal. */
static void print_plain(const char *text) {
    for (; *text; text++) putchar((unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text);
}

/* ---- list ---- */

static void print_ticket(void *ctx, const struct ticket *t) {
    const struct cli *cli = ctx;
    char when[24];
    if (cli->json) {
        json_print(json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:i,s:b}", "ticket", t->code, "why", t->why, "question",
                             t->question, "customer", t->customer, "opened", json_time(t->opened_ms), "closed",
                             json_time(t->closed_ms), "waiting", t->waiting, "answered", t->answered));
        return;
    }
    const char *state = t->closed_ms ? "closed" : !t->answered ? "new" : t->waiting ? "waits" : "answered";
    printf("%-5s %s  %-8s %-7s %s: ", t->code, clock_text(when, t->opened_ms), state, t->why,
           *t->customer ? t->customer : "a guest");
    print_plain(*t->question ? t->question : "(nothing was asked before)");
    putchar('\n');
}

static err_t list(struct assistant *a, struct cli *cli) {
    return ticket_list(a->shop, cli->all, print_ticket, cli);
}

/* ---- show ---- */

static void print_turn(void *ctx, const struct ticket_line *line) {
    (void)ctx;
    char when[24];
    printf("  %s  %-9s ", clock_text(when, line->at_ms) + 11, *line->name ? line->name : line->who);
    print_plain(str_equal(line->who, "closed") ? "(closed the ticket)" : line->text);
    putchar('\n');
}

static err_t show_text(struct assistant *a, const struct ticket *t) {
    struct customer who = {0};
    struct cart cart;
    char total[32];
    err_t err = customer_get(a->shop, &who);
    if (err && err != ERR_NOT_FOUND) return err;
    TRY(cart_get(a->shop, clock_now_ms(), &cart));
    print_ticket(&(struct cli){0}, t);
    if (*who.address) printf("address: %s\n", who.address);
    struct money m = {.minor = cart.total_minor};
    str_copy(m.currency, sizeof m.currency, cart.currency);
    printf("basket: %d lines, %s %s\n", cart.n_lines, money_decimal(total, m), cart.currency);
    for (int i = 0; i < cart.n_lines; i++)
        printf("  %g x %s%s%s\n", cart.lines[i].quantity_milli / 1000.0, cart.lines[i].title,
               *cart.lines[i].options ? ", " : "", cart.lines[i].options);
    puts("the talk with the assistant:");
    TRY(ticket_transcript(a->shop, t, print_turn, NULL));
    puts("since then:");
    return ticket_messages(a->shop, t, print_turn, NULL);
}

static err_t show(struct assistant *a, struct cli *cli) {
    struct ticket t;
    TRY(ticket_find(a->shop, cli->args[1], &t));
    if (!cli->json) return show_text(a, &t);
    json_t *packet;
    TRY(packet_make(&packet, a->shop, &t, clock_now_ms()));
    json_print(packet);
    return ERR_OK;
}

/* ---- say, close ---- */

static err_t say(struct assistant *a, struct cli *cli) {
    char text[2 * MESSAGE_MAX] = "";
    for (int i = 2; i < cli->n_args; i++) {
        if (i > 2) str_append(text, sizeof text, " ");
        if (!str_append(text, sizeof text, cli->args[i])) break; /* too long: refused by its length */
    }
    return ticket_answer(a->shop, cli->args[1], cli->as, text, clock_now_ms());
}

static err_t close_ticket(struct assistant *a, struct cli *cli) {
    return ticket_close(a->shop, cli->args[1], cli->as, clock_now_ms());
}

static const struct {
    const char *word;
    int min_args;
    bool needs_name;
    err_t (*run)(struct assistant *a, struct cli *cli);
} actions[] = {
    {"list", 1, false, list}, {"show", 2, false, show}, {"say", 3, true, say}, {"close", 2, true, close_ticket}};

static int run(struct cli *cli) {
    struct assistant a;
    const char *word = cli->n_args ? cli->args[0] : "list";
    size_t i = 0, n = sizeof actions / sizeof *actions;
    while (i < n && !str_equal(actions[i].word, word)) i++;
    if (i == n || (cli->n_args && cli->n_args < actions[i].min_args))
        return cli_usage("usage: shopkeeper desk %s", command_desk.usage);
    if (actions[i].needs_name && !cli->as)
        return cli_usage("desk %s needs --as NAME: who answers is told the shopper", word);
    if (!*cli->settings.db) return cli_usage("desk needs --db FILE, or a configuration with the speaker's database");
    if (cli_open_shop(&a, cli)) return cli_fail();
    err_t err = actions[i].run(&a, cli);
    assistant_close(&a);
    return err ? cli_fail() : EXIT_OK;
}

const struct command command_desk = {
    .name = "desk",
    .usage = "[list] | show TICKET | say TICKET TEXT | close TICKET",
    .summary = "answers shoppers who asked for a person",
    .help =
        "Works on the database of a speaker (--db FILE) while shopkeeperd, listen or chat run on it.\n"
        "  list              the open tickets; with --all the closed ones, too\n"
        "  show TICKET       what led to it: the talk, the basket, the messages; with --json the packet\n"
        "                    that the shop's server gets\n"
        "  say TICKET TEXT   is read out to the shopper under the name of --as\n"
        "  close TICKET      the shopper is back with the assistant\n\n"
        "  shopkeeper --db shop.db desk say 101 \"Hello Dana, your parcel is on its way.\" --as Alex\n",
    .options = OPT_AS | OPT_ALL,
    .run = run,
};
