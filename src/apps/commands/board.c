/* Boards as their profiles have them: for who sets one up, and for the programs that make an image. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "base/str.h"

/* ---- one ---- */

static json_t *words_json(const char *words, const char *between) {
    char list[BOARD_TEXT_MAX];
    json_t *out = json_array();
    str_copy(list, sizeof list, words);
    char *rest = list;
    for (const char *word; (word = strsep(&rest, between));) {
        if (*word) json_array_append_new(out, json_string(word));
    }
    return out;
}

static json_t *line_json(const struct board_line *l) {
    static const char *const pulls[] = {[PULL_AS_IS] = "", [PULL_UP] = "up", [PULL_DOWN] = "down"};
    return json_pack("{s:i,s:b,s:s}", "line", l->line, "active_low", l->active_low, "pull", pulls[l->pull]);
}

static json_t *lines_json(const struct board_profile *p) {
    json_t *out = json_object();
    for (int i = 0; i < BOARD_INPUTS; i++) {
        if (p->inputs[i].line >= 0)
            json_object_set_new(out, board_input_name((enum board_input)i), line_json(&p->inputs[i]));
    }
    return out;
}

static json_t *profile_json(const char *board, const struct board_profile *p) {
    json_t *audio = json_pack("{s:s,s:s,s:i,s:i,s:b,s:s}", "capture", p->capture, "playback", p->playback,
                              "capture_rate_hz", p->capture_rate_hz, "playback_rate_hz", p->playback_rate_hz,
                              "one_clock", p->one_clock, "alsa", p->alsa);
    json_t *inputs = json_pack("{s:s,s:s,s:s,s:i,s:o}", "driver", p->gpio_driver, "chip", p->chip, "mute_is",
                               p->mute_is_switch ? "switch" : "button", "hold_ms", p->hold_ms, "lines", lines_json(p));
    json_t *leds = json_array();
    for (int i = 0; i < p->light_lines_n; i++) json_array_append_new(leds, line_json(&p->light_lines[i]));
    json_t *lights = json_pack("{s:s,s:s,s:i,s:i,s:o}", "driver", p->light_driver, "device", p->light_device, "count",
                               p->light_count, "percent", p->light_percent, "lines", leds);
    json_t *budget =
        json_pack("{s:s,s:i,s:i,s:f,s:i,s:i,s:i}", "processor", p->processor, "cores", p->cores, "mhz", p->mhz, "ipc",
                  p->ipc, "memory_mb", p->memory_mb, "resident_mb", p->resident_mb, "core_percent", p->core_percent);
    json_t *o = json_pack("{s:s,s:s,s:s,s:s,s:s,s:b}", "board", board, "name", p->name, "kit", p->kit, "kit_name",
                          p->kit_name, "architecture", p->architecture, "seen", p->seen);
    json_object_set_new(o, "kits", words_json(p->kits, " "));
    json_object_set_new(o, "audio", audio);
    json_object_set_new(o, "inputs", inputs);
    json_object_set_new(o, "lights", lights);
    json_object_set_new(o, "modules", words_json(p->modules, " "));
    json_object_set_new(o, "module_options", words_json(p->module_options, "\n"));
    json_object_set_new(o, "overlays", words_json(p->overlays, " "));
    json_object_set_new(o, "parameters", words_json(p->parameters, " "));
    json_object_set_new(o, "budget", budget);
    return o;
}

static void print_or(const char *what, const char *text, const char *otherwise) {
    printf("  %-14s %s\n", what, *text ? text : otherwise);
}

static void print_profile(const char *board, const struct board_profile *p) {
    char inputs[BOARD_TEXT_MAX] = "", lights[BOARD_TEXT_MAX];
    for (int i = 0; i < BOARD_INPUTS; i++) {
        char one[48];
        if (p->inputs[i].line < 0) continue;
        snprintf(one, sizeof one, "%s%s on line %d", *inputs ? ", " : "", board_input_name((enum board_input)i),
                 p->inputs[i].line);
        str_append(inputs, sizeof inputs, one);
    }
    str_copy(lights, sizeof lights, p->light_driver);
    str_append(lights, sizeof lights, " ");
    str_append(lights, sizeof lights, *p->light_device ? p->light_device : p->chip);
    printf("%s: %s%s%s\n", board, p->name, *p->kit_name ? " with " : "", p->kit_name);
    print_or("seen", p->seen ? "on a real one" : "never on a real one", "");
    print_or("kits", p->kits, "none");
    print_or("microphone", p->capture, "the default");
    print_or("loudspeaker", p->playback, "the default");
    print_or("clock", p->one_clock ? "one" : "one each, perhaps", "");
    print_or("buttons", inputs, "none");
    print_or("lights", lights, "none");
    print_or("modules", p->modules, "none");
    print_or("overlays", p->overlays, "none");
    print_or("parameters", p->parameters, "none");
}

static int show_one(const char *board, const char *kit, bool json) {
    char path[PATH_MAX];
    struct board_profile p;
    if (settings_path(path, "boards", NULL, NULL) || board_profile_load(&p, path, board, kit)) return cli_fail();
    if (json)
        json_print(profile_json(board, &p));
    else
        print_profile(board, &p);
    return EXIT_OK;
}

/* ---- all ---- */

static int is_board(const struct dirent *e) {
    char path[PATH_MAX];
    return *e->d_name != '.' && !settings_path(path, "boards", e->d_name, "board.ini") && access(path, R_OK) == 0;
}

static int show_all(bool json) {
    char path[PATH_MAX];
    struct dirent **found;
    if (settings_path(path, "boards", NULL, NULL)) return cli_fail();
    int n = scandir(path, &found, is_board, alphasort), code = EXIT_OK;
    if (n < 0) {
        if (err_fail(ERR_NOT_FOUND, "there is no folder %s: install the program again", path)) return cli_fail();
    }
    for (int i = 0; i < n; i++) {
        if (code == EXIT_OK) code = show_one(found[i]->d_name, "", json);
        free(found[i]);
    }
    free(found);
    return code;
}

static int run(struct cli *cli) {
    if (cli->n_args > 2) return cli_usage("usage: shopkeeper board [BOARD [KIT]]");
    if (!cli->n_args) return show_all(cli->json);
    return show_one(cli->args[0], cli->n_args > 1 ? cli->args[1] : "", cli->json);
}

const struct command command_board = {
    .name = "board",
    .usage = "[BOARD [KIT]]",
    .summary = "boards that a speaker can be made of, with what is plugged into them",
    .help =
        "Shows the profiles of boards, checked; without BOARD all of them. KIT is what is plugged into it, such as\n"
        "usb or respeaker-2mics; left out, the board's first. With --json all that the profile says, for the\n"
        "programs that make a speaker's image.\n\n"
        "  shopkeeper board rpi4 respeaker-2mics",
    .run = run};
