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

/* How many wait in both rings, at one moment: false if one moved on while they were counted (this thread may be held up
 * between two looks for longer than a block). */
static bool waiting(const struct audio *a, size_t *captured, size_t *played) {
    *played = ring_available(a->reference);
    *captured = ring_available(a->capture);
    return ring_available(a->reference) == *played && ring_available(a->capture) == *captured;
}

/* The newest samples of both are of the same time: paired anew if the pairing is off by more than blocks explain. */
static void pair_if_apart(struct audio *a) {
    struct pairing *p = &a->pairing;
    size_t captured, played;
    if (p->sound || !waiting(a, &captured, &played)) return;
    size_t given = played + p->early, wanted = captured + p->owed;
    if ((given > wanted ? given - wanted : wanted - given) <= PAIRING_SLACK_FRAMES) return;
    p->owed = played > captured ? played - captured : 0;
    p->early = captured > played ? captured - played : 0;
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
    if (ring_available(a->capture) < AUDIO_BLOCK_FRAMES) return false;
    pair_if_apart(a);
    ring_read(a->capture, heard, AUDIO_BLOCK_FRAMES);
    reference_read(a, played);
    note_sound(&a->pairing, played);
    return true;
}
