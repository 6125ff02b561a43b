/* Speaks recordings into a room where a reply is being played, and lets the canceller take the reply out again.
 * usage: bench_bargein [-l LEAD_S] [-b BEFORE_S] [-d PPM] ECHO_DB ROOM REPLY OUT RECORDING...
 * Each recording begins LEAD_S (5) into the reply, whose place depends on the recording's name alone. The loudest frame
 * of 2,048 samples of the reply as the microphone hears it beside the recording is ECHO_DB above that of the recording,
 * and the sum has half of full scale for its peak: headroom is kept. The loudspeaker's clock is PPM (0) faster than the
 * microphone's. Writes what lies beside each recording, and BEFORE_S (0.2) before and behind it, into OUT/clean (the
 * recording alone), OUT/echo (with the reply) and OUT/cancelled, and prints what was cancelled before, beside and after
 * the recording, the delay and the drift that were found, and what it costs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audio/echo.h"
#include "audio/room.h"
#include "base/clock.h"
#include "recording.h"

enum { FRAME = 2048, LONGEST_MS = 300000, TAPS = 32 /* of the interpolation between samples */ };

static const double HALF_SCALE = 16384;

struct options {
    double lead_s, before_s, ppm, echo_db;
    const char *room, *folder;
};

struct sound {
    double *v;
    size_t n;
};

struct totals {
    double before, before_left; /* energy of the reply before anybody speaks, the first half of the lead left out */
    double after, after_left;   /* in the half second that begins half a second behind the recording */
    double speech_db;           /* of all clips: what is the recording over what else is left beside it */
    double cpu_s, audio_s;
    int clips, delays, drifts, delay_min, delay_max;
    double drift_min, drift_max;
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

/* As a clock hears it that is so much slower than the one that plays: a windowed sinc between the samples. */
static void stretch(float *v, size_t n, double ppm) {
    if (ppm == 0) return;
    float *from = room_for(n, sizeof *from);
    memcpy(from, v, n * sizeof *from);
    for (size_t i = 0; i < n; i++) {
        double at = (double)i * (1 + ppm * 1e-6), sum = 0;
        for (long j = (long)at - TAPS / 2 + 1; j <= (long)at + TAPS / 2; j++) {
            if (j < 0 || j >= (long)n) continue;
            double x = M_PI * (at - (double)j), sinc = fabs(x) < 1e-9 ? 1 : sin(x) / x;
            sum += (double)from[j] * sinc * (0.5 + 0.5 * cos(x / (TAPS / 2 + 1)));
        }
        v[i] = (float)sum;
    }
    free(from);
}

/* What the loudspeaker plays and what the microphone hears of it, n samples, a whole number of blocks. */
static void play(const struct sound *reply, const struct options *o, size_t from, size_t n, int16_t *far, float *echo) {
    struct room *room;
    if (room_load(&room, o->room, 0)) {
        fprintf(stderr, "bench_bargein: %s\n", err_reason());
        exit(1);
    }
    for (size_t i = 0; i < n; i++) far[i] = (int16_t)lrint(reply->v[(from + i) % reply->n]);
    for (size_t at = 0; at < n; at += ECHO_BLOCK) room_block(room, far + at, echo + at);
    room_free(room);
    stretch(echo, n, o->ppm);
}

static double energy(const int16_t *v, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)v[i] * v[i];
    return sum;
}

/* The part of `left` that is `whole` made louder or softer. */
static double explained(const int16_t *left, const double *whole, size_t n) {
    double both = 0, square = 1e-9;
    for (size_t i = 0; i < n; i++) {
        both += left[i] * whole[i];
        square += whole[i] * whole[i];
    }
    return both * both / square;
}

static void note(struct totals *t, const struct echo *e) {
    struct echo_status s;
    echo_status(e, &s);
    t->clips++;
    if (s.delay_frames >= 0) {
        t->delay_min = t->delays ? (int)fmin(t->delay_min, s.delay_frames) : s.delay_frames;
        t->delay_max = t->delays ? (int)fmax(t->delay_max, s.delay_frames) : s.delay_frames;
        t->delays++;
    }
    if (s.has_drift) {
        t->drift_min = t->drifts ? fmin(t->drift_min, s.drift_ppm) : s.drift_ppm;
        t->drift_max = t->drifts ? fmax(t->drift_max, s.drift_ppm) : s.drift_ppm;
        t->drifts++;
    }
}

struct mix {
    const char *name;
    const struct sound *speech;
    size_t lead, n;
    int16_t *far, *near;
    double *alone; /* the recording as loud as it is in `near` */
};

