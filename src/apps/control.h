/* The control socket of shopkeeperd: AF_UNIX, one line in, one line of JSON out. CORE thread.
 *
 *   status      what is listened for, and the counts of the sound device
 *   wake        as if the wake phrase had been said (push to talk)
 *   ask TEXT    as if TEXT had been said
 *   reload      the shop's words have changed (shopkeeper-syncd): takes them over when it is quiet
 *
 * At most four connections; a line is at most 511 bytes; what is longer or unknown gets {"error"}. */
#ifndef SK_APPS_CONTROL_H
#define SK_APPS_CONTROL_H
#include "apps/core.h"

struct control;

/* Listens on `path`, which is replaced if nobody answers there; owner and group may connect. ERR_BUSY, ERR_IO. */
SK_MUST_USE err_t control_open(struct control **out, struct core *core, const char *path);
void control_close(struct control *c);

/* The other side: sends one line and copies the answer's line. ERR_NOT_FOUND if no shopkeeperd listens, ERR_CLOSED. */
SK_MUST_USE err_t control_send(const char *path, const char *line, char *answer, size_t cap);

/* Of the settings; else $XDG_RUNTIME_DIR/shopkeeper.sock, or /run/shopkeeper/shopkeeper.sock. */
void control_path(char path[PATH_MAX], const struct settings *s);

#endif
