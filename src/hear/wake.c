/* Two stages. The first is cheap and runs all the time: the network's phones, and how well the phrase fits them
 * (verify.h). The second looks at the few places that might be it: PocketSphinx's search for the phrase beside a loop
 * of phones, from a little before the place, by the scores that commands are decoded with (senones.h), which stand
 * noise far better than PocketSphinx's own. A weighted sum decides in either, in the second with the search's ratio for one
 * more piece of evidence; the weights are tuning, so that any phrase works. */
#include <math.h>
#include <string.h>

#include "base/log.h"
#include "base/phone_distance.h"
#include "base/str.h"
#include "hear/hear_private.h"

enum {
    FLUSH_MS = 600,        /* silence after a recording, for what is still on its way */
    SAME_PHRASE_MS = 1000, /* a better place so soon is the same phrase */
    PHRASE_MAX = 128,
    WORDS_MAX = 8,
    BEFORE = 30, /* frames before the phrase that the second look sees */
    SPOKEN = 50, /* frames in which there must be speech */
};

_Static_assert((int)WAKE_EVIDENCE == (int)TUNING_WAKE && (int)WAKE_EVIDENCE == (int)HEAR_WAKE_EVIDENCE,
               "one weight for each piece of evidence");

const char *hear_wake_evidence(int i) {
    static const char *const names[WAKE_EVIDENCE] = {"sound", "fit", "worst", "pace", "short"};
    return names[i];
}

static const double SPOKEN_SHARE = 0.35; /* mean probability of speech in the phrase: in noise anything fits a little */
/* A second look costs as much as hearing a word: where noise is like the phrase again and again, what deserves one must
 * be likelier and likelier, so that there is one look in two and a half seconds in the long run. */
static const double LOOK_COSTS = 0.4; /* log odds */
static const double LOOK_EVERY = 250; /* frames */
static const double SPEECH = 0.5;     /* in silence nobody says anything */

/* ---- the phrase ---- */

struct words {
    const char *v[WORDS_MAX];
    int variant[WORDS_MAX];
    int n;
};

static bool spell(const struct lexicon *lexicon, const struct words *w, struct verify_pronunciation *out) {
    struct phone_run all = {0}, one;
    for (int i = 0; i < w->n; i++)
        if (!phone_run_read(&one, lexicon_phones(lexicon, w->v[i], w->variant[i])) || !phone_run_append(&all, &one))
            return false;
    if (all.n > VERIFY_PHONES) return false;
    out->n_phones = all.n;
    memcpy(out->phones, all.v, all.n);
    return true;
}

/* The next combination of the words' pronunciations. */
static bool next(const struct lexicon *lexicon, struct words *w) {
    for (int i = 0; i < w->n; i++) {
        if (lexicon_phones(lexicon, w->v[i], ++w->variant[i])) return true;
        w->variant[i] = 0;
    }
    return false;
}

static err_t take_phrase(struct hear *h, const char *phrase) {
    struct wake *w = &h->wake;
    char text[PHRASE_MAX];
    struct words words = {0};
    TRY(decoder_set_phrase(h->decoder, SEARCH_WAKE, phrase, h->lexicon, h->tuning.wake_floor, &w->n_phones));
    str_copy(text, sizeof text, phrase);
    for (char *rest = text, *word; words.n < WORDS_MAX && (word = str_next_word(&rest));) words.v[words.n++] = word;
    do {
        if (!spell(h->lexicon, &words, &w->pronunciations[w->n_pronunciations]))
            return err_fail(ERR_ARG, "the wake phrase \"%s\" has more than %d sounds", phrase, VERIFY_PHONES);
        w->n_pronunciations++;
    } while (next(h->lexicon, &words) && w->n_pronunciations < WAKE_PRONUNCIATIONS);
    return ERR_OK;
}

err_t wake_open(struct hear *h, const struct hear_config *config) {
    struct wake *w = &h->wake;
    TRY(network_share(&w->network, h->network));
    TRY(features_open(&w->features, w->network));
    w->threshold = config->wake_threshold != 0 ? config->wake_threshold : h->tuning.wake_threshold;
    return take_phrase(h, config->wake_phrase);
}

void wake_close(struct hear *h) {
    features_close(h->wake.features);
    network_free(h->wake.network);
}

/* ---- the stream ---- */

void wake_begin(struct hear *h) {
    features_begin(h->wake.features);
    h->wake.n_frames = 0;
    h->wake.phase = (int)(h->cursor / FEATURES_HOP % WAKE_STEP);
}

/* By both experts; the least that the search reports if it reports nothing. */
static double sound(struct hear *h, const struct frame *frames, size_t n) {
    double log10_ratio;
    FILE *scores = senones_stream(h->senones, frames, n, &(struct senones_source){0});
    if (decoder_run(h->decoder, SEARCH_WAKE, scores)) log_warning("wake phrase: %s", err_reason());
    if (!decoder_spotted(h->decoder, &log10_ratio)) return h->tuning.wake_floor;
    return log10_ratio / h->wake.n_phones;
}

/* All evidence but the sound; log odds that it is the phrase by that alone. */
static double first_score(const struct hear *h, const struct verify_fit *fit, double e[WAKE_EVIDENCE]) {
    const struct tuning *t = &h->tuning;
    int phones = h->wake.pronunciations[fit->pronunciation].n_phones;
    e[WAKE_FIT] = fit->ratio;
    e[WAKE_WORST] = fit->worst;
    e[WAKE_PACE] = log((fit->end - fit->begin) / 10.0 / phones);
    e[WAKE_SHORT] = (double)fit->n_shortest / phones;
    double score = t->wake_first_bias;
    for (int i = WAKE_FIT; i < WAKE_EVIDENCE; i++) score += t->wake_first[i - WAKE_FIT] * e[i];
    return score;
}

