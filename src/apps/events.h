/* Messages between the threads of the voice loop: fixed-size, copied by value. */
#ifndef SK_APPS_EVENTS_H
#define SK_APPS_EVENTS_H
#include <stdint.h>
#include "hear/hear.h"
#include "say/texts.h"
#include "understand/states.h"

/* to CORE */
enum core_kind {
    CORE_WOKE,      /* the wake phrase was heard */
    CORE_STARTED,   /* somebody began to speak */
    CORE_HEARD,     /* an utterance: heard, state */
    CORE_NO_SPEECH, /* nobody spoke */
    CORE_TOO_LONG,  /* somebody spoke without end */
    CORE_SPOKEN,    /* the reply `id` has left the loudspeaker */
    CORE_SOUNDED,   /* its first sample went into the playback ring; latency_ns since the end of speech, 0 if there was
                       none */
    CORE_FAULT,     /* a thread could not do its work: text */
};

struct core_event {
    enum core_kind kind;
    int64_t at_ms; /* of the captured sound */
    char state[STATE_NAME_MAX];
    struct hear_result heard;
    int64_t ended_ns; /* HEARD: monotonic, when the end of speech was decided */
    uint32_t id;
    int64_t latency_ns;
    char text[256];
};

/* CORE to HEAR */
struct hear_command {
    enum hear_mode mode;
    char state[STATE_NAME_MAX];
};

/* CORE to SAY */
struct say_command {
    uint32_t id;      /* replies count up; a cancelled id is not begun */
    int64_t ended_ns; /* of the utterance that it answers, 0 none */
    char text[SAID_MAX];
};

#endif
