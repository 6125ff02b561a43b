#include "fuzz.h"
#include "web/guard.h"
#include "web/posted.h"

/* Whatever a visitor sends: headers and body are read within their bounds, or are of no use. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = fuzz_text(data, size), out[32] = "kept";
    if (guard_host(text, "") && strlen(text) >= 256) abort();
    if (guard_origin(text, "speaker") && *text && strncmp(text, "http://", 7)) abort();
    if (guard_cookie(text, "shopkeeper", out, sizeof out) && !memchr(out, '\0', sizeof out)) abort();
    if (posted_text((const char *)data, size, "text", out, sizeof out) && (!*out || strpbrk(out, "\n\r\t"))) abort();
    int number = 1;
    bool flag;
    if (posted_int((const char *)data, size, "tenths", 1, 10, &number) && (number < 1 || number > 10)) abort();
    if (posted_bool((const char *)data, size, "muted", &flag) && size > POSTED_MAX) abort();
    free(text);
    return 0;
}
