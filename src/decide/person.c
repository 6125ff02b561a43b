/* Handing over to a person of the shop and taking up again: on request at once; after turns that led nowhere, and when
 * anger is heard, only if the shopper wants it, for the talk is passed on with it. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

/* What is asked now is asked again afterwards. */
static void hold(struct step *s, const char *why) {
    struct dialog *d = s->d;
    if (d->question == ASKED_PERSON) return; /* held when it was offered */
    d->person.held = d->question;
    d->person.held_reply = d->last;
    str_copy(d->person.why, sizeof d->person.why, why);
}

/* Says `r` and goes on where it was. An order is read back anew, for it may be another by now; any other question that
 * a yes settles for good is dropped, for its words were said too long ago. */
static void resume(struct step *s, const struct reply *r) {
    struct dialog *d = s->d;
    enum question held = d->person.held;
    d->person.held = ASKED_NOTHING;
    d->person.live = d->person.lapsed = false;
    if (held == ASKED_PLACE || held == ASKED_PIN) {
        step_say(s, r);
        step_request(s, EFFECT_CART, WAITING_READBACK);
    } else if (held != ASKED_NOTHING && held != ASKED_ANYTHING_ELSE && held != ASKED_AGREE &&
               !str_equal(question_state(held), "confirm")) {
        struct reply asked = d->person.held_reply;
        step_say(s, r);
        step_ask(s, &asked, held);
    } else {
        step_open(s, r);
    }
}

static struct reply reply_of_person(const struct dialog *d, const char *id) {
    struct reply r = reply_make(id);
    reply_names(&r, d);
    reply_phone(&r, d);
    reply_text(&r, "name", d->person.name);
    reply_flag(&r, "has_name", *d->person.name);
    return r;
}

/* ---- towards a person ---- */

static void hand_over(struct step *s) {
    struct dialog *d = s->d;
    struct effect *fx = step_request(s, EFFECT_HANDOVER, WAITING_TICKET);
    str_copy(fx->handover.why, sizeof fx->handover.why, d->person.why);
    str_copy(fx->handover.question, sizeof fx->handover.question, d->person.wanted);
}

static void offer(struct step *s, const char *id, const char *why) {
    hold(s, why);
    struct reply r = reply_of_person(s->d, id);
    step_ask(s, &r, ASKED_PERSON);
}

/* Who asks for the number gets it. */
void person_intent(struct step *s) {
    if (*step_slot(s->in, "_phone") && *s->d->profile.phone) {
        offer(s, "person.phone", "asked");
        return;
    }
    hold(s, "asked");
    hand_over(s);
}

void person_anger(struct step *s) {
    offer(s, "person.calm", "anger");
}

void person_offer(struct step *s, const char *id) {
    offer(s, id, "failed");
}

void person_yes(struct step *s) {
    hand_over(s);
}

void person_no(struct step *s) {
    /* what was not understood three times is not asked once more */
    if (str_equal(s->d->person.why, "failed")) s->d->person.held = ASKED_NOTHING;
    struct reply r = reply_make("person.declined");
    resume(s, &r);
}

void person_handed(struct step *s) {
    struct dialog *d = s->d;
    const struct handed *handed = &s->e->handed;
    const struct hours *h = &handed->hours;
    bool there = h->open && h->from_ms <= s->now_ms && s->now_ms < h->to_ms;
    str_copy(d->person.code, sizeof d->person.code, handed->code);
    d->person.name[0] = '\0';
    struct reply r = reply_of_person(d, there ? "person.now" : "person.later");
    reply_digits(&r, "code", handed->code);
    reply_text(&r, "ticket", handed->again ? "again" : "new");
    reply_date(&r, "next_day", h->next_ms);
    reply_time(&r, "next", h->next_ms);
    reply_flag(&r, "has_next", h->next_ms > 0);
    d->checking_out = false;
    if (!there) {
        resume(s, &r);
        return;
    }
    d->person.live = true;
    d->person.lapsed = false;
    step_say(s, &r);
    step_listen(s, "person");
}

void person_not_handed(struct step *s) {
    struct reply r = reply_make("person.how");
    reply_phone(&r, s->d);
    reply_text(&r, "shop", s->d->profile.name);
    step_trouble(s, &r);
}

