#include "base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/str.h"

enum { REASON_MAX = 512 };

static _Thread_local char reason[REASON_MAX];

err_t err_fail(err_t code, const char *fmt, ...) {
    assert(code != ERR_OK);
    /* by way of a copy: the arguments may point into the reason itself */
    char text[REASON_MAX + 4];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    str_copy(reason, sizeof reason, text);
    return code;
}

err_t err_prefix(err_t code, const char *fmt, ...) {
    if (code == ERR_OK) return ERR_OK;
    char prefix[REASON_MAX + 4];
    va_list args;
    va_start(args, fmt);
    vsnprintf(prefix, sizeof prefix, fmt, args);
    va_end(args);

    char text[sizeof prefix + REASON_MAX + 2];
    snprintf(text, sizeof text, "%s: %s", prefix, reason);
    str_copy(reason, sizeof reason, text);
    return code;
}

const char *err_reason(void) {
    return reason;
}
