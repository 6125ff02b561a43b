/* The stream. An utterance is decoded as a whole, in the pause that may be its end: by the time the endpointer is sure,
 * the words are there. If speech goes on after the pause, they are forgotten. Every sample goes into a short history
 * and is looked at from a cursor. So the samples between the end of the wake phrase and the moment the caller asks for
 * a command are not lost: the cursor goes back to where the phrase ended. And an utterance begins a little before its
 * onset was noticed. */
#include <string.h>

#include "base/log.h"
#include "hear/hear_private.h"

enum { PRE_ROLL_MS = 300, PAUSE_MS = 240, TAIL_MS = 500, TAIL_QUIET_MS = 100 };

static void history_write(struct hear *h, const int16_t *samples, size_t n) {
    for (size_t i = 0; i < n; i++) {
        int16_t *kept = &h->history[(uint64_t)(h->written + (int64_t)i) % HISTORY_SAMPLES];
        *kept = samples[i];
        comfort_add(&h->comfort, kept, 1);
    }
    h->written += (int64_t)n;
    int64_t oldest = h->written - HISTORY_SAMPLES;
    if (h->cursor < oldest) h->cursor = oldest;
}

static void history_read(const struct hear *h, int64_t from, int16_t *samples, size_t n) {
    for (size_t i = 0; i < n; i++) samples[i] = h->history[(uint64_t)(from + (int64_t)i) % HISTORY_SAMPLES];
}

static void stop(struct hear *h) {
    decoder_end(h->decoder);
    h->in_utterance = false;
    h->mode = HEAR_OFF;
}

err_t hear_listen(struct hear *h, enum hear_mode mode, const char *state) {
    int at = mode == HEAR_COMMAND ? held_find(&h->held, state) : 0;
    if (at < 0) return err_fail(ERR_NOT_FOUND, "nothing is listened for in a state \"%.40s\"", state ? state : "");
    if (mode == HEAR_WAKE && !h->wake.n_phones) return err_fail(ERR_ARG, "there is no wake phrase to wait for");
    bool woken = h->mode == HEAR_WAKE && mode == HEAR_COMMAND && h->earliest > 0;
    stop(h);
    if (woken) {
        h->cursor = h->earliest;
    } else {
        h->earliest = 0;
        h->cursor = h->written;
    }
    if (mode == HEAR_COMMAND) {
        const char *search; /* made now, not when somebody begins to speak */
        TRY(held_search(&h->held, h->decoder, h->lexicon, at, &search));
        if (!woken) h->earliest = h->written;
        h->tail_quiet_ms = 0;
        h->tail_end = woken ? h->cursor + (int64_t)TAIL_MS * SAMPLES_PER_MS : 0;
        endpoint_reset(&h->endpoint);
        h->state = at;
    }
    if (mode == HEAR_WAKE) wake_begin(h);
    h->mode = mode;
    return ERR_OK;
}

static enum hear_event wake_block(struct hear *h, const int16_t *samples) {
    struct wake_place place;
    if (!wake_feed(h, samples, BLOCK_SAMPLES, &place) || place.score < h->wake.threshold) return HEAR_NOTHING;
    h->earliest = h->cursor - (int64_t)place.age_ms * SAMPLES_PER_MS;
    wake_begin(h);
    return HEAR_WOKE;
}

/* From a little before the onset. */
static void command_begin(struct hear *h) {
    int64_t from = h->cursor - (int64_t)(h->endpoint.config.onset_ms + PRE_ROLL_MS) * SAMPLES_PER_MS;
    int64_t oldest = h->written - HISTORY_SAMPLES;
    if (from < oldest) from = oldest;
    if (from < h->earliest) from = h->earliest;
    h->begun = from;
    h->in_utterance = true;
    h->decoded = false;
}

/* What has been said up to the cursor. */
static void command_decode(struct hear *h) {
    int64_t oldest = h->written - HISTORY_SAMPLES;
    if (h->begun < oldest) h->begun = oldest;
    size_t n = (size_t)(h->cursor - h->begun);
    history_read(h, h->begun, utterance_room(h), n);
    h->result = (struct hear_result){0};
    if (utterance_decode(h, h->state, n, &h->result)) log_warning("cannot hear: %s", err_reason());
    h->decoded = true;
}

static void command_end(struct hear *h, struct hear_result *out) {
    if (!h->decoded) command_decode(h);
    *out = h->result;
    stop(h);
}

/* The phrase is often recognised before its last sound has died away. If a pause comes soon, the command begins after
 * it; if not, both were said in one breath, and it begins where the phrase was recognised. True while that is not
 * known. */
static bool is_tail(struct hear *h, const int16_t *samples) {
    if (!h->tail_end) return false;
    endpoint_block(&h->endpoint, samples, BLOCK_SAMPLES);
    h->tail_quiet_ms = h->endpoint.speech_ms ? 0 : h->tail_quiet_ms + BLOCK_SAMPLES / SAMPLES_PER_MS;
    endpoint_reset(&h->endpoint);
    if (h->tail_quiet_ms >= TAIL_QUIET_MS)
        h->earliest = h->cursor;
    else if (h->cursor >= h->tail_end)
        h->cursor = h->earliest;
    else
        return true;
    h->tail_end = 0;
    return true;
}

static enum hear_event command_block(struct hear *h, const int16_t *samples, struct hear_result *out) {
    if (is_tail(h, samples)) return HEAR_NOTHING;
    switch (endpoint_block(&h->endpoint, samples, BLOCK_SAMPLES)) {
        case ENDPOINT_START:
            command_begin(h);
            return HEAR_STARTED;
        case ENDPOINT_END:
        case ENDPOINT_LIMIT:
            command_end(h, out);
            return HEAR_RESULT;
        case ENDPOINT_NO_SPEECH:
            stop(h);
            return HEAR_NO_SPEECH;
        case ENDPOINT_NONE:
            break;
    }
    if (!h->in_utterance) return HEAR_NOTHING;
    if (h->endpoint.silence_ms == 0) h->decoded = false;
    if (h->endpoint.silence_ms >= PAUSE_MS && !h->decoded) command_decode(h);
    return HEAR_NOTHING;
}

/* Looks at the samples from the cursor on, block by block, until there is something to tell. */
static enum hear_event look(struct hear *h, struct hear_result *out) {
    enum hear_event event = HEAR_NOTHING;
    while (event == HEAR_NOTHING && h->mode != HEAR_OFF && h->written - h->cursor >= BLOCK_SAMPLES) {
        int16_t samples[BLOCK_SAMPLES];
        history_read(h, h->cursor, samples, BLOCK_SAMPLES);
        h->cursor += BLOCK_SAMPLES;
        event = h->mode == HEAR_WAKE ? wake_block(h, samples) : command_block(h, samples, out);
    }
    return event;
}

enum hear_event hear_block(struct hear *h, const int16_t *samples, size_t n, struct hear_result *out) {
    if (h->mode == HEAR_OFF) return HEAR_NOTHING;
    history_write(h, samples, n);
    return look(h, out);
}
