/* An order for which the shop wants another total than was read back: nothing is ordered before its word is said. */
#include "play.h"

static struct order asked(void) {
    struct order o = {.state = ORDER_SAVED,
                      .placed_ms = NOW_MS - HOUR_MS,
                      .as_of_ms = NOW_MS,
                      .n_lines = 1,
                      .total_minor = 1398,
                      .asked_minor = 1468,
                      .currency = "USD"};
    str_copy(o.number, sizeof o.number, "10014");
    str_copy(o.lines[0].title, TITLE_MAX, "Oat Milk");
    return o;
}

/* "Where is my order?" */
static void ask_where(const struct order *o) {
    say(INTENT_order_status);
    play.e = (struct event){.kind = EVENT_ORDERS};
    play.e.orders.n = play.e.orders.total = 1;
    play.e.orders.v[0] = *o;
    step();
}

static void its_word_orders(void **state) {
    (void)state;
    struct order o = asked();
    ask_where(&o);
    const struct reply *r = expect_said("agree.readback");
    expect_number(r, "asked", 1468);
    expect_number(r, "total", 1398);
    expect_listens("challenge");
    assert_string_not_equal(play.d.challenge, "");
    say_challenge();
    assert_int_equal(expect(EFFECT_AGREE)->place.total_minor, 1468);
    assert_string_equal(expect(EFFECT_AGREE)->place.number, "10014");
    o.total_minor = 1468;
    o.asked_minor = 0;
    play.e = (struct event){.kind = EVENT_PLACED, .placed = o};
    step();
    expect_number(expect_said("agree.done"), "total", 1468);
}

static void nothing_else_does(void **state) {
    (void)state;
    struct order o = asked();
    ask_where(&o);
    say(INTENT_yes);
    expect_said("agree.yes_alone");
    char word[CHALLENGE_MAX];
    str_copy(word, sizeof word, play.d.challenge);
    say_with(INTENT_confirm_order, "_word", "nonsense");
    assert_null(effect(EFFECT_AGREE));
    assert_string_not_equal(play.d.challenge, word); /* another word each time */
    play.now_ms += 2 * 60 * 1000;
    say_challenge();
    assert_null(effect(EFFECT_AGREE)); /* too long ago: read again */
    expect_said("agree.readback");
}

static void no_drops_it(void **state) {
    (void)state;
    struct order o = asked();
    ask_where(&o);
    say(INTENT_no);
    assert_string_equal(expect(EFFECT_CANCEL)->number, "10014");
    o.state = ORDER_CANCELLED;
    play.e = (struct event){.kind = EVENT_CANCELLED, .placed = o};
    step();
    expect_said("cancel.done");
    say_challenge();
    assert_null(effect(EFFECT_AGREE));
}

static void a_checkout_in_between_forgets_it(void **state) {
    (void)state;
    struct order o = asked();
    struct cart c = {0};
    ask_where(&o);
    say(INTENT_checkout);
    cart_line(&c, 3, "Bread", 1000, 300);
    told_cart(&c);
    expect_said("checkout.readback");
    say_challenge();
    assert_null(effect(EFFECT_AGREE));
    assert_int_equal(expect(EFFECT_PLACE)->place.total_minor, 300);
}

static void it_wants_the_pin(void **state) {
    (void)state;
    struct order o = asked();
    str_copy(play.d.profile.confirm, sizeof play.d.profile.confirm, "pin");
    ask_where(&o);
    say_challenge();
    expect_said("pin.ask");
    assert_null(effect(EFFECT_AGREE));
    say_with(INTENT_give_pin, "_pin", "1234");
    expect(EFFECT_PIN);
    play.e = (struct event){.kind = EVENT_PIN, .pin.state = PIN_RIGHT};
    step();
    expect(EFFECT_AGREE);
}

static void above_the_limit(void **state) {
    (void)state;
    struct order o = asked();
    play.d.profile.max_order_minor = 1400;
    ask_where(&o);
    expect_said("limit.order");
    say_challenge();
    assert_null(effect(EFFECT_AGREE));
}

static void it_changed_again(void **state) {
    (void)state;
    struct order o = asked();
    ask_where(&o);
    say_challenge();
    play.e = (struct event){.kind = EVENT_FAILED, .failed = FAILED_CHANGED};
    step();
    expect_said("agree.changed");
}

static void saved_and_not_placed(void **state) {
    (void)state;
    struct cart c = {0};
    struct order o = asked();
    o.asked_minor = 0;
    o.offline = true;
    cart_line(&c, 3, "Bread", 1000, 300);
    say(INTENT_checkout);
    told_cart(&c);
    say_challenge();
    play.e = (struct event){.kind = EVENT_PLACED, .placed = o};
    step();
    expect_said("checkout.saved");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup(its_word_orders, play_begin),
                                       cmocka_unit_test_setup(nothing_else_does, play_begin),
                                       cmocka_unit_test_setup(no_drops_it, play_begin),
                                       cmocka_unit_test_setup(a_checkout_in_between_forgets_it, play_begin),
                                       cmocka_unit_test_setup(it_wants_the_pin, play_begin),
                                       cmocka_unit_test_setup(above_the_limit, play_begin),
                                       cmocka_unit_test_setup(it_changed_again, play_begin),
                                       cmocka_unit_test_setup(saved_and_not_placed, play_begin)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
