/* eSpeak NG's phonemes to the phones of the acoustic model, by the table models/<locale>/phones.map.
 * Pure text to text: the phonemes themselves come from say/voice.h when a catalogue is imported. */
#ifndef SK_HEAR_PRONOUNCE_H
#define SK_HEAR_PRONOUNCE_H
#include <stddef.h>
#include "base/err.h"

struct phone_map;

enum { PHONE_TEXT_MAX = 256, PHONE_VARIANTS_MAX = 4 };

/* ERR_NOT_FOUND, ERR_FORMAT with file and line. */
SK_MUST_USE err_t phone_map_load(struct phone_map **out, const char *path);
void phone_map_free(struct phone_map *m);
/* "k'alif2@" style mnemonics of one word to "K AE L AH F ...". ERR_FORMAT if nothing can be made of them, ERR_FULL. */
SK_MUST_USE err_t phone_map_apply(const struct phone_map *m, const char *espeak, char *out, size_t cap);
/* The same, and then what the table's second choices make of it: each in one place, the first places first, and at last
 * all of them at once. Returns how many there are, each once, `max` at most; 0 if nothing can be made of it. */
int phone_map_variants(const struct phone_map *m, const char *espeak, char out[][PHONE_TEXT_MAX], int max);

#endif
