#include "decide/step.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"

struct effect *step_emit(struct step *s, enum effect_kind kind) {
    assert(s->out->n < EFFECTS_MAX);
    struct effect *fx = &s->out->v[s->out->n++];
    memset(fx, 0, sizeof *fx);
    fx->kind = kind;
    return fx;
}

struct effect *step_request(struct step *s, enum effect_kind kind, enum waiting what) {
    s->d->waiting = what;
    s->d->question = ASKED_NOTHING; /* the next one comes with the answer */
    return step_emit(s, kind);
}

static void say_in_light(struct step *s, const struct reply *r, enum light light) {
    step_emit(s, EFFECT_LIGHT)->light = light;
    step_emit(s, EFFECT_SAY)->say = *r;
    if (r != &s->d->last) s->d->last = *r;
    if (!s->stuck && !s->passing && r != &s->d->told) s->d->told = *r;
}

void step_say(struct step *s, const struct reply *r) {
    say_in_light(s, r, LIGHT_SPEAKING);
}

void step_listen(struct step *s, const char *state) {
    str_copy(s->d->state, sizeof s->d->state, state);
    str_copy(step_emit(s, EFFECT_LISTEN)->state, STATE_MAX, state);
}

static void forget_question(struct dialog *d) {
    d->question = ASKED_NOTHING;
    d->waiting = WAITING_NONE;
    d->nudged = false;
    d->several.n = 0;
}

void step_idle(struct step *s) {
    forget_question(s->d);
    s->d->aside.question = ASKED_NOTHING;
    s->d->held.n = 0;
    s->d->checking_out = false;
    step_listen(s, "");
}

void step_done(struct step *s, const struct reply *r) {
    bool checking_out = s->d->checking_out;
    step_say(s, r);
    if (several_take_up(s) || aside_end(s)) return;
    step_idle(s);
    if (!checking_out) initiative_after(s);
}

void step_open(struct step *s, const struct reply *r) {
    forget_question(s->d);
    step_say(s, r);
    if (several_take_up(s) || aside_end(s)) return;
    step_listen(s, "open");
}

void step_ask(struct step *s, const struct reply *r, enum question q) {
    if (s->d->question != q) s->d->asked = *r;
    step_say(s, r);
    bool anything = q == ASKED_ANYTHING_ELSE || q == ASKED_SUGGESTED;
    if (anything && several_take_up(s)) return; /* there is something else */
    step_listen(s, question_state(q));
    s->d->waiting = WAITING_NONE;
    s->d->question = q;
    s->d->asked_ms = s->now_ms;
}

void step_trouble(struct step *s, const struct reply *r) {
    say_in_light(s, r, LIGHT_ERROR);
    step_idle(s);
}

void step_say_id(struct step *s, const char *id) {
    struct reply r = reply_make(id);
    step_say(s, &r);
}

void step_done_id(struct step *s, const char *id) {
    struct reply r = reply_make(id);
    step_done(s, &r);
}

void step_trouble_id(struct step *s, const char *id) {
    struct reply r = reply_make(id);
    step_trouble(s, &r);
}

void step_open_id(struct step *s, const char *id) {
    struct reply r = reply_make(id);
    step_open(s, &r);
}

const char *step_slot(const struct intent *in, const char *name) {
    const struct slot *slot = intent_slot(in, name);
    return slot ? slot->text : "";
}

int64_t step_number(const struct intent *in, const char *name, int64_t fallback) {
    const struct slot *slot = intent_slot(in, name);
    return slot && slot->kind == SLOT_NUMBER ? slot->milli : fallback;
}
