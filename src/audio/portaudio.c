/* Microphone and loudspeaker by PortAudio's callback.
 *
 * One duplex stream where both are the same device at the same rate: they share a clock, which the echo canceller
 * needs. Two streams otherwise; each follows its own clock and the rings take up the difference. */
#include <portaudio.h>
#include <pthread.h>
#include <stdlib.h>

#include "audio/devices.h"
#include "audio/path.h"
#include "base/clock.h"
#include "base/str.h"

enum {
    BLOCKS_PER_S = AUDIO_RATE_HZ / AUDIO_BLOCK_FRAMES,
    LATENCY_MS =
        60, /* three blocks: enough for a busy small board. The demo's pipe counts on it, see tests/audio/feed.c */
    WATCH_NS = 1000000000,
    PACE_MAX = 3, /* times real time over a second, a second's worth of buffers aside: no device but a broken one */
};

struct stream {
    PaStream *pa;
    struct capture_path *capture;   /* NULL: not of this stream */
    struct playback_path *playback; /* likewise */
    int rate_hz;
    _Atomic uint64_t frames; /* given by the device since start */
    atomic_bool ended;       /* without being asked to */
    uint64_t seen_frames;    /* at the last look, seen_ns */
    int64_t seen_ns;
    bool lost;
};

struct portaudio_device {
    struct stream streams[2];
    int n_streams;
    struct capture_path capture;
    struct playback_path playback;
    atomic_bool stopping;
    pthread_mutex_t watch; /* audio_status() comes from any thread */
};

/* One side as it is to be opened. */
struct endpoint {
    PaDeviceIndex device; /* paNoDevice: none */
    int rate_hz;
};

/* --- the callback --- */

/* The device does not say how much it lost: a block at the least. */
static void note_device_xruns(struct audio *a, PaStreamCallbackFlags flags, bool speaking) {
    if (flags & paInputOverflow) atomic_fetch_add_explicit(&a->overruns, AUDIO_BLOCK_FRAMES, memory_order_relaxed);
    if ((flags & paOutputUnderflow) && speaking) atomic_fetch_add_explicit(&a->underruns, 1, memory_order_relaxed);
}

static int on_block(const void *in, void *out, unsigned long n, const PaStreamCallbackTimeInfo *time,
                    PaStreamCallbackFlags flags, void *ctx) {
    (void)time;
    struct stream *s = ctx;
    struct audio *a = s->capture ? s->capture->audio : s->playback->audio;
    note_device_xruns(a, flags, s->playback && a->dry_frames == 0);
    /* the loudspeaker first: whoever sees a captured sample finds what was played beside it */
    if (s->playback && out) playback_path_take(s->playback, out, n);
    if (s->capture && in) capture_path_put(s->capture, in, n);
    atomic_fetch_add_explicit(&s->frames, n, memory_order_relaxed);
    return paContinue;
}

static void on_end(void *ctx) {
    struct stream *s = ctx;
    atomic_store(&s->ended, true);
}

/* --- is it still there? --- */

/* An unplugged device ends its stream, or its callback stops coming; one whose sound server has died may call back as
 * fast as the processor runs. Looks at most once a second. */
static bool stream_is_lost(struct stream *s, int64_t now_ns) {
    int64_t passed_ns = now_ns - s->seen_ns;
    if (atomic_load(&s->ended)) s->lost = true;
    if (s->lost || passed_ns < WATCH_NS) return s->lost;

    uint64_t frames = atomic_load_explicit(&s->frames, memory_order_relaxed);
    double seconds = (double)(frames - s->seen_frames) / s->rate_hz;
    s->lost = frames == s->seen_frames || seconds > 1 + PACE_MAX * 1e-9 * (double)passed_ns;
    s->seen_frames = frames;
    s->seen_ns = now_ns;
    return s->lost;
}

