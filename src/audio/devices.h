/* PortAudio's devices: found by name, and opened quietly. One thread. */
#ifndef SK_AUDIO_DEVICES_H
#define SK_AUDIO_DEVICES_H
#include <portaudio.h>
#include <stdbool.h>

#include "audio/audio.h"

/* ALSA, JACK and PulseAudio write dozens of lines to standard error while PortAudio looks for devices. Between the two
 * calls standard error goes nowhere, for the whole process: keep it short. */
struct hush {
    int saved_fd; /* -1: nothing to give back */
};
struct hush hush_begin(void);
void hush_end(struct hush h);

/* Pa_Initialize() without the noise; pairs with Pa_Terminate(). A device plugged in since is seen only after the last
 * Pa_Terminate(). ERR_DEVICE. */
SK_MUST_USE err_t devices_open(void);

enum direction { CAPTURE, PLAYBACK };

/* The device called `name`, or the first whose name contains it, letter case aside; NULL: the default one. Not for
 * "none". ERR_NOT_FOUND; the reason lists what there is. */
SK_MUST_USE err_t device_find(PaDeviceIndex *out, const char *name, enum direction direction);

#endif
