/* What the shopper thinks: one to five, and a comment in any words. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

enum { STARS_MAX = 5 };

static int stars_of(const struct intent *in) {
    int64_t milli = step_number(in, "stars", 0);
    return milli >= 1000 && milli <= STARS_MAX * 1000 && milli % 1000 == 0 ? (int)(milli / 1000) : 0;
}

/* Keeps them at once: a comment may never come. */
static void rated(struct step *s, int stars) {
    step_emit(s, EFFECT_FEEDBACK)->feedback.stars = stars;
    struct reply r = reply_make("feedback.comment");
    reply_text(&r, "mood", stars <= 2 ? "bad" : stars == STARS_MAX ? "best" : "good");
    step_ask(s, &r, ASKED_COMMENT);
}

void feedback_intent(struct step *s) {
    int stars = stars_of(s->in);
    if (stars) {
        rated(s, stars);
        return;
    }
    struct reply r = reply_make("feedback.stars");
    step_ask(s, &r, ASKED_STARS);
}

void feedback_rated(struct step *s) {
    int stars = stars_of(s->in);
    if (stars) {
        rated(s, stars);
        return;
    }
    struct reply r = reply_make("feedback.range");
    talk_stuck(s, &r, ASKED_STARS);
}

/* "Yes", and then the words. */
void feedback_comment_yes(struct step *s) {
    struct reply r = reply_make("feedback.go_on");
    step_ask(s, &r, ASKED_COMMENT);
}

void feedback_done(struct step *s) {
    step_done_id(s, "feedback.thanks");
}

bool feedback_takes(struct step *s) {
    if (s->d->question != ASKED_COMMENT) return false;
    bool opinion =
        s->e->kind == EVENT_INTENT && (s->e->intent.id == INTENT_feedback || s->e->intent.id == INTENT_anger);
    if (s->e->kind != EVENT_UNCLEAR && !opinion) return false;
    str_copy(step_emit(s, EFFECT_FEEDBACK)->feedback.comment, UTTERANCE_MAX, s->e->intent.text);
    step_done_id(s, "feedback.noted");
    return true;
}
