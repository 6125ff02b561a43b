/* ICU's formatters of one locale and time zone, opened once. Everything of ICU but its character properties is used
 * behind this header. Results go to a sink; a failure means that ICU ran out of memory. One thread; internal to say/.
 */
#ifndef SK_SAY_FORMATS_H
#define SK_SAY_FORMATS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "say/sink.h"

struct formats;

/* `ordinal_rules` and `year_rules` name rule sets of ICU's spelled numbers ("%spellout-ordinal"). The time zone is the
 * system's until formats_zone(). ERR_ARG for a malformed locale, ERR_MODEL if ICU lacks the data. */
SK_MUST_USE err_t formats_open(struct formats **out, const char *locale, const char *ordinal_rules,
                               const char *year_rules);
void formats_close(struct formats *f);
/* ERR_ARG for a name that the IANA database does not know. */
SK_MUST_USE err_t formats_zone(struct formats *f, const char *zone);

/* ---- numbers ---- */

enum number_form {
    FORM_DIGITS,         /* 1,250 */
    FORM_ORDINAL_DIGITS, /* 2nd */
    FORM_WORDS,          /* two hundred */
    FORM_ORDINAL_WORDS,  /* second */
    FORM_YEAR_WORDS,     /* nineteen ninety-nine */
    NUMBER_FORMS
};
/* `decimal` is a number as in C: "-12.5". */
SK_MUST_USE err_t formats_number(struct formats *f, enum number_form form, const char *decimal, struct sink *out);
/* The same for a whole number, faster. */
SK_MUST_USE err_t formats_integer(struct formats *f, enum number_form form, int64_t n, struct sink *out);
/* The plural category of a number of thousandths; static storage of the formats until the next call. */
const char *formats_plural(struct formats *f, int64_t milli, bool ordinal);

/* ---- money ---- */

/* "$3.49" for "3.49" and "USD". */
SK_MUST_USE err_t formats_money(struct formats *f, const char *decimal, const char *currency, struct sink *out);
/* "US dollars" for the plural category "other". */
SK_MUST_USE err_t formats_currency_name(struct formats *f, const char *currency, const char *category,
                                        struct sink *out);

/* ---- time ---- */

struct local_time {
    int day_number; /* consecutive, for differences */
    int year, day;
    int weekday; /* 1 is Sunday */
    int hour, minute;
};
/* ERR_ARG beyond the years 1 to 9999. */
SK_MUST_USE err_t formats_local(struct formats *f, int64_t ms, struct local_time *out);

enum time_form {
    FORM_DATE,      /* Tuesday, May 3 */
    FORM_DATE_YEAR, /* Tuesday, May 3, 2026 */
    FORM_TIME,      /* 10:40 AM */
    FORM_WEEKDAY,   /* Tuesday */
    FORM_MONTH,     /* May */
    TIME_FORMS
};
/* `ms` as formats_local() accepts it. */
SK_MUST_USE err_t formats_time(struct formats *f, enum time_form form, int64_t ms, struct sink *out);
/* "yesterday", "today", "tomorrow" for -1, 0, 1. */
SK_MUST_USE err_t formats_relative_day(struct formats *f, int days, struct sink *out);
/* "last Tuesday". */
SK_MUST_USE err_t formats_last_weekday(struct formats *f, int weekday, struct sink *out);

/* ---- text ---- */

enum { FORMAT_ITEMS_MAX = 120 };
/* "a, b, and c" for items separated by '\n'; empty ones and those beyond FORMAT_ITEMS_MAX are left out. */
SK_MUST_USE err_t formats_list(struct formats *f, const char *items, struct sink *out);
/* Accents and the like taken off: "Café ½ l" -> "Cafe  1/2 l". What has no likeness in ASCII stays. Any bytes. */
SK_MUST_USE err_t formats_fold(struct formats *f, const char *text, struct sink *out);

#endif
