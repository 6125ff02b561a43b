#include "apps/challenge.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static err_t word_add(struct challenges *c, const char *word, const char *path, int line) {
    size_t n = strlen(word);
    if (strspn(word, "abcdefghijklmnopqrstuvwxyz") != n || n >= CHALLENGE_MAX)
        return err_fail(ERR_FORMAT, "%s:%d: '%.40s' is not one word of at most %d letters a to z", path, line, word,
                        CHALLENGE_MAX - 1);
    for (int i = 0; i < c->n; i++) {
        if (str_equal(c->v[i], word)) return err_fail(ERR_FORMAT, "%s:%d: '%s' is there twice", path, line, word);
    }
    if (c->n == CHALLENGES_MAX)
        return err_fail(ERR_FORMAT, "%s:%d: there are more than %d words", path, line, CHALLENGES_MAX);
    str_copy(c->v[c->n++], CHALLENGE_MAX, word);
    return ERR_OK;
}

static err_t words_read(struct challenges *c, FILE *in, const char *path) {
    char text[256];
    for (int line = 1; fgets(text, sizeof text, in); line++) {
        const char *word = str_trim(text);
        if (*word && *word != '#') TRY(word_add(c, word, path, line));
    }
    if (c->n >= CHALLENGES_MIN) return ERR_OK;
    return err_fail(ERR_FORMAT, "%s: there are less than %d words, which are guessed too soon", path, CHALLENGES_MIN);
}

err_t challenges_load(struct challenges *out, const char *path) {
    struct challenges c = {0};
    FILE *in = fopen(path, "re");
    if (!in) return err_fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot read %s: %s", path, strerror(errno));
    err_t err = words_read(&c, in, path);
    fclose(in);
    if (!err) *out = c;
    return err;
}

err_t challenges_fill(struct grammar *g, const struct challenges *c) {
    const char *words[CHALLENGES_MAX];
    for (int i = 0; i < c->n; i++) words[i] = c->v[i];
    err_t err = grammar_fill(g, "challenge", words, (size_t)c->n, false);
    return err == ERR_NOT_FOUND ? ERR_OK : err; /* no grammar asks for one */
}
