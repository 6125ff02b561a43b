/* Replies as plain data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "say/reply.h"

static void arguments_are_kept_in_order(void **state) {
    (void)state;
    struct reply r = reply_make("cart.shown");
    reply_text(&r, "title", "Milk");
    reply_number(&r, "n", 2500);
    reply_money(&r, "price", 349, "USD");
    reply_date(&r, "day", 1777992000000);
    reply_time(&r, "time", 1777992000001);
    reply_digits(&r, "number", "10452");
    assert_string_equal(r.id, "cart.shown");
    assert_int_equal(r.n_args, 6);
    assert_string_equal(r.args[0].text, "Milk");
    assert_int_equal(r.args[1].number, 2500);
    assert_string_equal(r.args[2].text, "USD");
    assert_int_equal(r.args[2].number, 349);
    assert_int_equal(r.args[3].kind, ARG_DATE);
    assert_int_equal(r.args[4].number, 1777992000001);
    assert_string_equal(r.args[5].name, "number");
}

static void equal_replies_are_equal_bytes(void **state) {
    (void)state;
    struct reply a = reply_make("x"), b;
    memset(&b, 0xA5, sizeof b);
    b = reply_make("x");
    reply_text(&a, "t", "one");
    reply_text(&b, "t", "one");
    assert_int_equal(a.n_args, b.n_args);
    assert_memory_equal(a.args[0].text, b.args[0].text, sizeof a.args[0].text);
}

static void long_texts_are_cut_between_characters(void **state) {
    (void)state;
    char text[2 * ARG_TEXT_MAX];
    memset(text, 'x', sizeof text);
    memcpy(text + ARG_TEXT_MAX - 2, "\xC3\xA9", 3); /* the last byte that fits is half a character */
    struct reply r = reply_make("x");
    reply_text(&r, "t", text);
    assert_int_equal(strlen(r.args[0].text), ARG_TEXT_MAX - 2);
}

static void lists_grow_by_whole_items(void **state) {
    (void)state;
    struct reply r = reply_make("x");
    reply_list_add(&r, "a", "milk");
    reply_list_add(&r, "b", "other");
    reply_list_add(&r, "a", "bread");
    assert_int_equal(r.n_args, 2);
    assert_string_equal(r.args[0].text, "milk\nbread");
    assert_string_equal(r.args[1].text, "other");

    char item[ARG_TEXT_MAX];
    size_t room = ARG_TEXT_MAX - 1 - strlen("milk\nbread\n");
    memset(item, 'x', room + 1);
    item[room + 1] = '\0';
    reply_list_add(&r, "a", item);
    assert_string_equal(r.args[0].text, "milk\nbread");
    item[room] = '\0';
    reply_list_add(&r, "a", item);
    assert_int_equal(strlen(r.args[0].text), ARG_TEXT_MAX - 1);
    reply_list_add(&r, "a", "");
    assert_int_equal(strlen(r.args[0].text), ARG_TEXT_MAX - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arguments_are_kept_in_order),
        cmocka_unit_test(equal_replies_are_equal_bytes),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(lists_grow_by_whole_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
