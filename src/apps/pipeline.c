#include "apps/pipeline.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audio/echo.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/queue.h"
#include "base/str.h"

enum { EVENTS_MAX = 32, COMMANDS_MAX = 16 };

/* What SAY is at: with the file driver time may pass only while there is something to play. */
enum say_phase { SAY_QUIET, SAY_MAKING, SAY_DRAINING };

struct pipeline {
    struct assistant *assistant;
    struct audio *audio; /* replaced by pipeline_reopen() while `paused` */
    struct queue *events, *hear_commands, *say_commands;
    struct echo *echo; /* HEAR's, while its thread runs */
    pthread_t hear_thread, say_thread;
    atomic_bool stopping;
    atomic_bool paused; /* the sound device is gone */
    bool muted;         /* the microphone is not opened */
    atomic_int resting; /* threads that have seen `paused` and touch no ring */
    atomic_int work;    /* messages, blocks and sentences not yet dealt with; 0 is idle */
    _Atomic enum say_phase phase;
    atomic_bool cancel;   /* SAY: stop what you say */
    atomic_uint silenced; /* replies up to this id are not to be said */
    atomic_int volume_tenths;
    atomic_uint rounds[2]; /* of the loops of HEAR and SAY, and as CORE saw them last */
    unsigned seen_rounds[2];
    uint32_t last_id;     /* CORE */
    int rest_us;          /* sleep between looks at a ring */
    size_t playback_room; /* samples in an empty playback ring */
};

enum loop { LOOP_HEAR, LOOP_SAY };

/* The loop gets on: it does not hang. */
static void go_round(struct pipeline *p, enum loop loop) {
    atomic_fetch_add_explicit(&p->rounds[loop], 1, memory_order_relaxed);
}

static void rest(const struct pipeline *p) {
    struct timespec t = {.tv_nsec = p->rest_us * 1000L};
    nanosleep(&t, NULL);
}

/* ---- events ---- */

static void post(struct pipeline *p, const struct core_event *e) {
    atomic_fetch_add(&p->work, 1);
    if (queue_push(p->events, e)) {
        atomic_fetch_sub(&p->work, 1);
        log_error("an event was dropped: %s", err_reason());
    }
}

static void post_fault(struct pipeline *p) {
    struct core_event e = {.kind = CORE_FAULT};
    str_copy(e.text, sizeof e.text, err_reason());
    post(p, &e);
}

/* True while the sound device is away; the thread rests meanwhile. */
static bool pause_for_device(struct pipeline *p, enum loop loop) {
    if (!atomic_load(&p->paused)) return false;
    atomic_fetch_add(&p->resting, 1);
    while (atomic_load(&p->paused) && !atomic_load(&p->stopping)) {
        go_round(p, loop);
        rest(p);
    }
    atomic_fetch_sub(&p->resting, 1);
    return true;
}

/* ---- HEAR ---- */

struct listening {
    char state[STATE_NAME_MAX];
    int64_t frames; /* captured so far */
};

static void hear_obey(struct pipeline *p, struct listening *l) {
    struct hear_command c;
    while (queue_pop(p->hear_commands, &c)) {
        str_copy(l->state, sizeof l->state, c.state);
        if (hear_listen(p->assistant->hear, c.mode, c.state)) post_fault(p);
        atomic_fetch_sub(&p->work, 1);
    }
}