static bool portaudio_is_lost(void *device) {
    struct portaudio_device *d = device;
    if (atomic_load(&d->stopping)) return false;
    bool lost = false;
    pthread_mutex_lock(&d->watch);
    for (int i = 0; i < d->n_streams; i++) lost |= stream_is_lost(&d->streams[i], clock_monotonic_ns());
    pthread_mutex_unlock(&d->watch);
    return lost;
}

/* --- opening --- */

static err_t pa_fail(PaError failed, const char *what, PaDeviceIndex device) {
    const char *text = Pa_GetErrorText(failed);
    if (failed == paUnanticipatedHostError && Pa_GetLastHostErrorInfo()->errorText[0])
        text = Pa_GetLastHostErrorInfo()->errorText;
    const char *hint = failed == paDeviceUnavailable ? "; does another program hold it?" : "";
    return err_fail(ERR_DEVICE, "cannot %s %s: %s%s", what, Pa_GetDeviceInfo(device)->name, text, hint);
}

static PaStreamParameters parameters(PaDeviceIndex device, double device_latency_s) {
    double wanted_s = LATENCY_MS / 1000.0;
    return (PaStreamParameters){.device = device,
                                .channelCount = 1,
                                .sampleFormat = paInt16,
                                .suggestedLatency = device_latency_s > wanted_s ? device_latency_s : wanted_s};
}

static err_t stream_open(struct stream *s, const struct endpoint *in, const struct endpoint *out) {
    PaStreamParameters capture, playback;
    if (in) capture = parameters(in->device, Pa_GetDeviceInfo(in->device)->defaultLowInputLatency);
    if (out) playback = parameters(out->device, Pa_GetDeviceInfo(out->device)->defaultLowOutputLatency);
    const struct endpoint *any = in ? in : out;
    s->rate_hz = any->rate_hz;

    struct hush h = hush_begin();
    PaError failed = Pa_OpenStream(&s->pa, in ? &capture : NULL, out ? &playback : NULL, any->rate_hz,
                                   (unsigned long)(any->rate_hz / BLOCKS_PER_S), paNoFlag, on_block, s);
    if (!failed) failed = Pa_SetStreamFinishedCallback(s->pa, on_end);
    hush_end(h);
    if (failed == paInvalidSampleRate)
        return err_fail(ERR_DEVICE, "%s does not run at %d Hz: set %s to a rate that it has, such as %.0f",
                        Pa_GetDeviceInfo(any->device)->name, any->rate_hz, in ? "capture_rate_hz" : "playback_rate_hz",
                        Pa_GetDeviceInfo(any->device)->defaultSampleRate);
    return failed ? pa_fail(failed, "open", any->device) : ERR_OK;
}

static err_t endpoint_find(struct endpoint *e, const char *name, int rate_hz, enum direction direction) {
    e->device = paNoDevice;
    if (name && str_equal(name, "none")) return ERR_OK;
    if (rate_hz != 0 && (rate_hz < RESAMPLE_MIN_HZ || rate_hz > RESAMPLE_MAX_HZ))
        return err_fail(ERR_ARG, "%d Hz is not a rate for a device: give %d to %d, or 0 for its own", rate_hz,
                        RESAMPLE_MIN_HZ, RESAMPLE_MAX_HZ);
    TRY(device_find(&e->device, name, direction));
    e->rate_hz = rate_hz ? rate_hz : (int)Pa_GetDeviceInfo(e->device)->defaultSampleRate;
    return ERR_OK;
}

static err_t capture_prepare(struct portaudio_device *d, struct audio *a, const struct endpoint *in) {
    d->capture.audio = a;
    return in->device == paNoDevice ? ERR_OK : resampler_create(&d->capture.resampler, in->rate_hz, AUDIO_RATE_HZ);
}

static err_t playback_prepare(struct portaudio_device *d, struct audio *a, const struct endpoint *out) {
    d->playback.audio = a;
    return out->device == paNoDevice ? ERR_OK : resampler_create(&d->playback.resampler, AUDIO_RATE_HZ, out->rate_hz);
}

