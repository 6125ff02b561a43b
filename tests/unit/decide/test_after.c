/* After the order: nothing is cancelled, sent elsewhere or sent back without a question and a yes right after it. */
#include "play.h"

static struct order order(const char *number, enum order_state state, const char *title) {
    struct order o = {.state = state,
                      .placed_ms = NOW_MS - DAY_MS,
                      .delivered_ms = state == ORDER_DELIVERED ? NOW_MS - 3 * DAY_MS : 0,
                      .as_of_ms = NOW_MS,
                      .n_lines = 1,
                      .total_minor = 349,
                      .currency = "USD"};
    str_copy(o.number, sizeof o.number, number);
    o.lines[0] = (struct order_line){
        .variant = 3, .quantity_milli = 1000, .price_minor = 349, .price_now_minor = 349, .stock = 9};
    str_copy(o.lines[0].title, TITLE_MAX, title);
    return o;
}

static void told_orders(const struct order *v, int n) {
    play.e = (struct event){.kind = EVENT_ORDERS};
    play.e.orders.n = play.e.orders.total = n;
    for (int i = 0; i < n; i++) play.e.orders.v[i] = v[i];
    step();
}

static int after_begin(void **state) {
    int rc = play_begin(state);
    play.d.profile.return_days = 30;
    play.d.profile.refund_days = 5;
    str_copy(play.d.customer.address, sizeof play.d.customer.address, "1 Elm Street");
    return rc;
}

static void cancels_after_a_yes(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_PLACED, "Oat Milk");
    say(INTENT_cancel_order);
    assert_true(expect(EFFECT_ORDERS)->orders.open_only);
    told_orders(&o, 1);
    expect_text(expect_said("cancel.sure"), "item", "Oat Milk");
    expect_listens("confirm");
    say(INTENT_yes);
    assert_string_equal(expect(EFFECT_CANCEL)->number, "1044");
    play.e = (struct event){.kind = EVENT_CANCELLED, .placed = o};
    step();
    expect_said("cancel.done");
}

/* A yes from the television, minutes later, cancels nothing. */
static void an_old_yes_cancels_nothing(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_PLACED, "Oat Milk");
    say(INTENT_cancel_order);
    told_orders(&o, 1);
    play.now_ms += 90 * 1000;
    say(INTENT_yes);
    assert_null(effect(EFFECT_CANCEL));
    expect_said("cancel.sure");
    event(EVENT_WAKE);
    say(INTENT_yes);
    assert_null(effect(EFFECT_CANCEL));
}

static void asks_which_of_those_that_can_be_cancelled(void **state) {
    (void)state;
    struct order v[3] = {order("1", ORDER_SHIPPED, "Soap"), order("2", ORDER_SAVED, "Oat Milk"),
                         order("3", ORDER_PLACED, "Bread")};
    say(INTENT_cancel_order);
    told_orders(v, 3);
    expect_text(expect_said("cancel.which"), "items", "Oat Milk\nBread");
    say_number(INTENT_choose, "index", 2000);
    expect_text(expect_said("cancel.sure"), "item", "Bread");
    say(INTENT_yes);
    assert_string_equal(expect(EFFECT_CANCEL)->number, "3");
    failed(FAILED_CHANGED);
    expect_said("cancel.just_left");
}

/* "Where is my order?" "It has left." "Cancel the order": not another one that is still here. */
static void the_order_that_was_told_is_meant(void **state) {
    (void)state;
    struct order v[2] = {order("1", ORDER_SAVED, "Soap"), order("2", ORDER_SHIPPED, "Oat Milk")};
    say_with(INTENT_order_status, "order_number", "2");
    told_orders(&v[1], 1);
    say(INTENT_cancel_order);
    told_orders(v, 2);
    expect_text(expect_said("cancel.too_late"), "state", "shipped");
}

static void offers_one_address_after_the_other(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_PLACED, "Oat Milk");
    say(INTENT_change_address);
    told_orders(&o, 1);
    expect(EFFECT_ADDRESSES);
    play.e = (struct event){.kind = EVENT_ADDRESSES};
    play.e.addresses.n = 2;
    str_copy(play.e.addresses.v[0].text, 160, "2 Oak Street");
    str_copy(play.e.addresses.v[1].text, 160, "3 Fir Street");
    step();
    expect_text(expect_said("address.sure"), "address", "2 Oak Street");
    say(INTENT_no);
    expect_text(expect_said("address.sure"), "address", "3 Fir Street");
    say(INTENT_yes);
    assert_string_equal(expect(EFFECT_READDRESS)->readdress.address, "3 Fir Street");
    event(EVENT_READDRESSED);
    expect_said("address.done");
}

