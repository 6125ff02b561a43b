#include "hear/pronounce.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "hear/phones.h"

enum { RULES_MAX = 512, MNEMONIC_MAX = 8, RULE_PHONES_MAX = 24, LINE_MAX_BYTES = 256 };

struct rule {
    char mnemonic[MNEMONIC_MAX];
    char phones[RULE_PHONES_MAX]; /* "" for a mark that is not heard, such as stress */
    char other[RULE_PHONES_MAX];  /* what it may be as well */
    bool has_other;
    size_t length;
};

struct phone_map {
    struct rule rules[RULES_MAX];
    size_t n;
};

/* "PHONES..." or "-" for nothing. */
static bool phones_read(char out[RULE_PHONES_MAX], char *text) {
    text = str_trim(text);
    if (strcmp(text, "-") != 0) return phones_tidy(out, RULE_PHONES_MAX, text, strlen(text));
    out[0] = '\0';
    return true;
}

/* "mnemonic PHONES..." or "mnemonic -" for what is not heard; "mnemonic PHONES | OTHERS" has a second choice. */
static err_t rule_read(struct phone_map *m, char *line, const char *path, int number) {
    char *rest = line;
    char *mnemonic = str_next_word(&rest);
    if (!mnemonic || strcmp(mnemonic, "//") == 0) return ERR_OK;
    if (m->n == RULES_MAX)
        return err_fail(ERR_FORMAT, "%s:%d: more than %d lines of phonemes", path, number, RULES_MAX);
    struct rule *r = &m->rules[m->n];
    if (!str_copy(r->mnemonic, sizeof r->mnemonic, mnemonic))
        return err_fail(ERR_FORMAT, "%s:%d: the phoneme \"%s\" has more than %d bytes", path, number, mnemonic,
                        MNEMONIC_MAX - 1);
    char *comment = rest ? strstr(rest, "//") : NULL;
    if (comment) *comment = '\0';
    char *other = rest ? strchr(rest, '|') : NULL;
    if (other) *other++ = '\0';
    r->has_other = other != NULL;
    if (!rest || !phones_read(r->phones, rest) || (other && !phones_read(r->other, other)))
        return err_fail(ERR_FORMAT, "%s:%d: expected one to eight phones, or \"-\", after \"%s\"", path, number,
                        mnemonic);
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->rules[i].mnemonic, r->mnemonic) == 0)
            return err_fail(ERR_FORMAT, "%s:%d: \"%s\" is there already", path, number, mnemonic);
    r->length = strlen(r->mnemonic);
    m->n++;
    return ERR_OK;
}

static err_t rules_read(struct phone_map *m, FILE *file, const char *path) {
    char line[LINE_MAX_BYTES];
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        if (!strchr(line, '\n') && !feof(file))
            return err_fail(ERR_FORMAT, "%s:%d: the line is longer than %d bytes", path, number, LINE_MAX_BYTES - 2);
        TRY(rule_read(m, line, path, number));
    }
    if (ferror(file)) return err_fail(ERR_IO, "%s: %s", path, strerror(errno));
    if (m->n == 0) return err_fail(ERR_FORMAT, "%s: there is no phoneme in it", path);
    return ERR_OK;
}

err_t phone_map_load(struct phone_map **out, const char *path) {
    FILE *file = fopen(path, "re");
    if (!file) return err_fail(ERR_NOT_FOUND, "cannot read the phone map %s: %s", path, strerror(errno));
    struct phone_map *m = calloc(1, sizeof *m);
    err_t err = m ? rules_read(m, file, path) : err_fail(ERR_MEMORY, "out of memory for the phone map");
    fclose(file);
    if (err) {
        free(m);
        return err;
    }
    *out = m;
    return ERR_OK;
}

void phone_map_free(struct phone_map *m) {
    free(m);
}

static const struct rule *rule_longest(const struct phone_map *m, const char *text) {
    const struct rule *best = NULL;
    for (size_t i = 0; i < m->n; i++) {
        const struct rule *r = &m->rules[i];
        if (strncmp(text, r->mnemonic, r->length) == 0 && (!best || r->length > best->length)) best = r;
    }
    return best;
}

enum { FIRST_CHOICES = -1, SECOND_CHOICES = -2 };

/* The phones with the second choice in place number `second`, in all places, or in none. Counts the places. */
static err_t map_apply(const struct phone_map *m, const char *espeak, int second, int *places, char *out, size_t cap) {
    char phones[1024] = "";
    const char *at = espeak;
    *places = 0;
    while (*at) {
        const struct rule *r = rule_longest(m, at);
        /* A mnemonic that the table lacks costs one phone, not the whole word: eSpeak NG has dozens of rare ones. */
        at += r ? r->length : 1;
        if (!r) continue;
        bool other = r->has_other && (second == SECOND_CHOICES || second == *places);
        const char *add = other ? r->other : r->phones;
        *places += r->has_other;
        if (!*add) continue;
        if ((phones[0] && !str_append(phones, sizeof phones, " ")) || !str_append(phones, sizeof phones, add))
            return err_fail(ERR_FULL, "\"%.40s...\" is too long to be one word", espeak);
    }
    if (!phones[0]) return err_fail(ERR_FORMAT, "no phone of ours in the phonemes \"%.80s\"", espeak);
    if (strlen(phones) >= cap) return err_fail(ERR_FULL, "the phones of \"%.80s\" do not fit", espeak);
    str_copy(out, cap, phones);
    return ERR_OK;
}

err_t phone_map_apply(const struct phone_map *m, const char *espeak, char *out, size_t cap) {
    int places;
    return map_apply(m, espeak, FIRST_CHOICES, &places, out, cap);
}

int phone_map_variants(const struct phone_map *m, const char *espeak, char out[][PHONE_TEXT_MAX], int max) {
    int n = 0, places = 0;
    for (int second = FIRST_CHOICES; n < max && second <= places; second++) {
        int which = second == places ? SECOND_CHOICES : second, ignored;
        if (map_apply(m, espeak, which, second < 0 ? &places : &ignored, out[n], PHONE_TEXT_MAX)) continue;
        bool known = false;
        for (int i = 0; i < n; i++) known = known || strcmp(out[i], out[n]) == 0;
        if (!known) n++;
    }
    return n;
}
