/* One line a message to standard error, with a journald priority "<3>" when $JOURNAL_STREAM is set.
 * Any thread but the audio callback. Nothing said or bought is logged above LOG_DEBUG. */
#ifndef SK_BASE_LOG_H
#define SK_BASE_LOG_H
#include "base/err.h"

enum log_level { LEVEL_ERROR, LEVEL_WARNING, LEVEL_INFO, LEVEL_DEBUG };

/* Messages above `level` are dropped. Default LEVEL_WARNING. Call before the threads start. */
void log_set_level(enum log_level level);

void log_write(enum log_level level, const char *fmt, ...) SK_PRINTF(2, 3);

#define log_error(...) log_write(LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_write(LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_write(LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_write(LEVEL_DEBUG, __VA_ARGS__)

#endif
