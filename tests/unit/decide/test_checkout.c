/* Ordering: no order without a read-back immediately before the yes. */
#include "play.h"

static struct cart basket(void) {
    struct cart c = {.delivery_minor = 490};
    cart_line(&c, 3, "Oat Milk", 2000, 349);
    return c;
}

static void read_back(void) {
    struct cart c = basket();
    say(INTENT_checkout);
    expect(EFFECT_CART);
    told_cart(&c);
}

static struct order placed(void) {
    return (struct order){.number = "1044", .total_minor = 1188, .currency = "USD", .expected_ms = NOW_MS + DAY_MS};
}

static void tell_placed(void) {
    play.e = (struct event){.kind = EVENT_PLACED, .placed = placed()};
    step();
}

static void reads_back_and_orders_on_yes(void **state) {
    (void)state;
    read_back();
    const struct reply *r = expect_said("checkout.readback");
    expect_text(r, "items", "2 Oat Milk");
    expect_number(r, "total", 1188);
    expect_number(r, "delivery", 490);
    expect_text(r, "address", "12 Elm Street");
    expect_listens("confirm");
    event(EVENT_SPOKEN);
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_PLACE)->place.total_minor, 1188);
    tell_placed();
    expect_text(expect_said("checkout.placed"), "number", "1044");
    expect_listens("");
    tell_placed();
    expect_silence();
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
}

static void no_leaves_everything(void **state) {
    (void)state;
    read_back();
    say(INTENT_no);
    expect_said("checkout.declined");
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
}

static void a_yes_out_of_the_blue_orders_nothing(void **state) {
    (void)state;
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
    expect_said("talk.yes_to_what");
}

static void a_late_yes_is_read_back_again(void **state) {
    (void)state;
    read_back();
    play.now_ms += 90 * 1000;
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
    expect(EFFECT_CART);
    struct cart c = basket();
    told_cart(&c);
    expect_said("checkout.readback");
    say(INTENT_yes);
    expect(EFFECT_PLACE);
}

static void a_clock_set_back_orders_nothing(void **state) {
    (void)state;
    read_back();
    play.now_ms -= HOUR_MS;
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
}

static void the_time_to_answer_begins_when_it_has_been_heard(void **state) {
    (void)state;
    read_back();
    play.now_ms += 40 * 1000;
    event(EVENT_SPOKEN);
    play.now_ms += 40 * 1000;
    say(INTENT_yes);
    expect(EFFECT_PLACE);
}

static void who_interrupts_the_read_back_hears_it_again(void **state) {
    (void)state;
    read_back();
    event(EVENT_WAKE);
    expect(EFFECT_SILENCE);
    expect_listens("open");
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
    expect(EFFECT_CART);
}

static void other_requests_take_the_question_away(void **state) {
    (void)state;
    static const enum intent_id ids[] = {INTENT_store_hours, INTENT_greeting,        INTENT_stop,
                                         INTENT_show_cart,   INTENT_shipping_policy, INTENT_order_status};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        read_back();
        say(ids[i]);
        say(INTENT_yes);
        assert_null(effect(EFFECT_PLACE));
    }
}

static void what_is_changed_is_read_back(void **state) {
    (void)state;
    read_back();
    say_number(INTENT_change_quantity, "quantity", 3000);
    struct cart c = basket();
    told_cart(&c);
    assert_int_equal(expect(EFFECT_SET)->set.quantity_milli, 3000);
    c.n_lines = 0;
    c.subtotal_minor = 0;
    cart_line(&c, 3, "Oat Milk", 3000, 349);
    told_cart(&c);
    const struct reply *r = expect_said("checkout.readback");
    expect_text(r, "items", "3 Oat Milk");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_PLACE)->place.total_minor, 1537);
}

