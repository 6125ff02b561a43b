/* A board as data: boards/<board>/board.ini, and what is plugged into it, boards/kits/<kit>.ini. boards/README.md is
 * the guide to both; what either says counts, the kit last. One thread; all strings are the struct's. */
#ifndef SK_BOARD_PROFILE_H
#define SK_BOARD_PROFILE_H
#include <limits.h>
#include <stdbool.h>
#include "base/err.h"

enum board_input { BOARD_TALK, BOARD_MUTE, BOARD_LOUDER, BOARD_SOFTER, BOARD_INPUTS };
enum { BOARD_TEXT_MAX = 256, BOARD_NAME_MAX = 64, BOARD_LEDS_MAX = 32, BOARD_LED_LINES_MAX = 8 };

enum board_pull { PULL_AS_IS, PULL_UP, PULL_DOWN };

struct board_line {
    int line; /* offset on the chip; -1 there is none */
    bool active_low;
    enum board_pull pull;
};

struct board_profile {
    char name[BOARD_NAME_MAX], kit_name[BOARD_NAME_MAX]; /* for people; kit_name "" */
    char kit[BOARD_NAME_MAX];                            /* its file; "" none */
    char kits[BOARD_TEXT_MAX];                           /* those that fit, blanks between */
    char architecture[16];                               /* as Debian names it; "" any */
    bool seen;                                           /* it has run on such a board */

    char capture[BOARD_NAME_MAX], playback[BOARD_NAME_MAX]; /* as in struct audio_config; "" the default */
    int capture_rate_hz, playback_rate_hz;                  /* 0 the device's own */
    bool one_clock;                                         /* both count the same time: they are one device */
    char alsa[PATH_MAX];                                    /* configuration that defines them; "" none */

    char gpio_driver[16]; /* gpiod, fake, none */
    char chip[PATH_MAX];  /* label, name or path; fake: a FIFO of "LINE LEVEL" lines */
    struct board_line inputs[BOARD_INPUTS];
    bool mute_is_switch; /* its position counts; else each press changes it */
    int hold_ms;         /* the talk button, held for so long, mutes; 0 it does not */

    char light_driver[16];       /* apa102, gpio, fake, none */
    char light_device[PATH_MAX]; /* apa102: of spidev; fake: a file that lines are appended to */
    int light_count;             /* apa102 */
    int light_percent;           /* brightness */
    int light_lines_n;           /* gpio */
    struct board_line light_lines[BOARD_LED_LINES_MAX];

    char modules[BOARD_TEXT_MAX], module_options[BOARD_TEXT_MAX]; /* of the kernel; options one module a line */
    char overlays[BOARD_TEXT_MAX], parameters[BOARD_TEXT_MAX];    /* of the device tree, blanks between */

    char processor[BOARD_NAME_MAX];
    int cores, mhz;
    double ipc;    /* instructions a cycle, assumed; 0 unknown */
    int memory_mb; /* there is */
    int resident_mb,
        core_percent; /* that Shopkeeper may take: memory of all its programs, of one core while it waits */
};

/* `dir` is boards/; kit "" takes the board's first. ERR_NOT_FOUND (which boards or kits there are), ERR_FORMAT and
 * ERR_RANGE (file and line). */
SK_MUST_USE err_t board_profile_load(struct board_profile *out, const char *dir, const char *board, const char *kit);

/* "talk", "mute" ... static storage. */
const char *board_input_name(enum board_input input);

#endif
