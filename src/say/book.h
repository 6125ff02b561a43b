/* The replies of a locale, as models/README.md describes the file: ids and, for each, its wordings as message trees.
 * One thread; internal to say/. */
#ifndef SK_SAY_BOOK_H
#define SK_SAY_BOOK_H
#include "base/err.h"
#include "say/messageformat.h"
#include "say/reply.h"

enum { BOOK_IDS_MAX = 1000, BOOK_WORDINGS_MAX = 16, BOOK_WORDING_BYTES_MAX = 1000 };

struct book_entry {
    char id[REPLY_ID_MAX];
    int file; /* which book_read() it is from */
    int32_t wordings[BOOK_WORDINGS_MAX];
    int n_wordings;
    int last; /* wording used last, -1 none */
};

struct book {
    struct messages messages;
    struct book_entry *entries; /* in the order of the files */
    int n, room;
    int files;
};

/* Adds the entries of a file; those with an id of an earlier file replace it. On failure the book may only be freed.
 * ERR_NOT_FOUND, ERR_IO, ERR_FORMAT with file:line:column, ERR_FULL (over 1 MiB or BOOK_IDS_MAX), ERR_MEMORY. */
SK_MUST_USE err_t book_read(struct book *b, const char *path);
void book_free(struct book *b);
/* NULL if there is none. */
struct book_entry *book_find(const struct book *b, const char *id);

#endif
