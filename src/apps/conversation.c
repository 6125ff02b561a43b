#include "apps/conversation.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "apps/when.h"
#include "base/log.h"
#include "base/str.h"

/* Events that wait while an effect list is carried out. The dialogue asks little at a time. */
enum { ANSWERS_MAX = EFFECTS_MAX };

struct answers {
    int n;
    struct event v[ANSWERS_MAX];
};

static struct event *answer(struct answers *as, enum event_kind kind) {
    static struct event overflow;
    struct event *e = as->n < ANSWERS_MAX ? &as->v[as->n++] : &overflow;
    memset(e, 0, sizeof *e);
    e->kind = kind;
    return e;
}

static enum failure failure_of(err_t err) {
    switch (err) {
        case ERR_NOT_FOUND:
            return FAILED_NOT_FOUND;
        case ERR_RANGE:
            return FAILED_STOCK;
        case ERR_FULL:
            return FAILED_FULL;
        case ERR_BUSY:
            return FAILED_BUSY;
        case ERR_DENIED:
            return FAILED_DECLINED;
        default:
            return FAILED_OTHER;
    }
}

static void fail(struct answers *as, enum failure why) {
    answer(as, EVENT_FAILED)->failed = why;
}

static void fail_with(struct answers *as, err_t err) {
    if (failure_of(err) == FAILED_OTHER) log_error("%s", err_reason());
    fail(as, failure_of(err));
}

/* ---- effects that ask the shop ---- */

typedef void carry_out(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as);

static void find(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    struct found found = {.offset = e->find.offset};
    size_t n;
    int64_t total;
    err_t err = catalog_search(c->assistant->shop, &e->find, found.v, FOUND_MAX, &n, &total);
    if (err) return fail_with(as, err);
    found.n = (int)n;
    found.total = (int)total;
    answer(as, EVENT_FOUND)->found = found;
}

static void alike(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    struct found found = {.n = 1};
    size_t others;
    err_t err = catalog_variant(c->assistant->shop, e->add.variant, &found.v[0]);
    if (!err) err = catalog_alike(c->assistant->shop, e->add.variant, found.v + 1, FOUND_MAX - 1, &others);
    if (err) return fail_with(as, err);
    found.n = found.total = (int)others + 1;
    answer(as, EVENT_FOUND)->found = found;
}

static void usual(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct orders found;
    err_t err = orders_usual_lines(c->assistant->shop, e->usual.words, e->usual.max_lines, &found, now_ms);
    if (err) return fail_with(as, err);
    answer(as, EVENT_ORDERS)->orders = found;
}

static void instead(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    struct found found = {0};
    size_t n;
    err_t err = catalog_instead(c->assistant->shop, e->instead.variant, e->instead.title, found.v, FOUND_MAX, &n);
    if (err) return fail_with(as, err);
    found.n = found.total = (int)n;
    answer(as, EVENT_FOUND)->found = found;
}

static void tell_cart(struct conversation *c, int64_t now_ms, struct answers *as, err_t err) {
    struct cart cart;
    if (!err) err = cart_get(c->assistant->shop, now_ms, &cart);
    if (err) return fail_with(as, err);
    answer(as, EVENT_CART)->cart = cart;
}

/* Asks which variant, unless the shopper chose or there is only one. */
static bool ask_variant(struct conversation *c, const struct effect_add *add, struct answers *as) {
    struct found found = {0};
    size_t others;
    if (add->chosen || catalog_variant(c->assistant->shop, add->variant, &found.v[0]) ||
        catalog_variants(c->assistant->shop, add->variant, found.v + 1, FOUND_MAX - 1, &others) || others == 0)
        return false;
    found.n = found.total = (int)others + 1;
    answer(as, EVENT_VARIANTS)->found = found;
    return true;
}

/* "size: one liter" is an option that the variant itself brings along. */
static bool is_own(const struct product *variant, const struct option_choice *o) {
    char pair[SLOT_NAME_MAX + OPTION_VALUE_MAX + 2];
    snprintf(pair, sizeof pair, "%s: %s", o->name, o->value);
    return strstr(variant->options, pair) != NULL;
}

