/* Where everything is and how it is to behave: built-in defaults, then --config FILE, then the command line.
 *
 * The data of the house (models/, catalog/, boards/) is found in $SHOPKEEPER_DATA, or where the build said.
 * One thread; strings live as long as the struct. */
#ifndef SK_APPS_SETTINGS_H
#define SK_APPS_SETTINGS_H
#include <limits.h>
#include <stdbool.h>
#include "audio/audio.h"
#include "base/err.h"
#include "board/profile.h"

struct settings {
    char locale[16];              /* "en-US": a folder of models/ */
    char shop_dir[PATH_MAX];      /* a folder such as catalog/cafe; "" take the database as it is */
    char db[PATH_MAX];            /* SQLite file; ":memory:" when only a shop is given */
    char board[32];               /* a folder of boards/ */
    char kit[32];                 /* what is plugged into it, of boards/kits/; "" the board's first */
    struct board_profile profile; /* what both say */
    bool service;         /* not of a file: waits for its sound devices, and has the board's button and lights */
    char customer[64];    /* whose speaker it is; "" the shop's first */
    char model[PATH_MAX]; /* acoustic model; "" Debian's en-us */
    char server[512];     /* the shop's server, "https://..."; "" there is none */
    char backend[16];     /* what it speaks: medusa, medusa-store; "" as there is a server or not */
    char region[64], country[4], email[128]; /* for medusa-store; "" what the shop has */
    char ca[PATH_MAX];                       /* certificates that it is trusted by; "" the system's */
    char token_file[PATH_MAX];               /* "" beside the database */
    char speaker[64];                        /* what its owner calls this speaker, for the list of devices */
    int catalogue_s;                         /* how often the catalogue is asked for */
    int answer_s;                            /* how long the server has for an answer */
    char socket[PATH_MAX];                   /* control socket of shopkeeperd; "" none */
    int web_port;                            /* of the companion page */
    char web_address[64];                    /* "" every one of this machine */
    char wake_phrase[64];
    double wake_threshold; /* 0 the household's (calibration.h), or the locale's */
    char audio_driver[16]; /* portaudio, file, null */
    char capture[PATH_MAX], playback[PATH_MAX];
    char room[PATH_MAX]; /* file driver: impulse response of its room; "" no echo */
    double room_db;
    int capture_rate_hz, playback_rate_hz; /* 0 the device's */
    int hangover_ms;                       /* silence that ends an utterance; 0 as the words ask for */
    char voice[32];                        /* "" the shop's */
    int voice_rate_wpm, voice_pitch;       /* 0 the shop's */
};

/* Defaults, then the file if `config` is not NULL. ERR_NOT_FOUND, ERR_FORMAT (unknown key: file and line). */
SK_MUST_USE err_t settings_load(struct settings *out, const char *config);

/* Lets ALSA know the devices that the board's profile defines, unless $ALSA_CONFIG_PATH is set. Before any other
 * thread. */
void settings_alsa(const struct settings *s);
/* The sound devices of the settings; borrows its strings. */
struct audio_config settings_audio(const struct settings *s);

/* Fills in what is left open about the shop's server: the adapter, and where the token is. ERR_RANGE. */
SK_MUST_USE err_t settings_server_defaults(struct settings *s);

/* Folder that holds models/, catalog/ and boards/. */
const char *settings_data_dir(void);
/* "<data>/<a>/<b>/<c>" into path[PATH_MAX]; b and c may be NULL. ERR_RANGE if too long. */
SK_MUST_USE err_t settings_path(char *path, const char *a, const char *b, const char *c);
/* models/<locale>/<name>. */
SK_MUST_USE err_t settings_model_path(const struct settings *s, char *path, const char *name);
/* <shop_dir>/<name> if there is a shop folder with such a file; *found says so. */
SK_MUST_USE err_t settings_shop_path(const struct settings *s, char *path, const char *name, bool *found);

#endif
