#include "shop/csv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/str.h"

enum { ROW_MAX_BYTES = 128 * 1024 };

struct csv {
    FILE *file;
    int line;                       /* where the row at hand begins */
    int next_line;                  /* where the next one does */
    off_t resume;                   /* after the first line of the row at hand; -1 while inside it */
    int n_fields;                   /* of the row at hand */
    int n_header;                   /* of the header */
    int n_columns;                  /* that the caller wants */
    size_t used;                    /* bytes of text */
    int column_of[CSV_COLUMNS_MAX]; /* field of the file -> column of the caller, -1 */
    size_t begin[CSV_COLUMNS_MAX];  /* of each field in text */
    const char *values[CSV_COLUMNS_MAX];
    char text[ROW_MAX_BYTES]; /* the fields unquoted, each terminated */
};

/* ---- one row into fields ---- */

static int next_char(struct csv *c) {
    int ch = getc_unlocked(c->file);
    if (ch == '\n') {
        c->next_line++;
        if (c->resume < 0) c->resume = ftello(c->file);
    }
    return ch;
}

static err_t put(struct csv *c, int ch) {
    if (ch == '\0') return err_fail(ERR_FORMAT, "there is a zero byte in it: this is no text");
    size_t begin = c->begin[c->n_fields];
    if (c->used - begin >= CSV_FIELD_MAX_BYTES) {
        return err_fail(ERR_FORMAT, "a field is longer than %d bytes; a quote may be missing", CSV_FIELD_MAX_BYTES);
    }
    if (c->used + 1 >= sizeof c->text) return err_fail(ERR_FORMAT, "the row is longer than %d bytes", ROW_MAX_BYTES);
    c->text[c->used++] = (char)ch;
    return ERR_OK;
}

static err_t field_begin(struct csv *c) {
    if (c->n_fields == CSV_COLUMNS_MAX) return err_fail(ERR_FORMAT, "there are more than %d fields", CSV_COLUMNS_MAX);
    c->begin[c->n_fields] = c->used;
    return ERR_OK;
}

static err_t field_end(struct csv *c) {
    size_t begin = c->begin[c->n_fields];
    if (!str_is_utf8(c->text + begin, c->used - begin)) {
        return err_fail(ERR_FORMAT, "field %d is not UTF-8: save the file as UTF-8", c->n_fields + 1);
    }
    if (c->used + 1 >= sizeof c->text) return err_fail(ERR_FORMAT, "the row is longer than %d bytes", ROW_MAX_BYTES);
    c->text[c->used++] = '\0';
    c->n_fields++;
    return ERR_OK;
}

/* A carriage return must be half of a line end. */
static err_t line_end(struct csv *c, int *ch) {
    if (*ch != '\r') return ERR_OK;
    *ch = next_char(c);
    if (*ch == '\n' || *ch == EOF) return ERR_OK;
    return err_fail(ERR_FORMAT,
                    "there is a carriage return that ends no line: save the file with LF or CRLF line ends");
}

static bool ends_field(int ch) {
    return ch == ',' || ch == '\n' || ch == '\r' || ch == EOF;
}

/* Reads a field and gives what ended it: ',', '\n' or EOF. */
static err_t field_plain(struct csv *c, int ch, int *end) {
    for (; !ends_field(ch); ch = next_char(c)) {
        if (ch == '"') {
            return err_fail(ERR_FORMAT, "there is a quote inside field %d: quote all of it and double the quote",
                            c->n_fields + 1);
        }
        TRY(put(c, ch));
    }
    *end = ch;
    return line_end(c, end);
}

static err_t field_quoted(struct csv *c, int *end) {
    for (;;) {
        int ch = next_char(c);
        if (ch == EOF) return err_fail(ERR_FORMAT, "the quote that opens field %d is never closed", c->n_fields + 1);
        if (ch == '"') {
            ch = next_char(c);
            if (ends_field(ch)) {
                *end = ch;
                return line_end(c, end);
            }
            if (ch != '"') {
                return err_fail(ERR_FORMAT, "there is text after the closing quote of field %d", c->n_fields + 1);
            }
        }
        TRY(put(c, ch));
    }
}

static err_t fields_read(struct csv *c, int *end) {
    do {
        TRY(field_begin(c));
        int ch = next_char(c);
        TRY(ch == '"' ? field_quoted(c, end) : field_plain(c, ch, end));
        TRY(field_end(c));
    } while (*end == ',');
    return ERR_OK;
}

/* To the line after the first of a bad row, so that a missing quote costs one line and not the file. */
static err_t resume(struct csv *c) {
    int ch = 0;
    while (c->resume < 0 && ch != EOF) ch = next_char(c);
    if (c->resume >= 0 && fseeko(c->file, c->resume, SEEK_SET)) {
        return err_fail(ERR_IO, "cannot go on reading: %s", strerror(errno));
    }
    c->next_line = c->line + 1;
    return ERR_OK;
}

