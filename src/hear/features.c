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
    bool going; /* between begin and end */
    struct frame *out;
    size_t room;
    size_t made;    /* spectra */
    size_t stepped; /* frames that the network has heard; NETWORK_PHONES_AHEAD more than there are at the end */
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

void features_begin(struct features *f, struct frame *out, size_t room) {
    int32 rest;
    mfcc_t values[NETWORK_BANDS];
    if (f->going) fe_end_utt(f->fe, values, &rest);
    fe_start_stream(f->fe);
    fe_start_utt(f->fe);
    network_reset(f->network);
    f->going = true;
    f->out = out;
    f->room = room;
    f->made = f->stepped = 0;
}

static void add_spectra(struct features *f, const int16_t *samples, size_t n) {
    mfcc_t values[BITE][NETWORK_BANDS], *rows[BITE];
    for (int i = 0; i < BITE; i++) rows[i] = values[i];
    while (n && f->made < f->room) {
        int32 frames = BITE;
        if (fe_process_frames(f->fe, &samples, &n, rows, &frames, NULL) < 0 || frames < 0) return;
        for (int i = 0; i < frames && f->made < f->room; i++, f->made++)
            for (int b = 0; b < NETWORK_BANDS; b++) f->out[f->made].mel[b] = fmaxf((float)values[i][b], 0);
    }
}

/* The network hears one more spectrum, and says what there is to say about those before. */
static void step(struct features *f, const float *mel) {
    struct network_out now;
    size_t t = f->stepped++;
    network_step(f->network, mel, &now);
    if (t >= NETWORK_MASK_AHEAD && t - NETWORK_MASK_AHEAD < f->made) {
        struct network_out *then = &f->out[t - NETWORK_MASK_AHEAD].network;
        memcpy(then->gain, now.gain, sizeof then->gain);
        then->speech = now.speech;
    }
    if (t >= NETWORK_PHONES_AHEAD)
        memcpy(f->out[t - NETWORK_PHONES_AHEAD].network.phones, now.phones, sizeof now.phones);
}

size_t features_feed(struct features *f, const int16_t *samples, size_t n) {
    add_spectra(f, samples, n);
    while (f->stepped < f->made) step(f, f->out[f->stepped].mel);
    return f->made > NETWORK_PHONES_AHEAD ? f->made - NETWORK_PHONES_AHEAD : 0;
}

size_t features_end(struct features *f) {
    int32 rest;
    mfcc_t values[NETWORK_BANDS];
    fe_end_utt(f->fe, values, &rest);
    f->going = false;
    while (f->made && f->stepped < f->made + NETWORK_PHONES_AHEAD) step(f, f->out[f->made - 1].mel);
    return f->made;
}

size_t features_all(struct features *f, const int16_t *samples, size_t n, struct frame *out) {
    features_begin(f, out, features_count(n));
    features_feed(f, samples, n);
    return features_end(f);
}
