#include <stdio.h>

#include "apps/cli.h"
#include "apps/control_client.h"
#include "base/str.h"

static int run(struct cli *cli) {
    char path[PATH_MAX], line[UTTERANCE_MAX] = "", answer[4096];
    for (int i = 0; i < cli->n_args; i++) {
        if ((i && !str_append(line, sizeof line, " ")) || !str_append(line, sizeof line, cli->args[i])) {
            return cli_usage("the request is too long: at most %zu bytes", sizeof line - 1);
        }
    }
    control_path(path, &cli->settings);
    if (control_send(path, line, answer, sizeof answer)) return cli_fail();
    puts(answer);
    return EXIT_OK;
}

const struct command command_ctl = {
    .name = "ctl",
    .usage = "status | wake | ask TEXT | type TEXT | say TEXT | code | mute | unmute | volume N | reload",
    .summary = "speaks to the shopkeeperd that runs",
    .help =
        "Sends one request to the control socket of shopkeeperd and prints its answer, a line of JSON.\n"
        "  status    what is listened for, and how the sound device does\n"
        "  wake      as if the wake phrase had been said: push to talk; also after \"stop listening\"\n"
        "  ask TEXT  as if TEXT had been said\n"
        "  type TEXT the same, but it orders nothing, as what is typed on its page\n"
        "  say TEXT  has it say TEXT, if nobody talks with it\n"
        "  code      has it say a code for its page, shopkeeper-webd's\n"
        "  mute, unmute  closes the microphone, and opens it again\n"
        "  volume N  how loud it is, 1 to 10\n"
        "  reload    takes over the shop's words when it is quiet; shopkeeper-syncd says so by itself\n",
    .min_args = 1,
    .run = run,
};
