#include "apps/tally.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/str.h"

static const struct {
    const char *word, *heading;
} parts[SUMMARY_COUNT] = {
    [SUMMARY_DAYS] = {"day", "Requests a day"},
    [SUMMARY_INTENTS] = {"intent", "Requests by intent"},
    [SUMMARY_UNCLEAR] = {"not understood", "What was not understood"},
    [SUMMARY_LEFT] = {"basket left", "Where baskets were left (the last reply)"},
    [SUMMARY_TROUBLE] = {"trouble", "Trouble with coupons and payment (the reply)"},
    [SUMMARY_HANDOVERS] = {"handed over", "Handed over to a person (why)"},
    [SUMMARY_STARS] = {"stars", "Feedback by stars"},
    [SUMMARY_COMMENTS] = {"comment", "Comments, newest first (with their stars)"},
};

const char *tally_heading(enum summary_kind kind) {
    return parts[kind].heading;
}

const char *tally_period(const struct tally *t, char out[64]) {
    if (!*t->from && !*t->until)
        str_copy(out, 64, "all that is kept");
    else
        snprintf(out, 64, "%s to %s", *t->from ? t->from : "the beginning", *t->until ? t->until : "now");
    return out;
}

/* ---- gathering ---- */

/* What people said: one line of plain text. */
static void plain(char *out, size_t cap, const char *text) {
    str_copy(out, cap, text);
    bool whole = str_is_utf8(out, strlen(out));
    for (char *c = out; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f) *c = ' ';
        if (!whole && (unsigned char)*c >= 0x80) *c = '?';
    }
}

static void add_row(void *ctx, const char *name, int64_t n) {
    struct tally_part *part = ctx;
    if (part->n == TALLY_ROWS_MAX) return;
    struct tally_row *row = &part->v[part->n++];
    plain(row->name, sizeof row->name, name);
    row->n = n;
}

/* Midnight of that day, or of the one after it. */
static err_t midnight(const char *date, int days_on, int64_t *out) {
    struct tm tm = {0};
    const char *end = strlen(date) == 10 ? strptime(date, "%Y-%m-%d", &tm) : NULL;
    int day = tm.tm_mday, month = tm.tm_mon;
    tm.tm_isdst = -1;
    time_t t = end && !*end ? mktime(&tm) : -1;
    if (t == -1 || tm.tm_mday != day || tm.tm_mon != month)
        return err_fail(ERR_ARG, "'%.20s' is no day; write it as 2026-11-30", date);
    tm.tm_mday += days_on;
    tm.tm_isdst = -1; /* the clock may be changed on that day */
    *out = (int64_t)mktime(&tm) * 1000;
    return ERR_OK;
}

static void turn_round(struct tally_part *part) {
    for (int i = 0, k = part->n - 1; i < k; i++, k--) {
        struct tally_row row = part->v[i];
        part->v[i] = part->v[k];
        part->v[k] = row;
    }
}

err_t tally_load(struct tally *out, struct shop *s, const char *from, const char *until) {
    struct period p = {.from_ms = 0, .to_ms = INT64_MAX};
    struct shop_profile profile;
    memset(out, 0, sizeof *out);
    if (from) TRY(midnight(from, 0, &p.from_ms));
    if (until) TRY(midnight(until, 1, &p.to_ms));
    if (p.from_ms >= p.to_ms) return err_fail(ERR_ARG, "the report would end on %s, before it begins", until);
    TRY(shop_profile(s, &profile));
    str_copy(out->shop, sizeof out->shop, profile.name);
    str_copy(out->from, sizeof out->from, from ? from : "");
    str_copy(out->until, sizeof out->until, until ? until : "");
    TRY(summary_totals(s, &p, &out->totals));
    for (int i = 0; i < SUMMARY_COUNT; i++)
        TRY(summary_each(s, (enum summary_kind)i, &p, TALLY_ROWS_MAX, add_row, &out->parts[i]));
    turn_round(&out->parts[SUMMARY_DAYS]);
    return ERR_OK;
}

/* ---- text ---- */

enum { TEXT_ROWS = 15 };

