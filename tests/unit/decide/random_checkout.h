/* The part of the random talk that is about ordering: what may be said and answered there, and that nothing is ordered
 * without a read-back, its word right after it and, where one is wanted, the PIN. Only test_random.c includes this. */
#ifndef SK_TESTS_DECIDE_RANDOM_CHECKOUT_H
#define SK_TESTS_DECIDE_RANDOM_CHECKOUT_H
#include "play.h"

/* ---- events ---- */

/* What is likely to be said in the states of ordering; INTENT_NONE where it is none of them. */
static enum intent_id random_order_intent(struct intent *in) {
    static const enum intent_id others[] = {INTENT_choose_delivery, INTENT_choose_address,  INTENT_choose_payment,
                                            INTENT_apply_coupon,    INTENT_remove_coupon,   INTENT_coupon_problem,
                                            INTENT_undo_order,      INTENT_change_quantity, INTENT_yes};
    if (str_equal(play.d.state, "challenge") && chance(play.d.question == ASKED_AGREE ? 75 : 50)) {
        slot_add(in, "_word", chance(70) ? play.d.challenge : "purple");
        return INTENT_confirm_order;
    }
    if (str_equal(play.d.state, "pin") && chance(60)) {
        slot_add(in, "_pin", chance(80) ? "4711" : "47");
        return INTENT_give_pin;
    }
    if (str_equal(play.d.state, "coupon") && chance(60)) {
        slot_add(in, "code", "welcome");
        return INTENT_give_code;
    }
    if (play.d.question == ASKED_AGREE && chance(40)) return chance(60) ? INTENT_yes : INTENT_help;
    if (play.d.question == ASKED_OTHER_PAYMENT && chance(60)) return chance(50) ? INTENT_yes : INTENT_no;
    if (*play.d.undo_number && chance(20)) return INTENT_undo_order;
    if (!chance(play.d.checking_out ? 20 : 5)) return INTENT_NONE;
    static const char *const slots[] = {"way", "address", "payment", "code"};
    if (chance(60)) slot_add(in, slots[roll(4)], words[roll(WORDS)]);
    return others[roll(9)];
}

static struct payment random_payment(void) {
    struct payment p = {.state = (enum payment_state)roll(PAYMENT_EXPIRED + 1)};
    random_text(p.nickname, sizeof p.nickname);
    return p;
}

static void random_terms(struct cart *c) {
    c->payment = random_payment();
    c->way.pickup = chance(20);
    c->way.price_minor = c->delivery_minor = chance(50) ? 499 : 0;
    c->lately_minor = roll(50000);
    random_text(c->way.name, sizeof c->way.name);
    if (chance(30)) random_text(c->address, sizeof c->address);
}

static void random_order_event(struct event *e) {
    switch (e->kind) {
        case EVENT_WAYS:
            e->ways.n = chance(5) ? roll(40) - 20 : roll(WAYS_MAX + 1);
            for (int i = 0; i < WAYS_MAX; i++) random_text(e->ways.v[i].name, WAY_NAME_MAX);
            str_copy(e->ways.currency, sizeof e->ways.currency, "USD");
            break;
        case EVENT_PAYMENTS:
            e->payments.n = chance(5) ? roll(40) - 20 : roll(PAYMENTS_MAX + 1);
            for (int i = 0; i < PAYMENTS_MAX; i++) e->payments.v[i] = random_payment();
            break;
        case EVENT_PIN:
            e->pin.state = chance(40) ? PIN_RIGHT : (enum pin_state)roll(PIN_UNSET + 2);
            e->pin.tries_left = roll(3);
            break;
        case EVENT_PAIRING:
            e->pairing.state = (enum pairing_state)roll(PAIRING_FAILED + 1);
            str_copy(e->pairing.code, sizeof e->pairing.code, "482913");
            str_copy(e->pairing.page, sizeof e->pairing.page, "https://shop.example/pair");
            if (chance(50)) str_copy(e->pairing.name, sizeof e->pairing.name, "Dana");
            break;
        default:
            break;
    }
}

