#include "apps/control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "apps/json.h"
#include "base/log.h"
#include "base/str.h"

enum { CLIENTS_MAX = 4, LINE_MAX_BYTES = 512 };

struct client {
    int fd; /* -1 free */
    size_t n;
    char line[LINE_MAX_BYTES];
};

struct control {
    struct core *core;
    int fd;
    char path[sizeof((struct sockaddr_un *)0)->sun_path];
    struct client clients[CLIENTS_MAX];
};

/* ---- requests ---- */

static json_t *answer_status(struct control *c, const char *rest) {
    (void)rest;
    struct audio_status s;
    core_audio_status(c->core, &s);
    const char *state = core_state(c->core);
    return json_pack("{s:s,s:b,s:b,s:I,s:I,s:I}", "state", *state ? state : "idle", "sound", s.running && !s.lost,
                     "muted", core_is_muted(c->core), "captured_frames", (json_int_t)s.captured_frames, "overruns",
                     (json_int_t)s.overruns, "underruns", (json_int_t)s.underruns);
}

static json_t *answer_wake(struct control *c, const char *rest) {
    (void)rest;
    core_wake(c->core);
    return json_pack("{s:b}", "ok", 1);
}

static json_t *answer_ask(struct control *c, const char *rest) {
    if (!*rest) return json_pack("{s:s}", "error", "ask needs words");
    core_ask(c->core, rest);
    return json_pack("{s:b}", "ok", 1);
}

static json_t *answer_reload(struct control *c, const char *rest) {
    (void)rest;
    core_reload(c->core);
    return json_pack("{s:b}", "ok", 1);
}

static const struct {
    const char *word;
    json_t *(*answer)(struct control *c, const char *rest);
} requests[] = {{"status", answer_status}, {"wake", answer_wake}, {"ask", answer_ask}, {"reload", answer_reload}};

static json_t *answer(struct control *c, char *line) {
    char *rest = line;
    const char *word = str_next_word(&rest);
    for (size_t i = 0; word && i < sizeof requests / sizeof *requests; i++) {
        if (str_equal(requests[i].word, word)) return requests[i].answer(c, rest ? str_trim(rest) : "");
    }
    return json_pack("{s:s}", "error", "the requests are: status, wake, ask TEXT, reload");
}

/* ---- connections ---- */

static void hang_up(struct control *c, struct client *client) {
    core_unwatch(c->core, client->fd);
    close(client->fd);
    client->fd = -1;
    client->n = 0;
}

static void reply(struct control *c, struct client *client, json_t *object) {
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    /* a client that does not read loses its answer: CORE waits for nobody */
    bool sent = text && dprintf(client->fd, "%s\n", text) > 0;
    free(text);
    if (!sent) hang_up(c, client);
}

static void on_bytes(void *ctx, int fd) {
    struct control *c = ctx;
    struct client *client = c->clients;
    while (client < c->clients + CLIENTS_MAX && client->fd != fd) client++;
    if (client == c->clients + CLIENTS_MAX) return;
    ssize_t got = read(fd, client->line + client->n, sizeof client->line - 1 - client->n);
    if (got <= 0) {
        hang_up(c, client);
        return;
    }
    client->n += (size_t)got;
    client->line[client->n] = '\0';
    char *end = strchr(client->line, '\n');
    if (end) {
        *end = '\0';
        client->n = 0; /* one line, one answer: what else came with it is dropped */
        reply(c, client, answer(c, client->line));
    } else if (client->n == sizeof client->line - 1) {
        client->n = 0;
        reply(c, client, json_pack("{s:s}", "error", "the line is too long"));
        hang_up(c, client);
    }
}

static void on_connect(void *ctx, int fd) {
    struct control *c = ctx;
    int client = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    for (int i = 0; i < CLIENTS_MAX; i++) {
        if (c->clients[i].fd >= 0) continue;
        if (core_watch(c->core, client, on_bytes, c)) break;
        c->clients[i] = (struct client){.fd = client};
        return;
    }
    close(client);
}

/* ---- life ---- */

static err_t address(struct sockaddr_un *out, const char *path) {
    *out = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (!str_copy(out->sun_path, sizeof out->sun_path, path))
        return err_fail(ERR_RANGE, "the socket's path %s is too long", path);
    return ERR_OK;
}

static int connect_to(const struct sockaddr_un *a) {
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)a, sizeof *a) == 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

static err_t bind_to(struct control *c) {
    struct sockaddr_un a;
    TRY(address(&a, c->path));
    int other = connect_to(&a);
    if (other >= 0) {
        close(other);
        return err_fail(ERR_BUSY, "another shopkeeperd listens on %s; stop it first", c->path);
    }
    unlink(c->path);
    c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t mask = umask(0117);
    bool bound = c->fd >= 0 && bind(c->fd, (struct sockaddr *)&a, sizeof a) == 0 && listen(c->fd, CLIENTS_MAX) == 0;
    umask(mask);
    if (!bound) return err_fail(ERR_IO, "cannot listen on %s: %s", c->path, strerror(errno));
    return core_watch(c->core, c->fd, on_connect, c);
}

err_t control_open(struct control **out, struct core *core, const char *path) {
    struct control *c = calloc(1, sizeof *c);
    if (!c) return err_fail(ERR_MEMORY, "not enough memory");
    c->core = core;
    c->fd = -1;
    for (int i = 0; i < CLIENTS_MAX; i++) c->clients[i].fd = -1;
    err_t err = str_copy(c->path, sizeof c->path, path) ? bind_to(c)
                                                        : err_fail(ERR_RANGE, "the socket's path %s is too long", path);
    if (err) {
        c->path[0] = '\0'; /* not ours to remove */
        control_close(c);
        return err;
    }
    *out = c;
    return ERR_OK;
}

void control_close(struct control *c) {
    if (!c) return;
    for (int i = 0; i < CLIENTS_MAX; i++) {
        if (c->clients[i].fd >= 0) hang_up(c, &c->clients[i]);
    }
    if (c->fd >= 0) {
        core_unwatch(c->core, c->fd);
        close(c->fd);
    }
    if (*c->path) unlink(c->path);
    free(c);
}

err_t control_send(const char *path, const char *line, char *answer_line, size_t cap) {
    struct sockaddr_un a;
    TRY(address(&a, path));
    int fd = connect_to(&a);
    if (fd < 0)
        return err_fail(ERR_NOT_FOUND, "no shopkeeperd listens on %s; start it, or name its socket in --config", path);
    size_t n = 0;
    bool sent = dprintf(fd, "%s\n", line) > 0;
    for (ssize_t got; sent && n + 1 < cap && (got = read(fd, answer_line + n, cap - 1 - n)) > 0;) {
        n += (size_t)got;
        if (memchr(answer_line, '\n', n)) break;
    }
    close(fd);
    answer_line[n] = '\0';
    answer_line[strcspn(answer_line, "\n")] = '\0';
    return n ? ERR_OK : err_fail(ERR_CLOSED, "shopkeeperd hung up without an answer");
}

void control_path(char path[PATH_MAX], const struct settings *s) {
    const char *dir = getenv("XDG_RUNTIME_DIR");
    if (*s->socket)
        str_copy(path, PATH_MAX, s->socket);
    else if (!dir || !*dir || snprintf(path, PATH_MAX, "%s/shopkeeper.sock", dir) >= PATH_MAX)
        str_copy(path, PATH_MAX, "/run/shopkeeper/shopkeeper.sock");
}
