/* What the recogniser sees of the sound, every 10 ms: the log mel spectrum by sphinxbase's front end, with the settings
 * of the acoustic model, and what the network (network.h) makes of it. One thread. */
#ifndef SK_HEAR_FEATURES_H
#define SK_HEAR_FEATURES_H
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "hear/network.h"

enum {
    FEATURES_HOP = 160,    /* samples from frame to frame */
    FEATURES_WINDOW = 410, /* samples that a frame looks at */
};

struct frame {
    float mel[NETWORK_BANDS];   /* natural logarithms of power */
    struct network_out network; /* of this very frame: the network's looking ahead is made up for */
};

struct features;

/* `network` is borrowed. ERR_MODEL, ERR_MEMORY. */
SK_MUST_USE err_t features_open(struct features **out, struct network *network);
void features_close(struct features *f);

/* Sound that comes bit by bit: begin, feed, end. Forgets what was heard before. The frames go to `out`, which is
 * borrowed until the end; what there is no room for is left out. */
void features_begin(struct features *f, struct frame *out, size_t room);
/* Returns how many frames are whole, since the network looks ahead. */
size_t features_feed(struct features *f, const int16_t *samples, size_t n);
/* And here all of them are. */
size_t features_end(struct features *f);

/* How many frames n samples make. */
size_t features_count(size_t n);
/* All frames of a recording at once; out has room for features_count(n). Returns how many. */
size_t features_all(struct features *f, const int16_t *samples, size_t n, struct frame *out);

#endif
