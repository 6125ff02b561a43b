/* The dispatch: an event finds its function by the intent, by the answer that is due, or by the question that is open.
 */
#include "decide/dialog.h"

#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum {
    FORGET_MS = 10 * 60 * 1000,       /* after this long a new conversation begins */
    QUESTION_OPEN_MS = 2 * 60 * 1000, /* how long a question waits for the wake phrase */
};

/* ---- questions ---- */

/* What most questions say after words that are no answer, the second time, and for "help". */
#define YES_OR_NO "yesno.unclear", "yesno.examples", "yesno.help"
#define WHICH_ONE "which.unclear", "which.examples", "which.help"

static const struct asked {
    const char *state; /* what is listened for */
    const char *nudge; /* after silence; "" none */
    const char *unclear, *examples, *help;
    step_fn yes, no; /* NULL: no answer to this question */
    pick_fn pick;
} questions[ASKED_COUNT] = {
    [ASKED_NOTHING] = {"open", "", "unclear.open", "unclear.open_examples", "", talk_yes, talk_no, NULL},
    [ASKED_ANYTHING_ELSE] = {"open", "", "unclear.open", "unclear.open_examples", "", talk_go_on, cart_all, NULL},
    [ASKED_WHICH_RESULT] = {"choose", "which.nudge", WHICH_ONE, search_more, talk_declined, search_chosen},
    [ASKED_WHICH_TO_ADD] = {"choose", "which.nudge", WHICH_ONE, search_more, several_declined, cart_add_chosen},
    [ASKED_WHICH_VARIANT] = {"choose", "which.nudge", WHICH_ONE, search_more, several_declined, cart_variant_chosen},
    [ASKED_WHICH_LINE] = {"choose", "which.nudge", WHICH_ONE, NULL, talk_declined, cart_line_chosen},
    [ASKED_WHICH_ORDER] = {"choose", "", WHICH_ONE, NULL, talk_declined, orders_chosen},
    [ASKED_ORDER_NUMBER] = {"digits", "", "number.unclear", "number.examples", "number.help", NULL, talk_declined,
                            NULL},
    [ASKED_QUANTITY] = {"choose", "", YES_OR_NO, cart_add_wish, cart_other_quantity, NULL},
    [ASKED_ADD_IT] = {"choose", "yesno.nudge_add", YES_OR_NO, cart_add_wish, several_declined, NULL},
    [ASKED_SEARCH_WIDER] = {"choose", "", YES_OR_NO, search_wider, talk_declined, NULL},
    [ASKED_INSTEAD] = {"choose", "", YES_OR_NO, again_instead_yes, again_instead_no, NULL},
    [ASKED_REORDER] = {"choose", "yesno.nudge_add", YES_OR_NO, orders_reorder_yes, talk_declined,
                       orders_reorder_chosen},
    [ASKED_CHECKOUT] = {"choose", "", YES_OR_NO, checkout_intent, cart_all, NULL},
    [ASKED_CLEAR] = {"confirm", "", YES_OR_NO, cart_clear_yes, cart_kept, NULL},
    [ASKED_WHICH_CANCEL] = {"choose", "", WHICH_ONE, NULL, talk_declined, cancel_chosen},
    [ASKED_CANCEL] = {"confirm", "", YES_OR_NO, cancel_yes, cancel_no, NULL},
    [ASKED_WHICH_ADDRESSED] = {"choose", "", WHICH_ONE, NULL, talk_declined, address_order_chosen},
    [ASKED_ADDRESS] = {"confirm", "", YES_OR_NO, address_yes, address_no, NULL},
    [ASKED_WHICH_BACK] = {"choose", "", WHICH_ONE, NULL, talk_declined, returns_line_chosen},
    [ASKED_REASON] = {"reason", "", "reason.unclear", "reason.examples", "reason.examples", NULL, returns_reason, NULL},
    [ASKED_RETURN] = {"confirm", "", YES_OR_NO, returns_yes, returns_no, NULL},
    [ASKED_WHICH_COUPON] = {"coupon", "coupon.nudge", "coupon.unclear", "coupon.examples", "coupon.help", NULL,
                            coupon_declined, NULL},
    [ASKED_OTHER_COUPON] = {"choose", "", YES_OR_NO, coupon_other, coupon_declined, NULL},
    [ASKED_PLACE] = {"challenge", "checkout.nudge", "checkout.unclear", "checkout.examples", "checkout.help",
                     checkout_yes, checkout_no, NULL},
    [ASKED_PIN] = {"pin", "pin.nudge", "pin.unclear", "pin.examples", "pin.help", NULL, checkout_no, NULL},
    [ASKED_AGREE] = {"challenge", "agree.nudge", "agree.unclear", "agree.examples", "agree.help", checkout_yes,
                     agree_no, NULL},
    [ASKED_OTHER_PAYMENT] = {"choose", "", YES_OR_NO, payment_other_yes, payment_other_no, NULL},
    [ASKED_SUGGESTED] = {"choose", "", YES_OR_NO, initiative_suggested_yes, initiative_suggested_no, NULL},
    [ASKED_PARCEL] = {"choose", "", YES_OR_NO, initiative_parcel_yes, initiative_declined, NULL},
    [ASKED_STOPPED] = {"stopped", "", "stopped.unclear", "stopped.examples", "stopped.help", checkout_intent,
                       initiative_declined, NULL},
    [ASKED_REMARK_ADD] = {"choose", "", YES_OR_NO, initiative_remark_yes, initiative_declined, NULL},
    [ASKED_CHEAPER] = {"choose", "", YES_OR_NO, initiative_cheaper_yes, talk_declined, NULL},
    [ASKED_PERSON] = {"open", "", YES_OR_NO, person_yes, person_no, NULL},
    [ASKED_FORGET] = {"confirm", "", YES_OR_NO, honest_forget_yes, honest_forget_no, NULL},
    [ASKED_STARS] = {"rating", "feedback.nudge", "feedback.unclear", "feedback.examples", "feedback.help", NULL,
                     talk_declined, NULL},
    [ASKED_COMMENT] = {"comment", "", "feedback.go_on", "feedback.comment_help", "feedback.comment_help",
                       feedback_comment_yes, feedback_done, NULL},
    [ASKED_NEAR] = {"choose", "yesno.nudge_add", YES_OR_NO, cart_add_wish, wish_near_no, NULL},
    [ASKED_NEAR_SOME] = {"choose", "which.nudge", WHICH_ONE, wish_near_yes, wish_near_no, wish_near_chosen},
    [ASKED_OPTION] = {"choose", "", YES_OR_NO, options_without, options_which, NULL},
    [ASKED_PIECES] = {"choose", "", YES_OR_NO, pieces_yes, pieces_no, NULL},
    [ASKED_WISH] = {"choose", "", YES_OR_NO, wish_yes, wish_no, NULL},
};

