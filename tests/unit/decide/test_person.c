/* Handed over to a person and back; what is known, forgotten and heard; feedback. */
#include "play.h"

static void handed(bool there, bool again) {
    play.e = (struct event){.kind = EVENT_TICKET};
    play.e.handed.hours = (struct hours){.today = true, .open = there, .from_ms = NOW_MS - HOUR_MS};
    play.e.handed.hours.to_ms = NOW_MS + HOUR_MS;
    play.e.handed.hours.next_ms = NOW_MS + DAY_MS;
    play.e.handed.again = again;
    str_copy(play.e.handed.code, TICKET_CODE_MAX, "101");
    step();
}

static void wrote(const char *name, const char *text) {
    play.e = (struct event){.kind = EVENT_PERSON};
    str_copy(play.e.person.name, PERSON_NAME_MAX, name);
    str_copy(play.e.person.text, MESSAGE_MAX, text);
    str_copy(play.e.person.code, TICKET_CODE_MAX, "101");
    play.e.person.closed = !*text;
    step();
}

static void said(const char *words) {
    play.e = (struct event){.kind = EVENT_UNCLEAR};
    str_copy(play.e.intent.text, UTTERANCE_MAX, words);
    step();
}

static void search_milk(void) {
    struct product p[2] = {product(3, "Oat Milk", 349), product(4, "Milk", 199)};
    struct intent in = intent(INTENT_search_product);
    slot_add(&in, "query", "milk");
    str_copy(in.text, UTTERANCE_MAX, "find milk");
    say_intent(in);
    found(p, 2, 2);
}

static const char *second_said(void) {
    for (int i = 0, n = 0; i < play.fx.n; i++) {
        if (play.fx.v[i].kind == EFFECT_SAY && n++ == 1) return play.fx.v[i].say.id;
    }
    return "";
}

static void the_ticket_says_what_was_wanted(void **state) {
    (void)state;
    search_milk();
    say(INTENT_human_agent);
    assert_string_equal(expect(EFFECT_HANDOVER)->handover.why, "asked");
    assert_string_equal(expect(EFFECT_HANDOVER)->handover.question, "find milk");
    handed(true, false);
    expect_text(expect_said("person.now"), "code", "101");
    expect_listens("person");
}

static void the_assistant_is_silent_while_a_person_answers(void **state) {
    (void)state;
    static const enum intent_id ids[] = {INTENT_search_product, INTENT_checkout, INTENT_yes, INTENT_human_agent,
                                         INTENT_anger,          INTENT_help,     INTENT_no,  INTENT_forget_history};
    say(INTENT_human_agent);
    handed(true, false);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct intent in = intent(ids[i]);
        str_copy(in.text, UTTERANCE_MAX, "some words");
        say_intent(in);
        assert_string_equal(expect(EFFECT_TO_PERSON)->text, "some words");
        expect_silence();
        expect_listens("person");
    }
    said("any other words");
    assert_string_equal(expect(EFFECT_TO_PERSON)->text, "any other words");
    expect_silence();
    failed(FAILED_BUSY);
    expect_said("person.unsent");
}

static void takes_up_the_question_again(void **state) {
    (void)state;
    search_milk();
    say(INTENT_human_agent);
    handed(true, false);
    wrote("Alex", "Hello");
    expect_text(expect_said("person.joined"), "name", "Alex");
    wrote("Alex", "Still there?");
    expect_said("person.wrote");
    wrote("Alex", "");
    expect_said("person.closed");
    assert_string_equal(second_said(), "search.two");
    expect_listens("choose");
    say_number(INTENT_choose, "index", 1000);
    expect_said("details.chosen");
}

static void an_order_is_read_back_anew_afterwards(void **state) {
    (void)state;
    struct cart c = {0};
    cart_line(&c, 3, "Oat Milk", 1000, 349);
    say(INTENT_checkout);
    told_cart(&c);
    expect_said("checkout.readback");
    say(INTENT_human_agent);
    handed(true, false);
    say(INTENT_yes); /* to the person */
    assert_null(effect(EFFECT_PLACE));
    say(INTENT_leave_person);
    expect(EFFECT_LEAVE);
    expect_said("person.left");
    say(INTENT_yes);
    assert_null(effect(EFFECT_PLACE));
    say(INTENT_checkout);
    told_cart(&c);
    expect_said("checkout.readback");
}

static void nobody_is_there(void **state) {
    (void)state;
    search_milk();
    say(INTENT_human_agent);
    handed(false, true);
    const struct reply *r = expect_said("person.later");
    expect_text(r, "ticket", "again");
    expect_number(r, "next", NOW_MS + DAY_MS);
    assert_string_equal(second_said(), "search.two");
    expect_listens("choose");
    assert_false(dialog_can_be_told(&play.d)); /* a question waits */
    say(INTENT_stop);
    assert_true(dialog_can_be_told(&play.d));
    wrote("Mia", "I'm here");
    expect_said("person.joined");
    expect_listens("person");
}

