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
    (void)e;
    struct found found = {0};
    size_t n;
    err_t err = orders_usual(c->assistant->shop, found.v, FOUND_MAX, &n, now_ms);
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

/* With the one that would count instead, if that one does not. */
static void coupon(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct shop *shop = c->assistant->shop;
    struct coupon_told told = {0};
    err_t err = coupon_apply(shop, e->coupon, now_ms, &told.coupon);
    if (!err && told.coupon.state > COUPON_COUNTS) err = coupon_best(shop, now_ms, &told.instead);
    if (!err) err = cart_get(shop, now_ms, &told.cart);
    if (err) return fail_with(as, err);
    answer(as, EVENT_COUPON)->coupon = told;
}

static void orders(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct order_query q = {.which = e->orders.open_only ? ORDERS_OPEN : ORDERS_LATEST};
    str_copy(q.number, sizeof q.number, e->orders.number);
    str_copy(q.words, sizeof q.words, e->orders.words);
    if (when_past(e->orders.when, now_ms, &q.from_ms, &q.to_ms) || *q.words || *q.number) {
        if (!e->orders.open_only) q.which = ORDERS_ALL;
    }
    struct orders found;
    err_t err = orders_find(c->assistant->shop, &q, &found);
    if (err) return fail_with(as, err);
    answer(as, EVENT_ORDERS)->orders = found;
}

/* A fresh idempotency key: the outbox sends the order under it. */
static err_t make_key(char key[33]) {
    unsigned char random[16];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return err_fail(ERR_IO, "the system gives no random numbers");
    for (size_t i = 0; i < sizeof random; i++) snprintf(key + 2 * i, 3, "%02x", random[i]);
    return ERR_OK;
}

static void place(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct shop *shop = c->assistant->shop;
    struct cart cart;
    err_t err = cart_get(shop, now_ms, &cart);
    if (err) return fail_with(as, err);
    if (!cart.n_lines) return fail(as, FAILED_EMPTY);
    if (cart.total_minor != e->place.total_minor) return fail(as, FAILED_CHANGED);
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
    [EFFECT_COUPON] = coupon,
    [EFFECT_LIGHT] = light, [EFFECT_SILENCE] = silence,  [EFFECT_VOLUME] = volume,
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
    return ERR_OK;
}

static void step(struct conversation *c, const struct event *e, int64_t now_ms, struct answers *as) {
    struct effects out;
    dialog_step(&c->dialog, e, now_ms, &out);
    for (int i = 0; i < out.n; i++) effects[out.v[i].kind](c, &out.v[i], now_ms, as);
}

void conversation_event(struct conversation *c, const struct event *e, int64_t now_ms) {
    c->dialog.utc_offset_min = when_utc_offset_min(now_ms);
    struct answers as = {0};
    step(c, e, now_ms, &as);
    /* a reorder asks line by line: as many rounds as an order has lines, and a few for what follows */
    for (int round = 0; as.n && round < 4 * ORDER_LINES_MAX; round++) {
        struct answers now = as;
        as.n = 0;
        for (int i = 0; i < now.n; i++) step(c, &now.v[i], now_ms, &as);
    }
}

void conversation_understood(struct conversation *c, const struct intent *in, int64_t now_ms) {
    note(c, "shopper", in->text, in->accepted ? intent_name(in->id) : "", now_ms);
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
