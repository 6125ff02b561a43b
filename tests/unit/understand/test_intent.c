#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "understand/intent.h"

static void names_and_numbers_agree(void **state) {
    (void)state;
    for (int id = INTENT_NONE + 1; id < INTENT_COUNT; id++)
        assert_int_equal(intent_by_name(intent_name((enum intent_id)id)), id);
    assert_string_equal(intent_name(INTENT_search_product), "search_product");
}

static void what_is_no_intent_is_none(void **state) {
    (void)state;
    assert_int_equal(intent_by_name("dance"), INTENT_NONE);
    assert_int_equal(intent_by_name(""), INTENT_NONE);
    assert_string_equal(intent_name(INTENT_NONE), "");
    assert_string_equal(intent_name((enum intent_id)1000), "");
}

static void slots_are_found_by_name(void **state) {
    (void)state;
    struct intent in = {.n_slots = 2, .slots = {{.name = "query"}, {.name = "brand"}}};
    assert_ptr_equal(intent_slot(&in, "brand"), &in.slots[1]);
    assert_null(intent_slot(&in, "price"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_numbers_agree),
        cmocka_unit_test(what_is_no_intent_is_none),
        cmocka_unit_test(slots_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
