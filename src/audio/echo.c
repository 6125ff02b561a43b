#include "audio/echo.h"

#include <speex/speex_echo.h>
#include <speex/speex_preprocess.h>
#include <stdlib.h>
#include <string.h>

#include "audio/delay.h"

enum {
    TAIL_FRAMES = AUDIO_RATE_HZ / 5,       /* that the canceller can undo */
    ROOM_FRAMES = AUDIO_RATE_HZ / 2,       /* after the last sound until the room is taken to be silent */
    LEAD_FRAMES = AUDIO_RATE_HZ / 100,     /* the filter begins so long before the strongest path */
    LEAD_MIN_FRAMES = AUDIO_RATE_HZ / 500, /* where it has come too close to the filter's begin, */
    LEAD_MAX_FRAMES = AUDIO_RATE_HZ / 10,  /* or too far from it, the filter is moved */
    HISTORY_FRAMES = 2 * DELAY_MAX_FRAMES, /* of the far end; a power of two */
    CLIPPED = 32700,
    ECHO_DB = -40,
    SPEECH_DB = -15,
};

struct echo {
    SpeexEchoState *canceller;
    SpeexPreprocessState *suppressor; /* gives each block one block later */
    struct delay *delay;
    int16_t history[HISTORY_FRAMES]; /* the far end */
    uint64_t at;                     /* samples so far */
    uint64_t last_sound;             /* end of the last block that was played */
    uint64_t paused;                 /* frames since the last active block */
    size_t lag;                      /* of the far end that the canceller is given */
    int16_t near[ECHO_BLOCK];        /* the block before */
    int16_t far[ECHO_BLOCK];         /* what was played beside it */
    struct echo_status status;
};

static err_t parts_make(struct echo *e, const struct echo_config *c) {
    int rate = AUDIO_RATE_HZ, yes = 1, noise = c->noise_db;
    int alone = c->echo_db ? c->echo_db : ECHO_DB, speech = c->speech_db ? c->speech_db : SPEECH_DB;
    TRY(delay_create(&e->delay));
    e->canceller = speex_echo_state_init(ECHO_BLOCK, TAIL_FRAMES);
    e->suppressor = speex_preprocess_state_init(ECHO_BLOCK, rate);
    if (!e->canceller || !e->suppressor) return err_fail(ERR_MEMORY, "no memory for the echo canceller");
    speex_echo_ctl(e->canceller, SPEEX_ECHO_SET_SAMPLING_RATE, &rate);
    speex_preprocess_ctl(e->suppressor, SPEEX_PREPROCESS_SET_ECHO_STATE, e->canceller);
    /* "denoise" is what applies any gain at all */
    speex_preprocess_ctl(e->suppressor, SPEEX_PREPROCESS_SET_DENOISE, &yes);
    speex_preprocess_ctl(e->suppressor, SPEEX_PREPROCESS_SET_NOISE_SUPPRESS, &noise);
    speex_preprocess_ctl(e->suppressor, SPEEX_PREPROCESS_SET_ECHO_SUPPRESS, &alone);
    speex_preprocess_ctl(e->suppressor, SPEEX_PREPROCESS_SET_ECHO_SUPPRESS_ACTIVE, &speech);
    return ERR_OK;
}

err_t echo_create(struct echo **out, const struct echo_config *config) {
    static const struct echo_config defaults;
    struct echo *e = calloc(1, sizeof *e);
    if (!e) return err_fail(ERR_MEMORY, "no memory for the echo canceller");
    err_t err = parts_make(e, config ? config : &defaults);
    if (err) {
        echo_destroy(e);
        return err;
    }
    *out = e;
    return ERR_OK;
}

void echo_destroy(struct echo *e) {
    if (!e) return;
    if (e->suppressor) speex_preprocess_state_destroy(e->suppressor);
    if (e->canceller) speex_echo_state_destroy(e->canceller);
    delay_destroy(e->delay);
    free(e);
}

static bool is_zero(const int16_t *samples) {
    for (size_t i = 0; i < ECHO_BLOCK; i++)
        if (samples[i]) return false;
    return true;
}

