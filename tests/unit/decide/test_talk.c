/* The talk itself: failed turns, silence, repeat, help, greeting, hours; events that nobody waits for. */
#include "play.h"

static void two_failed_turns_give_examples_three_a_person(void **state) {
    (void)state;
    event(EVENT_WAKE);
    event(EVENT_UNCLEAR);
    expect_said("unclear.open");
    expect_listens("open");
    event(EVENT_UNCLEAR);
    expect_said("unclear.open_examples");
    event(EVENT_UNCLEAR);
    expect_text(expect_said("unclear.offer"), "shop", "Corner Grocer");
    expect_listens("open");
    event(EVENT_UNCLEAR);
    expect_said("yesno.unclear");
    event(EVENT_UNCLEAR);
    expect_said("yesno.examples");
    event(EVENT_UNCLEAR);
    expect_text(expect_said("unclear.person"), "phone", "555 0199");
    expect_listens("");
    event(EVENT_UNCLEAR);
    expect_said("unclear.open");
}

static void never_the_same_prompt_twice_in_a_row(void **state) {
    (void)state;
    event(EVENT_UNCLEAR);
    expect_said("unclear.open");
    say(INTENT_stop);
    event(EVENT_WAKE);
    event(EVENT_UNCLEAR);
    expect_said("unclear.open_examples");
}

static void a_turn_that_works_forgives_the_failed_ones(void **state) {
    (void)state;
    event(EVENT_UNCLEAR);
    event(EVENT_UNCLEAR);
    say(INTENT_greeting);
    event(EVENT_UNCLEAR);
    expect_said("unclear.open");
}

static void silence_is_met_with_one_word_at_most(void **state) {
    (void)state;
    struct product p = product(3, "Oat Milk", 349);
    event(EVENT_WAKE);
    event(EVENT_NO_SPEECH);
    expect_silence();
    expect_listens("");
    say_with(INTENT_search_product, "query", "oat milk");
    found(&p, 1, 1);
    event(EVENT_NO_SPEECH);
    expect_said("yesno.nudge_add");
    event(EVENT_NO_SPEECH);
    expect_silence();
    expect_listens("");
    event(EVENT_NO_SPEECH);
    expect_silence();
}

static void too_much_at_once_is_asked_for_in_parts(void **state) {
    (void)state;
    event(EVENT_WAKE);
    event(EVENT_TOO_LONG);
    expect_said("too_long");
    expect_listens("open");
    event(EVENT_TOO_LONG);
    expect_said("too_long");
    event(EVENT_TOO_LONG);
    expect_said("unclear.offer");
    expect_listens("open");
}

static void waking_lets_answer_the_question_of_before(void **state) {
    (void)state;
    struct product p = product(3, "Oat Milk", 349);
    say_with(INTENT_search_product, "query", "oat milk");
    found(&p, 1, 1);
    event(EVENT_WAKE);
    expect(EFFECT_SILENCE);
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_LISTENING);
    expect_listens("choose");
    say(INTENT_yes);
    expect(EFFECT_ADD);
    say_with(INTENT_search_product, "query", "oat milk");
    found(&p, 1, 1);
    play.now_ms += 5 * 60 * 1000;
    event(EVENT_WAKE);
    expect_listens("open");
    say(INTENT_yes);
    assert_null(effect(EFFECT_ADD));
}

static void repeats_and_keeps_the_question(void **state) {
    (void)state;
    struct product p = product(3, "Oat Milk", 349);
    say(INTENT_repeat);
    expect_said("talk.nothing_said");
    say_with(INTENT_search_product, "query", "oat milk");
    found(&p, 1, 1);
    say(INTENT_repeat);
    expect_text(expect_said("search.one"), "title", "Oat Milk");
    say(INTENT_yes);
    expect(EFFECT_ADD);
}

