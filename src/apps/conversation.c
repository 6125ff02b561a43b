#include "apps/conversation.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "apps/effects.h"
#include "apps/opening.h"
#include "apps/when.h"
#include "base/log.h"
#include "base/str.h"
#include "shop/known.h"
#include "shop/tickets.h"

/* ---- effects that ask the shop ---- */

/* The store knows no sizes: they are in the words. */
static void tell_found(struct conversation *c, struct answers *as, enum event_kind kind, struct found *f) {
    for (int i = 0; i < f->n && i < FOUND_MAX; i++) sizes_fill(c->assistant->sizes, &f->v[i]);
    answer(as, kind)->found = *f;
}

static void find(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    struct found found = {.offset = e->find.offset};
    size_t n;
    int64_t total;
    err_t err = catalog_search(c->assistant->shop, &e->find, found.v, FOUND_MAX, &n, &total);
    if (err) return fail_with(as, err);
    found.n = (int)n;
    found.total = (int)total;
    tell_found(c, as, EVENT_FOUND, &found);
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

/* Those of the product's kinds that have the words, after those that are there. */
static err_t add_forms(struct shop *shop, int64_t variant, const char *words, struct found *f) {
    struct product all[FOUND_MAX];
    size_t others;
    TRY(catalog_variant(shop, variant, &all[0]));
    TRY(catalog_variants(shop, variant, all + 1, FOUND_MAX - 1, &others));
    for (size_t i = 0; i <= others && f->n < FOUND_MAX; i++) {
        if (!*words || strstr(all[i].options, words)) f->v[f->n++] = all[i];
    }
    return ERR_OK;
}

static void forms(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    struct found found = {0};
    for (int i = 0; i < e->forms.n; i++) {
        err_t err = add_forms(c->assistant->shop, e->forms.variants[i], e->forms.words, &found);
        if (err && err != ERR_NOT_FOUND) return fail_with(as, err);
    }
    found.total = found.n;
    tell_found(c, as, EVENT_FOUND, &found);
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

/* Asks which variant, unless the shopper chose or there is only one. */
static bool ask_variant(struct conversation *c, const struct effect_add *add, struct answers *as) {
    struct found found = {0};
    size_t others;
    if (add->chosen || catalog_variant(c->assistant->shop, add->variant, &found.v[0]) ||
        catalog_variants(c->assistant->shop, add->variant, found.v + 1, FOUND_MAX - 1, &others) ||
        (others == 0 && !add->divides))
        return false;
    found.n = found.total = (int)others + 1;
    tell_found(c, as, EVENT_VARIANTS, &found);
    return true;
}

/* "size: one liter" is an option that the variant itself brings along. */
static bool is_own(const struct product *variant, const struct option_choice *o) {
    char pair[SLOT_NAME_MAX + OPTION_VALUE_MAX + 2];
    snprintf(pair, sizeof pair, "%s: %s", o->name, o->value);
    return strstr(variant->options, pair) != NULL;
}

/* Tells which of them the product does not come with, if that is why they were not taken. */
static void fail_with_options(struct shop *shop, int64_t variant, const char *const (*pairs)[2], size_t n,
                              struct answers *as) {
    struct option_missing missing;
    err_t err = catalog_option_missing(shop, variant, pairs, n, &missing);
    if (err) return fail_with(as, err);
    fail(as, FAILED_OPTION);
    as->v[as->n - 1].missing = missing;
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
        return fail_with_options(c->assistant->shop, a->variant, (const char *const(*)[2])pairs, n, as);
    tell_cart(c, now_ms, as, cart_add(c->assistant->shop, a->variant, options, extra, a->quantity_milli, now_ms));
    struct event *told = as->n ? &as->v[as->n - 1] : NULL;
    if (told && told->kind == EVENT_CART && together_with(c->assistant->shop, a->variant, now_ms, &told->with))
        log_error("nothing is suggested: %s", err_reason());
}

static void set(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    tell_cart(c, now_ms, as,
              cart_set(c->assistant->shop, e->set.variant, e->set.options, e->set.quantity_milli, now_ms));
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
    bool dated = when_past(e->orders.when, now_ms, &q.from_ms, &q.to_ms);
    bool named = dated || *q.words || *q.number || e->orders.several;
    if (named && !e->orders.open_only) q.which = ORDERS_ALL;
    struct orders found;
    err_t err = orders_find(c->assistant->shop, &q, &found);
    if (!err && dated && found.n == 0 && when_past_about(e->orders.when, now_ms, &q.from_ms, &q.to_ms))
        err = orders_find(c->assistant->shop, &q, &found);
    if (err) return fail_with(as, err);
    answer(as, EVENT_ORDERS)->orders = found;
}

/* ---- after the order ---- */

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

static void hours(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct hours h;
    err_t err = opening_hours(c->assistant->shop, e, now_ms, &h);
    if (err) return fail_with(as, err);
    answer(as, EVENT_HOURS)->hours = h;
}

/* What is written for the intent comes before what the words lead to. */
static err_t find_answer(struct conversation *c, const struct effect_ask *ask, struct answered *out) {
    char words[UTTERANCE_MAX];
    TRY(answer_for(c->assistant->shop, ask->intent, &out->answer));
    TRY(area_find(c->assistant->shop, ask->area, &out->area));
    if (!*out->answer.name) TRY(answer_as_asked(c->assistant->shop, ask->words, &out->answer));
    if (*out->answer.name) return ERR_OK;
    common_words_strip(c->assistant->common_words, ask->words, words, sizeof words);
    return answer_find(c->assistant->shop, words, &out->answer);
}

static void ask(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    struct answered found = {0};
    err_t err = find_answer(c, &e->ask, &found);
    if (err) return fail_with(as, err);
    answer(as, EVENT_ANSWERED)->answered = found;
}

/* ---- what is said unasked ---- */

static void recall(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    struct recalled r = {0};
    size_t n;
    if (together_prepare(c->assistant->shop)) log_error("what goes together is not counted: %s", err_reason());
    err_t err = remarks_due(c->assistant->shop, now_ms, r.due, REMARKS_MAX, &n);
    if (!err) err = looked_last(c->assistant->shop, now_ms, &r.looked);
    if (err) { /* nobody asked: nobody is told */
        log_error("nothing is recalled: %s", err_reason());
        return;
    }
    r.n = (int)n;
    answer(as, EVENT_RECALLED)->recalled = r;
}

static void remarked(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)as;
    const struct effect_remarked *r = &e->remarked;
    if (remark_note(c->assistant->shop, r->kind, r->subject, r->declined, now_ms))
        log_error("a remark is not kept: %s", err_reason());
}

static void suggestions(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)now_ms;
    (void)as;
    if (suggestions_allow(c->assistant->shop, e->suggestions))
        log_error("the wish about suggestions is not kept: %s", err_reason());
}

