/* When an utterance is taken to be over, and what is left to do then. usage:
 *   bench_endpoint pause MS SHOP OUT RECORDING...    puts a pause between two words in the middle of each, by alignment
 *   bench_endpoint hear SHOP CLEAN RECORDING...      the voice loop's recogniser on each, as it comes; the speech ends
 *     where the recording of the same name in the folder CLEAN has its last loud part. One line of JSON each: `end_ms`
 *     of the speech, `result_ms` when there is a result on a machine that is fast enough, `slow_ms` on a core that
 * takes SLOWER times the processor time of this one (blocks wait for those before them), all from the beginning. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "apps/assistant.h"
#include "apps/json.h"
#include "audio/audio.h"
#include "base/clock.h"
#include "base/str.h"
#include "hear/hear_private.h"

enum { SLOWER = 6, BLOCK_MS = BLOCK_SAMPLES / SAMPLES_PER_MS, STEP = 160, MARGIN_MS = 3000, WORDS_MAX = 64 };

static const double LOUD_SHARE = 0.0316; /* 30 dB below the loudest */

struct sound {
    int16_t *samples;
    size_t n;
};

static void must(err_t err, const char *what) {
    if (!err) return;
    fprintf(stderr, "bench_endpoint: %s: %s\n", what, err_reason());
    exit(1);
}

static struct sound load(const char *path) {
    struct sound s;
    must(audio_load(&s.samples, &s.n, path, HEAR_MAX_MS), path);
    return s;
}

static void name_of(char out[256], const char *path) {
    const char *slash = strrchr(path, '/');
    str_copy(out, 256, slash ? slash + 1 : path);
    out[strcspn(out, ".")] = '\0';
}

static void open_assistant(struct assistant *a, const char *shop) {
    struct settings s;
    must(settings_load(&s, NULL), "settings");
    str_copy(s.shop_dir, sizeof s.shop_dir, shop);
    str_copy(s.db, sizeof s.db, ":memory:");
    must(assistant_open(a, &s, ASSISTANT_HEARS, clock_now_ms()), shop);
}

/* ---- pause ---- */

struct words {
    int first[WORDS_MAX], last[WORDS_MAX];
    int n;
};

static void note_word(void *ctx, int first, int last) {
    struct words *w = ctx;
    if (w->n == WORDS_MAX) return;
    w->first[w->n] = first;
    w->last[w->n++] = last;
}

/* The sample between the two words that are nearest the middle of the speech; 0 if there is one word only. */
static size_t middle(const struct words *w) {
    size_t best = 0;
    int centre = w->n ? (w->first[0] + w->last[w->n - 1]) / 2 : 0, least = 1 << 30;
    for (int i = 1; i < w->n; i++) {
        if (abs(w->first[i] - centre) >= least) continue;
        least = abs(w->first[i] - centre);
        best = (size_t)((w->last[i - 1] + 1 + w->first[i]) / 2 * FEATURES_HOP);
    }
    return best > COMFORT_LEAD_SAMPLES ? best - COMFORT_LEAD_SAMPLES : 0;
}

static void add_pause(struct assistant *a, const char *path, size_t pause, const char *folder) {
    char name[256], out[4096];
    struct sound s = load(path);
    struct words w = {0};
    struct hear_result r;
    name_of(name, path);
    must(hear_utterance(a->hear, "open", s.samples, s.n, &r), path);
    decoder_words(a->hear->decoder, note_word, &w);
    size_t at = middle(&w);
    if (at && at < s.n) {
        int16_t *longer = calloc(s.n + pause, sizeof *longer);
        if (!longer) exit(1);
        memcpy(longer, s.samples, at * sizeof *longer);
        memcpy(longer + at + pause, s.samples + at, (s.n - at) * sizeof *longer);
        snprintf(out, sizeof out, "%s/%s.wav", folder, name);
        must(audio_save(out, longer, s.n + pause, RATE_HZ), out);
        free(longer);
    }
    free(s.samples);
}

/* ---- hear ---- */

static double loudness(const int16_t *samples) {
    double sum = 0;
    for (int i = 0; i < STEP; i++) sum += (double)samples[i] * samples[i];
    return sqrt(sum / STEP);
}

static int64_t speech_end_ms(const struct sound *s) {
    double most = 0;
    size_t end = 0;
    for (size_t at = 0; at + STEP <= s->n; at += STEP) most = fmax(most, loudness(s->samples + at));
    for (size_t at = 0; at + STEP <= s->n; at += STEP)
        if (loudness(s->samples + at) > most * LOUD_SHARE) end = at + STEP;
    return (int64_t)(end / SAMPLES_PER_MS);
}

static double process_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void hear_one(struct assistant *a, const char *path, const char *clean) {
    char name[256], beside[4096];
    name_of(name, path);
    snprintf(beside, sizeof beside, "%s/%s.wav", clean, name);
    struct sound s = load(path), quiet = load(beside);
    struct hear_result r = {0};
    struct intent in = {0};
    enum hear_event event = HEAR_NOTHING;
    double slow_ms = 0;
    int64_t now_ms = 0;
    must(hear_listen(a->hear, HEAR_COMMAND, "open"), "open");
    for (size_t at = 0; at < s.n + MARGIN_MS * SAMPLES_PER_MS && event <= HEAR_STARTED; at += BLOCK_SAMPLES) {
        int16_t block[BLOCK_SAMPLES] = {0};
        if (at < s.n) memcpy(block, s.samples + at, (s.n - at < BLOCK_SAMPLES ? s.n - at : BLOCK_SAMPLES) * 2);
        double start = process_ms();
        event = hear_block(a->hear, block, BLOCK_SAMPLES, &r);
        now_ms += BLOCK_MS;
        slow_ms = fmax(slow_ms, (double)now_ms) + SLOWER * (process_ms() - start);
    }
    if (event == HEAR_RESULT) must(assistant_heard(a, "open", &r, &in), path);
    json_t *o = json_intent(&in);
    json_object_set_new(o, "file", json_string(name));
    json_object_set_new(o, "text", json_string(r.text));
    json_object_set_new(o, "result", json_boolean(event == HEAR_RESULT));
    json_object_set_new(o, "whole", json_boolean(r.whole));
    json_object_set_new(o, "confidence", json_rounded((double)r.confidence, 3));
    json_object_set_new(o, "end_ms", json_integer(speech_end_ms(&quiet)));
    json_object_set_new(o, "result_ms", json_integer(now_ms));
    json_object_set_new(o, "slow_ms", json_rounded(slow_ms, 0));
    json_print(o);
    free(s.samples);
    free(quiet.samples);
}

int main(int argc, char **argv) {
    struct assistant a;
    if (argc > 5 && !strcmp(argv[1], "pause")) {
        open_assistant(&a, argv[3]);
        for (int i = 5; i < argc; i++) add_pause(&a, argv[i], (size_t)atoi(argv[2]) * SAMPLES_PER_MS, argv[4]);
    } else if (argc > 4 && !strcmp(argv[1], "hear")) {
        open_assistant(&a, argv[2]);
        for (int i = 4; i < argc; i++) hear_one(&a, argv[i], argv[3]);
    } else {
        fprintf(stderr, "usage: bench_endpoint pause MS SHOP OUT RECORDING... | hear SHOP CLEAN RECORDING...\n");
        return 2;
    }
    assistant_close(&a);
    return 0;
}
