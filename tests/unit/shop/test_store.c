#include "support.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/str.h"
#include "shop/store.h"

enum { VERSIONS_MAX = 64 };

/* The names of the migrations, in order. */
static int migrations(char names[VERSIONS_MAX][64]) {
    struct dirent **files;
    int n = scandir(SCHEMA, &files, NULL, alphasort), kept = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        if (strstr(files[i]->d_name, ".sql")) str_copy(names[kept++], 64, files[i]->d_name);
        free(files[i]);
    }
    free(files);
    return kept;
}

/* A schema folder with the first n migrations only. */
static const char *schema_of(int n, char names[VERSIONS_MAX][64]) {
    char command[512];
    const char *dir = path_of("schema");
    snprintf(command, sizeof command, "rm -rf '%s' && mkdir '%s'", dir, dir);
    assert_int_equal(system(command), 0);
    for (int i = 0; i < n; i++) {
        snprintf(command, sizeof command, "cp '%s/%s' '%s'", SCHEMA, names[i], dir);
        assert_int_equal(system(command), 0);
    }
    return dir;
}

static int64_t version_of(const char *db) {
    sqlite3 *raw;
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_open(db, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, "PRAGMA user_version", -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t version = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(raw);
    return version;
}

static void raw_exec(const char *db, const char *sql) {
    sqlite3 *raw;
    assert_int_equal(sqlite3_open(db, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(raw), SQLITE_OK);
}

static void remove_db(const char *db) {
    char command[512];
    snprintf(command, sizeof command, "rm -f '%s' '%s-wal' '%s-shm'", db, db, db);
    assert_int_equal(system(command), 0);
}

static void upgrades_from_every_version(void **state) {
    (void)state;
    char names[VERSIONS_MAX][64];
    int n = migrations(names);
    assert_true(n >= 3);
    for (int from = 1; from <= n; from++) {
        struct shop *s = NULL;
        const char *db = path_of("upgrade.db");
        remove_db(db);
        assert_ok(shop_open(&s, db, schema_of(from, names)));
        assert_ok(sql_run(s, SQL_META_SET, "tt", "kept", "yes"));
        shop_close(s);
        assert_int_equal(version_of(db), from);

        char kept[8];
        assert_ok(shop_open(&s, db, SCHEMA));
        assert_ok(meta_text(s, "kept", "no", kept, sizeof kept));
        assert_string_equal(kept, "yes");
        struct import_report report = report_make();
        assert_ok(shop_load(s, SK_DATA_DIR "/catalog/cafe", NULL, &report, NOW));
        shop_close(s);
        assert_int_equal(version_of(db), n);
    }
}

static void refuses_a_newer_database_and_leaves_it(void **state) {
    (void)state;
    char names[VERSIONS_MAX][64], command[512];
    struct shop *s = NULL;
    const char *db = path_of("newer.db");
    int n = migrations(names);
    assert_ok(shop_open(&s, db, SCHEMA));
    shop_close(s);
    raw_exec(db, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 999");
    snprintf(command, sizeof command, "cp '%s' '%s.before'", db, db);
    assert_int_equal(system(command), 0);

    s = NULL;
    assert_int_equal(shop_open(&s, db, SCHEMA), ERR_VERSION);
    assert_null(s);
    assert_reason("was made by a newer program (version 999");
    snprintf(command, sizeof command, "cmp '%s' '%s.before'", db, db);
    assert_int_equal(system(command), 0);
    assert_true(n < 999);
}

static void a_failed_migration_changes_nothing(void **state) {
    (void)state;
    char names[VERSIONS_MAX][64], bad[256];
    struct shop *s = NULL;
    const char *db = path_of("broken.db");
    const char *schema = (migrations(names), schema_of(1, names));
    snprintf(bad, sizeof bad, "schema/002-bad.sql");
    file_write(bad, "CREATE TABLE half (x INTEGER); CREATE TABEL oops;");
    assert_int_equal(shop_open(&s, db, schema), ERR_IO);
    assert_reason("migration 002-bad.sql");
    assert_int_equal(version_of(db), 1);
    raw_exec(db, "CREATE TABLE half (x INTEGER)"); /* it is not there */

    file_write("schema/004-later.sql", "SELECT 1;");
    assert_int_equal(unlink(path_of("schema/002-bad.sql")), 0);
    assert_int_equal(shop_open(&s, path_of("gap.db"), schema), ERR_FORMAT);
    assert_reason("002 is missing");
    assert_int_equal(shop_open(&s, path_of("none.db"), path_of("nowhere")), ERR_NOT_FOUND);
    assert_reason("cannot read schema folder");
}

static void refuses_what_is_no_database_of_ours(void **state) {
    (void)state;
    struct shop *s = NULL;
    char text[4096];
    memset(text, 'x', sizeof text);
    const char *path = file_write_bytes("text.db", text, sizeof text);
    assert_int_equal(shop_open(&s, path, SCHEMA), ERR_FORMAT);
    assert_reason("is not a database: move it away");
    char after[4096];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    assert_int_equal(fread(after, 1, sizeof after, f), sizeof after);
    fclose(f);
    assert_memory_equal(text, after, sizeof text);

    raw_exec(path_of("other.db"), "CREATE TABLE bookmarks (url TEXT)");
    assert_int_equal(shop_open(&s, path_of("other.db"), SCHEMA), ERR_FORMAT);
    assert_reason("is the database of another program");

    assert_int_equal(shop_open(&s, path_of("no/such/folder.db"), SCHEMA), ERR_IO);
    assert_reason("cannot be opened: check that its folder is there");
    assert_null(s);
}

static void a_locked_database_is_busy_and_loses_nothing(void **state) {
    (void)state;
    struct shop *s = NULL, *other = NULL;
    const char *db = path_of("locked.db");
    assert_ok(shop_open(&s, db, SCHEMA));
    assert_ok(shop_open(&other, db, SCHEMA));
    sqlite3_busy_timeout(s->db, 50); /* two seconds are the shopper's patience, not the test's */
    assert_ok(tx_begin(other));
    assert_ok(meta_set(other, "a", "1"));
    assert_int_equal(conversation_note(s, "shopper", "hello", "greeting", NOW), ERR_BUSY);
    assert_reason("is in use by another program: try again");
    assert_ok(tx_end(other, ERR_OK));
    assert_ok(conversation_note(s, "shopper", "hello", "greeting", NOW));
    char value[8];
    assert_ok(meta_text(s, "a", "", value, sizeof value));
    assert_string_equal(value, "1");
    shop_close(other);
    shop_close(s);
}

static void a_read_only_database_says_so(void **state) {
    (void)state;
    struct shop *s = NULL;
    char uri[300];
    const char *db = path_of("fixed.db");
    assert_ok(shop_open(&s, db, SCHEMA));
    shop_close(s);
    snprintf(uri, sizeof uri, "file:%s?mode=ro", db);
    assert_ok(shop_open(&s, uri, SCHEMA)); /* reading works */
    int64_t n;
    assert_ok(catalog_count(s, &n));
    assert_int_equal(conversation_note(s, "shopper", "hello", "", NOW), ERR_IO);
    assert_reason("may not be written: mend its permissions");
    shop_close(s);
}

/* A disk that is full takes back the whole import, and the store goes on with what it has. */
static void a_full_disk_loses_nothing(void **state) {
    (void)state;
    struct shop *s = NULL;
    assert_ok(shop_open(&s, path_of("full.db"), SCHEMA));
    assert_ok(catalog_import(s, file_write("p.csv", "id,title\n1,Oat Milk\n"), NULL, NULL));
    char *csv = malloc(400000);
    assert_non_null(csv);
    size_t n = (size_t)sprintf(csv, "id,title\n");
    for (int i = 0; i < 4000; i++)
        n += (size_t)sprintf(csv + n, "x%d,Another thing of number %d and much to say\n", i, i);
    file_write_bytes("many.csv", csv, n);
    free(csv);
    assert_int_equal(sqlite3_exec(s->db, "PRAGMA max_page_count = 60", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(catalog_import(s, path_of("many.csv"), NULL, NULL), ERR_FULL);
    assert_reason("cannot grow: make room on its disk");
    int64_t count;
    assert_ok(catalog_count(s, &count));
    assert_int_equal(count, 1);
    assert_string_equal(product_find(s, "oat milk").id, "1");
    shop_close(s);
}

static void a_damaged_database_says_so(void **state) {
    (void)state;
    struct shop *s = NULL;
    struct import_report report = report_make();
    const char *db = path_of("damaged.db");
    assert_ok(shop_open(&s, db, SCHEMA));
    assert_ok(shop_load(s, SK_DATA_DIR "/catalog/cafe", NULL, &report, NOW));
    shop_close(s);
    s = NULL;
    FILE *f = fopen(db, "r+b");
    assert_non_null(f);
    assert_int_equal(fseek(f, 4096, SEEK_SET), 0); /* the first page holds the schema */
    for (int i = 0; i < 40 * 4096; i++) fputc('x', f);
    fclose(f);
    int64_t n;
    err_t err = shop_open(&s, db, SCHEMA);
    if (!err) err = catalog_count(s, &n);
    assert_int_equal(err, ERR_FORMAT);
    assert_reason("is damaged: put back a copy");
    shop_close(s);
}

static void settings_are_those_of_the_plan(void **state) {
    (void)state;
    struct shop *s = NULL;
    assert_ok(shop_open(&s, path_of("set.db"), SCHEMA));
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_prepare_v2(s->db, "PRAGMA journal_mode", -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(q, 0), "wal");
    sqlite3_finalize(q);
    assert_int_equal(sqlite3_prepare_v2(s->db, "PRAGMA foreign_keys", -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(q, 0), 1);
    sqlite3_finalize(q);
    shop_close(s);
    shop_close(NULL);
}

/* Each statement of the table is good SQL against the newest schema. */
static void every_statement_prepares(void **state) {
    (void)state;
    struct shop *s = shop_in_memory();
    for (int id = 0; id < SQL_COUNT; id++) {
        sqlite3_stmt *q = NULL;
        if (sqlite3_prepare_v2(s->db, sql_source((enum sql)id), -1, &q, NULL)) {
            fail_msg("statement %d: %s\n%s", id, sqlite3_errmsg(s->db), sql_source((enum sql)id));
        }
        sqlite3_finalize(q);
    }
    shop_close(s);
}

static void the_conversation_is_kept_and_bounded(void **state) {
    (void)state;
    struct shop *s = shop_in_memory();
    assert_int_equal(conversation_note(s, "television", "buy it", "", NOW), ERR_ARG);
    for (int i = 0; i < 2100; i++) assert_ok(conversation_note(s, "shopper", "hello", NULL, NOW + i));
    sqlite3_stmt *q;
    const char *sql = "SELECT count(*), max(at_ms) FROM conversation";
    assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(q, 0), 2000);
    assert_int_equal(sqlite3_column_int64(q, 1), NOW + 2099);
    sqlite3_finalize(q);
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(upgrades_from_every_version),
        cmocka_unit_test(refuses_a_newer_database_and_leaves_it),
        cmocka_unit_test(a_failed_migration_changes_nothing),
        cmocka_unit_test(refuses_what_is_no_database_of_ours),
        cmocka_unit_test(a_locked_database_is_busy_and_loses_nothing),
        cmocka_unit_test(a_read_only_database_says_so),
        cmocka_unit_test(a_full_disk_loses_nothing),
        cmocka_unit_test(a_damaged_database_says_so),
        cmocka_unit_test(settings_are_those_of_the_plan),
        cmocka_unit_test(every_statement_prepares),
        cmocka_unit_test(the_conversation_is_kept_and_bounded),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
