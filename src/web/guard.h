/* From where a request may come: the headers by which a browser says so. All of them are hostile. Any thread. */
#ifndef SK_WEB_GUARD_H
#define SK_WEB_GUARD_H
#include <stdbool.h>
#include <stddef.h>

/* Whether Host is an IP address, localhost, or this machine by its name (`machine`, or that with ".local"), with a port
 * or without: a page of elsewhere whose name was made to lead here has another. */
bool guard_host(const char *host, const char *machine);
/* Whether Origin is a page of that host, or there is none ("": not a browser). */
bool guard_origin(const char *origin, const char *host);
/* The value of a cookie; false if there is none, or none that fits. */
bool guard_cookie(const char *cookies, const char *name, char *out, size_t cap);

#endif
