#include <stdint.h>
#include <stdlib.h>

#include "base/str.h"
#include "fuzz.h"
#include "understand/words.h"

/* Whatever comes in, words come out: well-formed, bounded, and themselves when normalised again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = fuzz_text(data, size), once[64], twice[64];
    int n = words_normalise(once, sizeof(once), text);
    if (words_normalise(twice, sizeof(twice), once) != n || !str_equal(once, twice)) abort();
    if (!str_is_utf8(once, strlen(once))) abort();
    free(text);
    return 0;
}
