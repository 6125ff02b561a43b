#include "apps/core.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "apps/panel.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/str.h"
#include "shop/known.h"
#include "shop/outbox.h"

enum {
    CHECK_MS = 250,
    PERSON_MS = 1000,
    OFFLINE_MS = 5000,
    REOPEN_MS = 2000,
    REOPEN_MOST_MS = 30000,
    VOLUME_DEFAULT = 8,
    VOLUME_FULL = 10
};

#define BARGE_STATE "barge"

struct watch {
    int fd;
    void (*fn)(void *ctx, int fd);
    void *ctx;
};

struct core {
    struct assistant assistant;
    struct conversation conversation;
    struct pipeline *pipeline;
    void (*look_on)(void *ctx, const struct report *r);
    void *ctx;
    struct watch watches[WATCHES_MAX];
    int n_watches;
    struct sigaction old_actions[2]; /* of SIGINT and SIGTERM */
    int signals;

    bool stopping;
    bool reloads;          /* opened anew when it is quiet */
    struct panel *panel;   /* NULL: the board has none */
    enum light light;      /* what the dialogue wants to show */
    bool muted;            /* the microphone is closed */
    bool offline;          /* the shop's server could not be reached when it was tried last */
    bool lost;             /* the sound device is gone */
    int64_t try_again_ns;  /* when to look for it next */
    int64_t wait_ms;       /* and how long after that: longer each time */
    bool recording_ended;  /* file driver: the audio has run out */
    int64_t at_ms;         /* of the captured sound, at the event in hand */
    int64_t answered_ns;   /* end of the utterance that is being answered; 0 none */
    char state[STATE_MAX]; /* what is listened for, or will be */
    bool listen_later;     /* `state` begins when the reply is out */
    uint32_t last_reply;   /* what is being said; 0 silence */
    int volume_tenths;
    bool speaking;          /* somebody does: the assistant waits */
    int64_t person_next_ns; /* when to look for a message of a person of the shop */
    int64_t offline_next_ns;
};

static void tell(struct core *c, struct report r) {
    r.at_ms = c->at_ms;
    if (c->look_on) c->look_on(c->ctx, &r);
}

/* ---- what the conversation wants ---- */

/* Nothing at all while it was told not to. */
static void hear(struct core *c, enum hear_mode mode, const char *state) {
    pipeline_listen(c->pipeline, c->conversation.dialog.deaf || c->muted ? HEAR_OFF : mode, state);
}

/* What stays as it is comes before what the dialogue wants for a moment, but the moment is seen, too: a muted speaker
 * that speaks shows that it speaks. */
static void show_light(struct core *c) {
    static const enum board_light lights[] = {[LIGHT_LISTENING] = BOARD_LISTENING,
                                              [LIGHT_THINKING] = BOARD_THINKING,
                                              [LIGHT_SPEAKING] = BOARD_SPEAKING,
                                              [LIGHT_ERROR] = BOARD_ERROR,
                                              [LIGHT_NOTICE] = BOARD_NOTIFICATION};
    enum board_light shown = BOARD_DARK;
    if (c->last_reply && c->light == LIGHT_SPEAKING)
        shown = BOARD_SPEAKING;
    else if (c->lost)
        shown = BOARD_ERROR;
    else if (c->muted || c->conversation.dialog.deaf)
        shown = BOARD_MUTED;
    else if (c->light != LIGHT_OFF)
        shown = lights[c->light];
    else if (c->offline)
        shown = BOARD_OFFLINE;
    panel_show(c->panel, shown);
}

static void listen_now(struct core *c) {
    c->listen_later = false;
    hear(c, *c->state ? HEAR_COMMAND : HEAR_WAKE, c->state);
    tell(c, (struct report){.kind = REPORT_LISTENING, .state = c->state});
}

static void want_say(void *ctx, const char *shown, const char *spoken) {
    struct core *c = ctx;
    /* interruptible by the wake phrase, and by the words of that state */
    if (!c->last_reply) hear(c, HEAR_BARGE, BARGE_STATE);
    tell(c, (struct report){.kind = REPORT_SAYING, .text = shown, .spoken = spoken});
    pipeline_say(c->pipeline, spoken, c->answered_ns, &c->last_reply);
    c->answered_ns = 0;
    show_light(c);
}