/* *more is false at the end of the file. A blank line is a row of one empty field. */
static err_t row_read(struct csv *c, bool *more) {
    c->line = c->next_line;
    c->resume = -1;
    c->n_fields = 0;
    c->used = 0;
    int end = 0;
    err_t err = fields_read(c, &end);
    if (ferror(c->file)) return err_fail(ERR_IO, "reading failed: %s", strerror(errno));
    if (err) {
        char why[256];
        str_copy(why, sizeof why, err_reason());
        TRY(resume(c));
        return err_fail(err, "%s", why);
    }
    *more = !(end == EOF && c->n_fields == 1 && c->text[0] == '\0');
    return ERR_OK;
}

static bool is_blank(const struct csv *c) {
    return c->n_fields == 1 && c->text[0] == '\0';
}

/* ---- the header ---- */

static int column_find(const struct csv_column *columns, const char *name) {
    for (int i = 0; columns[i].name; i++) {
        if (strcasecmp(columns[i].name, name) == 0) return i;
    }
    return -1;
}

static err_t header_map(struct csv *c, const struct csv_column *columns, bool others) {
    bool there[CSV_COLUMNS_MAX] = {false};
    c->n_header = c->n_fields;
    for (int i = 0; i < c->n_fields; i++) {
        char *name = str_trim(c->text + c->begin[i]);
        int column = column_find(columns, name);
        if (column < 0 && !others) return err_fail(ERR_FORMAT, "column '%.40s' is not known", name);
        if (column >= 0 && there[column]) return err_fail(ERR_FORMAT, "column '%.40s' is there twice", name);
        if (column >= 0) there[column] = true;
        c->column_of[i] = column;
    }
    for (int i = 0; columns[i].name; i++) {
        if (columns[i].required && !there[i]) {
            return err_fail(ERR_FORMAT, "there is no column '%s': the first line names the columns", columns[i].name);
        }
        c->n_columns = i + 1;
    }
    return ERR_OK;
}

static void skip_byte_order_mark(struct csv *c) {
    unsigned char mark[3];
    if (fread(mark, 1, 3, c->file) != 3 || memcmp(mark, "\xEF\xBB\xBF", 3) != 0) rewind(c->file);
}

static err_t file_open(struct csv *c, const char *path) {
    struct stat st;
    c->file = fopen(path, "rbe");
    if (!c->file) {
        return err_fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot open it: %s", strerror(errno));
    }
    if (fstat(fileno(c->file), &st)) return err_fail(ERR_IO, "cannot read it: %s", strerror(errno));
    if (!S_ISREG(st.st_mode)) return err_fail(ERR_FORMAT, "it is not a file");
    if (st.st_size > CSV_FILE_MAX_BYTES) return err_fail(ERR_FORMAT, "it is larger than 256 MiB: split it");
    skip_byte_order_mark(c);
    return ERR_OK;
}

static err_t header_read(struct csv *c, const char *path, const struct csv_column *columns, bool others) {
    bool more;
    TRY(file_open(c, path));
    TRY(row_read(c, &more));
    if (!more || is_blank(c)) return err_fail(ERR_FORMAT, "it is empty: the first line names the columns");
    return header_map(c, columns, others);
}

err_t csv_open(struct csv **out, const char *path, const struct csv_column *columns, bool others) {
    struct csv *c = malloc(sizeof *c);
    if (!c) return err_fail(ERR_MEMORY, "no memory to read %s", path);
    c->file = NULL;
    c->next_line = 1;
    c->n_columns = 0;
    err_t err = header_read(c, path, columns, others);
    if (err) {
        csv_close(c);
        return err_prefix(err, "%s", path);
    }
    *out = c;
    return ERR_OK;
}

void csv_close(struct csv *c) {
    if (!c) return;
    if (c->file) fclose(c->file);
    free(c);
}

/* ---- rows ---- */

err_t csv_next(struct csv *c, const char *const **values) {
    bool more;
    do {
        TRY(row_read(c, &more));
    } while (more && is_blank(c));
    if (!more) {
        *values = NULL;
        return ERR_OK;
    }
    if (c->n_fields != c->n_header) {
        return err_fail(ERR_FORMAT, "it has %d fields, the header has %d", c->n_fields, c->n_header);
    }
    for (int i = 0; i < c->n_columns; i++) c->values[i] = "";
    for (int i = 0; i < c->n_fields; i++) {
        if (c->column_of[i] >= 0) c->values[c->column_of[i]] = str_trim(c->text + c->begin[i]);
    }
    *values = c->values;
    return ERR_OK;
}

int csv_line(const struct csv *c) {
    return c->line;
}
