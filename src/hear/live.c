#include "hear/live.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "hear/comfort.h"
#include "hear/features.h"
#include "hear/hypothesis.h"
#include "hear/turns.h"

enum {
    FRAME_MS = 10,
    STEP_FRAMES = 8,    /* at once, while the person speaks: four times as many as come */
    SPEECH_FRAMES = 10, /* that the probability of speech is the mean of */
    SPACE_FRAMES = 100, /* beside the utterance itself */
};

struct live {
    struct decoder *decoder; /* borrowed, as the two below */
    struct senones *senones;
    const struct tuning *tuning;
    struct network *network;
    struct features *features;
    struct frame *frames;
    size_t room, n; /* whole frames */
    int64_t feed_ns;
    /* the search */
    struct turns *turns;
    char search[40];
    size_t offered; /* frames that it may see */
    size_t seen;
    bool ending, failed;
    struct hypothesis so_far; /* at the end, in case the grammar did not come to one */
};

err_t live_open(struct live **out, const struct network *network, struct decoder *decoder, struct senones *senones,
                const struct tuning *tuning, size_t longest_samples) {
    struct live *l = calloc(1, sizeof *l);
    if (!l) return err_fail(ERR_MEMORY, "out of memory for the recogniser");
    l->decoder = decoder;
    l->senones = senones;
    l->tuning = tuning;
    l->room = features_count(longest_samples + COMFORT_LEAD_SAMPLES) + SPACE_FRAMES;
    l->frames = malloc(l->room * sizeof *l->frames);
    err_t err =
        l->frames ? network_share(&l->network, network) : err_fail(ERR_MEMORY, "out of memory for the recogniser");
    if (!err) err = features_open(&l->features, l->network);
    if (err) {
        live_close(l);
        return err;
    }
    *out = l;
    return ERR_OK;
}

void live_close(struct live *l) {
    if (!l) return;
    live_stop(l);
    features_close(l->features);
    network_free(l->network);
    free(l->frames);
    free(l);
}

/* ---- frames ---- */

/* A little of a quiet room before it, as in utterance_decode(). */
void live_begin(struct live *l) {
    int16_t room[COMFORT_LEAD_SAMPLES] = {0};
    uint32_t seed = 1;
    live_stop(l);
    l->n = 0;
    l->feed_ns = 0;
    features_begin(l->features);
    comfort_add(&seed, room, COMFORT_LEAD_SAMPLES);
    live_feed(l, room, COMFORT_LEAD_SAMPLES);
}

void live_feed(struct live *l, const int16_t *samples, size_t n) {
    int64_t start = clock_cpu_ns();
    if (l->room - l->n > n / FEATURES_HOP + FEATURES_BURST)
        l->n += features_feed(l->features, samples, n, l->frames + l->n);
    l->feed_ns += clock_cpu_ns() - start;
}

float live_speech(const struct live *l) {
    float sum = 0;
    if (l->n < SPEECH_FRAMES) return 0;
    for (size_t t = l->n - SPEECH_FRAMES; t < l->n; t++) sum += l->frames[t].network.speech;
    return sum / SPEECH_FRAMES;
}

int live_ms(const struct live *l) {
    return (int)l->n * FRAME_MS - COMFORT_LEAD_MS;
}

/* ---- the search, on its thread ---- */

static size_t more(void *ctx, bool *ended) {
    struct live *l = ctx;
    while (l->offered == l->seen && !l->ending) turns_take(l->turns);
    l->seen = l->offered;
    *ended = l->ending;
    return l->seen;
}

static void at_end(void *ctx) {
    struct live *l = ctx;
    hypothesis_take(&l->so_far, l->decoder, l->senones);
}

static void search(void *ctx) {
    struct live *l = ctx;
    struct senones_source source = {.more = more, .at_end = at_end, .ctx = l};
    err_t err = decoder_run(l->decoder, l->search, senones_stream(l->senones, l->frames, l->room, &source));
    if (err) log_warning("cannot hear: %s", err_reason());
    l->failed = err != ERR_OK;
}

/* ---- the search, seen from HEAR ---- */

err_t live_decode(struct live *l, const char *name) {
    live_stop(l);
    if (!str_copy(l->search, sizeof l->search, name)) return err_fail(ERR_ARG, "the name of a search is too long");
    l->offered = l->seen = 0;
    l->ending = l->failed = false;
    l->so_far = (struct hypothesis){0};
    return turns_begin(&l->turns, search, l);
}

bool live_decodes(const struct live *l) {
    return l->turns != NULL;
}

void live_step(struct live *l, bool all) {
    if (!l->turns || l->offered == l->n) return;
    l->offered = all || l->n - l->offered < STEP_FRAMES ? l->n : l->offered + STEP_FRAMES;
    turns_give(l->turns);
}

static void result_of(const struct live *l, const struct hypothesis *o, size_t n_frames, struct hear_result *out) {
    *out = (struct hear_result){0};
    str_copy(out->text, sizeof out->text, o->text);
    if (evidence_of(&o->decoded, senones_loop(l->senones), senones_clear(l->frames, n_frames), out->evidence))
        out->confidence = confidence_of(out->evidence, &l->tuning->confidence);
    out->audio_ms = live_ms(l);
}

void live_look(struct live *l, struct hear_result *out) {
    struct hypothesis o;
    hypothesis_take(&o, l->decoder, l->senones);
    result_of(l, &o, l->seen, out);
    out->decode_ns = l->feed_ns + turns_cpu_ns(l->turns);
}

bool live_finish(struct live *l, struct hear_result *out) {
    struct hypothesis o;
    int64_t start = clock_cpu_ns();
    l->n += features_end(l->features, l->frames + l->n);
    l->feed_ns += clock_cpu_ns() - start;
    l->offered = l->n;
    l->ending = true;
    int64_t search_ns = turns_end(l->turns);
    l->turns = NULL;
    if (l->failed) return false;
    hypothesis_take(&o, l->decoder, l->senones);
    result_of(l, o.decoded.words ? &o : &l->so_far, l->n, out);
    out->decode_ns = l->feed_ns + search_ns;
    return true;
}

void live_stop(struct live *l) {
    l->ending = true;
    l->offered = l->seen;
    turns_end(l->turns);
    l->turns = NULL;
}
