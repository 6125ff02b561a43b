/* enrol: learns the household's own voice from sentences that it reads, and keeps it if it helps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli.h"
#include "apps/fill.h"
#include "apps/json.h"
#include "apps/own_voice.h"
#include "apps/turn.h"
#include "audio/audio.h"
#include "base/clock.h"
#include "base/str.h"
#include "hear/enrolment.h"
#include "understand/words.h"

enum { LINE_MAX_BYTES = 512, TRIES = 3 };

struct sentences {
    char shown[ENROLMENT_MAX][LINE_MAX_BYTES], words[ENROLMENT_MAX][LINE_MAX_BYTES];
    int n;
};

struct session {
    struct cli *cli;
    struct sentences sentences;
    struct texts *texts;
    struct voice *voice;
    struct lexicon *lexicon;
    struct enrolment *enrolment;
    struct turn *turn; /* NULL: from recordings */
};

/* ---- what is read ---- */

static err_t sentences_load(struct sentences *s, const char *path) {
    char line[LINE_MAX_BYTES + 2];
    FILE *f = fopen(path, "re");
    if (!f) return err_fail(ERR_NOT_FOUND, "cannot open %s", path);
    err_t err = ERR_OK;
    for (int number = 1; !err && fgets(line, sizeof line, f); number++) {
        if (strlen(line) > LINE_MAX_BYTES) err = err_fail(ERR_FORMAT, "%s:%d: the line is too long", path, number);
        char *text = str_trim(line);
        if (err || !*text || *text == '#') continue;
        if (s->n == ENROLMENT_MAX)
            err = err_fail(ERR_FORMAT, "%s:%d: more than %d sentences", path, number, ENROLMENT_MAX);
        else if (!words_normalise(s->words[s->n], LINE_MAX_BYTES, text))
            err = err_fail(ERR_FORMAT, "%s:%d: no words", path, number);
        else
            str_copy(s->shown[s->n++], LINE_MAX_BYTES, text);
    }
    fclose(f);
    if (!err && s->n < ENROLMENT_LEAST)
        err = err_fail(ERR_FORMAT, "%s: fewer than %d sentences", path, ENROLMENT_LEAST);
    return err;
}

/* Pronunciations of the words of all sentences. */
static err_t load_words(struct session *s) {
    enum { WORDS_MAX = 1024 };
    static char text[ENROLMENT_MAX][LINE_MAX_BYTES];
    static const char *words[WORDS_MAX];
    struct net net = {.words = words};
    for (int i = 0; i < s->sentences.n; i++) {
        memcpy(text[i], s->sentences.words[i], sizeof text[i]);
        char *rest = text[i];
        for (char *w; net.n_words < WORDS_MAX && (w = str_next_word(&rest));) words[net.n_words++] = w;
    }
    const struct net *nets = &net;
    return fill_lexicon(&s->lexicon, &s->cli->settings, NULL, s->voice, &nets, 1, NULL);
}

static err_t open_texts(struct session *s) {
    char path[PATH_MAX];
    TRY(settings_model_path(&s->cli->settings, path, "replies.txt"));
    return texts_load(&s->texts, s->cli->settings.locale, path, NULL);
}

static err_t open_voice(struct session *s) {
    const struct settings *set = &s->cli->settings;
    struct voice_config config = {
        .name = *set->voice ? set->voice : NULL, .rate_wpm = set->voice_rate_wpm, .pitch = set->voice_pitch};
    return voice_open(&s->voice, &config);
}

static err_t session_open(struct session *s) {
    struct cli *cli = s->cli;
    char path[PATH_MAX];
    struct fill_hear hear;
    TRY(settings_model_path(&cli->settings, path, "enrol.txt"));
    TRY(sentences_load(&s->sentences, cli->sentences ? cli->sentences : path));
    TRY(open_texts(s));
    TRY(open_voice(s));
    TRY(load_words(s));
    TRY(fill_hear_config(&hear, &cli->settings));
    TRY(enrolment_open(&s->enrolment, &hear.config, s->lexicon));
    return cli->n_args ? ERR_OK : turn_open(&s->turn, &cli->settings, s->voice);
}

static void session_close(struct session *s) {
    turn_close(s->turn);
    enrolment_close(s->enrolment);
    lexicon_free(s->lexicon);
    voice_close(s->voice);
    texts_free(s->texts);
}

/* ---- reading ---- */

/* Says a reply to who reads; nothing is said when it is read from recordings. */
static err_t say(struct session *s, const char *id, const char *sentence) {
    char spoken[SAID_MAX];
    struct reply r = reply_make(id);
    reply_text(&r, "sentence", sentence);
    reply_number(&r, "n", s->sentences.n * 1000);
    if (!s->turn) return ERR_OK;
    TRY(texts_format(s->texts, &r, clock_now_ms(), 0, NULL, 0, spoken, sizeof spoken));
    return turn_say(s->turn, spoken);
}

static void print_reading(const struct session *s, int i, const char *file, const struct enrolment_reading *r) {
    if (!s->cli->json) {
        printf("%s %d of %d: %s\n", r->read ? "read   " : "NOT read", i + 1, s->sentences.n, s->sentences.shown[i]);
        fflush(stdout);
        return;
    }
    json_t *o = json_pack("{s:s,s:b,s:o,s:i}", "sentence", s->sentences.shown[i], "read", r->read, "fit",
                          json_rounded((double)r->fit, 3), "speech_ms", r->speech_ms);
    if (file) json_object_set_new(o, "file", json_string(file));
    json_print(o);
}