static void help_fits_the_question(void **state) {
    (void)state;
    struct product p[2] = {product(3, "Oat Milk", 349), product(4, "Milk", 199)};
    say(INTENT_help);
    expect_said("talk.help");
    say_with(INTENT_search_product, "query", "milk");
    found(p, 2, 2);
    say(INTENT_help);
    expect_said("which.help");
    say_number(INTENT_choose, "index", 1000);
    expect_said("details.chosen");
    say(INTENT_help);
    expect_said("yesno.help");
    say(INTENT_yes);
    expect(EFFECT_ADD);
}

static void stop_is_silent(void **state) {
    (void)state;
    say(INTENT_greeting);
    say(INTENT_stop);
    expect(EFFECT_SILENCE);
    expect_silence();
    expect_listens("");
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_OFF);
}

static void greets_by_the_time_of_day_at_the_shop(void **state) {
    (void)state;
    static const struct {
        int offset_min;
        const char *part;
    } cases[] = {{0, "afternoon"}, {-5 * 60, "morning"}, {8 * 60, "evening"}, {-9 * 60, "evening"}};
    play.now_ms = INT64_C(1795176000000) - HOUR_MS / 4; /* noon in UTC, nearly */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        play.d.utc_offset_min = cases[i].offset_min;
        play.now_ms += HOUR_MS / 4; /* another conversation */
        say(INTENT_greeting);
        expect_text(expect_said("talk.greeting"), "part", cases[i].part);
        expect_text(&play.d.last, "name", "Dana");
    }
}

static void says_that_it_is_a_machine(void **state) {
    (void)state;
    say(INTENT_are_you_a_robot);
    expect_text(expect_said("talk.robot"), "assistant", "Robin");
}

static void tells_the_hours(void **state) {
    (void)state;
    struct hours open = {
        .day_ms = NOW_MS, .today = true, .open = true, .from_ms = NOW_MS - HOUR_MS, .to_ms = NOW_MS + HOUR_MS};
    struct hours later = {
        .day_ms = NOW_MS, .today = true, .open = true, .from_ms = NOW_MS + HOUR_MS, .to_ms = NOW_MS + DAY_MS};
    struct hours over = {
        .day_ms = NOW_MS, .today = true, .open = true, .from_ms = 1, .to_ms = 2, .next_ms = NOW_MS + DAY_MS};
    struct hours closed = {.day_ms = NOW_MS, .today = true};
    struct hours other = {.day_ms = NOW_MS + DAY_MS, .open = true, .from_ms = NOW_MS, .to_ms = NOW_MS + DAY_MS};
    const struct {
        const struct hours *hours;
        const char *id;
    } cases[] = {{&open, "hours.now"},
                 {&later, "hours.later"},
                 {&over, "hours.over"},
                 {&closed, "hours.closed"},
                 {&other, "hours.on"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct intent in = intent(INTENT_store_hours);
        str_copy(slot_add(&in, "when", "tomorrow")->code, SLOT_CODE_MAX, "day+1");
        say_intent(in);
        assert_string_equal(expect(EFFECT_HOURS)->when, "day+1");
        play.e = (struct event){.kind = EVENT_HOURS, .hours = *cases[i].hours};
        step();
        expect_said(cases[i].id);
    }
}

static void what_delivery_costs(void **state) {
    (void)state;
    const struct answered nothing = {0};
    say(INTENT_shipping_policy);
    assert_string_equal(expect(EFFECT_ASK)->ask.intent, "shipping_policy");
    answered(&nothing);
    expect_number(expect_said("shipping.free_from"), "free_from", 3500);
    play.d.profile.free_delivery_from_minor = -1;
    say(INTENT_shipping_policy);
    answered(&nothing);
    expect_said("shipping.cost");
    play.d.profile.delivery_minor = 0;
    say(INTENT_shipping_policy);
    answered(&nothing);
    expect_said("shipping.free");
}

static void what_it_cannot_do_goes_to_a_person(void **state) {
    (void)state;
    say_with(INTENT_notifications, "direction", "down");
    expect_text(expect_said("person.notifications"), "phone", "555 0199");
    play.d.profile.phone[0] = '\0';
    say(INTENT_human_agent);
    failed(FAILED_OTHER);
    expect_text(expect_said("person.how"), "has_phone", "no");
}

static void louder_quieter_and_a_level(void **state) {
    (void)state;
    say_with(INTENT_volume, "direction", "down");
    assert_int_equal(expect(EFFECT_VOLUME)->volume.tenths, -1);
    assert_false(expect(EFFECT_VOLUME)->volume.absolute);
    say_with(INTENT_volume, "direction", "up");
    assert_int_equal(expect(EFFECT_VOLUME)->volume.tenths, 1);
    static const int64_t levels[][2] = {{5000, 5}, {50000, 5}, {0, 0}, {INT64_MAX, 10}, {10000, 10}};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        say_number(INTENT_volume, "quantity", levels[i][0]);
        assert_true(expect(EFFECT_VOLUME)->volume.absolute);
        assert_int_equal(expect(EFFECT_VOLUME)->volume.tenths, levels[i][1]);
    }
}

