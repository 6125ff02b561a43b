#include <stdio.h>

#include "apps/cli.h"
#include "apps/core.h"
#include "apps/report.h"
#include "base/str.h"

static int run(struct cli *cli) {
    struct settings *s = &cli->settings;
    if (cli->out && !cli->in)
        return cli_usage("--out needs --in: without a recording the answer goes to the loudspeaker");
    if (cli->room && !cli->in) return cli_usage("--room needs --in: only a recording is given an echo");
    if (cli->room) str_copy(s->room, sizeof s->room, cli->room);
    if (cli->in) {
        str_copy(s->audio_driver, sizeof s->audio_driver, "file");
        str_copy(s->capture, sizeof s->capture, cli->in);
        str_copy(s->playback, sizeof s->playback, cli->out ? cli->out : "");
    }
    struct core *core;
    if (core_open(&core, s, cli->json ? report_json : report_text, stdout)) return cli_fail();
    err_t err = core_run(core);
    core_close(core);
    return err ? cli_fail() : EXIT_OK;
}

const struct command command_listen = {
    .name = "listen",
    .usage = "[--in FILE] [--out FILE.wav] [--room FILE]",
    .summary = "the voice loop in the foreground",
    .help =
        "Listens for the wake phrase and talks, on the microphone and loudspeaker, until Control-C; or on a "
        "recording,\n"
        "as fast as it can be heard, the answers in a WAV of the same length and time. With --json every event:\n"
        "{\"at_ms\",\"event\",...}, the time being that of the captured sound.\n"
        "With --room a recording hears the answers, too, as the loudspeaker in that room would let it: FILE is an "
        "impulse\n"
        "response, and [audio] room_db its energy (-10 dB).\n\n"
        "  shopkeeper --shop catalog/grocer listen --in questions.wav --out answers.wav\n",
    .options = OPT_IN | OPT_OUT | OPT_ROOM,
    .run = run,
};
