#include "hear/accent.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "hear/phones.h"

enum { RULES_MAX = 64, ACCENTS_MAX = 4, LINE_MAX_BYTES = 256, PHONE_MAX = 3, TO_MAX = 16 };

/* Where a rule holds. */
enum where { ANYWHERE, BEFORE_VOWEL, ELSEWHERE /* before a consonant and at the end */ };

struct rule {
    int accent;
    enum where where;
    char from[PHONE_MAX], to[TO_MAX]; /* `to` may be "" */
};

struct accents {
    struct rule rules[RULES_MAX];
    int n, n_accents;
};

static bool where_read(enum where *out, const char *word) {
    static const char *const names[] = {"anywhere", "vowel", "elsewhere"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_equal(word, names[i])) continue;
        *out = (enum where)i;
        return true;
    }
    return false;
}

/* "R elsewhere -", "ER vowel AH R" */
static bool rule_read(struct rule *r, char *text) {
    char *rest = text, *from = str_next_word(&rest), *where = str_next_word(&rest), tidy[TO_MAX];
    if (!from || !where || !where_read(&r->where, where)) return false;
    if (!phones_tidy(tidy, sizeof tidy, from, strlen(from)) || !str_copy(r->from, sizeof r->from, tidy)) return false;
    char *to = str_trim(rest);
    *r->to = '\0';
    return str_equal(to, "-") || phones_tidy(r->to, sizeof r->to, to, strlen(to));
}

static err_t line_read(struct accents *a, char *line, const char *path, int number) {
    char *comment = strstr(line, "//");
    if (comment) *comment = '\0';
    char *text = str_trim(line);
    if (!*text) return ERR_OK;
    if (*text == '[') {
        if (a->n_accents == ACCENTS_MAX)
            return err_fail(ERR_FORMAT, "%s:%d: more than %d accents", path, number, ACCENTS_MAX);
        a->n_accents++;
        return ERR_OK;
    }
    if (!a->n_accents) return err_fail(ERR_FORMAT, "%s:%d: a rule before the first \"[accent]\"", path, number);
    if (a->n == RULES_MAX) return err_fail(ERR_FORMAT, "%s:%d: more than %d rules", path, number, RULES_MAX);
    struct rule r = {.accent = a->n_accents - 1};
    if (!rule_read(&r, text))
        return err_fail(ERR_FORMAT,
                        "%s:%d: expected a phone, \"anywhere\", \"vowel\" or \"elsewhere\", and phones or \"-\"", path,
                        number);
    a->rules[a->n++] = r;
    return ERR_OK;
}

static err_t file_read(struct accents *a, FILE *file, const char *path) {
    char line[LINE_MAX_BYTES];
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        if (!strchr(line, '\n') && !feof(file))
            return err_fail(ERR_FORMAT, "%s:%d: the line is longer than %d bytes", path, number, LINE_MAX_BYTES - 2);
        TRY(line_read(a, line, path, number));
    }
    return ferror(file) ? err_fail(ERR_IO, "%s: %s", path, strerror(errno)) : ERR_OK;
}

err_t accents_load(struct accents **out, const char *path) {
    FILE *file = fopen(path, "re");
    if (!file) return err_fail(ERR_NOT_FOUND, "cannot read the accents %s: %s", path, strerror(errno));
    struct accents *a = calloc(1, sizeof *a);
    err_t err = a ? file_read(a, file, path) : err_fail(ERR_MEMORY, "out of memory for the accents");
    fclose(file);
    if (err) {
        free(a);
        return err;
    }
    *out = a;
    return ERR_OK;
}

void accents_free(struct accents *a) {
    free(a);
}

int accents_count(const struct accents *a) {
    return a->n_accents;
}

/* CMU's names: those of vowels begin with one. */
static bool is_vowel(const char *phone) {
    return *phone && strchr("AEIOU", *phone);
}

static const char *said(const struct accents *a, int accent, const char *phone, const char *next) {
    enum where where = is_vowel(next) ? BEFORE_VOWEL : ELSEWHERE;
    for (int i = 0; i < a->n; i++) {
        const struct rule *r = &a->rules[i];
        bool here = r->where == ANYWHERE || r->where == where;
        if (r->accent == accent && here && str_equal(r->from, phone)) return r->to;
    }
    return phone;
}

bool accents_apply(const struct accents *a, int i, const char *phones, char *out, size_t cap) {
    char text[512], *rest = text;
    if (cap == 0 || !str_copy(text, sizeof text, phones)) return false;
    *out = '\0';
    for (char *phone = str_next_word(&rest), *next; phone; phone = next) {
        next = str_next_word(&rest);
        const char *to = said(a, i, phone, next ? next : "");
        if (!*to) continue;
        if ((*out && !str_append(out, cap, " ")) || !str_append(out, cap, to)) return false;
    }
    return *out && !str_equal(out, phones);
}
