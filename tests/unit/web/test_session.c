/* Who is logged in, and until when. */
#include "support.h"

#include "web/session.h"

static struct sessions sessions;

static int begin(void **state) {
    (void)state;
    memset(&sessions, 0, sizeof sessions);
    return 0;
}

static void a_token_is_known_for_thirty_days_and_is_not_kept(void **state) {
    (void)state;
    char token[TOKEN_MAX], other[TOKEN_MAX];
    assert_ok(sessions_begin(&sessions, 5, token));
    assert_int_equal(strlen(token), 64);
    assert_non_null(sessions_find(&sessions, token, 30 * DAY));
    assert_null(sessions_find(&sessions, token, 30 * DAY + 5));
    assert_null(memmem(&sessions, sizeof sessions, token, 16));
    assert_ok(sessions_begin(&sessions, 5, other));
    assert_string_not_equal(token, other);
}

static void what_is_no_token_is_nobody(void **state) {
    (void)state;
    char token[TOKEN_MAX], wrong[TOKEN_MAX];
    assert_ok(sessions_begin(&sessions, 5, token));
    strcpy(wrong, token);
    wrong[63] = wrong[63] == '0' ? '1' : '0';
    assert_null(sessions_find(&sessions, wrong, 6));
    wrong[63] = '\0';
    assert_null(sessions_find(&sessions, wrong, 6));
    assert_null(sessions_find(&sessions, "", 6));
    /* a free place is nobody's */
    memset(&sessions, 0, sizeof sessions);
    assert_null(sessions_find(&sessions, token, 6));
}

static void the_ninth_takes_the_place_of_the_one_not_used_for_longest(void **state) {
    (void)state;
    char tokens[SESSIONS_MAX + 1][TOKEN_MAX];
    for (int i = 0; i < SESSIONS_MAX; i++) assert_ok(sessions_begin(&sessions, i, tokens[i]));
    assert_non_null(sessions_find(&sessions, tokens[0], 100)); /* used just now */
    assert_ok(sessions_begin(&sessions, 101, tokens[SESSIONS_MAX]));
    for (int i = 0; i <= SESSIONS_MAX; i++) {
        if (i == 1)
            assert_null(sessions_find(&sessions, tokens[i], 102));
        else
            assert_non_null(sessions_find(&sessions, tokens[i], 102));
    }
}

static void logging_out_ends_one(void **state) {
    (void)state;
    char one[TOKEN_MAX], two[TOKEN_MAX];
    assert_ok(sessions_begin(&sessions, 1, one));
    assert_ok(sessions_begin(&sessions, 1, two));
    session_end(sessions_find(&sessions, one, 2));
    assert_null(sessions_find(&sessions, one, 2));
    assert_non_null(sessions_find(&sessions, two, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_token_is_known_for_thirty_days_and_is_not_kept, begin),
        cmocka_unit_test_setup(what_is_no_token_is_nobody, begin),
        cmocka_unit_test_setup(the_ninth_takes_the_place_of_the_one_not_used_for_longest, begin),
        cmocka_unit_test_setup(logging_out_ends_one, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
