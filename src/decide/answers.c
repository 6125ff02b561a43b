/* Questions to the shop that its own text answers: by their words, by what was asked, by where to. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

/* How much of a question an answer must cover: one that is known to be a question to the shop, and words that may be
 * anything. Of the wordings in tests/bench/answers.tsv (bench_answers.c) the second answers 62 of 69, one of them
 * wrong, and 4.0 % of what CLINC's strangers say; 0.51 answers 55, and 2.4 %. */
static const double ENOUGH_ASKED = 0.2, ENOUGH_GUESSED = 0.5;

/* The area that is asked about, "" none: one that was named, or the customer's own. */
static const char *asked_area(const struct step *s) {
    return *step_slot(s->in, "_home") ? s->d->customer.address : step_slot(s->in, "_area");
}

static void ask(struct step *s, enum waiting what, const char *words) {
    struct effect_ask *ask = &step_request(s, EFFECT_ASK, what)->ask;
    str_copy(ask->words, sizeof ask->words, words);
    str_copy(ask->intent, sizeof ask->intent, intent_name(s->in->id));
    str_copy(ask->area, sizeof ask->area, asked_area(s));
}

static void tell(struct step *s, const struct shop_answer *a) {
    struct reply r = reply_make("answer.told");
    reply_text(&r, "text", a->text);
    step_done(s, &r);
}

static void tell_unknown(struct step *s) {
    struct reply r = reply_make("answer.unknown");
    reply_phone(&r, s->d);
    step_done(s, &r);
}

/* ---- a question to the shop ---- */

void answers_question(struct step *s) {
    ask(s, WAITING_ANSWER, s->in->text);
}

bool answers_tell(struct step *s) {
    const struct shop_answer *a = &s->e->answered.answer;
    if (!*a->name || a->score < ENOUGH_ASKED) return false;
    tell(s, a);
    return true;
}

void answers_told(struct step *s) {
    if (!answers_tell(s)) tell_unknown(s);
}

/* "What's your return policy?" is a question about returns and no return. */
void answers_policy(struct step *s) {
    ask(s, WAITING_POLICY, s->in->text);
}

/* ---- what no intent fits ---- */

/* The shop may have a text about it all the same; not while money moves or a number is said. */
bool answers_guess(struct step *s) {
    const struct intent *in = &s->e->intent;
    const char *state = question_state(s->d->question);
    bool open = str_equal(state, "open") || str_equal(state, "choose");
    if (!*in->text || in->unsure || !open || s->d->checking_out) return false;
    s->d->waiting = WAITING_GUESS;
    str_copy(step_emit(s, EFFECT_ASK)->ask.words, UTTERANCE_MAX, in->text);
    return true;
}

void answers_guessed(struct step *s) {
    const struct shop_answer *a = &s->e->answered.answer;
    if (!*a->name || a->score < ENOUGH_GUESSED) {
        talk_unclear(s);
        return;
    }
    s->d->failed_turns = 0;
    tell(s, a);
}

/* ---- delivery ---- */

void answers_delivery(struct step *s) {
    bool by_intent_alone = *step_slot(s->in, "_cost") || *step_slot(s->in, "_where") || *asked_area(s);
    ask(s, WAITING_DELIVERY, by_intent_alone ? "" : s->in->text);
}

static void tell_area(struct step *s, const struct area *a) {
    bool home = *step_slot(s->in, "_home");
    struct reply r = reply_make(!*a->name ? "area.unknown" : a->delivers ? "area.yes" : "area.no");
    reply_text(&r, "area", *a->name ? a->name : step_slot(s->in, "_area"));
    reply_flag(&r, "home", home);
    reply_text(&r, "note", a->note);
    reply_flag(&r, "has_note", *a->note);
    reply_delivery(&r, s->d);
    reply_phone(&r, s->d);
    step_done(s, &r);
}

static void tell_areas(struct step *s, const struct area *a) {
    char all[AREA_LIST_MAX];
    struct items list = {0};
    struct reply r = reply_make("area.list");
    str_copy(all, sizeof all, a->all);
    for (char *rest = *all ? all : NULL; rest;) items_add(&list, strsep(&rest, "\n"));
    reply_items(&r, &list);
    reply_phone(&r, s->d);
    step_done(s, &r);
}

void answers_delivery_told(struct step *s) {
    const struct answered *told = &s->e->answered;
    bool home_unknown = *step_slot(s->in, "_home") && !*s->d->customer.address;
    if (*told->answer.name && told->answer.score >= ENOUGH_GUESSED)
        tell(s, &told->answer);
    else if (told->area.listed > 0 && *asked_area(s) && !home_unknown)
        tell_area(s, &told->area);
    else if (*told->area.all && (*step_slot(s->in, "_where") || home_unknown))
        tell_areas(s, &told->area);
    else
        service_shipping(s);
}
