#include "say/voice.h"

#include <espeak-ng/speak_lib.h>
#include <speex/speex_resampler.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum {
    RATE_HZ = 16000,
    CHUNK_MS = 20,         /* asked of eSpeak NG; it takes 49 ms at the least */
    BLOCK_FRAMES = 320,    /* handed on at once, 20 ms */
    RESAMPLER_QUALITY = 4, /* the voice has little above 7 kHz that could fold back */
    SILENCE_PEAK = 48,     /* of 32767 */
    TEXT_BYTES_MAX = 8192,
    WORD_BYTES_MAX = 64,
};

struct voice {
    SpeexResamplerState *resampler;
};

/* eSpeak NG is one a process. It is never terminated: its espeak_Terminate() waits for ever for a thread of its own if
 * that has not quite started yet (1.51), and so would anybody who mistyped the name of a voice. */
static int native_hz; /* 0: not initialised yet */
static bool is_open;

/* What one voice_say() is about; eSpeak NG's callback has no other way to it. */
struct speech {
    const struct voice *voice;
    atomic_bool *cancel;
    bool (*fn)(void *ctx, const int16_t *samples, size_t n);
    void *ctx;
    bool begun; /* the silence in front is over */
    bool ended; /* cancelled, or fn wants no more */
};

static struct speech *current;

/* ---- opening ---- */

static int value_or(int value, int fallback) {
    return value ? value : fallback;
}

static err_t check_config(const struct voice_config *c) {
    if (c->rate_wpm != 0 && (c->rate_wpm < espeakRATE_MINIMUM || c->rate_wpm > espeakRATE_MAXIMUM))
        return err_fail(ERR_ARG, "the voice speaks %d to %d words a minute, not %d", espeakRATE_MINIMUM,
                        espeakRATE_MAXIMUM, c->rate_wpm);
    if (c->pitch < 0 || c->pitch > 100)
        return err_fail(ERR_ARG, "the pitch of the voice is 0 to 100, not %d", c->pitch);
    if (c->volume < 0 || c->volume > 100)
        return err_fail(ERR_ARG, "the volume of the voice is 0 to 100, not %d", c->volume);
    return ERR_OK;
}

static int take_samples(short *samples, int n, espeak_EVENT *events);

/* By the name of a voice ("en-us", "gmw/en-US", "en-us+f3") or by a language that some voice speaks ("en-gb"). */
static bool choose_voice(const char *name) {
    espeak_VOICE any = {.languages = name};
    return espeak_SetVoiceByName(name) == EE_OK || espeak_SetVoiceByProperties(&any) == EE_OK;
}

static err_t set_up(struct voice *v, const struct voice_config *c) {
    const char *name = c->name ? c->name : "en-us";
    if (!choose_voice(name))
        return err_fail(ERR_MODEL,
                        "eSpeak NG has no voice '%s': install espeak-ng-data, or choose one of `espeak-ng --voices`",
                        name);
    espeak_SetParameter(espeakRATE, value_or(c->rate_wpm, 165), 0);
    espeak_SetParameter(espeakPITCH, value_or(c->pitch, 50), 0);
    espeak_SetParameter(espeakVOLUME, value_or(c->volume, 90), 0);
    espeak_SetSynthCallback(take_samples);
    int err = RESAMPLER_ERR_SUCCESS;
    v->resampler = speex_resampler_init(1, (spx_uint32_t)native_hz, RATE_HZ, RESAMPLER_QUALITY, &err);
    if (!v->resampler) return err_fail(ERR_MEMORY, "no resampler for the voice: %s", speex_resampler_strerror(err));
    return ERR_OK;
}

static err_t initialise(void) {
    if (native_hz > 0) return ERR_OK;
    int rate_hz = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, CHUNK_MS, NULL, espeakINITIALIZE_DONT_EXIT);
    if (rate_hz <= 0) return err_fail(ERR_MODEL, "eSpeak NG finds no data: install the package espeak-ng-data");
    native_hz = rate_hz;
    return ERR_OK;
}

err_t voice_open(struct voice **out, const struct voice_config *config) {
    TRY(check_config(config));
    if (is_open) return err_fail(ERR_BUSY, "the voice is open already: there is one a process");
    TRY(initialise());
    struct voice *v = calloc(1, sizeof *v);
    if (!v) return err_fail(ERR_MEMORY, "no memory for the voice");
    is_open = true;
    err_t err = set_up(v, config);
    if (err) {
        voice_close(v);
        return err;
    }
    *out = v;
    return ERR_OK;
}

