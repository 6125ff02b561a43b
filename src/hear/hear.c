#include "hear/hear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "hear/hear_private.h"

static const char default_model[] = "/usr/share/pocketsphinx/model/en-us/en-us";

enum { SHORTEST_MS = 60, LONGEST_MS = HEAR_MAX_MS };

static err_t open_parts(struct hear *h, const struct hear_config *config) {
    TRY(tuning_load(&h->tuning, config->tuning));
    const char *model = config->model ? config->model : default_model;
    TRY(decoder_open(&h->decoder, model, &h->tuning));
    TRY(decoder_open(&h->rival, model, &h->tuning));
    TRY(decoder_set_phone_loop(h->rival, SEARCH_LOOP));
    if (!config->wake_phrase) return ERR_OK;
    h->wake.threshold = config->wake_threshold != 0 ? config->wake_threshold : h->tuning.wake_threshold;
    return decoder_set_phrase(h->decoder, SEARCH_WAKE, config->wake_phrase, h->lexicon, h->tuning.wake_candidate,
                              &h->wake.n_phones);
}

err_t hear_open(struct hear **out, const struct hear_config *config, struct lexicon *lexicon) {
    struct hear *h = calloc(1, sizeof *h);
    if (!h) return err_fail(ERR_MEMORY, "out of memory for the recogniser");
    h->lexicon = lexicon;
    h->mode = HEAR_OFF;
    endpoint_init(&h->endpoint, &config->endpoint);
    err_t err = open_parts(h, config);
    if (err) {
        hear_close(h);
        return err;
    }
    *out = h;
    return ERR_OK;
}

void hear_close(struct hear *h) {
    if (!h) return;
    decoder_close(h->decoder);
    decoder_close(h->rival);
    free(h);
}

static bool search_name(char out[SEARCH_NAME_MAX], const char *state) {
    int n = snprintf(out, SEARCH_NAME_MAX, "state:%s", state);
    return n > 0 && n < SEARCH_NAME_MAX;
}

int hear_find_state(const struct hear *h, const char *state) {
    char name[SEARCH_NAME_MAX];
    if (!state || !search_name(name, state)) return -1;
    for (int i = 0; i < h->n_states; i++)
        if (str_equal(h->states[i], name)) return i;
    return -1;
}

err_t hear_set_state(struct hear *h, const char *state, const struct net *net, int *n_left_out) {
    char name[SEARCH_NAME_MAX];
    int known = hear_find_state(h, state);
    if (!search_name(name, state)) return err_fail(ERR_ARG, "the name of state \"%.80s\" is too long", state);
    if (known < 0 && h->n_states == STATES_MAX_HELD)
        return err_fail(ERR_FULL, "there are %d dialogue states already; no room for %s", STATES_MAX_HELD, state);
    if (h->in_utterance) return err_fail(ERR_BUSY, "state %s cannot change in the middle of an utterance", state);
    TRY(decoder_set_net(h->decoder, name, net, h->lexicon, n_left_out));
    if (known < 0) str_copy(h->states[h->n_states++], SEARCH_NAME_MAX, name);
    return ERR_OK;
}

err_t utterance_begin(struct hear *h, int state, bool whole) {
    decoder_copy_mean(h->rival, h->decoder);
    TRY(decoder_begin(h->decoder, h->states[state], whole));
    TRY(decoder_begin(h->rival, SEARCH_LOOP, whole));
    return ERR_OK;
}

void utterance_feed(struct hear *h, const int16_t *samples, size_t n, bool whole) {
    if (whole) {
        decoder_feed_whole(h->decoder, samples, n);
        decoder_feed_whole(h->rival, samples, n);
    } else {
        decoder_feed(h->decoder, samples, n);
        decoder_feed(h->rival, samples, n);
    }
}

void utterance_end(struct hear *h, struct hear_result *out) {
    struct decoded hypothesis, loop;
    decoder_end(h->decoder);
    decoder_end(h->rival);
    decoder_result(h->decoder, &hypothesis);
    decoder_result(h->rival, &loop);
    decoder_text(h->decoder, out->text, sizeof out->text);
    out->confidence = confidence_of(&hypothesis, &loop, &h->tuning);
}

err_t hear_utterance(struct hear *h, const char *state, const int16_t *samples, size_t n, struct hear_result *out) {
    int at = hear_find_state(h, state);
    if (at < 0) return err_fail(ERR_NOT_FOUND, "nothing is listened for in a state \"%.40s\"", state ? state : "");
    size_t most = (size_t)LONGEST_MS * SAMPLES_PER_MS;
    struct hear_result r = {.audio_ms = (int64_t)(n / SAMPLES_PER_MS)};
    if (r.audio_ms >= SHORTEST_MS) {
        int64_t start = clock_cpu_ns();
        h->mode = HEAR_OFF;
        h->in_utterance = false;
        TRY(utterance_begin(h, at, true));
        utterance_feed(h, samples, n < most ? n : most, true);
        utterance_end(h, &r);
        r.decode_ns = clock_cpu_ns() - start;
    }
    *out = r;
    return ERR_OK;
}
