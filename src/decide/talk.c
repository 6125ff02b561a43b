/* The talk itself: yes and no, again, louder, help; silence and misunderstandings. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

enum { FAILED_TURNS_MAX = 3 };

/* ---- yes, no ---- */

void talk_yes(struct step *s) {
    /* a yes to a read-back that is no longer valid: read it again rather than order unheard */
    if (s->d->checking_out) {
        checkout_intent(s);
    } else {
        step_open_id(s, "talk.yes_to_what");
    }
}

void talk_no(struct step *s) {
    if (s->d->checking_out) {
        checkout_no(s);
    } else {
        step_done_id(s, "talk.declined");
    }
}

void talk_declined(struct step *s) {
    step_done_id(s, "talk.declined");
}

void talk_go_on(struct step *s) {
    step_open_id(s, "talk.go_on");
}

/* ---- once more, stop, louder ---- */

/* A read-back is read anew, each time with another word; false if none is open. */
static bool read_back(struct step *s, const char *basket_id, const char *total_id) {
    enum question q = s->d->question;
    if (q == ASKED_PLACE) checkout_read(s, basket_id);
    if (q == ASKED_AGREE) agree_read(s, total_id);
    return q == ASKED_PLACE || q == ASKED_AGREE;
}

void talk_ask_again(struct step *s, const struct reply *asked) {
    if (!read_back(s, "checkout.readback", "agree.readback")) step_ask(s, asked, s->d->question);
}

void talk_repeat(struct step *s) {
    struct dialog *d = s->d;
    if (!*d->told.id) {
        step_open_id(s, "talk.nothing_said");
    } else if (d->question != ASKED_NOTHING) {
        talk_ask_again(s, &d->told);
    } else {
        step_open(s, &d->told);
    }
}

/* Who thanks, or takes leave, gets a word. */
static bool answer_politely(struct step *s) {
    const char *how = step_slot(s->in, "_polite");
    if (!*how || (s->d->question != ASKED_NOTHING && s->d->question != ASKED_ANYTHING_ELSE)) return false;
    struct reply r = reply_make("talk.parting");
    reply_text(&r, "how", how);
    step_say(s, &r);
    step_idle(s);
    return true;
}

void talk_stop(struct step *s) {
    if (answer_politely(s)) return;
    step_emit(s, EFFECT_SILENCE);
    step_emit(s, EFFECT_LIGHT)->light = initiative_rest_light(s);
    step_idle(s);
}

void talk_wait(struct step *s) {
    s->passing = true;
    step_say_id(s, "talk.wait");
    s->d->nudged = true; /* who thinks is not hurried */
    step_listen(s, question_state(s->d->question));
}

void talk_set_volume(struct step *s) {
    const char *direction = step_slot(s->in, "direction");
    int64_t level = step_number(s->in, "quantity", -1);
    struct effect *fx = step_emit(s, EFFECT_VOLUME);
    fx->volume.absolute = level >= 0;
    if (level >= 0) {
        int64_t tenths = level > 10000 ? level / 10000 : level / 1000; /* above ten it was percent */
        fx->volume.tenths = tenths > 10 ? 10 : (int)tenths;
    } else {
        fx->volume.tenths = str_equal(direction, "down") ? -1 : 1;
    }
}

void talk_volume(struct step *s) {
    talk_set_volume(s);
    /* in the middle of a question it is asked again, as loud as wished */
    if (s->d->question != ASKED_NOTHING) {
        talk_repeat(s);
    } else {
        s->passing = true;
        step_done_id(s, "talk.volume");
    }
}

/* ---- help, and turns that led nowhere ---- */

void talk_help(struct step *s) {
    enum question q = s->d->question;
    if (read_back(s, "checkout.help", "agree.help")) return;
    if (q != ASKED_NOTHING && *question_help(q)) {
        struct reply r = reply_make(question_help(q));
        step_ask(s, &r, q);
    } else {
        step_open_id(s, "talk.help");
    }
}

/* Offers a person; to who does not answer that either, only how to reach one. */
static void give_up(struct step *s) {
    struct dialog *d = s->d;
    bool basket_kept = d->checking_out;
    d->failed_turns = 0;
    d->checking_out = false;
    if (d->question != ASKED_PERSON) {
        person_offer(s, basket_kept ? "unclear.offer_checkout" : "unclear.offer");
        return;
    }
    struct reply r = reply_make("unclear.person");
    reply_phone(&r, d);
    step_done(s, &r);
}

static void ask_again(struct step *s, const char *id) {
    if (read_back(s, id, id)) return;
    struct reply r = reply_make(id);
    if (s->d->question == ASKED_NOTHING) {
        step_open(s, &r);
    } else {
        step_ask(s, &r, s->d->question);
    }
}

/* In the words of `id`, the second time with examples, the third time a person; and never the same twice. */
void talk_insist(struct step *s, const char *id) {
    struct dialog *d = s->d;
    const char *const ids[FAILED_TURNS_MAX - 1] = {id, question_examples(d->question)};
    s->stuck = true;
    if (s->e->kind == EVENT_UNCLEAR) str_copy(d->person.wanted, sizeof d->person.wanted, s->e->intent.text);
    while (d->failed_turns < FAILED_TURNS_MAX - 1) {
        const char *next = ids[d->failed_turns++];
        if (str_equal(next, d->last.id)) continue;
        ask_again(s, next);
        return;
    }
    give_up(s);
}

void talk_unclear(struct step *s) {
    bool open = s->d->question == ASKED_NOTHING || s->d->question == ASKED_ANYTHING_ELSE;
    if (open && s->d->elsewhere && !str_equal(s->d->last.id, "unclear.elsewhere")) {
        s->stuck = true;
        step_open_id(s, "unclear.elsewhere"); /* it was understood: nothing failed */
    } else {
        talk_insist(s, question_unclear(s->d->question));
    }
}

void talk_stuck(struct step *s, const struct reply *r, enum question q) {
    struct dialog *d = s->d;
    s->stuck = true;
    if (str_equal(r->id, d->last.id)) {
        talk_unclear(s);
    } else if (++d->failed_turns >= FAILED_TURNS_MAX) {
        give_up(s);
    } else if (q == ASKED_NOTHING) {
        step_open(s, r);
    } else {
        step_ask(s, r, q);
    }
}

/* One gentle word if something was asked, then quiet. */
void talk_no_speech(struct step *s) {
    struct dialog *d = s->d;
    const char *id = question_nudge(d->question);
    if (!*id || d->nudged || str_equal(id, d->last.id)) {
        step_emit(s, EFFECT_LIGHT)->light = initiative_rest_light(s);
        step_idle(s);
        return;
    }
    d->nudged = true;
    ask_again(s, id);
}

/* Asks for it in parts instead of guessing. A read-back that waits for a yes is told once more, as always; who goes on
 * and on has stopped talking to us. */
void talk_too_long(struct step *s) {
    s->stuck = true;
    if (++s->d->failed_turns < FAILED_TURNS_MAX)
        ask_again(s, s->d->question == ASKED_PLACE || s->d->question == ASKED_AGREE ? question_unclear(s->d->question)
                                                                                    : "too_long");
    else
        give_up(s);
}

void talk_failed(struct step *s) {
    step_trouble_id(s, s->e->kind == EVENT_FAILED && s->e->failed == FAILED_BUSY ? "failed.busy" : "failed.other");
}
