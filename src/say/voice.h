/* Text to samples with eSpeak NG, streamed. eSpeak NG has global state: one voice a process, one thread. */
#ifndef SK_SAY_VOICE_H
#define SK_SAY_VOICE_H
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

struct voice_config {
    const char *name; /* eSpeak NG voice, NULL "en-us" */
    int rate_wpm;     /* 80 to 450; 0: 165 */
    int pitch;        /* 0 to 100; 0: 50 */
    int volume;       /* 0 to 100; 0: 90 */
};

struct voice;

/* ERR_MODEL if the voice is missing (says which package). */
SK_MUST_USE err_t voice_open(struct voice **out, const struct voice_config *config);
void voice_close(struct voice *v);

/* Speaks: fn gets 16 kHz mono samples as they are made, the first sentence while the next is still to come; it may
 * block; returning false ends the speech. Also ended by *cancel becoming true (checked at least every 50 ms of sound).
 */
SK_MUST_USE err_t voice_say(struct voice *v, const char *text, atomic_bool *cancel,
                            bool (*fn)(void *ctx, const int16_t *samples, size_t n), void *ctx);

/* All of it into memory, `cap` samples at most; *n says how many. */
SK_MUST_USE err_t voice_record(struct voice *v, const char *text, int16_t *samples, size_t cap, size_t *n);

/* eSpeak NG's phoneme mnemonics of a word, for hear/pronounce.h. ERR_MODEL, ERR_FULL. */
SK_MUST_USE err_t voice_phonemes(struct voice *v, const char *word, char *out, size_t cap);

#endif
