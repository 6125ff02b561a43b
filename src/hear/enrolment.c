#include "hear/enrolment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hear/align.h"
#include "hear/hear_private.h"

enum { FOLDS = 5, SHORTEST_SAMPLES = RATE_HZ / 4 };

/* A frame as the Gaussians see it. */
typedef float observation[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA];

struct reading {
    char *sentence;
    struct frame *frames;
    size_t n;
    uint16_t *path; /* the senone that each frame sounded like */
    double clear;   /* see clearness(), by the model's own voice */
    double fit;
    struct adaptation_stats *stats;
};

struct enrolment {
    struct tuning tuning;
    const char *model;
    struct network *network;
    struct features *features;
    struct senones *senones;       /* the model's own voice */
    const struct lexicon *lexicon; /* borrowed */
    struct reading readings[ENROLMENT_MAX];
    int n;
    int16_t room[ROOM_SAMPLES];
    struct frame frames[ROOM_FRAMES];
    observation seen[ROOM_FRAMES];
};

static err_t open_parts(struct enrolment *e, const struct hear_config *config) {
    TRY(tuning_load(&e->tuning, config->tuning));
    TRY(network_load(&e->network, config->network));
    TRY(features_open(&e->features, e->network));
    return senones_open(&e->senones, e->model, network_prior(e->network), &e->tuning);
}

err_t enrolment_open(struct enrolment **out, const struct hear_config *config, const struct lexicon *lexicon) {
    struct enrolment *e = calloc(1, sizeof *e);
    if (!e) return err_fail(ERR_MEMORY, "out of memory for the sentences");
    e->lexicon = lexicon;
    e->model = config->model ? config->model : HEAR_DEFAULT_MODEL;
    err_t err = open_parts(e, config);
    if (err) {
        enrolment_close(e);
        return err;
    }
    *out = e;
    return ERR_OK;
}

static void reading_free(struct reading *r) {
    free(r->sentence);
    free(r->frames);
    free(r->path);
    free(r->stats);
}

void enrolment_close(struct enrolment *e) {
    if (!e) return;
    for (int i = 0; i < e->n; i++) reading_free(&e->readings[i]);
    senones_close(e->senones);
    features_close(e->features);
    network_free(e->network);
    free(e);
}

/* ---- a sentence ---- */

static const struct senones_source whole = {0}; /* all frames are there */

struct watched {
    struct align *align;
    observation *seen;
};

static void watch(void *ctx, const float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA], const int16_t *costs) {
    struct watched *w = ctx;
    memcpy(w->seen[align_frames(w->align)], x, sizeof *w->seen);
    align_frame(w->align, costs);
}

/* How well a sentence fits by the scores of these senones, and by which path. */
struct passed {
    double fit;
    int speech_frames; /* 0: it does not fit at all */
};

/* Scores all its frames; `fn` sees each. */
static err_t score(struct senones *senones, const struct reading *r, senones_watcher *fn, void *ctx) {
    static char bytes[1 << 14];
    FILE *stream = senones_stream(senones, r->frames, r->n, &whole);
    if (!stream) return err_fail(ERR_MEMORY, "out of memory for an utterance");
    senones_watch(senones, fn, ctx);
    while (fread(bytes, 1, sizeof bytes, stream) > 0) continue;
    senones_watch(senones, NULL, NULL);
    fclose(stream);
    return ERR_OK;
}

static err_t pass(struct enrolment *e, struct senones *senones, struct reading *r, struct passed *out) {
    struct watched w = {.seen = e->seen};
    const struct mdef *m = senones_mdef(senones);
    float cost;
    TRY(align_create(&w.align, m, e->lexicon, r->sentence, r->n));
    err_t err = score(senones, r, watch, &w);
    *out = (struct passed){0};
    if (!err && align_end(w.align, &cost, r->path)) {
        for (size_t t = 0; t < r->n; t++) out->speech_frames += strcmp(m->phones[m->phone[r->path[t]]], "SIL") != 0;
        out->fit = (-(double)cost * DECODER_NATS - (double)senones_loop(senones)) / out->speech_frames;
    }
    align_destroy(w.align);
    return err;
}

/* ---- how clear the right phones are: what is measured ---- */

struct clear {
    const struct mdef *mdef;
    const struct reading *reading;
    size_t t;
    double sum;
    int n;
};

static void watch_clear(void *ctx, const float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA], const int16_t *costs) {
    struct clear *c = ctx;
    (void)x;
    int right = c->reading->path[c->t++];
    if (!strcmp(c->mdef->phones[c->mdef->phone[right]], "SIL")) return;
    double all = 0;
    for (int p = 0; p < c->mdef->n_phones; p++)
        for (int k = 0; k < MDEF_STATES; k++) all += exp((costs[right] - costs[c->mdef->of[p][k]]) * DECODER_NATS);
    c->sum -= log(all);
    c->n++;
}

/* The logarithm of the probability that a frame of speech is the phone that it is, beside all phones, in the mean:
 * sharper than the fit of whole sentences, which moves by less than it varies. */
static err_t clearness(struct senones *senones, const struct reading *r, double *out) {
    struct clear c = {.mdef = senones_mdef(senones), .reading = r};
    TRY(score(senones, r, watch_clear, &c));
    *out = c.sum / c.n;
    return ERR_OK;
}

