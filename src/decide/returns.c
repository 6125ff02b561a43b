/* Sending something back: which, why, whether the shop still takes it, how; and where the money is. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

/* ---- what the shop says ---- */

static void tell_policy(struct step *s) {
    const struct shop_profile *p = &s->d->profile;
    struct reply r = reply_make(p->return_days > 0    ? "returns.policy"
                                : p->return_days == 0 ? "returns.never"
                                                      : "returns.ask_person");
    if (p->return_days > 0) {
        reply_number(&r, "days", (int64_t)p->return_days * 1000);
        reply_number(&r, "refund_days", (int64_t)p->refund_days * 1000);
    }
    reply_phone(&r, s->d);
    step_done(s, &r);
}

/* The shop's own text about returns, else what its settings say. */
void returns_policy_told(struct step *s) {
    if (!answers_tell(s)) tell_policy(s);
}

/* ---- which ---- */

void returns_intent(struct step *s) {
    if (intent_slot(s->in, "_policy")) {
        answers_policy(s);
        return;
    }
    if (intent_slot(s->in, "_refund")) {
        returns_refund(s);
        return;
    }
    if (s->d->profile.return_days <= 0) {
        tell_policy(s);
        return;
    }
    struct effect_orders *q = orders_request_it(s, WAITING_RETURN_MATCH);
    q->open_only = false;
}

static bool has_arrived(const struct order *o) {
    return o->state == ORDER_DELIVERED && o->n_lines > 0;
}

static int line_meant(const struct order *o, const char *words, int *n) {
    int first = -1;
    *n = 0;
    for (int i = 0; i < o->n_lines; i++) {
        if (*words && words_within(words, o->lines[i].title) < WORDS_ALL) continue;
        if ((*n)++ == 0) first = i;
    }
    return first;
}

static void tell_too_late(struct step *s, const struct order_line *line) {
    struct dialog *d = s->d;
    struct reply r = reply_make("returns.too_late");
    reply_text(&r, "item", line->title);
    reply_date(&r, "delivered", d->after.delivered_ms);
    reply_number(&r, "days", (int64_t)d->profile.return_days * 1000);
    reply_phone(&r, d);
    step_done(s, &r);
}

static void ask_sure(struct step *s) {
    struct dialog *d = s->d;
    const struct order_line *line = &d->after.lines[d->back_line];
    char item[ARG_TEXT_MAX];
    item_text(item, sizeof item, line->title, line->options, line->quantity_milli, "");
    struct reply r = reply_make("returns.sure");
    reply_text(&r, "item", item);
    reply_text(&r, "reason", d->back_reason);
    reply_money(&r, "amount", (line->price_minor * line->quantity_milli + 500) / 1000, d->after.currency);
    step_ask(s, &r, ASKED_RETURN);
}

void returns_line_chosen(struct step *s, int index) {
    struct dialog *d = s->d;
    d->back_line = index;
    int days = -day_distance(s, d->after.delivered_ms);
    if (d->after.delivered_ms > 0 && days > d->profile.return_days) {
        tell_too_late(s, &d->after.lines[index]);
    } else if (*d->back_reason) {
        ask_sure(s);
    } else {
        struct reply r = reply_make("returns.why");
        reply_text(&r, "item", d->after.lines[index].title);
        step_ask(s, &r, ASKED_REASON);
    }
}

static void ask_line(struct step *s) {
    struct dialog *d = s->d;
    struct items items = {0};
    for (int i = 0; i < d->after.n_lines; i++) items_add(&items, d->after.lines[i].title);
    struct reply r = reply_make("returns.which");
    reply_items(&r, &items);
    reply_date(&r, "placed", d->after.placed_ms);
    step_ask(s, &r, ASKED_WHICH_BACK);
}

void returns_found(struct step *s) {
    struct dialog *d = s->d;
    const char *words = step_slot(s->in, "product");
    bool any = orders_keep(d, &s->e->orders);
    str_copy(d->back_reason, sizeof d->back_reason, step_slot(s->in, "_reason"));
    int it = orders_it(s);
    if (it >= 0 && has_arrived(&d->orders.v[it])) { /* before any later one */
        d->orders.v[0] = d->orders.v[it];
        d->orders.n = 1;
    }
    for (int i = 0; i < d->orders.n; i++) {
        int n, line = line_meant(&d->orders.v[i], words, &n);
        if (!has_arrived(&d->orders.v[i])) continue;
        d->after = d->orders.v[i];
        if (n == 1)
            returns_line_chosen(s, line);
        else
            ask_line(s);
        return;
    }
    struct reply r = any ? reply_make("returns.not_here") : orders_none(s, "returns.none");
    reply_phone(&r, d);
    step_done(s, &r);
}

/* ---- why, and then it is done ---- */

void returns_reason(struct step *s) {
    struct dialog *d = s->d;
    if (d->question != ASKED_REASON) {
        talk_unclear(s);
        return;
    }
    const char *reason = step_slot(s->in, "_reason"); /* "no": it is nobody's business */
    str_copy(d->back_reason, sizeof d->back_reason, *reason ? reason : "other");
    ask_sure(s);
}

void returns_yes(struct step *s) {
    struct dialog *d = s->d;
    if (!after_is_fresh(s)) {
        ask_sure(s);
        return;
    }
    struct effect_send_back *fx = &step_request(s, EFFECT_SEND_BACK, WAITING_SENT_BACK)->send_back;
    str_copy(fx->number, sizeof fx->number, d->after.number);
    str_copy(fx->reason, sizeof fx->reason, d->back_reason);
    fx->line = d->back_line;
}

void returns_no(struct step *s) {
    step_done_id(s, "returns.kept");
}

void returns_done(struct step *s) {
    const struct send_back *b = &s->e->send_back;
    struct reply r = reply_make("returns.done");
    reply_digits(&r, "number", b->number);
    reply_text(&r, "how", s->d->profile.return_how);
    reply_flag(&r, "has_how", *s->d->profile.return_how);
    reply_money(&r, "amount", b->amount_minor, b->currency);
    reply_number(&r, "refund_days", (int64_t)s->d->profile.refund_days * 1000);
    step_done(s, &r);
}

/* ---- where is my refund ---- */

void returns_refund(struct step *s) {
    str_copy(step_request(s, EFFECT_REFUND, WAITING_REFUND)->words, TITLE_MAX, step_slot(s->in, "product"));
}

void returns_refund_told(struct step *s) {
    const struct refund *f = &s->e->refund;
    bool known = str_equal(f->state, "registered") || str_equal(f->state, "returned") ||
                 str_equal(f->state, "refunded") || str_equal(f->state, "cancelled");
    char id[REPLY_ID_MAX] = "refund.";
    str_append(id, sizeof id, known ? f->state : "none");
    struct reply r = reply_make(id);
    const char *words = step_slot(s->in, "product");
    reply_text(&r, "item", known ? f->title : words);
    reply_flag(&r, "has_item", known ? *f->title : *words);
    reply_money(&r, "amount", f->amount_minor, f->currency);
    reply_date(&r, "since", f->since_ms);
    reply_number(&r, "refund_days", (int64_t)s->d->profile.refund_days * 1000);
    orders_reply_freshness(&r, s, f->as_of_ms);
    reply_phone(&r, s->d);
    if (known) str_copy(s->d->order_number, sizeof s->d->order_number, f->number);
    step_done(s, &r);
}
