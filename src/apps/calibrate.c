#include "apps/calibrate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/calibration.h"
#include "apps/fill.h"
#include "apps/json.h"
#include "audio/audio.h"
#include "base/str.h"
#include "hear/threshold.h"
#include "hear/tuning.h"

enum { REPETITION_MAX_MS = 60 * 1000, ROOM_MAX_MS = 4 * 60 * 60 * 1000, LIST_MAX = 8192 };

static const double ALARMS_DEFAULT = 3; /* a day */
static const double MS_PER_HOUR = 3600 * 1000, SAMPLES_PER_HOUR = 3600.0 * 16000;

/* What the recordings held. */
struct listened {
    struct tuning tuning;
    double scores[THRESHOLD_REPETITIONS_MAX];
    int n;
    struct threshold_room room;
    struct {
        double score;
        char file[PATH_MAX];
        int64_t at_ms;
    } highest;        /* of the room */
    const char *file; /* that is listened to now */
};

/* ---- listening ---- */

static void take_repetition(void *ctx, const struct hear_wake *found) {
    struct listened *l = ctx;
    l->scores[l->n] = fmax(l->scores[l->n], found->score);
}

static void take_place(void *ctx, const struct hear_wake *found) {
    struct listened *l = ctx;
    threshold_room_add(&l->room, &l->tuning.calibration, found->score);
    if (found->score <= l->highest.score) return;
    l->highest.score = found->score;
    l->highest.at_ms = found->at_ms;
    str_copy(l->highest.file, sizeof l->highest.file, l->file);
}

static err_t scan(struct hear *hear, struct listened *l, const char *file, int max_ms, size_t *n,
                  void (*fn)(void *ctx, const struct hear_wake *found)) {
    int16_t *samples;
    l->file = file;
    TRY(audio_load(&samples, n, file, max_ms));
    err_t err = hear_wake_scan(hear, samples, *n, true, fn, l);
    free(samples);
    return err;
}

static err_t listen_to_people(struct hear *hear, struct listened *l, const struct cli *cli) {
    int found = 0;
    size_t n;
    for (l->n = 0; l->n < cli->n_args; l->n++) {
        double *score = &l->scores[l->n];
        *score = -INFINITY;
        TRY(scan(hear, l, cli->args[l->n], REPETITION_MAX_MS, &n, take_repetition));
        found += isfinite(*score) != 0;
        if (!isfinite(*score))
            fprintf(stderr, "shopkeeper: %s: nothing in it is like \"%s\"; record it again\n", cli->args[l->n],
                    cli->settings.wake_phrase);
    }
    if (found) return ERR_OK;
    return err_fail(ERR_NOT_FOUND, "none of the repetitions holds \"%s\"", cli->settings.wake_phrase);
}

static err_t listen_to_room(struct hear *hear, struct listened *l, const char *files) {
    char list[LIST_MAX];
    size_t n;
    if (!str_copy(list, sizeof list, files)) return err_fail(ERR_RANGE, "the list of --room is too long");
    l->highest.score = -INFINITY;
    for (char *rest = list, *file; (file = strsep(&rest, ","));) {
        TRY(scan(hear, l, file, ROOM_MAX_MS, &n, take_place));
        l->room.hours += (double)n / SAMPLES_PER_HOUR;
    }
    return ERR_OK;
}

static err_t listen(struct listened *l, const struct cli *cli) {
    struct settings s = cli->settings;
    struct lexicon *lexicon;
    struct hear *hear;
    char path[PATH_MAX];
    TRY(settings_model_path(&s, path, "hearing.ini"));
    TRY(tuning_load(&l->tuning, path));
    TRY(fill_phrase(&lexicon, &s, NULL));
    s.wake_threshold = l->tuning.wake_threshold; /* whatever an older calibration says */
    err_t err = fill_open_hear(&hear, &s, lexicon, s.wake_phrase);
    if (!err) {
        err = listen_to_people(hear, l, cli);
        if (!err) err = listen_to_room(hear, l, cli->room);
        hear_close(hear);
    }
    lexicon_free(lexicon);
    return err;
}

/* ---- saying ---- */

/* Two digits that count: "0.034", "2.9", "17". */
static const char *few(char out[16], double value) {
    snprintf(out, 16, value < 10 ? "%.2g" : "%.0f", value);
    return out;
}

