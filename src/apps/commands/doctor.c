/* doctor: does everything that a conversation needs work here, and if not, what mends it? */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apps/calibration.h"
#include "apps/cli.h"
#include "apps/echo_check.h"
#include "apps/fill.h"
#include "apps/json.h"
#include "apps/own_voice.h"
#include "apps/sync_status.h"
#include "audio/audio.h"
#include "base/clock.h"
#include "base/phone_distance.h"
#include "base/str.h"
#include "board/board.h"
#include "hear/alike.h"
#include "hear/nearest.h"
#include "hear/tuning.h"
#include "understand/intent.h"

struct finding {
    bool ok;
    char text[640]; /* what was found, or what is wrong and how to mend it */
};

typedef void examine(const struct cli *cli, struct finding *f);

static void found(struct finding *f, bool ok, const char *text) {
    f->ok = ok;
    str_copy(f->text, sizeof f->text, text);
}

static void found_error(struct finding *f) {
    found(f, false, err_reason());
}

/* ---- board ---- */

/* Its button and lights open, unless shopkeeperd has them. */
static void examine_board(const struct cli *cli, struct finding *f) {
    const struct board_profile *p = &cli->settings.profile;
    char path[PATH_MAX];
    struct lights lights;
    struct board *board;
    if (settings_path(path, "boards", "lights.ini", NULL) || lights_load(&lights, path) ||
        board_open(&board, p, &lights, clock_monotonic_ns())) {
        found_error(f);
        return;
    }
    board_close(board);
    f->ok = true;
    snprintf(f->text, sizeof f->text, "%s%s%s%s", p->name, *p->kit_name ? " with " : "", p->kit_name,
             p->seen || str_equal(p->architecture, "any") ? "" : "; nobody has tried this profile on a real one yet");
}

/* ---- sound ---- */

struct devices {
    int inputs, outputs;
};

static void count_device(void *ctx, const char *name, int inputs, int outputs, double rate_hz) {
    struct devices *d = ctx;
    (void)name;
    (void)rate_hz;
    d->inputs += inputs > 0;
    d->outputs += outputs > 0;
}

static void examine_devices(struct finding *f, bool microphones) {
    struct devices d = {0};
    if (audio_devices(count_device, &d)) {
        found_error(f);
        return;
    }
    int n = microphones ? d.inputs : d.outputs;
    f->ok = n > 0;
    const char *what = microphones ? "microphone" : "loudspeaker";
    if (n)
        snprintf(f->text, sizeof f->text, "%d device%s for a %s", n, n == 1 ? "" : "s", what);
    else
        snprintf(f->text, sizeof f->text, "no %s: plug one in, and see that `%s -l` lists it", what,
                 microphones ? "arecord" : "aplay");
}

static void examine_microphone(const struct cli *cli, struct finding *f) {
    (void)cli;
    examine_devices(f, true);
}

static void examine_loudspeaker(const struct cli *cli, struct finding *f) {
    (void)cli;
    examine_devices(f, false);
}

/* Beyond these the canceller does its work badly. */
static const double DRIFT_MOST_PPM = 100, CLIPPED_MOST = 0.001, CANCELLED_LEAST_DB = 10;

static void judge_echo(const struct echo_check *c, struct finding *f) {
    const struct echo_status *s = &c->status;
    f->ok = false;
    if ((double)s->clipped_frames > CLIPPED_MOST * (double)s->active_frames) {
        found(f, false, "the loudspeaker drives the microphone to the end of its scale: turn one of them down");
    } else if (s->delay_frames < 0) {
        found(f, true, "the microphone does not hear the loudspeaker: there is nothing to cancel");
    } else if (s->has_drift && fabs(s->drift_ppm) > DRIFT_MOST_PPM) {
        snprintf(
            f->text, sizeof f->text,
            "the clocks of loudspeaker and microphone are %.0f ppm apart, so that a reply is hard to interrupt: use "
            "one device for both",
            fabs(s->drift_ppm));
    } else if (c->cancelled_db < CANCELLED_LEAST_DB) {
        snprintf(f->text, sizeof f->text,
                 "only %.0f dB of the loudspeaker are taken out of the microphone: turn it down, or move them apart",
                 c->cancelled_db);
    } else {
        f->ok = true;
        snprintf(f->text, sizeof f->text,
                 "the loudspeaker is heard %d ms later and lowered by %.0f dB; the clocks are %.0f ppm apart",
                 s->delay_frames * 1000 / AUDIO_RATE_HZ, c->cancelled_db, s->has_drift ? fabs(s->drift_ppm) : 0);
    }
}

static void examine_echo(const struct cli *cli, struct finding *f) {
    struct echo_check c;
    if (str_equal(cli->settings.audio_driver, "null")) {
        found(f, true, "is not looked for: without sound there is none");
        return;
    }
    if (!cli->json) fprintf(stderr, "playing a rushing sound for some seconds, to hear the echo of the room\n");
    if (echo_check(&cli->settings, &c))
        found_error(f);
    else
        judge_echo(&c, f);
}

