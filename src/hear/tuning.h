/* The figures that recognition was tuned with: built-in values, replaced by those of models/<locale>/hearing.ini.
 * That file says what each one means and how it was measured. One thread. */
#ifndef SK_HEAR_TUNING_H
#define SK_HEAR_TUNING_H
#include "base/err.h"
#include "hear/threshold.h"

enum { TUNING_EVIDENCE = 6, TUNING_WAKE = 5 };

/* Of a logistic regression, see confidence.h. */
struct confidence_tuning {
    double bias, evidence[TUNING_EVIDENCE];
};

/* What the scores of the Gaussians and of the network weigh. */
struct experts {
    double gaussians_quiet, gaussians_loud, network_quiet, network_loud;
};

struct tuning {
    double beam, word_beam, phone_beam; /* of a dialogue state's search, log10 */
    double large_nodes, large_beam;     /* a grammar of so many nodes has this for all three */
    double language_weight;
    double hmms;      /* from so many active HMMs a frame on, the beams narrow */
    double arcs_kept; /* searches of so many arcs in all stay in memory */
    double names_beam, names_word_beam, names_weight, readings_weight,
        names_hmms; /* of the n-gram search of a large shop */
    double names_power, names_code, names_apart, names_reversed, names_unseen, names_end; /* see understand/ngram.h */
    double noise_quiet,
        noise_loud; /* by how much the network lowers speech, nats: what follows goes from one to the other */
    double mask_quiet, mask_loud;          /* share of the network's gains that is used */
    struct experts experts, names_experts; /* of grammars, of the n-gram search */
    double network_skip;                   /* phones that the network holds less likely are not looked at closer */
    double network_prior;                  /* share of the priors that is taken away from the network's phones */
    double loop_phone;                     /* what beginning a phone costs the loop that a hypothesis must beat, nats */
    struct confidence_tuning confidence, names_confidence, wordings_confidence; /* of grammars, of the n-gram search of
                                                                                   a large shop, and of another */
    double wordings_below; /* sureness of a network from which the model of all wordings is not asked */
    double speech_share, live_start_ms, live_sure; /* decoding while the person speaks, see live.h */
    double ends, goes_on; /* probabilities of an end: from the one on it is one, below the other it is none */
    double pause_ms, whole_ms, open_ms, middle_ms, unknown_ms, speech, spoken_ms, limit_ms, nothing,
        nothing_ms;                                         /* the end of speech */
    double enrol_read, enrol_prior, enrol_gain, enrol_sure; /* see enrolment.h */
    double wake_loop;                                       /* price of a phone outside the wake phrase, log10 */
    double wake_floor; /* least that a phone of the phrase may count in the search, log10 */
    double wake_first_bias, wake_first[TUNING_WAKE - 1]; /* the first stage's score, by all evidence but the sound */
    double wake_candidate;                               /* such score from which a place is looked at closer */
    double wake_threshold;                               /* score from which it is the wake phrase */
    double wake_bias, wake[TUNING_WAKE];                 /* what the score is made of, see hear_private.h */
    struct threshold_prior calibration;                  /* of the threshold, for one household */
};

/* ERR_NOT_FOUND, ERR_FORMAT, ERR_RANGE with file and line. `path` may be NULL. */
SK_MUST_USE err_t tuning_load(struct tuning *out, const char *path);

#endif
