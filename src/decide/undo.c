/* Taking back what has just been ordered, as long as the shop's outbox holds it. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum { MINUTE_S = 60 };

void undo_remember(struct step *s, const struct order *o, struct reply *r) {
    struct dialog *d = s->d;
    int undo_s = d->profile.undo_s;
    str_copy(d->undo_number, sizeof d->undo_number, undo_s > 0 ? o->number : "");
    d->undo_until_ms = s->now_ms + (int64_t)undo_s * 1000;
    bool minutes = undo_s >= MINUTE_S && undo_s % MINUTE_S == 0;
    reply_text(r, "unit", undo_s <= 0 ? "none" : minutes ? "minutes" : "seconds");
    reply_number(r, "undo", (int64_t)(undo_s <= 0 ? 0 : minutes ? undo_s / MINUTE_S : undo_s) * 1000);
}

static bool is_open(const struct step *s) {
    return *s->d->undo_number && s->now_ms <= s->d->undo_until_ms;
}

static void undo(struct step *s) {
    str_copy(step_request(s, EFFECT_UNDO, WAITING_UNDONE)->number, ORDER_NUMBER_MAX, s->d->undo_number);
}

/* Later it is an order like any other, which is asked about before it is cancelled. */
void undo_intent(struct step *s) {
    if (is_open(s))
        undo(s);
    else
        cancel_intent(s);
}

bool undo_at_once(struct step *s) {
    if (!is_open(s) || !str_equal(s->d->last.id, "checkout.placed")) return false;
    undo(s);
    return true;
}

void undo_done(struct step *s) {
    s->d->undo_number[0] = '\0';
    step_open_id(s, "undo.done");
}

void undo_failed(struct step *s) {
    s->d->undo_number[0] = '\0';
    if (s->e->failed == FAILED_CHANGED)
        step_open_id(s, "undo.too_late");
    else
        talk_failed(s);
}
