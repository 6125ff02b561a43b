/* How a service (shopkeeperd, shopkeeper-syncd, shopkeeper-webd) is started: its options, its level of logging, its
 * settings. One thread, before any other. */
#ifndef SK_APPS_SERVICE_H
#define SK_APPS_SERVICE_H
#include "apps/settings.h"

/* Reads --shop, --db, --config, --verbose, --help and --version. `name` is the program's, `help` what --help prints.
 * The program's exit status, or -1 to go on with the settings in *out. */
int service_start(struct settings *out, const char *name, const char *help, int argc, char **argv);

#endif
