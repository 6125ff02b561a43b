/* Comfort noise. A microphone is never truly silent, and nobody begins to speak with its first sample; a recording or a
 * synthetic voice may do both, and then the recogniser's estimates of the noise and of the channel begin wrong. Pure.
 */
#ifndef SK_HEAR_COMFORT_H
#define SK_HEAR_COMFORT_H
#include <stddef.h>
#include <stdint.h>

enum { COMFORT_LEAD_MS = 200, COMFORT_LEAD_SAMPLES = COMFORT_LEAD_MS * 16 }; /* belongs before and after a recording */

/* Adds white noise of 65 dB below full scale, the floor of a quiet room, to n samples; *seed goes on. */
void comfort_add(uint32_t *seed, int16_t *samples, size_t n);

/* Makes a quiet room of what lies COMFORT_LEAD_SAMPLES before and behind n samples, and adds the noise to all of it,
 * always the same; `room` is where the first of these places begins. Returns how many samples there are now. */
size_t comfort_around(int16_t *room, size_t n);

#endif