static err_t streams_open(struct portaudio_device *d, const struct endpoint *in, const struct endpoint *out) {
    bool duplex = in->device != paNoDevice && in->device == out->device && in->rate_hz == out->rate_hz;
    if (in->device != paNoDevice) {
        struct stream *s = &d->streams[d->n_streams];
        s->capture = &d->capture;
        if (duplex) s->playback = &d->playback;
        TRY(stream_open(s, in, duplex ? out : NULL));
        d->n_streams++;
    }
    if (out->device != paNoDevice && !duplex) {
        struct stream *s = &d->streams[d->n_streams];
        s->playback = &d->playback;
        TRY(stream_open(s, NULL, out));
        d->n_streams++;
    }
    return ERR_OK;
}

static err_t device_open(struct portaudio_device *d, struct audio *a, const struct audio_config *config) {
    struct endpoint in, out;
    TRY(endpoint_find(&in, config->capture, config->capture_rate_hz, CAPTURE));
    TRY(endpoint_find(&out, config->playback, config->playback_rate_hz, PLAYBACK));
    if (in.device == paNoDevice && out.device == paNoDevice)
        return err_fail(ERR_ARG, "neither microphone nor loudspeaker is wanted: use the null driver for that");
    TRY(capture_prepare(d, a, &in));
    TRY(playback_prepare(d, a, &out));
    return streams_open(d, &in, &out);
}

static void device_free(struct portaudio_device *d) {
    for (int i = 0; i < d->n_streams; i++) Pa_CloseStream(d->streams[i].pa);
    Pa_Terminate();
    resampler_destroy(d->capture.resampler);
    resampler_destroy(d->playback.resampler);
    pthread_mutex_destroy(&d->watch);
    free(d);
}

static err_t portaudio_open(struct audio *a, const struct audio_config *config) {
    struct portaudio_device *d = calloc(1, sizeof *d);
    if (!d) return err_fail(ERR_MEMORY, "no memory for the audio stream");
    err_t err = devices_open();
    if (err) {
        free(d);
        return err;
    }
    pthread_mutex_init(&d->watch, NULL);
    err = device_open(d, a, config);
    if (err) {
        device_free(d);
        return err;
    }
    a->device = d;
    return ERR_OK;
}

/* --- running --- */

/* Aborted, not stopped: Pa_StopStream() would wait for a device that may be gone. It still has to get the thread back:
 * sound cards time out by themselves, a FIFO whose writer sleeps (tests/audio) holds us up until it wakes. */
static void portaudio_stop(struct audio *a) {
    struct portaudio_device *d = a->device;
    atomic_store(&d->stopping, true);
    for (int i = 0; i < d->n_streams; i++)
        if (Pa_IsStreamStopped(d->streams[i].pa) == 0) Pa_AbortStream(d->streams[i].pa);
}

static void stream_rewind(struct stream *s) {
    atomic_store(&s->frames, 0);
    atomic_store(&s->ended, false);
    s->seen_frames = 0;
    s->seen_ns = clock_monotonic_ns();
    s->lost = false;
}

static err_t portaudio_start(struct audio *a) {
    struct portaudio_device *d = a->device;
    portaudio_stop(a);
    for (int i = 0; i < d->n_streams; i++) {
        pthread_mutex_lock(&d->watch);
        stream_rewind(&d->streams[i]);
        pthread_mutex_unlock(&d->watch);
        PaError failed = Pa_StartStream(d->streams[i].pa);
        if (failed) {
            portaudio_stop(a);
            return err_fail(ERR_DEVICE, "cannot start the audio stream: %s", Pa_GetErrorText(failed));
        }
    }
    atomic_store(&d->stopping, false);
    return ERR_OK;
}

static void portaudio_close(struct audio *a) {
    device_free(a->device);
}

const struct audio_driver portaudio_driver = {.name = "portaudio",
                                              .open = portaudio_open,
                                              .start = portaudio_start,
                                              .stop = portaudio_stop,
                                              .close = portaudio_close,
                                              .is_lost = portaudio_is_lost};
