#include <stdio.h>
#include <stdlib.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "audio/audio.h"
#include "base/clock.h"

static void print_json(const char *file, const struct hear_result *heard, const struct intent *in) {
    json_t *o = json_object();
    json_object_set_new(o, "file", json_string(file));
    json_t *rest = json_intent(in);
    json_object_set_new(rest, "text", json_string(heard->text));
    json_object_update(o, rest);
    json_decref(rest);
    json_object_set_new(o, "confidence", json_rounded((double)heard->confidence, 3));
    json_t *evidence = json_object();
    for (int i = 0; i < EVIDENCE_COUNT; i++)
        json_object_set_new(evidence, evidence_name(i), json_rounded((double)heard->evidence[i], 3));
    json_object_set_new(o, "evidence", evidence);
    json_object_set_new(o, "audio_ms", json_integer(heard->audio_ms));
    json_object_set_new(o, "decode_ms", json_rounded((double)heard->decode_ns / 1e6, 1));
    json_print(o);
}

static void print_text(const char *file, const struct hear_result *heard, const struct intent *in) {
    printf("%s: \"%s\" %s (%.2f)", file, heard->text, in->accepted ? intent_name(in->id) : "refused",
           (double)in->score);
    for (int i = 0; in->accepted && i < in->n_slots; i++) {
        const struct slot *s = &in->slots[i];
        if (slot_is_shown(s)) printf(" %s=%s", s->name, s->text);
    }
    putchar('\n');
    fflush(stdout);
}

static err_t hear_file(struct assistant *a, const struct cli *cli, const char *state, const char *file) {
    int16_t *samples;
    size_t n;
    struct hear_result heard;
    struct intent in;
    TRY(audio_load(&samples, &n, file, HEAR_MAX_MS));
    err_t err = hear_utterance(a->hear, state, samples, n, &heard);
    free(samples);
    if (!err) err = assistant_heard(a, state, &heard, &in);
    if (err) return err;
    if (cli->json)
        print_json(file, &heard, &in);
    else
        print_text(file, &heard, &in);
    return ERR_OK;
}

static int run(struct cli *cli) {
    struct assistant a;
    const char *state = cli->state ? cli->state : "open";
    if (assistant_open(&a, &cli->settings, ASSISTANT_HEARS, clock_now_ms())) return cli_fail();
    int code = EXIT_OK;
    for (int i = 0; i < cli->n_args; i++) {
        if (hear_file(&a, cli, state, cli->args[i])) code = cli_fail();
        if (cli->n_args > 20) cli_progress("heard", i + 1, cli->n_args);
    }
    assistant_close(&a);
    return code;
}

const struct command command_hear = {
    .name = "hear",
    .usage = "[--state NAME] FILE...",
    .summary = "recordings to words, intent and slots",
    .help =
        "Each FILE is one utterance, WAV or FLAC, of any rate; a thousand may be named. A file that cannot be read is\n"
        "named on standard error, the others are heard all the same. JSON:\n"
        "{\"file\",\"text\",\"intent\",\"slots\":{},\"score\",\"accepted\",\"confidence\",\"evidence\":{},\"audio_ms\","
        "\"decode_ms\"}.\n\n"
        "  shopkeeper --shop catalog/cafe --json hear order1.wav order2.flac\n",
    .options = OPT_STATE,
    .min_args = 1,
    .run = run,
};
