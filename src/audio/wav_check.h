/* Does a RIFF WAVE file hold what its header says? libsndfile repairs a wrong length silently; a recording that was cut
 * off would then be taken for a whole order. Layout:
 * https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html Reads only headers, by pread(); any thread. */
#ifndef SK_AUDIO_WAV_CHECK_H
#define SK_AUDIO_WAV_CHECK_H
#include <stdint.h>

#include "base/err.h"

/* fd: an open file of `size` bytes that begins with "RIFF"; path is for messages. ERR_FORMAT, ERR_IO. */
SK_MUST_USE err_t wav_check(int fd, int64_t size, const char *path);

#endif
