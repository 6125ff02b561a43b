/* Migrations: catalog/schema/NNN-name.sql, each applied once, in a transaction of its own that also notes its number.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "shop/store.h"

enum {
    APPLICATION_ID = 0x53686f70, /* "Shop": PRAGMA application_id of our databases */
    SQL_MAX_BYTES = 1 << 20,
};

static err_t pragma_int(struct shop *s, const char *sql, int *out) {
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL)) return store_error(s);
    err_t err = ERR_OK;
    if (sqlite3_step(q) == SQLITE_ROW) {
        *out = sqlite3_column_int(q, 0);
    } else {
        err = store_error(s);
    }
    sqlite3_finalize(q);
    return err;
}

err_t store_version(struct shop *s, int *out) {
    int version = 0, application = 0, tables = 0;
    TRY(pragma_int(s, "SELECT count(*) FROM sqlite_schema", &tables));
    TRY(pragma_int(s, "PRAGMA application_id", &application));
    TRY(pragma_int(s, "PRAGMA user_version", &version));
    if (application != APPLICATION_ID && (application || version || tables)) {
        return err_fail(ERR_FORMAT, "%s is the database of another program: name another file", s->path);
    }
    *out = version;
    return ERR_OK;
}

/* ---- the files ---- */

static int is_migration(const struct dirent *entry) {
    const char *name = entry->d_name;
    size_t n = strlen(name);
    return n > 8 && isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]) &&
           isdigit((unsigned char)name[2]) && name[3] == '-' && str_equal(name + n - 4, ".sql");
}

static err_t file_read(char **out, const char *path) {
    FILE *f = fopen(path, "rbe");
    if (!f) return err_fail(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    char *text = malloc(SQL_MAX_BYTES);
    size_t n = text ? fread(text, 1, SQL_MAX_BYTES, f) : 0;
    bool whole = text && !ferror(f) && n < SQL_MAX_BYTES;
    fclose(f);
    if (!whole) {
        free(text);
        return err_fail(ERR_IO, "cannot read all of %s: it may have %d bytes at most", path, SQL_MAX_BYTES - 1);
    }
    text[n] = '\0';
    *out = text;
    return ERR_OK;
}

/* ---- applying ---- */

static err_t apply_in_tx(struct shop *s, int number, const char *sql) {
    int version;
    TRY(store_version(s, &version));
    if (version >= number) return ERR_OK; /* another program was faster */
    if (sqlite3_exec(s->db, sql, NULL, NULL, NULL)) return store_error(s);
    char note[96];
    snprintf(note, sizeof note, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID, number);
    return sqlite3_exec(s->db, note, NULL, NULL, NULL) ? store_error(s) : ERR_OK;
}

static err_t apply_file(struct shop *s, int number, const char *dir, const char *name) {
    char path[512];
    if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, name) >= sizeof path) {
        return err_fail(ERR_ARG, "the path of schema folder %s is too long", dir);
    }
    char *sql = NULL;
    TRY(file_read(&sql, path));
    err_t err = tx_begin(s);
    if (!err) err = tx_end(s, apply_in_tx(s, number, sql));
    free(sql);
    return err_prefix(err, "migration %s", name);
}

static err_t not_newer(struct shop *s, int *version, int known) {
    TRY(store_version(s, version));
    if (*version <= known) return ERR_OK;
    return err_fail(ERR_VERSION, "database %s was made by a newer program (version %d, this one knows %d): update it",
                    s->path, *version, known);
}

static err_t apply_missing(struct shop *s, const char *dir, struct dirent **files, int n) {
    int version;
    TRY(not_newer(s, &version, n));
    for (int i = version; i < n; i++) TRY(apply_file(s, i + 1, dir, files[i]->d_name));
    return ERR_OK;
}

static err_t check_current(struct shop *s, const char *dir, struct dirent **files, int n) {
    (void)dir;
    (void)files;
    int version;
    TRY(not_newer(s, &version, n));
    if (version == n) return ERR_OK;
    if (version == 0) return err_fail(ERR_NOT_FOUND, "database %s is empty as yet: shopkeeperd fills it", s->path);
    return err_fail(ERR_VERSION, "database %s is of version %d, not yet of %d: shopkeeperd brings it there", s->path,
                    version, n);
}

static err_t none_is_missing(const char *dir, struct dirent **files, int n) {
    if (n == 0) return err_fail(ERR_NOT_FOUND, "schema folder %s has no NNN-name.sql: install the program again", dir);
    for (int i = 0; i < n; i++) {
        if (atoi(files[i]->d_name) != i + 1)
            return err_fail(ERR_FORMAT, "schema folder %s: %03d is missing: install the program again", dir, i + 1);
    }
    return ERR_OK;
}

static err_t with_migrations(struct shop *s, const char *schema_dir,
                             err_t (*fn)(struct shop *s, const char *dir, struct dirent **files, int n)) {
    struct dirent **files;
    int n = scandir(schema_dir, &files, is_migration, alphasort);
    if (n < 0) return err_fail(ERR_NOT_FOUND, "cannot read schema folder %s: %s", schema_dir, strerror(errno));
    err_t err = none_is_missing(schema_dir, files, n);
    if (!err) err = fn(s, schema_dir, files, n);
    for (int i = 0; i < n; i++) free(files[i]);
    free(files);
    return err;
}

err_t store_migrate(struct shop *s, const char *schema_dir) {
    return with_migrations(s, schema_dir, apply_missing);
}

err_t store_is_current(struct shop *s, const char *schema_dir) {
    return with_migrations(s, schema_dir, check_current);
}
