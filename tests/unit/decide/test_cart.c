/* The basket: by name, number and "it"; variants; options of made-to-order products; changing, removing, clearing. */
#include "play.h"

static struct product milks[3];

static int begin(void **state) {
    milks[0] = product(1, "Whole Milk", 199);
    milks[1] = product(2, "Skim Milk", 189);
    milks[2] = product(3, "Oat Milk", 349);
    return play_begin(state);
}

static struct cart two_lines(void) {
    struct cart c = {0};
    cart_line(&c, 1, "Whole Milk", 1000, 199);
    cart_line(&c, 7, "Brown Eggs", 12000, 40);
    return c;
}

/* Adds oat milk and is told that it is the only line. */
static void add_oat_milk(void) {
    struct cart c = {0};
    say_with(INTENT_add_to_cart, "product", "oat milk");
    found(&milks[2], 1, 1);
    cart_line(&c, 3, "Oat Milk", 1000, 349);
    told_cart(&c);
}

static void adds_by_name(void **state) {
    (void)state;
    say_with(INTENT_add_to_cart, "product", "oat milk");
    assert_string_equal(expect(EFFECT_FIND)->find.query, "oat milk");
    found(milks, 3, 3);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    assert_false(expect(EFFECT_ADD)->add.chosen);
    struct cart c = {0};
    cart_line(&c, 3, "Oat Milk", 1000, 349);
    told_cart(&c);
    const struct reply *r = expect_said("cart.added_first");
    expect_text(r, "item", "Oat Milk");
    expect_number(r, "total", 349);
    expect_listens("open");
    say(INTENT_no);
    expect_said("cart.all");
    expect_listens("");
}

/* Heard badly, two oat milks may be goat milk. */
static void say_unsurely(int64_t quantity_milli) {
    struct intent in = intent(INTENT_add_to_cart);
    in.unsure = true;
    slot_add(&in, "product", "oat milk");
    slot_number(&in, "quantity", quantity_milli);
    say_intent(in);
    found(&milks[2], 1, 1);
    assert_null(effect(EFFECT_ADD));
    assert_int_equal(expect(EFFECT_ALIKE)->add.variant, 3);
}

static void asks_what_sounds_alike(void **state) {
    (void)state;
    struct product alike[2] = {milks[2], product(4, "Goat Milk", 399)};
    say_unsurely(2000);
    found(alike, 2, 2);
    assert_null(effect(EFFECT_ADD));
    const struct reply *r = expect_said("alike.two");
    expect_text(r, "one", "Oat Milk");
    expect_text(r, "two", "Goat Milk");
    expect_listens("choose");
    say_with(INTENT_choose, "product", "goat milk");
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 4);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 2000);
}

static void what_is_like_nothing_is_added(void **state) {
    (void)state;
    say_unsurely(2000);
    found(&milks[2], 1, 1);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    say_unsurely(2000);
    event(EVENT_FAILED);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
}

static void asks_fifteen_or_fifty(void **state) {
    (void)state;
    play.d.sounds_like[15] = 50;
    play.d.sounds_like[50] = 15;
    say_unsurely(15000);
    found(&milks[2], 1, 1);
    const struct reply *r = expect_said("alike.quantity");
    expect_number(r, "quantity", 15000);
    expect_number(r, "other", 50000);
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 15000);
    say_unsurely(15000);
    found(&milks[2], 1, 1);
    say(INTENT_no);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 50000);
    say_unsurely(98500);
    found(&milks[2], 1, 1);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 99000);
}

static void asks_which_if_several_fit(void **state) {
    (void)state;
    struct intent in = intent(INTENT_add_to_cart);
    slot_add(&in, "product", "milk");
    slot_number(&in, "quantity", 2000);
    say_intent(in);
    found(milks, 3, 3);
    assert_null(effect(EFFECT_ADD));
    expect_text(expect_said("which.three"), "two", "Skim Milk");
    expect_listens("choose");
    say_number(INTENT_choose, "index", 2000);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 2);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 2000);
}

static void a_quantity_may_come_before_the_choice(void **state) {
    (void)state;
    say_with(INTENT_add_to_cart, "product", "milk");
    found(milks, 3, 3);
    say_number(INTENT_change_quantity, "quantity", 3000);
    expect_said("which.three");
    say_with(INTENT_choose, "product", "oat milk");
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 3000);
}

