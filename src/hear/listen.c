/* The stream. Every sample goes into a short history and is looked at from a cursor. So the samples between the end of
 * the wake phrase and the moment the caller asks for a command are not lost: the cursor goes back to where the phrase
 * ended. And an utterance begins a little before its onset was noticed. */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "hear/comfort.h"
#include "hear/hear_private.h"

enum { PRE_ROLL_MS = 300 };

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
    decoder_end(h->rival);
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
        endpoint_reset(&h->endpoint);
        h->state = at;
    }
    if (mode == HEAR_WAKE) TRY(wake_begin(h, false));
    h->mode = mode;
    return ERR_OK;
}

static enum hear_event wake_block(struct hear *h, const int16_t *samples) {
    double score;
    if (!wake_feed(h, &h->endpoint, samples, BLOCK_SAMPLES, &score) || score < h->wake.threshold) return HEAR_NOTHING;
    h->earliest = h->cursor - (int64_t)WAKE_DELAY_MS * SAMPLES_PER_MS;
    if (h->earliest < 1) h->earliest = 1;
    if (wake_begin(h, false)) log_warning("wake phrase: %s", err_reason());
    return HEAR_WOKE;
}

/* Feeds what was said from before the onset up to the cursor. */
static err_t command_begin(struct hear *h) {
    int64_t from = h->cursor - (int64_t)(h->endpoint.config.onset_ms + PRE_ROLL_MS) * SAMPLES_PER_MS;
    int64_t oldest = h->written - HISTORY_SAMPLES;
    if (from < oldest) from = oldest;
    if (from < h->earliest) from = h->earliest;
    TRY(utterance_begin(h, h->state, false));
    h->begun = from;
    h->in_utterance = true;
    while (from < h->cursor) {
        int16_t samples[BLOCK_SAMPLES];
        size_t n = h->cursor - from < BLOCK_SAMPLES ? (size_t)(h->cursor - from) : BLOCK_SAMPLES;
        history_read(h, from, samples, n);
        utterance_feed(h, samples, n, false);
        from += (int64_t)n;
    }
    return ERR_OK;
}

static void command_end(struct hear *h, struct hear_result *out) {
    *out = (struct hear_result){.audio_ms = (h->cursor - h->begun) / SAMPLES_PER_MS};
    utterance_end(h, out);
    stop(h);
}

static enum hear_event command_block(struct hear *h, const int16_t *samples, struct hear_result *out) {
    if (h->in_utterance) utterance_feed(h, samples, BLOCK_SAMPLES, false);
    switch (endpoint_block(&h->endpoint, samples, BLOCK_SAMPLES)) {
        case ENDPOINT_START:
            if (!command_begin(h)) return HEAR_STARTED;
            log_warning("cannot listen: %s", err_reason());
            stop(h);
            return HEAR_NO_SPEECH;
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
    int64_t start = clock_cpu_ns();
    history_write(h, samples, n);
    bool speaking = h->in_utterance;
    enum hear_event event = look(h, out);
    if (!speaking) h->cpu_ns = 0;
    h->cpu_ns += clock_cpu_ns() - start;
    if (event == HEAR_RESULT) out->decode_ns = h->cpu_ns;
    return event;
}