const char *question_state(enum question q) {
    return questions[q].state;
}
const char *question_nudge(enum question q) {
    return questions[q].nudge;
}
const char *question_unclear(enum question q) {
    return questions[q].unclear;
}
const char *question_examples(enum question q) {
    return questions[q].examples;
}
const char *question_help(enum question q) {
    return questions[q].help;
}
pick_fn question_pick(enum question q) {
    return questions[q].pick;
}

static void answer_yes(struct step *s) {
    const struct asked *asked = &questions[s->d->question];
    if (!asked->yes) {
        talk_unclear(s);
        return;
    }
    asked->yes(s);
}

/* "No, two" and "no, the oat milk" correct what was understood. */
static void answer_no(struct step *s) {
    if (intent_slot(s->in, "quantity")) {
        cart_change_intent(s);
        return;
    }
    questions[s->d->question].no(s);
}

/* "I changed my mind" is why something goes back, when that was asked; "cancel" right after an order is for it. */
static void answer_stop(struct step *s) {
    enum question q = s->d->question;
    if (q == ASKED_PLACE || q == ASKED_PIN) {
        checkout_stop(s);
        return;
    }
    if (intent_slot(s->in, "_cancel") && undo_at_once(s)) return;
    if (s->d->question == ASKED_REASON && intent_slot(s->in, "_reason"))
        returns_reason(s);
    else
        talk_stop(s);
}

