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
    bool going;                                  /* between begin and end */
    struct frame late[NETWORK_PHONES_AHEAD + 1]; /* what the network has not yet looked far enough ahead of */
    size_t seen;                                 /* spectra */
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

void features_begin(struct features *f) {
    int32 rest;
    mfcc_t values[NETWORK_BANDS];
    if (f->going) fe_end_utt(f->fe, values, &rest);
    fe_start_stream(f->fe);
    fe_start_utt(f->fe);
    network_reset(f->network);
    f->going = true;
    f->seen = 0;
}

/* The network hears one more spectrum, and says what there is to say about those before; true if a frame is finished by
 * it. */
static bool finish(struct features *f, const float mel[NETWORK_BANDS], struct frame *out) {
    enum { LATE = NETWORK_PHONES_AHEAD + 1 };
    struct frame *now = &f->late[f->seen % LATE];
    struct network_out heard;
    memcpy(now->mel, mel, sizeof now->mel);
    network_step(f->network, mel, &heard);
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
        for (int i = 0; i < frames; i++) {
            float mel[NETWORK_BANDS];
            for (int b = 0; b < NETWORK_BANDS; b++) mel[b] = fmaxf((float)values[i][b], 0);
            made += finish(f, mel, &out[made]);
        }
    }
    return made;
}

/* The last spectrum goes on for as long as the network looks ahead. */
size_t features_end(struct features *f, struct frame *out) {
    int32 rest;
    float last[NETWORK_BANDS];
    mfcc_t values[NETWORK_BANDS];
    size_t made = 0;
    fe_end_utt(f->fe, values, &rest);
    f->going = false;
    if (f->seen) {
        memcpy(last, f->late[(f->seen - 1) % (NETWORK_PHONES_AHEAD + 1)].mel, sizeof last);
        for (int i = 0; i < NETWORK_PHONES_AHEAD; i++) made += finish(f, last, &out[made]);
    }
    return made;
}

size_t features_all(struct features *f, const int16_t *samples, size_t n, struct frame *out) {
    features_begin(f);
    size_t made = features_feed(f, samples, n, out);
    return made + features_end(f, out + made);
}