static void sends_back_with_a_reason(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_DELIVERED, "Oat Milk");
    o.n_lines = 2;
    o.lines[1] = o.lines[0];
    str_copy(o.lines[1].title, TITLE_MAX, "Kettle");
    say(INTENT_return_item);
    assert_true(expect(EFFECT_ORDERS)->orders.several);
    told_orders(&o, 1);
    expect_said("returns.which");
    say_with(INTENT_choose, "product", "kettle");
    expect_said("returns.why");
    expect_listens("reason");
    say_with(INTENT_give_reason, "_reason", "broken");
    expect_text(expect_said("returns.sure"), "reason", "broken");
    say(INTENT_yes);
    const struct effect_send_back *b = &expect(EFFECT_SEND_BACK)->send_back;
    assert_int_equal(b->line, 1);
    assert_string_equal(b->reason, "broken");
    play.e = (struct event){.kind = EVENT_SENT_BACK};
    str_copy(play.e.send_back.number, ORDER_NUMBER_MAX, "701");
    step();
    expect_text(expect_said("returns.done"), "number", "701");
}

static void the_shop_says_what_goes_back(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_DELIVERED, "Kettle");
    o.delivered_ms = NOW_MS - INT64_C(31) * DAY_MS;
    say_with(INTENT_return_item, "product", "kettle");
    told_orders(&o, 1);
    expect_said("returns.too_late");
    o.delivered_ms = NOW_MS - INT64_C(30) * DAY_MS;
    say_with(INTENT_return_item, "product", "kettle");
    told_orders(&o, 1);
    expect_said("returns.why");
    play.d.profile.return_days = 0;
    say(INTENT_return_item);
    expect_said("returns.never");
    play.d.profile.return_days = RETURN_DAYS_UNKNOWN;
    say(INTENT_return_item);
    expect_said("returns.ask_person");
}

static void a_parcel_is_not_opened_before_it_is_asked(void **state) {
    (void)state;
    struct notice n = {.id = 7, .kind = NOTICE_OUT_FOR_DELIVERY};
    n.order = order("1044", ORDER_OUT_FOR_DELIVERY, "Secret Present");
    say(INTENT_notifications);
    expect(EFFECT_NOTICES);
    play.e = (struct event){.kind = EVENT_NOTICES};
    play.e.notices.n = play.e.notices.total = 1;
    play.e.notices.v[0] = n;
    step();
    const struct reply *r = expect_said("notices.one");
    for (int i = 0; i < r->n_args; i++) assert_null(strstr(r->args[i].text, "Secret"));
    assert_int_equal(expect(EFFECT_TOLD)->notice, 7);
    say(INTENT_order_contents);
    assert_string_equal(expect(EFFECT_ORDERS)->orders.number, "1044");
    told_orders(&n.order, 1);
    expect_text(expect_said("contents.order"), "items", "Secret Present");
}

static void tells_when_it_happens(void **state) {
    (void)state;
    struct order o = order("1044", ORDER_SHIPPED, "Oat Milk");
    say_with(INTENT_notify_me, "_event", "out_for_delivery");
    told_orders(&o, 1);
    assert_string_equal(expect(EFFECT_NOTIFY)->notify.kind, "out_for_delivery");
    assert_string_equal(expect(EFFECT_NOTIFY)->notify.subject, "1044");
    event(EVENT_NOTED);
    expect_said("notify.noted");
    say_with(INTENT_notify_me, "_event", "shipped"); /* it has happened already */
    told_orders(&o, 1);
    assert_null(effect(EFFECT_NOTIFY));
    expect_said("status.shipped");
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup(f, after_begin)
    const struct CMUnitTest tests[] = {
        TEST(cancels_after_a_yes),
        TEST(an_old_yes_cancels_nothing),
        TEST(asks_which_of_those_that_can_be_cancelled),
        TEST(the_order_that_was_told_is_meant),
        TEST(offers_one_address_after_the_other),
        TEST(sends_back_with_a_reason),
        TEST(the_shop_says_what_goes_back),
        TEST(a_parcel_is_not_opened_before_it_is_asked),
        TEST(tells_when_it_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
