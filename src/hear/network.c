#include "hear/network.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DENSE = 64, HIDDEN = 128, GATES = 3 * HIDDEN, BOTH = 2 * HIDDEN, MASK = NETWORK_BANDS + 1, LANES = 4 };
enum { PADDED = (NETWORK_BANDS + LANES - 1) / LANES * LANES }; /* the rest are columns of zeros */

static const char magic[4] = "SKHN";
static const uint32_t shape[] = {
    1, NETWORK_BANDS, DENSE, HIDDEN, NETWORK_PARTS, NETWORK_MASK_AHEAD, NETWORK_PHONES_AHEAD};
static const float MEAN = 8.0f, SCALE = 0.25f, LOWEST_GAIN = 0.02f; /* as in network.py */

/* Weights lie column by column, so that the compiler turns the sum over columns into vectors of rows. */
struct unit {
    float input[HIDDEN * GATES], hidden[HIDDEN * GATES];
    float input_bias[GATES], hidden_bias[GATES];
};

struct weights {
    float enter[PADDED * DENSE], enter_bias[DENSE];
    struct unit first, second;
    float mask[BOTH * MASK], mask_bias[MASK];
    float phones[BOTH * NETWORK_PARTS], phones_bias[NETWORK_PARTS];
    float prior[NETWORK_PARTS];
};

struct network {
    const struct weights *weights;
    struct weights *own;                 /* the same, or NULL: another's */
    float first[HIDDEN], second[HIDDEN]; /* states */
};

/* ---- loading ---- */

static bool read_floats(FILE *file, float *out, size_t n) {
    if (fread(out, sizeof *out, n, file) != n) return false;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(out[i]) || fabsf(out[i]) > 1e6f) return false;
    return true;
}

/* One scale a row, then the rows in 8 bits. */
static bool read_matrix(FILE *file, float *out, size_t rows, size_t columns) {
    float scale[GATES];
    int8_t row[BOTH];
    if (!read_floats(file, scale, rows)) return false;
    for (size_t r = 0; r < rows; r++) {
        if (fread(row, 1, columns, file) != columns) return false;
        for (size_t c = 0; c < columns; c++) out[c * rows + r] = scale[r] * row[c];
    }
    return true;
}

static bool read_unit(FILE *file, struct unit *u, size_t inputs) {
    return read_matrix(file, u->input, GATES, inputs) && read_matrix(file, u->hidden, GATES, HIDDEN) &&
           read_floats(file, u->input_bias, GATES) && read_floats(file, u->hidden_bias, GATES);
}

static bool read_all(FILE *file, struct weights *n) {
    char head[sizeof magic];
    uint32_t numbers[sizeof shape / sizeof *shape];
    return fread(head, sizeof head, 1, file) == 1 && !memcmp(head, magic, sizeof head) &&
           fread(numbers, sizeof numbers, 1, file) == 1 && !memcmp(numbers, shape, sizeof numbers) &&
           read_matrix(file, n->enter, DENSE, NETWORK_BANDS) && read_floats(file, n->enter_bias, DENSE) &&
           read_unit(file, &n->first, DENSE) && read_unit(file, &n->second, HIDDEN) &&
           read_matrix(file, n->mask, MASK, BOTH) && read_floats(file, n->mask_bias, MASK) &&
           read_matrix(file, n->phones, NETWORK_PARTS, BOTH) && read_floats(file, n->phones_bias, NETWORK_PARTS) &&
           read_floats(file, n->prior, NETWORK_PARTS) && fgetc(file) == EOF;
}

err_t network_load(struct network **out, const char *path) {
    FILE *file = fopen(path, "rbe");
    if (!file) return err_fail(ERR_NOT_FOUND, "cannot read the network %s: %s", path, strerror(errno));
    struct network *n = calloc(1, sizeof *n);
    if (n) n->weights = n->own = calloc(1, sizeof *n->own);
    bool made = n && n->own, good = made && read_all(file, n->own);
    fclose(file);
    if (!good) network_free(n);
    if (!made) return err_fail(ERR_MEMORY, "out of memory for the network %s", path);
    if (!good)
        return err_fail(ERR_FORMAT, "%s is not a network for this program; take the one that came with it", path);
    *out = n;
    return ERR_OK;
}

