/* The command line of `shopkeeper`: one table of options for all subcommands, checked against what each takes. */
#ifndef SK_APPS_CLI_H
#define SK_APPS_CLI_H
#include <stdbool.h>
#include "apps/assistant.h"
#include "apps/settings.h"

/* Exit codes. */
enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* Options that only some subcommands take: a set of these. */
enum {
    OPT_STATE = 1 << 0,
    OPT_PHRASE = 1 << 1,
    OPT_THRESHOLD = 1 << 2,
    OPT_ALL = 1 << 3,
    OPT_LIMIT = 1 << 4,
    OPT_IN = 1 << 5,
    OPT_OUT = 1 << 6,
    OPT_ROOM = 1 << 7,
    OPT_SENTENCES = 1 << 8,
    OPT_FORGET = 1 << 9,
    OPT_CALIBRATE = 1 << 10,
    OPT_ALARMS = 1 << 11,
    OPT_AS = 1 << 12,
    OPT_SINCE = 1 << 13,
    OPT_UNTIL = 1 << 14,
    OPT_CSV = 1 << 15,
    OPT_HTML = 1 << 16,
};

struct cli {
    struct settings settings;
    bool json, help, all, calibrate, forget;
    const char *state;  /* dialogue state, NULL open */
    const char *phrase; /* wake phrase */
    double threshold;   /* 0 the default */
    double alarms;      /* a day; 0 the default */
    int limit;          /* 0 the default */
    const char *in, *out, *room;
    const char *as;                         /* who answers at the desk */
    const char *since, *until, *csv, *html; /* of the report; NULL none */
    const char *sentences;                  /* file of what enrol has people read */
    int n_args;                             /* what is left, the subcommand apart */
    char **args;
};

struct command {
    const char *name;
    const char *usage;           /* "[OPTIONS] FILE..." */
    const char *summary;         /* one line */
    const char *help;            /* teaches: what it does, what it prints, an example */
    unsigned options;            /* OPT_ set */
    int min_args;                /* fewer is a usage error */
    int (*run)(struct cli *cli); /* gives an exit code; has said what went wrong */
};

extern const struct command command_listen, command_chat, command_hear, command_understand, command_wake, command_say,
    command_search, command_catalog, command_orders, command_enrol, command_doctor, command_ctl, command_desk,
    command_report, command_pin, command_sync, command_board;

/* Says the error of the last failed call on standard error and returns EXIT_FAILED. */
int cli_fail(void);
/* Says what is wrong with the command line and returns EXIT_USAGE. */
int cli_usage(const char *fmt, ...) SK_PRINTF(1, 2);

/* Calls fn for every line of standard input, without its end, at most 4 KiB of it; false from fn ends it. */
void cli_lines(bool (*fn)(void *ctx, char *line), void *ctx);

/* The same, and `meanwhile` now and then while no line comes. */
void cli_lines_meanwhile(bool (*fn)(void *ctx, char *line), void (*meanwhile)(void *ctx), void *ctx);

/* A line "what: n" on standard error that is rewritten as n grows, shown only on a terminal. */
void cli_progress(const char *what, int done, int total);

/* Opens store and shop, reporting bad rows of the shop's files on standard error. */
SK_MUST_USE err_t cli_open_shop(struct assistant *out, const struct cli *cli);

#endif
