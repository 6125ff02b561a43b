/* A partitioned Kalman filter in the frequency domain (G. Enzner and P. Vary, "Frequency-domain adaptive Kalman filter
 * for acoustic echo control in hands-free telephones", Signal Processing 86(6), 2006; F. Kuech, E. Mabande and G.
 * Enzner, "State-space architecture of the partitioned-block-based acoustic echo controller", ICASSP 2014): every tap
 * of every bin has a variance, its doubt, and learns by as much as that doubt explains of what is left. Somebody who
 * speaks is explained by none, so nothing is unlearned. The first doubt falls as a room's echo does (S. Makino, Y.
 * Kaneda and N. Koizumi, "Exponentially weighted stepsize NLMS adaptive filter based on the statistics of a room
 * impulse response", IEEE TSAP 1(1), 1993).
 *
 * Blocks of the last seconds are taken again, some with each new one (S. Roy and J. J. Shynk, "Analysis of the
 * data-reusing LMS algorithm", 32nd Midwest Symposium on Circuits and Systems, 1989): the spectra are kept anyway. A
 * long filter learns a room in half the time, and goes on learning while somebody speaks. */
#include "audio/canceller.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = AUDIO_BLOCK_FRAMES,
    POINTS = CANCELLER_POINTS,
    BINS = CANCELLER_BINS,
    PARTS = CANCELLER_BLOCKS,
    AGAIN = 4,        /* old blocks taken with each new one */
    AGAIN_SPAN = 125, /* from so many last ones */
    MOVING_SPAN = 20, /* while the room is another one all the time */
    MOVING = 500,     /* blocks for which it is taken to be so */
    BAND = 20,        /* bins that are judged together, 500 Hz */
    BANDS = (BINS + BAND - 1) / BAND,
    BOUND = 4,  /* parts of the filter made to end after a block, each time */
    KEPT = 256, /* blocks; a power of two, above AGAIN_SPAN + CANCELLER_LAG_MAX + PARTS */
};

static const float FIRST_DOUBT = 3;         /* of a tap of the first part: an echo some dB louder than it was played */
static const float FALL_S = 0.6f;           /* the first doubt falls by 60 dB */
static const float STAYS = 0.99997f;        /* of the room, from block to block: the rest may be another one */
static const float MOVING_STAYS = 0.99f;    /* while it moves */
static const float SPEECH_KEEP = 0.5f;      /* of the spectrum of what is no echo, from block to block */
static const float NOISE = 300.0f * POINTS; /* of the microphone, in a bin's square: nothing is learned from less */
static const float NOTCH = 0.98f;           /* two zeros at 0 Hz: below 50 Hz there is only rumble */
static const float MATCH_KEEP = 0.95f;      /* of what the filter makes, from block to block */
static const float MATCHES = 0.9f;          /* so much of it is in the microphone, or the room moves */
static const float STRANGE = 0.4f;          /* not even so much: another room */

struct notch {
    float in[2], out[2];
};

struct canceller {
    kiss_fftr_cfg forth, back;
    size_t at;     /* of the newest block kept; older ones lie above it */
    size_t seen;   /* blocks that may be taken again */
    size_t lag;    /* blocks */
    size_t bound;  /* the part whose turn it was */
    uint32_t seed; /* chooses the old blocks */
    struct notch near_notch, far_notch;
    float far[POINTS]; /* the block before and the newest */
    float near[KEPT][BLOCK];
    kiss_fft_cpx played[KEPT][BINS]; /* spectra of a block with the one before it */
    kiss_fft_cpx filter[PARTS][BINS];
    float doubt[PARTS][BINS];          /* variance of the filter */
    float speech[BINS];                /* square of what is no echo */
    float made[BANDS], matched[BANDS]; /* energy of the filter's echo, and how much of it is in the microphone */
    int moving;                        /* blocks until the room is taken to stand still */
};

static float first_doubt(size_t part) {
    return FIRST_DOUBT * powf(10, -6 * (float)part * BLOCK / AUDIO_RATE_HZ / FALL_S);
}

void canceller_forget(struct canceller *c) {
    memset(c->filter, 0, sizeof c->filter);
    memset(c->speech, 0, sizeof c->speech);
    for (size_t p = 0; p < PARTS; p++)
        for (size_t k = 0; k < BINS; k++) c->doubt[p][k] = first_doubt(p);
    memset(c->made, 0, sizeof c->made);
    memset(c->matched, 0, sizeof c->matched);
    c->moving = 0;
    c->seen = 0;
}

err_t canceller_create(struct canceller **out) {
    struct canceller *c = calloc(1, sizeof *c);
    if (!c) return err_fail(ERR_MEMORY, "no memory for the echo canceller");
    c->forth = kiss_fftr_alloc(POINTS, 0, NULL, NULL);
    c->back = kiss_fftr_alloc(POINTS, 1, NULL, NULL);
    if (!c->forth || !c->back) {
        canceller_destroy(c);
        return err_fail(ERR_MEMORY, "no memory for the echo canceller");
    }
    canceller_forget(c);
    *out = c;
    return ERR_OK;
}

