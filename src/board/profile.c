#include "board/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/str.h"

enum { LINE_NUMBER_MAX = 1023, HOLD_MS_MIN = 500, HOLD_MS_MAX = 10000 };

const char *board_input_name(enum board_input input) {
    static const char *const names[BOARD_INPUTS] = {
        [BOARD_TALK] = "talk", [BOARD_MUTE] = "mute", [BOARD_LOUDER] = "louder", [BOARD_SOFTER] = "softer"};
    return names[input];
}

/* One file that is being read: what it does not say stays as the file before had it. */
struct source {
    struct config *c;
    const char *path;
};

static err_t wrong(const struct source *s, const char *section, const char *key, const char *should) {
    return err_fail(ERR_FORMAT, "%s:%d: %s should be %s", s->path, config_line(s->c, section, key), key, should);
}

static err_t text(const struct source *s, const char *section, const char *key, char *out, size_t cap) {
    const char *value = config_string(s->c, section, key, NULL);
    if (!value || str_copy(out, cap, value)) return ERR_OK;
    return err_fail(ERR_RANGE, "%s:%d: %s is longer than %zu bytes", s->path, config_line(s->c, section, key), key,
                    cap - 1);
}

/* Adds to what the board says already. */
static err_t more_text(const struct source *s, const char *section, const char *key, const char *between, char *out,
                       size_t cap) {
    const char *value = config_string(s->c, section, key, "");
    if (!*value) return ERR_OK;
    bool fits = (!*out || str_append(out, cap, between)) && str_append(out, cap, value);
    if (fits) return ERR_OK;
    return err_fail(ERR_RANGE, "%s:%d: %s is longer than %zu bytes", s->path, config_line(s->c, section, key), key,
                    cap - 1);
}

static err_t number(const struct source *s, const char *section, const char *key, int min, int max, int *out) {
    int64_t value;
    TRY(config_int(s->c, section, key, min, max, *out, &value));
    *out = (int)value;
    return ERR_OK;
}

/* One of some words, blanks between them. */
static err_t one_of(const struct source *s, const char *section, const char *key, const char *words, char *out,
                    size_t cap) {
    const char *value = config_string(s->c, section, key, NULL);
    char list[BOARD_TEXT_MAX], should[BOARD_TEXT_MAX + 16];
    if (!value) return ERR_OK;
    str_copy(list, sizeof list, words);
    char *rest = list;
    for (const char *word; (word = str_next_word(&rest));) {
        if (str_equal(word, value)) return text(s, section, key, out, cap);
    }
    snprintf(should, sizeof should, "one of: %s", words);
    return wrong(s, section, key, should);
}

/* ---- lines: "17", "17 low up" ---- */

static bool line_word(struct board_line *l, const char *word) {
    char *end;
    long value = strtol(word, &end, 10);
    if (str_equal(word, "low"))
        l->active_low = true;
    else if (str_equal(word, "high"))
        l->active_low = false;
    else if (str_equal(word, "up"))
        l->pull = PULL_UP;
    else if (str_equal(word, "down"))
        l->pull = PULL_DOWN;
    else if (end != word && !*end && value >= 0 && value <= LINE_NUMBER_MAX && l->line < 0)
        l->line = (int)value;
    else
        return false;
    return true;
}

static bool parse_line(struct board_line *out, char *value) {
    struct board_line l = {.line = -1};
    char *rest = value;
    for (const char *word; (word = str_next_word(&rest));) {
        if (!line_word(&l, word)) return false;
    }
    if (l.line < 0) return false;
    *out = l;
    return true;
}

static err_t read_line(const struct source *s, const char *section, const char *key, struct board_line *out) {
    char value[BOARD_TEXT_MAX];
    const char *found = config_string(s->c, section, key, NULL);
    if (!found) return ERR_OK;
    if (str_equal(found, "none")) {
        *out = (struct board_line){.line = -1};
        return ERR_OK;
    }
    if (str_copy(value, sizeof value, found) && parse_line(out, value)) return ERR_OK;
    return wrong(s, section, key, "a line, such as '17', '17 low up', or 'none'");
}

/* Several, with commas. */
static err_t read_lines(const struct source *s, struct board_profile *p) {
    char value[BOARD_TEXT_MAX];
    const char *found = config_string(s->c, "lights", "lines", NULL);
    if (!found) return ERR_OK;
    bool fits = str_copy(value, sizeof value, found);
    char *rest = value;
    p->light_lines_n = 0;
    while (fits && rest) {
        char *one = strsep(&rest, ",");
        if (p->light_lines_n == BOARD_LED_LINES_MAX || !parse_line(&p->light_lines[p->light_lines_n++], one))
            return wrong(s, "lights", "lines", "lines with commas between, such as '5 high, 6 high', at most 8");
    }
    return fits ? ERR_OK : wrong(s, "lights", "lines", "shorter");
}

