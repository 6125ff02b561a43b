/* CSV with a header, one row at a time: RFC 4180, UTF-8, with or without a byte order mark, LF or CRLF.
 *
 * Private to shop/. Strict, because a wrong quote shifts every column after it: a row that is not well formed is an
 * error of that row alone, and reading goes on with the line after its first. (libcsv, Debian's reader, names no lines,
 * sets no bounds and stops at the first wrong quote.) Values are borrowed until the next row. */
#ifndef SK_SHOP_CSV_H
#define SK_SHOP_CSV_H
#include <stdbool.h>

#include "base/err.h"

enum { CSV_COLUMNS_MAX = 64, CSV_FIELD_MAX_BYTES = 4096, CSV_FILE_MAX_BYTES = 256 << 20 };

struct csv;

struct csv_column {
    const char *name; /* NULL ends a list */
    bool required;    /* must be in the header */
};

/* Opens `path` and reads its header. A column of the file that is not in `columns` is passed over if `others`, else an
 * error. ERR_NOT_FOUND, ERR_IO, ERR_FORMAT (empty, no such header, binary, more than 256 MiB). */
SK_MUST_USE err_t csv_open(struct csv **out, const char *path, const struct csv_column *columns, bool others);
void csv_close(struct csv *c);

/* The next row: values[i] is that of columns[i], trimmed, "" if absent; NULL at the end of the file.
 * ERR_FORMAT: this row is bad, the next call goes on after it; ERR_IO: reading failed. */
SK_MUST_USE err_t csv_next(struct csv *c, const char *const **values);
/* Where the row (or bad row) at hand begins, from 1. */
int csv_line(const struct csv *c);

#endif
