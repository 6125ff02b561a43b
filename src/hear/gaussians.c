#include "hear/gaussians.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DENSITIES = 128, LANES = 16, TOP = 4, HEADER_MAX = 4096, WEIGHTS = 256 };

static const double VARIANCE_FLOOR = 1e-4;   /* PocketSphinx's -varfloor */
static const double WEIGHT_NATS = 0.1023949; /* a step of the mixture weights: 1024 logarithms to the base 1.0001 */
static const uint32_t BYTE_ORDER_MARK = 0x11223344;

/* The Gaussians of one phone in one stream, component by component so that densities are vectors. */
struct codebook {
    float mean[GAUSSIANS_CEPSTRA][DENSITIES];
    float precision[GAUSSIANS_CEPSTRA][DENSITIES]; /* half of it */
    float constant[DENSITIES];
};

/* The best densities for a frame and what they are worth, the very best 1. */
struct top {
    int density[TOP];
    float value[TOP];
};

struct gaussians {
    const struct mdef *mdef;
    struct codebook (*books)[GAUSSIANS_STREAMS]; /* one a phone */
    struct top (*top)[GAUSSIANS_STREAMS];
    float *best;      /* of each phone: log likelihood of the best densities together */
    uint8_t *weights; /* [stream][density][senone] */
    float probability[WEIGHTS];
    uint32_t fingerprint;
};

/* ---- loading ---- */

/* Sphinx-3 files: lines of text up to "endhdr", a byte order mark, then numbers. */
static bool skip_header(FILE *f) {
    char line[HEADER_MAX];
    uint32_t mark;
    do {
        if (!fgets(line, sizeof line, f)) return false;
    } while (!strstr(line, "endhdr"));
    return fread(&mark, sizeof mark, 1, f) == 1 && mark == BYTE_ORDER_MARK;
}

/* Means or variances: how many codebooks, streams, densities, then the length of each stream, then how many numbers. */
static float *read_parameters(const char *model, const char *name, const struct mdef *m) {
    char path[4096];
    int32_t head[3], lengths[GAUSSIANS_STREAMS], n;
    size_t want = (size_t)m->n_phones * GAUSSIANS_STREAMS * DENSITIES * GAUSSIANS_CEPSTRA;
    if (snprintf(path, sizeof path, "%s/%s", model, name) >= (int)sizeof path) return NULL;
    FILE *f = fopen(path, "rbe");
    if (!f) return NULL;
    float *values = malloc(want * sizeof *values);
    bool good = values && skip_header(f) && fread(head, sizeof head, 1, f) == 1 && head[0] == m->n_phones &&
                head[1] == GAUSSIANS_STREAMS && head[2] == DENSITIES && fread(lengths, sizeof lengths, 1, f) == 1 &&
                lengths[0] == GAUSSIANS_CEPSTRA && lengths[1] == GAUSSIANS_CEPSTRA && lengths[2] == GAUSSIANS_CEPSTRA &&
                fread(&n, sizeof n, 1, f) == 1 && n >= 0 && (size_t)n == want &&
                fread(values, sizeof *values, want, f) == want;
    fclose(f);
    if (good) return values;
    free(values);
    return NULL;
}

static void fill_book(struct codebook *b, const float *means, const float *variances) {
    for (int d = 0; d < DENSITIES; d++) {
        double constant = 0;
        for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) {
            double variance = fmax(variances[d * GAUSSIANS_CEPSTRA + i], VARIANCE_FLOOR);
            b->mean[i][d] = means[d * GAUSSIANS_CEPSTRA + i];
            b->precision[i][d] = (float)(0.5 / variance);
            constant -= 0.5 * log(2 * M_PI * variance);
        }
        b->constant[d] = (float)constant;
    }
}

/* FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), a number at a time. */
static uint32_t fingerprint_of(const float *values, size_t n) {
    uint32_t hash = 2166136261u, bits;
    for (size_t i = 0; i < n; i++) {
        memcpy(&bits, &values[i], sizeof bits);
        hash = (hash ^ bits) * 16777619u;
    }
    return hash;
}

static bool fill_books(struct gaussians *g, const float *means, const float *variances) {
    size_t a_book = (size_t)DENSITIES * GAUSSIANS_CEPSTRA;
    if (!means || !variances) return false;
    g->fingerprint = fingerprint_of(means, a_book * GAUSSIANS_STREAMS * (size_t)g->mdef->n_phones);
    for (int p = 0; p < g->mdef->n_phones; p++)
        for (int s = 0; s < GAUSSIANS_STREAMS; s++, means += a_book, variances += a_book)
            fill_book(&g->books[p][s], means, variances);
    return true;
}