/* Right after it was placed an order is taken back without a question: it lies in the basket again. */
static void cancel_order_intent(struct step *s) {
    if (s->in->n_slots > 0 || !undo_at_once(s)) cancel_intent(s);
}

/* "Take it back" */
static void return_intent(struct step *s) {
    if (s->in->n_slots > 0 || !undo_at_once(s)) returns_intent(s);
}

/* ---- intents ---- */

enum {
    ANSWERS = 1,         /* may answer the open question; anything else drops it */
    WITHIN_CHECKOUT = 2, /* changes the basket in the middle of a checkout, which then goes on */
    ASIDE = 4,           /* may be asked in passing: the open question is asked again */
};

static const struct request {
    step_fn fn;
    unsigned flags;
} requests[INTENT_COUNT] = {
    [INTENT_search_product] = {search_intent, 0},
    [INTENT_product_details] = {search_details, 0},
    [INTENT_compare] = {search_compare, 0},
    [INTENT_recommend] = {beside_intent, 0},
    [INTENT_choose] = {choose_intent, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_more] = {search_more, ANSWERS},
    [INTENT_add_to_cart] = {cart_add_intent, WITHIN_CHECKOUT},
    [INTENT_remove_from_cart] = {cart_remove_intent, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_change_quantity] = {cart_change_intent, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_show_cart] = {cart_show_intent, 0},
    [INTENT_clear_cart] = {cart_clear_intent, 0},
    [INTENT_checkout] = {checkout_intent, WITHIN_CHECKOUT},
    [INTENT_confirm_order] = {checkout_confirm, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_give_pin] = {checkout_pin, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_undo_order] = {undo_intent, 0},
    [INTENT_choose_delivery] = {terms_intent, WITHIN_CHECKOUT},
    [INTENT_choose_address] = {terms_intent, WITHIN_CHECKOUT},
    [INTENT_choose_payment] = {terms_intent, WITHIN_CHECKOUT},
    [INTENT_apply_coupon] = {coupon_intent, WITHIN_CHECKOUT},
    [INTENT_give_code] = {coupon_intent, WITHIN_CHECKOUT},
    [INTENT_remove_coupon] = {coupon_remove, WITHIN_CHECKOUT},
    [INTENT_coupon_problem] = {coupon_problem, WITHIN_CHECKOUT},
    [INTENT_order_status] = {orders_status_intent, 0},
    [INTENT_delivery_time] = {orders_status_intent, 0},
    [INTENT_give_number] = {orders_status_intent, 0},
    [INTENT_reorder] = {orders_reorder_intent, 0},
    [INTENT_cancel_order] = {cancel_order_intent, 0},
    [INTENT_change_address] = {address_intent, 0},
    [INTENT_return_item] = {return_intent, 0},
    [INTENT_give_reason] = {returns_reason, ANSWERS},
    [INTENT_notify_me] = {notify_intent, 0},
    [INTENT_order_contents] = {contents_intent, 0},
    [INTENT_store_hours] = {service_hours, ASIDE},
    [INTENT_shipping_policy] = {answers_delivery, ASIDE},
    [INTENT_shop_question] = {answers_question, ASIDE},
    [INTENT_human_agent] = {person_intent, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_notifications] = {notices_intent, 0},
    [INTENT_suggestions] = {initiative_switch, 0},
    [INTENT_stopped_by] = {initiative_stopped, 0},
    [INTENT_feedback] = {feedback_intent, 0},
    [INTENT_yes] = {answer_yes, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_no] = {answer_no, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_repeat] = {talk_repeat, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_stop] = {answer_stop, ANSWERS},
    [INTENT_wait] = {talk_wait, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_help] = {talk_help, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_volume] = {talk_volume, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_greeting] = {service_greeting, 0},
    [INTENT_are_you_a_robot] = {service_robot, ASIDE},
    [INTENT_anger] = {person_anger, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_leave_person] = {person_leave, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_rate] = {feedback_rated, ANSWERS},
    [INTENT_what_you_know] = {honest_known, ASIDE},
    [INTENT_forget_history] = {honest_forget, 0},
    [INTENT_stop_listening] = {honest_deaf, 0},
    [INTENT_do_you_record] = {honest_record, ASIDE},
    [INTENT_pair_speaker] = {pairing_intent, 0},

    [INTENT_refine] = {refine_intent, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_correct] = {correct_intent, ANSWERS | WITHIN_CHECKOUT},
    [INTENT_go_back] = {correct_go_back, ANSWERS | WITHIN_CHECKOUT},
};

