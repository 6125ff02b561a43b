#include "audio/devices.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

/* snd_lib_error_set_handler() would do for ALSA alone, and tie us to it; JACK and PulseAudio print by themselves. */
struct hush hush_begin(void) {
    struct hush h = {.saved_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)};
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (h.saved_fd >= 0 && nowhere >= 0) dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0) close(nowhere);
    return h;
}

void hush_end(struct hush h) {
    if (h.saved_fd < 0) return;
    dup2(h.saved_fd, STDERR_FILENO);
    close(h.saved_fd);
}

err_t devices_open(void) {
    struct hush h = hush_begin();
    PaError failed = Pa_Initialize();
    hush_end(h);
    if (failed) return err_fail(ERR_DEVICE, "PortAudio does not start: %s", Pa_GetErrorText(failed));
    return ERR_OK;
}

static bool device_can(const PaDeviceInfo *info, enum direction direction) {
    return direction == CAPTURE ? info->maxInputChannels > 0 : info->maxOutputChannels > 0;
}

static const char *direction_name(enum direction direction) {
    return direction == CAPTURE ? "microphone" : "loudspeaker";
}

static void list_names(char *text, size_t cap, enum direction direction) {
    text[0] = '\0';
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
        if (!device_can(info, direction)) continue;
        if (text[0]) str_append(text, cap, ", ");
        str_append(text, cap, info->name);
    }
}

static err_t not_found(const char *name, enum direction direction) {
    const char *what = direction_name(direction);
    char names[256];
    list_names(names, sizeof names, direction);
    if (!names[0])
        return err_fail(ERR_NOT_FOUND, "there is no %s: plug one in, or set %s = none to do without", what,
                        direction == CAPTURE ? "capture" : "playback");
    if (!name) return err_fail(ERR_NOT_FOUND, "there is no default %s: name one of %s", what, names);
    return err_fail(ERR_NOT_FOUND, "there is no %s called '%s': name one of %s", what, name, names);
}

static err_t device_default(PaDeviceIndex *out, enum direction direction) {
    PaDeviceIndex i = direction == CAPTURE ? Pa_GetDefaultInputDevice() : Pa_GetDefaultOutputDevice();
    if (i == paNoDevice || !device_can(Pa_GetDeviceInfo(i), direction)) return not_found(NULL, direction);
    *out = i;
    return ERR_OK;
}

err_t device_find(PaDeviceIndex *out, const char *name, enum direction direction) {
    if (!name) return device_default(out, direction);
    PaDeviceIndex found = paNoDevice;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
        if (!device_can(info, direction)) continue;
        if (str_equal(info->name, name)) {
            *out = i;
            return ERR_OK;
        }
        if (found == paNoDevice && strcasestr(info->name, name)) found = i;
    }
    if (found == paNoDevice) return not_found(name, direction);
    *out = found;
    return ERR_OK;
}

err_t audio_devices(void (*fn)(void *ctx, const char *name, int inputs, int outputs, double rate_hz), void *ctx) {
    TRY(devices_open());
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
        fn(ctx, info->name, info->maxInputChannels, info->maxOutputChannels, info->defaultSampleRate);
    }
    Pa_Terminate();
    return ERR_OK;
}
