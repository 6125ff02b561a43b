#include "apps/turn.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audio/audio.h"
#include "base/str.h"
#include "hear/endpoint.h"

enum {
    WAIT_MS = 10000,   /* for somebody to begin */
    LIMIT_MS = 12000,  /* of what is said */
    LEAD_MS = 400,     /* kept before the onset was noticed */
    ECHO_MS = 400,     /* after the last sound: what the device and the room still hold */
    HANGOVER_MS = 900, /* who reads aloud pauses at commas */
    SAID_MAX = 30 * AUDIO_RATE_HZ,
    HEARD_MAX = (WAIT_MS + LIMIT_MS + 1000) * (AUDIO_RATE_HZ / 1000),
};

struct turn {
    struct audio *audio;
    struct voice *voice; /* borrowed */
    struct endpoint endpoint;
    size_t playback_room; /* samples in an empty playback ring */
    int16_t said[SAID_MAX], heard[HEARD_MAX];
    size_t n_said;
};

err_t turn_open(struct turn **out, const struct settings *s, struct voice *voice) {
    struct turn *t = calloc(1, sizeof *t);
    if (!t) return err_fail(ERR_MEMORY, "out of memory for the sound");
    struct audio_config config = settings_audio(s);
    struct endpoint_config endpoint = {.hangover_ms = HANGOVER_MS, .no_speech_ms = WAIT_MS, .limit_ms = LIMIT_MS};
    endpoint_init(&t->endpoint, &endpoint);
    t->voice = voice;
    err_t err = audio_open(&t->audio, &config);
    if (!err) {
        t->playback_room = ring_space(audio_playback(t->audio));
        err = audio_start(t->audio);
    }
    if (err) {
        turn_close(t);
        return err;
    }
    *out = t;
    return ERR_OK;
}

void turn_close(struct turn *t) {
    if (!t) return;
    if (t->audio) {
        audio_stop(t->audio);
        audio_close(t->audio);
    }
    free(t);
}

/* The next block of the microphone. */
static err_t next_block(struct turn *t, int16_t block[AUDIO_BLOCK_FRAMES]) {
    const struct timespec rest = {.tv_nsec = 2000000};
    struct ring *capture = audio_capture(t->audio);
    while (ring_available(capture) < AUDIO_BLOCK_FRAMES) {
        struct audio_status status;
        audio_status(t->audio, &status);
        if (status.lost) return err_fail(ERR_DEVICE, "the microphone or loudspeaker is gone; plug it in again");
        if (!status.running && ring_available(capture) < AUDIO_BLOCK_FRAMES)
            return err_fail(ERR_CLOSED, "the recording has come to its end");
        nanosleep(&rest, NULL);
    }
    ring_read(capture, block, AUDIO_BLOCK_FRAMES);
    return ERR_OK;
}

err_t turn_say(struct turn *t, const char *text) {
    int16_t block[AUDIO_BLOCK_FRAMES];
    struct ring *playback = audio_playback(t->audio);
    TRY(voice_record(t->voice, text, t->said, SAID_MAX, &t->n_said));
    ring_clear(audio_capture(t->audio)); /* what came while it was made */
    int quiet_ms = 0;
    for (size_t at = 0; at < t->n_said || quiet_ms < ECHO_MS;) {
        size_t fits = ring_space(playback), part = t->n_said - at < fits ? t->n_said - at : fits;
        at += ring_write(playback, t->said + at, part);
        TRY(next_block(t, block));
        quiet_ms = ring_space(playback) == t->playback_room ? quiet_ms + AUDIO_BLOCK_FRAMES * 1000 / AUDIO_RATE_HZ : 0;
    }
    return ERR_OK;
}

err_t turn_hear(struct turn *t, const int16_t **samples, size_t *n) {
    const size_t lead = (size_t)(t->endpoint.config.onset_ms + LEAD_MS) * (AUDIO_RATE_HZ / 1000);
    size_t at = 0, begun = 0;
    endpoint_reset(&t->endpoint);
    while (at + AUDIO_BLOCK_FRAMES <= HEARD_MAX) {
        TRY(next_block(t, t->heard + at));
        at += AUDIO_BLOCK_FRAMES;
        enum endpoint_event event =
            endpoint_block(&t->endpoint, t->heard + at - AUDIO_BLOCK_FRAMES, AUDIO_BLOCK_FRAMES);
        if (event == ENDPOINT_START) begun = at > lead ? at - lead : 0;
        if (event == ENDPOINT_NO_SPEECH) begun = at;
        if (event == ENDPOINT_END || event == ENDPOINT_LIMIT || event == ENDPOINT_NO_SPEECH) break;
    }
    *samples = t->heard + begun;
    *n = at - begun;
    return ERR_OK;
}
