/* The other side of shopkeeperd's control socket (control.h), for the programs that speak to it. Any one thread. */
#ifndef SK_APPS_CONTROL_CLIENT_H
#define SK_APPS_CONTROL_CLIENT_H
#include <sys/un.h>

#include "apps/settings.h"

/* Of the settings; else $XDG_RUNTIME_DIR/shopkeeper.sock, or /run/shopkeeper/shopkeeper.sock. */
void control_path(char path[PATH_MAX], const struct settings *s);

/* Sends one line and copies the answer's line. ERR_NOT_FOUND if no shopkeeperd listens, ERR_CLOSED if it does not
 * answer within five seconds. */
SK_MUST_USE err_t control_send(const char *path, const char *line, char *answer, size_t cap);

/* The address of the socket. ERR_RANGE: the path is too long for one. */
SK_MUST_USE err_t control_address(struct sockaddr_un *out, const char *path);
/* A connection to whoever listens there, or -1. */
int control_connect(const struct sockaddr_un *a);

#endif