/* The request becomes the one that answers are for. */
void step_adopt(struct step *s) {
    s->d->pending = *s->in;
    s->in = &s->d->pending;
}

void dialog_begin(struct step *s) {
    struct dialog *d = s->d;
    d->question = ASKED_NOTHING;
    several_hold(s);
    d->several.n = 0;
    step_adopt(s);
    correct_begin(s);
    str_copy(d->person.wanted, sizeof d->person.wanted, s->in->text);
}

void dialog_request(struct step *s) {
    const struct request *r = &requests[s->in->id];
    if (!(r->flags & WITHIN_CHECKOUT)) s->d->checking_out = false;
    r->fn(s);
}

static void on_intent(struct step *s) {
    struct dialog *d = s->d;
    s->in = &s->e->intent;
    const struct request *r = s->in->id > INTENT_NONE && s->in->id < INTENT_COUNT ? &requests[s->in->id] : NULL;
    if (!r || !r->fn) {
        talk_unclear(s);
        return;
    }
    d->nudged = d->elsewhere = false;
    d->waiting = WAITING_NONE;
    d->not_among = ASKED_NOTHING;
    d->aside.question = ASKED_NOTHING;
    if (r->flags & ASIDE) aside_begin(s);
    if (!(r->flags & ANSWERS) && search_sorted_one(s) < 0) dialog_begin(s);
    if (!(r->flags & WITHIN_CHECKOUT)) d->checking_out = false;
    r->fn(s);
    d->seen[s->e->intent.id] = true; /* not before: what is done first may be new */
    if (!s->stuck) d->failed_turns = 0;
    initiative_recall(s); /* who was still listened to did not wake it */
}

/* ---- answers of the shop ---- */

