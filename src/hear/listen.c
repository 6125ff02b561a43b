/* The stream. An utterance is decoded while it comes (live.h). In a pause the words so far say how long to wait for
 * more: not long after a whole sentence, longer in the middle of one. If they are not sure, the utterance is decoded
 * once more as a whole, in that pause, so that the words are there before the endpointer is sure; if speech goes on
 * after the pause, they are forgotten. Every sample goes into a short history and is looked at from a cursor. So the
 * samples between the end of the wake phrase and the moment the caller asks for a command are not lost: the cursor goes
 * back to where the phrase ended. And an utterance begins a little before its onset was noticed. */
#include <string.h>

#include "base/log.h"
#include "hear/barge.h"
#include "hear/hear_private.h"

enum { PRE_ROLL_MS = 300, TAIL_MS = 500, REPLY_TAIL_MS = 300, TAIL_QUIET_MS = 100 };

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

void history_read(const struct hear *h, int64_t from, int16_t *samples, size_t n) {
    for (size_t i = 0; i < n; i++) samples[i] = h->history[(uint64_t)(from + (int64_t)i) % HISTORY_SAMPLES];
}

static void stop(struct hear *h) {
    live_stop(h->live);
    h->in_utterance = false;
    h->mode = HEAR_OFF;
}

static err_t open_sentence(struct hear *h, int state) {
    sentence_close(h->sentence);
    h->sentence = NULL;
    const struct held_net *s = &h->held.v[state];
    return s->names ? ERR_OK : sentence_open(&h->sentence, &s->net);
}

err_t hear_listen(struct hear *h, enum hear_mode mode, const char *state) {
    int at = mode == HEAR_COMMAND || mode == HEAR_BARGE ? held_find(&h->held, state) : 0;
    if (at < 0 && mode == HEAR_COMMAND)
        return err_fail(ERR_NOT_FOUND, "nothing is listened for in a state \"%.40s\"", state ? state : "");
    bool wakes = mode == HEAR_WAKE || mode == HEAR_BARGE;
    if (wakes && !h->wake.n_phones) return err_fail(ERR_ARG, "there is no wake phrase to wait for");
    bool woken = (h->mode == HEAR_WAKE || h->mode == HEAR_BARGE) && mode == HEAR_COMMAND && h->earliest > 0;
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
        TRY(open_sentence(h, at));
        if (!woken) h->earliest = h->written;
        h->tail_quiet_ms = 0;
        h->tail_end = h->cursor + (int64_t)(woken ? TAIL_MS : REPLY_TAIL_MS) * SAMPLES_PER_MS;
        endpoint_reset(&h->endpoint);
        h->state = at;
    }
    if (mode == HEAR_BARGE) barge_begin(h, at);
    if (wakes) wake_begin(h);
    h->mode = mode;
    return ERR_OK;
}

static enum hear_event wake_block(struct hear *h, const int16_t *samples, struct hear_result *out) {
    struct wake_place place;
    endpoint_block(&h->endpoint, samples, BLOCK_SAMPLES); /* follows the noise of the room */
    bool heard = wake_feed(h, samples, BLOCK_SAMPLES, &place) && place.score >= h->wake.threshold;
    if (!heard || (h->mode == HEAR_BARGE && barge_wake_is_own(h)))
        return h->mode == HEAR_BARGE && barge_block(h, samples, out) ? HEAR_RESULT : HEAR_NOTHING;
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
    live_begin(h->live);
    while (from < h->cursor) {
        int16_t samples[BLOCK_SAMPLES];
        size_t n = h->cursor - from < BLOCK_SAMPLES ? (size_t)(h->cursor - from) : BLOCK_SAMPLES;
        history_read(h, from, samples, n);
        live_feed(h->live, samples, n);
        from += (int64_t)n;
    }
}

/* What has been said up to the cursor, as a whole. */
static void command_decode(struct hear *h) {
    int64_t oldest = h->written - HISTORY_SAMPLES;
    if (h->begun < oldest) h->begun = oldest;
    size_t n = (size_t)(h->cursor - h->begun);
    history_read(h, h->begun, utterance_room(h), n);
    h->result = (struct hear_result){0};
    live_stop(h->live);
    if (utterance_decode(h, h->state, n, &h->result)) log_warning("cannot hear: %s", err_reason());
    h->result.whole = h->decoded = true;
}

/* Waits for the next one. */
static void command_forget(struct hear *h) {
    live_stop(h->live);
    h->in_utterance = false;
}

static bool is_sure(const struct hear *h, const struct hear_result *r) {
    return (double)r->confidence >= h->tuning.live_sure;
}

/* A clatter, a cough, a word from the next room: short and like nothing that is listened for. */
static bool is_nothing(const struct hear *h, const struct hear_result *r, int spoken_ms) {
    return spoken_ms < (int)h->tuning.nothing_ms && (double)r->confidence < h->tuning.nothing;
}