/* A sendump: counted strings up to an empty one, numbers of densities and senones, then the weights. */
static bool read_weights(const char *model, struct gaussians *g) {
    char path[4096], text[HEADER_MAX];
    int32_t n, head[2];
    size_t want = (size_t)GAUSSIANS_STREAMS * DENSITIES * (size_t)g->mdef->n_senones;
    if (snprintf(path, sizeof path, "%s/sendump", model) >= (int)sizeof path) return false;
    FILE *f = fopen(path, "rbe");
    if (!f) return false;
    bool good, clustered = false;
    while ((good = fread(&n, sizeof n, 1, f) == 1 && n >= 0 && n < HEADER_MAX &&
                   fread(text, 1, (size_t)n, f) == (size_t)n) &&
           n > 0) {
        text[n - 1] = '\0';
        clustered = clustered || (!strncmp(text, "cluster_count ", 14) && strcmp(text + 14, "0") != 0);
    }
    good = good && !clustered && fread(head, sizeof head, 1, f) == 1 && head[0] == DENSITIES &&
           head[1] == g->mdef->n_senones && fread(g->weights, 1, want, f) == want;
    fclose(f);
    return good;
}

static bool allocate(struct gaussians *g, const struct mdef *m) {
    size_t phones = (size_t)m->n_phones;
    g->mdef = m;
    g->books = malloc(phones * sizeof *g->books);
    g->top = malloc(phones * sizeof *g->top);
    g->best = malloc(phones * sizeof *g->best);
    g->weights = malloc((size_t)GAUSSIANS_STREAMS * DENSITIES * (size_t)m->n_senones);
    for (int i = 0; i < WEIGHTS; i++) g->probability[i] = (float)exp(-i * WEIGHT_NATS);
    return g->books && g->top && g->best && g->weights;
}

err_t gaussians_load(struct gaussians **out, const char *model, const struct mdef *m) {
    struct gaussians *g = calloc(1, sizeof *g);
    if (!g || !allocate(g, m)) {
        gaussians_free(g);
        return err_fail(ERR_MEMORY, "out of memory for the acoustic model in %s", model);
    }
    float *means = read_parameters(model, "means", m), *variances = read_parameters(model, "variances", m);
    bool good = fill_books(g, means, variances) && read_weights(model, g);
    free(means);
    free(variances);
    if (!good) {
        gaussians_free(g);
        return err_fail(ERR_MODEL,
                        "the acoustic model in %s is not of the kind that this program reads: phonetically "
                        "tied, with three streams of 13 (Debian: apt install pocketsphinx-en-us)",
                        model);
    }
    *out = g;
    return ERR_OK;
}

void gaussians_free(struct gaussians *g) {
    if (!g) return;
    free(g->books);
    free(g->top);
    free(g->best);
    free(g->weights);
    free(g);
}

/* ---- scores ---- */

/* Lane by lane, so that the compiler can take several at a time; the first of equals. */
static int find_best(const float score[DENSITIES]) {
    float lane[LANES];
    memcpy(lane, score, sizeof lane);
    for (int d = LANES; d < DENSITIES; d += LANES)
        for (int j = 0; j < LANES; j++) lane[j] = score[d + j] > lane[j] ? score[d + j] : lane[j];
    float best = lane[0];
    for (int j = 1; j < LANES; j++) best = lane[j] > best ? lane[j] : best;
    int at = 0;
    while (at < DENSITIES - 1 && score[at] != best) at++;
    return at;
}

/* The best few of all densities, in no order, as likelihoods relative to the very best, whose logarithm is returned. */
static float find_top(const struct codebook *b, const float *x, struct top *t) {
    float score[DENSITIES];
    memcpy(score, b->constant, sizeof score);
    for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) {
        const float *restrict mean = b->mean[i], *restrict precision = b->precision[i];
        float value = x[i];
        for (int d = 0; d < DENSITIES; d++) {
            float off = value - mean[d];
            score[d] -= off * off * precision[d];
        }
    }
    float best = -INFINITY;
    for (int k = 0; k < TOP; k++) {
        int at = find_best(score);
        if (k == 0) best = score[at];
        t->density[k] = at;
        t->value[k] = expf(score[at] - best);
        score[at] = -INFINITY;
    }
    return best;
}

static const uint8_t *weights_of(const struct gaussians *g, int stream, int density) {
    return g->weights + ((size_t)stream * DENSITIES + (size_t)density) * (size_t)g->mdef->n_senones;
}