static void looked(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)as;
    if (looked_note(c->assistant->shop, e->looked, now_ms))
        log_error("what was looked at is not kept: %s", err_reason());
}

/* ---- a person of the shop, and what is kept ---- */

static void hand_over(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    struct shop *shop = c->assistant->shop;
    static const struct effect today = {.kind = EFFECT_HOURS};
    struct handed handed = {0};
    struct ticket t;
    char key[33];
    err_t err = opening_hours(shop, &today, now_ms, &handed.hours);
    if (!err) err = make_key(key);
    if (!err) err = ticket_open(shop, key, e->handover.why, e->handover.question, now_ms, &t, &handed.again);
    if (err) return fail_with(as, err);
    str_copy(handed.code, sizeof handed.code, t.code);
    answer(as, EVENT_TICKET)->handed = handed;
}

static void to_person(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    err_t err = ticket_say(c->assistant->shop, c->dialog.person.code, e->text, now_ms);
    if (err == ERR_NOT_FOUND) return; /* closed just now: the news of that is on its way */
    if (err) fail_with(as, err);
}

static void leave_person(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    (void)as;
    struct ticket t;
    err_t err = ticket_current(c->assistant->shop, &t);
    if (!err) err = ticket_close(c->assistant->shop, t.code, NULL, now_ms);
    if (err && err != ERR_NOT_FOUND) log_error("the ticket stays open: %s", err_reason());
}

