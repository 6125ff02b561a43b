#include <stdio.h>

#include "apps/cli.h"

static int run(struct cli *cli) {
    (void)cli;
    return EXIT_FAILED;
}

const struct command command_report = {.name = "report", .usage = "", .summary = "", .help = "", .run = run};