static void add(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    const struct effect_add *a = &e->add;
    if (ask_variant(c, a, as)) return;
    const char *pairs[ADD_OPTIONS_MAX][2];
    size_t n = 0;
    struct product variant;
    err_t err = catalog_variant(c->assistant->shop, a->variant, &variant);
    if (err) return fail_with(as, err);
    for (int i = 0; i < a->n_options; i++) {
        if (is_own(&variant, &a->options[i])) continue;
        pairs[n][0] = a->options[i].name;
        pairs[n++][1] = a->options[i].value;
    }
    char options[OPTIONS_MAX] = "";
    int64_t extra = 0;
    if (n && catalog_options(c->assistant->shop, a->variant, (const char *const(*)[2])pairs, n, options, sizeof options,
                             &extra))
        return fail(as, FAILED_OPTION);
    tell_cart(c, now_ms, as, cart_add(c->assistant->shop, a->variant, options, extra, a->quantity_milli, now_ms));
}

static void set(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    tell_cart(c, now_ms, as, cart_set(c->assistant->shop, e->set.variant, e->set.options, e->set.quantity_milli, now_ms));
}

static void clear(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    tell_cart(c, now_ms, as, cart_clear(c->assistant->shop, now_ms));
}

static void show(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    tell_cart(c, now_ms, as, ERR_OK);
}

static void orders(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct order_query q = {.which = e->orders.open_only ? ORDERS_OPEN : ORDERS_LATEST};
    str_copy(q.number, sizeof q.number, e->orders.number);
    str_copy(q.words, sizeof q.words, e->orders.words);
    if (when_past(e->orders.when, now_ms, &q.from_ms, &q.to_ms) || *q.words || *q.number) {
        if (!e->orders.open_only) q.which = ORDERS_ALL;
    }
    if (e->orders.several && !e->orders.open_only) q.which = ORDERS_ALL;
    struct orders found;
    err_t err = orders_find(c->assistant->shop, &q, &found);
    if (err) return fail_with(as, err);
    answer(as, EVENT_ORDERS)->orders = found;
}

/* ---- after the order ---- */

/* What can no longer be changed has changed since it was asked about. */
static void fail_changed(struct answers *as, err_t err) {
    if (err == ERR_RANGE)
        fail(as, FAILED_CHANGED);
    else
        fail_with(as, err);
}

static void cancel(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct order o;
    err_t err = order_cancel(c->assistant->shop, e->number, now_ms, &o);
    if (err) return fail_changed(as, err);
    answer(as, EVENT_CANCELLED)->placed = o;
}

static void tell_addresses(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    (void)now_ms;
    struct addresses a;
    err_t err = customer_addresses(c->assistant->shop, &a);
    if (err) return fail_with(as, err);
    answer(as, EVENT_ADDRESSES)->addresses = a;
}

static void readdress(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    err_t err = order_readdress(c->assistant->shop, e->readdress.number, e->readdress.address, now_ms);
    if (err) return fail_changed(as, err);
    answer(as, EVENT_READDRESSED);
}

static void send_back(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    const struct effect_send_back *b = &e->send_back;
    struct send_back back;
    err_t err = order_send_back(c->assistant->shop, b->number, b->line, b->reason, now_ms, &back);
    if (err) return fail_changed(as, err);
    answer(as, EVENT_SENT_BACK)->send_back = back;
}

static void tell_refund(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    struct refund r;
    err_t err = refund_find(c->assistant->shop, e->words, &r);
    if (err) return fail_with(as, err);
    answer(as, EVENT_REFUND)->refund = r;
}

static void notify(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    enum notice_kind kind;
    if (!notice_kind_by_name(&kind, e->notify.kind)) return fail(as, FAILED_OTHER);
    err_t err = notice_add(c->assistant->shop, kind, e->notify.subject, now_ms);
    if (err) return fail_with(as, err);
    answer(as, EVENT_NOTED);
}

