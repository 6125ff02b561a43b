/* Where is my order, when does it come, and the same again. */
#include "play.h"

static struct order order(const char *number, enum order_state state, const char *title) {
    struct order o = {.state = state,
                      .placed_ms = NOW_MS - 3 * DAY_MS,
                      .expected_ms = NOW_MS + DAY_MS,
                      .as_of_ms = NOW_MS - 2 * HOUR_MS,
                      .carrier = "Swift",
                      .n_lines = 1,
                      .total_minor = 1188,
                      .currency = "USD"};
    str_copy(o.number, sizeof o.number, number);
    o.lines[0] = (struct order_line){.variant = 3,
                                     .variant_then = 3,
                                     .quantity_milli = 1000,
                                     .price_minor = 349,
                                     .price_now_minor = 349,
                                     .stock = 9};
    str_copy(o.lines[0].title, TITLE_MAX, title);
    return o;
}

static void told_orders(const struct order *v, int n, int total) {
    play.e = (struct event){.kind = EVENT_ORDERS};
    play.e.orders.n = n;
    play.e.orders.total = total;
    for (int i = 0; i < n; i++) play.e.orders.v[i] = v[i];
    step();
}

static void tells_the_one_that_is_open(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_SHIPPED, "Oat Milk");
    say(INTENT_order_status);
    assert_true(expect(EFFECT_ORDERS)->orders.open_only);
    told_orders(&o, 1, 1);
    const struct reply *r = expect_said("status.shipped");
    expect_text(r, "item", "Oat Milk");
    expect_text(r, "by", "Swift");
    expect_text(r, "dated", "yes");
    expect_text(r, "fresh", "today");
    expect_number(r, "as_of", NOW_MS - 2 * HOUR_MS);
    expect_listens("");
}

static void every_state_has_words(void **state) {
    (void)state;
    for (int i = ORDER_SAVED; i <= ORDER_UNCERTAIN; i++) {
        struct order o = order("1044", (enum order_state)i, "Oat Milk");
        char id[40];
        say_with(INTENT_order_status, "order_number", "1044");
        assert_string_equal(expect(EFFECT_ORDERS)->orders.number, "1044");
        assert_false(expect(EFFECT_ORDERS)->orders.open_only);
        told_orders(&o, 1, 1);
        snprintf(id, sizeof id, "status.%s", order_state_name(o.state));
        expect_said(id);
        say_with(INTENT_delivery_time, "order_number", "1044");
        told_orders(&o, 1, 1);
        snprintf(id, sizeof id, "arrival.%s", order_state_name(o.state));
        expect_said(id);
    }
}

static void says_when_it_is_late_and_how_old_the_news_is(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_PACKED, "Oat Milk");
    o.expected_ms = NOW_MS - DAY_MS;
    o.as_of_ms = NOW_MS - 2 * DAY_MS;
    say(INTENT_order_status);
    told_orders(&o, 1, 1);
    expect_text(expect_said("status.packed"), "dated", "late");
    expect_text(&play.d.last, "fresh", "older");
    o.expected_ms = 0;
    o.as_of_ms = play.now_ms;
    say(INTENT_order_status);
    told_orders(&o, 1, 1);
    expect_text(expect_said("status.packed"), "dated", "no");
    expect_text(&play.d.last, "fresh", "now");
}

static void today_is_the_shops_day(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_SHIPPED, "Oat Milk");
    play.now_ms = NOW_MS + 14 * HOUR_MS; /* past midnight in UTC, still the same day at the shop */
    play.d.utc_offset_min = -5 * 60;
    o.expected_ms = NOW_MS;
    say(INTENT_order_status);
    told_orders(&o, 1, 1);
    expect_text(expect_said("status.shipped"), "dated", "yes");
}

static void delivered_says_where(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_DELIVERED, "Oat Milk");
    o.delivered_ms = NOW_MS - DAY_MS;
    str_copy(o.place, sizeof o.place, "at the front door");
    o.n_lines = 3;
    say_with(INTENT_order_status, "product", "oat milk");
    assert_string_equal(expect(EFFECT_ORDERS)->orders.words, "oat milk");
    told_orders(&o, 1, 1);
    const struct reply *r = expect_said("status.delivered");
    expect_text(r, "by", "at the front door");
    expect_number(r, "date", NOW_MS - DAY_MS);
    expect_number(r, "others", 2000);
    expect_text(r, "dated", "yes");
}

static void part_shipped_says_what_is_missing(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_PART_SHIPPED, "Oat Milk");
    o.n_lines = 3;
    o.lines[1] = o.lines[2] = o.lines[0];
    str_copy(o.lines[1].title, TITLE_MAX, "Coffee");
    o.lines[1].shipped = true;
    say(INTENT_order_status);
    told_orders(&o, 1, 1);
    const struct reply *r = expect_said("status.part_shipped");
    expect_text(r, "sent", "Coffee");
    expect_number(r, "waiting", 2000);
}

