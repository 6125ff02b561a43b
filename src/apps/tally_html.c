/* The report as one page: bars and columns are inline SVG, so that it opens anywhere and loads nothing. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "apps/tally.h"
#include "base/str.h"

enum {
    FRAME_MAX = 64 * 1024,
    BARS_MAX = 20, /* in one chart; the rest is counted */
    WIDTH = 720,
    ROW = 24,
    LABEL = 300, /* for the names, left of the bars */
    LABEL_BYTES = 40,
    COLUMNS_MAX = 62, /* days in one chart */
    COLUMNS_HIGH = 120,
};

static void escaped(const char *text, FILE *f) {
    for (; *text; text++) {
        switch (*text) {
            case '&':
                fputs("&amp;", f);
                break;
            case '<':
                fputs("&lt;", f);
                break;
            case '>':
                fputs("&gt;", f);
                break;
            case '"':
                fputs("&quot;", f);
                break;
            case '\'':
                fputs("&#39;", f);
                break;
            default:
                fputc(*text, f);
        }
    }
}

/* ---- charts ---- */

static int64_t most(const struct tally_row *v, int n) {
    int64_t max = 1;
    for (int i = 0; i < n; i++) {
        if (v[i].n > max) max = v[i].n;
    }
    return max;
}

static void bar(const struct tally_row *row, int i, int64_t max, FILE *f) {
    char label[LABEL_BYTES];
    int y = i * ROW, width = (int)((WIDTH - LABEL - 60) * row->n / max);
    bool whole = str_copy(label, sizeof label, row->name);
    fprintf(f, "<g><title>");
    escaped(row->name, f);
    fprintf(f, "</title><text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LABEL - 10, y + 16);
    escaped(label, f);
    fprintf(f, "%s</text><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>", whole ? "" : "&#8230;", LABEL,
            y + 3, width < 2 ? 2 : width, ROW - 6);
    fprintf(f, "<text class=\"n\" x=\"%d\" y=\"%d\">%" PRId64 "</text></g>\n", LABEL + (width < 2 ? 2 : width) + 8,
            y + 16, row->n);
}

static void bars(const struct tally_part *part, FILE *f) {
    int n = part->n > BARS_MAX ? BARS_MAX : part->n;
    int64_t max = most(part->v, n);
    fprintf(f, "<svg viewBox=\"0 0 %d %d\" role=\"img\">\n", WIDTH, n * ROW);
    for (int i = 0; i < n; i++) bar(&part->v[i], i, max, f);
    fputs("</svg>\n", f);
    if (part->n > n) fprintf(f, "<p class=\"none\">and %d more, in the CSV</p>\n", part->n - n);
}

static void columns(const struct tally_part *part, FILE *f) {
    int from = part->n > COLUMNS_MAX ? part->n - COLUMNS_MAX : 0, n = part->n - from;
    int64_t max = most(part->v + from, n);
    int wide = WIDTH / (n < 8 ? 8 : n);
    fprintf(f, "<svg viewBox=\"0 0 %d %d\" role=\"img\">\n", WIDTH, COLUMNS_HIGH + 40);
    for (int i = 0; i < n; i++) {
        const struct tally_row *day = &part->v[from + i];
        int height = (int)(COLUMNS_HIGH * day->n / max), x = i * wide;
        fprintf(f, "<g><title>");
        escaped(day->name, f);
        fprintf(f, ": %" PRId64 "</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>", day->n, x + 1,
                20 + COLUMNS_HIGH - height, wide > 4 ? wide - 2 : wide, height);
        bool named = n <= 10 || i == 0 || i == n - 1; /* else they would overlap */
        if (named) {
            fprintf(f, "<text x=\"%d\" y=\"%d\"%s>", i == n - 1 && n > 10 ? x + wide : x + 1, COLUMNS_HIGH + 36,
                    i == n - 1 && n > 10 ? " text-anchor=\"end\"" : "");
            escaped(n <= 10 && strlen(day->name) > 5 ? day->name + 5 : day->name, f);
            fputs("</text>", f);
        }
        if (n <= 31)
            fprintf(f, "<text class=\"n\" x=\"%d\" y=\"%d\">%" PRId64 "</text>", x + 1, 14 + COLUMNS_HIGH - height,
                    day->n);
        fputs("</g>\n", f);
    }
    fputs("</svg>\n", f);
}

static void comments(const struct tally_part *part, FILE *f) {
    for (int i = 0; i < part->n; i++) {
        fputs("<blockquote>", f);
        escaped(part->v[i].name, f);
        if (part->v[i].n) fprintf(f, " <span class=\"n\">(%" PRId64 " of 5)</span>", part->v[i].n);
        fputs("</blockquote>\n", f);
    }
}

/* ---- the page ---- */

static void figure(const char *what, const char *value, FILE *f) {
    fprintf(f, "<div><dt>%s</dt><dd>%s</dd></div>\n", what, value);
}

static void count(const char *what, int64_t n, FILE *f) {
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, n);
    figure(what, text, f);
}

static void body(const struct tally *t, FILE *f) {
    const struct summary_totals *n = &t->totals;
    char stars[32] = "&#8211;", unclear[32];
    snprintf(unclear, sizeof unclear, "%.0f %%", n->requests ? 100.0 * (double)n->unclear / (double)n->requests : 0);
    if (n->ratings) snprintf(stars, sizeof stars, "%.1f", (double)n->stars_milli / 1000);
    fputs("<dl>\n", f);
    count("Talks", n->talks, f);
    count("Requests", n->requests, f);
    figure("Not understood", unclear, f);
    count("Orders", n->orders, f);
    count("Baskets left", n->left, f);
    count("Handed over", n->tickets, f);
    figure("Stars", stars, f);
    fputs("</dl>\n", f);
    for (int k = 0; k < SUMMARY_COUNT; k++) {
        const struct tally_part *part = &t->parts[k];
        fprintf(f, "<h2>%s</h2>\n", tally_heading((enum summary_kind)k));
        if (!part->n)
            fputs("<p class=\"none\">none</p>\n", f);
        else if (k == SUMMARY_DAYS)
            columns(part, f);
        else if (k == SUMMARY_COMMENTS)
            comments(part, f);
        else
            bars(part, f);
    }
}

static err_t fill(const struct tally *t, const char *frame, const char *at, FILE *f) {
    char period[64];
    for (const char *hole; (hole = strstr(at, "{{")); at = strstr(hole, "}}") + 2) {
        fwrite(at, 1, (size_t)(hole - at), f);
        if (!strncmp(hole, "{{body}}", 8))
            body(t, f);
        else if (!strncmp(hole, "{{period}}", 10))
            escaped(tally_period(t, period), f);
        else if (!strncmp(hole, "{{title}}", 9))
            escaped(t->shop, f);
        else
            return err_fail(ERR_FORMAT, "%s: after '{{' stands none of title}} period}} body}}", frame);
    }
    fputs(at, f);
    return ERR_OK;
}

err_t tally_html(const struct tally *t, const char *frame, FILE *f) {
    FILE *in = fopen(frame, "re");
    if (!in) return err_fail(ERR_NOT_FOUND, "cannot read %s: %s", frame, strerror(errno));
    char *text = malloc(FRAME_MAX);
    size_t n = text ? fread(text, 1, FRAME_MAX, in) : FRAME_MAX;
    fclose(in);
    err_t err = ERR_OK;
    if (n == FRAME_MAX) {
        err = err_fail(ERR_FORMAT, "%s has more than %d bytes", frame, FRAME_MAX - 1);
    } else {
        text[n] = '\0';
        err = fill(t, frame, text, f);
    }
    free(text);
    return err;
}
