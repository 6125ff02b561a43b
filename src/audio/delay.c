/* The echo's impulse response is estimated from averaged spectra, conj(F) N / |F|^2 (the H1 estimator: J. S. Bendat and
 * A. G. Piersol, "Engineering Applications of Correlation and Spectral Analysis", 1980), and its highest peak is the
 * delay. Unlike the bare cross-correlation it does not care for the pitch of a voice. */
#include "audio/delay.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WINDOW = 2 * DELAY_MAX_FRAMES, /* the far half is filled up with zeros, so that nothing wraps around */
    BINS = WINDOW / 2 + 1,
    SAME_FRAMES = 32, /* peaks so close are the same echo */
    UNSURE = 2,       /* looks at the beginning that may show a neighbour of the strongest path */
    RATE_HZ = 16000,
};

static const float KEEP = 0.6f;           /* of the spectra, from look to look: a second and a half are remembered */
static const float FLOOR = 0.01f;         /* of the mean spectrum: where the loudspeaker plays less, little is known */
static const double SILENT = 30.0 * 30.0; /* mean square of a far end that has nothing to tell */
static const double VERY_CLEAR = 250;     /* believed the first time */
static const double CLEAR = 100;          /* peak over the mean square of the response, both squared */
static const double DRIFT_S = 4;          /* watched for so long before it is told */

/* A straight line through what was found: least squares by running sums, times in seconds since the first point. */
struct line {
    int seen; /* points, with those that were too early to count */
    double began_s, last_s, last_frames;
    double n, t, tt, y, ty;
};

struct delay {
    kiss_fftr_cfg forth, back;
    int16_t far[WINDOW], near[WINDOW];
    size_t filled;
    uint64_t passed;               /* samples since creation */
    float v[WINDOW];               /* in work; the response when it has been made */
    kiss_fft_cpx f[BINS], n[BINS]; /* spectra of the window in hand */
    kiss_fft_cpx cross[BINS];      /* kept */
    float power[BINS];
    int candidate; /* found once */
    int found;     /* found twice, -1 not yet */
    struct line line;
};

err_t delay_create(struct delay **out) {
    struct delay *d = calloc(1, sizeof *d);
    if (!d) return err_fail(ERR_MEMORY, "no memory to find the echo's delay");
    d->found = d->candidate = -1;
    d->forth = kiss_fftr_alloc(WINDOW, 0, NULL, NULL);
    d->back = kiss_fftr_alloc(WINDOW, 1, NULL, NULL);
    if (!d->forth || !d->back) {
        delay_destroy(d);
        return err_fail(ERR_MEMORY, "no memory to find the echo's delay");
    }
    *out = d;
    return ERR_OK;
}

void delay_destroy(struct delay *d) {
    if (!d) return;
    kiss_fftr_free(d->forth);
    kiss_fftr_free(d->back);
    free(d);
}

/* ---- the response ---- */

static void spectrum(struct delay *d, const int16_t *samples, size_t n, kiss_fft_cpx *out) {
    for (size_t i = 0; i < WINDOW; i++) d->v[i] = i < n ? samples[i] : 0;
    kiss_fftr(d->forth, d->v, out);
}

static void spectra_add(struct delay *d) {
    spectrum(d, d->far, DELAY_MAX_FRAMES, d->f);
    spectrum(d, d->near, WINDOW, d->n);
    for (size_t k = 0; k < BINS; k++) {
        kiss_fft_cpx f = d->f[k], n = d->n[k];
        d->cross[k].r = KEEP * d->cross[k].r + f.r * n.r + f.i * n.i;
        d->cross[k].i = KEEP * d->cross[k].i + f.r * n.i - f.i * n.r;
        d->power[k] = KEEP * d->power[k] + f.r * f.r + f.i * f.i;
    }
}

/* Into d->v, index 0 for no delay. */
static void response_make(struct delay *d) {
    float mean = 0;
    for (size_t k = 0; k < BINS; k++) mean += d->power[k] / BINS;
    for (size_t k = 0; k < BINS; k++) {
        float scale = 1 / (d->power[k] + FLOOR * mean + 1);
        d->n[k] = (kiss_fft_cpx){d->cross[k].r * scale, d->cross[k].i * scale};
    }
    kiss_fftri(d->back, d->n, d->v);
}

