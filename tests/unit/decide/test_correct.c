/* By a property, corrections, and going back. */
#include "play.h"

static struct product milks[3];
static struct cart cart;

static int begin(void **state) {
    milks[0] = product(1, "Whole Milk", 299);
    milks[1] = product(2, "Skim Milk", 309);
    milks[2] = product(3, "Oat Milk", 379);
    static const int64_t sizes[] = {1892, 946, 946};
    for (int i = 0; i < 3; i++) {
        str_copy(milks[i].size_of, sizeof milks[i].size_of, "volume");
        milks[i].size_milli = sizes[i];
    }
    cart = (struct cart){0};
    return play_begin(state);
}

static void search_milk(void) {
    say_with(INTENT_search_product, "query", "milk");
    found(milks, 3, 3);
    expect_said("search.three");
}

/* ---- by a property ---- */

static void the_bigger_of_those_read_out(void **state) {
    (void)state;
    search_milk();
    say_with(INTENT_refine, "_size", "bigger");
    expect_text(expect_said("details.chosen"), "title", "Whole Milk");
}

static void several_of_one_size_are_asked_about_again(void **state) {
    (void)state;
    search_milk();
    say_with(INTENT_refine, "_size", "smaller");
    expect_text(expect_said("which.two"), "one", "Skim Milk");
    say_with(INTENT_refine, "_size", "smaller");
    expect_text(expect_said("refine.none"), "size", "small"); /* they are of one size */
}

static void sizes_that_measure_different_things_are_not_compared(void **state) {
    (void)state;
    str_copy(milks[1].size_of, sizeof milks[1].size_of, "weight");
    search_milk();
    say_with(INTENT_refine, "_size", "bigger");
    expect_said("refine.none");
    expect_listens("choose");
}

static void another_kind_of_what_is_at_hand_keeps_the_quantity(void **state) {
    (void)state;
    struct product kinds[2] = {product(7, "Juice", 200), product(8, "Juice", 350)};
    str_copy(kinds[0].options, OPTIONS_MAX, "size: one pint; color: red");
    str_copy(kinds[1].options, OPTIONS_MAX, "size: one gallon; color: blue");
    for (int i = 0; i < 2; i++) {
        str_copy(kinds[i].size_of, sizeof kinds[i].size_of, "volume");
        kinds[i].size_milli = 1000 * (i + 1);
    }
    say_with(INTENT_search_product, "query", "juice");
    found(kinds, 1, 1);
    play.d.wish.quantity_milli = 3000;
    say_with(INTENT_refine, "property", "blue");
    assert_int_equal(expect(EFFECT_FORMS)->forms.variants[0], 7);
    found(kinds, 2, 2);
    expect_text(expect_said("details.chosen"), "title", "Juice (one gallon, blue)");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 8);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 3000);
}

static void a_property_that_none_has_is_looked_for_in_the_shop(void **state) {
    (void)state;
    search_milk();
    say_with(INTENT_refine, "property", "goat");
    assert_int_equal(expect(EFFECT_FORMS)->forms.n, 3);
    assert_string_equal(expect(EFFECT_FORMS)->forms.words, "goat");
    found(NULL, 0, 0);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "milk goat");
    struct product others[2] = {product(9, "Goat Milk", 499), milks[0]};
    found(others, 2, 2);
    expect_text(expect_said("search.one"), "title", "Goat Milk");
}

static void nothing_at_hand_is_asked_about(void **state) {
    (void)state;
    say_with(INTENT_refine, "_size", "bigger");
    expect_said("refine.what");
}

/* ---- corrections ---- */

static void add_rolls(int64_t quantity_milli) {
    struct product rolls = product(5, "Hot Dog Rolls", 300);
    struct intent in = intent(INTENT_add_to_cart);
    slot_add(&in, "product", "hot dog rolls");
    slot_number(&in, "quantity", quantity_milli);
    say_intent(in);
    found(&rolls, 1, 1);
    cart_line(&cart, 5, "Hot Dog Rolls", (int)quantity_milli, 300);
    told_cart(&cart);
    expect_said("cart.added_first");
}

static void what_was_misheard_goes_out_for_what_was_said(void **state) {
    (void)state;
    add_rolls(2000);
    say_with(INTENT_correct, "product", "oat milk");
    assert_string_equal(expect(EFFECT_FIND)->find.query, "oat milk");
    found(&milks[2], 1, 1);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 2000);
    cart_line(&cart, 3, "Oat Milk", 2000, 379);
    told_cart(&cart);
    const struct effect_set *set = &expect(EFFECT_SET)->set;
    assert_int_equal(set->variant, 5);
    assert_int_equal(set->quantity_milli, 0);
    struct cart now = {0};
    cart_line(&now, 3, "Oat Milk", 2000, 379);
    told_cart(&now);
    expect_text(expect_said("correct.swapped"), "item", "2 Oat Milk");
}

