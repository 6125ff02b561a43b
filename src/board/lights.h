/* What the lights show, told apart by pattern alone: boards/lights.ini. Colour is for those who see it. One thread. */
#ifndef SK_BOARD_LIGHTS_H
#define SK_BOARD_LIGHTS_H
#include <stdint.h>
#include "base/err.h"

enum board_light {
    BOARD_DARK,
    BOARD_LISTENING,
    BOARD_THINKING,
    BOARD_SPEAKING,
    BOARD_MUTED,
    BOARD_OFFLINE,
    BOARD_NOTIFICATION,
    BOARD_ERROR,
    BOARD_LIGHTS
};

enum { LIGHT_STEPS_MAX = 64, LIGHT_FULL = 255 };

struct light_pattern {
    int n;                          /* steps, then it begins again; 0: dark */
    uint8_t level[LIGHT_STEPS_MAX]; /* 0 to LIGHT_FULL */
    uint32_t rgb;                   /* 0xRRGGBB at full level */
};

struct lights {
    int step_ms;
    struct light_pattern patterns[BOARD_LIGHTS];
};

/* ERR_NOT_FOUND, ERR_FORMAT, ERR_RANGE with file and line; every light but the dark has to be there. */
SK_MUST_USE err_t lights_load(struct lights *out, const char *path);
/* "dark", "listening" ... static storage. */
const char *board_light_name(enum board_light light);

/* The level after so many milliseconds of it, and when it changes next: 0 never. */
uint8_t lights_level(const struct lights *l, enum board_light light, int64_t since_ms, int64_t *next_ms);

#endif
