/* Grammar files for a test, in a folder of their own that goes with it. Included by one test program each. */
#ifndef SK_TESTS_UNDERSTAND_FOLDER_H
#define SK_TESTS_UNDERSTAND_FOLDER_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "understand/grammar.h"

static char folder[] = "grammar-XXXXXX";

static inline int folder_create(void **state) {
    (void)state;
    memcpy(folder, "grammar-XXXXXX", sizeof(folder));
    return mkdtemp(folder) ? 0 : -1;
}

static inline int folder_remove(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof(command), "rm -r %s", folder);
    return system(command);
}

/* The path of a file of that name; good until the next but three. */
static inline const char *folder_path(const char *name) {
    static char paths[4][128];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
    return path;
}

static inline void folder_write_bytes(const char *name, const void *bytes, size_t n) {
    FILE *file = fopen(folder_path(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    fclose(file);
}

static inline void folder_write(const char *name, const char *text) {
    folder_write_bytes(name, text, strlen(text));
}

#define HEADER "#JSGF V1.0 UTF-8 en;\ngrammar main;\n"

/* A grammar of one file that begins with HEADER. */
static inline struct grammar *grammar_of(const char *rules) {
    struct grammar *g;
    char text[8192];
    snprintf(text, sizeof(text), HEADER "%s", rules);
    folder_write("main.jsgf", text);
    err_t err = grammar_load(&g, folder_path("main.jsgf"), NULL);
    if (err) fail_msg("%s", err_reason());
    return g;
}

#endif