static void say_text(const struct listened *l, const struct threshold_choice *c, const struct calibration *kept,
                     double wanted) {
    char alarms[16], most[16];
    printf(
        "\"%s\" needs a score of %.2f from now on: in this room that is about %s false alarms a day, and %d of %d "
        "repetitions are heard (kept in %s).\n",
        kept->phrase, c->threshold, few(alarms, c->alarms), c->heard, l->n, kept->path);
    if (c->together) return;
    printf(
        "At most %s a day would need %.2f, and the repetitions ask for %.2f or less: both do not go together. "
        "Choose a longer wake phrase ([hear] wake_phrase; `shopkeeper doctor` judges it).\n",
        few(most, wanted), c->quiet, c->heard_to);
}

static void say_json(const struct listened *l, const struct threshold_choice *c, const struct calibration *kept,
                     double wanted) {
    json_t *o = json_object(), *scores = json_array();
    for (int i = 0; i < l->n; i++)
        json_array_append_new(scores, isfinite(l->scores[i]) ? json_rounded(l->scores[i], 3) : json_null());
    json_object_set_new(o, "phrase", json_string(kept->phrase));
    json_object_set_new(o, "threshold", json_rounded(c->threshold, 2));
    json_object_set_new(o, "alarms_a_day", json_rounded(c->alarms, 3));
    json_object_set_new(o, "wanted_a_day", json_rounded(wanted, 3));
    json_object_set_new(o, "repetitions", json_integer(l->n));
    json_object_set_new(o, "heard", json_integer(c->heard));
    json_object_set_new(o, "scores", scores);
    json_object_set_new(o, "room_ms", json_integer((json_int_t)(l->room.hours * MS_PER_HOUR)));
    json_object_set_new(o, "room_places", json_integer(l->room.places));
    json_object_set_new(o, "room_highest",
                        isfinite(l->highest.score) ? json_rounded(l->highest.score, 3) : json_null());
    json_object_set_new(o, "together", json_boolean(c->together));
    json_object_set_new(o, "alarms_need", json_rounded(c->quiet, 2));
    json_object_set_new(o, "repetitions_need", json_rounded(c->heard_to, 2));
    json_object_set_new(o, "kept", json_string(kept->path));
    json_print(o);
}

/* What may have gone wrong all the same. */
static void say_doubts(const struct listened *l, const struct threshold_choice *c, const struct settings *s) {
    if (l->highest.score >= c->threshold)
        fprintf(stderr,
                "shopkeeper: %s: at %.1f s something scores %.2f; if somebody said the phrase there, cut it out and "
                "calibrate again\n",
                l->highest.file, (double)l->highest.at_ms / 1000, l->highest.score);
    if (s->wake_threshold != 0)
        fprintf(stderr, "shopkeeper: wake_threshold = %g of the settings goes first: take it out\n", s->wake_threshold);
}

/* ---- the commands ---- */

static int check(const struct cli *cli) {
    if (!cli->room) return cli_usage("--calibrate needs --room FILE: some minutes of the room, without the phrase");
    if (cli->n_args < THRESHOLD_REPETITIONS_MIN || cli->n_args > THRESHOLD_REPETITIONS_MAX)
        return cli_usage("--calibrate needs %d to %d repetitions of the phrase, each in a recording of its own",
                         THRESHOLD_REPETITIONS_MIN, THRESHOLD_REPETITIONS_MAX);
    if (cli->threshold != 0) return cli_usage("--calibrate chooses the threshold: leave out --threshold");
    return EXIT_OK;
}

int calibrate(const struct cli *cli) {
    double wanted = cli->alarms > 0 ? cli->alarms : ALARMS_DEFAULT;
    struct listened l = {0};
    struct calibration kept;
    if (check(cli)) return EXIT_USAGE;
    if (calibration_path(&kept, &cli->settings) || listen(&l, cli)) return cli_fail();
    const struct tuning *t = &l.tuning;
    struct threshold_choice c = threshold_choose(&t->calibration, &l.room, l.scores, l.n, wanted, t->wake_threshold);
    if (calibration_write(&kept, &cli->settings, c.threshold)) return cli_fail();
    (cli->json ? say_json : say_text)(&l, &c, &kept, wanted);
    say_doubts(&l, &c, &cli->settings);
    return EXIT_OK;
}

int calibrate_forget(const struct cli *cli) {
    struct calibration c;
    bool found;
    if (calibration_forget(&c, &cli->settings, &found)) return cli_fail();
    if (cli->json)
        json_print(json_pack("{s:s,s:b}", "kept", c.path, "forgotten", found));
    else if (found)
        printf("%s is taken back: the wake phrase has its usual threshold again.\n", c.path);
    else
        printf("There is no %s: nothing was calibrated.\n", c.path);
    return EXIT_OK;
}