/* One senone by the best densities of its phone; the very best together are 1. */
static float mixture(const struct gaussians *g, int senone) {
    const struct top *t = g->top[g->mdef->phone[senone]];
    float product = 1;
    for (int s = 0; s < GAUSSIANS_STREAMS; s++) {
        float sum = 0;
        for (int k = 0; k < TOP; k++) sum += t[s].value[k] * g->probability[weights_of(g, s, t[s].density[k])[senone]];
        product *= sum;
    }
    return logf(product);
}

void gaussians_score(struct gaussians *g, const float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA], const bool *wanted,
                     float *scores) {
    const struct mdef *m = g->mdef;
    float best = -INFINITY, worst = 0;
    for (int p = 0; p < m->n_phones; p++) {
        if (!wanted[p]) continue;
        g->best[p] = 0;
        for (int s = 0; s < GAUSSIANS_STREAMS; s++) g->best[p] += find_top(&g->books[p][s], x[s], &g->top[p][s]);
        if (g->best[p] > best) best = g->best[p];
    }
    for (int i = 0; i < m->n_senones; i++) {
        if (!wanted[m->phone[i]]) continue;
        scores[i] = g->best[m->phone[i]] - best + mixture(g, i);
        if (scores[i] < worst) worst = scores[i];
    }
    for (int i = 0; i < m->n_senones; i++)
        if (!wanted[m->phone[i]]) scores[i] = worst;
}

/* ---- a voice of one's own ---- */

static bool is_speech(const struct mdef *m, int phone) {
    return m->phones[phone][0] != '+' && strcmp(m->phones[phone], "SIL") != 0;
}

static void density_of(const struct codebook *b, int density, float mean[GAUSSIANS_CEPSTRA],
                       float precision[GAUSSIANS_CEPSTRA]) {
    for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) {
        mean[i] = b->mean[i][density];
        precision[i] = 2 * b->precision[i][density];
    }
}

uint32_t gaussians_fingerprint(const struct gaussians *g) {
    return g->fingerprint;
}

err_t gaussians_adapt(struct gaussians *g, const struct adaptation *a) {
    if (a->model != g->fingerprint)
        return err_fail(ERR_MODEL, "the voice was learned with another acoustic model: enrol again");
    for (int p = 0; p < g->mdef->n_phones; p++) {
        for (int s = 0; s < GAUSSIANS_STREAMS && is_speech(g->mdef, p); s++) {
            struct codebook *b = &g->books[p][s];
            for (int d = 0; d < DENSITIES; d++) {
                float mean[GAUSSIANS_CEPSTRA], precision[GAUSSIANS_CEPSTRA];
                density_of(b, d, mean, precision);
                adaptation_mean(a, s, mean);
                for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) b->mean[i][d] = mean[i];
            }
        }
    }
    return ERR_OK;
}

void gaussians_count(const struct gaussians *g, int senone, const float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA],
                     struct adaptation_stats *stats) {
    int phone = g->mdef->phone[senone];
    for (int s = 0; s < GAUSSIANS_STREAMS && is_speech(g->mdef, phone); s++) {
        const struct codebook *b = &g->books[phone][s];
        struct top top;
        float sum = 0, mean[GAUSSIANS_CEPSTRA], precision[GAUSSIANS_CEPSTRA];
        find_top(b, x[s], &top);
        for (int k = 0; k < TOP; k++) {
            top.value[k] *= g->probability[weights_of(g, s, top.density[k])[senone]];
            sum += top.value[k];
        }
        for (int k = 0; k < TOP && sum > 0; k++) {
            density_of(b, top.density[k], mean, precision);
            adaptation_count(stats, s, mean, precision, x[s], (double)(top.value[k] / sum));
        }
    }
}

void gaussians_count_expected(const struct gaussians *g, struct adaptation_stats *stats) {
    int phones = 0;
    for (int p = 0; p < g->mdef->n_phones; p++) phones += is_speech(g->mdef, p);
    for (int p = 0; p < g->mdef->n_phones; p++) {
        for (int s = 0; s < GAUSSIANS_STREAMS && is_speech(g->mdef, p); s++) {
            for (int d = 0; d < DENSITIES; d++) {
                float mean[GAUSSIANS_CEPSTRA], precision[GAUSSIANS_CEPSTRA];
                density_of(&g->books[p][s], d, mean, precision);
                adaptation_count(stats, s, mean, precision, mean, 1.0 / phones / DENSITIES);
            }
        }
    }
}