/* ---- sections ---- */

static err_t read_audio(const struct source *s, struct board_profile *p) {
    char file[BOARD_NAME_MAX] = "";
    TRY(text(s, "audio", "capture", p->capture, sizeof p->capture));
    TRY(text(s, "audio", "playback", p->playback, sizeof p->playback));
    TRY(number(s, "audio", "capture_rate_hz", 0, 192000, &p->capture_rate_hz));
    TRY(number(s, "audio", "playback_rate_hz", 0, 192000, &p->playback_rate_hz));
    TRY(config_bool(s->c, "audio", "one_clock", p->one_clock, &p->one_clock));
    if (p->one_clock && (!str_equal(p->capture, p->playback) || p->capture_rate_hz != p->playback_rate_hz))
        return wrong(s, "audio", "one_clock", "no, as capture and playback differ in device or rate");
    TRY(text(s, "audio", "alsa", file, sizeof file));
    if (!*file) return ERR_OK;
    if (strchr(file, '/')) return wrong(s, "audio", "alsa", "the name of a file in the same folder");
    const char *slash = strrchr(s->path, '/');
    int dir = slash ? (int)(slash - s->path) : 1;
    int n = snprintf(p->alsa, sizeof p->alsa, "%.*s/%s", dir, slash ? s->path : ".", file);
    if (n < 0 || (size_t)n >= sizeof p->alsa || access(p->alsa, R_OK))
        return wrong(s, "audio", "alsa", "a file in the same folder, which it is not");
    return ERR_OK;
}

static err_t read_inputs(const struct source *s, struct board_profile *p) {
    char mute[16] = "";
    TRY(one_of(s, "gpio", "driver", "gpiod fake none", p->gpio_driver, sizeof p->gpio_driver));
    TRY(text(s, "gpio", "chip", p->chip, sizeof p->chip));
    for (int i = 0; i < BOARD_INPUTS; i++)
        TRY(read_line(s, "inputs", board_input_name((enum board_input)i), &p->inputs[i]));
    TRY(one_of(s, "inputs", "mute_is", "switch button", mute, sizeof mute));
    if (*mute) p->mute_is_switch = str_equal(mute, "switch");
    TRY(number(s, "inputs", "hold_ms", 0, HOLD_MS_MAX, &p->hold_ms));
    if (p->hold_ms && p->hold_ms < HOLD_MS_MIN) return wrong(s, "inputs", "hold_ms", "0, or 500 to 10000");
    return ERR_OK;
}

static err_t read_lights(const struct source *s, struct board_profile *p) {
    TRY(one_of(s, "lights", "driver", "apa102 gpio fake none", p->light_driver, sizeof p->light_driver));
    TRY(text(s, "lights", "device", p->light_device, sizeof p->light_device));
    TRY(number(s, "lights", "count", 1, BOARD_LEDS_MAX, &p->light_count));
    TRY(number(s, "lights", "percent", 1, 100, &p->light_percent));
    return read_lines(s, p);
}

static err_t read_system(const struct source *s, struct board_profile *p) {
    TRY(more_text(s, "kernel", "modules", " ", p->modules, sizeof p->modules));
    TRY(more_text(s, "kernel", "options", "\n", p->module_options, sizeof p->module_options));
    TRY(more_text(s, "boot", "overlays", " ", p->overlays, sizeof p->overlays));
    return more_text(s, "boot", "parameters", " ", p->parameters, sizeof p->parameters);
}

static err_t read_shared(const struct source *s, struct board_profile *p) {
    TRY(read_audio(s, p));
    TRY(read_inputs(s, p));
    TRY(read_lights(s, p));
    return read_system(s, p);
}

static err_t read_board(const struct source *s, struct board_profile *p) {
    TRY(text(s, "board", "name", p->name, sizeof p->name));
    TRY(text(s, "board", "kits", p->kits, sizeof p->kits));
    TRY(one_of(s, "board", "architecture", "amd64 arm64 armhf any", p->architecture, sizeof p->architecture));
    TRY(config_bool(s->c, "board", "seen", false, &p->seen));
    TRY(text(s, "budget", "processor", p->processor, sizeof p->processor));
    TRY(number(s, "budget", "cores", 1, 256, &p->cores));
    TRY(number(s, "budget", "mhz", 1, 10000, &p->mhz));
    TRY(config_double(s->c, "budget", "ipc", 0.1, 10, p->ipc, &p->ipc));
    TRY(number(s, "budget", "memory_mb", 1, 1 << 20, &p->memory_mb));
    TRY(number(s, "budget", "resident_mb", 1, 1 << 20, &p->resident_mb));
    TRY(number(s, "budget", "core_percent", 1, 100, &p->core_percent));
    return read_shared(s, p);
}