static void what_was_there_before_stays(void **state) {
    (void)state;
    add_rolls(2000);
    cart.lines[0].quantity_milli = 5000; /* three were in it already */
    say_with(INTENT_correct, "product", "oat milk");
    found(&milks[2], 1, 1);
    cart_line(&cart, 3, "Oat Milk", 2000, 379);
    told_cart(&cart);
    assert_int_equal(expect(EFFECT_SET)->set.quantity_milli, 3000);
}

static void what_is_not_found_takes_nothing_out(void **state) {
    (void)state;
    add_rolls(1000);
    say_with(INTENT_correct, "product", "unicorns");
    found(NULL, 0, 0);
    assert_null(effect(EFFECT_SET));
    assert_null(effect(EFFECT_ADD));
}

static void a_new_request_is_no_correction(void **state) {
    (void)state;
    add_rolls(1000);
    search_milk();
    say_with(INTENT_correct, "product", "coffee");
    assert_string_equal(expect(EFFECT_FIND)->find.query, "coffee");
    struct product coffee = product(6, "Coffee", 700);
    found(&coffee, 1, 1);
    say(INTENT_yes);
    cart_line(&cart, 6, "Coffee", 1000, 700);
    told_cart(&cart);
    assert_null(effect(EFFECT_SET));
    expect_said("cart.added");
}

static void one_of_those_read_out_is_chosen(void **state) {
    (void)state;
    search_milk();
    say_with(INTENT_correct, "product", "oat milk");
    expect_text(expect_said("details.chosen"), "title", "Oat Milk");
}

static void nothing_to_correct_is_a_search(void **state) {
    (void)state;
    say_with(INTENT_correct, "product", "oat milk");
    assert_string_equal(expect(EFFECT_FIND)->find.query, "oat milk");
    say(INTENT_correct);
    expect_said("correct.what");
}

/* ---- what cannot be had ---- */

static void what_is_not_there_is_told_of_later(void **state) {
    (void)state;
    say_with(INTENT_search_product, "query", "unicorn");
    found(NULL, 0, 0);
    expect_text(expect_said("search.none"), "query", "unicorn");
    say(INTENT_no);
    expect_text(expect_said("wish.declined"), "what", "there");
    assert_null(effect(EFFECT_NOTIFY));
    say_with(INTENT_notify_me, "_event", "stock"); /* "tell me when you have it" */
    assert_string_equal(expect(EFFECT_NOTIFY)->notify.kind, "wish");
    assert_string_equal(expect(EFFECT_NOTIFY)->notify.subject, "unicorn");
    failed(FAILED_FULL);
    expect_said("wish.full");
}

static void the_nearest_is_offered_first(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) milks[i].score = 0.5;
    say_with(INTENT_search_product, "query", "purple milk");
    found(milks, 3, 3);
    expect_text(expect_said("near.three"), "query", "purple milk");
    say_number(INTENT_choose, "index", 1000);
    expect_text(expect_said("details.chosen"), "title", "Whole Milk");
    say_with(INTENT_search_product, "query", "purple milk");
    found(milks, 1, 1);
    expect_text(expect_said("cart.closest"), "title", "Whole Milk");
    say(INTENT_no);
    expect_text(expect_said("wish.offer"), "query", "purple milk");
    say(INTENT_yes);
    assert_string_equal(expect(EFFECT_NOTIFY)->notify.subject, "purple milk");
    event(EVENT_NOTED);
    expect_text(expect_said("wish.noted"), "query", "purple milk");
}

static void for_what_is_sold_out_something_else_is_offered(void **state) {
    (void)state;
    milks[2].stock = 0;
    struct intent in = intent(INTENT_add_to_cart);
    slot_add(&in, "product", "oat milk");
    slot_number(&in, "quantity", 2000);
    say_intent(in);
    found(&milks[2], 1, 1);
    assert_int_equal(expect(EFFECT_INSTEAD)->instead.variant, 3);
    found(&milks[0], 1, 1);
    expect_text(expect_said("cart.sold_out_near"), "title", "Whole Milk");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 1);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 2000);
    say_intent(in);
    found(&milks[2], 1, 1);
    found(NULL, 0, 0);
    expect_said("cart.sold_out");
    say(INTENT_yes);
    assert_string_equal(expect(EFFECT_NOTIFY)->notify.subject, "3");
}

/* ---- several things, and something else in between ---- */

static void ask_for_two(void) {
    struct intent in = intent(INTENT_add_to_cart);
    slot_add(&in, "product", "milk");
    slot_add(&in, "product_2", "bread");
    say_intent(in);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "milk");
    found(milks, 3, 3);
    expect_listens("choose");
}