static const struct answer {
    enum waiting waiting;
    enum event_kind kind;
    step_fn fn;
} answers[] = {
    {WAITING_RESULTS, EVENT_FOUND, search_results},
    {WAITING_DETAILS, EVENT_FOUND, search_details_found},
    {WAITING_COMPARE_A, EVENT_FOUND, search_compare_a},
    {WAITING_COMPARE_B, EVENT_FOUND, search_compare_b},
    {WAITING_ADD_MATCH, EVENT_FOUND, cart_add_found},
    {WAITING_ALIKE, EVENT_FOUND, cart_alike_found},
    {WAITING_ALIKE, EVENT_FAILED, cart_alike_unknown},
    {WAITING_ADDED, EVENT_CART, cart_added},
    {WAITING_ADDED, EVENT_VARIANTS, cart_variants},
    {WAITING_ADDED, EVENT_FAILED, cart_failed},
    {WAITING_CHANGE_MATCH, EVENT_CART, cart_line_found},
    {WAITING_CHANGED, EVENT_CART, cart_changed},
    {WAITING_CHANGED, EVENT_FAILED, cart_failed},
    {WAITING_CART_SHOWN, EVENT_CART, cart_shown},
    {WAITING_CLEAR_COUNT, EVENT_CART, cart_clear_count},
    {WAITING_CLEARED, EVENT_CART, cart_cleared},
    {WAITING_READBACK, EVENT_CART, checkout_readback},
    {WAITING_PLACED, EVENT_PLACED, checkout_placed},
    {WAITING_PLACED, EVENT_FAILED, checkout_failed},
    {WAITING_PIN, EVENT_PIN, checkout_pin_told},
    {WAITING_UNDONE, EVENT_UNDONE, undo_done},
    {WAITING_UNDONE, EVENT_FAILED, undo_failed},
    {WAITING_AGREED, EVENT_PLACED, agree_done},
    {WAITING_AGREED, EVENT_FAILED, agree_failed},
    {WAITING_COUPON, EVENT_COUPON, coupon_told},
    {WAITING_COUPON_WHY, EVENT_CART, coupon_why},
    {WAITING_TERMS, EVENT_CART, terms_chosen},
    {WAITING_TERMS, EVENT_FAILED, terms_failed},
    {WAITING_WAYS, EVENT_WAYS, terms_ways},
    {WAITING_PAYMENTS, EVENT_PAYMENTS, terms_payments},
    {WAITING_OTHER_PAYMENT, EVENT_PAYMENTS, payment_other},
    {WAITING_STATUS_OPEN, EVENT_ORDERS, orders_status_open},
    {WAITING_STATUS_ANY, EVENT_ORDERS, orders_status_any},
    {WAITING_REORDER_MATCH, EVENT_ORDERS, orders_reorder_found},
    {WAITING_USUAL, EVENT_ORDERS, orders_usual_found},
    {WAITING_INSTEAD, EVENT_FOUND, again_instead_found},
    {WAITING_INSTEAD, EVENT_FAILED, again_instead_none},
    {WAITING_REORDERED, EVENT_CART, orders_reordered},
    {WAITING_REORDERED, EVENT_VARIANTS, orders_reorder_failed},
    {WAITING_REORDERED, EVENT_FAILED, orders_reorder_failed},
    {WAITING_HOURS, EVENT_HOURS, service_hours_told},
    {WAITING_NOTIFY_ORDER, EVENT_ORDERS, notify_order_found},
    {WAITING_NOTIFY_PRODUCT, EVENT_FOUND, notify_product_found},
    {WAITING_NOTED, EVENT_NOTED, notify_noted},
    {WAITING_NOTICES, EVENT_NOTICES, notices_told},
    {WAITING_CONTENTS, EVENT_ORDERS, contents_found},
    {WAITING_CANCEL_MATCH, EVENT_ORDERS, cancel_found},
    {WAITING_CANCELLED, EVENT_CANCELLED, cancel_done},
    {WAITING_CANCELLED, EVENT_FAILED, cancel_failed},
    {WAITING_ADDRESS_MATCH, EVENT_ORDERS, address_found},
    {WAITING_ADDRESSES, EVENT_ADDRESSES, address_told},
    {WAITING_READDRESSED, EVENT_READDRESSED, address_done},
    {WAITING_READDRESSED, EVENT_FAILED, address_failed},
    {WAITING_RETURN_MATCH, EVENT_ORDERS, returns_found},
    {WAITING_SENT_BACK, EVENT_SENT_BACK, returns_done},
    {WAITING_REFUND, EVENT_REFUND, returns_refund_told},
    {WAITING_HOURS, EVENT_FAILED, service_hours_failed},
    {WAITING_ANSWER, EVENT_ANSWERED, answers_told},
    {WAITING_POLICY, EVENT_ANSWERED, returns_policy_told},
    {WAITING_GUESS, EVENT_ANSWERED, answers_guessed},
    {WAITING_GUESS, EVENT_FAILED, talk_unclear},
    {WAITING_DELIVERY, EVENT_ANSWERED, answers_delivery_told},
    {WAITING_STOPPED_PRICE, EVENT_CART, initiative_stopped_price},
    {WAITING_STOPPED_DELIVERY, EVENT_CART, initiative_stopped_delivery},
    {WAITING_STOPPED_PAYMENT, EVENT_ANSWERED, initiative_stopped_payment},
    {WAITING_TICKET, EVENT_TICKET, person_handed},
    {WAITING_TICKET, EVENT_FAILED, person_not_handed},
    {WAITING_SENT, EVENT_FAILED, person_unsent},
    {WAITING_KNOWN, EVENT_KNOWN, honest_known_told},
    {WAITING_FORGOTTEN, EVENT_FORGOTTEN, honest_forgotten},

    {WAITING_NEAR, EVENT_FOUND, wish_sold_out_near},
    {WAITING_NEAR, EVENT_FAILED, wish_sold_out_none},
    {WAITING_WISH_NOTED, EVENT_NOTED, wish_noted},
    {WAITING_WISH_NOTED, EVENT_FAILED, wish_not_noted},
    {WAITING_FORMS, EVENT_FOUND, refine_forms_found},
    {WAITING_FORMS_OF_ALL, EVENT_FOUND, refine_forms_of_all},
    {WAITING_REFINED, EVENT_FOUND, refine_found},
    {WAITING_TAKE_UP, EVENT_CART, several_taken_up},
    {WAITING_TAKE_UP, EVENT_FAILED, several_taken_up},
    {WAITING_EXCHANGE, EVENT_CART, exchange_found},
    {WAITING_SWAPPED, EVENT_CART, correct_swapped},
    {WAITING_SWAPPED, EVENT_FAILED, correct_swapped},
};