static err_t read_kit(const struct source *s, struct board_profile *p) {
    TRY(text(s, "kit", "name", p->kit_name, sizeof p->kit_name));
    return read_shared(s, p);
}

/* ---- what goes together ---- */

static bool has_input(const struct board_profile *p) {
    for (int i = 0; i < BOARD_INPUTS; i++) {
        if (p->inputs[i].line >= 0) return true;
    }
    return false;
}

static err_t check_lines(const struct board_profile *p, const char *path) {
    for (int i = 0; i < BOARD_INPUTS; i++) {
        for (int k = 0; k < i; k++) {
            if (p->inputs[i].line >= 0 && p->inputs[i].line == p->inputs[k].line)
                return err_fail(ERR_FORMAT, "%s: %s and %s are both on line %d", path,
                                board_input_name((enum board_input)k), board_input_name((enum board_input)i),
                                p->inputs[i].line);
        }
    }
    return ERR_OK;
}

static err_t check(const struct board_profile *p, const char *path) {
    bool uses_gpio = has_input(p) || str_equal(p->light_driver, "gpio");
    if (!*p->name) return err_fail(ERR_FORMAT, "%s: [board] has no name", path);
    if (has_input(p) && str_equal(p->gpio_driver, "none"))
        return err_fail(ERR_FORMAT, "%s: [inputs] has lines, but [gpio] has no driver", path);
    if (uses_gpio && !*p->chip) return err_fail(ERR_FORMAT, "%s: lines are used, but [gpio] has no chip", path);
    if (str_equal(p->light_driver, "gpio") && !p->light_lines_n)
        return err_fail(ERR_FORMAT, "%s: [lights] has the driver gpio, but no lines", path);
    bool by_device = str_equal(p->light_driver, "apa102") || str_equal(p->light_driver, "fake");
    if (by_device && !*p->light_device)
        return err_fail(ERR_FORMAT, "%s: [lights] has the driver %s, but no device", path, p->light_driver);
    if (p->hold_ms && p->inputs[BOARD_TALK].line < 0)
        return err_fail(ERR_FORMAT, "%s: hold_ms is of the talk button, and there is none", path);
    return check_lines(p, path);
}

static err_t load_file(struct board_profile *p, const char *path,
                       err_t (*read)(const struct source *s, struct board_profile *p)) {
    struct source s = {.path = path};
    TRY(config_load(&s.c, path));
    err_t err = read(&s, p);
    if (!err) err = config_finish(s.c);
    config_free(s.c);
    return err;
}

/* A name is no way out of the folder. */
static bool is_name(const char *name) {
    return *name && *name != '.' && !strchr(name, '/') && strlen(name) < BOARD_NAME_MAX;
}

static err_t choose_kit(struct board_profile *p, const char *board, const char *kit) {
    char list[BOARD_TEXT_MAX];
    str_copy(list, sizeof list, p->kits);
    char *rest = list;
    for (const char *name; (name = str_next_word(&rest));) {
        if (*kit && !str_equal(kit, name)) continue;
        if (!is_name(name)) return err_fail(ERR_FORMAT, "board %s: '%s' is no name of a kit", board, name);
        str_copy(p->kit, sizeof p->kit, name);
        return ERR_OK;
    }
    if (!*kit) return ERR_OK;
    return err_fail(ERR_NOT_FOUND, "board %s has no kit '%s': it has %s", board, kit, *p->kits ? p->kits : "none");
}

err_t board_profile_load(struct board_profile *out, const char *dir, const char *board, const char *kit) {
    struct board_profile p = {.gpio_driver = "none", .light_driver = "none", .light_count = 1, .light_percent = 30};
    char path[PATH_MAX];
    for (int i = 0; i < BOARD_INPUTS; i++) p.inputs[i].line = -1;
    if (!is_name(board)) return err_fail(ERR_ARG, "'%s' is no name of a board", board);
    if (snprintf(path, sizeof path, "%s/%s/board.ini", dir, board) >= (int)sizeof path)
        return err_fail(ERR_RANGE, "the path of board %s is too long", board);
    TRY(load_file(&p, path, read_board));
    TRY(choose_kit(&p, board, kit));
    if (*p.kit) {
        if (snprintf(path, sizeof path, "%s/kits/%s.ini", dir, p.kit) >= (int)sizeof path)
            return err_fail(ERR_RANGE, "the path of kit %s is too long", p.kit);
        TRY(load_file(&p, path, read_kit));
    }
    TRY(check(&p, path));
    *out = p;
    return ERR_OK;
}
