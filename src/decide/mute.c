/* The microphone was closed or opened by hand: it is said, since who does not see the lights should know, too. What was
 * asked is not waited for any more; the basket stays, and so does a person of the shop who answers. */
#include "decide/step.h"

static void tell(struct step *s, const char *id) {
    step_emit(s, EFFECT_SILENCE);
    step_say_id(s, id);
    step_idle(s);
}

void mute_closed(struct step *s) {
    tell(s, "board.muted");
}

void mute_opened(struct step *s) {
    tell(s, "board.unmuted");
}