/* An answer that nobody waits for any more is ignored. */
static void on_answer(struct step *s) {
    enum waiting waiting = s->d->waiting;
    if (waiting == WAITING_NONE) return;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (answers[i].waiting != waiting || answers[i].kind != s->e->kind) continue;
        s->d->waiting = WAITING_NONE;
        if (!choose_missed(s)) answers[i].fn(s);
        return;
    }
    if (s->e->kind == EVENT_FAILED) talk_failed(s);
}

static void on_unclear(struct step *s) {
    s->d->elsewhere = s->e->intent.elsewhere;
    if (!answers_guess(s)) talk_unclear(s);
}

/* ---- the microphone and the loudspeaker ---- */

/* Whoever wakes it may answer the question that was asked just before, but for those that cost money or goods. */
static void on_wake(struct step *s) {
    struct dialog *d = s->d;
    int64_t age_ms = s->now_ms - d->asked_ms;
    bool fresh = age_ms >= 0 && age_ms <= QUESTION_OPEN_MS;
    if (!fresh || d->question == ASKED_PLACE || d->question == ASKED_PIN || d->question == ASKED_AGREE ||
        d->question == ASKED_CLEAR || d->question == ASKED_CANCEL || d->question == ASKED_ADDRESS ||
        d->question == ASKED_RETURN || d->question == ASKED_FORGET)
        d->question = ASKED_NOTHING;
    d->aside.question = ASKED_NOTHING;
    d->nudged = false;
    step_emit(s, EFFECT_SILENCE);
    step_emit(s, EFFECT_LIGHT)->light = LIGHT_LISTENING;
    step_listen(s, questions[d->question].state);
    initiative_recall(s);
}

/* The time to answer a read-back begins at its end. */
static void on_spoken(struct step *s) {
    if (s->d->question != ASKED_NOTHING) s->d->asked_ms = s->now_ms;
    if (initiative_follow(s)) return;
    step_emit(s, EFFECT_LIGHT)->light = *s->d->state ? LIGHT_LISTENING : initiative_rest_light(s);
}

static const step_fn events[EVENT_COUNT] = {
    [EVENT_WAKE] = on_wake,
    [EVENT_INTENT] = on_intent,
    [EVENT_UNCLEAR] = on_unclear,
    [EVENT_NO_SPEECH] = talk_no_speech,
    [EVENT_TOO_LONG] = talk_too_long,
    [EVENT_SPOKEN] = on_spoken,
    [EVENT_FOUND] = on_answer,
    [EVENT_VARIANTS] = on_answer,
    [EVENT_COUPON] = on_answer,
    [EVENT_CART] = on_answer,
    [EVENT_ORDERS] = on_answer,
    [EVENT_PLACED] = on_answer,
    [EVENT_HOURS] = on_answer,
    [EVENT_FAILED] = on_answer,
    [EVENT_CANCELLED] = on_answer,
    [EVENT_ADDRESSES] = on_answer,
    [EVENT_READDRESSED] = on_answer,
    [EVENT_SENT_BACK] = on_answer,
    [EVENT_REFUND] = on_answer,
    [EVENT_NOTED] = on_answer,
    [EVENT_NOTICES] = on_answer,
    [EVENT_ANSWERED] = on_answer,
    [EVENT_RECALLED] = initiative_recalled,
    [EVENT_TICKET] = on_answer,
    [EVENT_PERSON] = person_wrote,
    [EVENT_PAIRING] = pairing_told,
    [EVENT_KNOWN] = on_answer,
    [EVENT_FORGOTTEN] = on_answer,
    [EVENT_WAYS] = on_answer,
    [EVENT_PAYMENTS] = on_answer,
    [EVENT_PIN] = on_answer,
    [EVENT_UNDONE] = on_answer,
    [EVENT_MUTED] = mute_closed,
    [EVENT_UNMUTED] = mute_opened,
};

