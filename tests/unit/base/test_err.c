#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"

static void reads_as_a_sentence(void **state) {
    (void)state;
    err_t err = err_fail(ERR_FORMAT, "price '%s' is not a number", "abc");
    err = err_prefix(err, "line %d", 7);
    err = err_prefix(err, "cannot start");
    assert_int_equal(err, ERR_FORMAT);
    assert_string_equal(err_reason(), "cannot start: line 7: price 'abc' is not a number");
}

static void success_is_not_prefixed(void **state) {
    (void)state;
    err_fail(ERR_IO, "before");
    assert_int_equal(err_prefix(ERR_OK, "nothing wrong"), ERR_OK);
    assert_string_equal(err_reason(), "before");
}

static void the_reason_may_be_its_own_argument(void **state) {
    (void)state;
    err_fail(ERR_IO, "inner");
    err_fail(ERR_FORMAT, "outer (%s)", err_reason());
    assert_string_equal(err_reason(), "outer (inner)");
    err_prefix(ERR_FORMAT, "%s", err_reason());
    assert_string_equal(err_reason(), "outer (inner): outer (inner)");
}

static void a_long_reason_is_cut_between_characters(void **state) {
    (void)state;
    char text[1200] = "x";
    for (int i = 0; i < 500; i++) strcat(text, "\xC3\xA9"); /* e acute */
    err_fail(ERR_IO, "%s", text);
    assert_int_equal(strlen(err_reason()), 511);
    assert_true(str_is_utf8(err_reason(), strlen(err_reason())));

    err_prefix(ERR_IO, "ab"); /* moves every character by an even number of bytes */
    assert_int_equal(strlen(err_reason()), 511);
    err_prefix(ERR_IO, "a");
    assert_int_equal(strlen(err_reason()), 510);
    assert_true(str_is_utf8(err_reason(), strlen(err_reason())));
}

static void *fail_elsewhere(void *arg) {
    const char **seen = arg;
    *seen = *err_reason() ? "something" : "nothing";
    err_fail(ERR_IO, "of the other thread");
    return NULL;
}

static void each_thread_has_its_own(void **state) {
    (void)state;
    err_fail(ERR_BUSY, "mine");
    const char *seen = NULL;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, fail_elsewhere, &seen), 0);
    pthread_join(thread, NULL);
    assert_string_equal(seen, "nothing");
    assert_string_equal(err_reason(), "mine");
}

static err_t try_twice(err_t first, int *reached) {
    TRY(first);
    *reached += 1;
    TRY(err_fail(ERR_FULL, "second"));
    *reached += 1;
    return ERR_OK;
}

static void try_returns_the_first_error(void **state) {
    (void)state;
    int reached = 0;
    assert_int_equal(try_twice(ERR_BUSY, &reached), ERR_BUSY);
    assert_int_equal(reached, 0);
    assert_int_equal(try_twice(ERR_OK, &reached), ERR_FULL);
    assert_int_equal(reached, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_as_a_sentence),
        cmocka_unit_test(success_is_not_prefixed),
        cmocka_unit_test(the_reason_may_be_its_own_argument),
        cmocka_unit_test(a_long_reason_is_cut_between_characters),
        cmocka_unit_test(each_thread_has_its_own),
        cmocka_unit_test(try_returns_the_first_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
