/* Inputs and plain lights by libgpiod's first interface, as Debian 12 has it. */
#include <errno.h>
#include <gpiod.h>
#include <stdlib.h>
#include <string.h>

#include "board/driver.h"

#define CONSUMER "shopkeeper"

static err_t open_chip(struct gpiod_chip **out, const char *name) {
    *out = gpiod_chip_open_lookup(name);
    if (*out) return ERR_OK;
    return err_fail(errno == EACCES ? ERR_DENIED : ERR_DEVICE, "the GPIO chip %s does not open: %s", name,
                    strerror(errno));
}

static int flags_of(const struct board_line *l) {
    int flags = l->active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0;
    if (l->pull == PULL_UP) flags |= GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP;
    if (l->pull == PULL_DOWN) flags |= GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
    return flags;
}

static err_t request(struct gpiod_line **out, struct gpiod_chip *chip, const struct board_line *l, int type) {
    struct gpiod_line_request_config config = {.consumer = CONSUMER, .request_type = type, .flags = flags_of(l)};
    struct gpiod_line *line = gpiod_chip_get_line(chip, (unsigned)l->line);
    if (!line || gpiod_line_request(line, &config, 0))
        return err_fail(ERR_DEVICE, "line %d of the GPIO chip %s: %s", l->line, gpiod_chip_label(chip),
                        strerror(errno));
    *out = line;
    return ERR_OK;
}

/* ---- inputs ---- */

struct inputs {
    struct gpiod_chip *chip;
    struct gpiod_line *lines[BOARD_INPUTS]; /* NULL: there is none */
};

static void inputs_close(void *ctx) {
    struct inputs *in = ctx;
    gpiod_chip_close(in->chip); /* and releases its lines */
    free(in);
}

static err_t inputs_open(void **out, const struct board_profile *p) {
    struct inputs *in = calloc(1, sizeof *in);
    if (!in) return err_fail(ERR_MEMORY, "no memory for the board");
    err_t err = open_chip(&in->chip, p->chip);
    if (err) {
        free(in);
        return err;
    }
    for (int i = 0; i < BOARD_INPUTS && !err; i++) {
        if (p->inputs[i].line >= 0)
            err = request(&in->lines[i], in->chip, &p->inputs[i], GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES);
    }
    if (err) {
        inputs_close(in);
        return err;
    }
    *out = in;
    return ERR_OK;
}

static int inputs_fds(const void *ctx, int *fds) {
    const struct inputs *in = ctx;
    int n = 0;
    for (int i = 0; i < BOARD_INPUTS; i++) {
        if (in->lines[i]) fds[n++] = gpiod_line_event_get_fd(in->lines[i]);
    }
    return n;
}

static void inputs_drain(void *ctx, int fd) {
    struct gpiod_line_event event;
    (void)ctx;
    int failed = gpiod_line_event_read_fd(fd, &event); /* only the level counts, when it has settled */
    (void)failed;
}

static void inputs_active(void *ctx, enum board_input input, bool *active) {
    struct inputs *in = ctx;
    int value = in->lines[input] ? gpiod_line_get_value(in->lines[input]) : 0;
    if (value >= 0) *active = value > 0;
}

const struct inputs_driver gpiod_inputs = {.name = "gpiod",
                                           .open = inputs_open,
                                           .fds = inputs_fds,
                                           .drain = inputs_drain,
                                           .active = inputs_active,
                                           .close = inputs_close};

/* ---- lights ---- */

struct leds {
    struct gpiod_chip *chip;
    int n;
    struct gpiod_line *lines[BOARD_LED_LINES_MAX];
};

static void leds_show(void *ctx, uint8_t level, uint32_t rgb) {
    struct leds *leds = ctx;
    (void)rgb;
    for (int i = 0; i < leds->n; i++) gpiod_line_set_value(leds->lines[i], level > UINT8_MAX / 2);
}

static void leds_close(void *ctx) {
    struct leds *leds = ctx;
    leds_show(leds, 0, 0);
    gpiod_chip_close(leds->chip);
    free(leds);
}

static err_t leds_open(void **out, const struct board_profile *p) {
    struct leds *leds = calloc(1, sizeof *leds);
    if (!leds) return err_fail(ERR_MEMORY, "no memory for the board");
    err_t err = open_chip(&leds->chip, p->chip);
    if (err) {
        free(leds);
        return err;
    }
    for (; leds->n < p->light_lines_n; leds->n++) {
        err = request(&leds->lines[leds->n], leds->chip, &p->light_lines[leds->n], GPIOD_LINE_REQUEST_DIRECTION_OUTPUT);
        if (err) {
            leds_close(leds);
            return err;
        }
    }
    *out = leds;
    return ERR_OK;
}

const struct lights_driver gpiod_lights = {.name = "gpio", .open = leds_open, .show = leds_show, .close = leds_close};
