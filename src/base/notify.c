#include "base/notify.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"

enum { STATUS_MAX_BYTES = 200 };

static void send_text(const char *text) {
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    if (!path || !*path || !str_copy(to.sun_path, sizeof to.sun_path, path)) return;
    socklen_t n = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
    if (*to.sun_path == '@') to.sun_path[0] = '\0'; /* one that is in no folder */
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return;
    ssize_t sent = sendto(fd, text, strlen(text), MSG_NOSIGNAL, (const struct sockaddr *)&to, n);
    (void)sent;
    close(fd);
}

void notify_ready(void) {
    send_text("READY=1");
}

void notify_stopping(void) {
    send_text("STOPPING=1");
}

void notify_status(const char *text) {
    char line[STATUS_MAX_BYTES + 8] = "STATUS=";
    str_append(line, sizeof line, text);
    for (char *c = line; *c; c++) {
        if (*c == '\n') *c = ' '; /* a second line would be another message */
    }
    send_text(line);
}

int64_t notify_watchdog_ms(void) {
    const char *usec = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    if (!usec || (pid && strtoll(pid, NULL, 10) != (long long)getpid())) return 0;
    long long value = strtoll(usec, NULL, 10);
    return value > 0 ? value / 1000 : 0;
}

void notify_alive(void) {
    static _Atomic int64_t next_ms;
    int64_t every_ms = notify_watchdog_ms() / 4, now_ms = clock_monotonic_ns() / 1000000;
    if (!every_ms || now_ms < atomic_load(&next_ms)) return;
    atomic_store(&next_ms, now_ms + every_ms);
    send_text("WATCHDOG=1");
}