void voice_close(struct voice *v) {
    if (!v) return;
    if (v->resampler) speex_resampler_destroy(v->resampler);
    is_open = false;
    free(v);
}

/* ---- speaking ---- */

static bool wanted(struct speech *s) {
    if (!s->ended && s->cancel && atomic_load_explicit(s->cancel, memory_order_relaxed)) s->ended = true;
    return !s->ended;
}

static void hand_on(struct speech *s, const int16_t *samples, size_t n) {
    if (n > 0 && wanted(s) && !s->fn(s->ctx, samples, n)) s->ended = true;
}

/* Resamples and hands on in blocks, so that a cancel is heard within one of them. */
static void resample(struct speech *s, const int16_t *samples, size_t n) {
    int16_t block[BLOCK_FRAMES];
    while (n > 0 && wanted(s)) {
        spx_uint32_t in = (spx_uint32_t)n, out = BLOCK_FRAMES;
        speex_resampler_process_int(s->voice->resampler, 0, samples, &in, block, &out);
        if (in == 0 && out == 0) return;
        samples += in;
        n -= in;
        hand_on(s, block, out);
    }
}

static size_t leading_silence(const int16_t *samples, size_t n) {
    size_t i = 0;
    while (i < n && abs(samples[i]) < SILENCE_PEAK) i++;
    return i;
}

/* eSpeak NG's callback: samples of its own rate, NULL at the end. Returns 1 to stop it. */
static int take_samples(short *samples, int n, espeak_EVENT *events) {
    (void)events;
    struct speech *s = current;
    if (!s) return 1;
    if (!samples || n <= 0) return !wanted(s);
    size_t skip = s->begun ? 0 : leading_silence(samples, (size_t)n);
    s->begun |= skip < (size_t)n;
    resample(s, samples + skip, (size_t)n - skip);
    return !wanted(s);
}

/* What the resampler still holds back. */
static void flush(struct speech *s) {
    static const int16_t silence[256];
    int held = speex_resampler_get_input_latency(s->voice->resampler);
    if (s->begun && held > 0 && held <= 256) resample(s, silence, (size_t)held);
}

static err_t check_text(const char *text, size_t max) {
    size_t n = strnlen(text, max + 1);
    if (n > max) return err_fail(ERR_ARG, "the text is longer than %zu bytes", max);
    if (!str_is_utf8(text, n)) return err_fail(ERR_ARG, "the text is not UTF-8");
    return ERR_OK;
}

err_t voice_say(struct voice *v, const char *text, atomic_bool *cancel,
                bool (*fn)(void *ctx, const int16_t *samples, size_t n), void *ctx) {
    TRY(check_text(text, TEXT_BYTES_MAX));
    struct speech speech = {.voice = v, .cancel = cancel, .fn = fn, .ctx = ctx};
    if (!wanted(&speech)) return ERR_OK;
    speex_resampler_reset_mem(v->resampler);
    speex_resampler_skip_zeros(v->resampler);
    current = &speech;
    espeak_ERROR err = espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
    current = NULL;
    flush(&speech);
    return err == EE_OK ? ERR_OK : err_fail(ERR_MODEL, "eSpeak NG cannot say this (error %d)", (int)err);
}

struct recording {
    int16_t *samples;
    size_t n, cap;
};

static bool record(void *ctx, const int16_t *samples, size_t n) {
    struct recording *r = ctx;
    if (n > r->cap - r->n) n = r->cap - r->n;
    memcpy(r->samples + r->n, samples, n * sizeof *samples);
    r->n += n;
    return r->n < r->cap;
}

err_t voice_record(struct voice *v, const char *text, int16_t *samples, size_t cap, size_t *n) {
    struct recording r = {.samples = samples, .cap = cap};
    atomic_bool cancel = false;
    TRY(voice_say(v, text, &cancel, record, &r));
    *n = r.n;
    return ERR_OK;
}

/* ---- phonemes ---- */

err_t voice_phonemes(struct voice *v, const char *word, char *out, size_t cap) {
    (void)v; /* proof that eSpeak NG is open */
    TRY(check_text(word, WORD_BYTES_MAX));
    const void *rest = word;
    const char *phonemes = espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, 0);
    if (!phonemes) return err_fail(ERR_MODEL, "eSpeak NG has no phonemes for '%s'", word);
    phonemes += strspn(phonemes, " \n");
    if (!*phonemes || rest) return err_fail(ERR_MODEL, "eSpeak NG makes no single word of '%s'", word);
    if (strlen(phonemes) >= cap) return err_fail(ERR_FULL, "no room for the phonemes of '%s'", word);
    str_copy(out, cap, phonemes);
    return ERR_OK;
}
