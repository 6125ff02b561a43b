/* Searching: three in a breath, more, refinements, choosing, details, comparing. */
#include "play.h"

static struct product milks[5];

static int begin(void **state) {
    milks[0] = product(1, "Whole Milk", 199);
    milks[1] = product(2, "Skim Milk", 189);
    milks[2] = product(3, "Oat Milk", 349);
    milks[3] = product(4, "Soy Milk", 299);
    milks[4] = product(5, "Goat Milk", 499);
    str_copy(milks[2].brand, sizeof milks[2].brand, "Harbor");
    str_copy(milks[2].description, sizeof milks[2].description, "Creamy and smooth. Good in coffee, too.");
    return play_begin(state);
}

static void search_milk(void) {
    say_with(INTENT_search_product, "query", "milk");
    found(milks, 5, 5);
}

static void reads_three_and_then_more(void **state) {
    (void)state;
    say_with(INTENT_search_product, "query", "milk");
    assert_string_equal(expect(EFFECT_FIND)->find.query, "milk");
    assert_int_equal(expect(EFFECT_FIND)->find.max_price_minor, -1);
    found(milks, 5, 5);
    const struct reply *r = expect_said("search.three");
    expect_text(r, "one", "Whole Milk");
    expect_number(r, "three_price", 349);
    expect_number(r, "total", 5000);
    expect_number(r, "rest", 2000);
    expect_listens("choose");
    say(INTENT_more);
    r = expect_said("search.two");
    expect_text(r, "one", "Soy Milk");
    expect_text(r, "page", "next");
    say(INTENT_more);
    expect_said("search.no_more");
}

static void more_than_was_fetched_is_fetched(void **state) {
    (void)state;
    say_with(INTENT_search_product, "query", "milk");
    found(milks, 3, 30);
    say(INTENT_more);
    assert_int_equal(expect(EFFECT_FIND)->find.offset, 3);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "milk");
    play.e = (struct event){.kind = EVENT_FOUND};
    play.e.found = (struct found){.n = 2, .total = 30, .offset = 3, .v = {milks[3], milks[4]}};
    step();
    expect_text(expect_said("search.two"), "page", "next");
}

static void yes_to_going_on_is_more(void **state) {
    (void)state;
    search_milk();
    say(INTENT_yes);
    expect_said("search.two");
}

static void refinements_keep_the_search(void **state) {
    (void)state;
    search_milk();
    say_number(INTENT_search_product, "max_price", 10000);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "milk");
    assert_int_equal(expect(EFFECT_FIND)->find.max_price_minor, 1000);
    found(milks, 2, 2);
    struct intent in = intent(INTENT_search_product);
    str_copy(slot_add(&in, "sort", "cheapest")->code, SLOT_CODE_MAX, "price_up");
    say_intent(in);
    assert_int_equal(expect(EFFECT_FIND)->find.sort, SORT_PRICE_UP);
    assert_int_equal(expect(EFFECT_FIND)->find.max_price_minor, 1000);
    found(milks, 2, 2);
    expect_text(expect_said("search.two"), "sort", "price_up");
    say_with(INTENT_search_product, "brand", "harbor");
    assert_string_equal(expect(EFFECT_FIND)->find.brand, "harbor");
    assert_string_equal(expect(EFFECT_FIND)->find.query, "milk");
    say_with(INTENT_search_product, "query", "bread");
    assert_string_equal(expect(EFFECT_FIND)->find.brand, "");
    assert_int_equal(expect(EFFECT_FIND)->find.max_price_minor, -1);
    assert_int_equal(expect(EFFECT_FIND)->find.sort, SORT_BEST);
}

static void cheaper_means_than_what_was_read(void **state) {
    (void)state;
    search_milk();
    say_with(INTENT_search_product, "sort", "cheaper");
    assert_int_equal(expect(EFFECT_FIND)->find.max_price_minor, 188);
}

static void nothing_found_with_limits_offers_to_look_wider(void **state) {
    (void)state;
    struct intent in = intent(INTENT_search_product);
    slot_add(&in, "query", "milk");
    slot_number(&in, "max_price", 500);
    say_intent(in);
    found(NULL, 0, 0);
    const struct reply *r = expect_said("search.none_such");
    expect_number(r, "max_price", 50);
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_FIND)->find.max_price_minor, -1);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "milk");
    found(NULL, 0, 0);
    expect_text(expect_said("search.none"), "query", "milk");
    expect_listens("choose");
}

