#include "hear/senones.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "hear/gaussians.h"
#include "hear/loop.h"

enum {
    PHONES = NETWORK_PARTS / MDEF_STATES,
    SILENCE = NETWORK_PARTS - 1,
    REACH = 3 /* frames that differences look at */
};

static const char phone_names[] =
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH ";
static const float UNIT_NATS = 0.102394880f; /* a unit of PocketSphinx's scores */
static const float COST_MAX = 32000;
static const double LIFTER = 22; /* as in the model's feat.params */

/* What has been heard of speech and of what was beside it, for a mean before the end is known. */
struct balance {
    double speech[GAUSSIANS_CEPSTRA], beside[GAUSSIANS_CEPSTRA]; /* sums */
    double n_speech, n_beside;                                   /* frames */
    double noise;                                                /* as in senones_noise(), summed over speech */
};

struct senones {
    struct mdef mdef;
    struct gaussians *gaussians;
    const struct tuning *tuning;
    uint8_t *part; /* of the network, for each senone */
    float prior[NETWORK_PARTS];
    float transform[GAUSSIANS_CEPSTRA][NETWORK_BANDS]; /* from log mel spectrum to cepstra */
    float *likelihood;                                 /* of each senone */
    /* the stream */
    const struct frame *frames;
    size_t n, next;
    bool ended; /* there will be no more frames than n */
    float strength, gaussian_weight, network_weight;
    float (*cepstra)[GAUSSIANS_CEPSTRA]; /* denoised */
    size_t n_cepstra, room;
    float *loops; /* what the loop's best path is worth up to the end of each frame, nats; as much room */
    float mean[GAUSSIANS_CEPSTRA];
    struct balance balance;
    struct loop loop;
    senones_watcher *watcher;
    void *watcher_ctx;
    char head[256];
    int16_t *row;        /* number of scores, scores */
    const char *pending; /* bytes not yet read */
    size_t n_pending;
    struct senones_source source;
};

/* ---- which part of the network speaks for which senone ---- */

/* Noises of the model's own, such as breath, count as silence. */
static int part_of(const struct mdef *m, int senone) {
    char name[MDEF_PHONE_MAX + 1];
    snprintf(name, sizeof name, "%s ", m->phones[m->phone[senone]]);
    int phone = 0;
    for (const char *at = phone_names; *at; at = strchr(at, ' ') + 1, phone++)
        if (!strncmp(at, name, strlen(name))) return MDEF_STATES * phone + m->state[senone];
    return SILENCE;
}

static err_t allocate(struct senones *s) {
    size_t n = (size_t)s->mdef.n_senones;
    s->part = malloc(n);
    s->likelihood = malloc(n * sizeof *s->likelihood);
    s->row = malloc((n + 1) * sizeof *s->row);
    if (!s->part || !s->likelihood || !s->row) return err_fail(ERR_MEMORY, "out of memory for the acoustic model");
    for (int i = 0; i < s->mdef.n_senones; i++) s->part[i] = (uint8_t)part_of(&s->mdef, i);
    return ERR_OK;
}

/* The unitary discrete cosine transform and the lifter of sphinxbase. */
static void make_transform(struct senones *s) {
    for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) {
        double scale = sqrt((i ? 2.0 : 1.0) / NETWORK_BANDS) * (1 + LIFTER / 2 * sin(i * M_PI / LIFTER));
        for (int b = 0; b < NETWORK_BANDS; b++)
            s->transform[i][b] = (float)(scale * cos(M_PI * i * (b + 0.5) / NETWORK_BANDS));
    }
}

static err_t load(struct senones *s, const char *model) {
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/mdef", model) >= (int)sizeof path)
        return err_fail(ERR_ARG, "the path of the acoustic model is too long");
    TRY(mdef_load(&s->mdef, path));
    TRY(allocate(s));
    return gaussians_load(&s->gaussians, model, &s->mdef);
}

err_t senones_open(struct senones **out, const char *model, const float *prior, const struct tuning *tuning) {
    struct senones *s = calloc(1, sizeof *s);
    if (!s) return err_fail(ERR_MEMORY, "out of memory for the acoustic model");
    s->tuning = tuning;
    memcpy(s->prior, prior, sizeof s->prior);
    make_transform(s);
    err_t err = load(s, model);
    if (err) {
        senones_close(s);
        return err;
    }
    *out = s;
    return ERR_OK;
}

void senones_close(struct senones *s) {
    if (!s) return;
    gaussians_free(s->gaussians);
    mdef_free(&s->mdef);
    free(s->part);
    free(s->likelihood);
    free(s->row);
    free(s->cepstra);
    free(s->loops);
    free(s);
}

/* ---- an utterance ---- */

