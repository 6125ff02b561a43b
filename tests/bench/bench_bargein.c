/* Speaks recordings into a room where a reply is being played, and lets the canceller take the reply out again.
 * usage: bench_bargein ECHO_DB ROOM REPLY OUT RECORDING...
 * Each recording begins LEAD_S into the reply, whose place depends on the recording's name alone. The loudest frame of
 * 2,048 samples of the reply as the microphone hears it beside the recording is ECHO_DB above that of the recording,
 * and the sum has half of full scale for its peak: headroom is kept. Writes what lies beside each recording into
 * OUT/clean (the recording alone), OUT/echo (with the reply) and OUT/cancelled, and prints what was cancelled and what
 * it costs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/echo.h"
#include "audio/room.h"
#include "base/clock.h"
#include "recording.h"

enum { FRAME = 2048, LONGEST_MS = 300000, LEAD_S = 5, BESIDE = AUDIO_RATE_HZ / 5 };

static const double HALF_SCALE = 16384;

struct sound {
    double *v;
    size_t n;
};

struct totals {
    double before, after; /* energy of the reply before anybody speaks, the first half of the lead left out */
    double cpu_s, audio_s;
};

static void *room_for(size_t n, size_t size) {
    void *p = calloc(n, size);
    if (!p) exit(1);
    return p;
}

static struct sound load(const char *path) {
    int16_t *samples;
    struct sound s = {0};
    if (audio_load(&samples, &s.n, path, LONGEST_MS)) {
        fprintf(stderr, "bench_bargein: %s: %s\n", path, err_reason());
        exit(1);
    }
    s.v = room_for(s.n, sizeof *s.v);
    for (size_t i = 0; i < s.n; i++) s.v[i] = samples[i];
    free(samples);
    return s;
}

static double loudest(const double *v, size_t n) {
    double best = 1e-9;
    for (size_t at = 0; at == 0 || at + FRAME <= n; at += FRAME) {
        size_t part = n - at < FRAME ? n - at : FRAME;
        double sum = 0;
        for (size_t i = 0; i < part; i++) sum += v[at + i] * v[at + i];
        best = fmax(best, sqrt(sum / (double)part));
    }
    return best;
}

static void save(const char *folder, const char *part, const char *name, const int16_t *samples, size_t n) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%.*s.wav", folder, part, (int)strcspn(name, "."), name);
    if (audio_save(path, samples, n, AUDIO_RATE_HZ)) {
        fprintf(stderr, "bench_bargein: %s\n", err_reason());
        exit(1);
    }
}

/* What the loudspeaker plays and what the microphone hears of it, n samples, a whole number of blocks. */
static void play(const struct sound *reply, struct room *room, size_t from, size_t n, int16_t *far, float *echo) {
    for (size_t i = 0; i < n; i++) far[i] = (int16_t)lrint(reply->v[(from + i) % reply->n]);
    for (size_t at = 0; at < n; at += ECHO_BLOCK) room_block(room, far + at, echo + at);
}

static void run(const char *name, const struct sound *speech, const int16_t *far, const int16_t *near, size_t n,
                const char *folder, struct totals *t) {
    struct echo *e;
    struct echo_out out;
    int16_t *rest = room_for(n + 2 * ECHO_BLOCK, sizeof *rest);
    size_t given = 0, lead = (size_t)LEAD_S * AUDIO_RATE_HZ, from = lead - BESIDE;
    int64_t began_ns = clock_cpu_ns();
    if (echo_create(&e)) exit(1);
    for (size_t at = 0; at + ECHO_BLOCK <= n; at += ECHO_BLOCK) {
        echo_block(e, near + at, far + at, &out);
        memcpy(rest + given, out.heard, out.n * sizeof *rest);
        given += out.n;
    }
    t->cpu_s += (double)(clock_cpu_ns() - began_ns) / 1e9;
    t->audio_s += (double)n / AUDIO_RATE_HZ;
    echo_destroy(e);
    for (size_t i = lead / 2; i < lead; i++) {
        t->before += (double)near[i] * near[i];
        t->after += (double)rest[i] * rest[i];
    }
    save(folder, "echo", name, near + from, speech->n + 2 * BESIDE);
    save(folder, "cancelled", name, rest + from, speech->n + 2 * BESIDE);
    free(rest);
}

static void one(const char *path, const struct sound *reply, const char *room_file, double echo_db, const char *folder,
                struct totals *t) {
    const char *name = recording_name(path);
    struct sound speech = load(path);
    size_t lead = (size_t)LEAD_S * AUDIO_RATE_HZ, n = (lead + speech.n) / ECHO_BLOCK * ECHO_BLOCK + AUDIO_RATE_HZ;
    double *sum = room_for(n, sizeof *sum), peak = 1, speech_peak = 1;
    float *echo = room_for(n, sizeof *echo);
    int16_t *played = room_for(n, sizeof *played), *heard = room_for(n, sizeof *heard);
    struct room *room;
    if (room_load(&room, room_file, 0)) {
        fprintf(stderr, "bench_bargein: %s\n", err_reason());
        exit(1);
    }
    play(reply, room, recording_hash(name) % reply->n, n, played, echo);
    room_free(room);
    for (size_t i = 0; i < n; i++) sum[i] = (double)echo[i];
    double gain = loudest(speech.v, speech.n) / loudest(sum + lead, speech.n) * pow(10, echo_db / 20);
    for (size_t i = 0; i < n; i++) {
        sum[i] *= gain;
        if (i >= lead && i - lead < speech.n) sum[i] += speech.v[i - lead];
        peak = fmax(peak, fabs(sum[i]));
    }
    for (size_t i = 0; i < speech.n; i++) speech_peak = fmax(speech_peak, fabs(speech.v[i]));
    for (size_t i = 0; i < n; i++) heard[i] = (int16_t)lrint(sum[i] * HALF_SCALE / peak);
    run(name, &speech, played, heard, n, folder, t);
    for (size_t i = 0; i < speech.n; i++) played[i] = (int16_t)lrint(speech.v[i] * HALF_SCALE / speech_peak);
    save(folder, "clean", name, played, speech.n);
    free(sum);
    free(echo);
    free(played);
    free(heard);
    free(speech.v);
}

int main(int argc, char **argv) {
    struct totals t = {0};
    if (argc < 6) {
        fprintf(stderr, "usage: bench_bargein ECHO_DB ROOM REPLY OUT RECORDING...\n");
        return 2;
    }
    struct sound reply = load(argv[3]);
    for (int i = 5; i < argc; i++) one(argv[i], &reply, argv[2], atof(argv[1]), argv[4], &t);
    printf("echo before anybody speaks %.1f dB lower, %.4f of one core\n", 10 * log10(t.before / t.after),
           t.cpu_s / t.audio_s);
    free(reply.v);
    return 0;
}
