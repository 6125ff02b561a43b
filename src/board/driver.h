/* What drives a board's inputs and lights. Only src/board includes this. CORE thread. */
#ifndef SK_BOARD_DRIVER_H
#define SK_BOARD_DRIVER_H
#include <stddef.h>
#include <stdint.h>
#include "board/profile.h"

struct inputs_driver {
    const char *name;
    err_t (*open)(void **ctx, const struct board_profile *p);
    /* Descriptors that become readable when a level changes; at most BOARD_INPUTS, the number is returned. */
    int (*fds)(const void *ctx, int *fds);
    /* Takes what makes this one readable. */
    void (*drain)(void *ctx, int fd);
    /* Whether it is pressed, or switched on; as before if the device does not say. */
    void (*active)(void *ctx, enum board_input input, bool *active);
    void (*close)(void *ctx);
};

struct lights_driver {
    const char *name;
    err_t (*open)(void **ctx, const struct board_profile *p);
    /* All of them alike. A light that does not come on is nobody's failure. */
    void (*show)(void *ctx, uint8_t level, uint32_t rgb);
    void (*close)(void *ctx);
};

extern const struct inputs_driver gpiod_inputs, fake_inputs;
extern const struct lights_driver gpiod_lights, apa102_lights, fake_lights;

/* What n APA102 get to shine alike: a start frame, four bytes each, an end frame. The number of bytes; `out` has room
 * for APA102_BYTES_MAX. `percent` is of the brightness; the 5 bits of the chip's own are used for it, so that dark
 * colours keep their hue. From the data sheet of Shiji Lighting's APA102. */
enum { APA102_BYTES_MAX = 4 + 4 * BOARD_LEDS_MAX + 4 };
size_t apa102_frame(uint8_t *out, int n, uint8_t level, uint32_t rgb, int percent);

#endif
