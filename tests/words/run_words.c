/* Wordings and what they mean: run_words FILE.tsv...
 *
 * A line is text<TAB>intent<TAB>slot=value; slot=value. The intent "-" stands for a refusal. The slots must be these
 * and no others; a number is compared as one, and "last week@week-1" compares the code too. "#shop NAME" and "#state
 * NAME" hold for the lines below; other lines with # are comments. Each failure is printed; the exit status tells if
 * any. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "understanding.h"

struct run {
    const char *path;
    int line, n, n_failed;
    struct understanding u;
    bool opened;
    char shop[32], state[STATE_NAME_MAX];
};

enum { LINE_SIZE = 1024, SLOTS_SIZE = 1024 };

/* "product=milk; quantity=2", sorted by name as the test files are compared. */
static int by_name(const void *a, const void *b) {
    return strcmp(((const struct slot *)a)->name, ((const struct slot *)b)->name);
}

static void slots_write(char *out, size_t cap, struct intent *in, bool with_codes) {
    *out = '\0';
    qsort(in->slots, in->n_slots, sizeof *in->slots, by_name);
    for (int i = 0; i < in->n_slots; i++) {
        const struct slot *s = &in->slots[i];
        char value[SLOT_TEXT_MAX + 64];
        if (s->kind == SLOT_NUMBER)
            snprintf(value, sizeof value, "%g", (double)s->milli / 1000.0);
        else
            snprintf(value, sizeof value, "%s", s->text);
        (void)str_append(out, cap, i ? ";" : "");
        (void)str_append(out, cap, s->name);
        (void)str_append(out, cap, "=");
        (void)str_append(out, cap, value);
        if (with_codes && *s->code) {
            (void)str_append(out, cap, "@");
            (void)str_append(out, cap, s->code);
        }
    }
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The expected slots in the same form. */
static void slots_sort(char *out, size_t cap, char *expected) {
    char *v[SLOTS_MAX];
    size_t n = 0;
    for (char *part, *rest = expected; n < SLOTS_MAX && (part = strsep(&rest, ";"));) {
        part = str_trim(part);
        if (*part) v[n++] = part;
    }
    qsort(v, n, sizeof *v, by_text);
    *out = '\0';
    for (size_t i = 0; i < n; i++) {
        (void)str_append(out, cap, i ? ";" : "");
        (void)str_append(out, cap, v[i]);
    }
}

static err_t try_line(struct run *r, char *line) {
    char *rest = line, *text = strsep(&rest, "\t"), *name = rest ? strsep(&rest, "\t") : NULL;
    if (!name) return err_fail(ERR_FORMAT, "expected text<TAB>intent<TAB>slots");
    bool refused = str_equal(name, "-");
    if (!refused && !intent_by_name(name)) return err_fail(ERR_FORMAT, "no intent is called '%s'", name);
    struct intent got;
    TRY(understanding_parse(&r->u, r->state, text, &got));

    char wanted[SLOTS_SIZE] = "", slots[SLOTS_SIZE] = "";
    if (rest) slots_sort(wanted, sizeof wanted, rest);
    if (got.accepted) slots_write(slots, sizeof slots, &got, strchr(wanted, '@') != NULL);
    const char *got_name = got.accepted ? intent_name(got.id) : "-";
    r->n++;
    if (str_equal(got_name, name) && str_equal(slots, wanted)) return ERR_OK;
    r->n_failed++;
    printf("%s:%d: \"%s\"\n    expected %s %s\n    got      %s %s (score %.2f)\n", r->path, r->line, text, name, wanted,
           got_name, slots, (double)got.score);
    return ERR_OK;
}

static err_t open_shop(struct run *r) {
    if (r->opened) understanding_close(&r->u);
    r->opened = false;
    char fill[256];
    snprintf(fill, sizeof fill, SK_TESTS_DIR "/words/%s.fill", r->shop);
    TRY(understanding_open(&r->u, r->shop, fill));
    r->opened = true;
    return ERR_OK;
}

static err_t run_line(struct run *r, char *line) {
    line[strcspn(line, "\r\n")] = '\0';
    if (sscanf(line, "#shop %31s", r->shop) == 1) return open_shop(r);
    if (sscanf(line, "#state %23s", r->state) == 1 || !*line || *line == '#') return ERR_OK;
    return try_line(r, line);
}

static err_t run_file(struct run *r) {
    FILE *file = fopen(r->path, "r");
    if (!file) return err_fail(ERR_IO, "%s: %s", r->path, strerror(errno));
    err_t err = open_shop(r);
    char line[LINE_SIZE];
    while (!err && fgets(line, sizeof line, file)) {
        r->line++;
        err = err_prefix(run_line(r, line), "%s:%d", r->path, r->line);
    }
    fclose(file);
    return err;
}

int main(int argc, char **argv) {
    int n = 0, n_failed = 0;
    for (int i = 1; i < argc; i++) {
        struct run r = {.path = argv[i], .shop = "grocer", .state = "open"};
        err_t err = run_file(&r);
        if (r.opened) understanding_close(&r.u);
        if (err) {
            fprintf(stderr, "run_words: %s\n", err_reason());
            return 2;
        }
        n += r.n;
        n_failed += r.n_failed;
    }
    printf("%d passed, %d failed\n", n - n_failed, n_failed);
    return n_failed || !n ? 1 : 0;
}
