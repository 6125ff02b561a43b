#include "hear/lexicon.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hear/phones.h"

enum { WORD_MAX = 64, PHONES_MAX = 256, PRONUNCIATIONS_MAX = 8 };

/* Where the pronunciations of a word came from; a better source hides a worse one. */
enum source { FROM_NOWHERE, FROM_DICTIONARY, FROM_ADDITIONS, FROM_CALLER };

struct entry {
    char *word;
    char *phones[PRONUNCIATIONS_MAX];
    uint8_t n;
    uint8_t source;
};

struct lexicon {
    struct entry *entries; /* sorted by word */
    size_t n, room;
};

/* The first entry that is not before `word`. */
static size_t entry_place(const struct lexicon *l, const char *word) {
    size_t low = 0, high = l->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(l->entries[middle].word, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct entry *entry_find(const struct lexicon *l, const char *word) {
    size_t at = entry_place(l, word);
    return at < l->n && strcmp(l->entries[at].word, word) == 0 ? &l->entries[at] : NULL;
}

static err_t entry_insert(struct lexicon *l, const char *word, struct entry **out) {
    if (l->n == l->room) {
        size_t room = l->room ? 2 * l->room : 64;
        struct entry *more = realloc(l->entries, room * sizeof *more);
        if (!more) return err_fail(ERR_MEMORY, "out of memory for the lexicon");
        l->entries = more;
        l->room = room;
    }
    char *copy = strdup(word);
    if (!copy) return err_fail(ERR_MEMORY, "out of memory for the lexicon");
    size_t at = entry_place(l, word);
    memmove(&l->entries[at + 1], &l->entries[at], (l->n - at) * sizeof *l->entries);
    l->entries[at] = (struct entry){.word = copy};
    l->n++;
    *out = &l->entries[at];
    return ERR_OK;
}

static void entry_clear(struct entry *e) {
    for (int i = 0; i < e->n; i++) free(e->phones[i]);
    e->n = 0;
}

/* Adds one pronunciation. Those of a worse source go; one that is known already, or one too many, is dropped. */
static err_t entry_add(struct entry *e, enum source source, const char *phones) {
    if (source < e->source) return ERR_OK;
    if (source > e->source) entry_clear(e);
    e->source = (uint8_t)source;
    for (int i = 0; i < e->n; i++)
        if (strcmp(e->phones[i], phones) == 0) return ERR_OK;
    if (e->n == PRONUNCIATIONS_MAX) return ERR_OK;
    char *copy = strdup(phones);
    if (!copy) return err_fail(ERR_MEMORY, "out of memory for the lexicon");
    e->phones[e->n++] = copy;
    return ERR_OK;
}

/* A file in memory, to be read once. `text` is NULL for an empty file. */
struct mapping {
    const char *text;
    size_t size;
};

static err_t mapping_open(struct mapping *out, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return err_fail(ERR_IO, "%s", strerror(errno));
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return err_fail(ERR_IO, "it is not a file");
    }
    struct mapping m = {.size = (size_t)st.st_size};
    if (m.size > 0) {
        void *text = mmap(NULL, m.size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (text == MAP_FAILED) {
            close(fd);
            return err_fail(ERR_IO, "%s", strerror(errno));
        }
        m.text = text;
    }
    close(fd);
    *out = m;
    return ERR_OK;
}

static void mapping_close(struct mapping *m) {
    if (m->text) munmap((void *)m->text, m->size);
}

/* The next line without its end; false when there is none. */
static bool mapping_line(const struct mapping *m, size_t *at, const char **line, size_t *length) {
    if (*at >= m->size) return false;
    *line = m->text + *at;
    const char *end = memchr(*line, '\n', m->size - *at);
    *length = end ? (size_t)(end - *line) : m->size - *at;
    *at += *length + 1;
    if (*length > 0 && (*line)[*length - 1] == '\r') (*length)--;
    return true;
}

/* Splits "word(2)  PH PH" into the word and the rest of the line. False if the word is too long or nothing follows. */
static bool line_split(const char *line, size_t length, char word[WORD_MAX], const char **rest, size_t *rest_length) {
    size_t n = 0;
    while (n < length && line[n] != ' ' && line[n] != '\t') n++;
    size_t end = n;
    if (n > 3 && line[n - 1] == ')')
        for (end = n - 1; end > 1 && line[end] != '('; end--) continue;
    if (end == 0 || end >= WORD_MAX || (end != n && line[end] != '(')) return false;
    memcpy(word, line, end);
    word[end] = '\0';
    *rest = line + n;
    *rest_length = length - n;
    return n < length;
}

/* The big dictionary: what is not wanted or not understood is skipped. */
static err_t dictionary_read(struct lexicon *l, const char *path) {
    struct mapping m;
    err_t err = mapping_open(&m, path);
    if (err)
        return err_prefix(ERR_MODEL,
                          "cannot read the pronouncing dictionary %s (Debian: apt install pocketsphinx-en-us)", path);
    size_t at = 0, length, rest_length;
    const char *line, *rest;
    char word[WORD_MAX], phones[PHONES_MAX];
    while (!err && mapping_line(&m, &at, &line, &length)) {
        if (!line_split(line, length, word, &rest, &rest_length)) continue;
        struct entry *e = entry_find(l, word);
        if (e && phones_tidy(phones, sizeof phones, rest, rest_length)) err = entry_add(e, FROM_DICTIONARY, phones);
    }
    mapping_close(&m);
    return err;
}

/* The locale's own file: written by people for us, so that a mistake in it is an error. */
static err_t additions_read(struct lexicon *l, const char *path) {
    struct mapping m;
    TRY(err_prefix(mapping_open(&m, path), "cannot read the lexicon %s", path));
    err_t err = ERR_OK;
    size_t at = 0, length, rest_length;
    const char *line, *rest;
    char word[WORD_MAX], phones[PHONES_MAX];
    for (int number = 1; !err && mapping_line(&m, &at, &line, &length); number++) {
        if (length == 0 || line[0] == '#') continue;
        if (!line_split(line, length, word, &rest, &rest_length) ||
            !phones_tidy(phones, sizeof phones, rest, rest_length)) {
            err = err_fail(ERR_FORMAT, "%s:%d: expected a word and its phones, such as \"seven S EH V AH N\"", path,
                           number);
            break;
        }
        struct entry *e = entry_find(l, word);
        if (e) err = entry_add(e, FROM_ADDITIONS, phones);
    }
    mapping_close(&m);
    return err;
}

static int text_compare(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One empty entry a word; sorting first makes each insertion an append. */
static err_t wanted_add(struct lexicon *l, const char *const *words, size_t n) {
    const char **sorted = calloc(n ? n : 1, sizeof *sorted);
    if (!sorted) return err_fail(ERR_MEMORY, "out of memory for the lexicon");
    if (n) memcpy(sorted, words, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, text_compare);
    err_t err = ERR_OK;
    for (size_t i = 0; !err && i < n; i++) {
        struct entry *e;
        if (i == 0 || strcmp(sorted[i], sorted[i - 1]) != 0) err = entry_insert(l, sorted[i], &e);
    }
    free(sorted);
    return err;
}

err_t lexicon_load(struct lexicon **out, const char *dict, const char *additions, const char *const *words, size_t n) {
    struct lexicon *l = calloc(1, sizeof *l);
    if (!l) return err_fail(ERR_MEMORY, "out of memory for the lexicon");
    err_t err = wanted_add(l, words, n);
    if (!err) err = dictionary_read(l, dict);
    if (!err && additions) err = additions_read(l, additions);
    if (err) {
        lexicon_free(l);
        return err;
    }
    *out = l;
    return ERR_OK;
}

void lexicon_free(struct lexicon *l) {
    if (!l) return;
    for (size_t i = 0; i < l->n; i++) {
        entry_clear(&l->entries[i]);
        free(l->entries[i].word);
    }
    free(l->entries);
    free(l);
}

err_t lexicon_add(struct lexicon *l, const char *word, const char *phones) {
    char tidy[PHONES_MAX];
    if (word[0] == '\0' || strlen(word) >= WORD_MAX || strpbrk(word, " \t\r\n()"))
        return err_fail(ERR_FORMAT, "\"%.80s\" is not one word", word);
    if (!phones_tidy(tidy, sizeof tidy, phones, strlen(phones)))
        return err_fail(ERR_FORMAT, "\"%.80s\" is not a list of phones such as \"S EH V AH N\" (word \"%s\")", phones,
                        word);
    struct entry *e = entry_find(l, word);
    if (!e) TRY(entry_insert(l, word, &e));
    return entry_add(e, FROM_CALLER, tidy);
}

err_t lexicon_add_beside(struct lexicon *l, const char *word, const char *phones) {
    char tidy[PHONES_MAX];
    struct entry *e = entry_find(l, word);
    if (!phones_tidy(tidy, sizeof tidy, phones, strlen(phones)))
        return err_fail(ERR_FORMAT, "\"%.80s\" is not a list of phones (word \"%.80s\")", phones, word);
    return e && e->n ? entry_add(e, (enum source)e->source, tidy) : ERR_OK;
}

const char *lexicon_phones(const struct lexicon *l, const char *word, int i) {
    const struct entry *e = entry_find(l, word);
    return e && i >= 0 && i < e->n ? e->phones[i] : NULL;
}

const char *lexicon_sounding(const struct lexicon *l, const char *phones, size_t *at) {
    while (*at < l->n) {
        const struct entry *e = &l->entries[(*at)++];
        for (int i = 0; i < e->n; i++)
            if (strcmp(e->phones[i], phones) == 0) return e->word;
    }
    return NULL;
}

const char *lexicon_missing(const struct lexicon *l, size_t i) {
    for (size_t k = 0; k < l->n; k++)
        if (l->entries[k].n == 0 && i-- == 0) return l->entries[k].word;
    return NULL;
}