static void tell_notices(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    struct notices n;
    err_t err = notice_due(c->assistant->shop, now_ms, &n);
    if (err) return fail_with(as, err);
    answer(as, EVENT_NOTICES)->notices = n;
}

static void told(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)as;
    if (notice_told(c->assistant->shop, e->notice, now_ms)) log_error("a notice comes again: %s", err_reason());
}

/* ---- coupon, delivery, payment and PIN ---- */

static void coupon(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct coupon_answer a;
    err_t err = coupon_apply(c->assistant->shop, e->words, now_ms, &a);
    if (err) return fail_with(as, err);
    answer(as, EVENT_COUPON)->coupon = a;
}

static void no_coupon(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    tell_cart(c, now_ms, as, coupon_remove(c->assistant->shop, now_ms));
}

static void deliver(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    tell_cart(c, now_ms, as, cart_deliver(c->assistant->shop, e->words, now_ms));
}

static void send_to(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    tell_cart(c, now_ms, as, cart_send_to(c->assistant->shop, e->words, now_ms));
}

static void pay_with(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    tell_cart(c, now_ms, as, cart_pay_with(c->assistant->shop, e->words, now_ms));
}

static void tell_ways(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    (void)now_ms;
    struct ways w;
    err_t err = delivery_ways(c->assistant->shop, &w);
    if (err) return fail_with(as, err);
    answer(as, EVENT_WAYS)->ways = w;
}

static void tell_payments(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    (void)now_ms;
    struct payments p;
    err_t err = payment_methods(c->assistant->shop, &p);
    if (err) return fail_with(as, err);
    answer(as, EVENT_PAYMENTS)->payments = p;
}

static void check_pin(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct pin_answer p;
    err_t err = pin_check(c->assistant->shop, e->pin, now_ms, &p);
    if (err) return fail_with(as, err);
    answer(as, EVENT_PIN)->pin = p;
}

static void undo(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    err_t err = order_undo(c->assistant->shop, e->number, now_ms);
    if (err) return fail_changed(as, err);
    answer(as, EVENT_UNDONE);
}

/* A fresh idempotency key: the outbox sends the order under it. */
static err_t make_key(char key[33]) {
    unsigned char random[16];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return err_fail(ERR_IO, "the system gives no random numbers");
    for (size_t i = 0; i < sizeof random; i++) snprintf(key + 2 * i, 3, "%02x", random[i]);
    return ERR_OK;
}

static bool is_above_limits(const struct shop_profile *p, const struct cart *cart) {
    return (p->max_order_minor > 0 && cart->total_minor > p->max_order_minor) ||
           (p->max_day_minor > 0 && cart->total_minor + cart->lately_minor > p->max_day_minor);
}

static void place(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct shop *shop = c->assistant->shop;
    struct cart cart;
    err_t err = cart_get(shop, now_ms, &cart);
    if (err) return fail_with(as, err);
    if (!cart.n_lines) return fail(as, FAILED_EMPTY);
    if (cart.total_minor != e->place.total_minor) return fail(as, FAILED_CHANGED);
    if (is_above_limits(&c->assistant->profile, &cart)) return fail(as, FAILED_LIMIT);
    char key[33];
    struct order placed;
    err = make_key(key);
    if (!err) err = order_place(shop, key, now_ms, &placed);
    if (err) return fail_with(as, err);
    answer(as, EVENT_PLACED)->placed = placed;
}

static err_t opening(struct shop *shop, int64_t day_ms, bool *open, int64_t *from_ms, int64_t *to_ms) {
    char date[11];
    int weekday = when_date(day_ms, date), from, to;
    TRY(shop_hours(shop, date, weekday, open, &from, &to));
    if (!*open) return ERR_OK;
    *from_ms = when_minute(day_ms, from);
    *to_ms = when_minute(day_ms, to);
    return ERR_OK;
}