/* The sound as frames, with a little of a quiet room around it, as hear.c does. */
static size_t listen(struct enrolment *e, const int16_t *samples, size_t n) {
    memcpy(e->room + COMFORT_LEAD_SAMPLES, samples, n * sizeof *samples);
    return features_all(e->features, e->room, comfort_around(e->room, n), e->frames);
}

static void keep(struct enrolment *e, struct reading *r) {
    for (size_t t = 0; t < r->n; t++)
        gaussians_count(senones_gaussians(e->senones), r->path[t], (const float(*)[GAUSSIANS_CEPSTRA])e->seen[t],
                        r->stats);
    e->readings[e->n++] = *r;
}

static err_t reading_make(struct reading *r, const char *sentence, const struct frame *frames, size_t n) {
    r->n = n;
    r->sentence = strdup(sentence);
    r->frames = malloc(n * sizeof *r->frames);
    r->path = malloc(n * sizeof *r->path);
    r->stats = calloc(1, sizeof *r->stats);
    if (!r->sentence || !r->frames || !r->path || !r->stats)
        return err_fail(ERR_MEMORY, "out of memory for a sentence");
    memcpy(r->frames, frames, n * sizeof *frames);
    return ERR_OK;
}

err_t enrolment_read(struct enrolment *e, const char *sentence, const int16_t *samples, size_t n,
                     struct enrolment_reading *out) {
    struct reading r = {0};
    struct passed passed = {0};
    if (e->n == ENROLMENT_MAX) return err_fail(ERR_FULL, "more than %d sentences", ENROLMENT_MAX);
    if (n > UTTERANCE_SAMPLES) return err_fail(ERR_RANGE, "a sentence of more than %d seconds", HEAR_MAX_MS / 1000);
    *out = (struct enrolment_reading){0};
    if (n < SHORTEST_SAMPLES) return ERR_OK;
    size_t frames = listen(e, samples, n);
    err_t err = reading_make(&r, sentence, e->frames, frames);
    if (!err) err = pass(e, e->senones, &r, &passed);
    if (!err && passed.speech_frames) {
        r.fit = passed.fit;
        out->fit = (float)passed.fit;
        out->speech_ms = passed.speech_frames * 1000 * FEATURES_HOP / RATE_HZ;
        out->read = passed.fit >= e->tuning.enrol_read;
    }
    if (!err && out->read) err = clearness(e->senones, &r, &r.clear);
    if (!err && out->read)
        keep(e, &r);
    else
        reading_free(&r);
    return err;
}

/* ---- all of them ---- */

/* Of all sentences but those of one fold; -1: of all. */
static err_t learn(struct enrolment *e, int fold, struct adaptation *out) {
    struct adaptation_stats *all = calloc(1, sizeof *all), *expected = calloc(1, sizeof *expected);
    err_t err = all && expected ? ERR_OK : err_fail(ERR_MEMORY, "out of memory for a voice");
    if (!err) {
        gaussians_count_expected(senones_gaussians(e->senones), expected);
        adaptation_add(all, expected, e->tuning.enrol_prior);
        for (int i = 0; i < e->n; i++)
            if (i % FOLDS != fold) adaptation_add(all, e->readings[i].stats, 1);
        *out = (struct adaptation){.model = gaussians_fingerprint(senones_gaussians(e->senones)), .readings = e->n};
        err = adaptation_solve(all, out);
    }
    free(all);
    free(expected);
    return err;
}

/* What the sentences of a fold gain by a voice made of the others. */
static err_t try_fold(struct enrolment *e, int fold, double *gains) {
    struct adaptation a;
    struct senones *adapted;
    double clear;
    TRY(learn(e, fold, &a));
    TRY(senones_open(&adapted, e->model, network_prior(e->network), &e->tuning));
    err_t err = gaussians_adapt(senones_gaussians(adapted), &a);
    for (int i = fold; !err && i < e->n; i += FOLDS) {
        err = clearness(adapted, &e->readings[i], &clear);
        gains[i] = clear - e->readings[i].clear;
    }
    senones_close(adapted);
    return err;
}

static void weigh(const struct enrolment *e, const double *gains, struct enrolment_result *r) {
    double fit = 0, mean = 0, variance = 0;
    for (int i = 0; i < e->n; i++) fit += e->readings[i].fit / e->n;
    for (int i = 0; i < e->n; i++) mean += gains[i] / e->n;
    for (int i = 0; i < e->n; i++) variance += (gains[i] - mean) * (gains[i] - mean) / (e->n - 1);
    r->read = e->n;
    r->fit = (float)fit;
    r->gain = (float)mean;
    r->sure = (float)(mean / sqrt(variance / e->n + 1e-12));
    r->helps = r->gain >= (float)e->tuning.enrol_gain && r->sure >= (float)e->tuning.enrol_sure;
    r->adaptation.gain = r->gain;
}

err_t enrolment_finish(struct enrolment *e, struct enrolment_result *out) {
    struct enrolment_result r = {0};
    double gains[ENROLMENT_MAX];
    if (e->n < ENROLMENT_LEAST)
        return err_fail(ERR_RANGE, "%d sentences were read well; a voice needs %d at least", e->n, ENROLMENT_LEAST);
    for (int fold = 0; fold < FOLDS; fold++) TRY(try_fold(e, fold, gains));
    TRY(learn(e, -1, &r.adaptation));
    weigh(e, gains, &r);
    *out = r;
    return ERR_OK;
}
