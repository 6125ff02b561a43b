/* What is said unasked, and the questions that the shop's own text answers. */
#include "play.h"

static void recalled(enum remark_kind kind) {
    play.e = (struct event){.kind = EVENT_RECALLED};
    play.e.recalled.n = 1;
    play.e.recalled.due[0] =
        (struct remark){.kind = kind, .subject = 7, .variant = 3, .count = 2, .price_minor = 400, .before_minor = 500};
    str_copy(play.e.recalled.due[0].title, TITLE_MAX, "Tea");
    str_copy(play.e.recalled.due[0].number, ORDER_NUMBER_MAX, "1044");
    step();
}

/* A request that is finished with one reply. */
static void ask_and_finish(void) {
    say(INTENT_are_you_a_robot);
    expect_said("talk.robot");
    say(INTENT_store_hours);
    play.e = (struct event){.kind = EVENT_HOURS};
    step();
    expect_said("hours.closed");
    expect_listens("");
}

static void a_session_asks_the_store_once(void **state) {
    (void)state;
    event(EVENT_WAKE);
    expect(EFFECT_RECALL);
    event(EVENT_WAKE);
    assert_null(effect(EFFECT_RECALL));
    say(INTENT_greeting);
    assert_null(effect(EFFECT_RECALL));
    play.now_ms += HOUR_MS;
    say(INTENT_greeting); /* it was still listening: a new session without a wake */
    expect(EFFECT_RECALL);
}

static void one_remark_when_the_request_is_finished(void **state) {
    (void)state;
    event(EVENT_WAKE);
    recalled(REMARK_PARCEL);
    expect_silence();
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_number(expect_said("remark.parcel"), "count", 2000);
    const struct effect *fx = expect(EFFECT_REMARKED);
    assert_int_equal(fx->remarked.kind, REMARK_PARCEL);
    assert_int_equal(fx->remarked.subject, 7);
    assert_false(fx->remarked.declined);
    expect_listens("choose");
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_silence();
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_OFF);
}

static void yes_leads_to_the_parcel(void **state) {
    (void)state;
    event(EVENT_WAKE);
    recalled(REMARK_PARCEL);
    ask_and_finish();
    event(EVENT_SPOKEN);
    say(INTENT_yes);
    assert_string_equal(expect(EFFECT_ORDERS)->orders.number, "1044");
}

static void declined_goes_into_the_ledger(void **state) {
    (void)state;
    event(EVENT_WAKE);
    recalled(REMARK_CHEAPER);
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_said("remark.cheaper");
    say(INTENT_no);
    expect_said("remark.declined");
    assert_true(expect(EFFECT_REMARKED)->remarked.declined);
    event(EVENT_SPOKEN);
    expect_silence();
}

static void a_wish_is_told_and_bought(void **state) {
    (void)state;
    event(EVENT_WAKE);
    recalled(REMARK_WISH);
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_said("remark.wish");
    assert_int_equal(expect(EFFECT_REMARKED)->remarked.kind, REMARK_WISH);
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
}

static void not_after_stop_a_no_or_a_failure(void **state) {
    (void)state;
    event(EVENT_WAKE);
    recalled(REMARK_CHEAPER);
    say(INTENT_stop);
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_NOTICE);
    event(EVENT_SPOKEN);
    expect_silence();
    say(INTENT_human_agent);
    event(EVENT_SPOKEN);
    expect_silence();
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_NOTICE);
    say(INTENT_no);
    event(EVENT_SPOKEN);
    expect_silence();
    for (int i = 0; i < 3; i++) event(EVENT_UNCLEAR);
    expect_said("unclear.offer");
    event(EVENT_SPOKEN);
    expect_silence();
    /* and a word of the shopper's in between is a new request */
    ask_and_finish();
    event(EVENT_WAKE);
    event(EVENT_SPOKEN);
    expect_silence();
}

static void not_in_the_quiet_hours(void **state) {
    (void)state;
    play.d.profile.quiet_from_min = 10 * 60; /* it is 10:40 */
    play.d.profile.quiet_to_min = 11 * 60;
    event(EVENT_WAKE);
    recalled(REMARK_CHEAPER);
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_silence();
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_OFF);
    play.d.profile.quiet_from_min = 22 * 60; /* over midnight */
    play.d.profile.quiet_to_min = 10 * 60 + 30;
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_said("remark.cheaper");
}

static void not_what_the_shopper_came_to(void **state) {
    (void)state;
    event(EVENT_WAKE);
    recalled(REMARK_BASKET);
    say(INTENT_show_cart);
    struct cart c = {0};
    cart_line(&c, 3, "Tea", 1000, 400);
    told_cart(&c);
    event(EVENT_SPOKEN);
    expect_silence();
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_silence();
}

