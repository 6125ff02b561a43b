/* Plays whole conversations from text files against the real grammar, dialogue, store and reply texts.
 *
 *   # a comment
 *   shop grocer             a folder of catalog/; begins anew with a private database
 *   customer Dana Reyes     whose speaker it is; the shop's first otherwise
 *   alike                   what sounds alike is found, as when the shop listens
 *   initiative              it may suggest and remark unasked, as in a shop; else that is switched off
 *   @ 2026-11-20 10:40      the time on the shop's clock, from here on
 *   > where is my order     what the shopper says
 *   > confirm {word}        the same, with the word that the read-back asks for
 *   >? add oat milk         the same, but heard badly
 *   . silence               nobody speaks, though the assistant listens
 *   . endless               somebody speaks and does not come to an end
 *   ! wake                  the wake phrase
 *   & Alex: it is here      a person of the shop answers the open ticket under that name
 *   & Alex closes           and closes it
 *   < It is on its way.     the next reply, to the letter
 *   ~ on its way|shipped    the next reply matches this extended regular expression, in any case
 *   ? confirm               what is listened for now ("idle": the wake phrase)
 *
 * Every reply must be checked by a line. Exits with 1 after the first file with a difference has been shown. */
#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "apps/conversation.h"
#include "base/str.h"
#include "shop/tickets.h"

enum { REPLIES_MAX = 8 };

struct play {
    const char *file;
    int line;
    char shop[64], customer[64];
    struct tm clock;
    int64_t now_ms;
    bool open, failed, finds_alike, initiative;
    struct assistant assistant;
    struct conversation conversation;
    char replies[REPLIES_MAX][SAID_MAX];
    int n_replies, checked;
    char state[STATE_MAX];
};

static void complain(struct play *p, const char *what, const char *detail) {
    fprintf(stderr, "%s:%d: %s%s\n", p->file, p->line, what, detail);
    p->failed = true;
}

static void on_say(void *ctx, const char *shown, const char *spoken) {
    struct play *p = ctx;
    if (!*spoken) complain(p, "a reply is silent: ", shown);
    if (p->n_replies < REPLIES_MAX) str_copy(p->replies[p->n_replies++], SAID_MAX, shown);
}

static void on_listen(void *ctx, const char *state) {
    struct play *p = ctx;
    str_copy(p->state, sizeof p->state, state);
}

/* ---- the lines ---- */

static void close_shop(struct play *p) {
    if (p->open) assistant_close(&p->assistant);
    p->open = false;
    p->state[0] = '\0';
}

static bool open_shop(struct play *p) {
    if (p->open) return true;
    struct settings s;
    struct conversation_sink sink = {.say = on_say, .listen = on_listen, .ctx = p};
    err_t err = settings_load(&s, NULL);
    if (!err) err = settings_path(s.shop_dir, "catalog", p->shop, NULL);
    str_copy(s.customer, sizeof s.customer, p->customer);
    /* the sample shops' times are relative to the time of the conversation, which needs the shop's zone: open twice */
    for (int i = 0; !err && i < 2; i++) {
        if (i) assistant_close(&p->assistant);
        struct tm tm = p->clock;
        p->now_ms = (int64_t)mktime(&tm) * 1000;
        err = assistant_open(&p->assistant, &s, 0, p->now_ms);
    }
    if (!err && !p->initiative) err = suggestions_allow(p->assistant.shop, false);
    if (!err && p->finds_alike) err = assistant_find_alike(&p->assistant);
    if (!err) err = conversation_begin(&p->conversation, &p->assistant, &sink);
    if (err) complain(p, "cannot begin: ", err_reason());
    p->open = !err;
    return !err;
}

static void all_checked(struct play *p) {
    for (; p->checked < p->n_replies; p->checked++)
        complain(p, "this reply was not expected: ", p->replies[p->checked]);
    p->checked = p->n_replies = 0;
}

static void event(struct play *p, enum event_kind kind) {
    struct event e = {.kind = kind};
    conversation_event(&p->conversation, &e, p->now_ms);
}

static void say_words(struct play *p, const char *words, bool unsure) {
    struct intent in;
    all_checked(p);
    if (!open_shop(p)) return;
    if (!*p->state) event(p, EVENT_WAKE);
    if (assistant_understand(&p->assistant, p->state, words, &in)) {
        complain(p, "cannot understand: ", err_reason());
        return;
    }
    in.unsure = unsure;
    conversation_understood(&p->conversation, &in, p->now_ms);
    event(p, EVENT_SPOKEN);
    p->now_ms += 8000;
}

static void on_words(struct play *p, const char *words) {
    char said[UTTERANCE_MAX] = "";
    const char *word = strstr(words, "{word}");
    if (word) {
        snprintf(said, sizeof said, "%.*s%s%s", (int)(word - words), words, p->conversation.dialog.challenge,
                 word + strlen("{word}"));
    }
    say_words(p, word ? said : words, false);
}

static void on_unsure_words(struct play *p, const char *words) {
    say_words(p, words, true);
}