static void what_was_left_is_taken_up_again(void **state) {
    (void)state;
    ask_for_two();
    say(INTENT_greeting);
    assert_non_null(effect(EFFECT_CART));
    told_cart(&cart);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "milk"); /* the one that was asked about */
    found(milks, 3, 3);
    say_number(INTENT_choose, "index", 1000);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 1);
    cart_line(&cart, 1, "Whole Milk", 1000, 299);
    told_cart(&cart);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "bread");
}

static void who_stops_or_orders_leaves_the_rest(void **state) {
    (void)state;
    ask_for_two();
    say(INTENT_stop);
    expect_listens("");
    say(INTENT_greeting);
    assert_null(effect(EFFECT_CART));
    ask_for_two();
    say(INTENT_checkout);
    expect_said("cart.several_left");
    cart_line(&cart, 3, "Oat Milk", 1000, 379);
    told_cart(&cart);
    assert_null(effect(EFFECT_FIND));
}

/* ---- packs and pieces ---- */

static void add_eggs(int64_t count, const char *code, const char *unit) {
    struct product eggs = product(4, "Eggs", 499);
    eggs.pieces = 12;
    struct intent in = intent(INTENT_add_to_cart);
    slot_add(&in, "product", "eggs");
    slot_number(&in, "quantity", count * 1000);
    str_copy(in.slots[1].code, SLOT_CODE_MAX, code);
    if (*unit) slot_add(&in, "unit", unit);
    say_intent(in);
    found(&eggs, 1, 1);
}

static void pieces_become_packs(void **state) {
    (void)state;
    static const struct {
        int64_t count;
        const char *code, *unit;
        int packs;
    } cases[] = {{24, "pieces", "", 2}, {12, "pieces", "", 1}, {36, "", "", 3}, {2, "", "", 2}, {24, "", "packs", 24}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        add_eggs(cases[i].count, cases[i].code, cases[i].unit);
        assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, cases[i].packs * 1000);
    }
}

static void what_does_not_fill_its_packs_is_asked_about(void **state) {
    (void)state;
    add_eggs(30, "", "");
    const struct reply *r = expect_said("pieces.check");
    expect_number(r, "packs", 3000);
    expect_number(r, "count", 36000);
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 3000);
    add_eggs(6, "pieces", "");
    expect_number(expect_said("pieces.check"), "packs", 1000);
    say_number(INTENT_change_quantity, "quantity", 4000); /* packs */
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 4000);
    add_eggs(30, "", "");
    say(INTENT_no);
    assert_null(effect(EFFECT_ADD));
}

/* ---- back ---- */

static void back_to_the_list_and_the_search_before(void **state) {
    (void)state;
    say(INTENT_go_back);
    expect_said("back.start");
    search_milk();
    say_number(INTENT_choose, "index", 2000);
    say(INTENT_go_back);
    assert_string_equal(play.fx.v[1].say.id, "back.list");
    expect_listens("choose");
    say_with(INTENT_search_product, "query", "coffee");
    found(&milks[0], 1, 1);
    say(INTENT_go_back);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "milk");
}

static void back_from_a_read_back_orders_nothing(void **state) {
    (void)state;
    cart_line(&cart, 3, "Oat Milk", 1000, 379);
    say(INTENT_checkout);
    told_cart(&cart);
    say(INTENT_go_back);
    expect_said("back.basket");
    told_cart(&cart);
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
}

#define TEST(fn) cmocka_unit_test_setup(fn, begin)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_bigger_of_those_read_out),
        TEST(several_of_one_size_are_asked_about_again),
        TEST(sizes_that_measure_different_things_are_not_compared),
        TEST(another_kind_of_what_is_at_hand_keeps_the_quantity),
        TEST(a_property_that_none_has_is_looked_for_in_the_shop),
        TEST(nothing_at_hand_is_asked_about),
        TEST(what_was_misheard_goes_out_for_what_was_said),
        TEST(what_was_there_before_stays),
        TEST(what_is_not_found_takes_nothing_out),
        TEST(a_new_request_is_no_correction),
        TEST(one_of_those_read_out_is_chosen),
        TEST(nothing_to_correct_is_a_search),
        TEST(what_is_not_there_is_told_of_later),
        TEST(the_nearest_is_offered_first),
        TEST(for_what_is_sold_out_something_else_is_offered),
        TEST(what_was_left_is_taken_up_again),
        TEST(who_stops_or_orders_leaves_the_rest),
        TEST(pieces_become_packs),
        TEST(what_does_not_fill_its_packs_is_asked_about),
        TEST(back_to_the_list_and_the_search_before),
        TEST(back_from_a_read_back_orders_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
