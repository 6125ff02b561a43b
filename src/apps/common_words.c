#include "apps/common_words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { WORDS_MAX = 1000, WORD_BYTES = 24, LINE_BYTES = 1024 };

struct common_words {
    char v[WORDS_MAX][WORD_BYTES]; /* sorted */
    size_t n;
};

static int by_word(const void *a, const void *b) {
    return strcmp(a, b);
}

static err_t read_line(struct common_words *c, char *line, const char *path) {
    line[strcspn(line, "#\r\n")] = '\0';
    for (char *rest = line, *word; (word = str_next_word(&rest));) {
        if (c->n == WORDS_MAX) return err_fail(ERR_FULL, "%s: there are more than %d words", path, WORDS_MAX);
        if (!str_copy(c->v[c->n++], WORD_BYTES, word))
            return err_fail(ERR_FORMAT, "%s: a word is longer than %d bytes", path, WORD_BYTES - 1);
    }
    return ERR_OK;
}

err_t common_words_load(struct common_words **out, const char *path) {
    char line[LINE_BYTES];
    FILE *f = fopen(path, "re");
    if (!f) return err_fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot read %s: %s", path, strerror(errno));
    struct common_words *c = calloc(1, sizeof *c);
    err_t err = c ? ERR_OK : err_fail(ERR_MEMORY, "no memory for the common words");
    while (!err && fgets(line, sizeof line, f)) err = read_line(c, line, path);
    fclose(f);
    if (err) {
        common_words_free(c);
        return err;
    }
    qsort(c->v, c->n, WORD_BYTES, by_word);
    *out = c;
    return ERR_OK;
}

void common_words_free(struct common_words *c) {
    free(c);
}

/* Whether signs such as "?" end the word. */
static char *trim_signs(char *word) {
    size_t n = strlen(word);
    while (n && strchr("?!.,;:\"", word[n - 1])) word[--n] = '\0';
    return word;
}

void common_words_strip(const struct common_words *c, const char *text, char *out, size_t cap) {
    char copy[LINE_BYTES], *rest = copy, *word;
    str_copy(copy, sizeof copy, text);
    for (char *s = copy; *s; s++) *s = (char)(*s >= 'A' && *s <= 'Z' ? *s - 'A' + 'a' : *s);
    *out = '\0';
    while ((word = str_next_word(&rest))) {
        trim_signs(word);
        if (!*word || strlen(word) >= WORD_BYTES || bsearch(word, c->v, c->n, WORD_BYTES, by_word)) continue;
        if (*out) str_append(out, cap, " ");
        str_append(out, cap, word);
    }
}