static double lowered(const struct frame *f) {
    double gain = 0;
    for (int b = 0; b < NETWORK_BANDS; b++) gain -= f->network.gain[b];
    return gain / NETWORK_BANDS;
}

float senones_noise(const struct frame *frames, size_t n) {
    double noise = 0, speech = 0;
    for (size_t t = 0; t < n; t++) {
        noise += lowered(&frames[t]) * frames[t].network.speech;
        speech += frames[t].network.speech;
    }
    return speech > 0 ? (float)(noise / speech) : 0;
}

static float best_phone(const struct frame *f) {
    float best = -INFINITY;
    for (int i = 0; i < NETWORK_PARTS; i++) best = f->network.phones[i] > best ? f->network.phones[i] : best;
    return best;
}

float senones_clear(const struct frame *frames, size_t n) {
    double clear = 0, speech = 0;
    for (size_t t = 0; t < n; t++) {
        clear += (double)best_phone(&frames[t]) * (double)frames[t].network.speech;
        speech += (double)frames[t].network.speech;
    }
    return speech > 0 ? (float)(clear / speech) : 0;
}

/* Between what is right in quiet and what is right in noise. */
static float between(float noise, double quiet_value, double noisy_value, const struct tuning *t) {
    double share = (noise - t->noise_quiet) / (t->noise_loud - t->noise_quiet);
    share = fmin(fmax(share, 0), 1);
    return (float)(quiet_value + share * (noisy_value - quiet_value));
}

/* As if always the same share had been speech, however long the silence around it is. */
static void set_mean(struct senones *s) {
    const struct balance *b = &s->balance;
    double share = b->n_speech < 1 ? 0 : b->n_beside < 1 ? 1 : s->tuning->speech_share;
    for (int i = 0; i < GAUSSIANS_CEPSTRA; i++)
        s->mean[i] =
            (float)(share * b->speech[i] / fmax(b->n_speech, 1) + (1 - share) * b->beside[i] / fmax(b->n_beside, 1));
}

static void set_weights(struct senones *s, float noise) {
    const struct tuning *t = s->tuning;
    const struct experts *e = s->source.names ? &t->names_experts : &t->experts;
    s->strength = between(noise, t->mask_quiet, t->mask_loud, t);
    s->gaussian_weight = between(noise, e->gaussians_quiet, e->gaussians_loud, t);
    s->network_weight = between(noise, e->network_quiet, e->network_loud, t);
}

static void cepstra_of(const struct senones *s, const struct frame *frame, float out[GAUSSIANS_CEPSTRA]) {
    for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) {
        out[i] = 0;
        for (int b = 0; b < NETWORK_BANDS; b++)
            out[i] += s->transform[i][b] * (frame->mel[b] + s->strength * frame->network.gain[b]);
    }
}

static void balance_add(struct balance *b, const struct frame *f, const float cepstra[GAUSSIANS_CEPSTRA]) {
    double speech = f->network.speech;
    for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) {
        b->speech[i] += speech * cepstra[i];
        b->beside[i] += (1 - speech) * cepstra[i];
    }
    b->n_speech += speech;
    b->n_beside += 1 - speech;
    b->noise += speech * lowered(f);
}

/* Room for what is kept of n frames. */
static bool frames_room(struct senones *s, size_t n) {
    if (n <= s->room) return true;
    void *cepstra = realloc(s->cepstra, n * sizeof *s->cepstra);
    if (cepstra) s->cepstra = cepstra;
    void *loops = realloc(s->loops, n * sizeof *s->loops);
    if (loops) s->loops = loops;
    if (!cepstra || !loops) return false;
    s->room = n;
    return true;
}

static void take_frames(struct senones *s, size_t n) {
    s->n = n;
    for (; s->n_cepstra < n; s->n_cepstra++) {
        cepstra_of(s, &s->frames[s->n_cepstra], s->cepstra[s->n_cepstra]);
        balance_add(&s->balance, &s->frames[s->n_cepstra], s->cepstra[s->n_cepstra]);
    }
}

/* Cepstra so many frames from here; the first and the last frame go on for ever. */
static const float *cepstra_at(const struct senones *s, size_t t, int offset) {
    ptrdiff_t at = (ptrdiff_t)t + offset, last = (ptrdiff_t)s->n - 1;
    return s->cepstra[at < 0 ? 0 : at > last ? last : at];
}

/* Sphinx's 1s_c_d_dd. */
static void with_differences(const struct senones *s, size_t t, float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA]) {
    const float *now = cepstra_at(s, t, 0), *after = cepstra_at(s, t, 2), *before = cepstra_at(s, t, -2);
    const float *a = cepstra_at(s, t, REACH), *b = cepstra_at(s, t, -1), *c = cepstra_at(s, t, 1),
                *d = cepstra_at(s, t, -REACH);
    for (int i = 0; i < GAUSSIANS_CEPSTRA; i++) {
        x[0][i] = now[i] - s->mean[i];
        x[1][i] = after[i] - before[i];
        x[2][i] = (a[i] - b[i]) - (c[i] - d[i]);
    }
}

