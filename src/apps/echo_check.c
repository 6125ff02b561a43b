#include "apps/echo_check.h"

#include <math.h>
#include <time.h>

#include "base/clock.h"

enum {
    LENGTH_FRAMES = 12 * AUDIO_RATE_HZ,
    SETTLED_FRAMES = 8 * AUDIO_RATE_HZ, /* long enough to see the clocks drift, and to make up for it */
    PATIENCE_MS = 3 * 12000,
    REST_US = 2000,
    LOUDNESS = 6000, /* a fifth of full scale */
};

struct rush {
    uint32_t seed;
    float last;
    int written;
};

/* Noise with less of the high tones, so that it does not hurt. */
static int16_t rush_next(struct rush *r) {
    r->seed = r->seed * 1664525u + 1013904223u;
    float white = (float)(int32_t)r->seed / 2147483648.0f;
    r->last = 0.6f * r->last + 0.4f * white;
    r->written++;
    return (int16_t)(LOUDNESS * r->last);
}

static void play(struct rush *r, struct ring *playback) {
    while (r->written < LENGTH_FRAMES && ring_space(playback) > 0) {
        int16_t sample = rush_next(r);
        ring_write(playback, &sample, 1);
    }
}

static double cancelled_db(const struct echo_status *early, const struct echo_status *late) {
    double before = late->before - early->before, after = late->after - early->after;
    return before > 0 ? 10 * log10(before / (after + 1)) : 0;
}

static err_t listen(struct audio *a, struct echo *e, struct echo_check *out) {
    struct rush rush = {.seed = 1};
    struct echo_status settled = {0};
    int64_t give_up_ns = clock_monotonic_ns() + PATIENCE_MS * 1000000LL;
    for (int heard = 0; heard < LENGTH_FRAMES;) {
        int16_t near[ECHO_BLOCK], far[ECHO_BLOCK];
        struct echo_out rest;
        play(&rush, audio_playback(a));
        if (audio_read(a, near, far)) {
            echo_block(e, near, far, &rest);
            heard += ECHO_BLOCK;
            if (heard == SETTLED_FRAMES) echo_status(e, &settled);
            continue;
        }
        if (clock_monotonic_ns() > give_up_ns)
            return err_fail(ERR_DEVICE, "the microphone gives no sound: see that it is plugged in and not muted");
        nanosleep(&(struct timespec){.tv_nsec = REST_US * 1000L}, NULL);
    }
    echo_status(e, &out->status);
    out->cancelled_db = cancelled_db(&settled, &out->status);
    return ERR_OK;
}

err_t echo_check(const struct settings *s, struct echo_check *out) {
    struct audio_config config = settings_audio(s);
    config.tail_ms = LENGTH_FRAMES / (AUDIO_RATE_HZ / 1000) + 1000;
    struct audio *a;
    struct echo *e;
    TRY(echo_create(&e));
    err_t err = audio_open(&a, &config);
    if (!err) {
        err = audio_start(a);
        if (!err) err = listen(a, e, out);
        audio_close(a);
    }
    echo_destroy(e);
    return err;
}
