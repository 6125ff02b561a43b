/* eSpeak NG's phonemes to the phones of the acoustic model, by the table models/<locale>/phones.map.
 * Pure text to text: the phonemes themselves come from say/voice.h when a catalogue is imported. */
#ifndef SK_HEAR_PRONOUNCE_H
#define SK_HEAR_PRONOUNCE_H
#include <stddef.h>
#include "base/err.h"

struct phone_map;

/* ERR_NOT_FOUND, ERR_FORMAT with file and line. */
SK_MUST_USE err_t phone_map_load(struct phone_map **out, const char *path);
void phone_map_free(struct phone_map *m);
/* "k'alif2@" style mnemonics of one word to "K AE L AH F ...". ERR_FORMAT if nothing can be made of them, ERR_FULL. */
SK_MUST_USE err_t phone_map_apply(const struct phone_map *m, const char *espeak, char *out, size_t cap);

#endif