/* `played` is what the loudspeaker gave meanwhile. */
static void hear_one_block(struct pipeline *p, struct listening *l, const int16_t *block, const int16_t *played) {
    static const enum core_kind kinds[] = {[HEAR_WOKE] = CORE_WOKE,
                                           [HEAR_STARTED] = CORE_STARTED,
                                           [HEAR_RESULT] = CORE_HEARD,
                                           [HEAR_NO_SPEECH] = CORE_NO_SPEECH,
                                           [HEAR_TOO_LONG] = CORE_TOO_LONG};
    struct core_event e = {.ended_ns = clock_monotonic_ns()};
    l->frames += AUDIO_BLOCK_FRAMES;
    hear_played(p->assistant->hear, played, AUDIO_BLOCK_FRAMES);
    enum hear_event happened = hear_block(p->assistant->hear, block, AUDIO_BLOCK_FRAMES, &e.heard);
    if (happened == HEAR_NOTHING) return;
    e.kind = kinds[happened];
    e.at_ms = l->frames * 1000 / AUDIO_RATE_HZ;
    str_copy(e.state, sizeof e.state, l->state);
    post(p, &e);
}

/* The microphone without the assistant's own voice. */
static void hear_cancelled(struct pipeline *p, struct listening *l, const int16_t *heard, const int16_t *played) {
    struct echo_out out;
    echo_block(p->echo, heard, played, &out);
    for (size_t at = 0; at < out.n; at += AUDIO_BLOCK_FRAMES) hear_one_block(p, l, out.heard + at, out.played + at);
}

static void *hear_main(void *arg) {
    struct pipeline *p = arg;
    struct listening l = {0};
    while (!atomic_load(&p->stopping)) {
        go_round(p, LOOP_HEAR);
        if (pause_for_device(p, LOOP_HEAR)) continue;
        hear_obey(p, &l);
        int16_t heard[AUDIO_BLOCK_FRAMES], played[AUDIO_BLOCK_FRAMES];
        if (ring_available(audio_capture(p->audio)) < AUDIO_BLOCK_FRAMES) {
            rest(p);
            continue;
        }
        /* counted before it leaves the ring, so that the file driver never sees an empty ring and no work */
        atomic_fetch_add(&p->work, 1);
        if (audio_read(p->audio, heard, played)) hear_cancelled(p, &l, heard, played);
        atomic_fetch_sub(&p->work, 1);
    }
    return NULL;
}

/* ---- SAY ---- */

struct speaking {
    struct pipeline *p;
    const struct say_command *command;
    bool sounded;
};

static bool said_off(const struct pipeline *p) {
    return atomic_load(&p->cancel) || atomic_load(&p->stopping) || atomic_load(&p->paused);
}

static void report_first_sound(struct speaking *s) {
    struct core_event e = {.kind = CORE_SOUNDED, .id = s->command->id};
    if (s->command->ended_ns) e.latency_ns = clock_monotonic_ns() - s->command->ended_ns;
    s->sounded = true;
    post(s->p, &e);
}

static bool is_sound(const int16_t *samples, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (samples[i] > 64 || samples[i] < -64) return true;
    }
    return false;
}

/* As many of the samples as fit now, at the volume set. */
static size_t play_some(const struct pipeline *p, struct ring *playback, const int16_t *samples, size_t n) {
    int16_t part[AUDIO_BLOCK_FRAMES];
    size_t fits = ring_space(playback);
    if (n > fits) n = fits;
    if (n > AUDIO_BLOCK_FRAMES) n = AUDIO_BLOCK_FRAMES;
    int tenths = atomic_load(&p->volume_tenths);
    for (size_t i = 0; i < n; i++) part[i] = (int16_t)(samples[i] * tenths / 10);
    return ring_write(playback, part, n);
}

/* Fills the playback ring as it empties. */
static bool play(void *ctx, const int16_t *samples, size_t n) {
    struct speaking *s = ctx;
    struct ring *playback = audio_playback(s->p->audio);
    bool sounds = !s->sounded && is_sound(samples, n);
    while (n) {
        go_round(s->p, LOOP_SAY);
        size_t part = play_some(s->p, playback, samples, n);
        samples += part;
        n -= part;
        if (sounds) {
            report_first_sound(s);
            sounds = false;
        }
        if (said_off(s->p)) return false;
        if (!part) rest(s->p);
    }
    return true;
}