/* The answer that an effect of ordering gets; EVENT_COUNT for other effects. */
static enum event_kind order_answer(enum effect_kind kind) {
    switch (kind) {
        case EFFECT_DELIVER:
        case EFFECT_SEND_TO:
        case EFFECT_PAY_WITH:
            return chance(30) ? EVENT_FAILED : EVENT_CART;
        case EFFECT_WAYS:
            return EVENT_WAYS;
        case EFFECT_PAYMENTS:
            return EVENT_PAYMENTS;
        case EFFECT_PIN:
            return EVENT_PIN;
        case EFFECT_PAIR:
            return EVENT_PAIRING;
        case EFFECT_UNDO:
            return chance(30) ? EVENT_FAILED : EVENT_UNDONE;
        default:
            return EVENT_COUNT;
    }
}

static void random_order_shop(struct shop_profile *p) {
    if (chance(25)) str_copy(p->confirm, sizeof p->confirm, "pin");
    if (chance(10)) p->max_order_minor = 30000;
    if (chance(10)) p->max_day_minor = 60000;
    p->undo_s = roll(3) * 60;
    if (chance(20)) p->undo_s = 45;
}

/* ---- what must hold ---- */

static struct {
    char word[CHALLENGE_MAX]; /* that the read-back asked for, and nothing was said since; "" none */
    bool given;               /* it was said, and then nothing but what is about the PIN */
} guard;

static bool is_read_back(const struct reply *r) {
    static const char *const ids[] = {
        "checkout.readback", "checkout.nudge",     "checkout.unclear",    "checkout.examples",
        "checkout.help",     "checkout.yes_alone", "checkout.wrong_word", "agree.readback",
        "agree.nudge",       "agree.unclear",      "agree.examples",      "agree.help",
        "agree.yes_alone",   "agree.wrong_word",   "checkout.aloud",      "agree.aloud"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        if (str_equal(r->id, ids[i])) return true;
    }
    return false;
}

static bool is_about_pin(const struct reply *r) {
    return strncmp(r->id, "pin.", 4) == 0 || str_equal(r->id, "too_long");
}

static bool says_word(void) {
    const struct event *e = &play.e;
    if (e->kind != EVENT_INTENT || e->intent.id != INTENT_confirm_order || e->intent.remote) return false;
    const struct slot *slot = intent_slot(&e->intent, "_word");
    return slot && *guard.word && str_equal(slot->text, guard.word);
}

static void check_order(void) {
    bool pin = str_equal(play.d.profile.confirm, "pin");
    if (says_word()) guard.given = true;
    if (effect(EFFECT_PIN)) assert_true(pin && guard.given && !play.e.intent.remote);
    if (effect(EFFECT_PLACE) || effect(EFFECT_AGREE)) {
        assert_true(guard.given);
        assert_true(pin ? play.e.kind == EVENT_PIN && play.e.pin.state == PIN_RIGHT : says_word());
        assert_string_not_equal(play.d.profile.confirm, "off");
        guard.given = false;
    }
    bool waits = play.e.kind == EVENT_INTENT && play.e.intent.id == INTENT_wait;
    if (play.fx.n == 0 || play.e.kind == EVENT_SPOKEN || waits) return; /* changes nothing */
    bool kept = effect(EFFECT_PIN) || play.d.waiting == WAITING_PIN;    /* its answer is due */
    guard.word[0] = '\0';
    for (int i = 0; i < play.fx.n; i++) {
        if (play.fx.v[i].kind != EFFECT_SAY) continue;
        const struct reply *r = &play.fx.v[i].say;
        if (is_about_pin(r)) kept = true;
        if (is_read_back(r)) str_copy(guard.word, sizeof guard.word, arg(r, "word")->text);
    }
    if (!kept) guard.given = false;
}

#endif
