/* Button, mute switch and lights of a board, by its profile. CORE thread: it polls board_fds(), calls board_wake() for
 * those that are readable, and then takes events with board_next() until there is none. Time is handed in, monotonic
 * nanoseconds; a timer of the board's own is among the descriptors.
 *
 * An input counts when its level has been the same for DEBOUNCE_MS. */
#ifndef SK_BOARD_BOARD_H
#define SK_BOARD_BOARD_H
#include <stdbool.h>
#include <stdint.h>
#include "board/lights.h"
#include "board/profile.h"

enum { DEBOUNCE_MS = 20, BOARD_FDS_MAX = BOARD_INPUTS + 1 };

enum board_event {
    BOARD_PRESSED,     /* the talk button: at once, since somebody wants to speak */
    BOARD_MUTE_ON,     /* the switch */
    BOARD_MUTE_OFF,    /* the switch */
    BOARD_MUTE_CHANGE, /* the button, or the talk button held: the other way than it was */
    BOARD_UP,          /* louder */
    BOARD_DOWN         /* softer */
};

struct board;

/* Opens what the profile has; borrows both until board_close(). ERR_DEVICE, ERR_DENIED, ERR_MEMORY. */
SK_MUST_USE err_t board_open(struct board **out, const struct board_profile *p, const struct lights *l, int64_t now_ns);
/* The lights go out. NULL is fine. */
void board_close(struct board *b);

/* Into fds[BOARD_FDS_MAX]; how many. */
int board_fds(const struct board *b, int *fds);
void board_wake(struct board *b, int fd, int64_t now_ns);
bool board_next(struct board *b, int64_t now_ns, enum board_event *out);
/* Shows that from now on; what is shown already goes on. */
void board_show(struct board *b, enum board_light light, int64_t now_ns);
/* The position of the mute switch; false if there is none. */
bool board_switch(struct board *b, bool *muted);

#endif
