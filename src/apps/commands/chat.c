#include <stdio.h>
#include <unistd.h>

#include "apps/cli.h"
#include "apps/conversation.h"
#include "apps/json.h"
#include "base/clock.h"
#include "base/str.h"

struct chat {
    const struct cli *cli;
    struct assistant assistant;
    struct conversation conversation;
    json_t *replies; /* of the line in hand, with --json */
    char state[STATE_MAX];
    bool prompts;
    err_t err;
};

static void show(void *ctx, const char *shown, const char *spoken) {
    (void)spoken;
    struct chat *chat = ctx;
    if (chat->replies)
        json_array_append_new(chat->replies, json_string(shown));
    else
        printf("%s\n", shown);
}

static void listen(void *ctx, const char *state) {
    struct chat *chat = ctx;
    str_copy(chat->state, sizeof chat->state, state);
}

/* Nobody waits for the wake phrase here: a typed line wakes. */
static void wake(struct chat *chat) {
    struct event e = {.kind = EVENT_WAKE};
    conversation_event(&chat->conversation, &e, clock_now_ms());
}

static void turn(struct chat *chat, const struct intent *in) {
    struct event spoken = {.kind = EVENT_SPOKEN};
    conversation_understood(&chat->conversation, in, clock_now_ms());
    conversation_event(&chat->conversation, &spoken, clock_now_ms());
}

static void turn_json(struct chat *chat, const struct intent *in) {
    struct intent shown = conversation_shown_intent(&chat->conversation, in);
    chat->replies = json_array();
    turn(chat, in);
    json_t *o = json_intent(&shown);
    json_object_set_new(o, "replies", chat->replies);
    json_object_set_new(o, "state", json_string(*chat->state ? chat->state : "idle"));
    json_print(o);
    chat->replies = NULL;
}

static void prompt(const struct chat *chat) {
    if (chat->prompts) fputs("> ", stdout);
    fflush(stdout);
}

/* What a person of the shop has written since. */
static bool hear_person(struct chat *chat) {
    bool any = false;
    struct event spoken = {.kind = EVENT_SPOKEN};
    if (chat->cli->json) chat->replies = json_array();
    while (conversation_news(&chat->conversation, clock_now_ms())) {
        conversation_event(&chat->conversation, &spoken, clock_now_ms());
        any = true;
    }
    if (chat->cli->json && any)
        json_print(
            json_pack("{s:n,s:o,s:s}", "text", "replies", chat->replies, "state", *chat->state ? chat->state : "idle"));
    else
        json_decref(chat->replies);
    chat->replies = NULL;
    return any;
}

static void meanwhile(void *ctx) {
    struct chat *chat = ctx;
    if (hear_person(chat)) prompt(chat);
}

static bool line(void *ctx, char *text) {
    struct chat *chat = ctx;
    struct intent in;
    hear_person(chat);
    if (*str_trim(text)) {
        if (!*chat->state) wake(chat);
        chat->err = assistant_understand(&chat->assistant, chat->state, text, &in);
        if (chat->err) return false;
        if (chat->cli->json)
            turn_json(chat, &in);
        else
            turn(chat, &in);
    }
    hear_person(chat);
    prompt(chat);
    return true;
}

static int run(struct cli *cli) {
    static struct chat chat;
    chat = (struct chat){.cli = cli, .prompts = isatty(STDIN_FILENO) && !cli->json};
    if (assistant_open(&chat.assistant, &cli->settings, 0, clock_now_ms())) return cli_fail();
    struct conversation_sink sink = {.say = show, .listen = listen, .ctx = &chat};
    chat.err = conversation_begin(&chat.conversation, &chat.assistant, &sink);
    if (!chat.err) {
        prompt(&chat);
        cli_lines_meanwhile(line, meanwhile, &chat);
    }
    if (chat.prompts) putchar('\n');
    assistant_close(&chat.assistant);
    return chat.err ? cli_fail() : EXIT_OK;
}

const struct command command_chat = {
    .name = "chat",
    .usage = "",
    .summary = "the conversation, typed",
    .help =
        "Lines in, replies out, until the end of the input; a pipe can drive it. With --json one object a line typed:\n"
        "{\"text\",\"intent\",\"slots\":{},\"score\",\"accepted\",\"replies\":[],\"state\"}; what a person of the "
        "shop\n"
        "writes in between (desk) has the text null.\n\n"
        "  shopkeeper --shop catalog/grocer chat\n",
    .run = run,
};
