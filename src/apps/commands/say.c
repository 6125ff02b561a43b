#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "apps/cli.h"
#include "audio/audio.h"
#include "base/str.h"

enum { SAY_MAX_SAMPLES = 120 * AUDIO_RATE_HZ };

struct sound {
    int16_t *samples;
    size_t n;
};

static void rest_ms(long ms) {
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

static err_t play(const struct settings *s, const struct sound *sound) {
    struct audio_config config = settings_audio(s);
    struct audio *audio;
    TRY(audio_open(&audio, &config));
    err_t err = audio_start(audio);
    struct ring *ring = audio_playback(audio);
    for (size_t at = 0; !err && at < sound->n;) {
        size_t fits = ring_space(ring), part = sound->n - at < fits ? sound->n - at : fits;
        at += ring_write(ring, sound->samples + at, part);
        rest_ms(20);
    }
    if (!err) rest_ms(1500); /* what the ring and the device still hold */
    audio_stop(audio);
    audio_close(audio);
    return err;
}

static err_t speak(struct cli *cli, struct sound *sound) {
    struct voice_config config = {.name = *cli->settings.voice ? cli->settings.voice : NULL,
                                  .rate_wpm = cli->settings.voice_rate_wpm,
                                  .pitch = cli->settings.voice_pitch};
    struct voice *voice;
    TRY(voice_open(&voice, &config));
    err_t err = voice_record(voice, cli->args[0], sound->samples, SAY_MAX_SAMPLES, &sound->n);
    voice_close(voice);
    if (err) return err;
    return cli->out ? audio_save(cli->out, sound->samples, sound->n, AUDIO_RATE_HZ) : play(&cli->settings, sound);
}

static int run(struct cli *cli) {
    if (cli->n_args > 1)
        return cli_usage("put the text in quotes: shopkeeper say \"%s %s\"", cli->args[0], cli->args[1]);
    struct sound sound = {.samples = malloc(SAY_MAX_SAMPLES * sizeof(int16_t))};
    if (!sound.samples) return cli_usage("not enough memory");
    err_t err = speak(cli, &sound);
    free(sound.samples);
    return err ? cli_fail() : EXIT_OK;
}

const struct command command_say = {
    .name = "say",
    .usage = "TEXT [--out FILE.wav]",
    .summary = "speaks a text",
    .help =
        "Speaks TEXT in the voice of the settings, on the loudspeaker or into a WAV of 16 kHz; two minutes at most.\n\n"
        "  shopkeeper say \"Your parcel is out for delivery.\" --out parcel.wav\n",
    .options = OPT_OUT,
    .min_args = 1,
    .run = run,
};
