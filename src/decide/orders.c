/* Where is my order: one of them, or several in one sentence. */
#include "decide/step.h"

#include <string.h>

#include "base/str.h"

enum { FRESH_MS = 2 * 60 * 1000, SOON_MS = 90 * 60 * 1000, SEVERAL_MAX = 3 };

/* ---- where is it ---- */

struct effect_orders *orders_request(struct step *s, enum waiting what) {
    struct effect_orders *q = &step_request(s, EFFECT_ORDERS, what)->orders;
    const struct slot *when = intent_slot(s->in, "when");
    str_copy(q->number, sizeof q->number, step_slot(s->in, "order_number"));
    str_copy(q->words, sizeof q->words, step_slot(s->in, "product"));
    if (when) str_copy(q->when, sizeof q->when, when->code);
    return q;
}

static bool names_an_order(const struct intent *in) {
    return *step_slot(in, "order_number") || *step_slot(in, "product") || intent_slot(in, "when");
}

/* "When will it come?" right after it was told where it is. */
static bool it_is_under_way(const struct step *s) {
    const struct dialog *d = s->d;
    for (int i = 0; *d->order_number && i < d->orders.n; i++) {
        const struct order *o = &d->orders.v[i];
        if (str_equal(o->number, d->order_number)) return o->state < ORDER_DELIVERED || o->state == ORDER_DELAYED;
    }
    return false;
}

/* Without a name: what is under way, and if nothing is, the latest. For "when will it come by tomorrow" the date is
 * the future, not when it was ordered. */
void orders_status_intent(struct step *s) {
    bool arrival = s->in->id == INTENT_delivery_time;
    bool named = arrival ? *step_slot(s->in, "order_number") || *step_slot(s->in, "product") : names_an_order(s->in);
    struct effect_orders *q = orders_request(s, named ? WAITING_STATUS_ANY : WAITING_STATUS_OPEN);
    q->open_only = !named;
    if (arrival) q->when[0] = '\0';
    if (arrival && !named && it_is_under_way(s)) str_copy(q->number, sizeof q->number, s->d->order_number);
}

void orders_reply_freshness(struct reply *r, const struct step *s, int64_t as_of_ms) {
    bool known = as_of_ms > 0 && s->now_ms - as_of_ms > FRESH_MS;
    reply_text(r, "fresh", !known ? "now" : day_distance(s, as_of_ms) == 0 ? "today" : "older");
    reply_time(r, "as_of", as_of_ms);
    reply_date(r, "as_of_day", as_of_ms);
}

/* What was asked for is what the order is called by: the index of its line, else the first. */
static int asked_line(const struct step *s, const struct order *o) {
    const char *name = step_slot(s->in, "product");
    int best = 0, best_score = 0;
    for (int i = 0; *name && i < o->n_lines && i < ORDER_LINES_MAX; i++) {
        int score = words_within(name, o->lines[i].title);
        if (score <= best_score) continue;
        best = i;
        best_score = score;
    }
    return best;
}

static void reply_order(struct reply *r, const struct step *s, const struct order *o) {
    bool over = o->state == ORDER_DELIVERED || o->state == ORDER_CANCELLED || o->state == ORDER_REFUSED ||
                o->state == ORDER_RETURNED || o->state == ORDER_REFUNDED;
    int64_t date_ms = o->state == ORDER_DELIVERED ? o->delivered_ms : o->expected_ms;
    bool late = !over && date_ms > 0 && day_distance(s, date_ms) < 0;
    reply_digits(r, "number", o->number);
    reply_text(r, "item", o->n_lines > 0 ? o->lines[asked_line(s, o)].title : "");
    reply_number(r, "others", (int64_t)(o->n_lines > 1 ? o->n_lines - 1 : 0) * 1000);
    reply_date(r, "date", date_ms);
    reply_text(r, "why", *o->trouble ? o->trouble : "other");
    reply_flag(r, "offline", o->offline);
    reply_text(r, "dated", late ? "late" : date_ms > 0 ? "yes" : "no");
    orders_reply_freshness(r, s, o->as_of_ms);
}

/* Some of it has been delivered, and some not. */
static bool is_part_delivered(const struct order *o) {
    int n = 0;
    bool under_way = o->state == ORDER_SHIPPED || o->state == ORDER_PART_SHIPPED ||
                     o->state == ORDER_OUT_FOR_DELIVERY || o->state == ORDER_DELAYED;
    for (int i = 0; i < o->n_lines; i++) n += o->lines[i].delivered;
    return under_way && n > 0 && n < o->n_lines;
}

static void reply_part_delivered(struct reply *r, const struct order *o) {
    const struct order_line *there = NULL;
    int n = 0, waiting = 0;
    for (int i = 0; i < o->n_lines; i++) {
        waiting += !o->lines[i].delivered;
        if (o->lines[i].delivered && n++ == 0) there = &o->lines[i];
    }
    reply_text(r, "there", there ? there->title : "");
    reply_number(r, "there_more", n > 1 ? (int64_t)(n - 1) * 1000 : 0);
    reply_number(r, "waiting", (int64_t)waiting * 1000);
    reply_text(r, "by", o->place);
    reply_flag(r, "has_by", *o->place);
}

static void reply_part_shipped(struct reply *r, const struct order *o) {
    const struct order_line *sent = NULL;
    int waiting = 0;
    for (int i = 0; i < o->n_lines && i < ORDER_LINES_MAX; i++) {
        if (!o->lines[i].shipped) waiting++;
        if (o->lines[i].shipped && !sent) sent = &o->lines[i];
    }
    reply_text(r, "sent", sent ? sent->title : "");
    reply_number(r, "waiting", (int64_t)waiting * 1000);
}