/* The strongest path, -1 if none stands out; *clear says by how much. */
static int peak_find(const struct delay *d, double *clear) {
    size_t best = 0;
    double sum = 0;
    for (size_t i = 0; i < DELAY_MAX_FRAMES; i++) {
        sum += (double)d->v[i] * d->v[i];
        if (fabsf(d->v[i]) > fabsf(d->v[best])) best = i;
    }
    double square = (double)d->v[best] * d->v[best];
    *clear = square * DELAY_MAX_FRAMES / (sum + 1e-30);
    return *clear > CLEAR ? (int)best : -1;
}

/* Between the samples: the top of the parabola through the peak and its neighbours. */
static double peak_refine(const struct delay *d, int at) {
    if (at < 1 || at >= DELAY_MAX_FRAMES - 1) return at;
    double a = d->v[at - 1], b = d->v[at], c = d->v[at + 1], bend = a - 2 * b + c;
    double shift = bend != 0 ? (a - c) / (2 * bend) : 0;
    return fabs(shift) <= 1 ? at + shift : at;
}

/* ---- drift ---- */

static void line_add(struct line *l, double s, double frames) {
    /* the loudest path may change: then it is another line */
    if (!l->seen || fabs(frames - l->last_frames) > SAME_FRAMES) *l = (struct line){0};
    l->last_s = s;
    l->last_frames = frames;
    if (l->seen++ < UNSURE) return;
    if (!l->n) l->began_s = s;
    double t = s - l->began_s;
    l->n++;
    l->t += t;
    l->tt += t * t;
    l->y += frames;
    l->ty += t * frames;
}

bool delay_drift(const struct delay *d, double *ppm) {
    const struct line *l = &d->line;
    if (l->n < 4 || l->last_s - l->began_s < DRIFT_S) return false;
    double spread = l->n * l->tt - l->t * l->t;
    double slope = (l->n * l->ty - l->t * l->y) / spread; /* samples a second */
    *ppm = -slope / RATE_HZ * 1e6;
    return true;
}

/* ---- the stream ---- */

static bool is_silent(const int16_t *samples, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)samples[i] * samples[i];
    return sum < SILENT * (double)n;
}

static void look(struct delay *d) {
    spectra_add(d);
    response_make(d);
    double clear;
    int peak = peak_find(d, &clear);

    if (peak < 0) return;
    bool again = d->candidate >= 0 && abs(peak - d->candidate) <= SAME_FRAMES;
    d->candidate = peak;
    if (!again && clear < VERY_CLEAR) return;
    d->found = peak;
    line_add(&d->line, (double)d->passed / RATE_HZ, peak_refine(d, peak));
}

bool delay_feed(struct delay *d, const int16_t *far, const int16_t *near, size_t n) {
    bool looked = false;
    while (n > 0) {
        size_t bite = WINDOW - d->filled < n ? WINDOW - d->filled : n;
        memcpy(d->far + d->filled, far, bite * sizeof *far);
        memcpy(d->near + d->filled, near, bite * sizeof *near);
        d->filled += bite;
        d->passed += bite;
        far += bite;
        near += bite;
        n -= bite;
        if (d->filled < WINDOW) break;
        if (!is_silent(d->far, DELAY_MAX_FRAMES)) {
            look(d);
            looked = true;
        }
        memmove(d->far, d->far + DELAY_HOP_FRAMES, (WINDOW - DELAY_HOP_FRAMES) * sizeof *d->far);
        memmove(d->near, d->near + DELAY_HOP_FRAMES, (WINDOW - DELAY_HOP_FRAMES) * sizeof *d->near);
        d->filled = WINDOW - DELAY_HOP_FRAMES;
    }
    return looked;
}

void delay_pause(struct delay *d, uint64_t frames) {
    d->filled = 0;
    d->passed += frames;
}

int delay_frames(const struct delay *d) {
    return d->found;
}