static void sums_up_several_and_tells_one(void **state) {
    (void)state;
    struct order o[3] = {order("1", ORDER_SHIPPED, "Oat Milk"), order("2", ORDER_PACKED, "Coffee"),
                         order("3", ORDER_DELAYED, "Lamp")};
    say(INTENT_order_status);
    told_orders(o, 2, 2);
    expect_text(expect_said("status.two"), "two_state", "packed");
    say(INTENT_order_status);
    told_orders(o, 3, 5);
    expect_number(expect_said("status.three"), "total", 5000);
    expect_listens("choose");
    say_with(INTENT_choose, "product", "coffee");
    expect_text(expect_said("status.packed"), "item", "Coffee");
    say(INTENT_delivery_time);
    told_orders(o, 3, 5);
    say_with(INTENT_choose, "index", "last");
    expect_text(expect_said("arrival.delayed"), "item", "Lamp");
}

static void with_nothing_open_the_latest_is_told(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_DELIVERED, "Oat Milk");
    say(INTENT_order_status);
    told_orders(NULL, 0, 0);
    assert_false(expect(EFFECT_ORDERS)->orders.open_only);
    told_orders(&o, 1, 1);
    expect_said("status.delivered");
    say(INTENT_order_status);
    told_orders(NULL, 0, 0);
    told_orders(NULL, 0, 0);
    expect_text(expect_said("status.none"), "asked", "any");
}

static void no_such_order(void **state) {
    (void)state;
    say_with(INTENT_order_status, "order_number", "999");
    told_orders(NULL, 0, 0);
    expect_text(expect_said("status.none"), "asked", "number");
}

/* ---- again ---- */

static struct intent coffee_last_week(void) {
    struct intent in = intent(INTENT_reorder);
    slot_add(&in, "product", "coffee");
    str_copy(slot_add(&in, "when", "last week")->code, SLOT_CODE_MAX, "week-1");
    return in;
}

static struct order breakfast(void) {
    struct order o = order("1044", ORDER_DELIVERED, "Oat Milk");
    o.n_lines = 3;
    o.lines[1] = o.lines[2] = o.lines[0];
    str_copy(o.lines[1].title, TITLE_MAX, "House Coffee");
    o.lines[1].variant = 8;
    o.lines[1].quantity_milli = 2000;
    o.lines[1].price_minor = 800;
    o.lines[1].price_now_minor = 900;
    str_copy(o.lines[1].options, OPTIONS_MAX, "size: large; milk: a bit of soy milk");
    str_copy(o.lines[1].options_now, OPTIONS_MAX, o.lines[1].options);
    str_copy(o.lines[2].title, TITLE_MAX, "Rye Bread");
    o.lines[2].variant = 0;
    return o;
}

static void orders_one_thing_again(void **state) {
    (void)state;
    struct order o = breakfast();
    say_intent(coffee_last_week());
    assert_string_equal(expect(EFFECT_ORDERS)->orders.words, "coffee");
    assert_string_equal(expect(EFFECT_ORDERS)->orders.when, "week-1");
    told_orders(&o, 1, 1);
    const struct reply *r = expect_said("reorder.again");
    expect_text(r, "items", "2 House Coffee (large, a bit of soy milk)");
    expect_number(r, "price", 1800);
    expect_text(r, "change", "dearer");
    expect_number(r, "difference", 200);
    say(INTENT_yes);
    const struct effect_add *add = &expect(EFFECT_ADD)->add;
    assert_int_equal(add->variant, 8);
    assert_true(add->chosen);
    assert_int_equal(add->quantity_milli, 2000);
    assert_int_equal(add->n_options, 2);
    assert_string_equal(add->options[1].name, "milk");
    assert_string_equal(add->options[1].value, "a bit of soy milk");
    struct cart c = {0};
    cart_line(&c, 8, "House Coffee", 2000, 900);
    told_cart(&c);
    expect_number(expect_said("reorder.added"), "total", 1800);
    say(INTENT_yes);
    expect(EFFECT_CART);
    told_cart(&c);
    expect_said("checkout.readback");
}

static void what_is_gone_is_said_first_and_the_rest_offered(void **state) {
    (void)state;
    struct order o = breakfast();
    struct cart c = {0};
    cart_line(&c, 3, "Oat Milk", 1000, 349);
    say(INTENT_reorder);
    told_orders(&o, 1, 1);
    assert_int_equal(expect(EFFECT_INSTEAD)->instead.variant, 3);
    assert_string_equal(expect(EFFECT_INSTEAD)->instead.title, "Rye Bread");
    found(NULL, 0, 0);
    expect_text(expect_said("reorder.some_gone"), "gone", "Rye Bread");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    told_cart(&c);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 8);
    failed(FAILED_STOCK);
    expect_number(expect_said("reorder.added_some"), "missed", 1000);
}

