/* The threads of the voice loop around CORE: audio -> HEAR -> events, and speak queue -> SAY -> audio.
 *
 * Made, commanded and stopped by the CORE thread. HEAR owns the recogniser, SAY the voice, from start to stop. */
#ifndef SK_APPS_PIPELINE_H
#define SK_APPS_PIPELINE_H
#include "apps/assistant.h"
#include "apps/events.h"
#include "audio/audio.h"

struct pipeline;

/* Opens the sound devices of the settings (`muted`: without the microphone) and starts both threads, listening for
 * nothing yet. ERR_ as audio_open(); a service starts without its devices, too: they are lost until pipeline_reopen().
 */
SK_MUST_USE err_t pipeline_start(struct pipeline **out, struct assistant *a, bool muted);
void pipeline_stop(struct pipeline *p);

/* What HEAR is to do from now on; utterances under way are forgotten. */
void pipeline_listen(struct pipeline *p, enum hear_mode mode, const char *state);
/* Speaks `text` after what is being said. `ended_ns` as in struct say_command. */
void pipeline_say(struct pipeline *p, const char *text, int64_t ended_ns, uint32_t *id);
/* Falls silent within 100 ms and forgets what was still to be said; no CORE_SPOKEN comes for it. */
void pipeline_silence(struct pipeline *p);
/* How loud, in tenths of full. */
void pipeline_volume(struct pipeline *p, int tenths);

/* Events for CORE: poll the descriptor, then take until there is none. */
int pipeline_fd(const struct pipeline *p);
bool pipeline_next(struct pipeline *p, struct core_event *out);
/* Call when an event has been dealt with: the file driver lets time pass only then. */
void pipeline_done(struct pipeline *p);

void pipeline_status(const struct pipeline *p, struct audio_status *out);
/* Whether the loops of HEAR and of SAY have both gone round since it last said yes. */
bool pipeline_goes_round(struct pipeline *p);
/* Closes the devices and opens them again, `muted` without the microphone: after a loss, or when that has changed. What
 * is being said is cut off. ERR_ as audio_open(), and nothing is open: call again later. */
SK_MUST_USE err_t pipeline_reopen(struct pipeline *p, bool muted);

#endif
