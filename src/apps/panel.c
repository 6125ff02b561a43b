#include "apps/panel.h"

#include <stdlib.h>

#include "apps/core.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"

struct panel {
    struct core *core;
    struct board *board;
    struct lights lights;
};

static void act(struct panel *p, enum board_event e) {
    switch (e) {
        case BOARD_PRESSED:
            core_wake(p->core);
            break;
        case BOARD_MUTE_ON:
        case BOARD_MUTE_OFF:
            core_set_muted(p->core, e == BOARD_MUTE_ON);
            break;
        case BOARD_MUTE_CHANGE:
            core_set_muted(p->core, !core_is_muted(p->core));
            break;
        case BOARD_UP:
        case BOARD_DOWN:
            core_volume(p->core, e == BOARD_UP ? 1 : -1);
            break;
    }
}

static void on_ready(void *ctx, int fd) {
    struct panel *p = ctx;
    enum board_event e;
    board_wake(p->board, fd, clock_monotonic_ns());
    while (board_next(p->board, clock_monotonic_ns(), &e)) act(p, e);
}

static err_t watch(struct panel *p) {
    int fds[BOARD_FDS_MAX];
    int n = board_fds(p->board, fds);
    for (int i = 0; i < n; i++) TRY(core_watch(p->core, fds[i], on_ready, p));
    return ERR_OK;
}

static err_t open_board(struct panel *p, const struct settings *s) {
    char path[PATH_MAX];
    TRY(settings_path(path, "boards", "lights.ini", NULL));
    TRY(lights_load(&p->lights, path));
    TRY(board_open(&p->board, &s->profile, &p->lights, clock_monotonic_ns()));
    return watch(p);
}

err_t panel_open(struct panel **out, const struct settings *s, struct core *core) {
    const struct board_profile *board = &s->profile;
    *out = NULL;
    if (str_equal(board->gpio_driver, "none") && str_equal(board->light_driver, "none")) return ERR_OK;
    struct panel *p = calloc(1, sizeof *p);
    if (!p) return err_fail(ERR_MEMORY, "no memory for the board");
    p->core = core;
    err_t err = open_board(p, s);
    if (err) {
        panel_close(p);
        if (board->inputs[BOARD_MUTE].line >= 0) return err;
        log_warning("no button and no lights: %s", err_reason());
        return ERR_OK;
    }
    *out = p;
    return ERR_OK;
}

void panel_close(struct panel *p) {
    if (!p) return;
    board_close(p->board);
    free(p);
}

void panel_show(struct panel *p, enum board_light light) {
    if (p) board_show(p->board, light, clock_monotonic_ns());
}

bool panel_muted(struct panel *p, bool before) {
    bool position;
    return p && board_switch(p->board, &position) ? position : before;
}

bool panel_has_switch(struct panel *p) {
    bool position;
    return p && board_switch(p->board, &position);
}