/* When the shop opens next, looking two weeks ahead; 0 if it does not. */
static err_t next_opening(struct shop *shop, int64_t now_ms, int64_t *out) {
    *out = 0;
    for (int day = 0; day < 14 && !*out; day++) {
        char code[16];
        bool open;
        int64_t from = 0, to = 0;
        snprintf(code, sizeof code, "day+%d", day);
        TRY(opening(shop, when_day(code, now_ms), &open, &from, &to));
        if (open && from > now_ms) *out = from;
    }
    return ERR_OK;
}

static void hours(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    char asked[11], today[11];
    struct hours h = {.day_ms = when_day(e->when, now_ms)};
    when_date(h.day_ms, asked);
    when_date(now_ms, today);
    h.today = str_equal(asked, today);
    err_t err = opening(c->assistant->shop, h.day_ms, &h.open, &h.from_ms, &h.to_ms);
    if (!err) err = next_opening(c->assistant->shop, now_ms, &h.next_ms);
    if (err) return fail_with(as, err);
    answer(as, EVENT_HOURS)->hours = h;
}

/* ---- effects on the world ---- */

static void note(struct conversation *c, const char *who, const char *text, const char *intent, int64_t now_ms) {
    if (conversation_note(c->assistant->shop, who, text, intent, now_ms))
        log_error("the conversation is not kept: %s", err_reason());
}

static void say(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)as;
    char shown[SAID_MAX], spoken[SAID_MAX];
    if (texts_format(c->assistant->texts, &e->say, now_ms, c->picks++, shown, sizeof shown, spoken, sizeof spoken)) {
        log_error("a reply has no words: %s", err_reason());
        return;
    }
    note(c, "assistant", shown, e->say.id, now_ms);
    if (c->sink.say) c->sink.say(c->sink.ctx, shown, spoken);
}

static void listen(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    (void)as;
    if (c->sink.listen) c->sink.listen(c->sink.ctx, e->state);
}

static void light(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    (void)as;
    if (c->sink.light) c->sink.light(c->sink.ctx, e->light);
}

static void silence(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    (void)now_ms;
    (void)as;
    if (c->sink.silence) c->sink.silence(c->sink.ctx);
}

static void volume(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    (void)as;
    if (c->sink.volume) c->sink.volume(c->sink.ctx, &e->volume);
}

static carry_out *const effects[] = {
    [EFFECT_FIND] = find,   [EFFECT_USUAL] = usual,      [EFFECT_ALIKE] = alike,   [EFFECT_ADD] = add,
    [EFFECT_SET] = set,     [EFFECT_CLEAR_CART] = clear, [EFFECT_CART] = show,     [EFFECT_ORDERS] = orders,
    [EFFECT_PLACE] = place, [EFFECT_HOURS] = hours,      [EFFECT_SAY] = say,       [EFFECT_LISTEN] = listen,
    [EFFECT_LIGHT] = light, [EFFECT_SILENCE] = silence,  [EFFECT_VOLUME] = volume,
    [EFFECT_INSTEAD] = instead,
    [EFFECT_CANCEL] = cancel,
    [EFFECT_ADDRESSES] = tell_addresses,
    [EFFECT_READDRESS] = readdress,
    [EFFECT_SEND_BACK] = send_back,
    [EFFECT_REFUND] = tell_refund,
    [EFFECT_NOTIFY] = notify,
    [EFFECT_NOTICES] = tell_notices,
    [EFFECT_TOLD] = told,
    [EFFECT_COUPON] = coupon,
    [EFFECT_NO_COUPON] = no_coupon,
    [EFFECT_DELIVER] = deliver,
    [EFFECT_SEND_TO] = send_to,
    [EFFECT_PAY_WITH] = pay_with,
    [EFFECT_WAYS] = tell_ways,
    [EFFECT_PAYMENTS] = tell_payments,
    [EFFECT_PIN] = check_pin,
    [EFFECT_UNDO] = undo,
};