static void something_only_alike_is_asked_about_first(void **state) {
    (void)state;
    say_with(INTENT_add_to_cart, "product", "barista oat drink");
    found(&milks[2], 1, 1);
    assert_null(effect(EFFECT_ADD));
    expect_text(expect_said("cart.closest"), "title", "Oat Milk");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
}

static void adds_it_and_the_second(void **state) {
    (void)state;
    say_with(INTENT_search_product, "query", "milk");
    found(milks, 3, 3);
    say(INTENT_add_to_cart);
    expect_said("which.three");
    say_with(INTENT_search_product, "query", "milk");
    found(milks, 3, 3);
    say_number(INTENT_add_to_cart, "index", 2000);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 2);
    say_with(INTENT_product_details, "product", "oat milk");
    found(&milks[2], 1, 1);
    say_number(INTENT_add_to_cart, "quantity", 4000);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 4000);
}

static void nothing_to_add(void **state) {
    (void)state;
    say(INTENT_add_to_cart);
    expect_said("cart.add_what");
    say_with(INTENT_add_to_cart, "product", "unicorn");
    found(NULL, 0, 0);
    expect_text(expect_said("cart.add_none"), "query", "unicorn");
}

static void a_number_may_belong_to_the_name(void **state) {
    (void)state;
    struct product p[2] = {product(4, "Two Percent Milk", 329), product(1, "Whole Milk", 199)};
    struct intent in = intent(INTENT_add_to_cart);
    slot_add(&in, "product", "percent milk");
    slot_number(&in, "quantity", 2000);
    str_copy(in.slots[1].text, SLOT_TEXT_MAX, "two");
    say_intent(in);
    found(p, 2, 2);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 4);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 1000);
}

static void a_variant_that_was_read_out_is_not_asked_for(void **state) {
    (void)state;
    struct product p = product(3, "Oat Milk", 349);
    str_copy(p.options, sizeof p.options, "size: one quart");
    say_with(INTENT_search_product, "query", "oat milk");
    found(&p, 1, 1);
    expect_text(expect_said("search.one"), "title", "Oat Milk (one quart)");
    say(INTENT_yes);
    assert_true(expect(EFFECT_ADD)->add.chosen);
    say(INTENT_add_to_cart);
    assert_true(expect(EFFECT_ADD)->add.chosen);
}

static void make_it_two_before_it_is_added(void **state) {
    (void)state;
    say_with(INTENT_product_details, "product", "oat milk");
    found(&milks[2], 1, 1);
    say_number(INTENT_change_quantity, "quantity", 2000);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 2000);
}

static void quantities_are_bounded_and_whole(void **state) {
    (void)state;
    struct intent in = intent(INTENT_add_to_cart);
    slot_add(&in, "product", "oat milk");
    slot_number(&in, "quantity", INT64_MAX);
    say_intent(in);
    found(&milks[2], 1, 1);
    expect_said("cart.too_many");
    in.slots[1].milli = 500;
    say_intent(in);
    found(&milks[2], 1, 1);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 1000);
    str_copy(milks[2].unit, sizeof milks[2].unit, "kg");
    say_intent(in);
    found(&milks[2], 1, 1);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 500);
    in.slots[1].milli = -7;
    say_intent(in);
    found(&milks[2], 1, 1);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 1000);
}

static void made_to_order_by_the_shops_own_slots(void **state) {
    (void)state;
    struct product latte = product(9, "Latte", 450);
    struct intent in = intent(INTENT_add_to_cart);
    slot_add(&in, "size", "large");
    slot_add(&in, "drink", "latte");
    slot_add(&in, "milk", "a bit of soy milk");
    say_intent(in);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "large");
    found(NULL, 0, 0);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "latte");
    found(&latte, 1, 1);
    const struct effect_add *add = &expect(EFFECT_ADD)->add;
    assert_int_equal(add->variant, 9);
    assert_int_equal(add->n_options, 2);
    assert_string_equal(add->options[0].name, "size");
    assert_string_equal(add->options[1].value, "a bit of soy milk");
    struct cart c = {0};
    cart_line(&c, 9, "Latte", 1000, 500);
    str_copy(c.lines[0].options, OPTIONS_MAX, "size: large; milk: a bit of soy milk");
    told_cart(&c);
    expect_text(expect_said("cart.added_first"), "item", "Latte (large, a bit of soy milk)");
}

