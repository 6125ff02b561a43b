/* The operator's report on a period (shopkeeper report): gathered from the store, then written as text, as CSV, as JSON
 * or as one HTML page with charts (models/report.html is its frame) that loads nothing from anywhere. What shoppers
 * said comes from outside: it is made plain when gathered, and escaped where it is written. One thread. */
#ifndef SK_APPS_TALLY_H
#define SK_APPS_TALLY_H
#include <jansson.h>
#include <stdio.h>
#include "shop/summary.h"

enum { TALLY_NAME_MAX = 256, TALLY_ROWS_MAX = 400 };

struct tally_part {
    int n;
    struct tally_row {
        char name[TALLY_NAME_MAX]; /* no control characters, well-formed UTF-8 */
        int64_t n;
    } v[TALLY_ROWS_MAX];
};

struct tally {
    char shop[64];
    char from[11], until[11]; /* "2026-11-01", both included; "" open */
    struct summary_totals totals;
    struct tally_part parts[SUMMARY_COUNT]; /* days in their order, all else as the store gives it */
};

/* `from` and `until` are dates of the shop's clock, or NULL. ERR_ARG (no date, or the wrong way round), ERR_ of the
 * store. */
SK_MUST_USE err_t tally_load(struct tally *out, struct shop *s, const char *from, const char *until);

/* "requests by intent": what a part is about. */
const char *tally_heading(enum summary_kind kind);
void tally_text(const struct tally *t, FILE *f);
/* A field as CSV wants it (RFC 4180); what a spreadsheet would take for a formula begins with "'". */
void tally_csv_field(const char *text, FILE *f);
/* RFC 4180 with a header, part,name,count. */
void tally_csv(const struct tally *t, FILE *f);
json_t *tally_json(const struct tally *t);
/* Into the frame, a file with {{title}}, {{period}} and {{body}}. ERR_NOT_FOUND, ERR_FORMAT. */
SK_MUST_USE err_t tally_html(const struct tally *t, const char *frame, FILE *f);
/* "2026-11-01 to 2026-11-30". */
const char *tally_period(const struct tally *t, char out[64]);

#endif
