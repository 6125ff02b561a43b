/* The board's button, mute switch and lights, wired to CORE: what is pressed becomes core_wake(), core_set_muted() and
 * core_volume(), what is to be seen goes to the lights. CORE thread. A board without any has no panel: NULL does
 * nothing. */
#ifndef SK_APPS_PANEL_H
#define SK_APPS_PANEL_H
#include "apps/settings.h"
#include "board/board.h"

struct core;
struct panel;

/* Opens what the profile of the settings' board has (borrowed), and lets CORE watch it. *out is NULL if there is
 * nothing. A board whose button or lights do not open goes on without, with a warning; one whose mute switch does not
 * is ERR_DEVICE or ERR_DENIED, for nobody could rely on it. */
SK_MUST_USE err_t panel_open(struct panel **out, const struct settings *s, struct core *core);
void panel_close(struct panel *p);
void panel_show(struct panel *p, enum board_light light);
/* Whether the microphone begins closed: as the mute switch is, or as it was before. */
bool panel_muted(struct panel *p, bool before);
/* Whether there is a switch, whose position counts. */
bool panel_has_switch(struct panel *p);

#endif
