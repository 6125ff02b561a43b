/* The code that the speaker says: for how long, how often, for how many tries. */
#include "support.h"

#include "web/login.h"

static struct login login;

static int begin(void **state) {
    (void)state;
    memset(&login, 0, sizeof login);
    return 0;
}

static void a_code_counts_once(void **state) {
    (void)state;
    assert_int_equal(login_try(&login, "123456", 1), LOGIN_GONE);
    assert_int_equal(login_try(&login, "", 1), LOGIN_GONE);
    assert_true(login_said(&login, "012345", 1));
    assert_int_equal(login_try(&login, "543210", 2), LOGIN_WRONG);
    assert_int_equal(login_try(&login, "012345", 3), LOGIN_RIGHT);
    assert_int_equal(login_try(&login, "012345", 4), LOGIN_GONE);
}

static void five_tries_and_not_the_right_one_as_the_sixth(void **state) {
    (void)state;
    static const char *const wrong[] = {"", "1234567", "12345", "12345a", "123457"};
    assert_true(login_said(&login, "123456", 1));
    for (int i = 0; i < 5; i++) {
        assert_int_equal(login_try(&login, wrong[i], 2), LOGIN_WRONG);
        assert_int_equal(login.tries, 4 - i);
    }
    assert_int_equal(login_try(&login, "123456", 2), LOGIN_GONE);
}

static void three_minutes(void **state) {
    (void)state;
    assert_true(login_said(&login, "123456", 7));
    assert_int_equal(login_try(&login, "123456", 7 + 3 * MINUTE), LOGIN_GONE);
    assert_true(login_said(&login, "123456", 7));
    assert_int_equal(login_try(&login, "123456", 6 + 3 * MINUTE), LOGIN_RIGHT);
}

static void another_code_takes_its_place(void **state) {
    (void)state;
    assert_true(login_said(&login, "111111", 1));
    assert_true(login_said(&login, "222222", 2));
    assert_int_equal(login_try(&login, "111111", 3), LOGIN_WRONG);
    assert_int_equal(login_try(&login, "222222", 3), LOGIN_RIGHT);
    assert_false(login_said(&login, "22222", 4)); /* said, but of no use */
    assert_int_equal(login_try(&login, "22222", 5), LOGIN_GONE);
}

static void three_in_any_ten_minutes(void **state) {
    (void)state;
    static const int64_t said[] = {0, 4 * MINUTE, 9 * MINUTE};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(login_wait_ms(&login, said[i]), 0);
        login_said(&login, "123456", said[i]);
    }
    assert_int_equal(login_wait_ms(&login, 9 * MINUTE), MINUTE);
    assert_int_equal(login_wait_ms(&login, 10 * MINUTE - 1), 1);
    assert_int_equal(login_wait_ms(&login, 10 * MINUTE), 0);
    login_said(&login, "123456", 10 * MINUTE);
    assert_int_equal(login_wait_ms(&login, 10 * MINUTE), 4 * MINUTE); /* after the second */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_code_counts_once, begin),
        cmocka_unit_test_setup(five_tries_and_not_the_right_one_as_the_sixth, begin),
        cmocka_unit_test_setup(three_minutes, begin),
        cmocka_unit_test_setup(another_code_takes_its_place, begin),
        cmocka_unit_test_setup(three_in_any_ten_minutes, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
