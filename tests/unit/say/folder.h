/* A temporary folder with replies of a test's own and the locale's real spoken.ini. */
#ifndef SK_TESTS_SAY_FOLDER_H
#define SK_TESTS_SAY_FOLDER_H
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SPOKEN_INI SK_DATA_DIR "/models/en-US/spoken.ini"

struct folder {
    char path[64], replies[96], extra[96], spoken[96];
};

static inline void folder_write(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* `spoken` NULL: the locale's own. */
static inline struct folder folder_make(const char *replies, const char *extra, const char *spoken) {
    struct folder f = {.path = "/tmp/sk_say_XXXXXX"};
    assert_non_null(mkdtemp(f.path));
    snprintf(f.replies, sizeof f.replies, "%s/replies.txt", f.path);
    snprintf(f.extra, sizeof f.extra, "%s/extra.txt", f.path);
    snprintf(f.spoken, sizeof f.spoken, "%s/spoken.ini", f.path);
    folder_write(f.replies, replies);
    if (extra) folder_write(f.extra, extra);
    if (spoken)
        folder_write(f.spoken, spoken);
    else
        assert_int_equal(symlink(SPOKEN_INI, f.spoken), 0);
    return f;
}

static inline void folder_remove(const struct folder *f) {
    unlink(f->replies);
    unlink(f->extra);
    unlink(f->spoken);
    rmdir(f->path);
}

#endif