/* "How long will it take": when it is a matter of minutes; 0 it is not. */
static int64_t minutes_until(const struct step *s, const struct order *o) {
    int64_t left_ms = o->expected_ms - s->now_ms;
    bool waited_for = s->in->id == INTENT_delivery_time && o->state > ORDER_SAVED && o->state < ORDER_DELIVERED;
    return waited_for && left_ms > 0 && left_ms <= SOON_MS ? (left_ms + 59999) / 60000 : 0;
}

void orders_tell(struct step *s, const struct order *o) {
    char id[REPLY_ID_MAX];
    str_copy(id, sizeof id, s->in->id == INTENT_delivery_time ? "arrival." : "status.");
    bool part = is_part_delivered(o);
    if (o->state == ORDER_SAVED && o->asked_minor > 0) {
        agree_ask(s, o);
        return;
    }
    str_append(id, sizeof id, part ? "part_delivered" : order_state_name(o->state));
    str_copy(s->d->order_number, sizeof s->d->order_number, o->number);
    s->d->parcels_n = 0;
    int64_t soon_minutes = minutes_until(s, o);
    if (soon_minutes > 0) str_copy(id, sizeof id, "arrival.soon");
    struct reply r = reply_make(id);
    reply_order(&r, s, o);
    reply_phone(&r, s->d);
    reply_number(&r, "minutes", soon_minutes * 1000);
    if (part) {
        reply_part_delivered(&r, o);
    } else if (o->state == ORDER_PART_SHIPPED) {
        reply_part_shipped(&r, o);
    } else {
        bool delivered = o->state == ORDER_DELIVERED;
        reply_text(&r, "by", delivered ? o->place : o->carrier);
        reply_flag(&r, "has_by", delivered ? *o->place : *o->carrier);
    }
    step_done(s, &r);
}

static bool has_line(const struct order *o, const char *title) {
    for (int i = 0; i < o->n_lines; i++) {
        if (str_equal(o->lines[i].title, title)) return true;
    }
    return false;
}

/* What tells the i-th of the first n orders from the others: something that only it has, else its first line. */
const char *orders_telling_title(const struct orders *o, int n, int i) {
    const struct order *own = &o->v[i];
    for (int line = 0; line < own->n_lines; line++) {
        bool elsewhere = false;
        for (int k = 0; k < n; k++) elsewhere = elsewhere || (k != i && has_line(&o->v[k], own->lines[line].title));
        if (!elsewhere) return own->lines[line].title;
    }
    return own->n_lines > 0 ? own->lines[0].title : own->number;
}

/* Several orders under way, in one sentence. */
static void tell_several(struct step *s) {
    static const char *const names[SEVERAL_MAX][2] = {
        {"one", "one_state"}, {"two", "two_state"}, {"three", "three_state"}};
    const struct orders *o = &s->d->orders;
    int n = o->n < SEVERAL_MAX ? o->n : SEVERAL_MAX;
    int64_t oldest_ms = o->v[0].as_of_ms;
    struct reply r = reply_make(n == 2 ? "status.two" : "status.three");
    for (int i = 0; i < n; i++) {
        const struct order *v = &o->v[i];
        reply_text(&r, names[i][0], orders_telling_title(o, n, i));
        reply_text(&r, names[i][1], order_state_name(v->state));
        if (v->as_of_ms < oldest_ms) oldest_ms = v->as_of_ms;
    }
    reply_number(&r, "total", (int64_t)o->total * 1000);
    orders_reply_freshness(&r, s, oldest_ms);
    step_ask(s, &r, ASKED_WHICH_ORDER);
}

bool orders_keep(struct dialog *d, const struct orders *o) {
    d->orders = *o;
    if (d->orders.n < 0) d->orders.n = 0;
    if (d->orders.n > ORDERS_MAX) d->orders.n = ORDERS_MAX;
    if (d->orders.total < d->orders.n) d->orders.total = d->orders.n;
    for (int i = 0; i < d->orders.n; i++) {
        struct order *v = &d->orders.v[i];
        if (v->n_lines < 0) v->n_lines = 0;
        if (v->n_lines > ORDER_LINES_MAX) v->n_lines = ORDER_LINES_MAX;
    }
    return d->orders.n > 0;
}

void orders_status_open(struct step *s) {
    if (!orders_keep(s->d, &s->e->orders)) {
        orders_request(s, WAITING_STATUS_ANY)->when[0] = '\0';
    } else if (s->d->orders.n == 1) {
        orders_tell(s, &s->d->orders.v[0]);
    } else {
        tell_several(s);
    }
}

struct reply orders_none(const struct step *s, const char *id) {
    struct reply r = reply_make(id);
    const char *number = step_slot(s->in, "order_number"), *words = step_slot(s->in, "product");
    reply_digits(&r, "number", number);
    reply_text(&r, "query", words);
    reply_text(&r, "asked", *number ? "number" : *words ? "product" : intent_slot(s->in, "when") ? "date" : "any");
    return r;
}

void orders_status_any(struct step *s) {
    if (!orders_keep(s->d, &s->e->orders)) {
        struct reply r = orders_none(s, "status.none");
        if (*step_slot(s->in, "order_number"))
            step_ask(s, &r, ASKED_ORDER_NUMBER);
        else
            step_open(s, &r);
    } else {
        orders_tell(s, &s->d->orders.v[0]);
    }
}

void orders_chosen(struct step *s, int index) {
    s->in = &s->d->pending;
    orders_tell(s, &s->d->orders.v[index]);
}
