/* Short answers about the shop and about itself. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

static const char *part_of_day(const struct step *s) {
    int minute = minute_of_day(s);
    if (minute >= 4 * 60 && minute < 12 * 60) return "morning";
    return minute >= 12 * 60 && minute < 18 * 60 ? "afternoon" : "evening";
}

static struct reply greeting(const struct step *s, const char *id) {
    char name[sizeof s->d->customer.name];
    str_copy(name, sizeof name, s->d->customer.name);
    name[strcspn(name, " ")] = '\0';
    struct reply r = reply_make(id);
    reply_text(&r, "part", part_of_day(s));
    reply_text(&r, "name", name);
    reply_flag(&r, "has_name", *name);
    reply_names(&r, s->d);
    return r;
}

/* The first time of a session with what is new, or what was looked at last; then briefly. */
void service_greeting(struct step *s) {
    struct dialog *d = s->d;
    const struct product *looked = &d->recalled.looked;
    bool again = d->greeted;
    d->greeted = true;
    if (again) {
        struct reply r = greeting(s, "talk.greeting_again");
        step_open(s, &r);
    } else if (initiative_due(s)) {
        struct reply r = greeting(s, "talk.greeting_news");
        step_open(s, &r);
        d->remark_next = true;
    } else if (looked->variant && looked->stock != 0 && looked->price_minor >= 0) {
        struct reply r = greeting(s, "talk.greeting_looked");
        reply_text(&r, "title", looked->title);
        reply_money(&r, "price", looked->price_minor, looked->currency);
        struct product p = *looked;
        d->recalled.looked.variant = 0;
        cart_offer(s, &r, &p);
    } else {
        struct reply r = greeting(s, "talk.greeting");
        step_open(s, &r);
    }
}

void service_robot(struct step *s) {
    struct reply r = reply_make("talk.robot");
    reply_names(&r, s->d);
    step_open(s, &r);
}

/* ---- about the shop ---- */

void service_hours(struct step *s) {
    const struct slot *when = intent_slot(s->in, "when");
    struct effect *fx = step_request(s, EFFECT_HOURS, WAITING_HOURS);
    if (!when) return;
    str_copy(fx->when, sizeof fx->when, when->code);
    if (!*when->code) str_copy(fx->holiday, sizeof fx->holiday, when->text);
}

void service_hours_told(struct step *s) {
    const struct hours *h = &s->e->hours;
    bool now = h->today && h->open && h->from_ms <= s->now_ms && s->now_ms < h->to_ms;
    bool later = h->today && h->open && s->now_ms < h->from_ms;
    bool over = h->today && h->open && s->now_ms >= h->to_ms;
    const char *id = !h->open ? "hours.closed"
                     : now    ? "hours.now"
                     : later  ? "hours.later"
                     : over   ? "hours.over"
                              : "hours.on";
    struct reply r = reply_make(id);
    reply_date(&r, "day", h->day_ms);
    reply_time(&r, "from", h->from_ms);
    reply_time(&r, "to", h->to_ms);
    reply_date(&r, "next_day", h->next_ms);
    reply_time(&r, "next", h->next_ms);
    reply_flag(&r, "has_next", h->today && h->next_ms > 0);
    reply_text(&r, "holiday", h->holiday);
    reply_flag(&r, "has_holiday", *h->holiday);
    step_done(s, &r);
}

void service_hours_failed(struct step *s) {
    if (s->e->failed == FAILED_NOT_FOUND)
        step_open_id(s, "hours.no_such_day");
    else
        talk_failed(s);
}

void service_shipping(struct step *s) {
    const struct shop_profile *p = &s->d->profile;
    bool free = p->delivery_minor <= 0, threshold = p->free_delivery_from_minor > 0;
    struct reply r = reply_make(free ? "shipping.free" : threshold ? "shipping.free_from" : "shipping.cost");
    reply_money(&r, "delivery", p->delivery_minor, p->currency);
    reply_money(&r, "free_from", p->free_delivery_from_minor, p->currency);
    step_done(s, &r);
}

/* What this assistant cannot do: said plainly, with the person who can. */
void service_by_person(struct step *s) {
    char id[REPLY_ID_MAX];
    snprintf(id, sizeof id, "person.%s", intent_name(s->in->id));
    struct reply r = reply_make(id);
    reply_phone(&r, s->d);
    step_done(s, &r);
}