/* The Gaussians are spared the phones that the network rules out. */
static void choose_phones(const struct senones *s, const float *phones, bool *wanted) {
    float least = logf((float)s->tuning->network_skip);
    for (int p = 0; p < s->mdef.n_phones; p++) {
        wanted[p] = false;
        for (int k = 0; k < MDEF_STATES; k++) wanted[p] = wanted[p] || phones[s->part[s->mdef.of[p][k]]] > least;
    }
}

static void score_frame(struct senones *s, size_t t) {
    float x[GAUSSIANS_STREAMS][GAUSSIANS_CEPSTRA], network[NETWORK_PARTS], best = -INFINITY;
    bool wanted[MDEF_PHONES_MAX];
    with_differences(s, t, x);
    choose_phones(s, s->frames[t].network.phones, wanted);
    gaussians_score(s->gaussians, x, wanted, s->likelihood);
    for (int i = 0; i < NETWORK_PARTS; i++)
        network[i] =
            s->network_weight * (s->frames[t].network.phones[i] - (float)s->tuning->network_prior * s->prior[i]);
    for (int i = 0; i < s->mdef.n_senones; i++) {
        s->likelihood[i] = s->gaussian_weight * s->likelihood[i] + network[s->part[i]];
        if (s->likelihood[i] > best) best = s->likelihood[i];
    }
    s->row[0] = (int16_t)s->mdef.n_senones;
    for (int i = 0; i < s->mdef.n_senones; i++) {
        float cost = (best - s->likelihood[i]) / UNIT_NATS + 0.5f;
        s->row[i + 1] = (int16_t)(cost < COST_MAX ? cost : COST_MAX);
    }
    loop_frame(&s->loop, s->row + 1);
    s->loops[t] = senones_loop(s);
    if (s->watcher) s->watcher(s->watcher_ctx, x, s->row + 1);
}

struct gaussians *senones_gaussians(struct senones *s) {
    return s->gaussians;
}

const struct mdef *senones_mdef(const struct senones *s) {
    return &s->mdef;
}

void senones_watch(struct senones *s, senones_watcher *fn, void *ctx) {
    s->watcher = fn;
    s->watcher_ctx = ctx;
}

float senones_loop(const struct senones *s) {
    return -loop_cost(&s->loop) * UNIT_NATS;
}

const float *senones_loops(const struct senones *s) {
    return s->loops;
}

/* ---- the stream ---- */

static void follow(struct senones *s) {
    const struct balance *b = &s->balance;
    set_mean(s);
    set_weights(s, b->n_speech > 0 ? (float)(b->noise / b->n_speech) : 0);
}

static void wait_for_frames(struct senones *s) {
    while (!s->ended && s->n < s->next + REACH + 1) take_frames(s, s->source.more(s->source.ctx, &s->ended));
}

static ssize_t stream_read(void *cookie, char *out, size_t size) {
    struct senones *s = cookie;
    if (!s->n_pending) wait_for_frames(s);
    if (!s->n_pending && s->next < s->n) {
        if (s->source.more) follow(s);
        score_frame(s, s->next++);
        s->pending = (const char *)s->row;
        s->n_pending = ((size_t)s->mdef.n_senones + 1) * sizeof *s->row;
    }
    if (!s->n_pending && s->source.at_end) {
        s->source.at_end(s->source.ctx);
        s->source.at_end = NULL;
    }
    size_t part = size < s->n_pending ? size : s->n_pending;
    memcpy(out, s->pending, part);
    s->pending += part;
    s->n_pending -= part;
    return (ssize_t)part;
}

FILE *senones_stream(struct senones *s, const struct frame *frames, size_t n, const struct senones_source *source) {
    s->frames = frames;
    s->n = s->next = s->n_cepstra = 0;
    s->balance = (struct balance){0};
    s->source = *source;
    s->ended = !source->more;
    if (!frames_room(s, n)) return NULL;
    if (s->ended) {
        set_weights(s, senones_noise(frames, n));
        take_frames(s, n);
        set_mean(s);
    }
    loop_begin(&s->loop, &s->mdef, (float)s->tuning->loop_phone / UNIT_NATS);
    uint32_t mark = 0x11223344;
    int head =
        snprintf(s->head, sizeof s->head, "s3\nversion 0.1\nn_sen %d\nlogbase 1.000100\nendhdr\n", s->mdef.n_senones);
    memcpy(s->head + head, &mark, sizeof mark);
    s->pending = s->head;
    s->n_pending = (size_t)head + sizeof mark;
    return fopencookie(s, "r", (cookie_io_functions_t){.read = stream_read});
}
