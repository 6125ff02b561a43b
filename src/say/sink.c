#include "say/sink.h"

#include <assert.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

struct sink sink_make(char *buf, size_t cap) {
    assert(cap > 0);
    buf[0] = '\0';
    return (struct sink){.buf = buf, .cap = cap};
}

void sink_put(struct sink *s, const char *text, size_t n) {
    if (s->cut) return;
    size_t room = s->cap - 1 - s->length;
    if (n > room) {
        s->cut = true;
        n = room;
        while (n > 0 && U8_IS_TRAIL(text[n])) n--;
    }
    memcpy(s->buf + s->length, text, n);
    s->length += n;
    s->buf[s->length] = '\0';
}

/* ICU's macros convert signs as they please. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"

static void put_code_point(struct sink *s, UChar32 c) {
    if (c < 0) return;
    if (u_isUWhiteSpace(c)) c = ' ';
    if (u_iscntrl(c) || u_charType(c) == U_FORMAT_CHAR || U_IS_UNICODE_NONCHAR(c)) return;
    char bytes[U8_MAX_LENGTH];
    int32_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, c);
    sink_put(s, bytes, (size_t)n);
}

void sink_put_clean(struct sink *s, const char *text, size_t n) {
    int32_t length = n > INT32_MAX ? INT32_MAX : (int32_t)n;
    for (int32_t i = 0; i < length;) {
        UChar32 c;
        U8_NEXT(text, i, length, c);
        put_code_point(s, c);
    }
}

void sink_put_utf16(struct sink *s, const UChar *text, int32_t n) {
    for (int32_t i = 0; i < n;) {
        UChar32 c;
        U16_NEXT(text, i, n, c);
        if (!U_IS_SURROGATE(c)) put_code_point(s, c);
    }
}

#pragma GCC diagnostic pop

void sink_put_word(struct sink *s, const char *word, size_t n) {
    size_t blank = s->length > 0;
    if (n == 0 || s->cut) return;
    if (blank + n > s->cap - 1 - s->length) {
        s->cut = true;
        return;
    }
    if (blank) sink_put(s, " ", 1);
    sink_put(s, word, n);
}
