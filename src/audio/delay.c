/* The echo's impulse response is estimated from averaged spectra, conj(F) N / |F|^2 (the H1 estimator: J. S. Bendat and
 * A. G. Piersol, "Engineering Applications of Correlation and Spectral Analysis", 1980), and its highest peak is the
 * delay. Unlike the bare cross-correlation it does not care for the pitch of a voice. */
#include "audio/delay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audio/fft.h"

enum {
    WINDOW = 2 * DELAY_MAX_FRAMES, /* the far half is filled up with zeros, so that nothing wraps around */
    SAME_FRAMES = 32,              /* peaks so close are the same echo */
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
    double began_s, last_s, last_frames;
    double n, t, tt, y, ty;
};

struct delay {
    struct fft *fft;
    int16_t far[WINDOW], near[WINDOW];
    size_t filled;
    uint64_t passed; /* samples since creation */
    struct complexf v[WINDOW], cross[WINDOW / 2 + 1];
    float power[WINDOW / 2 + 1];
    int candidate;  /* found once */
    int found;      /* found twice, -1 not yet */
    struct line line;
};

err_t delay_create(struct delay **out) {
    struct delay *d = calloc(1, sizeof *d);
    if (!d) return err_fail(ERR_MEMORY, "no memory to find the echo's delay");
    d->found = d->candidate = -1;
    err_t err = fft_create(&d->fft, WINDOW);
    if (err) {
        free(d);
        return err;
    }
    *out = d;
    return ERR_OK;
}

void delay_destroy(struct delay *d) {
    if (!d) return;
    fft_destroy(d->fft);
    free(d);
}

/* ---- the response ---- */

/* Both real sounds in one transform: the far end is its real part, the near end its imaginary one. */
static void spectra_add(struct delay *d) {
    for (size_t i = 0; i < WINDOW; i++)
        d->v[i] = (struct complexf){i < DELAY_MAX_FRAMES ? (float)d->far[i] : 0, (float)d->near[i]};
    fft_run(d->fft, d->v, 0);
    for (size_t k = 0; k <= WINDOW / 2; k++) {
        struct complexf a = d->v[k], b = d->v[(WINDOW - k) % WINDOW];
        struct complexf f = {(a.re + b.re) / 2, (a.im - b.im) / 2}, n = {(a.im + b.im) / 2, (b.re - a.re) / 2};
        d->cross[k].re = KEEP * d->cross[k].re + f.re * n.re + f.im * n.im;
        d->cross[k].im = KEEP * d->cross[k].im + f.re * n.im - f.im * n.re;
        d->power[k] = KEEP * d->power[k] + f.re * f.re + f.im * f.im;
    }
}

/* Into the real parts of d->v, index 0 for no delay. */
static void response_make(struct delay *d) {
    float mean = 0;
    for (size_t k = 0; k <= WINDOW / 2; k++) mean += d->power[k] / (WINDOW / 2 + 1);
    for (size_t k = 0; k <= WINDOW / 2; k++) {
        float scale = 1 / (d->power[k] + FLOOR * mean + 1);
        struct complexf h = {d->cross[k].re * scale, d->cross[k].im * scale};
        d->v[k] = h;
        if (k > 0 && k < WINDOW / 2) d->v[WINDOW - k] = (struct complexf){h.re, -h.im};
    }
    fft_run(d->fft, d->v, 1);
}

/* The strongest path, -1 if none stands out; *clear says by how much. */
static int peak_find(const struct delay *d, double *clear) {
    size_t best = 0;
    double sum = 0;
    for (size_t i = 0; i < DELAY_MAX_FRAMES; i++) {
        sum += (double)d->v[i].re * d->v[i].re;
        if (fabsf(d->v[i].re) > fabsf(d->v[best].re)) best = i;
    }
    double square = (double)d->v[best].re * d->v[best].re;
    *clear = square * DELAY_MAX_FRAMES / (sum + 1e-30);
    return *clear > CLEAR ? (int)best : -1;
}

/* Between the samples: the top of the parabola through the peak and its neighbours. */
static double peak_refine(const struct delay *d, int at) {
    if (at < 1 || at >= DELAY_MAX_FRAMES - 1) return at;
    double a = d->v[at - 1].re, b = d->v[at].re, c = d->v[at + 1].re, bend = a - 2 * b + c;
    double shift = bend != 0 ? (a - c) / (2 * bend) : 0;
    return fabs(shift) <= 1 ? at + shift : at;
}

/* ---- drift ---- */

static void line_add(struct line *l, double s, double frames) {
    /* the loudest path may change: then it is another line */
    if (!l->n || fabs(frames - l->last_frames) > SAME_FRAMES) *l = (struct line){.began_s = s};
    l->last_s = s;
    l->last_frames = frames;
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
