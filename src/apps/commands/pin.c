#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "apps/cli.h"
#include "base/str.h"

enum { LINE_MAX_BYTES = 64 };

/* A line without its end, not shown while it is typed. False at the end of the input, or where it is too long. */
static bool read_hidden(const char *prompt, char line[LINE_MAX_BYTES]) {
    struct termios shown, hidden;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        fputs(prompt, stderr);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    char *got = fgets(line, LINE_MAX_BYTES, stdin);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    if (!got) return false;
    char *end = strchr(line, '\n');
    if (end) *end = '\0';
    return true;
}

static err_t ask(char pin[LINE_MAX_BYTES]) {
    char again[LINE_MAX_BYTES];
    if (!read_hidden("new PIN, 4 to 8 digits: ", pin)) return err_fail(ERR_ARG, "no PIN was given");
    bool same = read_hidden("once more: ", again) && str_equal(pin, again);
    explicit_bzero(again, sizeof again);
    return same ? ERR_OK : err_fail(ERR_ARG, "the PIN was not the same twice: nothing is changed");
}

static err_t change(struct assistant *a, const struct cli *cli) {
    char pin[LINE_MAX_BYTES];
    if (cli->forget) return pin_set(a->shop, NULL);
    err_t err = ask(pin);
    if (!err) err = pin_set(a->shop, pin);
    explicit_bzero(pin, sizeof pin);
    return err;
}

static int run(struct cli *cli) {
    struct assistant a;
    if (!*cli->settings.db || str_equal(cli->settings.db, ":memory:"))
        return cli_usage("name the database that keeps the PIN with --db");
    if (cli_open_shop(&a, cli)) return cli_fail();
    err_t err = change(&a, cli);
    bool asked_for = str_equal(a.profile.confirm, "pin");
    assistant_close(&a);
    if (err) return cli_fail();
    puts(cli->forget ? "the PIN is forgotten" : "the PIN is kept");
    if (!asked_for) puts("this shop does not ask for it: write confirm = pin into its shop.ini");
    return EXIT_OK;
}

const struct command command_pin = {
    .name = "pin",
    .usage = "[--forget]",
    .summary = "sets the PIN that orders",
    .help =
        "Asks twice for 4 to 8 digits, on the terminal or from two lines of standard input, and keeps a salted slow\n"
        "hash of them for this speaker's customer. A shop with confirm = pin asks for it with each order; after three\n"
        "wrong ones it asks no more for fifteen minutes.\n\n"
        "  shopkeeper --shop catalog/grocer --db shop.db pin\n",
    .options = OPT_FORGET,
    .run = run,
};
