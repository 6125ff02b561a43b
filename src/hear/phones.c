#include "hear/phones.h"

#include <string.h>

static const char names[][3] = {"AA", "AE", "AH", "AO", "AW", "AY", "B",  "CH", "D", "DH", "EH", "ER", "EY",
                                "F",  "G",  "HH", "IH", "IY", "JH", "K",  "L",  "M", "N",  "NG", "OW", "OY",
                                "P",  "R",  "S",  "SH", "T",  "TH", "UH", "UW", "V", "W",  "Y",  "Z",  "ZH"};

static bool phone_known(const char *text, size_t n) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && memcmp(names[i], text, n) == 0) return true;
    return false;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

bool phones_tidy(char *out, size_t cap, const char *text, size_t n) {
    size_t used = 0;
    for (size_t at = 0; at < n;) {
        if (is_blank(text[at])) {
            at++;
            continue;
        }
        size_t start = at;
        while (at < n && !is_blank(text[at])) at++;
        size_t length = at - start;
        if (!phone_known(text + start, length) || used + length + 2 > cap) return false;
        if (used) out[used++] = ' ';
        memcpy(out + used, text + start, length);
        used += length;
    }
    if (used == 0) return false;
    out[used] = '\0';
    return true;
}
