#include "audio/room.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = AUDIO_BLOCK_FRAMES, POINTS = 2 * BLOCK, BINS = POINTS / 2 + 1, LONGEST_MS = 60000 };

struct room {
    kiss_fftr_cfg forth, back;
    size_t n;                                     /* blocks of the response */
    kiss_fft_cpx response[ROOM_BLOCKS_MAX][BINS]; /* of each of its blocks, followed by as many zeros */
    kiss_fft_cpx played[ROOM_BLOCKS_MAX][BINS];   /* of the last blocks, each with the one before it */
    size_t at;                                    /* where in `played` the newest is */
    float before[BLOCK];
};

static double scale_for(const int16_t *samples, size_t n, double db) {
    double energy = 0;
    for (size_t i = 0; i < n; i++) energy += (double)samples[i] * samples[i];
    return energy > 0 ? pow(10, db / 20) / sqrt(energy) : 0;
}

static void response_set(struct room *r, const int16_t *samples, size_t n, double scale) {
    r->n = (n + BLOCK - 1) / BLOCK;
    for (size_t k = 0; k < r->n; k++) {
        float points[POINTS] = {0};
        for (size_t i = 0; i < BLOCK && k * BLOCK + i < n; i++) points[i] = (float)(samples[k * BLOCK + i] * scale);
        kiss_fftr(r->forth, points, r->response[k]);
    }
}

err_t room_load(struct room **out, const char *path, double db) {
    int16_t *samples;
    size_t n;
    TRY(audio_load(&samples, &n, path, LONGEST_MS));
    if (n > ROOM_FRAMES_MAX) n = ROOM_FRAMES_MAX;
    double scale = scale_for(samples, n, db);
    struct room *r = scale > 0 ? calloc(1, sizeof *r) : NULL;
    if (r) {
        r->forth = kiss_fftr_alloc(POINTS, 0, NULL, NULL);
        r->back = kiss_fftr_alloc(POINTS, 1, NULL, NULL);
    }
    bool made = r && r->forth && r->back;
    if (made) response_set(r, samples, n, scale);
    free(samples);
    if (scale == 0) return err_fail(ERR_FORMAT, "%s: the impulse response of the room is silence", path);
    if (!made) {
        room_free(r);
        return err_fail(ERR_MEMORY, "no memory for a room");
    }
    *out = r;
    return ERR_OK;
}

void room_free(struct room *r) {
    if (!r) return;
    kiss_fftr_free(r->forth);
    kiss_fftr_free(r->back);
    free(r);
}

static void multiply_add(kiss_fft_cpx *sum, const kiss_fft_cpx *a, const kiss_fft_cpx *b) {
    for (size_t i = 0; i < BINS; i++) {
        sum[i].r += a[i].r * b[i].r - a[i].i * b[i].i;
        sum[i].i += a[i].r * b[i].i + a[i].i * b[i].r;
    }
}

void room_block(struct room *r, const int16_t *played, float *heard) {
    float points[POINTS];
    kiss_fft_cpx sum[BINS] = {{0, 0}};
    memcpy(points, r->before, sizeof r->before);
    for (size_t i = 0; i < BLOCK; i++) points[BLOCK + i] = r->before[i] = played[i];
    r->at = (r->at + 1) % ROOM_BLOCKS_MAX;
    kiss_fftr(r->forth, points, r->played[r->at]);
    for (size_t k = 0; k < r->n; k++)
        multiply_add(sum, r->response[k], r->played[(r->at + ROOM_BLOCKS_MAX - k) % ROOM_BLOCKS_MAX]);
    kiss_fftri(r->back, sum, points);
    for (size_t i = 0; i < BLOCK; i++) heard[i] = points[BLOCK + i] / POINTS;
}
