#include "apps/cli.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"

enum { MEANWHILE_MS = 500 };

int cli_fail(void) {
    fprintf(stderr, "shopkeeper: %s\n", err_reason());
    return EXIT_FAILED;
}

int cli_usage(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    fputs("shopkeeper: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    return EXIT_USAGE;
}

/* Reads away what is left of a line that did not fit. */
static void skip_rest(void) {
    for (int ch; (ch = getchar()) != EOF && ch != '\n';) {
    }
}

void cli_lines_meanwhile(bool (*fn)(void *ctx, char *line), void (*meanwhile)(void *ctx), void *ctx) {
    char line[4096];
    setvbuf(stdin, NULL, _IONBF, 0); /* what poll() does not see must not be waiting in a buffer */
    for (;;) {
        struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
        while (poll(&in, 1, MEANWHILE_MS) == 0) meanwhile(ctx);
        if (!fgets(line, sizeof line, stdin)) return;
        size_t n = strcspn(line, "\r\n");
        if (!line[n] && n == sizeof line - 1) skip_rest();
        line[n] = '\0';
        if (!fn(ctx, line)) return;
    }
}

void cli_lines(bool (*fn)(void *ctx, char *line), void *ctx) {
    char line[4096];
    while (fgets(line, sizeof line, stdin)) {
        size_t n = strcspn(line, "\r\n");
        if (!line[n] && n == sizeof line - 1) skip_rest();
        line[n] = '\0';
        if (!fn(ctx, line)) return;
    }
}

void cli_progress(const char *what, int done, int total) {
    if (!isatty(STDERR_FILENO)) return;
    if (total)
        fprintf(stderr, "\r%s: %d of %d%s", what, done, total, done >= total ? "\n" : "");
    else
        fprintf(stderr, "\r%s: %d", what, done);
}

static void say_bad_row(void *ctx, const char *file, int line, const char *why) {
    (void)ctx;
    fprintf(stderr, "%s:%d: %s; the row is left out\n", file, line, why);
}

err_t cli_open_shop(struct assistant *out, const struct cli *cli) {
    struct import_report report = {.bad_row = say_bad_row};
    return assistant_open_shop(out, &cli->settings, &report, clock_now_ms());
}
