/* The small recurrent network before the recogniser: from the log mel spectrum of what the microphone heard, frame by
 * frame, how much of each band is speech, whether anybody speaks, and which phone sounds. A plain mirror of
 * models/denoise/network.py, which trains it. The kind of network is RNNoise's (J.-M. Valin, "A hybrid DSP/deep
 * learning approach to real-time full-band speech enhancement", MMSP 2018); its gated recurrent units are those of K.
 * Cho et al., "Learning phrase representations using RNN encoder-decoder", EMNLP 2014. One thread. */
#ifndef SK_HEAR_NETWORK_H
#define SK_HEAR_NETWORK_H
#include "base/err.h"

enum {
    NETWORK_BANDS = 25,       /* of the log mel spectrum */
    NETWORK_PARTS = 118,      /* three parts of each of the 39 phones in alphabetical order, and last silence */
    NETWORK_MASK_AHEAD = 2,   /* the gains are those of the frame so many frames ago */
    NETWORK_PHONES_AHEAD = 4, /* and the phones so many */
};

struct network;

/* ERR_NOT_FOUND, ERR_FORMAT (it is not the file of such a network), ERR_MEMORY. */
SK_MUST_USE err_t network_load(struct network **out, const char *path);
/* One that hears for itself with the weights of another, which must outlive it. ERR_MEMORY. */
SK_MUST_USE err_t network_share(struct network **out, const struct network *of);
void network_free(struct network *n);

/* Forgets what was heard. */
void network_reset(struct network *n);

/* What is known after one more frame. */
struct network_out {
    float gain[NETWORK_BANDS];   /* natural logarithms of power, at most 0, for NETWORK_MASK_AHEAD frames ago */
    float speech;                /* probability, for the same frame */
    float phones[NETWORK_PARTS]; /* logarithms of probabilities, for NETWORK_PHONES_AHEAD frames ago */
};

/* One frame (10 ms): natural logarithms of the power in each band, samples in units of 16 bits. */
void network_step(struct network *n, const float log_mel[NETWORK_BANDS], struct network_out *out);
/* How often each part of a phone sounds anyway, logarithms of probabilities. Borrowed. */
const float *network_prior(const struct network *n);

#endif
