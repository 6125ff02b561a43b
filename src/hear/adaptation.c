#include "hear/adaptation.h"

#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { N = ADAPTATION_TERMS, READINGS_MAX = 1000 };

/* No voice is so far from the model's: a transform that asks for more is a broken one. */
static const float WEIGHT_MAX = 8, CONSTANT_MAX = 100;
/* A pivot smaller than this beside the largest means that too little was heard. */
static const double PIVOT_LEAST = 1e-12;

/* ---- statistics ---- */

void adaptation_count(struct adaptation_stats *s, int stream, const float mean[ADAPTATION_CEPSTRA],
                      const float precision[ADAPTATION_CEPSTRA], const float x[ADAPTATION_CEPSTRA], double weight) {
    double terms[N];
    for (int i = 0; i < ADAPTATION_CEPSTRA; i++) terms[i] = (double)mean[i];
    terms[ADAPTATION_CEPSTRA] = 1;
    for (int d = 0; d < ADAPTATION_CEPSTRA; d++) {
        double share = weight * (double)precision[d];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= i; j++) s->g[stream][d][i][j] += share * terms[i] * terms[j];
            s->k[stream][d][i] += share * terms[i] * (double)x[d];
        }
    }
}

void adaptation_add(struct adaptation_stats *s, const struct adaptation_stats *more, double weight) {
    double *to = &s->g[0][0][0][0];
    const double *from = &more->g[0][0][0][0];
    for (size_t i = 0; i < sizeof s->g / sizeof *to; i++) to[i] += weight * from[i];
    to = &s->k[0][0][0];
    from = &more->k[0][0][0];
    for (size_t i = 0; i < sizeof s->k / sizeof *to; i++) to[i] += weight * from[i];
}

/* Cholesky's decomposition of the lower half of g, then both substitutions; in double precision, as the values of a
 * mean are of very different size (the solver of sphinxbase is of single). False if g is not positive definite. */
static bool solve(double g[N][N], const double k[N], double w[N]) {
    double largest = 0;
    for (int i = 0; i < N; i++) largest = fmax(largest, g[i][i]);
    for (int i = 0; i < N; i++) {
        for (int j = 0; j <= i; j++) {
            for (int l = 0; l < j; l++) g[i][j] -= g[i][l] * g[j][l];
            if (j < i) g[i][j] /= g[j][j];
        }
        if (!(g[i][i] > PIVOT_LEAST * largest)) return false;
        g[i][i] = sqrt(g[i][i]);
    }
    for (int i = 0; i < N; i++) {
        w[i] = k[i];
        for (int l = 0; l < i; l++) w[i] -= g[i][l] * w[l];
        w[i] /= g[i][i];
    }
    for (int i = N - 1; i >= 0; i--) {
        for (int l = i + 1; l < N; l++) w[i] -= g[l][i] * w[l];
        w[i] /= g[i][i];
    }
    return true;
}

/* NaN is not small either. */
static bool is_sane(const struct adaptation *a) {
    for (int s = 0; s < ADAPTATION_STREAMS; s++) {
        for (int d = 0; d < ADAPTATION_CEPSTRA; d++) {
            for (int i = 0; i < N; i++) {
                float most = i < ADAPTATION_CEPSTRA ? WEIGHT_MAX : CONSTANT_MAX;
                if (!(fabsf(a->row[s][d][i]) <= most)) return false;
            }
        }
    }
    return isfinite(a->gain) && a->readings > 0 && a->readings <= READINGS_MAX;
}

err_t adaptation_solve(const struct adaptation_stats *stats, struct adaptation *out) {
    struct adaptation a = *out;
    for (int s = 0; s < ADAPTATION_STREAMS; s++) {
        for (int d = 0; d < ADAPTATION_CEPSTRA; d++) {
            double g[N][N], w[N];
            memcpy(g, stats->g[s][d], sizeof g);
            if (!solve(g, stats->k[s][d], w)) return err_fail(ERR_RANGE, "too little was heard to learn a voice from");
            for (int i = 0; i < N; i++) a.row[s][d][i] = (float)w[i];
        }
    }
    if (!is_sane(&a)) return err_fail(ERR_RANGE, "what was heard is no voice that could be learned");
    *out = a;
    return ERR_OK;
}

void adaptation_mean(const struct adaptation *a, int stream, float mean[ADAPTATION_CEPSTRA]) {
    float moved[ADAPTATION_CEPSTRA];
    for (int d = 0; d < ADAPTATION_CEPSTRA; d++) {
        const float *row = a->row[stream][d];
        moved[d] = row[ADAPTATION_CEPSTRA];
        for (int i = 0; i < ADAPTATION_CEPSTRA; i++) moved[d] += row[i] * mean[i];
    }
    memcpy(mean, moved, sizeof moved);
}

/* ---- the file: a magic word, the version, a checksum, then the struct as it is on little-endian machines ---- */

struct file {
    char magic[4];
    uint32_t version, check;
    struct adaptation a;
};

static const char magic[4] = {'S', 'K', 'V', 'O'};
enum { VERSION = 1 };

_Static_assert(sizeof(struct file) == 24 + sizeof(float) * ADAPTATION_STREAMS * ADAPTATION_CEPSTRA * ADAPTATION_TERMS,
               "no padding");

/* FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo). */
static uint32_t check_of(const struct adaptation *a) {
    const unsigned char *bytes = (const unsigned char *)a;
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < sizeof *a; i++) hash = (hash ^ bytes[i]) * 16777619u;
    return hash;
}

static bool write_file(const struct adaptation *a, const char *path) {
    struct file content = {.version = VERSION, .check = check_of(a), .a = *a};
    memcpy(content.magic, magic, sizeof magic);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (fd < 0) return false;
    bool good =
        fchmod(fd, S_IRUSR | S_IWUSR) == 0 && write(fd, &content, sizeof content) == sizeof content && fsync(fd) == 0;
    return close(fd) == 0 && good;
}

err_t adaptation_save(const struct adaptation *a, const char *path) {
    char fresh[PATH_MAX];
    if (snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh)
        return err_fail(ERR_RANGE, "the path %s is too long", path);
    if (write_file(a, fresh) && rename(fresh, path) == 0) return ERR_OK;
    unlink(fresh);
    return err_fail(ERR_IO, "cannot write %s: is its folder there and writable?", path);
}

err_t adaptation_load(struct adaptation *out, const char *path) {
    struct file content;
    FILE *f = fopen(path, "rbe");
    if (!f) return err_fail(ERR_NOT_FOUND, "there is no %s", path);
    bool good = fread(&content, sizeof content, 1, f) == 1 && fgetc(f) == EOF &&
                !memcmp(content.magic, magic, sizeof magic) && content.version == VERSION &&
                content.check == check_of(&content.a) && is_sane(&content.a);
    fclose(f);
    if (!good)
        return err_fail(ERR_FORMAT,
                        "%s is no voice that this program learned, or it is damaged: enrol again, or take it "
                        "back with enrol --forget",
                        path);
    *out = content.a;
    return ERR_OK;
}