void canceller_destroy(struct canceller *c) {
    if (!c) return;
    kiss_fftr_free(c->forth);
    kiss_fftr_free(c->back);
    free(c);
}

static void part_clear(struct canceller *c, size_t part) {
    memset(c->filter[part], 0, sizeof c->filter[part]);
    for (size_t k = 0; k < BINS; k++) c->doubt[part][k] = first_doubt(part);
}

static void part_move(struct canceller *c, size_t to, size_t from) {
    if (from >= PARTS) {
        part_clear(c, to);
        return;
    }
    memcpy(c->filter[to], c->filter[from], sizeof c->filter[to]);
    memcpy(c->doubt[to], c->doubt[from], sizeof c->doubt[to]);
}

void canceller_lag(struct canceller *c, size_t blocks) {
    if (blocks > CANCELLER_LAG_MAX) blocks = CANCELLER_LAG_MAX;
    size_t later = blocks > c->lag ? blocks - c->lag : 0, earlier = c->lag > blocks ? c->lag - blocks : 0;
    if (later)
        for (size_t p = 0; p < PARTS; p++) part_move(c, p, p + later);
    else if (earlier) /* what lies before the first part wraps around to far above the last */
        for (size_t p = PARTS; p-- > 0;) part_move(c, p, p - earlier);
    c->lag = blocks;
}

/* Without what lies at 0 Hz, which a filter of some hundred milliseconds cannot follow. */
static void notch(struct notch *n, const int16_t *in, float *out) {
    for (size_t i = 0; i < BLOCK; i++) {
        float v = in[i];
        for (size_t s = 0; s < 2; s++) {
            float next = v - n->in[s] + NOTCH * n->out[s];
            n->in[s] = v;
            n->out[s] = v = next;
        }
        out[i] = v;
    }
}

static const kiss_fft_cpx *played(const struct canceller *c, size_t ago, size_t part) {
    return c->played[(c->at + ago + c->lag + part) % KEPT];
}

/* The microphone so many blocks ago without the echo as the filter has it now: its samples, its spectrum, and how much
 * of the echo may be left in it, twice. */
static void rest_make(struct canceller *c, size_t ago, float *rest, kiss_fft_cpx *spectrum, float *left) {
    kiss_fft_cpx sum[BINS] = {{0, 0}};
    float points[POINTS] = {0};
    memset(left, 0, BINS * sizeof *left);
    for (size_t p = 0; p < PARTS; p++) {
        const kiss_fft_cpx *x = played(c, ago, p), *h = c->filter[p];
        const float *v = c->doubt[p];
        for (size_t k = 0; k < BINS; k++) {
            sum[k].r += x[k].r * h[k].r - x[k].i * h[k].i;
            sum[k].i += x[k].r * h[k].i + x[k].i * h[k].r;
            left[k] += (x[k].r * x[k].r + x[k].i * x[k].i) * v[k];
        }
    }
    kiss_fftri(c->back, sum, points);
    const float *near = c->near[(c->at + ago) % KEPT];
    for (size_t i = 0; i < BLOCK; i++) points[BLOCK + i] = rest[i] = near[i] - points[BLOCK + i] / POINTS;
    memset(points, 0, BLOCK * sizeof *points);
    kiss_fftr(c->forth, points, spectrum);
}

static float square(kiss_fft_cpx v) {
    return v.r * v.r + v.i * v.i;
}

/* From a block `ago`, weight[k] of what is left there. `newly` makes the doubt smaller: what was seen before is no
 * news.
 */
static void learn(struct canceller *c, size_t ago, const kiss_fft_cpx *rest, const float *weight, bool newly) {
    float stays = c->moving > 0 ? MOVING_STAYS : STAYS;
    for (size_t p = 0; p < PARTS; p++) {
        const kiss_fft_cpx *x = played(c, ago, p);
        kiss_fft_cpx *h = c->filter[p];
        float *v = c->doubt[p];
        for (size_t k = 0; k < BINS; k++) {
            float gain = v[k] * weight[k];
            h[k].r += gain * (x[k].r * rest[k].r + x[k].i * rest[k].i);
            h[k].i += gain * (x[k].r * rest[k].i - x[k].i * rest[k].r);
        }
        for (size_t k = 0; newly && k < BINS; k++)
            v[k] = stays * (1 - 0.5f * v[k] * weight[k] * square(x[k])) * v[k] + (1 - stays) * square(h[k]);
    }
}