static void want_listen(void *ctx, const char *state) {
    struct core *c = ctx;
    str_copy(c->state, sizeof c->state, state);
    c->listen_later = true;
    if (!c->last_reply) listen_now(c);
}

static void want_light(void *ctx, enum light light) {
    struct core *c = ctx;
    c->light = light;
    show_light(c);
    tell(c, (struct report){.kind = REPORT_LIGHT, .text = light_name(light)});
}

static void want_silence(void *ctx) {
    struct core *c = ctx;
    pipeline_silence(c->pipeline);
    c->last_reply = 0;
}

static void want_volume(void *ctx, const struct effect_volume *v) {
    struct core *c = ctx;
    int tenths = v->absolute ? v->tenths : c->volume_tenths + v->tenths;
    c->volume_tenths = tenths < 1 ? 1 : tenths > VOLUME_FULL ? VOLUME_FULL : tenths;
    pipeline_volume(c->pipeline, c->volume_tenths);
}

/* ---- what HEAR and SAY report ---- */

static void happened(struct core *c, enum event_kind kind) {
    struct event e = {.kind = kind};
    conversation_event(&c->conversation, &e, clock_now_ms());
    if (c->listen_later && !c->last_reply) listen_now(c);
}

void core_wake(struct core *c) {
    if (c->last_reply) want_silence(c);
    if (c->muted) { /* it cannot hear, and says so */
        happened(c, EVENT_MUTED);
        return;
    }
    tell(c, (struct report){.kind = REPORT_WOKE});
    happened(c, EVENT_WAKE);
}

static void understood(struct core *c, const struct hear_result *heard, const struct intent *in) {
    struct intent shown = conversation_shown_intent(&c->conversation, in);
    tell(c, (struct report){
                .kind = REPORT_HEARD, .text = shown.text, .state = c->state, .heard = heard, .intent = &shown});
    conversation_understood(&c->conversation, in, clock_now_ms());
    if (c->listen_later && !c->last_reply) listen_now(c);
}

static err_t take_words(struct core *c, const char *text, bool remote) {
    struct intent in;
    if (c->last_reply) want_silence(c);
    TRY(assistant_understand(&c->assistant, c->state, text, &in));
    in.remote = remote;
    understood(c, NULL, &in);
    return ERR_OK;
}

void core_ask(struct core *c, const char *text) {
    if (take_words(c, text, false)) log_error("%s", err_reason());
}

err_t core_type(struct core *c, const char *text) {
    if (c->speaking) return err_fail(ERR_BUSY, "busy: somebody is speaking to it");
    if (c->conversation.dialog.deaf) return err_fail(ERR_DENIED, "it was told not to listen: wake it first");
    return take_words(c, text, true);
}

static bool is_free(const struct core *c) {
    return !c->speaking && !c->last_reply && !c->lost && !*c->state;
}

bool core_say(struct core *c, const char *text) {
    if (!is_free(c)) return false;
    want_say(c, text, text);
    want_listen(c, c->state);
    return true;
}

bool core_tell(struct core *c, const struct reply *r) {
    char shown[SAID_MAX], spoken[SAID_MAX];
    if (!is_free(c)) return false;
    if (texts_format(c->assistant.texts, r, clock_now_ms(), c->conversation.picks++, shown, sizeof shown, spoken,
                     sizeof spoken)) {
        log_error("it has no words: %s", err_reason());
        return false;
    }
    want_say(c, shown, spoken);
    want_listen(c, c->state);
    return true;
}

static void on_heard(struct core *c, const struct core_event *e) {
    struct intent in;
    if (assistant_heard(&c->assistant, e->state, &e->heard, &in)) {
        log_error("%s", err_reason());
        return;
    }
    if (str_equal(e->state, BARGE_STATE)) { /* what nobody is sure of, or comes too late, interrupts nothing */
        if (!in.accepted || !c->last_reply) return;
        want_silence(c);
    }
    c->answered_ns = e->ended_ns;
    understood(c, &e->heard, &in);
    c->answered_ns = 0;
}

