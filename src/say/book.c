#include "say/book.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { FILE_BYTES_MAX = 1 << 20 };

struct reader {
    struct book *book;
    struct message_source source;
    const char *at; /* the start of a line */
    struct book_entry *entry;
    const char *opened; /* the heading of the entry */
};

/* Fails at a place of the file; the reason is "file:line:column: <what>". */
#define fail_at(r, at, code, ...) place_error(r, at, err_fail(code, __VA_ARGS__))

static err_t place_error(const struct reader *r, const char *at, err_t err) {
    int line, column;
    message_place(&r->source, at, &line, &column);
    return err_prefix(err, "%s:%d:%d", r->source.name, line, column);
}

/* ---- lines ---- */

static size_t line_length(const char *p) {
    return strcspn(p, "\n");
}

static const char *next_line(const char *p) {
    p += line_length(p);
    return p + (*p == '\n');
}

static bool is_blank(const char *p) {
    p += strspn(p, " \t\r");
    return *p == '\n' || *p == '\0';
}

static bool is_indented(const char *p) {
    return (*p == ' ' || *p == '\t') && !is_blank(p);
}

static const char *without_trailing_space(const char *start, const char *end) {
    while (end > start && strchr(" \t\r\n", end[-1])) end--;
    return end;
}

/* ---- headings ---- */

static bool is_id(const char *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        bool good = (p[i] >= 'a' && p[i] <= 'z') || (p[i] >= '0' && p[i] <= '9') || strchr("_.-:", p[i]) != NULL;
        if (!good) return false;
    }
    return n > 0 && n < REPLY_ID_MAX;
}

static err_t add_entry(struct book *b, const char *id, struct book_entry **out) {
    if (b->n == BOOK_IDS_MAX) return err_fail(ERR_FULL, "there are more than %d replies", BOOK_IDS_MAX);
    if (b->n == b->room) {
        int room = b->room ? b->room * 2 : 64;
        struct book_entry *entries = realloc(b->entries, (size_t)room * sizeof *entries);
        if (!entries) return err_fail(ERR_MEMORY, "no memory for the replies");
        b->entries = entries;
        b->room = room;
    }
    *out = &b->entries[b->n++];
    **out = (struct book_entry){.file = -1};
    str_copy((*out)->id, sizeof(*out)->id, id);
    return ERR_OK;
}

/* An entry that has no wording would be silence. */
static err_t close_entry(struct reader *r) {
    if (!r->entry || r->entry->n_wordings > 0) return ERR_OK;
    return fail_at(r, r->opened, ERR_FORMAT, "expected a wording under [%s]", r->entry->id);
}

static err_t open_entry(struct reader *r) {
    TRY(close_entry(r));
    const char *end = without_trailing_space(r->at, r->at + line_length(r->at));
    size_t n = (size_t)(end - r->at);
    if (n < 3 || end[-1] != ']' || !is_id(r->at + 1, n - 2))
        return fail_at(r, r->at, ERR_FORMAT,
                       "expected [reply.id] of at most %d characters a-z 0-9 _ . - :", REPLY_ID_MAX - 1);
    char id[REPLY_ID_MAX];
    memcpy(id, r->at + 1, n - 2);
    id[n - 2] = '\0';
    r->entry = book_find(r->book, id);
    if (r->entry && r->entry->file == r->book->files) return fail_at(r, r->at, ERR_FORMAT, "[%s] is there twice", id);
    if (!r->entry) TRY(err_prefix(add_entry(r->book, id, &r->entry), "%s", r->source.name));
    r->entry->file = r->book->files;
    r->opened = r->at;
    r->entry->n_wordings = 0;
    r->entry->last = -1;
    r->at = next_line(r->at);
    return ERR_OK;
}

/* ---- wordings ---- */

static err_t add_wording(struct reader *r) {
    const char *start = r->at;
    if (!r->entry) return fail_at(r, start, ERR_FORMAT, "expected [reply.id] before the first wording");
    do {
        r->at = next_line(r->at);
    } while (is_indented(r->at));
    size_t n = (size_t)(without_trailing_space(start, r->at) - start);
    if (n > BOOK_WORDING_BYTES_MAX)
        return fail_at(r, start, ERR_FORMAT, "a wording has at most %d bytes, this one has %zu", BOOK_WORDING_BYTES_MAX,
                       n);
    if (r->entry->n_wordings == BOOK_WORDINGS_MAX)
        return fail_at(r, start, ERR_FORMAT, "[%s] has more than %d wordings", r->entry->id, BOOK_WORDINGS_MAX);
    return message_parse(&r->book->messages, &r->source, start, n, &r->entry->wordings[r->entry->n_wordings++]);
}

/* ---- files ---- */

static err_t check_characters(const struct reader *r) {
    for (const char *p = r->source.text; *p; p = next_line(p)) {
        size_t n = line_length(p);
        if (!str_is_utf8(p, n)) return fail_at(r, p, ERR_FORMAT, "this line is not UTF-8 text");
        for (size_t i = 0; i < n; i++) {
            if ((unsigned char)p[i] < ' ' && !strchr("\t\r", p[i]))
                return fail_at(r, p + i, ERR_FORMAT, "there is a control character here");
        }
    }
    return ERR_OK;
}

static err_t read_entries(struct reader *r) {
    TRY(check_characters(r));
    while (*r->at) {
        if (*r->at == '#' || is_blank(r->at))
            r->at = next_line(r->at);
        else if (*r->at == '[')
            TRY(open_entry(r));
        else if (is_indented(r->at))
            return fail_at(r, r->at, ERR_FORMAT,
                           "this line is indented but there is no wording above that it continues");
        else
            TRY(add_wording(r));
    }
    return close_entry(r);
}

static err_t read_text(FILE *file, const char *path, char *text) {
    size_t n = fread(text, 1, FILE_BYTES_MAX + 1, file);
    if (ferror(file)) return err_fail(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    if (n > FILE_BYTES_MAX) return err_fail(ERR_FULL, "%s is larger than %d bytes", path, FILE_BYTES_MAX);
    if (memchr(text, '\0', n)) return err_fail(ERR_FORMAT, "%s is not a text file", path);
    text[n] = '\0';
    return ERR_OK;
}

err_t book_read(struct book *b, const char *path) {
    static const char bom[] = "\xEF\xBB\xBF";
    FILE *file = fopen(path, "re");
    if (!file) return err_fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot open %s: %s", path, strerror(errno));
    char *text = malloc(FILE_BYTES_MAX + 2);
    err_t err = text ? read_text(file, path, text) : err_fail(ERR_MEMORY, "no memory for %s", path);
    fclose(file);
    if (!err) {
        const char *start = strncmp(text, bom, 3) == 0 ? text + 3 : text;
        struct reader r = {.book = b, .source = {path, start}, .at = start};
        b->files++;
        err = read_entries(&r);
    }
    free(text);
    return err;
}

void book_free(struct book *b) {
    messages_free(&b->messages);
    free(b->entries);
    *b = (struct book){0};
}

struct book_entry *book_find(const struct book *b, const char *id) {
    for (int i = 0; i < b->n; i++) {
        if (str_equal(b->entries[i].id, id)) return &b->entries[i];
    }
    return NULL;
}
