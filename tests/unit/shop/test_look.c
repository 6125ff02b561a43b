/* A program that only looks into the store: it sees what others write, and writes nothing itself. */
#include "support.h"

#include "base/str.h"

static char seen[4096];

static void note_turn(void *ctx, int64_t id, int64_t at_ms, const char *who, const char *text) {
    (void)ctx;
    size_t n = strlen(seen);
    assert_true(id > 0 && at_ms >= NOW);
    snprintf(seen + n, sizeof seen - n, "%s: %s\n", who, text);
}

static const char *turns(struct shop *s, int n) {
    seen[0] = '\0';
    assert_ok(conversation_last(s, n, note_turn, NULL));
    return seen;
}

static struct shop *look(const char *db) {
    struct shop *s = NULL;
    assert_ok(shop_open_to_read(&s, db, SCHEMA));
    return s;
}

static bool is_there(const char *db, const char *suffix) {
    char path[512];
    snprintf(path, sizeof path, "%s%s", db, suffix);
    return access(path, F_OK) == 0;
}

static void sees_what_is_written_meanwhile(void **state) {
    (void)state;
    const char *db = path_of("a %41?b#c.db"); /* means something in a URI */
    struct shop *writer, *reader;
    assert_ok(shop_open(&writer, db, SCHEMA));
    assert_ok(conversation_note(writer, "shopper", "one", "", NOW));
    reader = look(db);
    assert_string_equal(turns(reader, 5), "shopper: one\n");
    assert_ok(conversation_note(writer, "assistant", "two", "", NOW + 1));
    assert_ok(conversation_note(writer, "shopper", "three", "", NOW + 2));
    assert_string_equal(turns(reader, 2), "assistant: two\nshopper: three\n");
    assert_int_not_equal(conversation_note(reader, "shopper", "four", "", NOW), ERR_OK);
    shop_close(reader);
    assert_ok(conversation_note(writer, "shopper", "five", "", NOW + 3));
    reader = look(db);
    shop_close(writer); /* who looks keeps nobody from ending */
    assert_string_equal(turns(reader, 1), "shopper: five\n");
    shop_close(reader);
}

static void nobody_else_has_it_open(void **state) {
    (void)state;
    const char *db = path_of("alone.db");
    struct shop *s;
    assert_ok(shop_open(&s, db, SCHEMA));
    assert_ok(conversation_note(s, "shopper", "one", "", NOW));
    shop_close(s);
    assert_false(is_there(db, "-wal"));
    s = look(db);
    assert_string_equal(turns(s, 5), "shopper: one\n");
    assert_false(is_there(db, "-wal") || is_there(db, "-shm"));
    shop_close(s);
}

/* As after kill -9: what is in the log was committed. */
static void a_log_that_was_left_counts(void **state) {
    (void)state;
    const char *db = path_of("left.db");
    char command[1200];
    struct shop *s;
    assert_ok(shop_open(&s, db, SCHEMA));
    assert_ok(conversation_note(s, "shopper", "one", "", NOW));
    snprintf(command, sizeof command, "for x in '' -wal -shm; do cp '%s'$x '%s.copy'$x; done", db, db);
    assert_int_equal(system(command), 0);
    shop_close(s);
    char copy[300];
    snprintf(copy, sizeof copy, "%s.copy", db);
    s = look(copy);
    assert_string_equal(turns(s, 5), "shopper: one\n");
    shop_close(s);
}

static void set_version(const char *db, int version) {
    sqlite3 *raw;
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", version);
    assert_int_equal(sqlite3_open(db, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(raw), SQLITE_OK);
}

static void another_version_is_refused_and_left(void **state) {
    (void)state;
    const char *db = path_of("version.db");
    struct shop *s = NULL;
    assert_int_equal(shop_open_to_read(&s, db, SCHEMA), ERR_NOT_FOUND);
    assert_reason("there is no database");
    assert_false(is_there(db, ""));
    file_write("version.db", "");
    assert_int_equal(shop_open_to_read(&s, db, SCHEMA), ERR_NOT_FOUND);
    assert_reason("is empty as yet");
    assert_ok(shop_open(&s, db, SCHEMA));
    shop_close(s);
    s = NULL;
    set_version(db, 999);
    assert_int_equal(shop_open_to_read(&s, db, SCHEMA), ERR_VERSION);
    assert_reason("newer program (version 999");
    set_version(db, 3);
    assert_int_equal(shop_open_to_read(&s, db, SCHEMA), ERR_VERSION);
    assert_reason("is of version 3, not yet of");
    file_write("other.db", "no database at all, but longer than nothing");
    assert_int_equal(shop_open_to_read(&s, path_of("other.db"), SCHEMA), ERR_FORMAT);
    assert_null(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sees_what_is_written_meanwhile),
        cmocka_unit_test(nobody_else_has_it_open),
        cmocka_unit_test(a_log_that_was_left_counts),
        cmocka_unit_test(another_version_is_refused_and_left),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
