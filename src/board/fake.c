/* A board without one, for tests: the levels of its lines come as text from a FIFO ("17 0": line 17 is low now), and
 * what its lights show is appended to a file ("255 0000ff"). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "board/driver.h"

struct fake {
    int fd;
    struct board_line lines[BOARD_INPUTS];
    bool high[BOARD_INPUTS];
    char text[64]; /* of a line that has not come to its end */
    size_t n;
};

static err_t inputs_open(void **out, const struct board_profile *p) {
    struct fake *f = calloc(1, sizeof *f);
    if (!f) return err_fail(ERR_MEMORY, "no memory for the board");
    f->fd =
        open(p->chip, O_RDWR | O_NONBLOCK | O_CLOEXEC); /* a writer of its own: without one it would be at its end */
    if (f->fd < 0) {
        free(f);
        return err_fail(ERR_DEVICE, "the fake board's %s does not open: %s", p->chip, strerror(errno));
    }
    memcpy(f->lines, p->inputs, sizeof f->lines);
    for (int i = 0; i < BOARD_INPUTS; i++) f->high[i] = f->lines[i].active_low; /* nothing is pressed */
    *out = f;
    return ERR_OK;
}

static int inputs_fds(const void *ctx, int *fds) {
    const struct fake *f = ctx;
    fds[0] = f->fd;
    return 1;
}

static void obey(struct fake *f) {
    int line, level;
    if (sscanf(f->text, "%d %d", &line, &level) != 2) return;
    for (int i = 0; i < BOARD_INPUTS; i++) {
        if (f->lines[i].line == line) f->high[i] = level != 0;
    }
}

static void inputs_drain(void *ctx, int fd) {
    struct fake *f = ctx;
    for (char c; read(fd, &c, 1) == 1;) {
        if (c != '\n' && f->n + 1 < sizeof f->text) f->text[f->n++] = c;
        if (c != '\n') continue;
        f->text[f->n] = '\0';
        f->n = 0;
        obey(f);
    }
}

static void inputs_active(void *ctx, enum board_input input, bool *active) {
    struct fake *f = ctx;
    *active = f->lines[input].line >= 0 && f->high[input] != f->lines[input].active_low;
}

static void inputs_close(void *ctx) {
    struct fake *f = ctx;
    close(f->fd);
    free(f);
}

const struct inputs_driver fake_inputs = {.name = "fake",
                                          .open = inputs_open,
                                          .fds = inputs_fds,
                                          .drain = inputs_drain,
                                          .active = inputs_active,
                                          .close = inputs_close};

static err_t lights_open(void **out, const struct board_profile *p) {
    FILE *file = fopen(p->light_device, "ae");
    if (!file) return err_fail(ERR_DEVICE, "the fake lights' %s does not open: %s", p->light_device, strerror(errno));
    setvbuf(file, NULL, _IOLBF, 0);
    *out = file;
    return ERR_OK;
}

static void lights_show(void *ctx, uint8_t level, uint32_t rgb) {
    fprintf(ctx, "%d %06x\n", level, (unsigned)rgb);
}

static void lights_close(void *ctx) {
    fclose(ctx);
}

const struct lights_driver fake_lights = {
    .name = "fake", .open = lights_open, .show = lights_show, .close = lights_close};