static void on_silence(struct play *p, const char *rest) {
    all_checked(p);
    if (!open_shop(p)) return;
    event(p, str_equal(rest, "endless") ? EVENT_TOO_LONG : EVENT_NO_SPEECH);
    event(p, EVENT_SPOKEN);
    p->now_ms += 6000;
}

static void on_wake(struct play *p, const char *rest) {
    (void)rest;
    all_checked(p);
    if (open_shop(p)) event(p, EVENT_WAKE);
}

static void on_person(struct play *p, const char *rest) {
    struct ticket t;
    char name[PERSON_NAME_MAX];
    all_checked(p);
    if (!open_shop(p)) return;
    size_t n = strcspn(rest, " :");
    str_copy(name, n + 1 < sizeof name ? n + 1 : sizeof name, rest);
    err_t err = ticket_current(p->assistant.shop, &t);
    if (!err)
        err = rest[n] == ':' ? ticket_answer(p->assistant.shop, t.code, name, rest + n + 2, p->now_ms)
                             : ticket_close(p->assistant.shop, t.code, name, p->now_ms);
    if (err) complain(p, "the person cannot answer: ", err_reason());
    while (conversation_news(&p->conversation, p->now_ms)) event(p, EVENT_SPOKEN);
    p->now_ms += 8000;
}

static const char *next_reply(struct play *p, const char *expected) {
    if (p->checked < p->n_replies) return p->replies[p->checked++];
    complain(p, "no reply; expected: ", expected);
    return NULL;
}

static void differ(struct play *p, const char *expected, const char *got) {
    complain(p, "expected: ", expected);
    fprintf(stderr, "%*sgot:      %s\n", (int)strlen(p->file) + 4, "", got);
}

static void on_exactly(struct play *p, const char *expected) {
    const char *got = next_reply(p, expected);
    if (got && !str_equal(got, expected)) differ(p, expected, got);
}

static void on_like(struct play *p, const char *pattern) {
    regex_t re;
    const char *got = next_reply(p, pattern);
    if (!got) return;
    if (regcomp(&re, pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB)) {
        complain(p, "not a regular expression: ", pattern);
        return;
    }
    if (regexec(&re, got, 0, NULL, 0)) differ(p, pattern, got);
    regfree(&re);
}

static void on_state(struct play *p, const char *expected) {
    const char *got = *p->state ? p->state : "idle";
    if (!str_equal(got, expected)) differ(p, expected, got);
}

static void on_time(struct play *p, const char *text) {
    struct tm tm = {.tm_isdst = -1};
    const char *end = strptime(text, "%Y-%m-%d %H:%M", &tm);
    if (!end || *end) complain(p, "not a time: ", text);
    p->clock = tm;
    p->now_ms = (int64_t)mktime(&tm) * 1000;
}

static void on_shop(struct play *p, const char *name) {
    close_shop(p);
    str_copy(p->shop, sizeof p->shop, name);
    p->customer[0] = '\0';
    p->initiative = false;
}

static void on_customer(struct play *p, const char *name) {
    str_copy(p->customer, sizeof p->customer, name);
}

static void on_alike(struct play *p, const char *rest) {
    (void)rest;
    p->finds_alike = true;
}

static void on_initiative(struct play *p, const char *rest) {
    (void)rest;
    p->initiative = true;
}

static const struct {
    const char *word;
    void (*fn)(struct play *p, const char *rest);
} lines[] = {{"shop", on_shop}, {"customer", on_customer}, {"alike", on_alike},     {"initiative", on_initiative},
             {"@", on_time},    {">", on_words},           {">?", on_unsure_words}, {".", on_silence},
             {"!", on_wake},    {"<", on_exactly},         {"~", on_like},          {"&", on_person},
             {"?", on_state}};

static void play_line(struct play *p, char *text) {
    char *rest = str_trim(text);
    if (!*rest || *rest == '#') return;
    char *word = str_next_word(&rest);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!str_equal(lines[i].word, word)) continue;
        lines[i].fn(p, rest ? str_trim(rest) : "");
        return;
    }
    complain(p, "a line begins with none of shop customer @ > >? . ! & < ~ ?: ", word);
}

static bool play_file(const char *file) {
    static struct play p;
    p = (struct play){.file = file,
                      .clock = {.tm_year = 126, .tm_mon = 10, .tm_mday = 20, .tm_hour = 10, .tm_isdst = -1}};
    char text[SAID_MAX];
    FILE *in = fopen(file, "r");
    if (!in) {
        fprintf(stderr, "%s: %s\n", file, strerror(errno));
        return false;
    }
    str_copy(p.shop, sizeof p.shop, "grocer");
    while (fgets(text, sizeof text, in)) {
        p.line++;
        play_line(&p, text);
    }
    all_checked(&p);
    close_shop(&p);
    fclose(in);
    return !p.failed;
}

int main(int argc, char **argv) {
    int failed = 0;
    for (int i = 1; i < argc; i++) failed += !play_file(argv[i]);
    printf("%d passed, %d failed\n", argc - 1 - failed, failed);
    return failed ? 1 : 0;
}