/* ---- models ---- */

static void examine_voice(const struct cli *cli, struct finding *f) {
    struct voice_config config = {.name = *cli->settings.voice ? cli->settings.voice : NULL};
    struct voice *voice;
    if (voice_open(&voice, &config)) {
        found_error(f);
        return;
    }
    voice_close(voice);
    found(f, true, config.name ? config.name : "eSpeak NG");
}

static void examine_database(const struct cli *cli, struct finding *f) {
    struct assistant a;
    int64_t n;
    if (assistant_open_shop(&a, &cli->settings, NULL, clock_now_ms())) {
        found_error(f);
        return;
    }
    if (catalog_count(a.shop, &n))
        found_error(f);
    else if (n == 0)
        found(f, false, "the catalogue is empty: load a shop with --shop DIR, or import one with catalog import");
    else {
        f->ok = true;
        snprintf(f->text, sizeof f->text, "%s: %lld products", a.profile.name, (long long)n);
    }
    assistant_close(&a);
}

/* The first that is amiss tells; else the server, and what cannot be done there. */
static void take_finding(void *ctx, const struct sync_finding *one) {
    struct finding *f = ctx;
    if (f->ok && str_equal(one->what, "backend")) {
        str_append(f->text, sizeof f->text, ". ");
        str_append(f->text, sizeof f->text, one->text);
        return;
    }
    if (!f->ok || (one->ok && *f->text && !str_equal(one->what, "server"))) return;
    f->ok = one->ok;
    snprintf(f->text, sizeof f->text, "%s%s", one->text, one->ok ? "" : "; all of it: shopkeeper sync status");
}

static void examine_server(const struct cli *cli, struct finding *f) {
    struct assistant a;
    if (assistant_open_shop(&a, &cli->settings, NULL, clock_now_ms())) {
        found_error(f);
        return;
    }
    f->ok = true;
    if (sync_status(&a.settings, a.shop, clock_now_ms(), take_finding, f)) found_error(f);
    assistant_close(&a);
}

/* Resident memory of this process in MiB. */
static double resident_mib(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    long size = 0, resident = 0;
    if (!file) return 0;
    if (fscanf(file, "%ld %ld", &size, &resident) != 2) resident = 0;
    fclose(file);
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1048576.0;
}

static void examine_hearing(const struct cli *cli, struct finding *f) {
    struct assistant a;
    int64_t began_ns = clock_monotonic_ns();
    if (assistant_open(&a, &cli->settings, ASSISTANT_HEARS | ASSISTANT_WAKES | ASSISTANT_SPEAKS, clock_now_ms())) {
        found_error(f);
        return;
    }
    f->ok = true;
    snprintf(f->text, sizeof f->text, "listens for \"%s\" and in %d states; ready after %.2f s, %.0f MiB resident",
             cli->settings.wake_phrase, a.states.n, (double)(clock_monotonic_ns() - began_ns) / 1e9, resident_mib());
    assistant_close(&a);
}

/* ---- the wake phrase ---- */

enum { PHONES_GOOD = 10, PHONES_FAIR = 7, SYLLABLES_GOOD = 4, SYLLABLES_FAIR = 3 };

/* The phones of the phrase, each word in its best pronunciation. */
static bool spell(const struct lexicon *lexicon, const char *phrase, struct phone_run *out, struct finding *f) {
    char text[sizeof((struct settings *)0)->wake_phrase];
    *out = (struct phone_run){0};
    str_copy(text, sizeof text, phrase);
    for (char *rest = text, *word; (word = str_next_word(&rest));) {
        const char *phones = lexicon_phones(lexicon, word, 0);
        struct phone_run run;
        if (phones && phone_run_read(&run, phones) && phone_run_append(out, &run)) continue;
        snprintf(f->text, sizeof f->text, "nobody knows how to pronounce \"%s\" of \"%s\": choose another word", word,
                 phrase);
        return false;
    }
    return true;
}

static int count_syllables(const struct phone_run *run) {
    int n = 0;
    for (int i = 0; i < run->n; i++) n += strchr("AEIOU", *phone_name(run->v[i])) != NULL;
    return n;
}

/* By its length, and by what of all that is said to the assistant sounds most like it. */
static err_t judge_phrase(const struct lexicon *lexicon, const struct net *net, const char *phrase, struct finding *f) {
    struct phone_run run;
    struct nearest near;
    if (!spell(lexicon, phrase, &run, f)) return ERR_OK;
    TRY(nearest_find(net, lexicon, &run, &near));
    int syllables = count_syllables(&run);
    bool is_long = run.n >= PHONES_FAIR && syllables >= 2, is_near = near.distance <= ALIKE_PER_PHONE * run.n;
    f->ok = is_long && !is_near;
    const char *choice = !is_long  ? "too short: it will be heard in other speech"
                         : is_near ? "too near to what is said anyway: choose another"
                         : run.n >= PHONES_GOOD && syllables >= SYLLABLES_GOOD ? "a good choice"
                         : syllables >= SYLLABLES_FAIR ? "a fair choice: a longer one is heard by mistake less often"
                                                       : "a weak choice: take one of three syllables or more";
    snprintf(f->text, sizeof f->text,
             "\"%s\" has %d sounds in %d syllables, %.1f of them unlike \"%s\", the nearest of what is said to the "
             "assistant; %s",
             phrase, run.n, syllables, near.distance / 1000.0, near.words, choice);
    return ERR_OK;
}

