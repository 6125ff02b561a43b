/* A WAV file that grows: 16 kHz mono, 16 bit. Its header is right after each block, so that a program that is killed
 * leaves a good file. One thread. (Reading and writing whole files is audio_load() and audio_save() of audio.h.) */
#ifndef SK_AUDIO_SOUND_FILE_H
#define SK_AUDIO_SOUND_FILE_H
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct wav_writer;

/* Replaces the file. ERR_IO, ERR_ARG (rate), ERR_MEMORY. */
SK_MUST_USE err_t wav_create(struct wav_writer **out, const char *path, int rate_hz);
/* ERR_IO. */
SK_MUST_USE err_t wav_append(struct wav_writer *w, const int16_t *samples, size_t n);
/* NULL is fine. */
void wav_close(struct wav_writer *w);

#endif