/* ---- while a person answers ---- */

void person_unsent(struct step *s) {
    struct reply r = reply_make("person.unsent");
    step_say(s, &r);
    step_listen(s, "person");
}

static void pass_on(struct step *s, const char *words) {
    if (*words) {
        struct effect *fx = step_request(s, EFFECT_TO_PERSON, WAITING_SENT);
        str_copy(fx->text, sizeof fx->text, words);
    }
    step_listen(s, "person");
}

static void again(struct step *s) {
    struct reply r = s->d->last;
    step_say(s, &r);
    step_listen(s, "person");
}

static void take_intent(struct step *s) {
    s->in = &s->e->intent;
    switch (s->in->id) {
        case INTENT_leave_person:
            person_leave(s);
            break;
        case INTENT_repeat:
            again(s);
            break;
        case INTENT_volume: /* of the device: no word about it */
            talk_set_volume(s);
            step_listen(s, "person");
            break;
        case INTENT_stop:
            talk_stop(s);
            break;
        case INTENT_stop_listening:
            honest_deaf(s);
            break;
        default:
            pass_on(s, s->in->text);
    }
}

bool person_takes(struct step *s) {
    if (!s->d->person.live) return false;
    switch (s->e->kind) {
        case EVENT_INTENT:
            take_intent(s);
            return true;
        case EVENT_UNCLEAR:
            pass_on(s, s->e->intent.text);
            return true;
        case EVENT_TOO_LONG:
            step_say_id(s, "person.too_long");
            step_listen(s, "person");
            return true;
        case EVENT_NO_SPEECH:
            step_emit(s, EFFECT_LIGHT)->light = LIGHT_OFF;
            step_idle(s);
            return true;
        case EVENT_WAKE:
            step_emit(s, EFFECT_SILENCE);
            step_emit(s, EFFECT_LIGHT)->light = LIGHT_LISTENING;
            step_listen(s, "person");
            return true;
        default:
            return false;
    }
}

void person_wrote(struct step *s) {
    struct dialog *d = s->d;
    const struct person_message *m = &s->e->person;
    bool known = d->person.live && str_equal(m->name, d->person.name);
    str_copy(d->person.name, sizeof d->person.name, m->name);
    if (m->closed) {
        d->person.code[0] = '\0';
        struct reply r = reply_of_person(d, "person.closed");
        if (!d->person.live) hold(s, "asked");
        resume(s, &r);
        d->person.name[0] = '\0';
        return;
    }
    if (!d->person.live) hold(s, "asked");
    str_copy(d->person.code, sizeof d->person.code, m->code);
    d->person.live = true;
    d->person.lapsed = false;
    struct reply r = reply_of_person(d, known ? "person.wrote" : "person.joined");
    reply_text(&r, "text", m->text);
    reply_digits(&r, "code", m->code);
    d->question = ASKED_NOTHING;
    d->checking_out = false;
    step_say(s, &r);
    step_listen(s, "person");
}

/* ---- and back ---- */

void person_leave(struct step *s) {
    struct dialog *d = s->d;
    if (!*d->person.code) {
        struct reply here = reply_of_person(d, "person.here");
        step_open(s, &here);
        return;
    }
    step_emit(s, EFFECT_LEAVE);
    d->person.code[0] = '\0';
    struct reply r = reply_of_person(d, "person.left");
    if (!d->person.live) d->person.held = ASKED_NOTHING;
    resume(s, &r);
    d->person.name[0] = '\0';
}

bool person_lapsed(struct step *s) {
    struct dialog *d = s->d;
    bool speaks = s->e->kind == EVENT_WAKE || s->e->kind == EVENT_INTENT || s->e->kind == EVENT_UNCLEAR;
    if (!d->person.lapsed || !speaks) return false;
    d->person.lapsed = false;
    struct reply r = reply_of_person(d, "person.lapsed");
    if (s->e->kind != EVENT_WAKE) { /* what was said is answered after it */
        step_say(s, &r);
        return false;
    }
    step_emit(s, EFFECT_SILENCE);
    step_open(s, &r);
    return true;
}
