/* Small files for a test, in a folder of its own. */
#ifndef SK_TESTS_HEAR_FILES_H
#define SK_TESTS_HEAR_FILES_H
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char files_dir[] = "/tmp/sk-hear-XXXXXX";
static char files_path_[PATH_MAX];

static inline int files_setup(void **state) {
    (void)state;
    return mkdtemp(files_dir) ? 0 : -1;
}

static inline const char *files_path(const char *name) {
    snprintf(files_path_, sizeof files_path_, "%s/%s", files_dir, name);
    return files_path_;
}

/* Writes the file and returns its path, borrowed until the next call. */
static inline const char *files_write(const char *name, const char *text) {
    FILE *f = fopen(files_path(name), "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    return files_path_;
}

static inline int files_teardown(void **state) {
    (void)state;
    static const char *const names[] = {"dict", "more", "map", "ini", "voice", "mdef", "means", "variances", "sendump"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) unlink(files_path(names[i]));
    return rmdir(files_dir);
}

#endif
