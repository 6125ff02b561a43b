#include "board/board.h"

#include <stdlib.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/str.h"
#include "board/driver.h"

#define NS_PER_MS INT64_C(1000000)

struct input {
    bool active;        /* as it counts */
    int64_t settles_ns; /* when its new level counts; 0 nothing is new */
    int64_t held_ns;    /* when it has been held; 0 not pressed, or told already */
};

struct board {
    const struct board_profile *profile;
    const struct lights *lights;
    const struct inputs_driver *inputs_driver; /* NULL none */
    const struct lights_driver *lights_driver;
    void *inputs_ctx, *lights_ctx;
    struct input inputs[BOARD_INPUTS];
    int timer;

    enum board_light light;
    int64_t light_since_ns, light_next_ns; /* next: when it changes; 0 never */
    int level;                             /* as it shines; -1 not yet */
};

/* ---- the timer ---- */

static void sooner(int64_t *next_ns, int64_t at_ns) {
    if (at_ns && (!*next_ns || at_ns < *next_ns)) *next_ns = at_ns;
}

static void set_timer(struct board *b) {
    int64_t next_ns = b->light_next_ns;
    for (int i = 0; i < BOARD_INPUTS; i++) {
        sooner(&next_ns, b->inputs[i].settles_ns);
        sooner(&next_ns, b->inputs[i].held_ns);
    }
    struct itimerspec at = {.it_value = {.tv_sec = next_ns / 1000000000, .tv_nsec = (long)(next_ns % 1000000000)}};
    timerfd_settime(b->timer, TFD_TIMER_ABSTIME, &at, NULL); /* 0 disarms */
}

/* ---- lights ---- */

static void shine(struct board *b, int64_t now_ns) {
    int64_t since_ms = (now_ns - b->light_since_ns) / NS_PER_MS, next_ms;
    if (!b->lights_driver) return;
    int level = lights_level(b->lights, b->light, since_ms, &next_ms);
    b->light_next_ns = next_ms ? b->light_since_ns + next_ms * NS_PER_MS : 0;
    if (level == b->level) return;
    b->level = level;
    b->lights_driver->show(b->lights_ctx, (uint8_t)level, b->lights->patterns[b->light].rgb);
}

void board_show(struct board *b, enum board_light light, int64_t now_ns) {
    if (light == b->light) return;
    b->light = light;
    b->light_since_ns = now_ns;
    b->level = -1; /* another colour, perhaps */
    shine(b, now_ns);
    set_timer(b);
}

/* ---- inputs ---- */

void board_wake(struct board *b, int fd, int64_t now_ns) {
    if (fd == b->timer) {
        uint64_t times;
        ssize_t got = read(fd, &times, sizeof times);
        (void)got; /* what is due is found by the time */
        return;
    }
    b->inputs_driver->drain(b->inputs_ctx, fd);
    for (int i = 0; i < BOARD_INPUTS; i++) {
        bool active = b->inputs[i].active;
        b->inputs_driver->active(b->inputs_ctx, (enum board_input)i, &active);
        /* each edge puts it off, and one that brings the old level back takes it back */
        bool is_new = active != b->inputs[i].active;
        b->inputs[i].settles_ns = is_new ? now_ns + DEBOUNCE_MS * NS_PER_MS : 0;
    }
    set_timer(b);
}

/* A level counts now: whether that is something to tell. */
static bool settle(struct board *b, enum board_input input, int64_t now_ns, enum board_event *out) {
    struct input *in = &b->inputs[input];
    bool active = in->active;
    in->settles_ns = 0;
    b->inputs_driver->active(b->inputs_ctx, input, &active);
    if (active == in->active) return false;
    in->active = active;
    in->held_ns = 0;
    switch (input) {
        case BOARD_TALK:
            if (active && b->profile->hold_ms) in->held_ns = now_ns + b->profile->hold_ms * NS_PER_MS;
            *out = BOARD_PRESSED;
            return active;
        case BOARD_MUTE:
            *out = b->profile->mute_is_switch ? (active ? BOARD_MUTE_ON : BOARD_MUTE_OFF) : BOARD_MUTE_CHANGE;
            return active || b->profile->mute_is_switch;
        case BOARD_LOUDER:
            *out = BOARD_UP;
            return active;
        case BOARD_SOFTER:
            *out = BOARD_DOWN;
            return active;
        case BOARD_INPUTS:
            break;
    }
    return false;
}