static void on_spoken(struct core *c, uint32_t id) {
    if (id != c->last_reply) return; /* more is to come, or it was cut off */
    c->last_reply = 0;
    show_light(c);
    tell(c, (struct report){.kind = REPORT_SPOKEN});
    happened(c, EVENT_SPOKEN);
    if (!*c->state && !c->listen_later && !c->last_reply) listen_now(c);
}

static void on_event(struct core *c, const struct core_event *e) {
    if (e->at_ms) c->at_ms = e->at_ms;
    if (e->kind == CORE_HEARD || e->kind == CORE_NO_SPEECH || e->kind == CORE_TOO_LONG) c->speaking = false;
    switch (e->kind) {
        case CORE_WOKE:
            core_wake(c);
            break;
        case CORE_STARTED:
            c->speaking = true;
            tell(c, (struct report){.kind = REPORT_STARTED});
            break;
        case CORE_HEARD:
            on_heard(c, e);
            break;
        case CORE_NO_SPEECH:
            tell(c, (struct report){.kind = REPORT_NO_SPEECH});
            happened(c, EVENT_NO_SPEECH);
            break;
        case CORE_TOO_LONG:
            tell(c, (struct report){.kind = REPORT_TOO_LONG});
            happened(c, EVENT_TOO_LONG);
            break;
        case CORE_SPOKEN:
            on_spoken(c, e->id);
            break;
        case CORE_SOUNDED:
            tell(c, (struct report){.kind = REPORT_SOUNDED,
                                    .latency_ms = e->latency_ns ? (double)e->latency_ns / 1e6 : -1});
            break;
        case CORE_FAULT:
            log_error("%s", e->text);
            tell(c, (struct report){.kind = REPORT_FAULT, .text = e->text});
            break;
    }
}

static void on_events(void *ctx, int fd) {
    (void)fd;
    struct core *c = ctx;
    struct core_event e;
    while (!c->stopping && pipeline_next(c->pipeline, &e)) {
        on_event(c, &e);
        pipeline_done(c->pipeline);
    }
}

/* ---- a person of the shop writes, into the same store ---- */

static void check_person(struct core *c) {
    if (c->speaking || c->last_reply || c->lost || clock_monotonic_ns() < c->person_next_ns) return;
    c->person_next_ns = clock_monotonic_ns() + PERSON_MS * 1000000LL;
    if (conversation_news(&c->conversation, clock_now_ms()) && c->listen_later && !c->last_reply) listen_now(c);
}

static void check_offline(struct core *c) {
    int64_t last_ms, now_ns = clock_monotonic_ns();
    bool was = c->offline;
    if (!c->panel || now_ns < c->offline_next_ns) return;
    c->offline_next_ns = now_ns + OFFLINE_MS * 1000000LL;
    if (sync_contact(c->assistant.shop, &c->offline, &last_ms)) log_debug("%s", err_reason());
    if (was != c->offline) show_light(c);
}

/* ---- the sound device comes and goes ---- */

static void lose(struct core *c) {
    c->lost = true;
    c->last_reply = 0;
    c->wait_ms = REOPEN_MS;
    c->try_again_ns = clock_monotonic_ns() + c->wait_ms * 1000000LL;
    show_light(c);
    tell(c, (struct report){.kind = REPORT_LOST});
}

static void look_for_device(struct core *c) {
    if (clock_monotonic_ns() < c->try_again_ns) return;
    want_silence(c); /* what was to be said meanwhile is of no use later */
    if (pipeline_reopen(c->pipeline, c->muted)) {
        log_debug("%s", err_reason());
        c->wait_ms = c->wait_ms * 2 < REOPEN_MOST_MS ? c->wait_ms * 2 : REOPEN_MOST_MS;
        c->try_again_ns = clock_monotonic_ns() + c->wait_ms * 1000000LL;
        return;
    }
    c->lost = false;
    show_light(c);
    tell(c, (struct report){.kind = REPORT_BACK});
    log_warning("the sound device is back");
    c->state[0] = '\0';
    listen_now(c);
}

