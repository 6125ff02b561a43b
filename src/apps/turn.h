/* One thing said, one thing heard: microphone and loudspeaker in turn, without the threads of the voice loop. For the
 * tools that talk with a person. One thread. Time is that of the captured samples. */
#ifndef SK_APPS_TURN_H
#define SK_APPS_TURN_H
#include <stddef.h>
#include <stdint.h>
#include "apps/settings.h"
#include "say/voice.h"

struct turn;

/* Borrows the voice. As audio_open(). */
SK_MUST_USE err_t turn_open(struct turn **out, const struct settings *s, struct voice *voice);
void turn_close(struct turn *t);
/* Speaks, and comes back when it is quiet again. ERR_DEVICE if the sound device has gone, ERR_CLOSED at the end of a
 * recording. */
SK_MUST_USE err_t turn_say(struct turn *t, const char *text);
/* What is said next: *samples is borrowed until the next call, *n is 0 if nobody spoke. Errors as above. */
SK_MUST_USE err_t turn_hear(struct turn *t, const int16_t **samples, size_t *n);

#endif
