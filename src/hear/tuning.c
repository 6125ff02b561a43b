#include "hear/tuning.h"

#include <stddef.h>

#include "base/config.h"

struct field {
    const char *section, *key;
    size_t offset;
    double min, max, value;
};

#define FIELD(section, key, member, min, max, value) \
    { section, key, offsetof(struct tuning, member), min, max, value }

static const struct field fields[] = {
    FIELD("search", "beam", beam, -300, -10, -120),
    FIELD("search", "word_beam", word_beam, -300, -5, -80),
    FIELD("search", "phone_beam", phone_beam, -300, -10, -120),
    FIELD("search", "language_weight", language_weight, 0.1, 50, 8),
    FIELD("search", "large_nodes", large_nodes, 1, 1e7, 700),
    FIELD("search", "large_beam", large_beam, -300, -5, -60),
    FIELD("search", "hmms", hmms, 100, 1e6, 1500),
    FIELD("search", "arcs_kept", arcs_kept, 0, 4e6, 12000),
    FIELD("names", "beam", names_beam, -300, -10, -70),
    FIELD("names", "word_beam", names_word_beam, -300, -5, -60),
    FIELD("names", "language_weight", names_weight, 0.1, 50, 8),
    FIELD("names", "gaussians_quiet", names_experts.gaussians_quiet, 0, 4, 0.65),
    FIELD("names", "gaussians_loud", names_experts.gaussians_loud, 0, 4, 0.5),
    FIELD("names", "network_quiet", names_experts.network_quiet, 0, 4, 0.8),
    FIELD("names", "network_loud", names_experts.network_loud, 0, 4, 0.5),
    FIELD("names", "readings_weight", readings_weight, 0.1, 50, 6),
    FIELD("names", "hmms", names_hmms, 100, 1e6, 4000),
    FIELD("names", "power", names_power, 0, 2, 0.8),
    FIELD("names", "code", names_code, 0, 1, 0.3),
    FIELD("names", "apart", names_apart, 0, 1, 0.3),
    FIELD("names", "reversed", names_reversed, 0, 1, 0.1),
    FIELD("names", "unseen", names_unseen, 0.001, 0.9, 0.01),
    FIELD("names", "end", names_end, 0.01, 0.9, 0.5),
    FIELD("noise", "quiet", noise_quiet, 0, 4, 0.5),
    FIELD("noise", "loud", noise_loud, 0.01, 5, 1.5),
    FIELD("noise", "mask_quiet", mask_quiet, 0, 1, 1),
    FIELD("noise", "mask_loud", mask_loud, 0, 1, 1),
    FIELD("noise", "gaussians_quiet", experts.gaussians_quiet, 0, 4, 0.6),
    FIELD("noise", "gaussians_loud", experts.gaussians_loud, 0, 4, 0.5),
    FIELD("noise", "network_quiet", experts.network_quiet, 0, 4, 0.4),
    FIELD("noise", "network_loud", experts.network_loud, 0, 4, 0.5),
    FIELD("noise", "network_prior", network_prior, 0, 1, 0.5),
    FIELD("noise", "network_skip", network_skip, 1e-9, 0.1, 1e-4),
    FIELD("confidence", "loop_phone", loop_phone, 0, 100, 2),
    FIELD("confidence", "bias", confidence.bias, -50, 50, 6.58),
    FIELD("confidence", "margin", confidence.evidence[0], -50, 50, 0),
    FIELD("confidence", "fit", confidence.evidence[1], -50, 50, 2.06),
    FIELD("confidence", "loosest", confidence.evidence[2], -50, 50, 0.66),
    FIELD("confidence", "length", confidence.evidence[3], -50, 50, 3.84),
    FIELD("confidence", "pace", confidence.evidence[4], -50, 50, 0.44),
    FIELD("confidence", "clear", confidence.evidence[5], -50, 50, 3.39),
    FIELD("names_confidence", "bias", names_confidence.bias, -50, 50, 2.15),
    FIELD("names_confidence", "margin", names_confidence.evidence[0], -50, 50, 1.07),
    FIELD("names_confidence", "fit", names_confidence.evidence[1], -50, 50, 0),
    FIELD("names_confidence", "loosest", names_confidence.evidence[2], -50, 50, 0),
    FIELD("names_confidence", "length", names_confidence.evidence[3], -50, 50, 3.8),
    FIELD("names_confidence", "pace", names_confidence.evidence[4], -50, 50, 2.03),
    FIELD("names_confidence", "clear", names_confidence.evidence[5], -50, 50, 0),
    FIELD("wordings_confidence", "bias", wordings_confidence.bias, -50, 50, 1.74),
    FIELD("wordings_confidence", "margin", wordings_confidence.evidence[0], -50, 50, 1.07),
    FIELD("wordings_confidence", "fit", wordings_confidence.evidence[1], -50, 50, 0),
    FIELD("wordings_confidence", "loosest", wordings_confidence.evidence[2], -50, 50, 0),
    FIELD("wordings_confidence", "length", wordings_confidence.evidence[3], -50, 50, 3.8),
    FIELD("wordings_confidence", "pace", wordings_confidence.evidence[4], -50, 50, 2.03),
    FIELD("wordings_confidence", "clear", wordings_confidence.evidence[5], -50, 50, 0),
    FIELD("wordings_confidence", "below", wordings_below, 0, 1, 0.8),
    FIELD("endpoint", "ends", ends, 0, 1, 0.1),
    FIELD("endpoint", "goes_on", goes_on, 0, 1, 0.01),
    FIELD("enrol", "read", enrol_read, -50, 50, -1.8),
    FIELD("enrol", "prior", enrol_prior, 1, 1e6, 2000),
    FIELD("enrol", "gain", enrol_gain, -10, 10, 0.03),
    FIELD("enrol", "sure", enrol_sure, -100, 100, 2),
    FIELD("live", "speech_share", speech_share, 0, 1, 0.9),
    FIELD("live", "start_ms", live_start_ms, 0, 5000, 900),
    FIELD("live", "sure", live_sure, 0, 1, 0.9),
    FIELD("endpoint", "pause_ms", pause_ms, 40, 1000, 200),
    FIELD("endpoint", "whole_ms", whole_ms, 100, 3000, 350),
    FIELD("endpoint", "open_ms", open_ms, 100, 3000, 450),
    FIELD("endpoint", "middle_ms", middle_ms, 100, 5000, 1200),
    FIELD("endpoint", "unknown_ms", unknown_ms, 100, 5000, 600),
    FIELD("endpoint", "speech", speech, 0, 1, 0.6),
    FIELD("endpoint", "spoken_ms", spoken_ms, 0, 1000, 160),
    FIELD("endpoint", "nothing", nothing, 0, 1, 0.05),
    FIELD("endpoint", "nothing_ms", nothing_ms, 0, 5000, 800),
    FIELD("endpoint", "limit_ms", limit_ms, 1000, 15000, 12000),
    FIELD("wake", "loop", wake_loop, -60, 0, -12),
    FIELD("wake", "floor", wake_floor, -40, 20, -8),
    FIELD("wake", "candidate", wake_candidate, -20, 20, -0.5),
    FIELD("wake", "first_bias", wake_first_bias, -50, 50, 7.61),
    FIELD("wake", "first_fit", wake_first[0], -50, 50, 1.36),
    FIELD("wake", "first_worst", wake_first[1], -50, 50, 0.41),
    FIELD("wake", "first_pace", wake_first[2], -50, 50, 1.19),
    FIELD("wake", "first_short", wake_first[3], -50, 50, -5.21),
    FIELD("wake", "threshold", wake_threshold, -50, 50, 1.69),
    FIELD("wake", "bias", wake_bias, -50, 50, 1.15),
    FIELD("wake", "sound", wake[0], -50, 50, 0.53),
    FIELD("wake", "fit", wake[1], -50, 50, 0.02),
    FIELD("wake", "worst", wake[2], -50, 50, 0.18),
    FIELD("wake", "pace", wake[3], -50, 50, 0.76),
    FIELD("wake", "short", wake[4], -50, 50, -0.74),
    FIELD("calibration", "from", calibration.from, -50, 50, -3),
    FIELD("calibration", "rate", calibration.rate, 0.001, 3600, 14),
    FIELD("calibration", "hours", calibration.hours, 0.01, 1000, 0.5),
    FIELD("calibration", "mean", calibration.mean, 0.01, 50, 1.6),
    FIELD("calibration", "places", calibration.places, 1, 10000, 20),
    FIELD("calibration", "day", calibration.day, 0.1, 24, 16),
    FIELD("calibration", "margin", calibration.margin, 0, 50, 1),
};

static double *field_value(struct tuning *t, const struct field *f) {
    return (double *)((char *)t + f->offset);
}

static err_t tuning_read(struct tuning *t, struct config *c) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const struct field *f = &fields[i];
        TRY(config_double(c, f->section, f->key, f->min, f->max, f->value, field_value(t, f)));
    }
    return config_finish(c);
}

err_t tuning_load(struct tuning *out, const char *path) {
    struct tuning t;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) *field_value(&t, &fields[i]) = fields[i].value;
    if (path) {
        struct config *c;
        TRY(config_load(&c, path));
        err_t err = tuning_read(&t, c);
        config_free(c);
        TRY(err);
    }
    *out = t;
    return ERR_OK;
}