static void nothing_to_look_for_is_asked(void **state) {
    (void)state;
    say(INTENT_search_product);
    expect_said("search.what");
    say(INTENT_more);
    expect_said("search.what");
}

static void one_result_is_offered(void **state) {
    (void)state;
    say_with(INTENT_search_product, "query", "oat milk");
    found(&milks[2], 1, 1);
    const struct reply *r = expect_said("search.one");
    expect_text(r, "title", "Oat Milk");
    expect_number(r, "rating", 4200);
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 1000);
}

static void sold_out_is_not_offered(void **state) {
    (void)state;
    milks[2].stock = 0;
    say_with(INTENT_search_product, "query", "oat milk");
    found(&milks[2], 1, 1);
    expect_text(expect_said("search.one"), "stock", "out");
    say(INTENT_yes); /* to be told when it is back */
    assert_null(effect(EFFECT_ADD));
    assert_string_equal(expect(EFFECT_NOTIFY)->notify.kind, "stock");
    assert_string_equal(expect(EFFECT_NOTIFY)->notify.subject, "3");
    event(EVENT_NOTED);
    expect_text(expect_said("wish.noted"), "what", "back");
}

static void chooses_by_number_name_and_last(void **state) {
    (void)state;
    search_milk();
    say_number(INTENT_choose, "index", 2000);
    expect_text(expect_said("details.chosen"), "title", "Skim Milk");
    search_milk();
    say_with(INTENT_choose, "product", "oat");
    expect_text(expect_said("details.chosen"), "title", "Oat Milk");
    search_milk();
    say_with(INTENT_choose, "index", "last");
    expect_text(expect_said("details.chosen"), "title", "Oat Milk");
    search_milk();
    say(INTENT_more);
    say_number(INTENT_choose, "index", 1000);
    expect_text(expect_said("details.chosen"), "title", "Soy Milk");
    search_milk();
    say(INTENT_more);
    say_number(INTENT_choose, "index", 5000);
    expect_text(expect_said("details.chosen"), "title", "Goat Milk");
}

static void a_number_beyond_the_list_is_said_and_at_last_a_person_is_offered(void **state) {
    (void)state;
    search_milk();
    say_number(INTENT_choose, "index", 9000);
    expect_number(expect_said("which.out_of_range"), "count", 3000);
    expect_listens("choose");
    say_number(INTENT_choose, "index", 0);
    expect_said("which.examples");
    say_number(INTENT_choose, "index", -1000);
    expect_said("unclear.offer");
    expect_listens("open");
    say(INTENT_no);
    expect_said("person.declined");
    expect_listens("open");
}

static void a_name_not_among_them_is_a_new_search(void **state) {
    (void)state;
    search_milk();
    say_with(INTENT_choose, "product", "butter");
    assert_string_equal(expect(EFFECT_FIND)->find.query, "butter");
}

static void tells_details_by_name_number_and_it(void **state) {
    (void)state;
    say_with(INTENT_product_details, "product", "oat milk");
    assert_string_equal(expect(EFFECT_FIND)->find.query, "oat milk");
    found(&milks[2], 3, 3);
    const struct reply *r = expect_said("details.told");
    expect_text(r, "title", "Oat Milk");
    expect_text(r, "description", "Creamy and smooth.");
    say(INTENT_product_details);
    expect_text(expect_said("details.told"), "title", "Oat Milk");
    search_milk();
    say_number(INTENT_product_details, "index", 2000);
    expect_text(expect_said("details.told"), "title", "Skim Milk");
    search_milk();
    say(INTENT_product_details);
    expect_said("which.three");
}

static void details_of_nothing(void **state) {
    (void)state;
    say(INTENT_product_details);
    expect_said("details.what");
    say_with(INTENT_product_details, "product", "unicorn");
    found(NULL, 0, 0);
    expect_text(expect_said("details.none"), "query", "unicorn");
}

static void a_name_that_fits_no_other_is_all_that_is_read(void **state) {
    (void)state;
    say_with(INTENT_search_product, "query", "oat milk");
    found(milks, 5, 5);
    expect_text(expect_said("search.one"), "title", "Oat Milk");
    milks[3] = product(4, "Vanilla Oat Milk", 399);
    say_with(INTENT_search_product, "query", "oat milk");
    found(milks, 5, 5);
    expect_said("search.three");
}

static void what_is_only_alike_is_not_told_as_if_it_were_that(void **state) {
    (void)state;
    say_with(INTENT_product_details, "product", "hazelnut milk");
    found(milks, 5, 5);
    expect_said("search.three");
    struct intent in = intent(INTENT_compare);
    slot_add(&in, "product_a", "oat milk");
    slot_add(&in, "product_b", "hazelnut milk");
    say_intent(in);
    found(milks, 5, 5);
    expect_text(expect_said("details.none"), "query", "hazelnut milk");
}

