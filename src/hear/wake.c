/* The score of a wake phrase is the log10 of how much likelier it is than the loop of phones, divided by the number of
 * its phones, so that one threshold serves short and long phrases. */
#include <string.h>

#include "base/log.h"
#include "hear/hear_private.h"

enum {
    REST_AFTER_S = 20,    /* begin again in the next silence, so that lists and scores stay small */
    SAME_PHRASE_MS = 500, /* a better spotting so soon is the same phrase */
    FLUSH_MS = 400,       /* silence after a recording, for what is still on its way */
};

err_t wake_begin(struct hear *h, bool fresh) {
    h->wake.heard = 0;
    return decoder_begin(h->decoder, SEARCH_WAKE, fresh);
}

static bool is_silence(const struct endpoint *e) {
    return !e->in_speech && e->speech_ms == 0;
}

bool wake_feed(struct hear *h, struct endpoint *endpoint, const int16_t *samples, size_t n, double *score) {
    endpoint_block(endpoint, samples, n);
    decoder_feed(h->decoder, samples, n);
    h->wake.heard += (int64_t)n;
    double log10_ratio;
    bool spotted = decoder_spotted(h->decoder, &log10_ratio);
    if (spotted) *score = log10_ratio / h->wake.n_phones;
    if (!spotted && h->wake.heard > (int64_t)REST_AFTER_S * RATE_HZ && is_silence(endpoint) &&
        wake_begin(h, false) != ERR_OK)
        log_warning("wake phrase: %s", err_reason());
    return spotted;
}

/* What a scan found and has not yet told, since a better spotting of the same phrase may follow. */
struct candidate {
    bool held;
    int64_t at_ms;
    double score;
};

static void candidate_offer(struct candidate *c, int64_t at_ms, double score) {
    if (c->held && score <= c->score) return;
    *c = (struct candidate){.held = true, .at_ms = at_ms, .score = score};
}

err_t hear_wake_scan(struct hear *h, const int16_t *samples, size_t n, bool all,
                     void (*fn)(void *ctx, int64_t at_ms, double score), void *ctx) {
    if (!h->wake.n_phones) return err_fail(ERR_ARG, "no wake phrase was given to look for");
    struct endpoint endpoint;
    uint32_t seed = 1;
    struct candidate candidate = {0};
    h->mode = HEAR_OFF;
    h->in_utterance = false;
    endpoint_init(&endpoint, NULL);
    TRY(wake_begin(h, true));
    for (size_t at = 0; at < n + FLUSH_MS * SAMPLES_PER_MS; at += BLOCK_SAMPLES) {
        int16_t block[BLOCK_SAMPLES] = {0};
        if (at < n) memcpy(block, samples + at, (n - at < BLOCK_SAMPLES ? n - at : BLOCK_SAMPLES) * sizeof *block);
        comfort_add(&seed, block, BLOCK_SAMPLES);
        int64_t now_ms = (int64_t)((at + BLOCK_SAMPLES) / SAMPLES_PER_MS);
        double score;
        if (wake_feed(h, &endpoint, block, BLOCK_SAMPLES, &score) && (all || score >= h->wake.threshold))
            candidate_offer(&candidate, now_ms > WAKE_DELAY_MS ? now_ms - WAKE_DELAY_MS : 0, score);
        if (candidate.held && now_ms - candidate.at_ms > SAME_PHRASE_MS) {
            fn(ctx, candidate.at_ms, candidate.score);
            candidate.held = false;
        }
    }
    if (candidate.held) fn(ctx, candidate.at_ms, candidate.score);
    decoder_end(h->decoder);
    return ERR_OK;
}
