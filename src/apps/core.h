/* The CORE thread of the voice loop: one poll() over the events of HEAR and SAY, signals, a timer and whatever else its
 * program watches. It owns the dialogue and the store, so there is no mutex. `listen` and shopkeeperd run it. */
#ifndef SK_APPS_CORE_H
#define SK_APPS_CORE_H
#include "apps/conversation.h"
#include "apps/pipeline.h"

enum { WATCHES_MAX = 16 };

/* Something that happened, for those who look on. Strings are borrowed for the call. */
enum report_kind {
    REPORT_READY,     /* all is open, but for sound devices that are waited for: status */
    REPORT_WOKE,      /* the wake phrase */
    REPORT_STARTED,   /* somebody speaks */
    REPORT_HEARD,     /* heard, intent, accepted or not, as the state had it */
    REPORT_NO_SPEECH, /* nobody spoke */
    REPORT_TOO_LONG,  /* somebody spoke without end */
    REPORT_SAYING,    /* text is being said: shown, spoken */
    REPORT_SOUNDED,   /* its first sound: latency_ms since the end of speech, -1 if it answers none */
    REPORT_SPOKEN,    /* it has been said */
    REPORT_LISTENING, /* state; "" waits for the wake phrase */
    REPORT_LIGHT,     /* text is the light's name */
    REPORT_LOST,      /* the microphone or loudspeaker is gone: text */
    REPORT_BACK,      /* and is back */
    REPORT_FAULT,     /* text */
    REPORT_ENDED,     /* the recording is over: status */
    REPORT_MUTED,     /* the microphone is closed */
    REPORT_UNMUTED,   /* and open again */
};

struct report {
    enum report_kind kind;
    int64_t at_ms; /* of the captured sound */
    const char *text, *spoken, *state;
    const struct hear_result *heard;
    const struct intent *intent;
    const struct audio_status *status;
    double latency_ms;
};

/* "ready", "woke" ... static storage. */
const char *report_name(enum report_kind kind);

struct core;

/* Loads and starts everything for the settings. Takes the assistant's place as its owner. */
SK_MUST_USE err_t core_open(struct core **out, const struct settings *settings,
                            void (*look_on)(void *ctx, const struct report *r), void *ctx);
/* Calls fn when fd is readable; on the CORE thread. ERR_FULL. */
SK_MUST_USE err_t core_watch(struct core *c, int fd, void (*fn)(void *ctx, int fd), void *ctx);
void core_unwatch(struct core *c, int fd);
/* Until SIGINT, SIGTERM, core_stop() or, on a recording, its end. ERR_DEVICE if the sound cannot go on. */
SK_MUST_USE err_t core_run(struct core *c);
void core_stop(struct core *c);
/* Ends core_run() when nothing is said or listened for but the wake phrase, so that all can be opened anew with the
 * words that the shop has now. */
void core_reload(struct core *c);
bool core_reloads(const struct core *c);
void core_close(struct core *c);

/* As if the wake phrase had been heard. */
void core_wake(struct core *c);
/* As if these words had been said. */
void core_ask(struct core *c, const char *text);
/* The same for words of somebody who need not be in the room: they order nothing. ERR_BUSY: somebody is speaking to it;
 * ERR_DENIED: it was told not to listen, and is to be woken first. */
SK_MUST_USE err_t core_type(struct core *c, const char *text);
/* Says a text of the speaker's own, such as the code that pairs it, and waits for the wake phrase again. False: it is
 * in a conversation, or has no sound; nothing is said. */
bool core_say(struct core *c, const char *text);
/* Likewise in the words of the locale; it is not kept with the conversation. */
bool core_tell(struct core *c, const struct reply *r);
/* Closes the microphone, or opens it again, and says so. That outlives a restart. */
void core_set_muted(struct core *c, bool muted);
bool core_is_muted(const struct core *c);
/* Whether a switch of the board does that, and nothing else should. */
bool core_has_mute_switch(const struct core *c);
/* Louder by so many tenths of full volume; negative: softer. */
void core_volume(struct core *c, int tenths);
/* From 1 to 10 tenths. */
void core_set_volume(struct core *c, int tenths);
int core_volume_tenths(const struct core *c);
/* What is listened for: "" the wake phrase, "deaf" and "muted" nothing, else a dialogue state. Borrowed. */
const char *core_state(const struct core *c);
void core_audio_status(const struct core *c, struct audio_status *out);

#endif
