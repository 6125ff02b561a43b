/* Ordering: no order without a read-back immediately before its word, nor without the PIN where one is wanted. */
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

static void reads_back_and_orders_on_the_word(void **state) {
    (void)state;
    read_back();
    const struct reply *r = expect_said("checkout.readback");
    expect_text(r, "items", "2 Oat Milk");
    expect_number(r, "total", 1188);
    expect_number(r, "delivery", 490);
    expect_text(r, "address", "12 Elm Street");
    expect_listens("challenge");
    expect_text(r, "word", "violin");
    event(EVENT_SPOKEN);
    say_challenge();
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

static void a_late_word_is_read_back_again(void **state) {
    (void)state;
    read_back();
    play.now_ms += 90 * 1000;
    say_challenge();
    assert_null(effect(EFFECT_PLACE));
    expect(EFFECT_CART);
    struct cart c = basket();
    told_cart(&c);
    expect_said("checkout.readback");
    say_challenge();
    expect(EFFECT_PLACE);
}

static void a_clock_set_back_orders_nothing(void **state) {
    (void)state;
    read_back();
    play.now_ms -= HOUR_MS;
    say_challenge();
    assert_null(effect(EFFECT_PLACE));
}

static void the_time_to_answer_begins_when_it_has_been_heard(void **state) {
    (void)state;
    read_back();
    play.now_ms += 40 * 1000;
    event(EVENT_SPOKEN);
    play.now_ms += 40 * 1000;
    say_challenge();
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
    say_challenge();
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
    say_challenge();
    expect(EFFECT_PLACE);
}

static void too_much_at_once_is_no_yes(void **state) {
    (void)state;
    read_back();
    event(EVENT_TOO_LONG);
    expect_number(expect_said("checkout.unclear"), "total", 1188);
    assert_null(effect(EFFECT_PLACE));
    say_challenge();
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
    say_challenge();
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
        say_challenge();
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

/* ---- the word ---- */

static void a_yes_alone_buys_nothing_and_is_told_so(void **state) {
    (void)state;
    read_back();
    char before[CHALLENGE_MAX];
    str_copy(before, sizeof before, play.d.challenge);
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
    expect_text(expect_said("checkout.yes_alone"), "items", "2 Oat Milk");
    assert_string_not_equal(play.d.challenge, before); /* a fresh word each time, whatever the chance */
    expect_listens("challenge");
    say(INTENT_yes);
    expect_said("checkout.examples");
    say(INTENT_yes);
    expect_said("unclear.offer_checkout");
    assert_null(effect(EFFECT_PLACE));
}

static void another_word_orders_nothing(void **state) {
    (void)state;
    read_back();
    char before[CHALLENGE_MAX];
    str_copy(before, sizeof before, play.d.challenge);
    say_with(INTENT_confirm_order, "_word", "tiger");
    assert_null(effect(EFFECT_PLACE));
    expect_said("checkout.wrong_word");
    say_with(INTENT_confirm_order, "_word", before); /* the word of the read-back before */
    assert_null(effect(EFFECT_PLACE));
    say(INTENT_confirm_order);
    assert_null(effect(EFFECT_PLACE));
}

static void a_word_counts_once(void **state) {
    (void)state;
    read_back();
    char word[CHALLENGE_MAX];
    str_copy(word, sizeof word, play.d.challenge);
    say_challenge();
    expect(EFFECT_PLACE);
    tell_placed();
    say_with(INTENT_confirm_order, "_word", word);
    assert_null(effect(EFFECT_PLACE));
    say_with(INTENT_confirm_order, "_word", "");
    assert_null(effect(EFFECT_PLACE));
}

static void without_words_nothing_is_ordered(void **state) {
    (void)state;
    play.d.challenges_n = 0;
    read_back();
    say_with(INTENT_confirm_order, "_word", "");
    assert_null(effect(EFFECT_PLACE));
    say(INTENT_confirm_order);
    assert_null(effect(EFFECT_PLACE));
}

static void chance_chooses_the_word(void **state) {
    (void)state;
    static const char *const words[] = {"maple", "tiger", "violin", "thunder"};
    for (uint32_t i = 0; i < 4; i++) {
        play.d.challenge[0] = '\0';
        play.d.chance = i + 4000000000u;
        read_back();
        assert_string_equal(play.d.challenge, words[i]);
        say(INTENT_no);
    }
}

/* ---- the PIN ---- */

static void ask_pin(void) {
    str_copy(play.d.profile.confirm, sizeof play.d.profile.confirm, "pin");
    read_back();
    say_challenge();
    assert_null(effect(EFFECT_PLACE));
}

static void tell_pin(struct pin_answer pin) {
    play.e = (struct event){.kind = EVENT_PIN, .pin = pin};
    step();
}

static void a_pin_is_asked_for_after_the_word(void **state) {
    (void)state;
    ask_pin();
    expect_said("pin.ask");
    expect_listens("pin");
    say_with(INTENT_give_pin, "_pin", "4711");
    assert_string_equal(expect(EFFECT_PIN)->pin, "4711");
    assert_null(effect(EFFECT_PLACE));
    tell_pin((struct pin_answer){.state = PIN_WRONG, .tries_left = 2});
    expect_number(expect_said("pin.wrong"), "left", 2000);
    say_with(INTENT_give_pin, "_pin", "4712");
    tell_pin((struct pin_answer){.state = PIN_RIGHT});
    assert_int_equal(expect(EFFECT_PLACE)->place.total_minor, 1188);
}

static void locked_or_without_a_pin_the_basket_is_kept(void **state) {
    (void)state;
    ask_pin();
    say_with(INTENT_give_pin, "_pin", "4711");
    tell_pin((struct pin_answer){.state = PIN_LOCKED, .locked_ms = NOW_MS + HOUR_MS});
    expect_number(expect_said("pin.locked"), "until", NOW_MS + HOUR_MS);
    expect_listens("");
    tell_pin((struct pin_answer){.state = PIN_RIGHT}); /* nobody waits for it any more */
    assert_null(effect(EFFECT_PLACE));
    ask_pin();
    say_with(INTENT_give_pin, "_pin", "4711");
    tell_pin((struct pin_answer){.state = PIN_UNSET});
    expect_said("pin.unset");
}

/* The companion page: who types need not be in the room. */
static void type_with(enum intent_id id, const char *slot, const char *text) {
    struct intent in = intent(id);
    slot_add(&in, slot, text);
    in.remote = true;
    say_intent(in);
}

static void what_is_typed_from_afar_orders_nothing(void **state) {
    (void)state;
    read_back();
    type_with(INTENT_confirm_order, "_word", play.d.challenge);
    assert_null(effect(EFFECT_PLACE));
    expect_said("checkout.aloud");
    expect_listens("challenge");
    say_challenge(); /* and who is there may go on */
    expect(EFFECT_PLACE);
    tell_placed();
    ask_pin();
    type_with(INTENT_give_pin, "_pin", "4711");
    assert_null(effect(EFFECT_PIN));
    expect_said("pin.aloud");
    expect_listens("pin");
    say_with(INTENT_give_pin, "_pin", "4711");
    expect(EFFECT_PIN);
}

static void what_is_no_pin_is_asked_again(void **state) {
    (void)state;
    static const char *const bad[] = {"", "123", "123456789"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        play.d.failed_turns = 0;
        ask_pin();
        say_with(INTENT_give_pin, "_pin", bad[i]);
        assert_null(effect(EFFECT_PIN));
        expect_said("pin.unclear");
    }
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
    say(INTENT_no);
    expect_said("checkout.declined");
    say_with(INTENT_give_pin, "_pin", "4711"); /* nobody asks for it */
    assert_null(effect(EFFECT_PIN));
}

static void a_pin_leaves_nothing_behind(void **state) {
    (void)state;
    ask_pin();
    say_with(INTENT_give_pin, "_pin", "73192468");
    play.e = (struct event){0};
    const char *bytes = (const char *)&play.d;
    for (size_t i = 0; i + 8 <= sizeof play.d; i++) assert_true(memcmp(bytes + i, "73192468", 8) != 0);
}

static void a_pin_that_comes_late_orders_nothing(void **state) {
    (void)state;
    ask_pin();
    play.now_ms += 90 * 1000;
    say_with(INTENT_give_pin, "_pin", "4711");
    assert_null(effect(EFFECT_PIN));
    expect(EFFECT_CART);
    ask_pin();
    event(EVENT_WAKE);
    say_with(INTENT_give_pin, "_pin", "4711");
    assert_null(effect(EFFECT_PIN));
}

/* ---- limits ---- */

static void what_is_above_a_limit_is_not_ordered(void **state) {
    (void)state;
    play.d.profile.max_order_minor = 1187;
    read_back();
    expect_number(expect_said("limit.order"), "limit", 1187);
    say_challenge();
    assert_null(effect(EFFECT_PLACE));
    play.d.profile.max_order_minor = 1188;
    play.d.profile.max_day_minor = 2000;
    struct cart c = basket();
    c.lately_minor = 813;
    say(INTENT_checkout);
    told_cart(&c);
    expect_number(expect_said("limit.day"), "left", 1187);
    c.lately_minor = 812;
    say(INTENT_checkout);
    told_cart(&c);
    expect_said("checkout.readback");
}

/* ---- taking it back ---- */

static void order(void) {
    play.d.profile.undo_s = 120;
    read_back();
    say_challenge();
    tell_placed();
}

static void an_order_is_taken_back_at_once(void **state) {
    (void)state;
    static const enum intent_id ids[] = {INTENT_undo_order, INTENT_cancel_order};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        order();
        const struct reply *r = expect_said("checkout.placed");
        expect_text(r, "unit", "minutes");
        expect_number(r, "undo", 2000);
        say(ids[i]);
        assert_string_equal(expect(EFFECT_UNDO)->number, "1044");
        event(EVENT_UNDONE);
        expect_said("undo.done");
        say(ids[i]);
        assert_null(effect(EFFECT_UNDO));
    }
    order();
    say_with(INTENT_stop, "_cancel", "yes");
    expect(EFFECT_UNDO);
    failed(FAILED_CHANGED);
    expect_said("undo.too_late");
}

static void later_it_is_an_order_like_any_other(void **state) {
    (void)state;
    order();
    play.now_ms += 125 * 1000;
    say(INTENT_undo_order);
    assert_null(effect(EFFECT_UNDO));
    expect(EFFECT_ORDERS);
    order();
    say(INTENT_greeting);
    say_with(INTENT_stop, "_cancel", "yes"); /* of something else */
    assert_null(effect(EFFECT_UNDO));
    say(INTENT_undo_order);
    expect(EFFECT_UNDO);
}

/* ---- coupons, delivery and payment on the way ---- */

static void a_coupon_is_read_back(void **state) {
    (void)state;
    read_back();
    say_with(INTENT_apply_coupon, "code", "welcome");
    assert_string_equal(expect(EFFECT_COUPON)->coupon, "welcome");
    struct cart c = basket();
    c.coupon = (struct coupon){.code = "WELCOME", .state = COUPON_COUNTS, .discount_minor = 70};
    c.total_minor -= 70;
    play.e = (struct event){.kind = EVENT_COUPON, .coupon = {.coupon = c.coupon, .cart = c}};
    step();
    expect_number(expect_said("checkout.readback"), "discount", 70);
    say_challenge();
    assert_int_equal(expect(EFFECT_PLACE)->place.total_minor, 1118);
}

static void delivery_and_payment_are_read_back(void **state) {
    (void)state;
    static const struct {
        enum intent_id id;
        const char *slot;
        enum effect_kind effect;
    } cases[] = {{INTENT_choose_delivery, "way", EFFECT_DELIVER},
                 {INTENT_choose_address, "address", EFFECT_SEND_TO},
                 {INTENT_choose_payment, "payment", EFFECT_PAY_WITH}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cart c = basket();
        read_back();
        say_with(cases[i].id, cases[i].slot, "something");
        assert_string_equal(expect(cases[i].effect)->words, "something");
        told_cart(&c);
        expect_said("checkout.readback");
        say_challenge();
        expect(EFFECT_PLACE);
        tell_placed();
    }
}

static void a_declined_payment_keeps_the_basket_and_offers_another(void **state) {
    (void)state;
    struct cart c = basket();
    c.payment = (struct payment){"black card", PAYMENT_DECLINED};
    for (int other = 1; other >= 0; other--) {
        say(INTENT_checkout);
        told_cart(&c);
        expect_text(expect_said("checkout.readback"), "payment", "black card");
        say_challenge();
        failed(FAILED_DECLINED);
        expect(EFFECT_PAYMENTS);
        play.e = (struct event){.kind = EVENT_PAYMENTS, .payments.n = 2 + other};
        play.e.payments.v[0] = c.payment;
        play.e.payments.v[1] = (struct payment){"old card", PAYMENT_EXPIRED};
        play.e.payments.v[2] = (struct payment){"store account", PAYMENT_OK};
        step();
        const struct reply *r = expect_said(other ? "payment.declined" : "payment.declined_none");
        expect_text(r, "payment", "black card");
        if (!other) break;
        expect_text(r, "other", "store account");
        say(INTENT_yes);
        assert_string_equal(expect(EFFECT_PAY_WITH)->words, "store account");
        struct cart paid = basket();
        paid.payment = (struct payment){"store account", PAYMENT_OK};
        told_cart(&paid);
        expect_text(expect_said("checkout.readback"), "payment", "store account");
        say(INTENT_no);
    }
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup(f, play_begin)
    const struct CMUnitTest tests[] = {
        TEST(reads_back_and_orders_on_the_word),
        TEST(no_leaves_everything),
        TEST(a_yes_out_of_the_blue_orders_nothing),
        TEST(a_late_word_is_read_back_again),
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
        TEST(a_yes_alone_buys_nothing_and_is_told_so),
        TEST(another_word_orders_nothing),
        TEST(a_word_counts_once),
        TEST(without_words_nothing_is_ordered),
        TEST(chance_chooses_the_word),
        TEST(a_pin_is_asked_for_after_the_word),
        TEST(locked_or_without_a_pin_the_basket_is_kept),
        TEST(what_is_typed_from_afar_orders_nothing),
        TEST(what_is_no_pin_is_asked_again),
        TEST(a_pin_leaves_nothing_behind),
        TEST(a_pin_that_comes_late_orders_nothing),
        TEST(what_is_above_a_limit_is_not_ordered),
        TEST(an_order_is_taken_back_at_once),
        TEST(later_it_is_an_order_like_any_other),
        TEST(a_coupon_is_read_back),
        TEST(delivery_and_payment_are_read_back),
        TEST(a_declined_payment_keeps_the_basket_and_offers_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
