/* shopkeeper: the person's tool. Reads the command line and hands over to a subcommand (commands/). */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/cli.h"
#include "base/log.h"
#include "base/str.h"

static const struct command *const commands[] = {
    &command_listen, &command_chat,    &command_hear,   &command_understand, &command_wake,   &command_say,
    &command_search, &command_catalog, &command_orders, &command_enrol,      &command_doctor, &command_ctl,
    &command_desk,   &command_report,  &command_pin,    &command_sync,       &command_board,
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

enum { GLOBAL_SHOP = 256, GLOBAL_DB, GLOBAL_CONFIG, GLOBAL_JSON, GLOBAL_HELP, GLOBAL_VERSION, GLOBAL_VERBOSE, OWN };

/* An option that only some subcommands take, and what it says of itself. */
static const struct {
    unsigned bit;
    const char *name, *argument, *help;
} own_options[] = {
    {OPT_STATE, "state", "NAME", "the dialogue state that is listened in or parsed for (open, choose, confirm)"},
    {OPT_PHRASE, "phrase", "P", "the wake phrase: words of the lexicon"},
    {OPT_THRESHOLD, "threshold", "X", "the score a detection needs; higher is stricter"},
    {OPT_ALL, "all", NULL, "every one: candidates below the threshold too, all pairs of names that sound alike"},
    {OPT_LIMIT, "limit", "N", "at most so many results"},
    {OPT_IN, "in", "FILE", "a WAV or FLAC instead of the microphone"},
    {OPT_OUT, "out", "FILE", "a WAV instead of the loudspeaker"},
    {OPT_ROOM, "room", "FILE", "the room: its impulse response (listen), recordings of it FILE,FILE (wake)"},
    {OPT_CALIBRATE, "calibrate", NULL, "chooses the threshold for those who live there"},
    {OPT_ALARMS, "alarms", "N", "so many false alarms a day may be; 3 if left out"},
    {OPT_SENTENCES, "sentences", "FILE", "other sentences, one a line"},
    {OPT_AS, "as", "NAME", "who answers: the shopper is told"},
    {OPT_SINCE, "since", "DATE", "from that day on, such as 2026-11-01"},
    {OPT_UNTIL, "until", "DATE", "up to that day, itself included"},
    {OPT_CSV, "csv", "FILE", "as a table; - is standard output"},
    {OPT_HTML, "html", "FILE", "as a page with charts; - is standard output"},
    {OPT_FORGET, "forget", NULL, "takes back what was learned or set"},
};
enum { N_OWN = sizeof own_options / sizeof *own_options };

static void print_help(void) {
    puts(
        "usage: shopkeeper [--shop DIR] [--db FILE] [--config FILE] [--json] COMMAND [OPTIONS] [ARGUMENTS]\n\n"
        "A voice shopping assistant that lives in a smart speaker: searches, tells where an order is, orders again.\n");
    for (int i = 0; i < N_COMMANDS; i++) printf("  %-11s %s\n", commands[i]->name, commands[i]->summary);
    puts(
        "\n  --shop DIR     a shop's folder, such as catalog/grocer; alone it is loaded into a private database\n"
        "  --db FILE      the database that is kept\n"
        "  --config FILE  settings; see shopkeeper(1)\n"
        "  --json         one JSON object a line\n"
        "  --verbose      more on standard error; twice: even more\n"
        "  --help         this; after a command: its own help\n"
        "  --version\n\n"
        "Begin with:  shopkeeper --shop catalog/grocer chat");
}

static void print_command_help(const struct command *c) {
    printf("usage: shopkeeper [--shop DIR] [--db FILE] [--json] %s %s\n\n%s\n", c->name, c->usage, c->help);
    for (int i = 0; i < N_OWN; i++) {
        if (!(c->options & own_options[i].bit)) continue;
        char left[32];
        snprintf(left, sizeof left, "--%s %s", own_options[i].name,
                 own_options[i].argument ? own_options[i].argument : "");
        printf("  %-15s %s\n", left, own_options[i].help);
    }
}

static const struct command *find_command(const char *name) {
    for (int i = 0; i < N_COMMANDS; i++) {
        if (str_equal(commands[i]->name, name)) return commands[i];
    }
    return NULL;
}

static int read_number(const char *option, const char *text, double *out) {
    char *end;
    *out = strtod(text, &end);
    if (end != text && !*end && *out > -1e6 && *out < 1e6) return EXIT_OK;
    return cli_usage("--%s needs a number, not \"%s\"", option, text);
}

static int take_own(struct cli *cli, int i, const char *value) {
    double number;
    switch (own_options[i].bit) {
        case OPT_STATE:
            cli->state = value;
            break;
        case OPT_PHRASE:
            cli->phrase = value;
            break;
        case OPT_ALL:
            cli->all = true;
            break;
        case OPT_IN:
            cli->in = value;
            break;
        case OPT_OUT:
            cli->out = value;
            break;
        case OPT_ROOM:
            cli->room = value;
            break;
        case OPT_SENTENCES:
            cli->sentences = value;
            break;
        case OPT_AS:
            cli->as = value;
            break;
        case OPT_SINCE:
            cli->since = value;
            break;
        case OPT_UNTIL:
            cli->until = value;
            break;
        case OPT_CSV:
            cli->csv = value;
            break;
        case OPT_HTML:
            cli->html = value;
            break;
        case OPT_CALIBRATE:
            cli->calibrate = true;
            break;
        case OPT_FORGET:
            cli->forget = true;
            break;
        case OPT_ALARMS:
            if (read_number("alarms", value, &cli->alarms)) return EXIT_USAGE;
            if (!(cli->alarms >= 0.01 && cli->alarms <= 1000)) return cli_usage("--alarms is between 0.01 and 1000");
            break;
        case OPT_THRESHOLD:
            return read_number("threshold", value, &cli->threshold);
        case OPT_LIMIT:
            if (read_number("limit", value, &number)) return EXIT_USAGE;
            cli->limit = (int)number;
            if (cli->limit < 1 || cli->limit > 1000) return cli_usage("--limit is between 1 and 1000");
            break;
        default:
            break;
    }
    return EXIT_OK;
}

/* What getopt found, before the configuration file is read: it beats the file. */
struct given {
    const char *shop, *db, *config;
    unsigned own; /* OPT_ set */
    int verbose;
    bool version;
};

static int read_options(struct cli *cli, struct given *given, int argc, char **argv) {
    struct option options[8 + N_OWN] = {
        {"shop", required_argument, NULL, GLOBAL_SHOP},     {"db", required_argument, NULL, GLOBAL_DB},
        {"config", required_argument, NULL, GLOBAL_CONFIG}, {"json", no_argument, NULL, GLOBAL_JSON},
        {"help", no_argument, NULL, GLOBAL_HELP},           {"version", no_argument, NULL, GLOBAL_VERSION},
        {"verbose", no_argument, NULL, GLOBAL_VERBOSE},
    };
    for (int i = 0; i < N_OWN; i++) {
        options[7 + i] = (struct option){own_options[i].name, own_options[i].argument ? required_argument : no_argument,
                                         NULL, OWN + i};
    }
    for (int ch; (ch = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        switch (ch) {
            case GLOBAL_SHOP:
                given->shop = optarg;
                break;
            case GLOBAL_DB:
                given->db = optarg;
                break;
            case GLOBAL_CONFIG:
                given->config = optarg;
                break;
            case GLOBAL_JSON:
                cli->json = true;
                break;
            case GLOBAL_VERBOSE:
                given->verbose++;
                break;
            case GLOBAL_VERSION:
                given->version = true;
                break;
            case 'h':
            case GLOBAL_HELP:
                cli->help = true;
                break;
            case '?':
                fputs("try: shopkeeper --help\n", stderr);
                return EXIT_USAGE;
            default:
                given->own |= own_options[ch - OWN].bit;
                if (take_own(cli, ch - OWN, optarg)) return EXIT_USAGE;
        }
    }
    cli->args = argv + optind;
    cli->n_args = argc - optind;
    return EXIT_OK;
}

static int check_command(const struct command *c, const struct cli *cli, const struct given *given) {
    for (int i = 0; i < N_OWN; i++) {
        if (given->own & ~c->options & own_options[i].bit)
            return cli_usage("%s takes no --%s", c->name, own_options[i].name);
    }
    if (cli->n_args < c->min_args) return cli_usage("usage: shopkeeper %s %s", c->name, c->usage);
    return EXIT_OK;
}

static int run_command(const struct command *c, struct cli *cli, const struct given *given) {
    if (settings_load(&cli->settings, given->config)) return cli_fail();
    settings_alsa(&cli->settings);
    if (given->shop) str_copy(cli->settings.shop_dir, sizeof cli->settings.shop_dir, given->shop);
    if (given->db) str_copy(cli->settings.db, sizeof cli->settings.db, given->db);
    return c->run(cli);
}

int main(int argc, char **argv) {
    struct cli cli = {0};
    struct given given = {0};
    if (read_options(&cli, &given, argc, argv)) return EXIT_USAGE;
    log_set_level(given.verbose == 0 ? LEVEL_WARNING : given.verbose == 1 ? LEVEL_INFO : LEVEL_DEBUG);
    if (given.version) return puts("shopkeeper " SK_VERSION), EXIT_OK;
    if (!cli.n_args) return print_help(), cli.help ? EXIT_OK : EXIT_USAGE;
    const struct command *c = find_command(cli.args[0]);
    if (!c) return cli_usage("there is no command \"%s\"; try: shopkeeper --help", cli.args[0]);
    if (cli.help) return print_command_help(c), EXIT_OK;
    cli.args++;
    cli.n_args--;
    int code = check_command(c, &cli, &given);
    return code ? code : run_command(c, &cli, &given);
}