/* Until the loudspeaker has it all. False if it was cut off. */
static bool drain(struct pipeline *p) {
    struct ring *playback = audio_playback(p->audio);
    while (!said_off(p)) {
        if (ring_space(playback) >= p->playback_room) return true;
        go_round(p, LOOP_SAY);
        rest(p);
    }
    audio_silence(p->audio);
    return false;
}

static void say_one(struct pipeline *p, const struct say_command *c) {
    struct speaking s = {.p = p, .command = c};
    atomic_store(&p->phase, SAY_MAKING);
    atomic_fetch_sub(&p->work, 1);
    if (voice_say(p->assistant->voice, c->text, &p->cancel, play, &s)) post_fault(p);
    atomic_store(&p->phase, SAY_DRAINING);
    if (drain(p)) {
        struct core_event e = {.kind = CORE_SPOKEN, .id = c->id};
        post(p, &e);
    }
    atomic_store(&p->phase, SAY_QUIET);
}

static void *say_main(void *arg) {
    struct pipeline *p = arg;
    while (!atomic_load(&p->stopping)) {
        struct say_command c;
        go_round(p, LOOP_SAY);
        if (pause_for_device(p, LOOP_SAY)) continue;
        if (!queue_wait(p->say_commands, &c, 100)) continue;
        /* in this order, as pipeline_silence() sets them the other way round */
        atomic_store(&p->cancel, false);
        if (c.id > atomic_load(&p->silenced))
            say_one(p, &c);
        else
            atomic_fetch_sub(&p->work, 1);
    }
    return NULL;
}

/* ---- the sound device ---- */

/* The file driver's question, on its thread, which is the reader of the playback ring. */
static bool is_idle(void *ctx) {
    struct pipeline *p = ctx;
    if (atomic_load(&p->work)) return false;
    size_t queued = ring_available(audio_playback(p->audio));
    switch (atomic_load(&p->phase)) {
        case SAY_MAKING:
            return queued >= AUDIO_BLOCK_FRAMES;
        case SAY_DRAINING:
            return queued > 0;
        case SAY_QUIET:
            break;
    }
    return true;
}

static err_t open_audio(struct pipeline *p) {
    struct audio_config config = settings_audio(&p->assistant->settings);
    config.idle = is_idle;
    config.ctx = p;
    if (p->muted) config.capture = "none";
    TRY(audio_open(&p->audio, &config));
    p->playback_room = ring_space(audio_playback(p->audio));
    return ERR_OK;
}

/* With the threads at rest or not yet made. */
static err_t start_audio(struct pipeline *p) {
    TRY(open_audio(p));
    err_t err = audio_start(p->audio);
    if (err) {
        audio_close(p->audio);
        p->audio = NULL;
    }
    return err;
}

err_t pipeline_reopen(struct pipeline *p, bool muted) {
    atomic_store(&p->paused, true);
    while (atomic_load(&p->resting) < 2) rest(p);
    audio_close(p->audio);
    p->audio = NULL;
    p->muted = muted;
    TRY(start_audio(p));
    atomic_store(&p->paused, false);
    return ERR_OK;
}

void pipeline_status(const struct pipeline *p, struct audio_status *out) {
    *out = (struct audio_status){.lost = true};
    if (p->audio) audio_status(p->audio, out);
}

bool pipeline_goes_round(struct pipeline *p) {
    unsigned rounds[2];
    bool all = true;
    for (int i = 0; i < 2; i++) {
        rounds[i] = atomic_load_explicit(&p->rounds[i], memory_order_relaxed);
        all = all && rounds[i] != p->seen_rounds[i];
    }
    if (all) memcpy(p->seen_rounds, rounds, sizeof rounds);
    return all;
}

/* ---- start and stop ---- */