static void run(const struct mix *m, const struct options *o, struct totals *t) {
    struct echo *e;
    struct echo_out out;
    size_t given = 0, kept = (size_t)(o->before_s * AUDIO_RATE_HZ), from = m->lead - kept, length = m->speech->n;
    size_t behind = m->lead + length + AUDIO_RATE_HZ / 2, half = AUDIO_RATE_HZ / 2;
    int16_t *rest = room_for(m->n + 2 * ECHO_BLOCK, sizeof *rest);
    int64_t began_ns = clock_cpu_ns();
    if (echo_create(&e)) exit(1);
    for (size_t at = 0; at + ECHO_BLOCK <= m->n; at += ECHO_BLOCK) {
        echo_block(e, m->near + at, m->far + at, &out);
        memcpy(rest + given, out.heard, out.n * sizeof *rest);
        given += out.n;
    }
    t->cpu_s += (double)(clock_cpu_ns() - began_ns) / 1e9;
    t->audio_s += (double)m->n / AUDIO_RATE_HZ;
    note(t, e);
    echo_destroy(e);
    t->before += energy(m->near + m->lead / 2, m->lead / 2);
    t->before_left += energy(rest + m->lead / 2, m->lead / 2);
    t->after += energy(m->near + behind, half);
    t->after_left += energy(rest + behind, half);
    double speech = explained(rest + m->lead, m->alone + m->lead, length);
    t->speech_db += 10 * log10(speech / (energy(rest + m->lead, length) - speech));
    save(o->folder, "echo", m->name, m->near + from, length + 2 * kept);
    save(o->folder, "cancelled", m->name, rest + from, length + 2 * kept);
    free(rest);
}

static void one(const char *path, const struct sound *reply, const struct options *o, struct totals *t) {
    struct sound speech = load(path);
    struct mix m = {.name = recording_name(path), .speech = &speech, .lead = (size_t)(o->lead_s * AUDIO_RATE_HZ)};
    size_t tail = (size_t)((1 + o->before_s) * AUDIO_RATE_HZ);
    size_t n = m.n = (m.lead + speech.n + tail + ECHO_BLOCK) / ECHO_BLOCK * ECHO_BLOCK;
    double *sum = room_for(n, sizeof *sum), peak = 1, speech_peak = 1;
    float *echo = room_for(n, sizeof *echo);
    m.far = room_for(n, sizeof *m.far);
    m.near = room_for(n, sizeof *m.near);
    m.alone = room_for(n, sizeof *m.alone);
    play(reply, o, recording_hash(m.name) % reply->n, n, m.far, echo);
    for (size_t i = 0; i < n; i++) sum[i] = (double)echo[i];
    double gain = loudest(speech.v, speech.n) / loudest(sum + m.lead, speech.n) * pow(10, o->echo_db / 20);
    for (size_t i = 0; i < speech.n; i++) m.alone[m.lead + i] = speech.v[i];
    for (size_t i = 0; i < n; i++) {
        sum[i] = sum[i] * gain + m.alone[i];
        peak = fmax(peak, fabs(sum[i]));
    }
    for (size_t i = 0; i < speech.n; i++) speech_peak = fmax(speech_peak, fabs(speech.v[i]));
    for (size_t i = 0; i < n; i++) m.near[i] = (int16_t)lrint(sum[i] * HALF_SCALE / peak);
    run(&m, o, t);
    for (size_t i = 0; i < speech.n; i++) m.far[i] = (int16_t)lrint(speech.v[i] * HALF_SCALE / speech_peak);
    save(o->folder, "clean", m.name, m.far, speech.n);
    free(sum);
    free(echo);
    free(m.far);
    free(m.near);
    free(m.alone);
    free(speech.v);
}

static int usage(void) {
    fprintf(stderr, "usage: bench_bargein [-l LEAD_S] [-b BEFORE_S] [-d PPM] ECHO_DB ROOM REPLY OUT RECORDING...\n");
    return 2;
}

int main(int argc, char **argv) {
    struct options o = {.lead_s = 5, .before_s = 0.2};
    struct totals t = {0};
    for (int c; (c = getopt(argc, argv, "l:b:d:")) != -1;) {
        if (c == 'l')
            o.lead_s = atof(optarg);
        else if (c == 'b')
            o.before_s = atof(optarg);
        else if (c == 'd')
            o.ppm = atof(optarg);
        else
            return usage();
    }
    if (argc - optind < 5 || o.before_s > o.lead_s) return usage();
    o.echo_db = atof(argv[optind]);
    o.room = argv[optind + 1];
    o.folder = argv[optind + 3];
    struct sound reply = load(argv[optind + 2]);
    for (int i = optind + 4; i < argc; i++) one(argv[i], &reply, &o, &t);
    printf(
        "echo %.1f dB lower before anybody speaks, %.1f dB after; beside it speech over the rest %.1f dB; %.4f of one "
        "core\n",
        10 * log10(t.before / t.before_left), 10 * log10(t.after / t.after_left), t.speech_db / t.clips,
        t.cpu_s / t.audio_s);
    printf("    delay found in %d of %d: %.1f to %.1f ms; drift in %d: %.0f to %.0f ppm\n", t.delays, t.clips,
           t.delay_min * 1000.0 / AUDIO_RATE_HZ, t.delay_max * 1000.0 / AUDIO_RATE_HZ, t.drifts, t.drift_min,
           t.drift_max);
    free(reply.v);
    return 0;
}