static err_t judge_beside(const struct net *net, const struct settings *s, struct finding *f) {
    struct lexicon *lexicon;
    TRY(fill_phrase(&lexicon, s, net));
    err_t err = judge_phrase(lexicon, net, s->wake_phrase, f);
    lexicon_free(lexicon);
    return err;
}

/* Beside the locale's grammar alone: a shop's names come and go. */
static void examine_phrase(const struct cli *cli, struct finding *f) {
    const char *intents[INTENT_COUNT];
    struct net_plan plan = {.intents = intents, .use = NET_HEAR};
    char path[PATH_MAX];
    struct grammar *grammar = NULL;
    struct net *net;
    for (enum intent_id id = INTENT_NONE + 1; id < INTENT_COUNT; id++) intents[plan.n++] = intent_name(id);
    err_t err = settings_model_path(&cli->settings, path, "grammar/heard.jsgf");
    if (!err) err = grammar_load(&grammar, path, NULL);
    if (!err) err = net_build(&net, grammar, &plan);
    if (!err) {
        err = judge_beside(net, &cli->settings, f);
        net_free(net);
    }
    grammar_free(grammar);
    if (err) found_error(f);
}

static void examine_threshold(const struct cli *cli, struct finding *f) {
    const struct settings *s = &cli->settings;
    enum calibration_source source;
    struct tuning t;
    char path[PATH_MAX];
    double threshold;
    err_t err = calibration_threshold(s, &threshold, &source);
    if (!err) err = settings_model_path(s, path, "hearing.ini");
    if (!err) err = tuning_load(&t, path);
    if (err) {
        found_error(f);
        return;
    }
    static const char *const from[] = {
        [CALIBRATION_NONE] = "as usual: `shopkeeper wake --calibrate` chooses one for those who live here",
        [CALIBRATION_SET] = "set by wake_threshold of the settings",
        [CALIBRATION_HOME] = "calibrated for those who live here",
        [CALIBRATION_OTHER] = "as usual, for the calibration was for another phrase: calibrate again"};
    f->ok = source != CALIBRATION_OTHER;
    snprintf(f->text, sizeof f->text, "the wake phrase needs a score of %.2f, %s",
             threshold != 0 ? threshold : t.wake_threshold, from[source]);
}

static void examine_own_voice(const struct cli *cli, struct finding *f) {
    struct adaptation a;
    bool own;
    f->ok = true;
    if (own_voice_load(&cli->settings, &a, &own))
        found_error(f);
    else if (own)
        snprintf(f->text, sizeof f->text, "learned from %d sentences; gained %.3f nats a frame", a.readings,
                 (double)a.gain);
    else
        found(f, true, "none is needed; shopkeeper enrol learns one");
}

/* ---- clock ---- */

static void examine_clock(const struct cli *cli, struct finding *f) {
    (void)cli;
    const int64_t year_2026_ms = 1767225600000;
    bool set = clock_now_ms() > year_2026_ms;
    found(f, set, set ? "is set" : "is not set: connect to a network once, or set it with `date -s`");
}

static const struct {
    const char *what;
    examine *examine;
} checks[] = {
    {"board", examine_board},         {"microphone", examine_microphone}, {"loudspeaker", examine_loudspeaker},
    {"echo", examine_echo},           {"voice", examine_voice},           {"shop", examine_database},
    {"server", examine_server},       {"hearing", examine_hearing},       {"wake phrase", examine_phrase},
    {"threshold", examine_threshold}, {"own voice", examine_own_voice},   {"clock", examine_clock}};

static int run(struct cli *cli) {
    int bad = 0;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        struct finding f = {0};
        checks[i].examine(cli, &f);
        bad += !f.ok;
        if (cli->json)
            json_print(json_pack("{s:s,s:b,s:s}", "check", checks[i].what, "ok", f.ok, "text", f.text));
        else
            printf("%-4s %-12s %s\n", f.ok ? "ok" : "BAD", checks[i].what, f.text);
    }
    return bad ? EXIT_FAILED : EXIT_OK;
}

const struct command command_doctor = {
    .name = "doctor",
    .usage = "",
    .summary = "checks all that is needed, and says how to mend it",
    .help =
        "Checks microphone, loudspeaker, echo (by a rushing sound of some seconds), voice, shop, its server, hearing, "
        "wake phrase "
        "and "
        "its threshold, the household's own voice and clock. Exits "
        "with 1 if something is amiss. JSON:\n"
        "{\"check\",\"ok\",\"text\"}.\n\n"
        "  shopkeeper --shop catalog/grocer doctor\n",
    .run = run,
};
