#include <stdio.h>
#include <stdlib.h>

#include "apps/calibrate.h"
#include "apps/fill.h"
#include "apps/json.h"
#include "audio/audio.h"
#include "base/str.h"

enum { RECORDING_MAX_MS = 4 * 60 * 60 * 1000 };

struct job {
    const char *file;
    bool json;
};

static void print_detection(void *ctx, const struct hear_wake *found) {
    const struct job *job = ctx;
    if (!job->json) {
        printf("%s: at %.2f s, score %.2f\n", job->file, (double)found->at_ms / 1000, found->score);
        fflush(stdout);
        return;
    }
    json_t *o = json_object();
    json_object_set_new(o, "file", json_string(job->file));
    json_object_set_new(o, "at_ms", json_integer(found->at_ms));
    json_object_set_new(o, "score", json_rounded(found->score, 3));
    json_t *evidence = json_object();
    for (int i = 0; i < HEAR_WAKE_EVIDENCE; i++)
        json_object_set_new(evidence, hear_wake_evidence(i), json_rounded(found->evidence[i], 3));
    json_object_set_new(o, "evidence", evidence);
    json_print(o);
}

static err_t scan(struct hear *hear, const struct cli *cli, const char *file) {
    int16_t *samples;
    size_t n;
    TRY(audio_load(&samples, &n, file, RECORDING_MAX_MS));
    struct job job = {.file = file, .json = cli->json};
    err_t err = hear_wake_scan(hear, samples, n, cli->all, print_detection, &job);
    free(samples);
    return err;
}

static int scan_all(struct hear *hear, const struct cli *cli) {
    int code = EXIT_OK;
    for (int i = 0; i < cli->n_args; i++) {
        if (scan(hear, cli, cli->args[i])) code = cli_fail();
        if (cli->n_args > 20) cli_progress("listened to", i + 1, cli->n_args);
    }
    return code;
}

static int run(struct cli *cli) {
    struct settings *s = &cli->settings;
    if (cli->phrase) str_copy(s->wake_phrase, sizeof s->wake_phrase, cli->phrase);
    if (cli->forget) return cli->n_args ? cli_usage("--forget takes no FILE") : calibrate_forget(cli);
    if (cli->calibrate) return calibrate(cli);
    if (cli->room || cli->alarms > 0) return cli_usage("--room and --alarms go with --calibrate");
    if (!cli->n_args) return cli_usage("usage: shopkeeper wake [--phrase P] [--threshold X] [--all] FILE...");
    if (cli->threshold != 0) s->wake_threshold = cli->threshold;
    struct lexicon *lexicon;
    struct hear *hear;
    if (fill_phrase(&lexicon, s, NULL)) return cli_fail();
    err_t err = fill_open_hear(&hear, s, lexicon, s->wake_phrase);
    int code = err ? cli_fail() : scan_all(hear, cli);
    if (!err) hear_close(hear);
    lexicon_free(lexicon);
    return code;
}

const struct command command_wake = {
    .name = "wake",
    .usage =
        "[--phrase P] [--threshold X] [--all] FILE... | --calibrate [--alarms N] --room FILE[,FILE] FILE... | --forget",
    .summary = "where a recording says the wake phrase; its threshold for one household",
    .help =
        "Listens through each FILE, of up to four hours, and prints each detection as it finds it. JSON:\n"
        "{\"file\",\"at_ms\",\"score\",\"evidence\"}, the time being that of the end of the phrase, the score the log "
        "odds.\n\n"
        "  shopkeeper wake --phrase \"okay shopkeeper\" kitchen.wav\n\n"
        "With --calibrate each FILE is one repetition of the phrase, three or more, by those who live there, where "
        "they\n"
        "speak from, and --room some minutes without the phrase, with whatever is usual there: talk, television. The\n"
        "lowest threshold that keeps false alarms to N a day is kept beside the database, for this phrase. JSON:\n"
        "{\"phrase\",\"threshold\",\"alarms_a_day\",\"wanted_a_day\",\"repetitions\",\"heard\",\"scores\",\"room_ms\","
        "\n"
        "\"room_places\",\"room_highest\",\"together\",\"alarms_need\",\"repetitions_need\",\"kept\"}.\n\n"
        "  for i in 1 2 3 4 5; do arecord -f S16_LE -r 16000 -d 3 say$i.wav; done\n"
        "  arecord -f S16_LE -r 16000 -d 600 room.wav\n"
        "  shopkeeper --db shop.db wake --calibrate --room room.wav say?.wav\n",
    .options = OPT_PHRASE | OPT_THRESHOLD | OPT_ALL | OPT_ROOM | OPT_CALIBRATE | OPT_ALARMS | OPT_FORGET,
    .run = run,
};