static void an_option_it_does_not_have(void **state) {
    (void)state;
    say_with(INTENT_add_to_cart, "product", "oat milk");
    found(&milks[2], 1, 1);
    failed(FAILED_OPTION);
    expect_text(expect_said("option.none"), "title", "Oat Milk");
    /* of this there is another */
    say_with(INTENT_add_to_cart, "product", "oat milk");
    found(&milks[2], 1, 1);
    play.e =
        (struct event){.kind = EVENT_FAILED,
                       .failed = FAILED_OPTION,
                       .missing = {.name = "lid", .said = "a red lid", .n = 2, .values = {"white lid", "black lid"}}};
    play.d.wish.options[0] = (struct option_choice){"lid", "a red lid"};
    play.d.wish.n_options = 1;
    step();
    expect_text(expect_said("option.missing"), "option", "a red lid");
    say(INTENT_no);
    expect_said("option.which");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.n_options, 0);
}

static struct product variants[3];

static void told_variants(int n) {
    variants[0] = product(31, "Oat Milk", 349);
    variants[1] = product(32, "Oat Milk", 599);
    variants[2] = product(33, "Oat Milk", 899);
    str_copy(variants[0].options, OPTIONS_MAX, "size: one liter");
    str_copy(variants[1].options, OPTIONS_MAX, "size: two liters");
    str_copy(variants[2].options, OPTIONS_MAX, "size: six pack");
    play.e = (struct event){.kind = EVENT_VARIANTS};
    play.e.found.n = play.e.found.total = n;
    memcpy(play.e.found.v, variants, sizeof variants);
    step();
}

static void asks_for_the_variant(void **state) {
    (void)state;
    say_with(INTENT_add_to_cart, "product", "oat milk");
    found(&milks[2], 1, 1);
    told_variants(3);
    const struct reply *r = expect_said("variant.three");
    expect_text(r, "title", "Oat Milk");
    expect_text(r, "two", "two liters");
    say_with(INTENT_choose, "product", "six pack");
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 33);
    assert_true(expect(EFFECT_ADD)->add.chosen);
}

static void a_variant_that_was_said_is_not_asked_for(void **state) {
    (void)state;
    struct intent in = intent(INTENT_add_to_cart);
    slot_add(&in, "product", "oat milk");
    str_copy(in.text, sizeof in.text, "add oat milk two liters");
    say_intent(in);
    found(&milks[2], 1, 1);
    told_variants(3);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 32);
    assert_true(expect(EFFECT_ADD)->add.chosen);
}

static void more_than_there_is(void **state) {
    (void)state;
    milks[2].stock = 3;
    say_with(INTENT_add_to_cart, "product", "oat milk");
    found(&milks[2], 1, 1);
    failed(FAILED_STOCK);
    expect_number(expect_said("cart.stock"), "left", 3000);
}

static void changes_the_last_line_and_by_name(void **state) {
    (void)state;
    add_oat_milk();
    struct cart c = two_lines();
    cart_line(&c, 3, "Oat Milk", 1000, 349);
    say_number(INTENT_change_quantity, "quantity", 2000);
    expect(EFFECT_CART);
    told_cart(&c);
    assert_int_equal(expect(EFFECT_SET)->set.variant, 3);
    assert_int_equal(expect(EFFECT_SET)->set.quantity_milli, 2000);
    c.lines[2].quantity_milli = 2000;
    told_cart(&c);
    expect_text(expect_said("cart.changed"), "item", "2 Oat Milk");
    struct intent in = intent(INTENT_change_quantity);
    slot_add(&in, "product", "egg");
    slot_number(&in, "quantity", 6000);
    say_intent(in);
    told_cart(&c);
    assert_int_equal(expect(EFFECT_SET)->set.variant, 7);
}

static void no_two_corrects(void **state) {
    (void)state;
    add_oat_milk();
    struct cart c = {0};
    cart_line(&c, 3, "Oat Milk", 1000, 349);
    say_number(INTENT_no, "quantity", 2000);
    told_cart(&c);
    assert_int_equal(expect(EFFECT_SET)->set.quantity_milli, 2000);
}