static err_t make_queues(struct pipeline *p) {
    TRY(queue_create(&p->events, sizeof(struct core_event), EVENTS_MAX));
    TRY(queue_create(&p->hear_commands, sizeof(struct hear_command), COMMANDS_MAX));
    return queue_create(&p->say_commands, sizeof(struct say_command), COMMANDS_MAX);
}

static void pipeline_free(struct pipeline *p) {
    audio_close(p->audio);
    echo_destroy(p->echo);
    queue_destroy(p->say_commands);
    queue_destroy(p->hear_commands);
    queue_destroy(p->events);
    free(p);
}

static err_t make_threads(struct pipeline *p) {
    if (pthread_create(&p->hear_thread, NULL, hear_main, p)) return err_fail(ERR_MEMORY, "cannot start a thread");
    if (pthread_create(&p->say_thread, NULL, say_main, p) == 0) return ERR_OK;
    atomic_store(&p->stopping, true);
    pthread_join(p->hear_thread, NULL);
    return err_fail(ERR_MEMORY, "cannot start a thread");
}

err_t pipeline_start(struct pipeline **out, struct assistant *a, bool muted) {
    struct pipeline *p = calloc(1, sizeof *p);
    if (!p) return err_fail(ERR_MEMORY, "not enough memory for the voice loop");
    p->assistant = a;
    p->muted = muted;
    atomic_init(&p->paused, a->settings.service); /* until pipeline_reopen() below */
    /* the file driver waits for us, a device does not: there 5 ms keep the processor asleep */
    p->rest_us = str_equal(a->settings.audio_driver, "file") ? 100 : 5000;
    err_t err = make_queues(p);
    if (!err) err = echo_create(&p->echo);
    if (!err && !a->settings.service) err = open_audio(p);
    if (!err) err = make_threads(p);
    if (err) {
        pipeline_free(p);
        return err;
    }
    if (a->settings.service) {
        if (pipeline_reopen(p, muted)) log_warning("no sound yet: %s", err_reason());
    } else {
        err = audio_start(p->audio);
    }
    if (err) {
        pipeline_stop(p);
        return err;
    }
    *out = p;
    return ERR_OK;
}

void pipeline_stop(struct pipeline *p) {
    if (!p) return;
    atomic_store(&p->stopping, true);
    pthread_join(p->hear_thread, NULL);
    pthread_join(p->say_thread, NULL);
    if (p->audio) audio_stop(p->audio);
    pipeline_free(p);
}

/* ---- CORE's side ---- */

static err_t send(struct pipeline *p, struct queue *q, const void *command) {
    atomic_fetch_add(&p->work, 1);
    err_t err = queue_push(q, command);
    if (err) atomic_fetch_sub(&p->work, 1);
    return err;
}

void pipeline_listen(struct pipeline *p, enum hear_mode mode, const char *state) {
    struct hear_command c = {.mode = mode};
    str_copy(c.state, sizeof c.state, state);
    if (send(p, p->hear_commands, &c)) log_error("HEAR does not answer: %s", err_reason());
}

void pipeline_say(struct pipeline *p, const char *text, int64_t ended_ns, uint32_t *id) {
    struct say_command c = {.id = ++p->last_id, .ended_ns = ended_ns};
    str_copy(c.text, sizeof c.text, text);
    if (send(p, p->say_commands, &c)) log_error("a reply is not said: %s", err_reason());
    *id = c.id;
}

void pipeline_silence(struct pipeline *p) {
    atomic_store(&p->silenced, p->last_id);
    atomic_store(&p->cancel, true);
    if (p->audio) audio_silence(p->audio);
}

void pipeline_volume(struct pipeline *p, int tenths) {
    atomic_store(&p->volume_tenths, tenths);
}

int pipeline_fd(const struct pipeline *p) {
    return queue_fd(p->events);
}

bool pipeline_next(struct pipeline *p, struct core_event *out) {
    return queue_pop(p->events, out);
}

void pipeline_done(struct pipeline *p) {
    atomic_fetch_sub(&p->work, 1);
}