static void louder_in_a_question_asks_it_again(void **state) {
    (void)state;
    struct product p = product(3, "Oat Milk", 349);
    say_with(INTENT_search_product, "query", "oat milk");
    found(&p, 1, 1);
    say_with(INTENT_volume, "direction", "up");
    expect_said("search.one");
    say(INTENT_yes);
    expect(EFFECT_ADD);
}

static void answers_nobody_waits_for_are_ignored(void **state) {
    (void)state;
    static const enum event_kind kinds[] = {EVENT_FOUND,  EVENT_VARIANTS, EVENT_CART,  EVENT_ORDERS,
                                            EVENT_PLACED, EVENT_HOURS,    EVENT_FAILED};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        event(kinds[i]);
        assert_int_equal(play.fx.n, 0);
    }
    say_with(INTENT_search_product, "query", "milk");
    event(EVENT_PLACED);
    assert_int_equal(play.fx.n, 0);
    event(EVENT_FAILED);
    expect_said("failed.other");
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_ERROR);
}

static void a_new_request_drops_the_question(void **state) {
    (void)state;
    struct product p = product(3, "Oat Milk", 349);
    say_with(INTENT_search_product, "query", "oat milk");
    found(&p, 1, 1);
    say(INTENT_shipping_policy);
    say(INTENT_yes);
    assert_null(effect(EFFECT_ADD));
}

static void the_light_follows_the_talk(void **state) {
    (void)state;
    say(INTENT_greeting);
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_SPEAKING);
    event(EVENT_SPOKEN);
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_LISTENING);
    say(INTENT_no);
    event(EVENT_SPOKEN);
    assert_int_equal(expect(EFFECT_LIGHT)->light, LIGHT_OFF);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup(f, play_begin)
    const struct CMUnitTest tests[] = {
        TEST(two_failed_turns_give_examples_three_a_person),
        TEST(never_the_same_prompt_twice_in_a_row),
        TEST(a_turn_that_works_forgives_the_failed_ones),
        TEST(silence_is_met_with_one_word_at_most),
        TEST(too_much_at_once_is_asked_for_in_parts),
        TEST(waking_lets_answer_the_question_of_before),
        TEST(repeats_and_keeps_the_question),
        TEST(help_fits_the_question),
        TEST(stop_is_silent),
        TEST(greets_by_the_time_of_day_at_the_shop),
        TEST(says_that_it_is_a_machine),
        TEST(tells_the_hours),
        TEST(what_delivery_costs),
        TEST(what_it_cannot_do_goes_to_a_person),
        TEST(louder_quieter_and_a_level),
        TEST(louder_in_a_question_asks_it_again),
        TEST(answers_nobody_waits_for_are_ignored),
        TEST(a_new_request_drops_the_question),
        TEST(the_light_follows_the_talk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
