#include "apps/control_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"

enum { PATIENCE_S = 5 }; /* a turn takes milliseconds, opening a sound device may take a second */

void control_path(char path[PATH_MAX], const struct settings *s) {
    const char *dir = getenv("XDG_RUNTIME_DIR");
    if (*s->socket)
        str_copy(path, PATH_MAX, s->socket);
    else if (!dir || !*dir || snprintf(path, PATH_MAX, "%s/shopkeeper.sock", dir) >= PATH_MAX)
        str_copy(path, PATH_MAX, "/run/shopkeeper/shopkeeper.sock");
}

err_t control_address(struct sockaddr_un *out, const char *path) {
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    if (!str_copy(a.sun_path, sizeof a.sun_path, path))
        return err_fail(ERR_RANGE, "the socket's path %s is too long", path);
    *out = a;
    return ERR_OK;
}

int control_connect(const struct sockaddr_un *a) {
    const struct timeval patience = {.tv_sec = PATIENCE_S};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience); /* of connect(), too */
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (const struct sockaddr *)a, sizeof *a) == 0) return fd;
    close(fd);
    return -1;
}

err_t control_send(const char *path, const char *line, char *answer, size_t cap) {
    struct sockaddr_un a;
    TRY(control_address(&a, path));
    int fd = control_connect(&a);
    if (fd < 0)
        return err_fail(ERR_NOT_FOUND, "no shopkeeperd listens on %s; start it, or name its socket in --config", path);
    size_t n = 0;
    bool sent = dprintf(fd, "%s\n", line) > 0;
    for (ssize_t got; sent && n + 1 < cap && (got = read(fd, answer + n, cap - 1 - n)) > 0;) {
        n += (size_t)got;
        if (memchr(answer, '\n', n)) break;
    }
    close(fd);
    answer[n] = '\0';
    answer[strcspn(answer, "\n")] = '\0';
    return n ? ERR_OK : err_fail(ERR_CLOSED, "shopkeeperd hung up without an answer");
}
