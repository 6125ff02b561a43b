#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"

static char heard[8192];

struct redirected {
    FILE *file;
    int saved;
};

/* Standard error goes to a file while the test runs; hear_all() gives what came. */
static int redirect(void **state) {
    FILE *file = tmpfile();
    if (!file) return -1;
    static struct redirected r;
    r.file = file;
    r.saved = dup(STDERR_FILENO);
    *state = &r;
    unsetenv("JOURNAL_STREAM");
    log_set_level(LEVEL_WARNING);
    return dup2(fileno(file), STDERR_FILENO) < 0 ? -1 : 0;
}

static int restore(void **state) {
    struct redirected *r = *state;
    dup2(r->saved, STDERR_FILENO);
    close(r->saved);
    return fclose(r->file);
}

static const char *hear_all(void **state) {
    struct redirected *r = *state;
    rewind(r->file);
    size_t n = fread(heard, 1, sizeof heard - 1, r->file);
    heard[n] = '\0';
    return heard;
}

static void drops_what_is_above_the_level(void **state) {
    log_error("cannot open %s", "a.wav");
    log_warning("late");
    log_info("hello");
    log_debug("detail");
    assert_string_equal(hear_all(state), "error: cannot open a.wav\nwarning: late\n");
}

static void says_all_at_debug(void **state) {
    log_set_level(LEVEL_DEBUG);
    log_info("hello");
    log_debug("detail");
    assert_string_equal(hear_all(state), "hello\ndebug: detail\n");
}

static void has_priorities_for_the_journal(void **state) {
    setenv("JOURNAL_STREAM", "8:1", 1);
    log_set_level(LEVEL_DEBUG);
    log_error("a");
    log_warning("b");
    log_info("c");
    log_debug("d");
    assert_string_equal(hear_all(state), "<3>a\n<4>b\n<6>c\n<7>d\n");
}

static void one_message_stays_one_line(void **state) {
    log_error("%s", "title\n<2>forged\x1b[31m");
    assert_string_equal(hear_all(state), "error: title <2>forged [31m\n");
}

static void a_long_message_is_cut_and_ends_its_line(void **state) {
    char text[3000] = "";
    for (int i = 0; i < 1000; i++) strcat(text, "\xC3\xA9");
    log_error("%s", text);
    log_error("next");
    const char *all = hear_all(state);
    size_t n = strlen(all);
    assert_true(n < 1100 && n > 1000);
    assert_true(str_is_utf8(all, n));
    assert_string_equal(all + n - strlen("\nerror: next\n"), "\nerror: next\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(drops_what_is_above_the_level, redirect, restore),
        cmocka_unit_test_setup_teardown(says_all_at_debug, redirect, restore),
        cmocka_unit_test_setup_teardown(has_priorities_for_the_journal, redirect, restore),
        cmocka_unit_test_setup_teardown(one_message_stays_one_line, redirect, restore),
        cmocka_unit_test_setup_teardown(a_long_message_is_cut_and_ends_its_line, redirect, restore),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
