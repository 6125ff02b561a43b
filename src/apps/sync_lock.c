#include "apps/sync_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODE = 0640 }; /* the group may see whether it is taken */

static void lock_path(char path[PATH_MAX + 8], const struct settings *s) {
    snprintf(path, PATH_MAX + 8, "%s.sync", s->db);
}

err_t sync_lock_take(int *out, const struct settings *s) {
    char path[PATH_MAX + 8];
    lock_path(path, s);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, MODE);
    if (fd < 0) return err_fail(ERR_IO, "cannot write %s: %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB)) {
        close(fd);
        return err_fail(ERR_BUSY, "another program synchronises %s: stop it first, or leave it to it", s->db);
    }
    if (fchmod(fd, MODE)) { /* one from before stays as it was: then others do not see it */
    }
    *out = fd;
    return ERR_OK;
}

bool sync_lock_is_taken(const struct settings *s) {
    char path[PATH_MAX + 8];
    lock_path(path, s);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool taken = flock(fd, LOCK_EX | LOCK_NB) != 0;
    close(fd);
    return taken;
}