/* `lag` samples before the block in hand. */
static void history_read(const struct echo *e, int16_t *samples) {
    for (size_t i = 0; i < ECHO_BLOCK; i++)
        samples[i] = e->history[(e->at + HISTORY_FRAMES - e->lag + i) % HISTORY_FRAMES];
}

static void history_write(struct echo *e, const int16_t *samples) {
    for (size_t i = 0; i < ECHO_BLOCK; i++) e->history[(e->at + i) % HISTORY_FRAMES] = samples[i];
}

/* The filter starts from nothing where it has been moved: what it had learned belonged to other delays. */
static void lag_follow(struct echo *e) {
    int delay = delay_frames(e->delay);
    if (delay < 0) return;
    int lead = delay - (int)e->lag;
    size_t wanted = delay > LEAD_FRAMES ? (size_t)(delay - LEAD_FRAMES) : 0;
    if ((lead >= LEAD_MIN_FRAMES && lead <= LEAD_MAX_FRAMES) || wanted == e->lag) return;
    e->lag = wanted;
    speex_echo_state_reset(e->canceller);
}

static void note_levels(struct echo_status *s, const int16_t *before, const int16_t *after) {
    s->active_frames += ECHO_BLOCK;
    for (size_t i = 0; i < ECHO_BLOCK; i++) {
        int level = abs(before[i]);
        if (level > s->peak) s->peak = level;
        s->clipped_frames += level >= CLIPPED;
        s->before += (double)before[i] * before[i];
        s->after += (double)after[i] * after[i];
    }
}

/* Cancelled, not yet suppressed. `far` is in step with `near` as they came, `played` as the echo is. */
static void cancel(struct echo *e, const int16_t *near, const int16_t *far, int16_t *rest, int16_t *played) {
    if (e->paused) delay_pause(e->delay, e->paused);
    e->paused = 0;
    if (delay_feed(e->delay, far, near, ECHO_BLOCK)) lag_follow(e);
    history_read(e, played);
    speex_echo_cancellation(e->canceller, near, played, rest);
    note_levels(&e->status, near, rest);
}

static void give(struct echo_out *out, const int16_t *heard, const int16_t *played) {
    memcpy(out->heard + out->n, heard, ECHO_BLOCK * sizeof *heard);
    memcpy(out->played + out->n, played, ECHO_BLOCK * sizeof *played);
    out->n += ECHO_BLOCK;
}

/* The block before this one comes out of the suppressor, which has the one in hand for its overlap. */
static void active_block(struct echo *e, const int16_t *near, const int16_t *far, struct echo_out *out) {
    int16_t rest[ECHO_BLOCK], played[ECHO_BLOCK];
    bool begins = !e->status.active;
    if (begins) speex_preprocess_run(e->suppressor, e->near); /* has been given as it was */
    cancel(e, near, far, rest, played);
    speex_preprocess_run(e->suppressor, rest);
    if (!begins) give(out, rest, e->far);
    memcpy(e->far, played, sizeof played);
}

static void passive_block(struct echo *e, const int16_t *near, struct echo_out *out) {
    static const int16_t nothing[ECHO_BLOCK];
    if (e->status.active) {
        int16_t last[ECHO_BLOCK];
        memcpy(last, near, sizeof last);
        speex_preprocess_run(e->suppressor, last);
        give(out, last, e->far);
    }
    e->paused += ECHO_BLOCK;
    give(out, near, nothing);
}

void echo_block(struct echo *e, const int16_t *near, const int16_t *far, struct echo_out *out) {
    out->n = 0;
    history_write(e, far);
    if (!is_zero(far)) e->last_sound = e->at + ECHO_BLOCK;
    bool active = e->last_sound > 0 && e->at < e->last_sound + e->lag + ROOM_FRAMES;
    if (active)
        active_block(e, near, far, out);
    else
        passive_block(e, near, out);
    memcpy(e->near, near, sizeof e->near);
    e->status.active = active;
    e->at += ECHO_BLOCK;
}

void echo_status(const struct echo *e, struct echo_status *out) {
    *out = e->status;
    out->delay_frames = delay_frames(e->delay);
    out->has_drift = delay_drift(e->delay, &out->drift_ppm);
}
