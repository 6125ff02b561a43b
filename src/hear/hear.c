#include "hear/hear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "hear/comfort.h"
#include "hear/hear_private.h"
#include "hear/hypothesis.h"

enum { READINGS_LOOKED_AT = 200, SHORTEST_MS = 60, LONGEST_MS = HEAR_MAX_MS };

static err_t open_parts(struct hear *h, const struct hear_config *config) {
    TRY(tuning_load(&h->tuning, config->tuning));
    h->held.arcs_kept = (int32_t)h->tuning.arcs_kept;
    const char *model = config->model ? config->model : HEAR_DEFAULT_MODEL;
    TRY(decoder_open(&h->decoder, model, &h->tuning));
    if (!config->network) return err_fail(ERR_ARG, "no network to hear with was named");
    TRY(network_load(&h->network, config->network));
    TRY(features_open(&h->features, h->network));
    TRY(senones_open(&h->senones, model, network_prior(h->network), &h->tuning));
    if (config->adaptation) TRY(gaussians_adapt(senones_gaussians(h->senones), config->adaptation));
    TRY(live_open(&h->live, h->network, h->decoder, h->senones, &h->tuning, HISTORY_SAMPLES));
    return config->wake_phrase ? wake_open(h, config) : ERR_OK;
}

/* What the caller leaves open is the locale's. */
static void open_endpoint(struct hear *h, struct endpoint_config c) {
    const struct tuning *t = &h->tuning;
    h->patient = c.hangover_ms <= 0;
    if (h->patient) c.hangover_ms = (int)t->unknown_ms;
    if (c.limit_ms <= 0) c.limit_ms = (int)t->limit_ms;
    if (!(c.speech > 0)) c.speech = (float)t->speech;
    if (c.spoken_ms <= 0) c.spoken_ms = (int)t->spoken_ms;
    endpoint_init(&h->endpoint, &c);
}

err_t hear_open(struct hear **out, const struct hear_config *config, struct lexicon *lexicon) {
    struct hear *h = calloc(1, sizeof *h);
    if (!h) return err_fail(ERR_MEMORY, "out of memory for the recogniser");
    h->lexicon = lexicon;
    h->mode = HEAR_OFF;
    err_t err = open_parts(h, config);
    if (!err) open_endpoint(h, config->endpoint);
    if (err) {
        hear_close(h);
        return err;
    }
    *out = h;
    return ERR_OK;
}

void hear_close(struct hear *h) {
    if (!h) return;
    live_close(h->live);
    wake_close(h);
    sentence_close(h->sentence);
    decoder_close(h->decoder);
    senones_close(h->senones);
    features_close(h->features);
    network_free(h->network);
    held_clear(&h->held);
    free(h);
}

err_t hear_set_state(struct hear *h, const char *state, const struct net *net, int *n_left_out) {
    if (h->in_utterance) return err_fail(ERR_BUSY, "state %s cannot change in the middle of an utterance", state);
    return held_set(&h->held, h->decoder, h->lexicon, state, net, n_left_out);
}

err_t hear_set_names(struct hear *h, const char *arpa, const char *const *words, size_t n_words) {
    if (h->in_utterance) return err_fail(ERR_BUSY, "the shop's names cannot change in the middle of an utterance");
    TRY(decoder_set_ngram(h->decoder, HELD_NAMES, arpa, words, n_words, h->lexicon));
    h->has_names = true;
    return ERR_OK;
}

err_t hear_set_wordings(struct hear *h, const char *arpa, const char *const *words, size_t n_words) {
    TRY(hear_set_names(h, arpa, words, n_words));
    h->has_wordings = true;
    return ERR_OK;
}

err_t hear_add_wordings(struct hear *h, const char *state) {
    if (!h->has_wordings) return err_fail(ERR_ARG, "state %.40s needs the wordings first", state);
    return held_add_wordings(&h->held, state);
}

err_t hear_set_state_names(struct hear *h, const char *state) {
    if (!h->has_names) return err_fail(ERR_ARG, "state %.40s needs the shop's names first", state);
    return held_set_names(&h->held, h->decoder, state);
}