static void know(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    (void)now_ms;
    struct known_customer known;
    err_t err = known_get(c->assistant->shop, &known);
    if (err) return fail_with(as, err);
    answer(as, EVENT_KNOWN)->known = known;
}

static void forget(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)e;
    err_t err = known_forget(c->assistant->shop, now_ms);
    if (err) return fail_with(as, err);
    answer(as, EVENT_FORGOTTEN);
}

static void keep_feedback(struct conversation *c, const struct effect *e, int64_t now_ms, struct answers *as) {
    (void)as;
    if (feedback_add(c->assistant->shop, e->feedback.stars, e->feedback.comment, now_ms))
        log_error("the feedback is not kept: %s", err_reason());
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
    [EFFECT_FIND] = find,
    [EFFECT_USUAL] = usual,
    [EFFECT_ALIKE] = alike,
    [EFFECT_ADD] = add,
    [EFFECT_SET] = set,
    [EFFECT_CLEAR_CART] = clear,
    [EFFECT_CART] = show,
    [EFFECT_ORDERS] = orders,
    [EFFECT_PLACE] = effect_place_order,
    [EFFECT_HOURS] = hours,
    [EFFECT_SAY] = say,
    [EFFECT_LISTEN] = listen,
    [EFFECT_LIGHT] = light,
    [EFFECT_SILENCE] = silence,
    [EFFECT_VOLUME] = volume,
    [EFFECT_INSTEAD] = instead,
    [EFFECT_CANCEL] = cancel,
    [EFFECT_ADDRESSES] = tell_addresses,
    [EFFECT_READDRESS] = readdress,
    [EFFECT_SEND_BACK] = send_back,
    [EFFECT_REFUND] = tell_refund,
    [EFFECT_NOTIFY] = notify,
    [EFFECT_NOTICES] = tell_notices,
    [EFFECT_TOLD] = told,
    [EFFECT_COUPON] = effect_coupon,
    [EFFECT_DELIVER] = effect_deliver,
    [EFFECT_SEND_TO] = effect_send_to,
    [EFFECT_PAY_WITH] = effect_pay_with,
    [EFFECT_WAYS] = effect_ways,
    [EFFECT_PAYMENTS] = effect_payments,
    [EFFECT_PIN] = effect_check_pin,
    [EFFECT_UNDO] = effect_undo,
    [EFFECT_AGREE] = effect_agree,
    [EFFECT_ASK] = ask,
    [EFFECT_RECALL] = recall,
    [EFFECT_REMARKED] = remarked,
    [EFFECT_SUGGESTIONS] = suggestions,
    [EFFECT_LOOKED] = looked,
    [EFFECT_HANDOVER] = hand_over,
    [EFFECT_TO_PERSON] = to_person,
    [EFFECT_LEAVE] = leave_person,
    [EFFECT_PAIR] = effect_pair,
    [EFFECT_KNOWN] = know,
    [EFFECT_FORGET] = forget,
    [EFFECT_FEEDBACK] = keep_feedback,
    [EFFECT_FORMS] = forms,
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

/* One that was open when the program ended, or that has a message left. */
static err_t find_ticket(struct conversation *c) {
    struct person_message m;
    struct ticket t;
    bool any;
    TRY(ticket_unheard(c->assistant->shop, &m, &any));
    if (any) {
        str_copy(c->dialog.person.code, sizeof c->dialog.person.code, m.code);
        return ERR_OK;
    }
    err_t err = ticket_current(c->assistant->shop, &t);
    if (err == ERR_NOT_FOUND) return ERR_OK;
    if (!err) str_copy(c->dialog.person.code, sizeof c->dialog.person.code, t.code);
    return err;
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
    TRY(known_deaf(a->shop, &c->dialog.deaf));
    return find_ticket(c);
}

/* Chance for the dialogue, which has none of its own. Where the system has none either, nothing is ordered. */
static void hand_in_chance(struct conversation *c) {
    bool had = getrandom(&c->dialog.chance, sizeof c->dialog.chance, 0) == (ssize_t)sizeof c->dialog.chance;
    c->dialog.challenges_n = had ? c->assistant->challenges.n : 0;
}

static void step(struct conversation *c, const struct event *e, int64_t now_ms, struct answers *as) {
    struct effects out;
    hand_in_chance(c);
    bool checking_out = c->dialog.checking_out;
    dialog_step(&c->dialog, e, now_ms, &out);
    /* an order empties the basket, and what is left of it then is nothing */
    if (!checking_out && c->dialog.checking_out && checkout_left_note(c->assistant->shop, now_ms))
        log_error("a checkout is not kept: %s", err_reason());
    for (int i = 0; i < out.n; i++) effects[out.v[i].kind](c, &out.v[i], now_ms, as);
}

void conversation_event(struct conversation *c, const struct event *e, int64_t now_ms) {
    c->dialog.utc_offset_min = when_utc_offset_min(now_ms);
    bool was_deaf = c->dialog.deaf;
    struct answers rounds[2]; /* large, so that they take turns and are not copied */
    rounds[0].n = 0;
    step(c, e, now_ms, &rounds[0]);
    /* a reorder asks line by line: as many rounds as an order has lines, and a few for what follows */
    for (int round = 0; rounds[round % 2].n && round < 4 * ORDER_LINES_MAX; round++) {
        struct answers *now = &rounds[round % 2], *next = &rounds[(round + 1) % 2];
        next->n = 0;
        for (int i = 0; i < now->n; i++) step(c, &now->v[i], now_ms, next);
    }
    if (was_deaf != c->dialog.deaf && known_set_deaf(c->assistant->shop, c->dialog.deaf))
        log_error("that it does not listen outlives no restart: %s", err_reason());
    if (shop_flush(c->assistant->shop)) log_error("a power cut may take back this turn: %s", err_reason());
}

static err_t find_person(struct conversation *c, int64_t now_ms, struct event *e, bool *any) {
    *any = false;
    *e = (struct event){.kind = EVENT_PERSON};
    if (!*c->dialog.person.code) return ERR_OK;
    TRY(ticket_unheard(c->assistant->shop, &e->person, any));
    if (!*any) return ERR_OK;
    return ticket_heard(c->assistant->shop, e->person.id, now_ms); /* first: better unsaid than said for ever */
}

bool conversation_news(struct conversation *c, int64_t now_ms) {
    struct event e;
    bool any = false;
    if (!dialog_can_be_told(&c->dialog)) return false;
    err_t err = find_person(c, now_ms, &e, &any);
    if (!err && !any) err = pairing_news_find(c, now_ms, &e, &any);
    if (err) log_error("news is not told: %s", err_reason());
    if (err || !any) return false;
    conversation_event(c, &e, now_ms);
    return true;
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
    const char *elsewhere = dialog_words_go(&c->dialog, in);
    note(c, "shopper", conversation_shown(c, in->text),
         *elsewhere     ? elsewhere
         : in->accepted ? intent_name(in->id)
                        : "",
         now_ms);
    struct event e = {.kind = in->accepted ? EVENT_INTENT : EVENT_UNCLEAR};
    e.intent = *in;
    conversation_event(c, &e, now_ms);
}

const char *light_name(enum light l) {
    static const char *const names[] = {
        [LIGHT_OFF] = "off",           [LIGHT_LISTENING] = "listening", [LIGHT_THINKING] = "thinking",
        [LIGHT_SPEAKING] = "speaking", [LIGHT_ERROR] = "error",         [LIGHT_NOTICE] = "notice"};
    return names[l];
}