static err_t read_file(struct session *s, int i) {
    const char *file = s->cli->args[i];
    struct enrolment_reading reading;
    int16_t *samples;
    size_t n;
    TRY(audio_load(&samples, &n, file, HEAR_MAX_MS));
    err_t err = enrolment_read(s->enrolment, s->sentences.words[i], samples, n, &reading);
    free(samples);
    if (!err) print_reading(s, i, file, &reading);
    return err;
}

/* Asks again if it was not that sentence; after the third time it is left out. */
static err_t read_aloud(struct session *s, int i) {
    struct enrolment_reading reading = {0};
    for (int try = 0; try < TRIES && !reading.read; try++) {
        const int16_t *samples;
        size_t n;
        if (!s->cli->json) printf("%2d of %d: \"%s\"\n", i + 1, s->sentences.n, s->sentences.shown[i]);
        fflush(stdout);
        TRY(say(s, try ? "enrol.again" : "enrol.sentence", s->sentences.shown[i]));
        TRY(turn_hear(s->turn, &samples, &n));
        TRY(enrolment_read(s->enrolment, s->sentences.words[i], samples, n, &reading));
        print_reading(s, i, NULL, &reading);
    }
    return ERR_OK;
}

static err_t read_all(struct session *s) {
    TRY(say(s, "enrol.begin", ""));
    for (int i = 0; i < s->sentences.n; i++) TRY(s->turn ? read_aloud(s, i) : read_file(s, i));
    return ERR_OK;
}

/* ---- the end ---- */

static void print_result(const struct session *s, const struct enrolment_result *r) {
    if (s->cli->json) {
        json_print(json_pack("{s:i,s:o,s:o,s:o,s:b}", "read", r->read, "fit", json_rounded((double)r->fit, 3), "gain",
                             json_rounded((double)r->gain, 4), "sure", json_rounded((double)r->sure, 2), "kept",
                             r->helps));
        return;
    }
    if (r->helps)
        printf(
            "Kept: sentences that it was not made of are told from other sounds better with it, by %.3f nats a frame"
            " (%.1f standard errors). A running shopkeeperd takes it at its next start.\n",
            (double)r->gain, (double)r->sure);
    else
        printf(
            "Not kept, nothing has changed: it does not measurably help (%+.3f nats a frame, %.1f standard errors)."
            "\n",
            (double)r->gain, (double)r->sure);
}

static err_t finish(struct session *s, const char *path) {
    struct enrolment_result r;
    err_t err = enrolment_finish(s->enrolment, &r);
    if (err) {
        char reason[512];
        str_copy(reason, sizeof reason, err_reason());
        TRY(say(s, "enrol.too_little", ""));
        return err_fail(err, "%s", reason);
    }
    if (r.helps) TRY(adaptation_save(&r.adaptation, path));
    print_result(s, &r);
    return say(s, r.helps ? "enrol.helps" : "enrol.no_help", "");
}

static int forget(const struct cli *cli) {
    bool found;
    if (own_voice_forget(&cli->settings, &found)) return cli_fail();
    if (cli->json)
        json_print(json_pack("{s:b}", "forgotten", found));
    else
        puts(found ? "Forgotten: from the next start on everything is heard as before." : "There was none to forget.");
    return EXIT_OK;
}

static int run(struct cli *cli) {
    static struct session s;
    char path[PATH_MAX];
    s.cli = cli;
    if (cli->forget && cli->n_args) return cli_usage("--forget takes no recordings");
    if (cli->forget) return forget(cli);
    if (own_voice_path(&cli->settings, path)) return cli_fail();
    if (cli->in) {
        str_copy(cli->settings.audio_driver, sizeof cli->settings.audio_driver, "file");
        str_copy(cli->settings.capture, sizeof cli->settings.capture, cli->in);
        *cli->settings.playback = '\0';
    }
    err_t err = session_open(&s);
    if (!err && cli->n_args && cli->n_args != s.sentences.n)
        err = err_fail(ERR_ARG, "there are %d sentences and %d recordings: one of each sentence is needed",
                       s.sentences.n, cli->n_args);
    if (!err) err = read_all(&s);
    if (!err) err = finish(&s, path);
    session_close(&s);
    return err ? cli_fail() : EXIT_OK;
}

const struct command command_enrol = {
    .name = "enrol",
    .usage = "[--sentences FILE] [--in FILE] [FILE...] | --forget",
    .summary = "learns your voice from ten sentences, if that helps",
    .help =
        "Says and shows ten sentences, one by one, and listens to you repeat each; one that it did not hear well is "
        "asked\n"
        "for again, twice. From that it learns your voice, and tries on sentences that it had not learned from\n"
        "whether it hears you better: only then the voice is kept, beside the database of --db, in the place of the "
        "one\n"
        "before. The sound is not kept. A household has one voice: if several people talk to the speaker, take turns "
        "with\n"
        "the sentences. --forget takes it back. With FILEs, the sentences are read from recordings, one each, in "
        "their\n"
        "order. JSON: {\"sentence\",\"read\",\"fit\",\"speech_ms\"} for each, then\n"
        "{\"read\",\"fit\",\"gain\",\"sure\",\"kept\"}.\n\n"
        "  shopkeeper --db shop.db enrol\n"
        "  shopkeeper --db shop.db enrol --forget\n",
    .options = OPT_IN | OPT_SENTENCES | OPT_FORGET,
    .run = run,
};