/* Keeps what is not there yet. */
static void reading_keep(void *ctx, const char *text, double cost) {
    struct hear_result *r = ctx;
    struct hear_reading reading = {.cost = (float)cost};
    if (r->n_readings == HEAR_READINGS_MAX || !str_copy(reading.text, sizeof reading.text, text)) return;
    for (int i = 0; i < r->n_readings; i++)
        if (str_equal(r->readings[i].text, reading.text)) return;
    if (!str_equal(r->text, reading.text)) r->readings[r->n_readings++] = reading;
}

/* What there was when the speech came to its end: the grammar may come to none. */
struct ending {
    struct decoder *decoder;
    const struct senones *senones;
    struct hypothesis hypothesis;
};

static void ending_take(void *ctx) {
    struct ending *e = ctx;
    hypothesis_take(&e->hypothesis, e->decoder, e->senones);
}

static err_t run(struct hear *h, const char *search, size_t n_frames, struct hypothesis *out) {
    struct ending ending = {.decoder = h->decoder, .senones = h->senones};
    struct senones_source source = {.ctx = &ending, .names = str_equal(search, HELD_NAMES)};
    if (!source.names) source.at_end = ending_take; /* that one always has an end */
    TRY(decoder_run(h->decoder, search, senones_stream(h->senones, h->frames, n_frames, &source)));
    hypothesis_take(out, h->decoder, h->senones);
    if (!out->decoded.words) *out = ending.hypothesis;
    return ERR_OK;
}

int16_t *utterance_room(struct hear *h) {
    return h->room + COMFORT_LEAD_SAMPLES;
}

static const struct confidence_tuning *weights_for(const struct hear *h, const struct hear_result *r) {
    if (!r->names) return &h->tuning.confidence;
    return r->wordings ? &h->tuning.wordings_confidence : &h->tuning.names_confidence;
}

/* By one search. */
static err_t decode_by(struct hear *h, const char *search, size_t frames, struct hear_result *out) {
    struct hypothesis hypothesis;
    TRY(run(h, search, frames, &hypothesis));
    out->names = str_equal(search, HELD_NAMES);
    out->wordings = out->names && h->has_wordings;
    str_copy(out->text, sizeof out->text, hypothesis.text);
    if (out->names) decoder_readings(h->decoder, READINGS_LOOKED_AT, reading_keep, out);
    if (evidence_of(&hypothesis.decoded, senones_loop(h->senones), senones_clear(h->frames, frames), out->evidence))
        out->confidence = confidence_of(out->evidence, weights_for(h, out));
    return ERR_OK;
}

/* The confidences are probabilities of the same thing, so that the greater one is right more often. */
static err_t decode_wordings(struct hear *h, size_t frames, struct hear_result *best) {
    struct hear_result other = {.audio_ms = best->audio_ms};
    TRY(decode_by(h, HELD_NAMES, frames, &other));
    if (other.confidence > best->confidence) *best = other;
    return ERR_OK;
}

err_t utterance_decode(struct hear *h, int state, size_t n, struct hear_result *out) {
    const char *search;
    struct hear_result r = {.audio_ms = (int64_t)(n / SAMPLES_PER_MS)};
    int64_t start = clock_cpu_ns();
    size_t all = comfort_around(h->room, n);
    TRY(held_search(&h->held, h->decoder, h->lexicon, state, &search));
    size_t frames = features_all(h->features, h->room, all, h->frames);
    TRY(decode_by(h, search, frames, &r));
    if (h->held.v[state].wordings && (double)r.confidence < h->tuning.wordings_below)
        TRY(decode_wordings(h, frames, &r));
    r.decode_ns = clock_cpu_ns() - start;
    *out = r;
    return ERR_OK;
}

err_t hear_utterance(struct hear *h, const char *state, const int16_t *samples, size_t n, struct hear_result *out) {
    int at = held_find(&h->held, state);
    if (at < 0) return err_fail(ERR_NOT_FOUND, "nothing is listened for in a state \"%.40s\"", state ? state : "");
    if (n > UTTERANCE_SAMPLES) n = UTTERANCE_SAMPLES;
    if (n < SHORTEST_MS * SAMPLES_PER_MS) {
        *out = (struct hear_result){.audio_ms = (int64_t)(n / SAMPLES_PER_MS)};
        return ERR_OK;
    }
    h->mode = HEAR_OFF;
    h->in_utterance = false;
    memcpy(utterance_room(h), samples, n * sizeof *samples);
    return utterance_decode(h, at, n, out);
}
