/* Comfort noise. A microphone is never truly silent, and nobody begins to speak with its first sample; a recording or a
 * synthetic voice may do both, and then the recogniser's estimates of the noise and of the channel begin wrong. Pure.
 */
#ifndef SK_HEAR_COMFORT_H
#define SK_HEAR_COMFORT_H
#include <stddef.h>
#include <stdint.h>

enum { COMFORT_LEAD_MS = 200 }; /* so much of it belongs before and after a recording */

/* Adds white noise of 65 dB below full scale, the floor of a quiet room, to n samples; *seed goes on. */
void comfort_add(uint32_t *seed, int16_t *samples, size_t n);

#endif
