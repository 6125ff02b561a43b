#include <stdio.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "base/clock.h"
#include "base/str.h"

struct job {
    struct assistant *assistant;
    const struct cli *cli;
    err_t err;
};

static void print_text(const struct intent *in) {
    printf("%s: %s (%.2f)\n", in->text, in->accepted ? intent_name(in->id) : "none of the shop's business",
           (double)in->score);
    for (int i = 0; in->accepted && i < in->n_slots; i++) {
        const struct slot *s = &in->slots[i];
        if (!slot_is_shown(s)) continue;
        if (s->kind == SLOT_NUMBER)
            printf("    %s = %g\n", s->name, (double)s->milli / 1000);
        else
            printf("    %s = %s\n", s->name, s->text);
    }
    fflush(stdout);
}

static bool understand(void *ctx, char *text) {
    struct job *job = ctx;
    struct intent in;
    job->err = assistant_understand(job->assistant, job->cli->state ? job->cli->state : "open", text, &in);
    if (job->err) return false;
    if (job->cli->json)
        json_print(json_intent(&in));
    else
        print_text(&in);
    return true;
}

/* The arguments are one text, as a person would type it without quotes. */
static err_t join(char *out, size_t cap, const struct cli *cli) {
    out[0] = '\0';
    for (int i = 0; i < cli->n_args; i++) {
        if ((i && !str_append(out, cap, " ")) || !str_append(out, cap, cli->args[i])) {
            return err_fail(ERR_RANGE, "the text is too long: at most %zu bytes", cap - 1);
        }
    }
    return ERR_OK;
}

static int run(struct cli *cli) {
    struct assistant a;
    char text[UTTERANCE_MAX];
    if (join(text, sizeof text, cli)) return cli_fail();
    if (assistant_open(&a, &cli->settings, 0, clock_now_ms())) return cli_fail();
    struct job job = {.assistant = &a, .cli = cli};
    if (cli->n_args)
        understand(&job, text);
    else
        cli_lines(understand, &job);
    assistant_close(&a);
    return job.err ? cli_fail() : EXIT_OK;
}

const struct command command_understand = {
    .name = "understand",
    .usage = "[--state NAME] [TEXT]",
    .summary = "words to intent and slots",
    .help =
        "Says what the words mean in this shop, by the grammar of the locale. Without TEXT: each line of standard\n"
        "input. JSON: {\"text\",\"intent\",\"slots\":{},\"score\",\"accepted\"}.\n\n"
        "  shopkeeper --shop catalog/grocer understand two dozen eggs please\n",
    .options = OPT_STATE,
    .run = run,
};
