/* Decoding while the person speaks: the frames of an utterance are made as it comes, and PocketSphinx, on a thread that
 * takes turns with HEAR (turns.h), searches through them as they are made. It begins when enough was heard for a mean
 * (senones.h). So when the speech ends, little is left to do. Owned by HEAR; borrows the decoder and the senones, which
 * nobody else may use while live_decodes(). */
#ifndef SK_HEAR_LIVE_H
#define SK_HEAR_LIVE_H
#include <stdbool.h>
#include "hear/decoder.h"
#include "hear/hear.h"
#include "hear/senones.h"

struct live;

/* Borrows the weights of the network. ERR_MEMORY, ERR_MODEL. */
SK_MUST_USE err_t live_open(struct live **out, const struct network *network, struct decoder *decoder,
                            struct senones *senones, const struct tuning *tuning, size_t longest_samples);
void live_close(struct live *l);

/* A new utterance; the search under way is forgotten. */
void live_begin(struct live *l);
/* What comes of it. */
void live_feed(struct live *l, const int16_t *samples, size_t n);
/* How likely the last tenth of a second was speech, 0 to 1. */
float live_speech(const struct live *l);
/* How much there is of the utterance, in ms. */
int live_ms(const struct live *l);

/* Begins to search it, from its beginning. `search` is a finite-state one of the decoder. ERR_MEMORY. */
SK_MUST_USE err_t live_decode(struct live *l, const char *search);
bool live_decodes(const struct live *l);
/* Goes on with it: through all that was fed, or a few times as fast as it comes. */
void live_step(struct live *l, bool all);
/* The words so far and how sure they are, after live_step(l, true). Not of a grammar's end: any words. */
void live_look(struct live *l, struct hear_result *out);
/* The end of the utterance: what was heard. False if the search failed. */
bool live_finish(struct live *l, struct hear_result *out);
/* Forgets the search; feeding may go on, and live_decode() begin again. */
void live_stop(struct live *l);

#endif
