#include "hear/hear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "hear/comfort.h"
#include "hear/hear_private.h"

static const char default_model[] = "/usr/share/pocketsphinx/model/en-us/en-us";

enum { SHORTEST_MS = 60, LONGEST_MS = HEAR_MAX_MS, LONG_PHRASE = 10 /* phones */ };

/* Short phrases are more often heard in other speech. */
static double default_threshold(const struct tuning *t, int n_phones) {
    return t->wake_threshold + (n_phones < LONG_PHRASE ? (LONG_PHRASE - n_phones) * t->wake_short : 0);
}

static err_t open_parts(struct hear *h, const struct hear_config *config) {
    TRY(tuning_load(&h->tuning, config->tuning));
    h->held.arcs_kept = (int32_t)h->tuning.arcs_kept;
    const char *model = config->model ? config->model : default_model;
    TRY(decoder_open(&h->decoder, model, &h->tuning));
    TRY(decoder_open(&h->rival, model, &h->tuning));
    TRY(decoder_set_phone_loop(h->rival, SEARCH_LOOP));
    if (!config->wake_phrase) return ERR_OK;
    TRY(decoder_set_phrase(h->decoder, SEARCH_WAKE, config->wake_phrase, h->lexicon, h->tuning.wake_candidate,
                           &h->wake.n_phones));
    h->wake.threshold =
        config->wake_threshold != 0 ? config->wake_threshold : default_threshold(&h->tuning, h->wake.n_phones);
    return ERR_OK;
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
    held_clear(&h->held);
    free(h);
}

err_t hear_set_state(struct hear *h, const char *state, const struct net *net, int *n_left_out) {
    if (h->in_utterance) return err_fail(ERR_BUSY, "state %s cannot change in the middle of an utterance", state);
    return held_set(&h->held, h->decoder, h->lexicon, state, net, n_left_out);
}

err_t utterance_begin(struct hear *h, int state, bool whole) {
    const char *search;
    TRY(held_search(&h->held, h->decoder, h->lexicon, state, &search));
    decoder_copy_mean(h->rival, h->decoder);
    TRY(decoder_begin(h->decoder, search, whole));
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

/* The grammar may not have come to an end where the speech did: then what there is of it so far. */
void utterance_end(struct hear *h, struct hear_result *out) {
    struct decoded hypothesis, loop, so_far;
    char text_so_far[HEAR_TEXT_MAX];
    decoder_result(h->decoder, &so_far);
    decoder_text(h->decoder, text_so_far, sizeof text_so_far);
    decoder_end(h->decoder);
    decoder_end(h->rival);
    decoder_result(h->decoder, &hypothesis);
    decoder_result(h->rival, &loop);
    decoder_text(h->decoder, out->text, sizeof out->text);
    if (!hypothesis.words) {
        hypothesis = so_far;
        str_copy(out->text, sizeof out->text, text_so_far);
    }
    out->confidence = confidence_of(&hypothesis, &loop, &h->tuning);
}

/* The whole recording with a little of a quiet room around it. */
static err_t feed_recording(struct hear *h, const int16_t *samples, size_t n) {
    const size_t lead = COMFORT_LEAD_MS * SAMPLES_PER_MS;
    int16_t *room = calloc(n + 2 * lead, sizeof *room);
    if (!room) return err_fail(ERR_MEMORY, "out of memory for a recording");
    memcpy(room + lead, samples, n * sizeof *room);
    uint32_t seed = 1; /* the same recording is heard the same */
    comfort_add(&seed, room, n + 2 * lead);
    utterance_feed(h, room, n + 2 * lead, true);
    free(room);
    return ERR_OK;
}

err_t hear_utterance(struct hear *h, const char *state, const int16_t *samples, size_t n, struct hear_result *out) {
    int at = held_find(&h->held, state);
    if (at < 0) return err_fail(ERR_NOT_FOUND, "nothing is listened for in a state \"%.40s\"", state ? state : "");
    size_t most = (size_t)LONGEST_MS * SAMPLES_PER_MS;
    struct hear_result r = {.audio_ms = (int64_t)(n / SAMPLES_PER_MS)};
    if (r.audio_ms >= SHORTEST_MS) {
        int64_t start = clock_cpu_ns();
        h->mode = HEAR_OFF;
        h->in_utterance = false;
        TRY(utterance_begin(h, at, true));
        TRY(feed_recording(h, samples, n < most ? n : most));
        utterance_end(h, &r);
        r.decode_ns = clock_cpu_ns() - start;
    }
    *out = r;
    return ERR_OK;
}
