#include "base/fingerprint.h"

#include <string.h>

uint64_t fingerprint_add(uint64_t print, const void *bytes, size_t n) {
    const unsigned char *b = bytes;
    for (size_t i = 0; i < n; i++) print = (print ^ b[i]) * UINT64_C(0x100000001b3);
    return print;
}

uint64_t fingerprint_add_text(uint64_t print, const char *text) {
    return fingerprint_add(print, text, strlen(text) + 1);
}