static void text_part(const struct tally *t, enum summary_kind kind, FILE *f) {
    const struct tally_part *part = &t->parts[kind];
    fprintf(f, "\n%s\n", parts[kind].heading);
    if (!part->n) fputs("       none\n", f);
    int from = kind == SUMMARY_DAYS && part->n > TEXT_ROWS ? part->n - TEXT_ROWS : 0; /* the latest */
    for (int i = from; i < part->n && i < from + TEXT_ROWS; i++)
        fprintf(f, "%6" PRId64 " %s\n", part->v[i].n, part->v[i].name);
    if (part->n > TEXT_ROWS) fprintf(f, "       and %d more\n", part->n - TEXT_ROWS);
}

void tally_text(const struct tally *t, FILE *f) {
    const struct summary_totals *n = &t->totals;
    char period[64];
    fprintf(f, "%s, %s\n\n", t->shop, tally_period(t, period));
    fprintf(f, "%6" PRId64 " talks with %" PRId64 " requests, %" PRId64 " of them not understood\n", n->talks,
            n->requests, n->unclear);
    fprintf(f, "%6" PRId64 " orders placed, %" PRId64 " talks that left a basket\n", n->orders, n->left);
    fprintf(f, "%6" PRId64 " handed over to a person, %" PRId64 " of them still open\n", n->tickets, n->tickets_open);
    if (n->ratings)
        fprintf(f, "%6.1f stars on average of %" PRId64 "\n", (double)n->stars_milli / 1000, n->ratings);
    else
        fputs("     - stars: nobody gave any\n", f);
    for (int i = 0; i < SUMMARY_COUNT; i++) text_part(t, (enum summary_kind)i, f);
}

/* ---- CSV ---- */

void tally_csv_field(const char *text, FILE *f) {
    fputc('"', f);
    if (*text && strchr("=+-@\t\r", *text)) fputc('\'', f); /* else a spreadsheet would calculate it */
    for (; *text; text++) {
        if (*text == '"') fputc('"', f);
        fputc(*text, f);
    }
    fputc('"', f);
}

static void csv_row(const char *part, const char *name, int64_t n, FILE *f) {
    tally_csv_field(part, f);
    fputc(',', f);
    tally_csv_field(name, f);
    fprintf(f, ",%" PRId64 "\r\n", n);
}

void tally_csv(const struct tally *t, FILE *f) {
    const struct summary_totals *n = &t->totals;
    fputs("part,name,count\r\n", f);
    csv_row("total", "talks", n->talks, f);
    csv_row("total", "requests", n->requests, f);
    csv_row("total", "not understood", n->unclear, f);
    csv_row("total", "orders", n->orders, f);
    csv_row("total", "baskets left", n->left, f);
    csv_row("total", "handed over", n->tickets, f);
    csv_row("total", "handed over and open", n->tickets_open, f);
    csv_row("total", "ratings", n->ratings, f);
    csv_row("total", "stars in thousandths", n->stars_milli, f);
    for (int k = 0; k < SUMMARY_COUNT; k++) {
        for (int i = 0; i < t->parts[k].n; i++) csv_row(parts[k].word, t->parts[k].v[i].name, t->parts[k].v[i].n, f);
    }
}

/* ---- JSON ---- */

json_t *tally_json(const struct tally *t) {
    static const char *const names[SUMMARY_COUNT] = {"days",    "intents",   "not_understood", "baskets_left",
                                                     "trouble", "handovers", "stars",          "comments"};
    const struct summary_totals *n = &t->totals;
    json_t *o = json_pack("{s:s,s:s,s:s,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:o}", "shop", t->shop, "since", t->from,
                          "until", t->until, "talks", (json_int_t)n->talks, "requests", (json_int_t)n->requests,
                          "unclear", (json_int_t)n->unclear, "orders", (json_int_t)n->orders, "left",
                          (json_int_t)n->left, "tickets", (json_int_t)n->tickets, "tickets_open",
                          (json_int_t)n->tickets_open, "ratings", (json_int_t)n->ratings, "average",
                          n->ratings ? json_real((double)n->stars_milli / 1000) : json_null());
    for (int k = 0; k < SUMMARY_COUNT; k++) {
        json_t *rows = json_array();
        for (int i = 0; i < t->parts[k].n; i++) {
            const struct tally_row *row = &t->parts[k].v[i];
            json_array_append_new(rows, json_pack("{s:s,s:I}", "name", row->name, "count", (json_int_t)row->n));
        }
        json_object_set_new(o, names[k], rows);
    }
    return o;
}
