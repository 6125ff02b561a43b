/* Where speech begins and ends: from the level of 20 ms blocks against a tracked noise floor, from what the network
 * says about speech, and from how long the recogniser thinks it worth to wait. Pure: no clock, no I/O; time is the
 * number of blocks. One thread. */
#ifndef SK_HEAR_ENDPOINT_H
#define SK_HEAR_ENDPOINT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct endpoint_config {
    int onset_ms;         /* this much speech begins an utterance; 0: 60 */
    int hangover_ms;      /* this much silence ends it; 0: 600 */
    int no_speech_ms;     /* nothing at all for so long: give up; 0: 6000 */
    int limit_ms;         /* an utterance is cut here; 0: 12000 */
    float above_floor_db; /* speech is so far above the floor; 0: 9 */
    float speech;         /* what is loud is silence all the same if its probability of being speech is below; 0: 0 */
    int spoken_ms;        /* an utterance with less speech in it was none; 0: 0 */
};

enum endpoint_event {
    ENDPOINT_NONE,
    ENDPOINT_START,
    ENDPOINT_END,
    ENDPOINT_NOISE, /* what began was no speech; waiting goes on */
    ENDPOINT_NO_SPEECH,
    ENDPOINT_LIMIT
};

struct endpoint { /* opaque to users; here so that it needs no allocation */
    struct endpoint_config config;
    float floor_db, level_db;
    float speech;    /* probability, 1 if nobody knows */
    int patience_ms; /* in this pause */
    int speech_ms, silence_ms, total_ms, utterance_ms, spoken_ms;
    bool in_speech;
};

void endpoint_init(struct endpoint *e, const struct endpoint_config *config);
/* Begins a new listening period; the noise floor is kept. */
void endpoint_reset(struct endpoint *e);
/* How likely the next block is speech, 0 to 1, by those who know more than the level. Asked for in an utterance only.
 */
void endpoint_speech(struct endpoint *e, float probability);
/* This pause ends the utterance when it has lasted so long; the next one again after hangover_ms. */
void endpoint_wait(struct endpoint *e, int pause_ms);
/* One block of 320 samples at 16 kHz. */
enum endpoint_event endpoint_block(struct endpoint *e, const int16_t *samples, size_t n);

#endif
