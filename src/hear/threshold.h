/* Which score is to count as the wake phrase for one household, in one room: the lowest that keeps the false alarms
 * within a stated number a day, but not so high that it shuts the household out. Pure; any thread.
 *
 * False alarms are rare, so that some minutes of a room hold hardly one, and counting them says little. What is counted
 * is places that are a little like the phrase; how fast they get fewer towards the high scores says how many will pass
 * a threshold. Peaks over a threshold (Davison and Smith, "Models for exceedances over high thresholds", 1990) with an
 * exponential tail: places from the score `from` on come as a Poisson process, and what they have above it is
 * exponential. Rate and mean are those of the room and of a prior, which is worth so many hours and places, as if these
 * had been heard, too (the conjugate gamma priors). */
#ifndef SK_HEAR_THRESHOLD_H
#define SK_HEAR_THRESHOLD_H
#include <stdbool.h>

/* What is believed before a room was heard, and what is wanted: [calibration] of hearing.ini. */
struct threshold_prior {
    double from;   /* score from which the tail is exponential; no threshold is lower */
    double rate;   /* places from there on, an hour of a room */
    double hours;  /* of a room that the rate is worth */
    double mean;   /* what a place has above `from` */
    double places; /* that the mean is worth */
    double day;    /* hours of a day in which the room is as it was heard */
    double margin; /* by which the household's own repetitions are to be above the threshold */
};

/* What was heard in the room. */
struct threshold_room {
    double hours;
    int places;    /* from `from` on */
    double excess; /* sum of what they have above it */
};

/* Counts a place of that score, if it is high enough to count. */
void threshold_room_add(struct threshold_room *room, const struct threshold_prior *prior, double score);

/* False alarms a day to be expected at that threshold, which is at least `from`. */
double threshold_alarms(const struct threshold_prior *prior, const struct threshold_room *room, double threshold);

enum { THRESHOLD_REPETITIONS_MIN = 3, THRESHOLD_REPETITIONS_MAX = 64 };

struct threshold_choice {
    double threshold; /* hundredths; never 0, which stands for the locale's own */
    double alarms;    /* to be expected a day */
    double quiet;     /* the lowest threshold that keeps the alarms within what is wanted */
    double heard_to;  /* the highest that lets the repetitions through with the margin */
    int heard;        /* repetitions that pass the threshold */
    bool together;    /* both can be had: quiet <= heard_to */
};

/* `scores` of the n repetitions, -INFINITY for one in which nothing like the phrase was found: it is not heard, and
 * asks for nothing. `wanted` false alarms a day, above 0. Where both do not go together the repetitions win, but no
 * further than down to the locale's own threshold `usual`: one bad repetition is not to let everything in. */
struct threshold_choice threshold_choose(const struct threshold_prior *prior, const struct threshold_room *room,
                                         const double *scores, int n, double wanted, double usual);

#endif
