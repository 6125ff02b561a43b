/* doctor: does everything that a conversation needs work here, and if not, what mends it? */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli.h"
#include "apps/fill.h"
#include "apps/json.h"
#include "apps/own_voice.h"
#include "audio/audio.h"
#include "base/clock.h"
#include "base/phone_distance.h"
#include "base/str.h"

struct finding {
    bool ok;
    char text[512]; /* what was found, or what is wrong and how to mend it */
};

typedef void examine(const struct cli *cli, struct finding *f);

static void found(struct finding *f, bool ok, const char *text) {
    f->ok = ok;
    str_copy(f->text, sizeof f->text, text);
}

static void found_error(struct finding *f) {
    found(f, false, err_reason());
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

/* Adds the phones of a word, and the vowels among them. */
static bool count_phones(const struct lexicon *lexicon, const char *word, int *phones, int *syllables) {
    struct phone_run run;
    const char *text = lexicon_phones(lexicon, word, 0);
    if (!text || !phone_run_read(&run, text)) return false;
    *phones += run.n;
    for (int i = 0; i < run.n; i++) *syllables += strchr("AEIOU", *phone_name(run.v[i])) != NULL;
    return true;
}

static void judge_phrase(const struct lexicon *lexicon, const char *phrase, struct finding *f) {
    char text[sizeof((struct settings *)0)->wake_phrase];
    int phones = 0, syllables = 0;
    str_copy(text, sizeof text, phrase);
    for (char *rest = text, *word; (word = str_next_word(&rest));) {
        if (count_phones(lexicon, word, &phones, &syllables)) continue;
        snprintf(f->text, sizeof f->text, "nobody knows how to pronounce \"%s\" of \"%s\": choose another word", word,
                 phrase);
        return;
    }
    f->ok = phones >= PHONES_FAIR && syllables >= 2;
    const char *choice = !f->ok ? "too short: it will be heard in other speech"
                         : phones >= PHONES_GOOD && syllables >= SYLLABLES_GOOD ? "a good choice"
                         : syllables >= SYLLABLES_FAIR ? "a fair choice: a longer one is heard by mistake less often"
                                                       : "a weak choice: take one of three syllables or more";
    snprintf(f->text, sizeof f->text, "\"%s\" has %d sounds in %d syllables, %s", phrase, phones, syllables, choice);
}

static void examine_phrase(const struct cli *cli, struct finding *f) {
    struct voice_config config = {0};
    struct voice *voice;
    struct lexicon *lexicon;
    if (voice_open(&voice, &config)) {
        found_error(f);
        return;
    }
    err_t err = fill_lexicon(&lexicon, &cli->settings, NULL, voice, NULL, 0, cli->settings.wake_phrase);
    voice_close(voice);
    if (err) {
        found_error(f);
        return;
    }
    judge_phrase(lexicon, cli->settings.wake_phrase, f);
    lexicon_free(lexicon);
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
} checks[] = {{"microphone", examine_microphone}, {"loudspeaker", examine_loudspeaker},
              {"voice", examine_voice},           {"shop", examine_database},
              {"hearing", examine_hearing},       {"wake phrase", examine_phrase},
              {"own voice", examine_own_voice},   {"clock", examine_clock}};

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
        "Checks microphone, loudspeaker, voice, shop, hearing, wake phrase, the household's own voice and clock. Exits "
        "with 1 if something is amiss. JSON:\n"
        "{\"check\",\"ok\",\"text\"}.\n\n"
        "  shopkeeper --shop catalog/grocer doctor\n",
    .run = run,
};