err_t network_share(struct network **out, const struct network *of) {
    struct network *n = calloc(1, sizeof *n);
    if (!n) return err_fail(ERR_MEMORY, "out of memory for a network");
    n->weights = of->weights;
    *out = n;
    return ERR_OK;
}

void network_free(struct network *n) {
    if (!n) return;
    free(n->own);
    free(n);
}

void network_reset(struct network *n) {
    memset(n->first, 0, sizeof n->first);
    memset(n->second, 0, sizeof n->second);
}

const float *network_prior(const struct network *n) {
    return n->weights->prior;
}

/* ---- running ---- */

/* y += W x, LANES columns at once. */
static inline void add_product(float *restrict y, const float *restrict w, const float *restrict x, int rows,
                               int columns) {
    for (int c = 0; c < columns; c += LANES) {
        const float *restrict a = w + c * rows, *restrict b = a + rows, *restrict d = b + rows, *restrict e = d + rows;
        float p = x[c], q = x[c + 1], r = x[c + 2], s = x[c + 3];
        for (int i = 0; i < rows; i++) y[i] += a[i] * p + b[i] * q + d[i] * r + e[i] * s;
    }
}

static float sigmoid(float x) {
    return 1 / (1 + expf(-x));
}

/* PyTorch's form: the reset gate acts on the hidden side of the new state after its bias. */
static void unit_step(const struct unit *u, float *state, const float *x, int inputs) {
    float in[GATES], hidden[GATES];
    memcpy(in, u->input_bias, sizeof in);
    memcpy(hidden, u->hidden_bias, sizeof hidden);
    add_product(in, u->input, x, GATES, inputs);
    add_product(hidden, u->hidden, state, GATES, HIDDEN);
    for (int i = 0; i < HIDDEN; i++) {
        float reset = sigmoid(in[i] + hidden[i]);
        float update = sigmoid(in[HIDDEN + i] + hidden[HIDDEN + i]);
        float fresh = tanhf(in[2 * HIDDEN + i] + reset * hidden[2 * HIDDEN + i]);
        state[i] = fresh + update * (state[i] - fresh);
    }
}

static void log_softmax(float *x, int n) {
    float most = x[0], sum = 0;
    for (int i = 1; i < n; i++) most = fmaxf(most, x[i]);
    for (int i = 0; i < n; i++) sum += expf(x[i] - most);
    float whole = most + logf(sum);
    for (int i = 0; i < n; i++) x[i] -= whole;
}

void network_step(struct network *n, const float log_mel[NETWORK_BANDS], struct network_out *out) {
    const struct weights *w = n->weights;
    float x[PADDED] = {0}, dense[DENSE], both[BOTH], mask[MASK];
    for (int i = 0; i < NETWORK_BANDS; i++) x[i] = (log_mel[i] - MEAN) * SCALE;
    memcpy(dense, w->enter_bias, sizeof dense);
    add_product(dense, w->enter, x, DENSE, PADDED);
    for (int i = 0; i < DENSE; i++) dense[i] = fmaxf(dense[i], 0);
    unit_step(&w->first, n->first, dense, DENSE);
    unit_step(&w->second, n->second, n->first, HIDDEN);
    memcpy(both, n->first, sizeof n->first);
    memcpy(both + HIDDEN, n->second, sizeof n->second);
    memcpy(mask, w->mask_bias, sizeof mask);
    add_product(mask, w->mask, both, MASK, BOTH);
    for (int i = 0; i < NETWORK_BANDS; i++) out->gain[i] = logf(LOWEST_GAIN + (1 - LOWEST_GAIN) * sigmoid(mask[i]));
    out->speech = sigmoid(mask[NETWORK_BANDS]);
    memcpy(out->phones, w->phones_bias, sizeof out->phones);
    add_product(out->phones, w->phones, both, NETWORK_PARTS, BOTH);
    log_softmax(out->phones, NETWORK_PARTS);
}
