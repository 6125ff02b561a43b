/* Mixes noise into recordings the way the coffee benchmark does: the ratio of the loudest frames of 2,048 samples of
 * the speech and of the noise beside it is the wanted one, and the sum has half of full scale for its peak. Where in
 * the noise it begins depends on the recording's name alone, so that every run mixes the same. usage: bench_mix
 * SNR_DB|clean OUT NOISE[,NOISE...] RECORDING...   writes OUT/<name>.wav */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/audio.h"
#include "recording.h"

enum { RATE_HZ = 16000, FRAME = 2048, LONGEST_MS = 120000, NOISES_MAX = 200 };

static const double HALF_SCALE = 16384;

struct sound {
    int16_t *samples;
    size_t n;
};

static struct sound load(const char *path) {
    struct sound s;
    if (!audio_load(&s.samples, &s.n, path, LONGEST_MS) && s.n) return s;
    fprintf(stderr, "bench_mix: %s: %s\n", path, err_reason());
    exit(1);
}

static double loudest(const struct sound *s) {
    double best = 1e-9;
    for (size_t at = 0; at == 0 || at + FRAME <= s->n; at += FRAME) {
        size_t n = s->n - at < FRAME ? s->n - at : FRAME;
        double sum = 0;
        for (size_t i = 0; i < n; i++) sum += (double)s->samples[at + i] * s->samples[at + i];
        best = fmax(best, sqrt(sum / (double)n));
    }
    return best;
}

/* The stretch of noise that lies beside the speech. The caller frees. */
static struct sound stretch(const struct sound *noise, size_t n, unsigned where) {
    struct sound s = {malloc(n * sizeof *s.samples), n};
    if (!s.samples) exit(1);
    for (size_t i = 0; i < n; i++) s.samples[i] = noise->samples[(where + i) % noise->n];
    return s;
}

/* `noise` is as long as the speech, or has no samples. */
static void mix(const struct sound *speech, const struct sound *noise, double snr_db, int16_t *out) {
    double gain = noise->n ? loudest(speech) / loudest(noise) * pow(10, -snr_db / 20) : 0, peak = 1;
    double *sum = malloc(speech->n * sizeof *sum);
    if (!sum) exit(1);
    for (size_t i = 0; i < speech->n; i++) {
        sum[i] = speech->samples[i] + (noise->n ? gain * noise->samples[i] : 0);
        peak = fmax(peak, fabs(sum[i]));
    }
    for (size_t i = 0; i < speech->n; i++) out[i] = (int16_t)lrint(sum[i] * HALF_SCALE / peak);
    free(sum);
}

int main(int argc, char **argv) {
    struct sound noises[NOISES_MAX];
    int n_noises = 0;
    if (argc < 5) {
        fprintf(stderr, "usage: bench_mix SNR_DB|clean OUT NOISE[,NOISE...] RECORDING...\n");
        return 2;
    }
    bool clean = !strcmp(argv[1], "clean");
    for (char *path = strtok(argv[3], ","); path && n_noises < NOISES_MAX && !clean; path = strtok(NULL, ","))
        noises[n_noises++] = load(path);
    for (int i = 4; i < argc; i++) {
        char path[4096];
        const char *name = recording_name(argv[i]);
        unsigned seed = recording_hash(name);
        struct sound speech = load(argv[i]);
        struct sound noise = {0};
        if (!clean) noise = stretch(&noises[seed % (unsigned)n_noises], speech.n, seed / NOISES_MAX);
        int16_t *out = malloc(speech.n * sizeof *out);
        if (!out) return 1;
        mix(&speech, &noise, atof(argv[1]), out);
        snprintf(path, sizeof path, "%s/%.*s.wav", argv[2], (int)strcspn(name, "."), name);
        if (audio_save(path, out, speech.n, RATE_HZ)) {
            fprintf(stderr, "bench_mix: %s\n", err_reason());
            return 1;
        }
        free(out);
        free(noise.samples);
        free(speech.samples);
    }
    return 0;
}
