/* While a reply is played. A short burst of speech (the endpointer finds it in what the canceller left) is decoded in
 * the state of the words that interrupt. Then the same stretch of what the loudspeaker played is: whatever the
 * assistant says itself, the words or the wake phrase, interrupts nobody. */
#include "hear/barge.h"

#include "base/str.h"

enum {
    BURST_ONSET_MS = 60,
    BURST_PAUSE_MS = 120,
    BURST_MAX_MS = 1600, /* longer is no word but talk, or an echo that is not cancelled yet */
    BURST_LEAD_MS = 200,
    FLUSH_MS = 600, /* silence after which the wake phrase shows */
};

/* The confidence from which the same words count as the assistant's own: what it plays is clean. */
static const float OWN_CONFIDENCE = 0.01f;

void barge_begin(struct hear *h, int state) {
    const struct endpoint_config bursts = {
        .onset_ms = BURST_ONSET_MS, .hangover_ms = BURST_PAUSE_MS, .limit_ms = BURST_MAX_MS};
    endpoint_init(&h->barge.endpoint, &bursts);
    h->barge.state = state;
    h->barge.begun = h->written;
}

void hear_played(struct hear *h, const int16_t *samples, size_t n) {
    for (size_t i = 0; i < n; i++) h->barge.played[(uint64_t)(h->written + (int64_t)i) % PLAYED_SAMPLES] = samples[i];
}

static bool played_read(const struct hear *h, int64_t from, int16_t *samples, size_t n) {
    bool sounds = false;
    for (size_t i = 0; i < n; i++) {
        samples[i] = h->barge.played[(uint64_t)(from + (int64_t)i) % PLAYED_SAMPLES];
        sounds |= samples[i] != 0;
    }
    return sounds;
}

bool barge_wake_is_own(struct hear *h) {
    struct wake_place place;
    bool own = false, sounds = false;
    uint32_t seed = 1;
    int64_t end = h->written + (int64_t)FLUSH_MS * SAMPLES_PER_MS;
    wake_begin(h);
    for (int64_t at = h->written - PLAYED_SAMPLES; at < end && !own; at += BLOCK_SAMPLES) {
        int16_t block[BLOCK_SAMPLES] = {0};
        if (at >= 0 && at < h->written) sounds |= played_read(h, at, block, BLOCK_SAMPLES);
        comfort_add(&seed, block, BLOCK_SAMPLES);
        own = wake_feed(h, block, BLOCK_SAMPLES, &place) && place.score >= h->wake.threshold;
    }
    wake_begin(h);
    return own && sounds;
}

typedef bool read_fn(const struct hear *h, int64_t from, int16_t *samples, size_t n);

static bool history_sounds(const struct hear *h, int64_t from, int16_t *samples, size_t n) {
    history_read(h, from, samples, n);
    return true;
}

/* By the features of the live search, as the others are in the middle of looking for the wake phrase. */
static bool decode(struct hear *h, read_fn *read, int64_t from, struct hear_result *out) {
    const char *search;
    bool sounds = false;
    if (held_search(&h->held, h->decoder, h->lexicon, h->barge.state, &search)) return false;
    live_begin(h->live);
    while (from < h->cursor) {
        int16_t samples[BLOCK_SAMPLES];
        size_t n = h->cursor - from < BLOCK_SAMPLES ? (size_t)(h->cursor - from) : BLOCK_SAMPLES;
        sounds |= read(h, from, samples, n);
        live_feed(h->live, samples, n);
        from += (int64_t)n;
    }
    return sounds && live_decode(h->live, search) == ERR_OK && live_finish(h->live, out) && *out->text;
}

static bool burst_decode(struct hear *h, struct hear_result *out) {
    struct hear_result heard, own;
    if (!decode(h, history_sounds, h->barge.begun, &heard)) return false;
    if (decode(h, played_read, h->barge.begun, &own) && str_equal(own.text, heard.text) &&
        own.confidence >= OWN_CONFIDENCE)
        return false;
    *out = heard;
    return true;
}

bool barge_block(struct hear *h, const int16_t *samples, struct hear_result *out) {
    if (h->barge.state < 0) return false;
    switch (endpoint_block(&h->barge.endpoint, samples, BLOCK_SAMPLES)) {
        case ENDPOINT_START:
            h->barge.begun = h->cursor - (int64_t)(BURST_ONSET_MS + BURST_LEAD_MS) * SAMPLES_PER_MS;
            if (h->barge.begun < 0) h->barge.begun = 0;
            return false;
        case ENDPOINT_END:
            return burst_decode(h, out);
        case ENDPOINT_LIMIT:
        case ENDPOINT_NOISE:
        case ENDPOINT_NO_SPEECH:
        case ENDPOINT_NONE:
            break;
    }
    return false;
}
