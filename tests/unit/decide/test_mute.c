#include "play.h"

static void it_is_said_and_nothing_is_asked_any_more(void **state) {
    (void)state;
    struct product p = product(3, "Oat Milk", 349);
    say_with(INTENT_search_product, "query", "oat milk");
    found(&p, 1, 1);
    assert_string_not_equal(play.d.state, "");
    event(EVENT_MUTED);
    expect(EFFECT_SILENCE);
    expect_said("board.muted");
    expect_listens("");
    say(INTENT_yes);
    assert_null(effect(EFFECT_ADD));
    event(EVENT_UNMUTED);
    expect_said("board.unmuted");
    expect_listens("");
    say(INTENT_yes);
    assert_null(effect(EFFECT_ADD));
}

static void what_was_read_back_is_not_ordered_afterwards(void **state) {
    (void)state;
    struct cart c = {0};
    cart_line(&c, 3, "Oat Milk", 2000, 349);
    say(INTENT_checkout);
    told_cart(&c);
    expect_said("checkout.readback");
    char word[CHALLENGE_MAX];
    str_copy(word, sizeof word, play.d.challenge);
    event(EVENT_MUTED);
    event(EVENT_UNMUTED);
    event(EVENT_WAKE);
    say_with(INTENT_confirm_order, "_word", word);
    assert_null(effect(EFFECT_PLACE));
}

static void who_speaks_to_a_closed_microphone_is_told_again(void **state) {
    (void)state;
    event(EVENT_MUTED);
    event(EVENT_MUTED);
    expect_said("board.muted");
    expect_listens("");
}

static void it_is_said_by_a_deaf_one_too_and_opening_it_by_hand_is_to_listen(void **state) {
    (void)state;
    say(INTENT_stop_listening);
    assert_true(play.d.deaf);
    event(EVENT_MUTED);
    expect_said("board.muted");
    assert_true(play.d.deaf);
    event(EVENT_UNMUTED);
    expect_said("board.unmuted");
    assert_false(play.d.deaf);
}

int main(void) {
#define EACH(test) cmocka_unit_test_setup(test, play_begin)
    const struct CMUnitTest tests[] = {
        EACH(it_is_said_and_nothing_is_asked_any_more),
        EACH(what_was_read_back_is_not_ordered_afterwards),
        EACH(who_speaks_to_a_closed_microphone_is_told_again),
        EACH(it_is_said_by_a_deaf_one_too_and_opening_it_by_hand_is_to_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
