#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

enum { LINE_MAX_BYTES = 1024 };

static const struct {
    const char *name;
    const char *priority; /* sd-daemon(3) */
} levels[] = {
    [LEVEL_ERROR] = {"error: ", "<3>"},
    [LEVEL_WARNING] = {"warning: ", "<4>"},
    [LEVEL_INFO] = {"", "<6>"},
    [LEVEL_DEBUG] = {"debug: ", "<7>"},
};

static atomic_int level_now = LEVEL_WARNING;

void log_set_level(enum log_level level) {
    atomic_store_explicit(&level_now, (int)level, memory_order_relaxed);
}

/* A message that came from outside must not be able to forge a second line. */
static void flatten(char *text) {
    for (; *text; text++) {
        if ((unsigned char)*text < ' ' || *text == 127) *text = ' ';
    }
}

void log_write(enum log_level level, const char *fmt, ...) {
    if ((int)level > atomic_load_explicit(&level_now, memory_order_relaxed)) return;

    char text[LINE_MAX_BYTES + 4];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    flatten(text);

    char line[LINE_MAX_BYTES];
    str_copy(line, sizeof line, getenv("JOURNAL_STREAM") ? levels[level].priority : levels[level].name);
    str_append(line, sizeof line - 1, text);
    strcat(line, "\n"); /* the byte kept free above */

    /* one write a line, so that lines of two threads never mix; a lost log line is nobody's failure */
    ssize_t written = write(STDERR_FILENO, line, strlen(line));
    (void)written;
}
