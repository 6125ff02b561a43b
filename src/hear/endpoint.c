/* The floor follows minima at once and rises slowly (in the manner of minimum statistics, R. Martin, "Noise power
 * spectral density estimation based on optimal smoothing and minimum statistics", IEEE TSAP 9(5), 2001), so that
 * speech hardly lifts it while a fan that was switched on becomes the new silence within seconds. */
#include "hear/endpoint.h"

#include <math.h>

enum { BLOCK_MS = 20, RATE_PER_MS = 16 };

static const float QUIETEST_DB = -75.0f;    /* below this is a muted microphone, not a room */
static const float FIRST_FLOOR_DB = -55.0f; /* a quiet room, until we know better */
static const float FLOOR_DOWN = 0.3f;       /* share of the way down to a quieter block */
static const float FLOOR_UP_DB_S = 3.0f;    /* how fast the floor rises under anything louder */
static const float STAY_DB = 3.0f;          /* hysteresis: speech that began may sink so far before it is silence */

static const struct endpoint_config defaults = {
    .onset_ms = 60, .hangover_ms = 600, .no_speech_ms = 6000, .limit_ms = 12000, .above_floor_db = 9.0f};

void endpoint_init(struct endpoint *e, const struct endpoint_config *config) {
    struct endpoint_config c = config ? *config : defaults;
    if (c.onset_ms <= 0) c.onset_ms = defaults.onset_ms;
    if (c.hangover_ms <= 0) c.hangover_ms = defaults.hangover_ms;
    if (c.no_speech_ms <= 0) c.no_speech_ms = defaults.no_speech_ms;
    if (c.limit_ms <= 0) c.limit_ms = defaults.limit_ms;
    if (!(c.above_floor_db > 0)) c.above_floor_db = defaults.above_floor_db;
    *e = (struct endpoint){.config = c, .floor_db = FIRST_FLOOR_DB, .level_db = FIRST_FLOOR_DB};
    endpoint_reset(e);
}

void endpoint_reset(struct endpoint *e) {
    e->speech_ms = e->silence_ms = e->total_ms = e->utterance_ms = e->spoken_ms = 0;
    e->speech = 1;
    e->patience_ms = e->config.hangover_ms;
    e->in_speech = false;
}

void endpoint_speech(struct endpoint *e, float probability) {
    e->speech = probability;
}

void endpoint_wait(struct endpoint *e, int pause_ms) {
    e->patience_ms = pause_ms;
}

/* Level of the block in dB under full scale, its mean taken away. */
static float block_level_db(const int16_t *samples, size_t n) {
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += samples[i];
        squares += (double)samples[i] * samples[i];
    }
    double power = squares / (double)n - (sum / (double)n) * (sum / (double)n);
    float db = (float)(10.0 * log10(power / (32768.0 * 32768.0) + 1e-12));
    return fmaxf(db, QUIETEST_DB);
}

static void floor_follow(struct endpoint *e, float db, int ms) {
    if (db < e->floor_db)
        e->floor_db += FLOOR_DOWN * (db - e->floor_db);
    else
        e->floor_db = fminf(db, e->floor_db + FLOOR_UP_DB_S * (float)ms / 1000.0f);
}

static enum endpoint_event before_speech(struct endpoint *e, bool loud, int ms) {
    e->speech_ms = loud ? e->speech_ms + ms : 0;
    if (e->speech_ms >= e->config.onset_ms) {
        e->in_speech = true;
        e->utterance_ms = e->speech_ms;
        e->silence_ms = 0;
        return ENDPOINT_START;
    }
    if (e->total_ms >= e->config.no_speech_ms && !loud) {
        endpoint_reset(e);
        return ENDPOINT_NO_SPEECH;
    }
    return ENDPOINT_NONE;
}

/* Clatter is no utterance. The time to begin one runs on, should nobody reset it. */
static enum endpoint_event ended(struct endpoint *e) {
    bool spoken = e->spoken_ms >= e->config.spoken_ms;
    int total_ms = e->total_ms;
    endpoint_reset(e);
    e->total_ms = total_ms;
    return spoken ? ENDPOINT_END : ENDPOINT_NOISE;
}

static enum endpoint_event in_speech(struct endpoint *e, bool loud, int ms) {
    e->utterance_ms += ms;
    bool speaks = loud && e->speech >= e->config.speech;
    e->silence_ms = speaks ? 0 : e->silence_ms + ms;
    if (speaks) {
        e->speech_ms += ms;
        e->spoken_ms += ms;
        e->patience_ms = e->config.hangover_ms;
    }
    if (e->silence_ms >= e->patience_ms) return ended(e);
    if (e->utterance_ms < e->config.limit_ms) return ENDPOINT_NONE;
    endpoint_reset(e);
    return ENDPOINT_LIMIT;
}

enum endpoint_event endpoint_block(struct endpoint *e, const int16_t *samples, size_t n) {
    if (n == 0) return ENDPOINT_NONE;
    int ms = n >= RATE_PER_MS ? (int)(n / RATE_PER_MS) : BLOCK_MS;
    e->level_db = block_level_db(samples, n);
    floor_follow(e, e->level_db, ms);
    float needed = e->floor_db + e->config.above_floor_db - (e->in_speech ? STAY_DB : 0.0f);
    bool loud = e->level_db >= needed;
    e->total_ms += ms;
    return e->in_speech ? in_speech(e, loud, ms) : before_speech(e, loud, ms);
}
