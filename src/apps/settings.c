#include "apps/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/str.h"

const char *settings_data_dir(void) {
    const char *dir = getenv("SHOPKEEPER_DATA");
    return dir && *dir ? dir : SK_DATA_DIR;
}

static err_t path_join(char *path, const char *dir, const char *name) {
    char joined[PATH_MAX];
    int n = snprintf(joined, sizeof joined, "%s/%s", dir, name);
    if (n < 0 || n >= PATH_MAX) return err_fail(ERR_RANGE, "the path %s/%s is too long", dir, name);
    memcpy(path, joined, (size_t)n + 1);
    return ERR_OK;
}

err_t settings_path(char *path, const char *a, const char *b, const char *c) {
    TRY(path_join(path, settings_data_dir(), a));
    if (b) TRY(path_join(path, path, b));
    if (c) TRY(path_join(path, path, c));
    return ERR_OK;
}

err_t settings_model_path(const struct settings *s, char *path, const char *name) {
    return settings_path(path, "models", s->locale, name);
}

err_t settings_shop_path(const struct settings *s, char *path, const char *name, bool *found) {
    *found = false;
    if (!*s->shop_dir) return ERR_OK;
    TRY(path_join(path, s->shop_dir, name));
    *found = access(path, R_OK) == 0;
    return ERR_OK;
}

static void text(struct config *c, const char *section, const char *key, char *out, size_t cap) {
    str_copy(out, cap, config_string(c, section, key, out));
}

static err_t number(struct config *c, const char *section, const char *key, int min, int max, int *out) {
    int64_t value;
    TRY(config_int(c, section, key, min, max, *out, &value));
    *out = (int)value;
    return ERR_OK;
}

static err_t read_all(struct settings *s, struct config *c) {
    text(c, "shop", "dir", s->shop_dir, sizeof s->shop_dir);
    text(c, "shop", "db", s->db, sizeof s->db);
    text(c, "shop", "customer", s->customer, sizeof s->customer);
    text(c, "speaker", "locale", s->locale, sizeof s->locale);
    text(c, "speaker", "board", s->board, sizeof s->board);
    text(c, "speaker", "kit", s->kit, sizeof s->kit);
    text(c, "speaker", "socket", s->socket, sizeof s->socket);
    text(c, "server", "url", s->server, sizeof s->server);
    text(c, "server", "backend", s->backend, sizeof s->backend);
    text(c, "server", "region", s->region, sizeof s->region);
    text(c, "server", "country", s->country, sizeof s->country);
    text(c, "server", "email", s->email, sizeof s->email);
    text(c, "server", "ca", s->ca, sizeof s->ca);
    text(c, "server", "token_file", s->token_file, sizeof s->token_file);
    text(c, "server", "speaker", s->speaker, sizeof s->speaker);
    TRY(number(c, "server", "catalogue_s", 1, 86400, &s->catalogue_s));
    TRY(number(c, "server", "answer_s", 1, 300, &s->answer_s));
    TRY(number(c, "web", "port", 1, 65535, &s->web_port));
    text(c, "web", "address", s->web_address, sizeof s->web_address);
    text(c, "hear", "model", s->model, sizeof s->model);
    text(c, "hear", "wake_phrase", s->wake_phrase, sizeof s->wake_phrase);
    TRY(config_double(c, "hear", "wake_threshold", -100, 100, s->wake_threshold, &s->wake_threshold));
    TRY(number(c, "hear", "hangover_ms", 0, 3000, &s->hangover_ms));
    text(c, "voice", "name", s->voice, sizeof s->voice);
    TRY(number(c, "voice", "rate", 80, 450, &s->voice_rate_wpm));
    TRY(number(c, "voice", "pitch", 1, 100, &s->voice_pitch));
    return ERR_OK;
}

/* The sound devices, where they are to be others than those of the board's profile. */
static err_t read_audio(struct settings *s, struct config *c) {
    text(c, "audio", "driver", s->audio_driver, sizeof s->audio_driver);
    text(c, "audio", "capture", s->capture, sizeof s->capture);
    text(c, "audio", "playback", s->playback, sizeof s->playback);
    text(c, "audio", "room", s->room, sizeof s->room);
    TRY(config_double(c, "audio", "room_db", -60, 20, s->room_db, &s->room_db));
    TRY(number(c, "audio", "capture_rate_hz", 0, 192000, &s->capture_rate_hz));
    return number(c, "audio", "playback_rate_hz", 0, 192000, &s->playback_rate_hz);
}

static err_t read_board(struct settings *s) {
    char path[PATH_MAX];
    TRY(settings_path(path, "boards", NULL, NULL));
    TRY(board_profile_load(&s->profile, path, s->board, s->kit));
    str_copy(s->capture, sizeof s->capture, s->profile.capture);
    str_copy(s->playback, sizeof s->playback, s->profile.playback);
    s->capture_rate_hz = s->profile.capture_rate_hz;
    s->playback_rate_hz = s->profile.playback_rate_hz;
    return ERR_OK;
}

static err_t read_config(struct settings *s, const char *file) {
    struct config *c;
    TRY(config_load(&c, file));
    err_t err = read_all(s, c);
    if (!err) err = read_board(s);
    if (!err) err = read_audio(s, c);
    if (!err) err = config_finish(c);
    config_free(c);
    return err;
}

err_t settings_load(struct settings *out, const char *config) {
    struct settings s = {.locale = "en-US",
                         .board = "generic-pc",
                         .wake_phrase = "okay shopkeeper",
                         .audio_driver = "portaudio",
                         .room_db = -10,
                         .speaker = "Shopkeeper",
                         .catalogue_s = 15 * 60,
                         .answer_s = 30,
                         .web_port = 8080};
    TRY(config ? read_config(&s, config) : read_board(&s));
    *out = s;
    return ERR_OK;
}

err_t settings_server_defaults(struct settings *s) {
    if (!*s->backend) str_copy(s->backend, sizeof s->backend, *s->server ? "medusa" : "local");
    if (!*s->token_file && snprintf(s->token_file, sizeof s->token_file, "%s.token", s->db) >= PATH_MAX)
        return err_fail(ERR_RANGE, "the path of the database is too long");
    return ERR_OK;
}

void settings_alsa(const struct settings *s) {
    static const char standard[] = "/usr/share/alsa/alsa.conf";
    char paths[PATH_MAX + sizeof standard + 1];
    if (!*s->profile.alsa) return;
    snprintf(paths, sizeof paths, "%s:%s", standard, s->profile.alsa);
    setenv("ALSA_CONFIG_PATH", paths, 0);
}

struct audio_config settings_audio(const struct settings *s) {
    return (struct audio_config){.driver = s->audio_driver,
                                 .capture = *s->capture ? s->capture : NULL,
                                 .playback = *s->playback ? s->playback : NULL,
                                 .capture_rate_hz = s->capture_rate_hz,
                                 .playback_rate_hz = s->playback_rate_hz,
                                 .room = *s->room ? s->room : NULL,
                                 .room_db = s->room_db};
}