static void instead_of_what_is_gone_something_is_offered(void **state) {
    (void)state;
    struct order o = breakfast();
    struct product instead[2] = {product(3, "Oat Milk", 349), product(21, "Wheat Bread", 299)};
    say(INTENT_reorder);
    told_orders(&o, 1, 1);
    found(instead, 2, 2);
    const struct reply *r = expect_said("reorder.instead");
    expect_text(r, "gone", "Rye Bread");
    expect_text(r, "why", "gone");
    expect_text(r, "instead", "Wheat Bread"); /* the first is in the order anyway */
    say(INTENT_yes);
    expect_text(expect_said("reorder.again"), "items",
                "Oat Milk\n2 House Coffee (large, a bit of soy milk)\nWheat Bread");
    say(INTENT_reorder);
    told_orders(&o, 1, 1);
    found(instead, 2, 2);
    say(INTENT_no);
    expect_text(expect_said("reorder.again"), "items", "Oat Milk\n2 House Coffee (large, a bit of soy milk)");
}

/* It was agreed to just now: it is not asked about again. */
static void a_substitute_alone_goes_into_the_basket(void **state) {
    (void)state;
    struct order o = breakfast();
    struct product wheat = product(21, "Wheat Bread", 299);
    o.lines[2].variant = 7;
    o.lines[2].stock = 0;
    say_with(INTENT_reorder, "product", "bread");
    told_orders(&o, 1, 1);
    found(&wheat, 1, 1);
    expect_text(expect_said("reorder.instead"), "why", "sold_out");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 21);
    say_with(INTENT_reorder, "product", "bread");
    told_orders(&o, 1, 1);
    found(&wheat, 1, 1);
    say(INTENT_no);
    expect_said("reorder.nothing_left");
}

static void what_has_changed_is_said_first(void **state) {
    (void)state;
    struct order o = breakfast();
    o.n_lines = 2;
    o.lines[0].quantity_milli = 3000;
    o.lines[0].stock = 2;
    str_copy(o.lines[1].options_now, OPTIONS_MAX, "size: large");
    str_copy(o.lines[1].option_gone, OPTION_GONE_MAX, "soy milk");
    say(INTENT_reorder);
    told_orders(&o, 1, 1);
    const struct reply *r = expect_said("reorder.again");
    expect_text(r, "note", "few");
    expect_text(r, "noted", "Oat Milk");
    expect_number(r, "left", 2000);
    expect_number(r, "note_more", 1000);
    expect_text(r, "change", "one_dearer");
    expect_text(r, "dearer", "House Coffee");
    expect_number(r, "difference", 200);
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.quantity_milli, 2000);
    str_copy(o.lines[1].title_now, TITLE_MAX, "Coffee of the House");
    o.lines[1].option_gone[0] = '\0';
    say_with(INTENT_reorder, "product", "house coffee");
    told_orders(&o, 1, 1);
    r = expect_said("reorder.again");
    expect_text(r, "note", "renamed");
    expect_text(r, "detail", "House Coffee");
    expect_text(r, "items", "2 Coffee of the House (large)");
}

static void all_gone_offers_something_alike(void **state) {
    (void)state;
    struct order o = breakfast();
    say_with(INTENT_reorder, "product", "bread");
    told_orders(&o, 1, 1);
    failed(FAILED_OTHER);
    expect_text(expect_said("reorder.gone"), "gone", "Rye Bread");
    say(INTENT_yes);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "bread");
}

static void never_bought_offers_to_look(void **state) {
    (void)state;
    say_with(INTENT_reorder, "product", "caviar");
    told_orders(NULL, 0, 0);
    expect_text(expect_said("reorder.none"), "query", "caviar");
    say(INTENT_yes);
    assert_string_equal(expect(EFFECT_FIND)->find.query, "caviar");
}

static void the_usual(void **state) {
    (void)state;
    struct order o = breakfast();
    struct cart c = {0};
    o.n_lines = 2;
    cart_line(&c, 3, "Oat Milk", 1000, 349);
    say_with(INTENT_reorder, "_usual", "usual");
    assert_string_equal(expect(EFFECT_USUAL)->usual.words, "");
    told_orders(&o, 1, 1);
    const struct reply *r = expect_said("reorder.usual");
    expect_text(r, "items", "Oat Milk\n2 House Coffee (large, a bit of soy milk)");
    expect_number(r, "price", 349 + 1800);
    say_with(INTENT_choose, "product", "oat milk");
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    told_cart(&c);
    expect_said("reorder.added");
    say_with(INTENT_reorder, "_usual", "usual");
    told_orders(NULL, 0, 0);
    expect_said("reorder.no_usual");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup(f, play_begin)
    const struct CMUnitTest tests[] = {
        TEST(tells_the_one_that_is_open),
        TEST(every_state_has_words),
        TEST(says_when_it_is_late_and_how_old_the_news_is),
        TEST(today_is_the_shops_day),
        TEST(delivered_says_where),
        TEST(part_shipped_says_what_is_missing),
        TEST(sums_up_several_and_tells_one),
        TEST(with_nothing_open_the_latest_is_told),
        TEST(no_such_order),
        TEST(orders_one_thing_again),
        TEST(what_is_gone_is_said_first_and_the_rest_offered),
        TEST(instead_of_what_is_gone_something_is_offered),
        TEST(a_substitute_alone_goes_into_the_basket),
        TEST(what_has_changed_is_said_first),
        TEST(all_gone_offers_something_alike),
        TEST(never_bought_offers_to_look),
        TEST(the_usual),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
