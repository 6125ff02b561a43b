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
    int16_t *played = utterance_room(h);
    int64_t from = h->written > PLAYED_SAMPLES ? h->written - PLAYED_SAMPLES : 0;
    size_t n = (size_t)(h->written - from);
    return played_read(h, from, played, n) && wake_is_said(h, played, n);
}

static bool word_is_own(struct hear *h, int64_t from, size_t n, const char *text) {
    struct hear_result own;
    if (!played_read(h, from, utterance_room(h), n)) return false;
    return utterance_decode(h, h->barge.state, n, &own) == ERR_OK && str_equal(own.text, text) &&
           own.confidence >= OWN_CONFIDENCE;
}

static bool burst_decode(struct hear *h, struct hear_result *out) {
    int64_t from = h->barge.begun;
    size_t n = (size_t)(h->cursor - from);
    struct hear_result r;
    history_read(h, from, utterance_room(h), n);
    if (utterance_decode(h, h->barge.state, n, &r) || !*r.text || word_is_own(h, from, n, r.text)) return false;
    *out = r;
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
        case ENDPOINT_NOISE:
        case ENDPOINT_LIMIT:
        case ENDPOINT_NO_SPEECH:
        case ENDPOINT_NONE:
            break;
    }
    return false;
}
