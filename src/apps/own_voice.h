/* Where the voice that `shopkeeper enrol` learned is kept: beside the database, DB.voice. Any one thread. */
#ifndef SK_APPS_OWN_VOICE_H
#define SK_APPS_OWN_VOICE_H
#include <stdbool.h>
#include "apps/settings.h"
#include "hear/adaptation.h"

/* Into path[PATH_MAX]. ERR_ARG if the settings name no database that is kept. */
SK_MUST_USE err_t own_voice_path(const struct settings *s, char *path);
/* *found is false if there is none. Errors of adaptation_load(). */
SK_MUST_USE err_t own_voice_load(const struct settings *s, struct adaptation *out, bool *found);
/* Takes it back; *found says whether there was one. ERR_ARG, ERR_IO. */
SK_MUST_USE err_t own_voice_forget(const struct settings *s, bool *found);

#endif