static enum hear_event command_end(struct hear *h, int spoken_ms, struct hear_result *out) {
    if (!h->decoded && (!live_decodes(h->live) || !live_finish(h->live, &h->result) || !is_sure(h, &h->result)))
        command_decode(h);
    if (is_nothing(h, &h->result, spoken_ms)) {
        command_forget(h);
        return HEAR_NOTHING;
    }
    *out = h->result;
    stop(h);
    return HEAR_RESULT;
}

/* An n-gram model says only how likely it is. */
static int pause_by_wordings_ms(struct hear *h, const char *words) {
    const struct tuning *t = &h->tuning;
    double end = (double)decoder_end_share(h->decoder, words);
    return (int)(end >= t->ends ? t->open_ms : end < t->goes_on ? t->middle_ms : t->unknown_ms);
}

/* How long a pause after these words may be. */
static int pause_allowed_ms(struct hear *h, const char *words) {
    const struct tuning *t = &h->tuning;
    float end = h->sentence && *words ? sentence_end(h->sentence, words) : -1;
    if (end < 0) return h->result.wordings && *words ? pause_by_wordings_ms(h, words) : (int)t->unknown_ms;
    if (!(end > 0)) return (int)t->middle_ms;
    return (int)(t->open_ms + (double)end * (t->whole_ms - t->open_ms));
}

static void command_search(struct hear *h) {
    const char *search;
    if (!h->sentence || held_search(&h->held, h->decoder, h->lexicon, h->state, &search) ||
        live_decode(h->live, search))
        return; /* it is decoded in the pause */
}

/* Whoever pauses may have come to an end. */
static void command_pause(struct hear *h) {
    if (!h->decoded) {
        if (live_decodes(h->live)) live_look(h->live, &h->result);
        if (!live_decodes(h->live) || !is_sure(h, &h->result)) command_decode(h);
    }
    if (h->patient) endpoint_wait(&h->endpoint, pause_allowed_ms(h, h->result.text));
}

static void command_go_on(struct hear *h) {
    bool pause = h->endpoint.silence_ms >= (int)h->tuning.pause_ms;
    if (h->endpoint.silence_ms == 0) h->decoded = false;
    if (!h->decoded && !live_decodes(h->live) && (pause || live_ms(h->live) >= (int)h->tuning.live_start_ms))
        command_search(h);
    live_step(h->live, pause);
    if (pause) command_pause(h);
}

/* The phrase is often recognised before its last sound has died away, and the room goes on after a reply. If a pause
 * comes soon, the command begins after it; if not, both were said in one breath, and it begins where the phrase was
 * recognised. True while that is not known. */
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
    int spoken_ms = h->endpoint.spoken_ms;
    if (h->in_utterance) {
        live_feed(h->live, samples, BLOCK_SAMPLES);
        endpoint_speech(&h->endpoint, live_speech(h->live));
    }
    switch (endpoint_block(&h->endpoint, samples, BLOCK_SAMPLES)) {
        case ENDPOINT_START:
            command_begin(h);
            return HEAR_STARTED;
        case ENDPOINT_END:
            return command_end(h, spoken_ms, out);
        case ENDPOINT_LIMIT:
            stop(h);
            return HEAR_TOO_LONG;
        case ENDPOINT_NOISE:
            command_forget(h);
            return HEAR_NOTHING;
        case ENDPOINT_NO_SPEECH:
            stop(h);
            return HEAR_NO_SPEECH;
        case ENDPOINT_NONE:
            break;
    }
    if (h->in_utterance) command_go_on(h);
    return HEAR_NOTHING;
}

/* Looks at the samples from the cursor on, block by block, until there is something to tell. */
static enum hear_event look(struct hear *h, struct hear_result *out) {
    enum hear_event event = HEAR_NOTHING;
    while (event == HEAR_NOTHING && h->mode != HEAR_OFF && h->written - h->cursor >= BLOCK_SAMPLES) {
        int16_t samples[BLOCK_SAMPLES];
        history_read(h, h->cursor, samples, BLOCK_SAMPLES);
        h->cursor += BLOCK_SAMPLES;
        event = h->mode == HEAR_COMMAND ? command_block(h, samples, out) : wake_block(h, samples, out);
    }
    return event;
}

/* Thrown away, but time passes: what is heard later does not depend on when listening began. */
static void history_skip(struct hear *h, size_t n) {
    static const int16_t nothing[BLOCK_SAMPLES];
    for (size_t part; n > 0; n -= part) {
        part = n < BLOCK_SAMPLES ? n : BLOCK_SAMPLES;
        history_write(h, nothing, part);
    }
    h->cursor = h->written;
}

enum hear_event hear_block(struct hear *h, const int16_t *samples, size_t n, struct hear_result *out) {
    if (h->mode == HEAR_OFF) {
        history_skip(h, n);
        return HEAR_NOTHING;
    }
    history_write(h, samples, n);
    return look(h, out);
}