static void what_stopped_a_basket(void **state) {
    (void)state;
    struct cart c = {.delivery_minor = 490};
    cart_line(&c, 3, "Tea", 1000, 400);
    cart_line(&c, 4, "Lamp", 1000, 2000);
    event(EVENT_WAKE);
    recalled(REMARK_BASKET);
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_said("remark.basket");
    expect_listens("stopped");
    say_with(INTENT_stopped_by, "reason", "price");
    told_cart(&c);
    expect_text(expect_said("stopped.price"), "title", "Lamp");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_FIND)->find.max_price_minor, 1999);
    say_with(INTENT_stopped_by, "reason", "delivery");
    told_cart(&c);
    expect_number(expect_said("stopped.delivery"), "missing", 1100);
    say_with(INTENT_stopped_by, "reason", "payment");
    assert_string_equal(expect(EFFECT_ASK)->ask.intent, "payment");
    answered(&(struct answered){.answer = {.name = "pay", .text = "Cards.", .score = 1}});
    expect_text(expect_said("stopped.payment"), "text", "Cards.");
    say_with(INTENT_stopped_by, "reason", "coupon");
    expect_said("stopped.coupon");
    say_with(INTENT_stopped_by, "reason", "time");
    expect_said("stopped.other");
    say(INTENT_yes);
    expect(EFFECT_CART);
}

static void silence_after_a_remark_ends_it(void **state) {
    (void)state;
    event(EVENT_WAKE);
    recalled(REMARK_BASKET);
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_listens("stopped");
    event(EVENT_NO_SPEECH);
    expect_silence();
    expect_listens("");
}

static void added_with(int64_t variant, const char *with) {
    struct cart c = {0};
    event(EVENT_WAKE);
    cart_line(&c, 1, "Coffee", 1000, 900);
    play.d.wish = (struct effect_add){.variant = 1, .quantity_milli = 1000};
    play.d.waiting = WAITING_ADDED;
    play.e = (struct event){.kind = EVENT_CART, .with = product(variant, with, 300), .cart = c};
    step();
}

static void what_goes_with_it_is_suggested(void **state) {
    (void)state;
    added_with(5, "Filters");
    expect_text(expect_said("cart.added_with"), "with", "Filters");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 5);
    struct cart c = {0};
    cart_line(&c, 5, "Filters", 1000, 300);
    play.e = (struct event){.kind = EVENT_CART, .with = product(6, "Cups", 300), .cart = c};
    step();
    expect_said("cart.added_first"); /* one idea is enough */
    added_with(7, "Sugar");
    expect_said("cart.added_with");
    say(INTENT_no);
    expect_said("suggest.declined");
    const struct effect *fx = expect(EFFECT_REMARKED);
    assert_int_equal(fx->remarked.kind, REMARK_WITH);
    assert_int_equal(fx->remarked.subject, 7);
    assert_true(fx->remarked.declined);
    added_with(8, "Milk");
    expect_said("cart.added_first");
}

static void nothing_is_suggested_at_the_checkout_or_sold_out(void **state) {
    (void)state;
    added_with(0, "");
    expect_said("cart.added_first");
    play.d.checking_out = true;
    added_with(5, "Filters");
    expect_said("checkout.readback");
    play_begin(state);
    event(EVENT_WAKE);
    play.e = (struct event){.kind = EVENT_CART, .with = product(5, "Filters", 300)};
    play.e.with.stock = 0;
    cart_line(&play.e.cart, 1, "Coffee", 1000, 900);
    play.d.waiting = WAITING_ADDED;
    step();
    expect_said("cart.added_first");
}

static void no_suggestions_for_good(void **state) {
    (void)state;
    event(EVENT_WAKE);
    recalled(REMARK_CHEAPER);
    say_with(INTENT_suggestions, "direction", "down");
    expect_said("suggest.off");
    assert_false(expect(EFFECT_SUGGESTIONS)->suggestions);
    ask_and_finish();
    event(EVENT_SPOKEN);
    expect_silence();
    say_with(INTENT_suggestions, "direction", "up");
    assert_true(expect(EFFECT_SUGGESTIONS)->suggestions);
}

static void greets_with_what_was_looked_at(void **state) {
    (void)state;
    event(EVENT_WAKE);
    play.e = (struct event){.kind = EVENT_RECALLED};
    play.e.recalled.looked = product(3, "Lamp", 2000);
    step();
    say(INTENT_greeting);
    expect_text(expect_said("talk.greeting_looked"), "title", "Lamp");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    say(INTENT_greeting);
    expect_said("talk.greeting_again");
}

