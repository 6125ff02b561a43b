#include "web/guard.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

enum { HOST_MAX = 256 };

/* ---- Host ---- */

static bool is_port(const char *text) {
    size_t n = strlen(text);
    return n > 0 && n <= 5 && strspn(text, "0123456789") == n;
}

static bool is_address(int family, const char *text) {
    unsigned char address[sizeof(struct in6_addr)];
    return inet_pton(family, text, address) == 1;
}

/* "[fe80::1]:8080" */
static bool is_bracketed(char *host) {
    char *end = strchr(host, ']');
    if (!end || (end[1] && (end[1] != ':' || !is_port(end + 2)))) return false;
    *end = '\0';
    return is_address(AF_INET6, host + 1);
}

static bool is_machine(const char *name, const char *machine) {
    char local[HOST_MAX];
    if (!*machine || !str_copy(local, sizeof local, machine) || !str_append(local, sizeof local, ".local"))
        return false;
    return strcasecmp(name, machine) == 0 || strcasecmp(name, local) == 0;
}

bool guard_host(const char *host, const char *machine) {
    char name[HOST_MAX];
    if (!str_copy(name, sizeof name, host)) return false;
    if (*name == '[') return is_bracketed(name);
    char *port = strchr(name, ':');
    if (port && !is_port(port + 1)) return false;
    if (port) *port = '\0';
    return is_address(AF_INET, name) || strcasecmp(name, "localhost") == 0 || is_machine(name, machine);
}

/* ---- Origin ---- */

bool guard_origin(const char *origin, const char *host) {
    static const char scheme[] = "http://";
    if (!*origin) return true;
    return strncmp(origin, scheme, sizeof scheme - 1) == 0 && strcasecmp(origin + sizeof scheme - 1, host) == 0;
}

/* ---- Cookie ---- */

bool guard_cookie(const char *cookies, const char *name, char *out, size_t cap) {
    size_t n = strlen(name);
    for (const char *at = cookies; *at;) {
        at += strspn(at, "; \t");
        size_t length = strcspn(at, ";");
        if (length > n && at[n] == '=' && strncmp(at, name, n) == 0) {
            size_t value = length - n - 1;
            if (value >= cap) return false;
            memcpy(out, at + n + 1, value);
            out[value] = '\0';
            return true;
        }
        at += length;
    }
    return false;
}
