/* How arguments are put into words, for the eye or for the ear. Internal to say/.
 *
 * amounts.c: numbers, money, digits; when.c: dates and times; names.c: product names and other text; saying.c
 * dispatches on the kind of argument. Nothing here is kept between calls. ERR_ARG for values that cannot be said
 * (a currency that is none, a date beyond our era). */
#ifndef SK_SAY_SAYING_H
#define SK_SAY_SAYING_H
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "say/formats.h"
#include "say/messageformat.h"
#include "say/reply.h"
#include "say/sink.h"
#include "say/spoken.h"

struct saying {
    struct formats *formats;
    const struct spoken *spoken;
    int64_t now_ms;
    bool ear; /* false: for a screen */
};

/* The style that message_fill() needs; ctx is the saying, which must outlive it. */
struct message_style saying_style(struct saying *s);

/* One of the locale's own patterns, filled for the ear. */
SK_MUST_USE err_t saying_pattern(struct saying *s, enum spoken_pattern pattern, const struct arg *args, int n_args,
                                 struct sink *out);

/* ---- amounts.c ---- */
SK_MUST_USE err_t saying_number(struct saying *s, int64_t milli, enum argument_style style, struct sink *out);
SK_MUST_USE err_t saying_money(struct saying *s, int64_t minor, const char *currency, struct sink *out);
SK_MUST_USE err_t saying_digits(struct saying *s, const char *digits, struct sink *out);

/* ---- when.c ---- */
SK_MUST_USE err_t saying_date(struct saying *s, int64_t ms, struct sink *out);
SK_MUST_USE err_t saying_time(struct saying *s, int64_t ms, struct sink *out);

/* ---- names.c ---- */
enum name_form {
    NAME_WORDS, /* lower-case words only: "u s b cable one point five meters" */
    NAME_SPEECH /* for the voice: case and pauses are kept, "U.S.B cable, one point five meters" */
};
/* Any bytes. What no word can be made of is left out. */
SK_MUST_USE err_t saying_name(struct saying *s, const char *text, enum name_form form, struct sink *out);

#endif
