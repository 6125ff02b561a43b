#include "apps/control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "apps/control_client.h"
#include "apps/json.h"
#include "base/log.h"
#include "base/str.h"

enum { CLIENTS_MAX = 4, LINE_MAX_BYTES = 512 };

struct client {
    int fd;       /* -1 free */
    bool trusted; /* root, or the user that this runs as */
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

static json_t *done(void) {
    return json_pack("{s:b}", "ok", 1);
}

/* `why` is for programs, `text` for people. */
static json_t *refused(const char *why, const char *text) {
    return json_pack("{s:s,s:s}", "error", text, "why", why);
}

static json_t *answer_status(struct control *c, const char *rest) {
    (void)rest;
    struct audio_status s;
    core_audio_status(c->core, &s);
    const char *state = core_state(c->core);
    return json_pack("{s:s,s:b,s:b,s:b,s:i,s:I,s:I,s:I}", "state", *state ? state : "idle", "sound",
                     s.running && !s.lost, "muted", core_is_muted(c->core), "mute_switch",
                     core_has_mute_switch(c->core), "volume", core_volume_tenths(c->core), "captured_frames",
                     (json_int_t)s.captured_frames, "overruns", (json_int_t)s.overruns, "underruns",
                     (json_int_t)s.underruns);
}

static json_t *answer_wake(struct control *c, const char *rest) {
    (void)rest;
    core_wake(c->core);
    return done();
}

static json_t *answer_ask(struct control *c, const char *rest) {
    if (!*rest) return refused("words", "ask needs words");
    core_ask(c->core, rest);
    return done();
}

static json_t *answer_type(struct control *c, const char *rest) {
    if (!*rest) return refused("words", "type needs words");
    err_t err = core_type(c->core, rest);
    return err ? refused(err == ERR_BUSY ? "busy" : err == ERR_DENIED ? "deaf" : "failed", err_reason()) : done();
}

static json_t *answer_say(struct control *c, const char *rest) {
    if (!*rest) return refused("words", "say needs words");
    return core_say(c->core, rest) ? done() : refused("busy", "busy: somebody talks with it, or it has no sound");
}

/* Six digits, each number as likely as any other. */
static bool make_code(char out[7]) {
    enum { CODES = 1000000 };
    uint32_t number;
    do {
        if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number) return false;
    } while (number >= UINT32_MAX / CODES * CODES);
    snprintf(out, 7, "%06u", number % CODES);
    return true;
}

/* It is said aloud: who can type it is in the room. It is in no log, and not in what is kept of the conversation. */
static json_t *answer_code(struct control *c, const char *rest) {
    (void)rest;
    char code[7];
    struct reply r = reply_make("page.code");
    if (!make_code(code)) return refused("failed", "the system gives no random numbers");
    reply_digits(&r, "code", code);
    if (!core_tell(c->core, &r)) return refused("busy", "busy: somebody talks with it, or it has no sound");
    return json_pack("{s:s}", "code", code);
}

static json_t *set_muted(struct control *c, bool muted) {
    if (core_has_mute_switch(c->core)) return refused("switch", "this speaker has a switch for that: use it");
    core_set_muted(c->core, muted);
    return done();
}

static json_t *answer_mute(struct control *c, const char *rest) {
    (void)rest;
    return set_muted(c, true);
}

static json_t *answer_unmute(struct control *c, const char *rest) {
    (void)rest;
    return set_muted(c, false);
}

static json_t *answer_volume(struct control *c, const char *rest) {
    char *end;
    long tenths = strtol(rest, &end, 10);
    if (!*rest || *end || tenths < 1 || tenths > 10) return refused("words", "volume needs a number from 1 to 10");
    core_set_volume(c->core, (int)tenths);
    return done();
}

static json_t *answer_reload(struct control *c, const char *rest) {
    (void)rest;
    core_reload(c->core);
    return done();
}

static const struct {
    const char *word;
    json_t *(*answer)(struct control *c, const char *rest);
    bool for_trusted;
} requests[] = {{"status", answer_status, false}, {"wake", answer_wake, false},     {"ask", answer_ask, true},
                {"type", answer_type, false},     {"say", answer_say, true},        {"code", answer_code, false},
                {"mute", answer_mute, false},     {"unmute", answer_unmute, false}, {"volume", answer_volume, false},
                {"reload", answer_reload, false}};

static json_t *answer(struct control *c, const struct client *client, char *line) {
    char *rest = line;
    const char *word = str_next_word(&rest);
    for (size_t i = 0; word && i < sizeof requests / sizeof *requests; i++) {
        if (!str_equal(requests[i].word, word)) continue;
        if (requests[i].for_trusted && !client->trusted)
            return refused("denied", "ask and say are for root and the user of shopkeeperd; type TEXT is for others");
        return requests[i].answer(c, rest ? str_trim(rest) : "");
    }
    return refused("words",
                   "the requests are: status, wake, ask TEXT, type TEXT, say TEXT, code, mute, unmute, volume N, "
                   "reload");
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
        reply(c, client, answer(c, client, client->line));
    } else if (client->n == sizeof client->line - 1) {
        client->n = 0;
        reply(c, client, refused("words", "the line is too long"));
        hang_up(c, client);
    }
}

/* A program of the group that is not ours may be in the wrong hands, such as one that answers to a network. */
static bool is_trusted(int fd) {
    struct ucred who;
    socklen_t n = sizeof who;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0 && (who.uid == 0 || who.uid == geteuid());
}

static void on_connect(void *ctx, int fd) {
    struct control *c = ctx;
    int client = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    for (int i = 0; i < CLIENTS_MAX; i++) {
        if (c->clients[i].fd >= 0) continue;
        if (core_watch(c->core, client, on_bytes, c)) break;
        c->clients[i] = (struct client){.fd = client, .trusted = is_trusted(client)};
        return;
    }
    close(client);
}

/* ---- life ---- */

static err_t bind_to(struct control *c) {
    struct sockaddr_un a;
    TRY(control_address(&a, c->path));
    int other = control_connect(&a);
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
