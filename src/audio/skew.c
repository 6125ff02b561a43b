/* Between the samples by a windowed sinc (J. O. Smith and P. Gossett, "A flexible sampling-rate conversion method",
 * ICASSP 1984), made anew for each sample: the place between two is another one each time. */
#include "audio/skew.h"

#include <math.h>

enum {
    BLOCK = AUDIO_BLOCK_FRAMES,
    HALF = 8,         /* taps on either side */
    NEWEST = HALF,    /* nothing nearer to the newest sample can be read between samples */
    LEAD_FRAMES = 32, /* the echo comes so much later than what is read, at first */
    LEAST_FRAMES = 2, /* and at least so much */
};

static const double FROM_PPM = 8;   /* less is not told from nothing */
static const double MOST_PPM = 500; /* no clock is worse: something else was found */

void skew_write(struct skew *s, const int16_t *played) {
    for (size_t i = 0; i < BLOCK; i++) s->history[(s->at + i) % SKEW_HISTORY_FRAMES] = played[i];
    s->at += BLOCK;
}

static void read_whole(const struct skew *s, size_t behind, int16_t *played) {
    for (size_t i = 0; i < BLOCK; i++)
        played[i] = s->history[(s->at + SKEW_HISTORY_FRAMES - BLOCK - behind + i) % SKEW_HISTORY_FRAMES];
}

/* `part` of a sample behind the one at `whole`. */
static int16_t between(const struct skew *s, uint64_t whole, double part) {
    double sum = 0, sine = sin(M_PI * part) / M_PI;
    for (int j = 1 - HALF; j <= HALF; j++) {
        double x = part - j, window = cos(M_PI * x / (2 * HALF + 1));
        double sinc = fabs(x) < 1e-6 ? 1 : (j % 2 ? -sine : sine) / x;
        sum += s->history[(whole + (uint64_t)(SKEW_HISTORY_FRAMES + j)) % SKEW_HISTORY_FRAMES] * sinc * window * window;
    }
    return (int16_t)lrint(fmin(INT16_MAX, fmax(INT16_MIN, sum)));
}

static double bounded(const struct skew *s) {
    return s->runs ? fmin(fmax(s->behind, NEWEST), SKEW_MOST_FRAMES) : 0;
}

void skew_read(struct skew *s, int16_t *played) {
    if (!s->runs) {
        read_whole(s, 0, played);
        return;
    }
    for (size_t i = 0; i < BLOCK; i++) {
        double from = SKEW_HISTORY_FRAMES - BLOCK + (double)i - bounded(s), whole = floor(from);
        played[i] = between(s, s->at + (uint64_t)whole, from - whole);
        s->behind -= s->ppm * 1e-6;
    }
}

void skew_read_before(const struct skew *s, size_t frames, int16_t *played) {
    read_whole(s, frames + skew_behind(s), played);
}

void skew_pause(struct skew *s, uint64_t frames) {
    s->behind -= s->ppm * 1e-6 * (double)frames;
}

size_t skew_behind(const struct skew *s) {
    return (size_t)bounded(s);
}

bool skew_set(struct skew *s, double ppm, int delay_frames) {
    if (fabs(ppm) > MOST_PPM || (!s->runs && fabs(ppm) < FROM_PPM)) return false;
    s->ppm = ppm;
    bool holds = s->behind >= NEWEST && s->behind <= SKEW_MOST_FRAMES && s->behind <= delay_frames - LEAST_FRAMES;
    if (s->runs && holds) return false;
    /* a faster loudspeaker catches up, and so begins as far behind as the echo allows */
    double furthest = fmin(delay_frames - LEAD_FRAMES, SKEW_MOST_FRAMES);
    s->behind = ppm > 0 ? fmax(furthest, NEWEST + 1) : NEWEST + 1;
    s->runs = true;
    return true;
}