static void help_repeat_silence_and_nonsense_read_it_back_in_other_words(void **state) {
    (void)state;
    read_back();
    say(INTENT_help);
    expect_text(expect_said("checkout.help"), "items", "2 Oat Milk");
    say(INTENT_repeat);
    expect_said("checkout.readback");
    event(EVENT_UNCLEAR);
    expect_number(expect_said("checkout.unclear"), "total", 1188);
    event(EVENT_NO_SPEECH);
    expect_said("checkout.nudge");
    say(INTENT_yes);
    expect(EFFECT_PLACE);
}

static void too_much_at_once_is_no_yes(void **state) {
    (void)state;
    read_back();
    event(EVENT_TOO_LONG);
    expect_number(expect_said("checkout.unclear"), "total", 1188);
    assert_null(effect(EFFECT_PLACE));
    say(INTENT_yes);
    expect(EFFECT_PLACE);
}

static void silence_lets_it_go(void **state) {
    (void)state;
    read_back();
    event(EVENT_NO_SPEECH);
    expect_said("checkout.nudge");
    event(EVENT_NO_SPEECH);
    expect_silence();
    expect_listens("");
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
}

static void three_times_nonsense_orders_nothing(void **state) {
    (void)state;
    read_back();
    event(EVENT_UNCLEAR);
    expect_said("checkout.unclear");
    event(EVENT_UNCLEAR);
    expect_said("checkout.examples");
    event(EVENT_UNCLEAR);
    expect_said("unclear.offer_checkout");
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
    expect(EFFECT_HANDOVER);
}

static void a_basket_that_changed_meanwhile_is_read_back(void **state) {
    (void)state;
    read_back();
    say(INTENT_yes);
    failed(FAILED_CHANGED);
    expect(EFFECT_CART);
    struct cart c = basket();
    told_cart(&c);
    expect_said("checkout.readback");
}

static void failures_say_that_nothing_was_ordered(void **state) {
    (void)state;
    static const struct {
        enum failure why;
        const char *id;
    } cases[] = {{FAILED_STOCK, "checkout.stock"}, {FAILED_EMPTY, "cart.empty"}, {FAILED_BUSY, "checkout.failed"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_back();
        say(INTENT_yes);
        failed(cases[i].why);
        expect_said(cases[i].id);
    }
}

static void what_is_sold_out_is_said_before(void **state) {
    (void)state;
    struct cart c = basket();
    c.lines[0].stock = 1;
    say(INTENT_checkout);
    told_cart(&c);
    expect_number(expect_said("checkout.short"), "left", 1000);
    say_number(INTENT_change_quantity, "quantity", 1000);
    told_cart(&c);
    assert_int_equal(expect(EFFECT_SET)->set.variant, 3);
}

static void switched_off(void **state) {
    (void)state;
    str_copy(play.d.profile.confirm, sizeof play.d.profile.confirm, "off");
    say(INTENT_checkout);
    assert_null(effect(EFFECT_CART));
    expect_text(expect_said("checkout.off"), "phone", "555 0199");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup(f, play_begin)
    const struct CMUnitTest tests[] = {
        TEST(reads_back_and_orders_on_yes),
        TEST(no_leaves_everything),
        TEST(a_yes_out_of_the_blue_orders_nothing),
        TEST(a_late_yes_is_read_back_again),
        TEST(a_clock_set_back_orders_nothing),
        TEST(the_time_to_answer_begins_when_it_has_been_heard),
        TEST(who_interrupts_the_read_back_hears_it_again),
        TEST(other_requests_take_the_question_away),
        TEST(what_is_changed_is_read_back),
        TEST(help_repeat_silence_and_nonsense_read_it_back_in_other_words),
        TEST(too_much_at_once_is_no_yes),
        TEST(silence_lets_it_go),
        TEST(three_times_nonsense_orders_nothing),
        TEST(a_basket_that_changed_meanwhile_is_read_back),
        TEST(failures_say_that_nothing_was_ordered),
        TEST(what_is_sold_out_is_said_before),
        TEST(switched_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