static void removes_some_all_and_asks_which(void **state) {
    (void)state;
    struct cart c = two_lines();
    cart_line(&c, 3, "Oat Milk", 1000, 349);
    struct intent in = intent(INTENT_remove_from_cart);
    slot_add(&in, "product", "eggs");
    slot_number(&in, "quantity", 2000);
    say_intent(in);
    told_cart(&c);
    assert_int_equal(expect(EFFECT_SET)->set.quantity_milli, 10000);
    say_with(INTENT_remove_from_cart, "product", "milk");
    told_cart(&c);
    expect_said("cart.which_line");
    say_number(INTENT_choose, "index", 2000);
    assert_int_equal(expect(EFFECT_SET)->set.variant, 3);
    assert_int_equal(expect(EFFECT_SET)->set.quantity_milli, 0);
    c.n_lines = 2;
    told_cart(&c);
    expect_text(expect_said("cart.removed"), "item", "Oat Milk");
    say_with(INTENT_remove_from_cart, "product", "unicorn");
    told_cart(&c);
    expect_said("cart.has_not");
}

static void an_empty_basket_says_so(void **state) {
    (void)state;
    struct cart empty = {.currency = "USD"};
    static const enum intent_id ids[] = {INTENT_show_cart, INTENT_remove_from_cart, INTENT_clear_cart, INTENT_checkout};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        say(ids[i]);
        told_cart(&empty);
        expect_said("cart.empty");
    }
}

static void shows_the_basket_and_whether_something_is_in_it(void **state) {
    (void)state;
    struct cart c = two_lines();
    say(INTENT_show_cart);
    told_cart(&c);
    const struct reply *r = expect_said("cart.shown");
    expect_text(r, "items", "Whole Milk\n12 Brown Eggs");
    expect_number(r, "more", 0);
    say_with(INTENT_show_cart, "product", "eggs");
    told_cart(&c);
    expect_text(expect_said("cart.has"), "item", "12 Brown Eggs");
    say_with(INTENT_show_cart, "product", "bread");
    told_cart(&c);
    expect_said("cart.has_not");
}

static void a_long_basket_is_summed_up(void **state) {
    (void)state;
    struct cart c = {0};
    for (int i = 0; i < 9; i++) cart_line(&c, i + 1, "Something", 1000, 100);
    say(INTENT_show_cart);
    told_cart(&c);
    expect_number(expect_said("cart.shown"), "more", 4000);
}

static void clearing_wants_a_yes(void **state) {
    (void)state;
    struct cart c = two_lines(), empty = {.currency = "USD"};
    say(INTENT_clear_cart);
    told_cart(&c);
    expect_number(expect_said("cart.clear_sure"), "count", 2000);
    expect_listens("confirm");
    say(INTENT_no);
    expect_said("cart.kept");
    say(INTENT_yes);
    assert_null(effect(EFFECT_CLEAR_CART));
    say(INTENT_clear_cart);
    told_cart(&c);
    say(INTENT_yes);
    expect(EFFECT_CLEAR_CART);
    told_cart(&empty);
    expect_said("cart.cleared");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup(f, begin)
    const struct CMUnitTest tests[] = {
        TEST(adds_by_name),
        TEST(asks_what_sounds_alike),
        TEST(what_is_like_nothing_is_added),
        TEST(asks_fifteen_or_fifty),
        TEST(asks_which_if_several_fit),
        TEST(a_quantity_may_come_before_the_choice),
        TEST(something_only_alike_is_asked_about_first),
        TEST(adds_it_and_the_second),
        TEST(nothing_to_add),
        TEST(a_number_may_belong_to_the_name),
        TEST(a_variant_that_was_read_out_is_not_asked_for),
        TEST(make_it_two_before_it_is_added),
        TEST(quantities_are_bounded_and_whole),
        TEST(made_to_order_by_the_shops_own_slots),
        TEST(an_option_it_does_not_have),
        TEST(asks_for_the_variant),
        TEST(a_variant_that_was_said_is_not_asked_for),
        TEST(more_than_there_is),
        TEST(changes_the_last_line_and_by_name),
        TEST(no_two_corrects),
        TEST(removes_some_all_and_asks_which),
        TEST(an_empty_basket_says_so),
        TEST(shows_the_basket_and_whether_something_is_in_it),
        TEST(a_long_basket_is_summed_up),
        TEST(clearing_wants_a_yes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
