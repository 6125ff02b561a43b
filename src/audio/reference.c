/* What was captured beside what was played at the same time.
 *
 * The side that plays writes all it takes, silence too, into the reference ring; so both rings advance at the same pace
 * and the n-th sample of one goes with the n-th of the other. A sample of the reference that is not there yet when its
 * partner is read is replaced by silence, and left out when it comes. Where microphone and loudspeaker have clocks of
 * their own, the rings come apart in time: in a pause they are paired anew, by what waits in both. */
#include <string.h>

#include "audio/driver.h"

enum {
    PAIRING_QUIET_FRAMES = AUDIO_RATE_HZ,
    PAIRING_SLACK_FRAMES = 3 * AUDIO_BLOCK_FRAMES, /* callbacks come in blocks: less says nothing */
};

/* The newest samples of both are of the same time. */
static void pair(struct audio *a, size_t captured) {
    struct pairing *p = &a->pairing;
    size_t played = ring_available(a->reference);
    p->owed = played > captured ? played - captured : 0;
    p->early = captured > played ? captured - played : 0;
}

/* By how many samples the pairing is off. */
static size_t slip(const struct audio *a, size_t captured) {
    const struct pairing *p = &a->pairing;
    size_t played = ring_available(a->reference) + p->early, wanted = captured + p->owed;
    return played > wanted ? played - wanted : wanted - played;
}

static void leave_out(struct audio *a, size_t n) {
    int16_t waste[AUDIO_BLOCK_FRAMES];
    while (n > 0) {
        size_t got = ring_read(a->reference, waste, n < AUDIO_BLOCK_FRAMES ? n : AUDIO_BLOCK_FRAMES);
        if (got == 0) return;
        a->pairing.owed -= got;
        n -= got;
    }
}

static void reference_read(struct audio *a, int16_t *played) {
    struct pairing *p = &a->pairing;
    size_t n = p->early < AUDIO_BLOCK_FRAMES ? p->early : AUDIO_BLOCK_FRAMES;
    memset(played, 0, AUDIO_BLOCK_FRAMES * sizeof *played);
    p->early -= n;
    leave_out(a, p->owed);
    if (p->owed == 0) n += ring_read(a->reference, played + n, AUDIO_BLOCK_FRAMES - n);
    p->owed += AUDIO_BLOCK_FRAMES - n;
}

static void note_sound(struct pairing *p, const int16_t *played) {
    if (p->sound) p->sound -= AUDIO_BLOCK_FRAMES;
    for (size_t i = 0; i < AUDIO_BLOCK_FRAMES; i++)
        if (played[i]) p->sound = PAIRING_QUIET_FRAMES;
}

bool audio_read(struct audio *a, int16_t *heard, int16_t *played) {
    struct pairing *p = &a->pairing;
    size_t captured = ring_available(a->capture);
    if (captured < AUDIO_BLOCK_FRAMES) return false;
    if (!p->sound && slip(a, captured) > PAIRING_SLACK_FRAMES) pair(a, captured);
    ring_read(a->capture, heard, AUDIO_BLOCK_FRAMES);
    reference_read(a, played);
    note_sound(p, played);
    return true;
}
