#include "board/lights.h"

#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/str.h"

const char *board_light_name(enum board_light light) {
    static const char *const names[BOARD_LIGHTS] = {
        [BOARD_DARK] = "dark",         [BOARD_LISTENING] = "listening",
        [BOARD_THINKING] = "thinking", [BOARD_SPEAKING] = "speaking",
        [BOARD_MUTED] = "muted",       [BOARD_OFFLINE] = "offline",
        [BOARD_ERROR] = "error",       [BOARD_NOTIFICATION] = "notification"};
    return names[light];
}

static bool parse_pattern(struct light_pattern *out, const char *text) {
    static const char letters[] = ".-+#";
    static const uint8_t levels[] = {0, LIGHT_FULL / 4, LIGHT_FULL / 2 + 1, LIGHT_FULL};
    size_t n = strlen(text);
    if (!n || n > LIGHT_STEPS_MAX) return false;
    for (size_t i = 0; i < n; i++) {
        const char *letter = strchr(letters, text[i]);
        if (!letter) return false;
        out->level[i] = levels[letter - letters];
    }
    out->n = (int)n;
    return true;
}

static bool parse_colour(uint32_t *out, const char *text) {
    if (strlen(text) != 6 || strspn(text, "0123456789abcdefABCDEF") != 6) return false;
    *out = (uint32_t)strtoul(text, NULL, 16);
    return true;
}

static err_t read_light(struct light_pattern *p, struct config *c, const char *path, const char *name) {
    const char *pattern = config_string(c, name, "pattern", NULL);
    const char *colour = config_string(c, name, "colour", "ffffff");
    if (!pattern) return err_fail(ERR_FORMAT, "%s: [%s] has no pattern", path, name);
    if (!parse_pattern(p, pattern))
        return err_fail(ERR_FORMAT, "%s:%d: pattern should be 1 to %d of the letters . - + #", path,
                        config_line(c, name, "pattern"), LIGHT_STEPS_MAX);
    if (!parse_colour(&p->rgb, colour))
        return err_fail(ERR_FORMAT, "%s:%d: colour should be six hexadecimal digits, RRGGBB", path,
                        config_line(c, name, "colour"));
    return ERR_OK;
}

static err_t read_all(struct lights *l, struct config *c, const char *path) {
    int64_t step_ms;
    TRY(config_int(c, "lights", "step_ms", 20, 1000, 100, &step_ms));
    l->step_ms = (int)step_ms;
    for (int i = BOARD_DARK + 1; i < BOARD_LIGHTS; i++)
        TRY(read_light(&l->patterns[i], c, path, board_light_name((enum board_light)i)));
    return config_finish(c);
}

err_t lights_load(struct lights *out, const char *path) {
    struct config *c;
    struct lights l = {0};
    TRY(config_load(&c, path));
    err_t err = read_all(&l, c, path);
    config_free(c);
    if (!err) *out = l;
    return err;
}

uint8_t lights_level(const struct lights *l, enum board_light light, int64_t since_ms, int64_t *next_ms) {
    const struct light_pattern *p = &l->patterns[light];
    *next_ms = 0;
    if (!p->n) return 0;
    int64_t step = since_ms / l->step_ms;
    uint8_t level = p->level[step % p->n];
    for (int ahead = 1; ahead < p->n; ahead++) {
        if (p->level[(step + ahead) % p->n] == level) continue;
        *next_ms = (step + ahead) * l->step_ms;
        break;
    }
    return level;
}