/* ---- public ---- */

void dialog_init(struct dialog *d, const struct shop_profile *profile, const struct customer *customer) {
    memset(d, 0, sizeof *d);
    d->profile = *profile;
    if (customer) d->customer = *customer;
}

/* After a long silence somebody else may be speaking: "it" and "the second one" mean nothing any more, and what they
 * say is not meant for the person who wrote to the one before. */
void dialog_forget(struct dialog *d) {
    d->question = d->aside.question = ASKED_NOTHING;
    d->waiting = WAITING_NONE;
    d->nudged = d->checking_out = false;
    d->failed_turns = 0;
    memset(&d->search, 0, sizeof d->search);
    d->search.min_price_minor = d->search.max_price_minor = -1;
    d->search.limit = FOUND_MAX;
    d->found.n = d->found.total = d->page_first = d->page_n = 0;
    d->current.variant = d->line_variant = 0;
    d->orders.n = d->several.n = d->held.n = 0;
    d->said.id = INTENT_NONE;
    d->put_in_n = 0;
    d->swap.variant = 0;
    d->missing = (struct missing){0};
    d->before = d->search;
    again_forget(d);
    d->order_number[0] = '\0';
    d->parcels_n = 0;
    d->challenge[0] = d->undo_number[0] = '\0';
    d->recalls = d->remark_next = d->remarked = d->greeted = d->suggestion_declined = d->wish_suggested = false;
    d->recalled.n = d->suggested_n = 0;
    d->recalled.looked.variant = 0;
    memset(d->seen, 0, sizeof d->seen);
    d->person.lapsed = d->person.lapsed || d->person.live;
    d->person.live = false;
    d->person.held = ASKED_NOTHING;
    d->person.wanted[0] = '\0';
}

void dialog_step(struct dialog *d, const struct event *e, int64_t now_ms, struct effects *out) {
    struct step s = {.d = d, .e = e, .in = &d->pending, .now_ms = now_ms, .out = out};
    out->n = 0;
    if (d->last_event_ms == 0 || now_ms - d->last_event_ms > FORGET_MS) dialog_forget(d);
    d->last_event_ms = now_ms;
    if (e->kind != EVENT_SPOKEN && e->kind != EVENT_RECALLED) d->remark_next = false;
    if (e->kind == EVENT_WAKE || e->kind == EVENT_UNMUTED) d->deaf = false;
    if (d->deaf && e->kind != EVENT_SPOKEN && e->kind != EVENT_MUTED) return;
    if (person_lapsed(&s) || person_takes(&s) || feedback_takes(&s)) return;
    if ((unsigned)e->kind < EVENT_COUNT) events[e->kind](&s);
}

bool dialog_can_be_told(const struct dialog *d) {
    bool asked = d->question != ASKED_NOTHING && d->question != ASKED_ANYTHING_ELSE;
    return !d->deaf && !asked && !d->checking_out && (d->waiting == WAITING_NONE || d->waiting == WAITING_SENT);
}

const char *dialog_words_go(const struct dialog *d, const struct intent *in) {
    enum intent_id id = in->accepted ? in->id : INTENT_NONE;
    if (d->person.live) return id == INTENT_leave_person ? "" : "to_person";
    bool opinion = id == INTENT_NONE || id == INTENT_feedback || id == INTENT_anger;
    return d->question == ASKED_COMMENT && opinion ? "comment" : "";
}
