/* `shopkeeper wake --calibrate` and `--forget`: the threshold of the wake phrase for one household, from recordings of
 * its people and its room (hear/threshold.h), kept beside the database (calibration.h). One thread. Both give an exit
 * code and have said what they did or what went wrong. */
#ifndef SK_APPS_CALIBRATE_H
#define SK_APPS_CALIBRATE_H
#include "apps/cli.h"

/* The arguments are repetitions, --room the recordings of the room. */
int calibrate(const struct cli *cli);
int calibrate_forget(const struct cli *cli);

#endif
