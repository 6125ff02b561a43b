#include "apps/own_voice.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/str.h"

err_t own_voice_path(const struct settings *s, char *path) {
    if (!*s->db || str_equal(s->db, ":memory:"))
        return err_fail(ERR_ARG, "name the database beside which the voice is kept with --db FILE");
    if (snprintf(path, PATH_MAX, "%s.voice", s->db) >= PATH_MAX)
        return err_fail(ERR_RANGE, "the path %s is too long", s->db);
    return ERR_OK;
}

err_t own_voice_load(const struct settings *s, struct adaptation *out, bool *found) {
    char path[PATH_MAX];
    *found = false;
    if (own_voice_path(s, path) || access(path, F_OK) != 0) return ERR_OK;
    *found = true;
    return adaptation_load(out, path);
}

err_t own_voice_forget(const struct settings *s, bool *found) {
    char path[PATH_MAX];
    TRY(own_voice_path(s, path));
    *found = unlink(path) == 0;
    return *found || errno == ENOENT ? ERR_OK : err_fail(ERR_IO, "cannot remove %s", path);
}
