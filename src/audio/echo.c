#include "audio/echo.h"

#include <stdlib.h>
#include <string.h>

#include "audio/canceller.h"
#include "audio/delay.h"
#include "audio/skew.h"
#include "audio/suppressor.h"

enum {
    ROOM_FRAMES = CANCELLER_BLOCKS * ECHO_BLOCK, /* after the last sound until the room is taken to be silent */
    LEAD_FRAMES = AUDIO_RATE_HZ / 100,           /* the filter begins at least so long before the strongest path */
    LEAD_MIN_FRAMES = AUDIO_RATE_HZ / 500,       /* where it has come too close to the filter's begin, */
    LEAD_MAX_FRAMES = AUDIO_RATE_HZ / 10,        /* or too far from it, the filter is moved */
    CLIPPED = 32700,
};

struct echo {
    struct canceller *canceller;
    struct suppressor *suppressor; /* gives each block one block later */
    struct delay *delay;
    struct skew skew;         /* the far end */
    uint64_t at;              /* samples so far */
    uint64_t last_sound;      /* end of the last block that was played */
    uint64_t paused;          /* frames since the last active block */
    size_t lag;               /* after which the canceller's filter begins, whole blocks */
    int16_t near[ECHO_BLOCK]; /* the block before */
    int16_t far[ECHO_BLOCK];  /* what was played beside it */
    struct echo_status status;
};

err_t echo_create(struct echo **out) {
    struct echo *e = calloc(1, sizeof *e);
    if (!e) return err_fail(ERR_MEMORY, "no memory for the echo canceller");
    err_t err = delay_create(&e->delay);
    if (!err) err = canceller_create(&e->canceller);
    if (!err) err = suppressor_create(&e->suppressor);
    if (err) {
        echo_destroy(e);
        return err;
    }
    *out = e;
    return ERR_OK;
}

void echo_destroy(struct echo *e) {
    if (!e) return;
    suppressor_destroy(e->suppressor);
    canceller_destroy(e->canceller);
    delay_destroy(e->delay);
    free(e);
}

static bool is_zero(const int16_t *samples) {
    for (size_t i = 0; i < ECHO_BLOCK; i++)
        if (samples[i]) return false;
    return true;
}

/* After a new look. */
static void delay_follow(struct echo *e) {
    int delay = delay_frames(e->delay);
    double ppm;
    if (delay < 0) return;
    if (delay_drift(e->delay, &ppm) && skew_set(&e->skew, ppm, delay)) canceller_forget(e->canceller);
    delay -= (int)skew_behind(&e->skew);
    int lead = delay - (int)e->lag;
    size_t wanted = delay > LEAD_FRAMES ? (size_t)(delay - LEAD_FRAMES) / ECHO_BLOCK : 0;
    if ((lead >= LEAD_MIN_FRAMES && lead <= LEAD_MAX_FRAMES) || wanted * ECHO_BLOCK == e->lag) return;
    e->lag = wanted * ECHO_BLOCK;
    canceller_lag(e->canceller, wanted);
}

static void note_levels(struct echo_status *s, const int16_t *before, const float *after) {
    s->active_frames += ECHO_BLOCK;
    for (size_t i = 0; i < ECHO_BLOCK; i++) {
        int level = abs(before[i]);
        if (level > s->peak) s->peak = level;
        s->clipped_frames += level >= CLIPPED;
        s->before += (double)before[i] * before[i];
        s->after += (double)after[i] * (double)after[i];
    }
}

static void give(struct echo_out *out, const int16_t *heard, const int16_t *played) {
    memcpy(out->heard + out->n, heard, ECHO_BLOCK * sizeof *heard);
    memcpy(out->played + out->n, played, ECHO_BLOCK * sizeof *played);
    out->n += ECHO_BLOCK;
}

/* The block before this one comes out of the suppressor, which has the one in hand for its overlap. `far` is in step
 * with `near` as they came, what is given as the echo is. */
static void active_block(struct echo *e, const int16_t *near, const int16_t *far, struct echo_out *out) {
    float rest[ECHO_BLOCK], doubt[CANCELLER_BINS];
    int16_t heard[ECHO_BLOCK], played[ECHO_BLOCK];
    bool begins = !e->status.active;
    if (begins) suppressor_begin(e->suppressor, e->near); /* has been given as it was */
    if (e->paused) {
        delay_pause(e->delay, e->paused);
        skew_pause(&e->skew, e->paused);
    }
    e->paused = 0;
    if (delay_feed(e->delay, far, near, ECHO_BLOCK)) delay_follow(e);
    skew_read(&e->skew, played);
    canceller_block(e->canceller, near, played, rest, doubt);
    note_levels(&e->status, near, rest);
    suppressor_block(e->suppressor, rest, doubt, heard);
    if (!begins) give(out, heard, e->far);
    skew_read_before(&e->skew, e->lag, e->far);
}

static void passive_block(struct echo *e, const int16_t *near, struct echo_out *out) {
    static const int16_t nothing[ECHO_BLOCK];
    if (e->status.active) {
        static const float no_doubt[CANCELLER_BINS];
        float next[ECHO_BLOCK];
        int16_t last[ECHO_BLOCK];
        for (size_t i = 0; i < ECHO_BLOCK; i++) next[i] = near[i];
        suppressor_block(e->suppressor, next, no_doubt, last);
        give(out, last, e->far);
    }
    e->paused += ECHO_BLOCK;
    give(out, near, nothing);
}

void echo_block(struct echo *e, const int16_t *near, const int16_t *far, struct echo_out *out) {
    out->n = 0;
    skew_write(&e->skew, far);
    if (!is_zero(far)) e->last_sound = e->at + ECHO_BLOCK;
    bool active = e->last_sound > 0 && e->at < e->last_sound + skew_behind(&e->skew) + e->lag + ROOM_FRAMES;
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
