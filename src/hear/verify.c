/* Viterbi alignment, three parts a phone from left to right, that may begin and end at any frame; its score at every
 * frame is measured against the best path through a loop of all parts, which pays for each change (a garbage model as
 * in R. Rose and D. Paul, "A hidden Markov model based keyword recognition system", ICASSP 1990). */
#include "hear/verify.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { PARTS = 3, STATES = PARTS * VERIFY_PHONES, REAL_PHONES = (NETWORK_PARTS - 1) / PARTS };

static const double TIE = 1e-6;  /* differences from rounding */
static const double CHANGE = 3;  /* what the free path pays for going to another part, natural logarithm */
static const double PRIOR = 0.5; /* share of the priors that is taken away from the phones */
static const double LEAST = -6;  /* an accent may turn one phone into another: no frame counts less than this */

struct scores {
    double part[VERIFY_FRAMES][NETWORK_PARTS];
    double best[VERIFY_FRAMES];     /* of all parts */
    double free[VERIFY_FRAMES + 1]; /* the free path's, of all frames before */
};

/* fmax(), which is a call, of what is no NaN. */
static inline double larger(double a, double b) {
    return a > b ? a : b;
}

static void score_frames(struct scores *s, const struct frame *frames, int n, const float *prior) {
    double loop[NETWORK_PARTS] = {0};
    s->free[0] = 0;
    for (int t = 0; t < n; t++) {
        double top = -INFINITY;
        s->best[t] = -INFINITY;
        for (int p = 0; p < NETWORK_PARTS; p++) {
            s->part[t][p] = larger((double)frames[t].network.phones[p] - PRIOR * (double)prior[p], LEAST);
            s->best[t] = larger(s->best[t], s->part[t][p]);
            loop[p] = larger(loop[p], s->free[t] - CHANGE) + s->part[t][p];
            top = larger(top, loop[p]);
        }
        s->free[t + 1] = top;
    }
}

static int part_of(const struct verify_pronunciation *p, int state) {
    return p->phones[state / PARTS] * PARTS + state % PARTS;
}

static void describe(const struct scores *s, const struct frame *frames, const struct verify_pronunciation *p,
                     bool entered[VERIFY_FRAMES][STATES], int last, double total, struct verify_fit *fit) {
    double sum[VERIFY_PHONES] = {0};
    int length[VERIFY_PHONES] = {0};
    double speech = 0;
    int state = p->n_phones * PARTS - 1;
    int t = last;
    for (;; t--) {
        sum[state / PARTS] += s->part[t][part_of(p, state)] - s->best[t];
        length[state / PARTS]++;
        speech += (double)frames[t].network.speech;
        if (entered[t][state] && state-- == 0) break;
    }
    int frames_in = last + 1 - t;
    *fit = (struct verify_fit){.ratio = total / frames_in,
                               .speech = speech / frames_in,
                               .shortest = VERIFY_FRAMES,
                               .begin = t,
                               .end = last + 1};
    for (int i = 0; i < p->n_phones; i++) {
        fit->worst = fmin(fit->worst, sum[i] / length[i]);
        if (length[i] < fit->shortest) fit->shortest = length[i];
        fit->n_shortest += length[i] == PARTS;
        if (length[i] > fit->longest) fit->longest = length[i];
    }
}

static void align(const struct scores *s, const struct frame *frames, int n, int least_end,
                  const struct verify_pronunciation *p, struct verify_fit *fit) {
    bool entered[VERIFY_FRAMES][STATES];
    double at[STATES];
    int states = p->n_phones * PARTS;
    int last = -1;
    double total = -INFINITY;
    for (int i = 0; i < states; i++) at[i] = -INFINITY;
    for (int t = 0; t < n; t++) {
        for (int i = states - 1; i >= 0; i--) {
            double from = i ? at[i - 1] : s->free[t];
            entered[t][i] = from > at[i];
            at[i] = larger(at[i], from) + s->part[t][part_of(p, i)];
        }
        double ratio = at[states - 1] - s->free[t + 1];
        if (t + 1 >= least_end && ratio > -INFINITY &&
            ratio >= total - TIE) { /* where the free path goes the same way, up to its end */
            total = ratio;
            last = t;
        }
    }
    fit->ratio = -INFINITY;
    if (last >= 0) describe(s, frames, p, entered, last, total, fit);
}

static err_t check(const struct verify_pronunciation *p) {
    if (p->n_phones < 1 || p->n_phones > VERIFY_PHONES)
        return err_fail(ERR_ARG, "a pronunciation has 1 to %d phones, not %d", VERIFY_PHONES, p->n_phones);
    for (int i = 0; i < p->n_phones; i++)
        if (p->phones[i] >= REAL_PHONES) return err_fail(ERR_ARG, "there is no phone %d", p->phones[i]);
    return ERR_OK;
}

err_t verify_fit(const struct frame *frames, int n_frames, int least_end, const float prior[NETWORK_PARTS],
                 const struct verify_pronunciation *pronunciations, int n, struct verify_fit *fit) {
    if (n < 1) return err_fail(ERR_ARG, "a phrase needs a pronunciation");
    if (n_frames < 0 || n_frames > VERIFY_FRAMES)
        return err_fail(ERR_ARG, "a phrase is looked for in at most %d frames, not %d", VERIFY_FRAMES, n_frames);
    for (int i = 0; i < n; i++) TRY(check(&pronunciations[i]));
    struct scores s;
    score_frames(&s, frames, n_frames, prior);
    *fit = (struct verify_fit){.ratio = -INFINITY};
    for (int i = 0; i < n; i++) {
        struct verify_fit other = {0};
        align(&s, frames, n_frames, least_end, &pronunciations[i], &other);
        other.pronunciation = i;
        if (other.ratio > fit->ratio) *fit = other;
    }
    if (isinf(fit->ratio)) return err_fail(ERR_ARG, "%d frames are too few for the phrase", n_frames);
    return ERR_OK;
}
