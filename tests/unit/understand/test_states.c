#include "folder.h"
#include "understand/states.h"

static void check_bad(const char *text, const char *message) {
    struct states s = {.n = 7};
    char expected[256];
    folder_write("states.ini", text);
    snprintf(expected, sizeof(expected), message, folder_path("states.ini"));
    assert_int_equal(states_load(&s, folder_path("states.ini"), NULL), ERR_FORMAT);
    assert_string_equal(err_reason(), expected);
    assert_int_equal(s.n, 7);
}

static void states_are_read(void **state) {
    (void)state;
    struct states s;
    folder_write(
        "states.ini",
        "[open]\nintents = search_product  order_status\nthreshold = 0.6\nmargin = 0.25\nfound = 0.2\nwordings = all\n"
        "typed = name_product\n"
        "[confirm]\nintents = yes no\nmargin = 0.4\n[choose]\nintents = yes\nmargin = 0.4\nfound = 0.7\n");
    assert_int_equal(states_load(&s, folder_path("states.ini"), NULL), ERR_OK);
    assert_int_equal(s.n, 3);
    const struct state *open = states_find(&s, "open"), *confirm = states_find(&s, "confirm");
    assert_non_null(open);
    assert_int_equal(open->n_intents, 2);
    assert_string_equal(open->intents[1], "order_status");
    assert_float_equal(open->threshold, 0.6f, 1e-6f);
    assert_float_equal(open->margin, 0.25f, 1e-6f);
    assert_float_equal(open->found, 0.2f, 1e-6f);
    assert_float_equal(confirm->found, 0.4f, 1e-6f);                   /* the margin */
    assert_float_equal(states_find(&s, "choose")->found, 0.4f, 1e-6f); /* no more than that */
    assert_float_equal(confirm->threshold, 0.5f, 1e-6f);
    assert_true(open->all_wordings);
    assert_int_equal(open->n_typed, 1);
    assert_string_equal(open->typed[0], "name_product");
    assert_int_equal(confirm->n_typed, 0);
    assert_false(confirm->all_wordings);
    assert_null(states_find(&s, "closed"));
}

static void a_shop_replaces_states(void **state) {
    (void)state;
    struct states s;
    folder_write("states.ini", "[open]\nintents = search_product\n[confirm]\nintents = yes no\n");
    folder_write("shop.ini", "[open]\nintents = add_to_cart\n[order]\nintents = stop\n");
    assert_int_equal(states_load(&s, folder_path("states.ini"), folder_path("shop.ini")), ERR_OK);
    assert_int_equal(s.n, 3);
    assert_string_equal(states_find(&s, "open")->intents[0], "add_to_cart");
    assert_int_equal(states_find(&s, "open")->n_intents, 1);
    assert_non_null(states_find(&s, "order"));
    assert_non_null(states_find(&s, "confirm"));
}

static void states_that_are_wrong(void **state) {
    (void)state;
    struct states s;
    check_bad("[open]\nintents = yes dance\n", "%s:2: there is no intent 'dance'");
    check_bad("[open]\nintents = yes\ntyped = dance\n", "%s:3: there is no intent 'dance'");
    check_bad("[open]\nintents = yes\ntyped = yes:2\n", "%s:3: there is no intent 'yes:2'");
    check_bad("[open]\nintents = yes\nwordings = many\n", "%s:3: wordings is all or few, not 'many'");
    check_bad("[open]\nthreshold = 0.5\n", "%s: the state [open] has no 'intents = ...'");
    check_bad("[a23456789012345678901234]\nintents = yes\n",
              "%s: the name of the state [a23456789012345678901234] is longer than 23 bytes");
    folder_write("states.ini", "[open]\nintents = yes\nthresold = 0.5\n");
    assert_int_equal(states_load(&s, folder_path("states.ini"), NULL), ERR_FORMAT);
    assert_non_null(strstr(err_reason(), "states.ini:3"));
    folder_write("states.ini", "[open]\nintents = yes\nthreshold = 2\n");
    assert_int_equal(states_load(&s, folder_path("states.ini"), NULL), ERR_RANGE);
    assert_int_equal(states_load(&s, folder_path("none.ini"), NULL), ERR_NOT_FOUND);
}

static void too_many_states(void **state) {
    (void)state;
    struct states s;
    char text[1024];
    int used = 0;
    for (int i = 0; i <= STATES_MAX; i++)
        used += snprintf(text + used, sizeof(text) - (size_t)used, "[s%d]\nintents = yes\n", i);
    folder_write("states.ini", text);
    assert_int_equal(states_load(&s, folder_path("states.ini"), NULL), ERR_FULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_are_read),
        cmocka_unit_test(a_shop_replaces_states),
        cmocka_unit_test(states_that_are_wrong),
        cmocka_unit_test(too_many_states),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
