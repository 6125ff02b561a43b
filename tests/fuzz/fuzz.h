/* What fuzz targets need: a terminated text, a file that is read by its path. */
#ifndef SK_TESTS_FUZZ_H
#define SK_TESTS_FUZZ_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline char *fuzz_text(const uint8_t *data, size_t size) {
    char *text = calloc(size + 1, 1);
    if (!text) abort();
    if (size) memcpy(text, data, size);
    return text;
}

/* Writes a temporary file and gives its path, to be removed with unlink(). */
static inline const char *fuzz_file(const uint8_t *data, size_t size) {
    static char path[64];
    snprintf(path, sizeof(path), "fuzz-%d.tmp", (int)getpid());
    FILE *file = fopen(path, "wb");
    if (!file || (size && fwrite(data, 1, size, file) != size) || fclose(file)) abort();
    return path;
}

#endif