static void check_audio(struct core *c) {
    struct audio_status status;
    if (c->lost) {
        look_for_device(c);
        return;
    }
    pipeline_status(c->pipeline, &status);
    if (status.running) return;
    if (status.lost) {
        log_warning("the sound device is gone; waiting for it to come back");
        lose(c);
        return;
    }
    c->recording_ended = true;
}

/* ---- the microphone is closed, and opened ---- */

void core_set_muted(struct core *c, bool muted) {
    if (muted == c->muted) return;
    want_silence(c);
    c->muted = muted;
    c->speaking = false;
    if (known_set_muted(c->assistant.shop, muted)) log_error("that it is muted outlives no restart: %s", err_reason());
    if (pipeline_reopen(c->pipeline, muted)) {
        log_warning("the sound devices do not open again: %s", err_reason());
        lose(c);
    }
    tell(c, (struct report){.kind = muted ? REPORT_MUTED : REPORT_UNMUTED});
    happened(c, muted ? EVENT_MUTED : EVENT_UNMUTED);
    show_light(c);
}

bool core_is_muted(const struct core *c) {
    return c->muted;
}

bool core_has_mute_switch(const struct core *c) {
    return panel_has_switch(c->panel);
}

void core_volume(struct core *c, int tenths) {
    want_volume(c, &(struct effect_volume){.tenths = tenths});
}

void core_set_volume(struct core *c, int tenths) {
    want_volume(c, &(struct effect_volume){.absolute = true, .tenths = tenths});
}

int core_volume_tenths(const struct core *c) {
    return c->volume_tenths;
}

/* ---- life ---- */

const char *report_name(enum report_kind kind) {
    static const char *const names[] = {
        [REPORT_READY] = "ready",       [REPORT_WOKE] = "woke",           [REPORT_STARTED] = "started",
        [REPORT_HEARD] = "heard",       [REPORT_NO_SPEECH] = "no_speech", [REPORT_SAYING] = "saying",
        [REPORT_SOUNDED] = "sounded",   [REPORT_SPOKEN] = "spoken",       [REPORT_LISTENING] = "listening",
        [REPORT_LIGHT] = "light",       [REPORT_LOST] = "lost",           [REPORT_BACK] = "back",
        [REPORT_TOO_LONG] = "too_long", [REPORT_FAULT] = "fault",         [REPORT_ENDED] = "ended",
        [REPORT_MUTED] = "muted",       [REPORT_UNMUTED] = "unmuted"};
    return names[kind];
}

err_t core_watch(struct core *c, int fd, void (*fn)(void *ctx, int fd), void *ctx) {
    if (c->n_watches == WATCHES_MAX) return err_fail(ERR_FULL, "too many connections at once");
    c->watches[c->n_watches++] = (struct watch){.fd = fd, .fn = fn, .ctx = ctx};
    return ERR_OK;
}

void core_unwatch(struct core *c, int fd) {
    for (int i = 0; i < c->n_watches; i++) {
        if (c->watches[i].fd == fd) c->watches[i--] = c->watches[--c->n_watches];
    }
}

static void on_signal(void *ctx, int fd) {
    struct core *c = ctx;
    uint64_t times;
    if (read(fd, &times, sizeof times) == (ssize_t)sizeof times) c->stopping = true;
}

/* A handler and no signalfd: libraries may have threads of their own (OpenBLAS makes some when it is loaded), which do
 * not block the signal and would take it. */
static int signals_fd = -1;

static void note_signal(int number) {
    (void)number;
    uint64_t one = 1;
    int saved = errno;
    if (write(signals_fd, &one, sizeof one) < 0) { /* a full counter says as much */
    }
    errno = saved;
}

static err_t take_signals(struct core *c) {
    struct sigaction act = {.sa_handler = note_signal, .sa_flags = SA_RESTART};
    c->signals = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (c->signals < 0) return err_fail(ERR_IO, "the system gives no event descriptor");
    signals_fd = c->signals;
    sigemptyset(&act.sa_mask);
    sigaction(SIGINT, &act, &c->old_actions[0]);
    sigaction(SIGTERM, &act, &c->old_actions[1]);
    signal(SIGPIPE, SIG_IGN);
    return core_watch(c, c->signals, on_signal, c);
}

