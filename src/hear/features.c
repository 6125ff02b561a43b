#include "hear/features.h"

#include <math.h>
#include <pocketsphinx.h>
#include <sphinxbase/fe.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BITE = 16 /* frames at a time */ };

struct features {
    fe_t *fe;
    cmd_ln_t *config;
    struct network *network;
    /* the stream */
    struct frame late[NETWORK_PHONES_AHEAD + 1]; /* what the network has not yet looked far enough ahead of */
    size_t seen;
};

err_t features_open(struct features **out, struct network *network) {
    struct features *f = calloc(1, sizeof *f);
    if (!f) return err_fail(ERR_MEMORY, "out of memory for the front end");
    f->network = network;
    f->config = cmd_ln_init(NULL, ps_args(), TRUE, "-lowerf", "130", "-upperf", "6800", "-nfilt", "25", "-transform",
                            "dct", "-remove_noise", "no", "-remove_silence", "no", "-logspec", "yes", NULL);
    f->fe = f->config ? fe_init_auto_r(f->config) : NULL;
    if (!f->fe || fe_get_output_size(f->fe) != NETWORK_BANDS) {
        features_close(f);
        return err_fail(ERR_MODEL, "the recogniser's front end does not start");
    }
    *out = f;
    return ERR_OK;
}

void features_close(struct features *f) {
    if (!f) return;
    if (f->fe) fe_free(f->fe);
    cmd_ln_free_r(f->config);
    free(f);
}

size_t features_count(size_t n) {
    return n < FEATURES_WINDOW ? 0 : (n - FEATURES_WINDOW) / FEATURES_HOP + 1;
}

/* The log mel spectra; returns how many, `room` at most. */
static size_t spectra(struct features *f, const int16_t *samples, size_t n, struct frame *out, size_t room) {
    mfcc_t values[BITE][NETWORK_BANDS], *rows[BITE];
    size_t made = 0;
    for (int i = 0; i < BITE; i++) rows[i] = values[i];
    fe_start_stream(f->fe);
    fe_start_utt(f->fe);
    while (n && made < room) {
        int32 frames = BITE;
        if (fe_process_frames(f->fe, &samples, &n, rows, &frames, NULL) < 0 || frames < 0) break;
        for (int i = 0; i < frames && made < room; i++, made++)
            for (int b = 0; b < NETWORK_BANDS; b++) out[made].mel[b] = fmaxf((float)values[i][b], 0);
    }
    int32 rest;
    fe_end_utt(f->fe, rows[0], &rest);
    return made;
}

size_t features_all(struct features *f, const int16_t *samples, size_t n, struct frame *out) {
    size_t frames = spectra(f, samples, n, out, features_count(n));
    struct network_out now;
    network_reset(f->network);
    for (size_t t = 0; frames && t < frames + NETWORK_PHONES_AHEAD; t++) {
        network_step(f->network, out[t < frames ? t : frames - 1].mel, &now);
        if (t >= NETWORK_MASK_AHEAD && t - NETWORK_MASK_AHEAD < frames) {
            struct network_out *then = &out[t - NETWORK_MASK_AHEAD].network;
            memcpy(then->gain, now.gain, sizeof then->gain);
            then->speech = now.speech;
        }
        if (t >= NETWORK_PHONES_AHEAD)
            memcpy(out[t - NETWORK_PHONES_AHEAD].network.phones, now.phones, sizeof now.phones);
    }
    return frames;
}

void features_begin(struct features *f) {
    fe_start_stream(f->fe);
    fe_start_utt(f->fe);
    network_reset(f->network);
    f->seen = 0;
}

/* One more spectrum; true if a frame is finished by it. */
static bool finish(struct features *f, const mfcc_t *mel, struct frame *out) {
    enum { LATE = NETWORK_PHONES_AHEAD + 1 };
    struct frame *now = &f->late[f->seen % LATE];
    struct network_out heard;
    for (int b = 0; b < NETWORK_BANDS; b++) now->mel[b] = fmaxf((float)mel[b], 0);
    network_step(f->network, now->mel, &heard);
    if (f->seen >= NETWORK_MASK_AHEAD) {
        struct network_out *then = &f->late[(f->seen - NETWORK_MASK_AHEAD) % LATE].network;
        memcpy(then->gain, heard.gain, sizeof then->gain);
        then->speech = heard.speech;
    }
    if (f->seen++ < NETWORK_PHONES_AHEAD) return false;
    *out = f->late[(f->seen - LATE) % LATE];
    memcpy(out->network.phones, heard.phones, sizeof heard.phones);
    return true;
}

size_t features_feed(struct features *f, const int16_t *samples, size_t n, struct frame *out) {
    mfcc_t values[BITE][NETWORK_BANDS], *rows[BITE];
    size_t made = 0;
    for (int i = 0; i < BITE; i++) rows[i] = values[i];
    while (n) {
        int32 frames = BITE;
        if (fe_process_frames(f->fe, &samples, &n, rows, &frames, NULL) < 0 || frames < 0) break;
        for (int i = 0; i < frames; i++) made += finish(f, values[i], &out[made]);
    }
    return made;
}