static bool next_input(struct board *b, enum board_input input, int64_t now_ns, enum board_event *out) {
    struct input *in = &b->inputs[input];
    if (in->settles_ns && now_ns >= in->settles_ns && settle(b, input, now_ns, out)) return true;
    if (!in->held_ns || now_ns < in->held_ns) return false;
    in->held_ns = 0;
    *out = BOARD_MUTE_CHANGE;
    return true;
}

bool board_next(struct board *b, int64_t now_ns, enum board_event *out) {
    bool any = false;
    for (int i = 0; i < BOARD_INPUTS && !any; i++) any = next_input(b, (enum board_input)i, now_ns, out);
    if (b->light_next_ns && now_ns >= b->light_next_ns) shine(b, now_ns);
    set_timer(b);
    return any;
}

bool board_switch(struct board *b, bool *muted) {
    if (!b->inputs_driver || b->profile->inputs[BOARD_MUTE].line < 0 || !b->profile->mute_is_switch) return false;
    *muted = b->inputs[BOARD_MUTE].active;
    return true;
}

/* ---- open and close ---- */

static const struct inputs_driver *find_inputs(const char *name) {
    static const struct inputs_driver *const all[] = {&gpiod_inputs, &fake_inputs};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_equal(all[i]->name, name)) return all[i];
    }
    return NULL;
}

static const struct lights_driver *find_lights(const char *name) {
    static const struct lights_driver *const all[] = {&apa102_lights, &gpiod_lights, &fake_lights};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_equal(all[i]->name, name)) return all[i];
    }
    return NULL;
}

static err_t open_drivers(struct board *b) {
    const struct inputs_driver *in = find_inputs(b->profile->gpio_driver);
    const struct lights_driver *out = find_lights(b->profile->light_driver);
    bool has_input = false;
    for (int i = 0; i < BOARD_INPUTS; i++) has_input = has_input || b->profile->inputs[i].line >= 0;
    if (in && has_input) {
        TRY(in->open(&b->inputs_ctx, b->profile));
        b->inputs_driver = in;
        for (int i = 0; i < BOARD_INPUTS; i++) in->active(b->inputs_ctx, (enum board_input)i, &b->inputs[i].active);
    }
    if (out) {
        TRY(out->open(&b->lights_ctx, b->profile));
        b->lights_driver = out;
    }
    return ERR_OK;
}

err_t board_open(struct board **out, const struct board_profile *p, const struct lights *l, int64_t now_ns) {
    struct board *b = calloc(1, sizeof *b);
    if (!b) return err_fail(ERR_MEMORY, "no memory for the board");
    *b = (struct board){.profile = p, .lights = l, .level = -1, .light_since_ns = now_ns};
    b->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    err_t err = b->timer < 0 ? err_fail(ERR_IO, "the system gives no timer") : open_drivers(b);
    if (err) {
        board_close(b);
        return err;
    }
    shine(b, now_ns);
    *out = b;
    return ERR_OK;
}

void board_close(struct board *b) {
    if (!b) return;
    if (b->inputs_driver) b->inputs_driver->close(b->inputs_ctx);
    if (b->lights_driver) b->lights_driver->close(b->lights_ctx);
    if (b->timer >= 0) close(b->timer);
    free(b);
}

int board_fds(const struct board *b, int *fds) {
    int n = b->inputs_driver ? b->inputs_driver->fds(b->inputs_ctx, fds) : 0;
    fds[n++] = b->timer;
    return n;
}