static void leave_signals(struct core *c) {
    if (c->signals < 0) return;
    sigaction(SIGINT, &c->old_actions[0], NULL);
    sigaction(SIGTERM, &c->old_actions[1], NULL);
    close(c->signals);
}

static err_t open_all(struct core *c, const struct settings *settings) {
    TRY(take_signals(c));
    TRY(assistant_open(&c->assistant, settings, ASSISTANT_HEARS | ASSISTANT_WAKES | ASSISTANT_SPEAKS, clock_now_ms()));
    struct conversation_sink sink = {.say = want_say,
                                     .listen = want_listen,
                                     .light = want_light,
                                     .silence = want_silence,
                                     .volume = want_volume,
                                     .ctx = c};
    TRY(conversation_begin(&c->conversation, &c->assistant, &sink));
    if (settings->service) TRY(panel_open(&c->panel, settings, c));
    if (settings->service) TRY(known_muted(c->assistant.shop, &c->muted));
    c->muted = panel_muted(c->panel, c->muted);
    TRY(pipeline_start(&c->pipeline, &c->assistant, c->muted));
    pipeline_volume(c->pipeline, c->volume_tenths);
    return core_watch(c, pipeline_fd(c->pipeline), on_events, c);
}

err_t core_open(struct core **out, const struct settings *settings, void (*look_on)(void *ctx, const struct report *r),
                void *ctx) {
    struct core *c = calloc(1, sizeof *c);
    if (!c) return err_fail(ERR_MEMORY, "not enough memory");
    *c = (struct core){.look_on = look_on, .ctx = ctx, .signals = -1, .volume_tenths = VOLUME_DEFAULT};
    err_t err = open_all(c, settings);
    if (err) {
        core_close(c);
        return err;
    }
    *out = c;
    return ERR_OK;
}

static void wait_for_something(struct core *c) {
    struct pollfd fds[WATCHES_MAX];
    struct watch watches[WATCHES_MAX]; /* handlers may watch and unwatch */
    int n = c->n_watches;
    memcpy(watches, c->watches, sizeof watches);
    for (int i = 0; i < n; i++) fds[i] = (struct pollfd){.fd = watches[i].fd, .events = POLLIN};
    if (poll(fds, (nfds_t)n, CHECK_MS) <= 0) return;
    for (int i = 0; i < n && !c->stopping; i++) {
        if (fds[i].revents) watches[i].fn(watches[i].ctx, watches[i].fd);
    }
}

/* Nobody would notice that it is away for some seconds. */
static bool is_quiet(const struct core *c) {
    return !*c->state && !c->last_reply && !c->speaking && !c->listen_later && !c->conversation.dialog.person.live;
}

void core_reload(struct core *c) {
    c->reloads = true;
}

bool core_reloads(const struct core *c) {
    return c->reloads && !c->stopping;
}

err_t core_run(struct core *c) {
    struct audio_status status;
    pipeline_status(c->pipeline, &status);
    if (status.lost) lose(c);
    tell(c, (struct report){.kind = REPORT_READY, .status = &status});
    listen_now(c);
    show_light(c);
    while (!c->stopping && !c->recording_ended && !(c->reloads && is_quiet(c))) {
        wait_for_something(c);
        check_audio(c);
        check_person(c);
        check_offline(c);
        if (pipeline_goes_round(c->pipeline)) notify_alive(); /* and CORE does, to come here */
    }
    on_events(c, -1);
    pipeline_status(c->pipeline, &status);
    tell(c, (struct report){.kind = REPORT_ENDED, .status = &status});
    return ERR_OK;
}

void core_stop(struct core *c) {
    c->stopping = true;
}

void core_close(struct core *c) {
    if (!c) return;
    pipeline_stop(c->pipeline);
    panel_close(c->panel);
    assistant_close(&c->assistant);
    leave_signals(c);
    free(c);
}

const char *core_state(const struct core *c) {
    return c->muted ? "muted" : c->conversation.dialog.deaf ? "deaf" : c->state;
}

void core_audio_status(const struct core *c, struct audio_status *out) {
    pipeline_status(c->pipeline, out);
}
