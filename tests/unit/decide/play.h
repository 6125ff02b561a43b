/* Drives a dialogue by hand: events in, effects looked at. One dialogue a program. */
#ifndef SK_TESTS_DECIDE_PLAY_H
#define SK_TESTS_DECIDE_PLAY_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "decide/dialog.h"

/* Friday, 2026-11-20 10:40 UTC */
#define NOW_MS INT64_C(1795171200000)
enum { HOUR_MS = 3600 * 1000, DAY_MS = 24 * HOUR_MS };

static struct {
    struct dialog d;
    struct effects fx;
    int64_t now_ms;
    struct event e;
} play;

static inline int play_begin(void **state) {
    (void)state;
    struct shop_profile profile = {.name = "Corner Grocer",
                                   .assistant = "Robin",
                                   .currency = "USD",
                                   .timezone = "America/New_York",
                                   .phone = "555 0199",
                                   .delivery_minor = 490,
                                   .free_delivery_from_minor = 3500,
                                   .confirm = "confirm"};
    struct customer customer = {.id = 1, .name = "Dana Reyes", .address = "12 Elm Street"};
    dialog_init(&play.d, &profile, &customer);
    static const char *const words[] = {"maple", "tiger", "violin", "thunder"};
    play.d.challenges_n = sizeof words / sizeof *words;
    for (int i = 0; i < play.d.challenges_n; i++) str_copy(play.d.challenges[i], CHALLENGE_MAX, words[i]);
    play.d.chance = 2;
    play.now_ms = NOW_MS;
    return 0;
}

static inline void step(void) {
    dialog_step(&play.d, &play.e, play.now_ms, &play.fx);
    play.now_ms += 3000;
}

static inline void event(enum event_kind kind) {
    play.e = (struct event){.kind = kind};
    step();
}

/* ---- what the shopper says ---- */

static inline struct intent intent(enum intent_id id) {
    return (struct intent){.id = id, .accepted = true, .score = 1};
}

static inline struct slot *slot_add(struct intent *in, const char *name, const char *text) {
    struct slot *slot = &in->slots[in->n_slots++];
    str_copy(slot->name, sizeof slot->name, name);
    str_copy(slot->text, sizeof slot->text, text);
    return slot;
}

static inline void slot_number(struct intent *in, const char *name, int64_t milli) {
    struct slot *slot = slot_add(in, name, "");
    slot->kind = SLOT_NUMBER;
    slot->milli = milli;
}

static inline void say_intent(struct intent in) {
    play.e = (struct event){.kind = EVENT_INTENT, .intent = in};
    step();
}

static inline void say(enum intent_id id) {
    say_intent(intent(id));
}

static inline void say_with(enum intent_id id, const char *slot, const char *text) {
    struct intent in = intent(id);
    slot_add(&in, slot, text);
    say_intent(in);
}

static inline void say_number(enum intent_id id, const char *slot, int64_t milli) {
    struct intent in = intent(id);
    slot_number(&in, slot, milli);
    say_intent(in);
}

/* The word that the read-back asks for. */
static inline void say_challenge(void) {
    say_with(INTENT_confirm_order, "_word", play.d.challenge);
}

/* ---- what the shop answers ---- */

static inline struct product product(int64_t variant, const char *title, int64_t price_minor) {
    struct product p = {
        .variant = variant, .price_minor = price_minor, .rating_centi = 420, .stock = 20, .currency = "USD"};
    str_copy(p.title, sizeof p.title, title);
    for (size_t i = 0; title[i]; i++)
        p.spoken[i] = (char)(title[i] >= 'A' && title[i] <= 'Z' ? title[i] + 32 : title[i]);
    return p;
}

static inline void found(const struct product *v, int n, int total) {
    play.e = (struct event){.kind = EVENT_FOUND};
    play.e.found.n = n;
    play.e.found.total = total;
    for (int i = 0; i < n; i++) play.e.found.v[i] = v[i];
    step();
}

static inline void cart_line(struct cart *c, int64_t variant, const char *title, int quantity_milli,
                             int64_t price_minor) {
    struct cart_line *line = &c->lines[c->n_lines++];
    *line = (struct cart_line){.variant = variant,
                               .quantity_milli = quantity_milli,
                               .price_minor = price_minor,
                               .total_minor = price_minor * quantity_milli / 1000,
                               .stock = STOCK_UNLIMITED};
    str_copy(line->title, sizeof line->title, title);
    str_copy(c->currency, sizeof c->currency, "USD");
    c->subtotal_minor += line->total_minor;
    c->total_minor = c->subtotal_minor + c->delivery_minor;
}

static inline void told_cart(const struct cart *c) {
    play.e = (struct event){.kind = EVENT_CART, .cart = *c};
    step();
}

static inline void answered(const struct answered *a) {
    play.e = (struct event){.kind = EVENT_ANSWERED, .answered = *a};
    step();
}

static inline void failed(enum failure why) {
    play.e = (struct event){.kind = EVENT_FAILED, .failed = why};
    step();
}

/* ---- what it does ---- */

static inline const struct effect *effect(enum effect_kind kind) {
    for (int i = 0; i < play.fx.n; i++) {
        if (play.fx.v[i].kind == kind) return &play.fx.v[i];
    }
    return NULL;
}

static inline const struct effect *expect(enum effect_kind kind) {
    const struct effect *fx = effect(kind);
    assert_non_null(fx);
    return fx;
}

static inline const struct reply *expect_said(const char *id) {
    const struct effect *fx = effect(EFFECT_SAY);
    if (!fx) fail_msg("nothing is said instead of %s", id);
    assert_string_equal(fx->say.id, id);
    return &fx->say;
}

static inline void expect_silence(void) {
    assert_null(effect(EFFECT_SAY));
}

/* "" is idle */
static inline void expect_listens(const char *state) {
    assert_string_equal(expect(EFFECT_LISTEN)->state, state);
    assert_string_equal(play.d.state, state);
}

static inline const struct arg *arg(const struct reply *r, const char *name) {
    for (int i = 0; i < r->n_args; i++) {
        if (str_equal(r->args[i].name, name)) return &r->args[i];
    }
    fail_msg("%s has no argument %s", r->id, name);
    return NULL;
}

static inline void expect_text(const struct reply *r, const char *name, const char *text) {
    assert_string_equal(arg(r, name)->text, text);
}

static inline void expect_number(const struct reply *r, const char *name, int64_t number) {
    assert_int_equal(arg(r, name)->number, number);
}

#endif
