/* INI files (inih). A key is consumed when it is read; one left over is an error that names file and line,
 * so that a typing error is never silently a default. The file is UTF-8, a line of it at most 2048 bytes; a key set
 * twice in a section is an error, a section without keys is not seen; " ;" begins a comment. One thread; strings are
 * borrowed until config_free(). */
#ifndef SK_BASE_CONFIG_H
#define SK_BASE_CONFIG_H
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"

struct config;

/* ERR_NOT_FOUND, ERR_FORMAT (file:line), ERR_FULL (over 4096 keys or 1 MiB), ERR_MEMORY. */
SK_MUST_USE err_t config_load(struct config **out, const char *path);
/* From text, `name` stands for the file in messages. */
SK_MUST_USE err_t config_parse(struct config **out, const char *name, const char *text);
void config_free(struct config *c);

/* The value, or `fallback` (may be NULL) if absent. */
const char *config_string(struct config *c, const char *section, const char *key, const char *fallback);
/* ERR_FORMAT, ERR_RANGE with file and line. Absent: *out = fallback. */
SK_MUST_USE err_t config_int(struct config *c, const char *section, const char *key, int64_t min, int64_t max,
                             int64_t fallback, int64_t *out);
SK_MUST_USE err_t config_double(struct config *c, const char *section, const char *key, double min, double max,
                                double fallback, double *out);
/* yes/no, true/false, on/off, 1/0. */
SK_MUST_USE err_t config_bool(struct config *c, const char *section, const char *key, bool fallback, bool *out);

/* The i-th section name in the order of the file, or NULL at the end. */
const char *config_section(const struct config *c, int i);
/* The i-th key of a section and its value (consumed), or NULL at the end. */
const char *config_key(struct config *c, const char *section, int i, const char **value);
/* Line of a key, for messages; 0 if absent. */
int config_line(const struct config *c, const char *section, const char *key);

/* ERR_FORMAT naming the first key that nobody asked for. Call when all is read. */
SK_MUST_USE err_t config_finish(const struct config *c);

#endif