/* ---- the conversation ---- */

/* "15:50 16:60" */
static void numbers_alike(struct dialog *d, char *text) {
    for (char *rest = text, *word; (word = str_next_word(&rest));) {
        int one, other;
        if (sscanf(word, "%2d:%2d", &one, &other) != 2 || one < 1 || other < 1) continue;
        d->sounds_like[one] = (uint8_t)other;
        d->sounds_like[other] = (uint8_t)one;
    }
}

err_t conversation_begin(struct conversation *c, struct assistant *a, const struct conversation_sink *sink) {
    struct customer customer;
    TRY(customer_get(a->shop, &customer));
    *c = (struct conversation){.assistant = a, .sink = *sink};
    dialog_init(&c->dialog, &a->profile, &customer);
    char numbers[ALIKE_NUMBERS_MAX];
    TRY(catalog_alike_numbers(a->shop, numbers, sizeof numbers));
    numbers_alike(&c->dialog, numbers);
    c->dialog.challenges_n = a->challenges.n;
    memcpy(c->dialog.challenges, a->challenges.v, sizeof c->dialog.challenges);
    return ERR_OK;
}

/* Chance for the dialogue, which has none of its own. Where the system has none either, nothing is ordered. */
static void hand_in_chance(struct conversation *c) {
    bool had = getrandom(&c->dialog.chance, sizeof c->dialog.chance, 0) == (ssize_t)sizeof c->dialog.chance;
    c->dialog.challenges_n = had ? c->assistant->challenges.n : 0;
}

static void step(struct conversation *c, const struct event *e, int64_t now_ms, struct answers *as) {
    struct effects out;
    hand_in_chance(c);
    dialog_step(&c->dialog, e, now_ms, &out);
    for (int i = 0; i < out.n; i++) effects[out.v[i].kind](c, &out.v[i], now_ms, as);
}

void conversation_event(struct conversation *c, const struct event *e, int64_t now_ms) {
    c->dialog.utc_offset_min = when_utc_offset_min(now_ms);
    struct answers rounds[2]; /* large, so that they take turns and are not copied */
    rounds[0].n = 0;
    step(c, e, now_ms, &rounds[0]);
    /* a reorder asks line by line: as many rounds as an order has lines, and a few for what follows */
    for (int round = 0; rounds[round % 2].n && round < 4 * ORDER_LINES_MAX; round++) {
        struct answers *now = &rounds[round % 2], *next = &rounds[(round + 1) % 2];
        next->n = 0;
        for (int i = 0; i < now->n; i++) step(c, &now->v[i], now_ms, next);
    }
}

bool conversation_is_secret(const struct conversation *c) {
    return c->dialog.question == ASKED_PIN;
}

const char *conversation_shown(const struct conversation *c, const char *text) {
    return conversation_is_secret(c) ? "***" : text;
}

struct intent conversation_shown_intent(const struct conversation *c, const struct intent *in) {
    struct intent shown = *in;
    if (!conversation_is_secret(c)) return shown;
    memset(shown.slots, 0, sizeof shown.slots);
    shown.n_slots = 0;
    str_copy(shown.text, sizeof shown.text, conversation_shown(c, in->text));
    return shown;
}

void conversation_understood(struct conversation *c, const struct intent *in, int64_t now_ms) {
    note(c, "shopper", conversation_shown(c, in->text), in->accepted ? intent_name(in->id) : "", now_ms);
    struct event e = {.kind = in->accepted ? EVENT_INTENT : EVENT_UNCLEAR};
    if (in->accepted) e.intent = *in;
    conversation_event(c, &e, now_ms);
}

const char *light_name(enum light l) {
    static const char *const names[] = {[LIGHT_OFF] = "off",
                                        [LIGHT_LISTENING] = "listening",
                                        [LIGHT_THINKING] = "thinking",
                                        [LIGHT_SPEAKING] = "speaking",
                                        [LIGHT_ERROR] = "error"};
    return names[l];
}