static void greets_with_the_news(void **state) {
    (void)state;
    event(EVENT_WAKE);
    recalled(REMARK_USUAL);
    say(INTENT_greeting);
    expect_said("talk.greeting_news");
    event(EVENT_SPOKEN);
    expect_said("remark.usual");
    say(INTENT_yes);
    assert_int_equal(expect(EFFECT_ADD)->add.variant, 3);
    assert_true(effect(EFFECT_ADD)->add.chosen);
}

/* ---- the shop's own text ---- */

static void unclear(const char *words, bool unsure) {
    play.e = (struct event){.kind = EVENT_UNCLEAR};
    str_copy(play.e.intent.text, sizeof play.e.intent.text, words);
    play.e.intent.unsure = unsure;
    step();
}

static void words_of_no_intent_may_be_answered(void **state) {
    (void)state;
    struct answered a = {.answer = {.name = "park", .text = "Behind the store.", .score = 0.6}};
    unclear("where can i leave my car", false);
    assert_string_equal(expect(EFFECT_ASK)->ask.words, "where can i leave my car");
    expect_silence();
    answered(&a);
    expect_text(expect_said("answer.told"), "text", "Behind the store.");
    unclear("cars of the world", false);
    a.answer.score = 0.4;
    answered(&a);
    expect_said("unclear.open");
    unclear("cars of the world", true); /* heard badly: nothing is made of it */
    expect_said("unclear.open_examples");
    unclear("cars of the world", false);
    failed(FAILED_BUSY);
    expect_said("unclear.offer");
}

static void a_question_to_the_shop_has_an_answer_or_a_person(void **state) {
    (void)state;
    struct answered a = {.answer = {.name = "pay", .text = "Cards.", .score = 0.3}};
    say(INTENT_shop_question);
    answered(&a);
    expect_said("answer.told");
    say(INTENT_shop_question);
    a.answer.score = 0.1;
    answered(&a);
    expect_text(expect_said("answer.unknown"), "phone", "555 0199");
    say_with(INTENT_return_item, "_policy", "yes");
    a.answer.score = 1;
    answered(&a);
    expect_said("answer.told");
}

static void where_it_delivers(void **state) {
    (void)state;
    struct answered a = {.area = {.name = "Old Town", .delivers = true, .listed = 2, .all = "Old Town\nLakeside"}};
    say_with(INTENT_shipping_policy, "_area", "old town");
    assert_string_equal(expect(EFFECT_ASK)->ask.area, "old town");
    answered(&a);
    expect_text(expect_said("area.yes"), "area", "Old Town");
    say_with(INTENT_shipping_policy, "_home", "yes");
    assert_string_equal(expect(EFFECT_ASK)->ask.area, "12 Elm Street");
    a.area.delivers = false;
    answered(&a);
    expect_said("area.no");
    say_with(INTENT_shipping_policy, "_area", "atlantis");
    a.area.name[0] = '\0';
    answered(&a);
    expect_text(expect_said("area.unknown"), "area", "atlantis");
    say_with(INTENT_shipping_policy, "_where", "yes");
    answered(&a);
    expect_text(expect_said("area.list"), "items", "Old Town\nLakeside");
    /* a shop without areas says what it costs */
    say_with(INTENT_shipping_policy, "_area", "atlantis");
    answered(&(struct answered){0});
    expect_said("shipping.free_from");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup(f, play_begin)
    const struct CMUnitTest tests[] = {
        TEST(a_session_asks_the_store_once),
        TEST(one_remark_when_the_request_is_finished),
        TEST(yes_leads_to_the_parcel),
        TEST(declined_goes_into_the_ledger),
        TEST(a_wish_is_told_and_bought),
        TEST(not_after_stop_a_no_or_a_failure),
        TEST(not_in_the_quiet_hours),
        TEST(not_what_the_shopper_came_to),
        TEST(what_stopped_a_basket),
        TEST(silence_after_a_remark_ends_it),
        TEST(what_goes_with_it_is_suggested),
        TEST(nothing_is_suggested_at_the_checkout_or_sold_out),
        TEST(no_suggestions_for_good),
        TEST(greets_with_what_was_looked_at),
        TEST(greets_with_the_news),
        TEST(words_of_no_intent_may_be_answered),
        TEST(a_question_to_the_shop_has_an_answer_or_a_person),
        TEST(where_it_delivers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
