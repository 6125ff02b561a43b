/* Plays a soft rushing sound through the loudspeaker of the settings and listens what the microphone hears of it, for
 * doctor. Opens the sound devices for some seconds, on the calling thread. */
#ifndef SK_APPS_ECHO_CHECK_H
#define SK_APPS_ECHO_CHECK_H
#include "apps/settings.h"
#include "audio/echo.h"

struct echo_check {
    struct echo_status status;
    double cancelled_db; /* by how much the echo is lowered, once the canceller has found its way */
};

/* ERR_ as audio_open(); ERR_DEVICE if no sound comes. */
SK_MUST_USE err_t echo_check(const struct settings *s, struct echo_check *out);

#endif