/* A phrase that begins at frame `begin` of n; the other evidence is in `out`. */
static void judge(struct hear *h, const struct frame *frames, int n, int begin, struct wake_place *out) {
    int from = begin > BEFORE ? begin - BEFORE : 0;
    out->evidence[WAKE_SOUND] = sound(h, frames + from, (size_t)(n - from));
    out->score = h->tuning.wake_bias;
    for (int i = 0; i < WAKE_EVIDENCE; i++) out->score += h->tuning.wake[i] * out->evidence[i];
}

/* Looks at the places that have had the time for a better end, once each. */
static bool look(struct hear *h, struct wake_place *out) {
    struct wake *w = &h->wake;
    struct verify_fit fit;
    int first = w->n_frames > VERIFY_FRAMES ? w->n_frames - VERIFY_FRAMES : 0;
    int least_end = w->n_frames - first - WAKE_AFTER;
    if (least_end < 1) return false;
    double speech = 0;
    for (int i = first + (least_end > SPOKEN ? least_end - SPOKEN : 0); i < first + least_end; i++)
        speech = fmax(speech, (double)w->frames[i].network.speech);
    if (speech < SPEECH) return false;
    if (verify_fit(w->frames + first, w->n_frames - first, least_end, network_prior(h->network), w->pronunciations,
                   w->n_pronunciations, &fit))
        return false;
    if (fit.end >= least_end + WAKE_STEP || fit.speech < SPOKEN_SHARE ||
        first_score(h, &fit, out->evidence) < h->tuning.wake_candidate + w->excess)
        return false;
    w->excess += LOOK_COSTS;
    out->age_ms = (w->n_frames - first - fit.end + NETWORK_PHONES_AHEAD) * 10;
    judge(h, w->frames, w->n_frames, first + fit.begin, out);
    return true;
}

bool wake_feed(struct hear *h, const int16_t *samples, size_t n, struct wake_place *out) {
    struct wake *w = &h->wake;
    struct frame made[BLOCK_SAMPLES / FEATURES_HOP + FEATURES_BURST];
    size_t n_made = features_feed(w->features, samples, n, made);
    bool found = false;
    w->excess = fmax(w->excess - LOOK_COSTS * (double)n_made / LOOK_EVERY, 0);
    for (size_t i = 0; i < n_made; i++) {
        w->frames[w->n_frames++] = made[i];
        if ((w->phase + w->n_frames) % WAKE_STEP == 0 && look(h, out)) found = true;
        if (w->n_frames < WAKE_FRAMES + WAKE_STEP) continue;
        memmove(w->frames, w->frames + WAKE_STEP, WAKE_FRAMES * sizeof *w->frames);
        w->n_frames = WAKE_FRAMES;
    }
    return found;
}

bool wake_is_said(struct hear *h, const int16_t *samples, size_t n) {
    struct verify_fit fit;
    struct wake_place place;
    int frames = (int)features_all(h->features, samples, n, h->frames);
    int first = frames > VERIFY_FRAMES ? frames - VERIFY_FRAMES : 0;
    if (verify_fit(h->frames + first, frames - first, 0, network_prior(h->network), h->wake.pronunciations,
                   h->wake.n_pronunciations, &fit) ||
        first_score(h, &fit, place.evidence) < h->tuning.wake_candidate)
        return false;
    judge(h, h->frames, frames, first + fit.begin, &place);
    return place.score >= h->wake.threshold;
}

/* ---- a recording ---- */

err_t hear_wake_scan(struct hear *h, const int16_t *samples, size_t n, bool all,
                     void (*fn)(void *ctx, const struct hear_wake *found), void *ctx) {
    if (!h->wake.n_phones) return err_fail(ERR_ARG, "no wake phrase was given to look for");
    uint32_t seed = 1;
    bool held = false;
    struct hear_wake best = {0};
    h->mode = HEAR_OFF;
    h->in_utterance = false;
    wake_begin(h);
    h->wake.phase = 0;
    h->wake.excess = 0; /* a recording is heard the same whatever came before it */
    for (size_t at = 0; at < n + FLUSH_MS * SAMPLES_PER_MS; at += BLOCK_SAMPLES) {
        int16_t block[BLOCK_SAMPLES] = {0};
        struct wake_place place;
        if (at < n) memcpy(block, samples + at, (n - at < BLOCK_SAMPLES ? n - at : BLOCK_SAMPLES) * sizeof *block);
        comfort_add(&seed, block, BLOCK_SAMPLES);
        int64_t now_ms = (int64_t)((at + BLOCK_SAMPLES) / SAMPLES_PER_MS);
        if (held && now_ms - best.at_ms > SAME_PHRASE_MS) {
            fn(ctx, &best);
            held = false;
        }
        if (!wake_feed(h, block, BLOCK_SAMPLES, &place) || (!all && place.score < h->wake.threshold)) continue;
        if (held && place.score <= best.score) continue;
        best.at_ms = now_ms > place.age_ms ? now_ms - place.age_ms : 0;
        best.score = place.score;
        for (int i = 0; i < WAKE_EVIDENCE; i++) best.evidence[i] = place.evidence[i];
        held = true;
    }
    if (held) fn(ctx, &best);
    return ERR_OK;
}
