#include "web/files.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static const struct files none = {{{"/", "index.html", "text/html; charset=utf-8", NULL, 0},
                                   {"/page.css", "page.css", "text/css; charset=utf-8", NULL, 0},
                                   {"/page.js", "page.js", "text/javascript; charset=utf-8", NULL, 0},
                                   {"/texts.json", "texts.json", "application/json", NULL, 0},
                                   {"/icon.svg", "icon.svg", "image/svg+xml", NULL, 0}}};

static err_t file_read(struct file *f, const char *dir) {
    char path[PATH_MAX];
    if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, f->name) >= sizeof path)
        return err_fail(ERR_RANGE, "the path of %s is too long", dir);
    FILE *in = fopen(path, "rbe");
    if (!in) return err_fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot read %s: %s", path, strerror(errno));
    f->bytes = malloc(FILE_BYTES_MAX + 1);
    f->n = f->bytes ? fread(f->bytes, 1, FILE_BYTES_MAX + 1, in) : 0;
    bool bad = ferror(in) != 0;
    fclose(in);
    if (!f->bytes) return err_fail(ERR_MEMORY, "not enough memory for %s", path);
    if (bad) return err_fail(ERR_IO, "cannot read all of %s", path);
    if (f->n > FILE_BYTES_MAX) return err_fail(ERR_RANGE, "%s has more than %d bytes", path, FILE_BYTES_MAX);
    return ERR_OK;
}

err_t files_load(struct files *out, const char *dir) {
    struct files f = none;
    for (int i = 0; i < FILES; i++) {
        err_t err = file_read(&f.v[i], dir);
        if (!err) continue;
        files_free(&f);
        return err;
    }
    *out = f;
    return ERR_OK;
}

void files_free(struct files *f) {
    for (int i = 0; i < FILES; i++) free(f->v[i].bytes);
    *f = none;
}

const struct file *files_find(const struct files *f, const char *path) {
    for (int i = 0; i < FILES; i++) {
        if (str_equal(f->v[i].path, path)) return &f->v[i];
    }
    return NULL;
}