static void no_person_without_asking_after_anger(void **state) {
    (void)state;
    search_milk();
    say(INTENT_anger);
    expect_said("person.calm");
    assert_null(effect(EFFECT_HANDOVER));
    say(INTENT_no);
    expect_said("person.declined");
    assert_string_equal(second_said(), "search.two");
    say(INTENT_anger);
    say(INTENT_yes);
    assert_string_equal(expect(EFFECT_HANDOVER)->handover.why, "anger");
}

static void another_person_is_named(void **state) {
    (void)state;
    say(INTENT_human_agent);
    handed(true, false);
    wrote("Alex", "Hello");
    wrote("Mia", "Hello from me");
    expect_text(expect_said("person.joined"), "name", "Mia");
}

static void after_ten_minutes_the_assistant_answers_again_and_says_so(void **state) {
    (void)state;
    say(INTENT_human_agent);
    handed(true, false);
    play.now_ms += 11 * 60 * 1000;
    said("blorp");
    expect_said("person.lapsed");
    assert_null(effect(EFFECT_TO_PERSON));
    expect(EFFECT_ASK);
    event(EVENT_ANSWERED);
    expect_said("unclear.open");
    say(INTENT_greeting);
    assert_string_equal(expect(EFFECT_SAY)->say.id, "talk.greeting");
}

/* ---- honest ---- */

static void forgets_only_after_a_yes(void **state) {
    (void)state;
    search_milk();
    say(INTENT_forget_history);
    expect_said("honest.forget");
    expect_listens("confirm");
    assert_null(effect(EFFECT_FORGET));
    event(EVENT_WAKE); /* somebody else may have come */
    say(INTENT_yes);
    assert_null(effect(EFFECT_FORGET));
    say(INTENT_forget_history);
    say(INTENT_yes);
    expect(EFFECT_FORGET);
    event(EVENT_FORGOTTEN);
    expect_said("honest.forgotten");
    assert_int_equal(play.d.found.n, 0);
    assert_string_equal(play.d.person.wanted, "");
}

static void deaf_until_the_button(void **state) {
    (void)state;
    say(INTENT_stop_listening);
    expect_said("honest.deaf");
    assert_true(play.d.deaf);
    say(INTENT_checkout);
    assert_int_equal(play.fx.n, 0);
    said("blorp");
    assert_int_equal(play.fx.n, 0);
    wrote("Alex", "Hello");
    assert_int_equal(play.fx.n, 0);
    assert_false(dialog_can_be_told(&play.d));
    event(EVENT_WAKE);
    assert_false(play.d.deaf);
    expect_listens("open");
}

static void deaf_while_a_person_answers_too(void **state) {
    (void)state;
    say(INTENT_human_agent);
    handed(true, false);
    say(INTENT_stop_listening);
    assert_true(play.d.deaf);
    assert_null(effect(EFFECT_TO_PERSON));
    event(EVENT_WAKE);
    assert_false(play.d.deaf);
    expect_listens("person");
}

/* ---- feedback ---- */

static void stars_are_kept_before_the_comment(void **state) {
    (void)state;
    say(INTENT_feedback);
    expect_said("feedback.stars");
    say_number(INTENT_rate, "stars", 2000);
    assert_int_equal(expect(EFFECT_FEEDBACK)->feedback.stars, 2);
    expect_text(expect_said("feedback.comment"), "mood", "bad");
    struct intent words = {0}, request = intent(INTENT_show_cart);
    assert_string_equal(dialog_words_go(&play.d, &words), "comment");
    assert_string_equal(dialog_words_go(&play.d, &request), "");
    said("the bread was old");
    assert_string_equal(expect(EFFECT_FEEDBACK)->feedback.comment, "the bread was old");
    expect_listens("");
}

static void only_one_to_five(void **state) {
    (void)state;
    static const int64_t odd[] = {0, 6000, 1500, -1000, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        say(INTENT_feedback);
        say_number(INTENT_rate, "stars", odd[i]);
        assert_null(effect(EFFECT_FEEDBACK));
        say(INTENT_stop);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_ticket_says_what_was_wanted, play_begin),
        cmocka_unit_test_setup(the_assistant_is_silent_while_a_person_answers, play_begin),
        cmocka_unit_test_setup(takes_up_the_question_again, play_begin),
        cmocka_unit_test_setup(an_order_is_read_back_anew_afterwards, play_begin),
        cmocka_unit_test_setup(nobody_is_there, play_begin),
        cmocka_unit_test_setup(no_person_without_asking_after_anger, play_begin),
        cmocka_unit_test_setup(another_person_is_named, play_begin),
        cmocka_unit_test_setup(after_ten_minutes_the_assistant_answers_again_and_says_so, play_begin),
        cmocka_unit_test_setup(forgets_only_after_a_yes, play_begin),
        cmocka_unit_test_setup(deaf_until_the_button, play_begin),
        cmocka_unit_test_setup(deaf_while_a_person_answers_too, play_begin),
        cmocka_unit_test_setup(stars_are_kept_before_the_comment, play_begin),
        cmocka_unit_test_setup(only_one_to_five, play_begin)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
