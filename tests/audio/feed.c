/* sk_feed FIFO [RECORDING.wav]: a microphone made of a FIFO, for ALSA's file plugin (asound.conf).
 *
 * Writes 16 kHz 16-bit mono samples in blocks of 20 ms at the pace of a real microphone: what it is told to play, and
 * silence when there is nothing. The microphone is plugged in as long as the program runs: it makes the FIFO, and takes
 * it away when it ends. RECORDING gets all that was written; its samples are in step with those of the loudspeaker
 * file.
 *
 * Lines on standard input, carried out one after the other:
 *     PLAY FILE     a WAV or FLAC of any rate. Answers "DONE FILE AT_MS" when its last sample has been written, AT_MS
 *                   being the time since the first sample, or "FAIL FILE: REASON"
 *     QUIT          or the end of the input
 *
 * Each block is written whole (it is less than PIPE_BUF), and the program at the other end reads whole blocks: the
 * plugin does not notice a short read and would give it stale samples. So the pace comes from here alone, the reader
 * waits in read() for the next block. If nobody reads, the pipe is full and time stands still. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "audio/audio.h"
#include "audio/sound_file.h"
#include "base/clock.h"
#include "base/str.h"

enum { SOUND_MAX_MS = 10 * 60 * 1000, PIPE_BYTES = 4096, LINE_BYTES = 2 * PATH_MAX };
enum { BLOCK_NS = 20000000, LATE_NS = 200000000 };

struct feeder {
    int fifo;
    struct wav_writer *recording; /* NULL: none */
    int64_t position;             /* samples written */
    char name[LINE_BYTES];        /* of the sound */
    int16_t *sound;               /* NULL: silence */
    size_t n, at;
};

struct lines {
    char text[LINE_BYTES];
    size_t n;
    bool ended;
};

static volatile sig_atomic_t stopped;

static void on_signal(int number) {
    (void)number;
    stopped = 1;
}

/* --- the FIFO --- */

/* Under its name only when it has a writer: open() would wait for one. */
static err_t fifo_create(int *out, const char *path) {
    struct stat st;
    if (lstat(path, &st) == 0 && !S_ISFIFO(st.st_mode))
        return err_fail(ERR_ARG, "%s is there and is not a FIFO: give another name", path);
    char temporary[PATH_MAX];
    if (snprintf(temporary, sizeof temporary, "%s.new", path) >= (int)sizeof temporary)
        return err_fail(ERR_ARG, "%s is too long a name", path);
    unlink(temporary);
    if (mkfifo(temporary, 0600)) return err_fail(ERR_IO, "cannot make the FIFO %s: %s", path, strerror(errno));
    int fd = open(temporary, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || rename(temporary, path)) {
        if (fd >= 0) close(fd);
        unlink(temporary);
        return err_fail(ERR_IO, "cannot make the FIFO %s: %s", path, strerror(errno));
    }
    fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES); /* little silence ahead of the first reader */
    *out = fd;
    return ERR_OK;
}

/* --- commands --- */

/* The next whole line if there is one, in `line`. */
static bool lines_next(struct lines *l, char line[LINE_BYTES]) {
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    if (!memchr(l->text, '\n', l->n) && poll(&p, 1, 0) > 0) {
        ssize_t got = read(STDIN_FILENO, l->text + l->n, sizeof l->text - l->n);
        if (got > 0) l->n += (size_t)got;
        if (got <= 0 || l->n == sizeof l->text) l->ended = true;
    }
    char *end = memchr(l->text, '\n', l->n);
    if (!end) return false;
    size_t length = (size_t)(end - l->text);
    memcpy(line, l->text, length);
    line[length] = '\0';
    l->n -= length + 1;
    memmove(l->text, end + 1, l->n);
    return true;
}

static void play(struct feeder *f, const char *name) {
    if (audio_load(&f->sound, &f->n, name, SOUND_MAX_MS)) {
        printf("FAIL %s: %s\n", name, err_reason());
        return;
    }
    f->at = 0;
    str_copy(f->name, sizeof f->name, name);
}

/* False when it is time to go. */
static bool obey(struct feeder *f, struct lines *l) {
    char line[LINE_BYTES];
    while (!f->sound && lines_next(l, line)) {
        if (strcmp(line, "QUIT") == 0) return false;
        if (strncmp(line, "PLAY ", 5) == 0)
            play(f, line + 5);
        else
            printf("FAIL %s: not a command; use PLAY FILE or QUIT\n", line);
    }
    return f->sound || !l->ended;
}

/* --- samples --- */

static void sound_done(struct feeder *f, size_t n_block) {
    int64_t end = f->position + (int64_t)n_block;
    printf("DONE %s %" PRId64 "\n", f->name, end * 1000 / AUDIO_RATE_HZ);
    free(f->sound);
    f->sound = NULL;
}

static err_t block_write(struct feeder *f) {
    int16_t block[AUDIO_BLOCK_FRAMES] = {0};
    size_t n = f->sound ? f->n - f->at : 0;
    if (n > AUDIO_BLOCK_FRAMES) n = AUDIO_BLOCK_FRAMES;
    if (n > 0) memcpy(block, f->sound + f->at, n * sizeof *block);

    if (write(f->fifo, block, sizeof block) < 0) {
        if (errno == EAGAIN || errno == EINTR) return ERR_OK; /* nobody reads: the same block again */
        return err_fail(ERR_IO, "cannot write to the FIFO: %s", strerror(errno));
    }
    f->at += n;
    if (f->sound && f->at == f->n) sound_done(f, n);
    f->position += AUDIO_BLOCK_FRAMES;
    return f->recording ? wav_append(f->recording, block, AUDIO_BLOCK_FRAMES) : ERR_OK;
}

/* After a long delay (a busy machine, a stopped process) time goes on from now, without a burst. */
static void wait_until(int64_t *next_ns) {
    int64_t now_ns = clock_monotonic_ns();
    if (now_ns - *next_ns > LATE_NS) *next_ns = now_ns;
    const struct timespec t = {.tv_sec = *next_ns / 1000000000, .tv_nsec = (long)(*next_ns % 1000000000)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static err_t feed(struct feeder *f) {
    struct lines *lines = calloc(1, sizeof *lines);
    if (!lines) return err_fail(ERR_MEMORY, "no memory");
    err_t err = ERR_OK;
    for (int64_t next_ns = clock_monotonic_ns(); !err && !stopped && obey(f, lines); next_ns += BLOCK_NS) {
        wait_until(&next_ns);
        err = block_write(f);
    }
    free(lines);
    return err;
}

int main(int argc, char **argv) {
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: sk_feed FIFO [RECORDING.wav] <commands\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGTERM, on_signal);
    signal(SIGINT, on_signal);
    struct feeder f = {.fifo = -1};
    err_t err = fifo_create(&f.fifo, argv[1]);
    if (!err) {
        if (argc == 3) err = wav_create(&f.recording, argv[2], AUDIO_RATE_HZ);
        if (!err) err = feed(&f);
        unlink(argv[1]);
        close(f.fifo);
    }
    wav_close(f.recording);
    free(f.sound);
    if (err) fprintf(stderr, "sk_feed: %s\n", err_reason());
    return err ? 1 : 0;
}
