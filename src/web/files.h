/* The page itself: a few small files of models/<locale>/web, read at the start. One thread. */
#ifndef SK_WEB_FILES_H
#define SK_WEB_FILES_H
#include <stddef.h>
#include "base/err.h"

enum { FILES = 5, FILE_BYTES_MAX = 256 * 1024 };

struct file {
    const char *path, *name, *type; /* as it is asked for, on the disk, Content-Type */
    char *bytes;
    size_t n;
};

struct files {
    struct file v[FILES];
};

/* ERR_NOT_FOUND, ERR_IO, ERR_RANGE (too big), ERR_MEMORY. On failure nothing is left. */
SK_MUST_USE err_t files_load(struct files *out, const char *dir);
void files_free(struct files *f);
/* NULL if there is none of that path. */
const struct file *files_find(const struct files *f, const char *path);

#endif