/* Half of the energy of a filter's error is in the half of the block that is kept. */
static void learn_new(struct canceller *c, const kiss_fft_cpx *rest, const float *left) {
    float weight[BINS];
    for (size_t k = 0; k < BINS; k++) {
        float speech = fmaxf(0, square(rest[k]) - 0.5f * left[k]);
        c->speech[k] = SPEECH_KEEP * c->speech[k] + (1 - SPEECH_KEEP) * speech;
        weight[k] = 1 / (left[k] + 2 * c->speech[k] + NOISE);
    }
    learn(c, 0, rest, weight, true);
}

/* More carefully: all that is left may be speech, and a bin that had little of what was played hears its neighbours. */
static void learn_again(struct canceller *c) {
    size_t most = c->moving > 0 ? MOVING_SPAN : AGAIN_SPAN, span = c->seen < most ? c->seen : most;
    for (size_t n = 0; n < AGAIN && span > 0; n++) {
        kiss_fft_cpx rest[BINS];
        float samples[BLOCK], left[BINS], weight[BINS];
        c->seed = c->seed * 1664525u + 1013904223u;
        size_t ago = 1 + (c->seed >> 8) % span;
        rest_make(c, ago, samples, rest, left);
        for (size_t k = 0; k < BINS; k++) {
            float around = (k > 0 ? left[k - 1] : 0) + (k + 1 < BINS ? left[k + 1] : 0);
            weight[k] = 1 / (left[k] + 0.5f * around + 2 * square(rest[k]) + NOISE);
        }
        learn(c, ago, rest, weight, false);
    }
}

/* A part of the filter is no longer than a block: what learning has put into the rest of its points goes. */
static void bound(struct canceller *c) {
    for (size_t n = 0; n < BOUND; n++) {
        float points[POINTS];
        c->bound = (c->bound + 1) % PARTS;
        kiss_fftri(c->back, c->filter[c->bound], points);
        for (size_t i = 0; i < BLOCK; i++) points[i] /= POINTS;
        memset(points + BLOCK, 0, BLOCK * sizeof *points);
        kiss_fftr(c->forth, points, c->filter[c->bound]);
    }
}

/* What the filter makes is in the microphone, whoever speaks beside it (after the normalised cross-correlation of
 * J. Benesty, D. R. Morgan and J. H. Cho, "A new class of doubletalk detectors based on cross-correlation", IEEE TSAP
 * 8(2), 2000). Where less and less of it is, the room moves: clocks run apart, somebody carries the device. Then the
 * filter learns fast and from the newest blocks only, though it suffers more from those who speak. Where hardly any of
 * it is, the filter belongs to another room, or to a delay that is no longer there, and begins anew. */
static void match_watch(struct canceller *c, const float *rest, const kiss_fft_cpx *spectrum) {
    float points[POINTS] = {0}, match = 0, bands = 0;
    kiss_fft_cpx echo[BINS];
    for (size_t i = 0; i < BLOCK; i++) points[BLOCK + i] = c->near[c->at][i] - rest[i];
    kiss_fftr(c->forth, points, echo);
    for (size_t b = 0; b < BANDS; b++) {
        float made = 0, matched = 0;
        for (size_t k = b * BAND; k < (b + 1) * BAND && k < BINS; k++) {
            made += square(echo[k]);
            matched += square(echo[k]) + echo[k].r * spectrum[k].r + echo[k].i * spectrum[k].i;
        }
        c->made[b] = MATCH_KEEP * c->made[b] + made;
        c->matched[b] = MATCH_KEEP * c->matched[b] + matched;
        if (c->made[b] < BAND * NOISE) continue;
        match += fmaxf(-1, fminf(1, c->matched[b] / c->made[b]));
        bands++;
    }
    if (c->moving > 0) c->moving--;
    if (match >= MATCHES * bands || (c->moving == 0 && c->seen < AGAIN_SPAN)) return; /* or little is learned yet */
    if (match < STRANGE * bands) {
        canceller_forget(c);
        return;
    }
    if (c->moving == 0) c->seen = MOVING_SPAN;
    c->moving = MOVING;
}

void canceller_block(struct canceller *c, const int16_t *near, const int16_t *far, float *rest, float *doubt) {
    kiss_fft_cpx spectrum[BINS];
    float left[BINS];
    c->at = (c->at + KEPT - 1) % KEPT;
    memcpy(c->far, c->far + BLOCK, BLOCK * sizeof *c->far);
    notch(&c->far_notch, far, c->far + BLOCK);
    notch(&c->near_notch, near, c->near[c->at]);
    kiss_fftr(c->forth, c->far, c->played[c->at]);
    rest_make(c, 0, rest, spectrum, left);
    for (size_t k = 0; k < BINS; k++) doubt[k] = 0.5f * left[k];
    learn_new(c, spectrum, left);
    learn_again(c);
    bound(c);
    c->seen++;
    match_watch(c, rest, spectrum);
}