static void compares_two(void **state) {
    (void)state;
    struct intent in = intent(INTENT_compare);
    slot_add(&in, "product_a", "oat milk");
    slot_add(&in, "product_b", "soy milk");
    say_intent(in);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "oat milk");
    found(&milks[2], 1, 1);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "soy milk");
    milks[3].rating_centi = 450;
    found(&milks[3], 1, 1);
    const struct reply *r = expect_said("compare.two");
    expect_text(r, "cheaper", "two");
    expect_number(r, "difference", 50);
    expect_text(r, "better", "two");
    say_number(INTENT_choose, "index", 2000);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 4);
}

static void compares_what_was_read_out(void **state) {
    (void)state;
    say(INTENT_compare);
    expect_said("compare.what");
    search_milk();
    say(INTENT_compare);
    expect_text(expect_said("compare.two"), "two", "Skim Milk");
    search_milk();
    struct intent in = intent(INTENT_compare);
    str_copy(slot_add(&in, "product_a", "first")->code, SLOT_CODE_MAX, "1");
    str_copy(slot_add(&in, "product_b", "third")->code, SLOT_CODE_MAX, "3");
    say_intent(in);
    expect_text(expect_said("compare.two"), "two", "Oat Milk");
}

static void products_without_a_price_are_read_without(void **state) {
    (void)state;
    milks[1].price_minor = -1;
    search_milk();
    expect_said("search.unpriced_three");
}

static void recommends_the_best_rated(void **state) {
    (void)state;
    say_with(INTENT_recommend, "query", "milk");
    assert_int_equal(expect(EFFECT_FIND)->find.sort, SORT_RATING);
}

static void ask_beside(const char *name) {
    struct intent in = intent(INTENT_recommend);
    if (*name) slot_add(&in, "query", name);
    slot_add(&in, "_beside", *name ? name : "that");
    say_intent(in);
}

static void what_goes_with_something(void **state) {
    (void)state;
    ask_beside("");
    expect_said("beside.what");
    ask_beside("coffee");
    assert_true(expect(EFFECT_FIND)->find.beside);
    found(milks, 4, 4);
    expect_text(expect_said("beside.three"), "query", "coffee");
    /* cheaper ones among them */
    say_with(INTENT_search_product, "sort", "cheaper");
    assert_true(expect(EFFECT_FIND)->find.beside);
    found(NULL, 0, 0);
    expect_said("beside.none_such");
    /* "that" is what was chosen */
    search_milk();
    assert_false(play.d.search.beside);
    say_number(INTENT_choose, "index", 1000);
    ask_beside("");
    assert_string_equal(expect(EFFECT_FIND)->find.query, milks[0].title);
    found(&milks[2], 1, 1);
    expect_said("beside.one");
    expect_listens("choose");
    ask_beside("coffee");
    found(NULL, 0, 0);
    expect_said("beside.none");
}

static void forgets_after_a_long_silence(void **state) {
    (void)state;
    search_milk();
    play.now_ms += HOUR_MS;
    event(EVENT_WAKE);
    expect_listens("open");
    say_number(INTENT_choose, "index", 1000);
    expect_said("which.nothing");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup(f, begin)
    const struct CMUnitTest tests[] = {
        TEST(reads_three_and_then_more),
        TEST(more_than_was_fetched_is_fetched),
        TEST(yes_to_going_on_is_more),
        TEST(refinements_keep_the_search),
        TEST(cheaper_means_than_what_was_read),
        TEST(nothing_found_with_limits_offers_to_look_wider),
        TEST(nothing_to_look_for_is_asked),
        TEST(one_result_is_offered),
        TEST(sold_out_is_not_offered),
        TEST(chooses_by_number_name_and_last),
        TEST(a_number_beyond_the_list_is_said_and_at_last_a_person_is_offered),
        TEST(a_name_not_among_them_is_a_new_search),
        TEST(tells_details_by_name_number_and_it),
        TEST(details_of_nothing),
        TEST(a_name_that_fits_no_other_is_all_that_is_read),
        TEST(what_is_only_alike_is_not_told_as_if_it_were_that),
        TEST(compares_two),
        TEST(compares_what_was_read_out),
        TEST(products_without_a_price_are_read_without),
        TEST(recommends_the_best_rated),
        TEST(what_goes_with_something),
        TEST(forgets_after_a_long_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
