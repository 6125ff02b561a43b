#include "hear/threshold.h"

#include <math.h>

void threshold_room_add(struct threshold_room *room, const struct threshold_prior *prior, double score) {
    if (score < prior->from) return;
    room->places++;
    room->excess += score - prior->from;
}

/* Places a day from `from` on. */
static double rate_of(const struct threshold_prior *p, const struct threshold_room *room) {
    return p->day * (p->rate * p->hours + room->places) / (p->hours + room->hours);
}

/* What a place has above `from`. */
static double mean_of(const struct threshold_prior *p, const struct threshold_room *room) {
    return (p->mean * p->places + room->excess) / (p->places + room->places);
}

double threshold_alarms(const struct threshold_prior *prior, const struct threshold_room *room, double threshold) {
    return rate_of(prior, room) * exp(-(threshold - prior->from) / mean_of(prior, room));
}

/* Upwards to hundredths, as it is written down. */
static double rounded(double threshold) {
    double hundredths = ceil(threshold * 100 - 1e-6);
    return hundredths == 0 ? 0.01 : hundredths / 100;
}

struct threshold_choice threshold_choose(const struct threshold_prior *prior, const struct threshold_room *room,
                                         const double *scores, int n, double wanted, double usual) {
    struct threshold_choice c = {.heard_to = INFINITY};
    double excess = mean_of(prior, room) * log(rate_of(prior, room) / wanted);
    c.quiet = rounded(prior->from + fmax(excess, 0));
    for (int i = 0; i < n; i++)
        if (isfinite(scores[i])) c.heard_to = fmin(c.heard_to, scores[i] - prior->margin);
    c.together = c.quiet <= c.heard_to;
    c.threshold = c.together ? c.quiet : rounded(fmax(floor(c.heard_to * 100) / 100, fmin(usual, c.quiet)));
    for (int i = 0; i < n; i++) c.heard += scores[i] >= c.threshold;
    c.alarms = threshold_alarms(prior, room, c.threshold);
    return c;
}
