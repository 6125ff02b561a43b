/* Random sequences of legal and illegal events: what may never happen, however it is talked to.
 *
 * Answers mostly fit what was asked, so that the talk gets somewhere; a third of the events fits nothing. */
#include "play.h"

enum { EVENTS = 100000, RESTART_EVERY = 500, PATIENCE = 2000 };

static uint64_t seed = 0x9E3779B97F4A7C15u;

/* xorshift64*: https://doi.org/10.18637/jss.v008.i14 */
static int roll(int n) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (int)((seed * 0x2545F4914F6CDD1Du >> 33) % (unsigned)n);
}

static bool chance(int percent) {
    return roll(100) < percent;
}

/* ---- events ---- */

static const char *const words[] = {"milk",      "oat milk", "eggs",      "the usual suspects",
                                    "",          "coffee",   "first one", "up",
                                    "down",      "lamp",     "large",     "42",
                                    "été",       "a",        "stock",     "shipped",
                                    "delivered", "price",    "delivery",  "payment",
                                    "coupon"};
enum { WORDS = sizeof words / sizeof *words };

static void random_text(char *out, size_t cap) {
    if (chance(3)) { /* as long as it gets */
        memset(out, 'x', cap - 1);
        out[cap - 1] = '\0';
        return;
    }
    str_copy(out, cap, words[roll(WORDS)]);
}

#include "random_checkout.h"
#include "random_texts.h"

static int64_t random_number(void) {
    static const int64_t odd[] = {0, -1, INT64_MAX, INT64_MIN, 500, 99000, 100000, 1};
    return chance(15) ? odd[roll(8)] : 1000 * (1 + roll(6));
}

/* What the grammar would say in a slot that has but a few values, mostly. */
static void random_value(char *out, size_t cap, const char *slot) {
    static const char *const events[] = {"stock", "price", "shipped", "delivered"};
    static const char *const sizes[] = {"bigger", "smaller", "biggest", "smallest"};
    static const char *const reasons[] = {"price", "delivery", "payment", "coupon"};
    random_text(out, cap);
    if (chance(80) && str_equal(slot, "_event")) str_copy(out, cap, events[roll(4)]);
    if (chance(80) && str_equal(slot, "direction")) str_copy(out, cap, chance(50) ? "up" : "down");
    if (chance(80) && str_equal(slot, "_size")) str_copy(out, cap, sizes[roll(4)]);
    if (chance(60) && str_equal(slot, "property")) str_copy(out, cap, play.d.found.v[0].title);
    if (chance(80) && str_equal(slot, "_old")) str_copy(out, cap, play.d.cart.lines[0].title);
    if (chance(80) && str_equal(slot, "reason")) str_copy(out, cap, reasons[roll(4)]);
}

static void random_missing(struct option_missing *m) {
    str_copy(m->name, sizeof m->name, "milk");
    random_text(m->said, sizeof m->said);
    m->n = roll(OPTION_VALUES_MAX + 1);
    for (int i = 0; i < m->n; i++) random_text(m->values[i], OPTION_VALUE_MAX);
}

/* Every talk comes back to something: what is rare in one is common in another. */
static enum intent_id favourite;

static bool is_rarely_declined(void) {
    enum question q = play.d.question;
    return q == ASKED_INSTEAD || q == ASKED_OTHER_PAYMENT || q == ASKED_NEAR || q == ASKED_NEAR_SOME ||
           q == ASKED_OPTION || q == ASKED_SUGGESTED;
}

static void random_intent(struct intent *in) {
    static const char *const names[] = {"query",      "product",    "product_a", "product_b",    "quantity",  "brand",
                                        "category",   "sort",       "min_price", "max_price",    "when",      "index",
                                        "direction",  "_usual",     "size",      "order_number", "drink",     "code",
                                        "_event",     "_reason",    "_refund",   "_policy",      "product_2", "drink_9",
                                        "quantity_2", "product_99", "_home",     "_area",        "_where",    "_cost",
                                        "reason",     "stars",      "property",  "_size",        "_beside"};
    enum { NAMES = sizeof names / sizeof *names };
    static const char *const codes[] = {"", "price_up", "rating", "last", "1", "2", "week-1", "cheaper", "pieces"};
    static const enum intent_id often[] = {INTENT_yes,    INTENT_no,       INTENT_checkout, INTENT_add_to_cart,
                                           INTENT_choose, INTENT_yes,      INTENT_reorder,  INTENT_search_product,
                                           INTENT_repeat, INTENT_checkout, INTENT_help,     INTENT_change_quantity};
    static const enum intent_id after[] = {INTENT_return_item,   INTENT_cancel_order, INTENT_change_address,
                                           INTENT_notifications, INTENT_notify_me,    INTENT_order_status};
    static const char *const refinements[] = {"_size", "property", "property", "_size", "_without"};
    *in = (struct intent){.accepted = true, .unsure = chance(20), .remote = chance(5)};
    bool choosing = str_equal(play.d.state, "choose"), confirming = str_equal(play.d.state, "confirm");
    enum intent_id ordering = random_order_intent(in);
    in->id = ordering != INTENT_NONE                            ? ordering
             : is_rarely_declined() && chance(40)               ? INTENT_no
             : confirming && chance(30)                         ? INTENT_yes
             : choosing && chance(30)                           ? INTENT_more
             : choosing && chance(25)                           ? INTENT_refine
             : choosing && chance(5)                            ? INTENT_go_back
             : play.d.search.beside && chance(20)               ? INTENT_search_product
             : play.d.put_in_n > 0 && chance(60)                ? INTENT_correct
             : confirming && chance(15)                         ? INTENT_no
             : str_equal(play.d.state, "reason") && chance(50)  ? INTENT_give_reason
             : str_equal(play.d.state, "stopped") && chance(25) ? INTENT_help
             : str_equal(play.d.state, "stopped") && chance(25) ? INTENT_NONE
             : str_equal(play.d.state, "stopped") && chance(50) ? INTENT_stopped_by
             : str_equal(play.d.state, "digits") && chance(50)  ? INTENT_help
             : play.d.parcels_n > 1 && chance(30)               ? INTENT_order_contents
             : chance(10)                                       ? favourite
             : chance(10)                                       ? after[roll(6)]
             : chance(50)                                       ? often[roll(12)]
                                                                : (enum intent_id)roll(INTENT_COUNT + 2);
    const char *hinge = in->id == INTENT_search_product && play.d.search.beside ? "brand"
                        : in->id == INTENT_notify_me                            ? "_event"
                        : in->id == INTENT_suggestions                          ? "direction"
                        : in->id == INTENT_stopped_by                           ? "reason"
                        : in->id == INTENT_human_agent                          ? "_phone"
                        : in->id == INTENT_correct                              ? (chance(30) ? "_old" : "product")
                        : in->id == INTENT_product_details                      ? (chance(50) ? "_stock" : "_trait")
                        : in->id == INTENT_show_cart                            ? "product"
                        : in->id == INTENT_recommend                            ? "_beside"
                        : in->id == INTENT_refine                               ? refinements[roll(5)]
                                                                                : NULL;
    if (hinge && chance(70)) { /* what the request means hangs on it */
        struct slot *slot = &in->slots[in->n_slots++];
        str_copy(slot->name, sizeof slot->name, hinge);
        random_value(slot->text, sizeof slot->text, slot->name);
    }
    if (in->id == INTENT_add_to_cart && chance(30)) { /* "a dozen" */
        slot_number(in, "quantity", 1000 * (2 + roll(20)));
        str_copy(in->slots[in->n_slots - 1].code, SLOT_CODE_MAX, "pieces");
    }
    if (str_equal(play.d.state, "rating") && chance(50)) {
        in->id = INTENT_rate;
        slot_number(in, "stars", 1000 * (1 + roll(5)));
    }
    if (str_equal(play.d.state, "comment") && chance(30)) in->id = INTENT_no;
    if (in->id == INTENT_stop && chance(30))
        in->slots[in->n_slots++] = (struct slot){.name = "_polite", .text = "thanks"};
    random_text(in->text, sizeof in->text);
    if (in->id == INTENT_order_status && chance(50)) {
        in->slots[in->n_slots++] = (struct slot){.name = "order_number", .text = "1044", .kind = SLOT_DIGITS};
    }
    while (chance(50) && in->n_slots < SLOTS_MAX) {
        struct slot *slot = &in->slots[in->n_slots++];
        str_copy(slot->name, sizeof slot->name, names[roll(NAMES)]);
        random_value(slot->text, sizeof slot->text, slot->name);
        str_copy(slot->code, sizeof slot->code, codes[roll(9)]);
        slot->kind = (enum slot_kind)roll(3);
        slot->milli = random_number();
        if (slot->name[0] == '_') str_copy(slot->text, sizeof slot->text, words[WORDS - 4 + roll(4)]);
    }
}

static struct product random_product(void) {
    struct product p = {
        .variant = 1 + roll(8), .price_minor = roll(3000), .rating_centi = roll(502) - 1, .stock = roll(20) - 1};
    random_text(p.title, sizeof p.title);
    random_text(p.spoken, sizeof p.spoken);
    random_text(p.options, sizeof p.options);
    random_text(p.description, sizeof p.description);
    str_copy(p.currency, sizeof p.currency, "USD");
    if (chance(10)) str_copy(p.unit, sizeof p.unit, "kg");
    if (chance(50)) str_copy(p.size_of, sizeof p.size_of, chance(80) ? "volume" : "weight");
    p.size_milli = 1000 * roll(3);
    if (chance(30)) p.pieces = 2 + roll(12);
    return p;
}

static void random_found(struct found *f) {
    f->n = chance(5) ? roll(100) - 50 : roll(chance(50) ? 6 : FOUND_MAX + 1);
    f->total = chance(5) ? roll(100) - 50 : f->n + roll(30);
    f->offset = chance(5) ? -5 : 0;
    bool unpriced = chance(25), alike = chance(15), near = chance(30);
    for (int i = 0; i < FOUND_MAX; i++) {
        f->v[i] = alike && i > 0 ? f->v[0] : random_product();
        f->v[i].score = near ? 0.5 : 1.5;
        if (unpriced) f->v[i].price_minor = -1;
    }
    const struct effect *find = effect(EFFECT_FIND);
    if (find && chance(play.d.swap.variant ? 80 : 20)) { /* just what was looked for */
        f->n = f->total = 1;
        f->v[0].stock = STOCK_UNLIMITED;
        f->v[0].price_minor = 100;
        str_copy(f->v[0].title, sizeof f->v[0].title, find->find.query);
    }
}

static void random_coupon(struct coupon *c) {
    *c = (struct coupon){.state = (enum coupon_state)roll(COUPON_UNKNOWN + 1),
                         .discount_minor = roll(900),
                         .minimum_minor = roll(9000),
                         .short_minor = roll(900),
                         .from_ms = NOW_MS,
                         .until_ms = chance(50) ? NOW_MS : 0};
    random_text(c->code, sizeof c->code);
    random_text(c->spoken, sizeof c->spoken);
    random_text(c->category, sizeof c->category);
}

static void random_cart(struct cart *c) {
    c->n_lines = chance(3) ? roll(200) - 100 : roll(6);
    for (int i = 0; i < CART_LINES_MAX; i++) {
        c->lines[i] = (struct cart_line){.variant = 1 + roll(8), .quantity_milli = roll(20000), .stock = roll(60) - 1};
        if (chance(97)) c->lines[i].stock = STOCK_UNLIMITED;
        random_text(c->lines[i].title, TITLE_MAX);
        random_text(c->lines[i].options, OPTIONS_MAX);
    }
    const struct effect *set = effect(EFFECT_SET);
    if (set && chance(60)) { /* does as it was told */
        c->n_lines = 1 + roll(3);
        c->lines[0].variant = set->set.variant;
        c->lines[0].quantity_milli = set->set.quantity_milli;
        str_copy(c->lines[0].options, OPTIONS_MAX, set->set.options);
    }
    if (effect(EFFECT_ADD) && play.d.swap.variant && chance(80)) { /* both are in it, the new and the old */
        c->n_lines = 2;
        c->lines[0].variant = effect(EFFECT_ADD)->add.variant;
        c->lines[1].variant = play.d.swap.variant;
        str_copy(c->lines[1].options, OPTIONS_MAX, play.d.swap.options);
    }
    c->total_minor = roll(chance(80) ? 30000 : 100000);
    random_terms(c);
    if (chance(30)) random_coupon(&c->coupon);
    str_copy(c->currency, sizeof c->currency, "USD");
}

static void random_order(struct order *o) {
    *o = (struct order){.state = chance(20) ? ORDER_DELIVERED : (enum order_state)roll(ORDER_REFUNDED + 1),
                        .expected_ms = chance(30)   ? play.now_ms + roll(90) * 60000
                                       : chance(50) ? NOW_MS
                                                    : 0,
                        .delivered_ms = chance(70) ? NOW_MS - (int64_t)roll(40) * DAY_MS : 0,
                        .as_of_ms = NOW_MS};
    if (chance(30)) random_text(o->address, sizeof o->address);
    if (chance(30)) { /* the shop wants another total */
        o->asked_minor = 1 + roll(30000);
        if (chance(50)) o->state = ORDER_SAVED;
        if (o->state == ORDER_PACKED) o->state = ORDER_UNCERTAIN; /* nobody knows whether it did */
    }
    if (chance(50)) str_copy(o->trouble, sizeof o->trouble, chance(50) ? "stock" : "payment");
    o->offline = chance(20);
    o->n_lines = chance(3) ? roll(60) - 30 : roll(5);
    snprintf(o->number, sizeof o->number, "%d", 1044 + roll(3));
    str_copy(o->currency, sizeof o->currency, "USD");
    for (int i = 0; i < ORDER_LINES_MAX; i++) {
        o->lines[i] = (struct order_line){
            .variant = roll(4), .quantity_milli = 1000 + roll(3000), .price_minor = roll(900), .stock = roll(9) - 1};
        o->lines[i].delivered = chance(40);
        random_text(o->lines[i].title, TITLE_MAX);
        random_text(o->lines[i].options, OPTIONS_MAX);
        if (chance(30)) random_text(o->lines[i].title_now, TITLE_MAX);
        if (chance(30)) random_text(o->lines[i].option_gone, OPTION_GONE_MAX);
    }
}

static void random_hours(struct hours *h) {
    *h = (struct hours){.day_ms = play.now_ms, .today = chance(80), .open = chance(80)};
    h->from_ms = play.now_ms + (roll(3) - 1) * HOUR_MS;
    h->to_ms = h->from_ms + roll(3) * HOUR_MS;
    h->next_ms = chance(50) ? play.now_ms + DAY_MS : 0;
}

static void random_refund(struct refund *r) {
    static const char *const states[] = {"", "registered", "returned", "refunded", "cancelled", "lost"};
    *r = (struct refund){.amount_minor = roll(900), .since_ms = NOW_MS, .as_of_ms = NOW_MS};
    str_copy(r->state, sizeof r->state, states[roll(6)]);
    random_text(r->title, sizeof r->title);
    str_copy(r->currency, sizeof r->currency, "USD");
}

static void random_notices(struct notices *v) {
    v->n = chance(5) ? roll(20) - 10 : roll(NOTICES_MAX + 1);
    v->total = v->n + roll(3);
    for (int i = 0; i < NOTICES_MAX; i++) {
        v->v[i].kind = (enum notice_kind)roll(NOTICE_WISH + 1);
        random_order(&v->v[i].order);
        snprintf(v->v[i].order.number, ORDER_NUMBER_MAX, "%d", 1044 + i);
        v->v[i].product = random_product();
    }
}

static void random_answered(struct answered *a) {
    if (chance(60)) random_text(a->answer.name, sizeof a->answer.name);
    do random_text(a->answer.text, sizeof a->answer.text); /* the loader lets no empty one through */
    while (!*a->answer.text);
    a->answer.score = chance(70);
    if (chance(60)) random_text(a->area.name, sizeof a->area.name);
    a->area.delivers = chance(50);
    if (chance(50)) random_text(a->area.note, sizeof a->area.note);
    a->area.listed = roll(4) - 1;
    if (chance(50)) random_text(a->area.all, sizeof a->area.all);
}

static void random_recalled(struct recalled *r) {
    r->n = chance(5) ? roll(40) - 20 : roll(4);
    for (int i = 0; i < REMARKS_MAX; i++) {
        r->due[i] = (struct remark){.kind = (enum remark_kind)roll(REMARK_COUNT + 1),
                                    .variant = roll(4),
                                    .count = roll(3),
                                    .price_minor = roll(900)};
        random_text(r->due[i].title, TITLE_MAX);
        str_copy(r->due[i].currency, sizeof r->due[i].currency, "USD");
    }
    if (chance(50)) r->looked = random_product();
}

static void random_event(enum event_kind kind) {
    memset(&play.e, 0, sizeof play.e);
    play.e.kind = kind;
    if (chance(30)) play.e.with = random_product();
    switch (kind) {
        case EVENT_INTENT:
            random_intent(&play.e.intent);
            break;
        case EVENT_FOUND:
        case EVENT_VARIANTS:
            random_found(&play.e.found);
            break;
        case EVENT_CART:
            random_cart(&play.e.cart);
            break;
        case EVENT_ORDERS:
            play.e.orders.n = chance(5) ? roll(40) - 20 : roll(5);
            play.e.orders.total = play.e.orders.n + roll(3);
            for (int i = 0; i < ORDERS_MAX; i++) random_order(&play.e.orders.v[i]);
            break;
        case EVENT_PLACED:
            random_order(&play.e.placed);
            break;
        case EVENT_HOURS:
            random_hours(&play.e.hours);
            break;
        case EVENT_CANCELLED:
            random_order(&play.e.placed);
            break;
        case EVENT_ADDRESSES:
            play.e.addresses.n = chance(5) ? roll(20) - 10 : roll(3);
            for (int i = 0; i < ADDRESSES_MAX; i++) {
                random_text(play.e.addresses.v[i].nickname, sizeof play.e.addresses.v[i].nickname);
                random_text(play.e.addresses.v[i].text, sizeof play.e.addresses.v[i].text);
            }
            break;
        case EVENT_SENT_BACK:
            play.e.send_back.amount_minor = roll(900);
            str_copy(play.e.send_back.number, sizeof play.e.send_back.number, "701");
            str_copy(play.e.send_back.currency, sizeof play.e.send_back.currency, "USD");
            break;
        case EVENT_REFUND:
            random_refund(&play.e.refund);
            break;
        case EVENT_NOTICES:
            random_notices(&play.e.notices);
            break;
        case EVENT_TICKET:
            random_hours(&play.e.handed.hours);
            str_copy(play.e.handed.code, TICKET_CODE_MAX, "101");
            play.e.handed.again = chance(30);
            break;
        case EVENT_PERSON:
            play.e.person.closed = chance(50);
            random_text(play.e.person.name, PERSON_NAME_MAX);
            random_text(play.e.person.text, MESSAGE_MAX);
            str_copy(play.e.person.code, TICKET_CODE_MAX, "101");
            break;
        case EVENT_KNOWN:
            play.e.known = (struct known_customer){.orders = roll(3), .turns = roll(900), .items = roll(3)};
            play.e.known.since_ms = chance(50) ? NOW_MS : 0;
            break;
        case EVENT_UNCLEAR:
            random_text(play.e.intent.text, sizeof play.e.intent.text);
            play.e.intent.elsewhere = chance(20);
            break;
        case EVENT_COUPON:
            random_coupon(&play.e.coupon.coupon);
            if (chance(50)) random_coupon(&play.e.coupon.instead);
            random_cart(&play.e.coupon.cart);
            break;
        case EVENT_ANSWERED:
            random_answered(&play.e.answered);
            break;
        case EVENT_RECALLED:
            random_recalled(&play.e.recalled);
            break;
        case EVENT_FAILED:
            play.e.failed = effect(EFFECT_HOURS) && chance(50)    ? FAILED_NOT_FOUND
                            : effect(EFFECT_NOTIFY) && chance(50) ? FAILED_FULL
                            : effect(EFFECT_AGREE) && chance(50)  ? FAILED_CHANGED
                            : effect(EFFECT_ADD) && chance(50)    ? FAILED_OPTION
                                                                  : (enum failure)roll(FAILED_LIMIT + 2);
            if (play.e.failed == FAILED_OPTION) random_missing(&play.e.missing);
            break;
        default:
            random_order_event(&play.e);
            break;
    }
}

/* What answers the last thing that was asked of the shop, else something a shopper does. */
static enum event_kind fitting(void) {
    for (int i = 0; i < play.fx.n; i++) {
        switch (play.fx.v[i].kind) {
            case EFFECT_FIND:
            case EFFECT_INSTEAD:
            case EFFECT_ALIKE:
            case EFFECT_FORMS:
                return EVENT_FOUND;
            case EFFECT_ADD:
                return chance(10) ? EVENT_FAILED : chance(30) ? EVENT_VARIANTS : EVENT_CART;
            case EFFECT_SET:
            case EFFECT_CLEAR_CART:
            case EFFECT_CART:
                return EVENT_CART;
            case EFFECT_USUAL:
            case EFFECT_ORDERS:
                return EVENT_ORDERS;
            case EFFECT_PLACE:
            case EFFECT_AGREE:
                return chance(30) ? EVENT_FAILED : EVENT_PLACED;
            case EFFECT_HOURS:
                return chance(25) ? EVENT_FAILED : EVENT_HOURS;
            case EFFECT_CANCEL:
                return chance(30) ? EVENT_FAILED : EVENT_CANCELLED;
            case EFFECT_ADDRESSES:
                return EVENT_ADDRESSES;
            case EFFECT_READDRESS:
                return chance(30) ? EVENT_FAILED : EVENT_READDRESSED;
            case EFFECT_SEND_BACK:
                return EVENT_SENT_BACK;
            case EFFECT_REFUND:
                return EVENT_REFUND;
            case EFFECT_NOTIFY:
                return chance(25) ? EVENT_FAILED : EVENT_NOTED;
            case EFFECT_NOTICES:
                return EVENT_NOTICES;
            case EFFECT_COUPON:
                return EVENT_COUPON;
            case EFFECT_ASK:
                return EVENT_ANSWERED;
            case EFFECT_RECALL:
                return EVENT_RECALLED;
            case EFFECT_HANDOVER:
                return chance(90) ? EVENT_TICKET : EVENT_FAILED;
            case EFFECT_KNOWN:
                return EVENT_KNOWN;
            case EFFECT_FORGET:
                return EVENT_FORGOTTEN;
            default:
                if (order_answer(play.fx.v[i].kind) != EVENT_COUNT) return order_answer(play.fx.v[i].kind);
        }
    }
    static const enum event_kind kinds[] = {EVENT_INTENT, EVENT_INTENT,  EVENT_INTENT,    EVENT_INTENT,  EVENT_SPOKEN,
                                            EVENT_WAKE,   EVENT_UNCLEAR, EVENT_NO_SPEECH, EVENT_TOO_LONG};
    return kinds[roll(9)];
}

/* ---- what must hold ---- */

static char last_said[REPLY_ID_MAX]; /* the last reply */
static bool was_agreeing;            /* the new total of an order was read out last */
static bool
    was_sure_asked; /* whether to cancel, to send elsewhere or to send back; and nothing but "yes or no?" since */

static bool asks_whether_sure(const struct reply *r) {
    return str_equal(r->id, "cancel.sure") || str_equal(r->id, "address.sure") || str_equal(r->id, "returns.sure") ||
           (was_sure_asked && (strncmp(r->id, "yesno.", 6) == 0 || str_equal(r->id, "too_long")));
}

static void check_said(const struct reply *r) {
    bool is_prompt = strncmp(r->id, "unclear.", 8) == 0 || strstr(r->id, ".unclear") || strstr(r->id, ".examples");
    if (is_prompt && play.e.kind == EVENT_UNCLEAR) assert_string_not_equal(r->id, last_said);
    for (int i = 0; i < r->n_args; i++) {
        assert_non_null(memchr(r->args[i].name, '\0', sizeof r->args[i].name));
        assert_non_null(memchr(r->args[i].text, '\0', sizeof r->args[i].text));
    }
    check_in_voices(r);
    str_copy(last_said, sizeof last_said, r->id);
    note_said(r->id);
}

static void check_effects(void) {
    int listens = 0, says = 0;
    bool yes = play.e.kind == EVENT_INTENT && play.e.intent.id == INTENT_yes;
    assert_in_range(play.fx.n, 0, EFFECTS_MAX);
    for (int i = 0; i < play.fx.n; i++) {
        const struct effect *fx = &play.fx.v[i];
        bool dropped = fx->kind == EFFECT_CANCEL && was_agreeing && play.e.intent.id == INTENT_no;
        if (dropped) continue;
        if (fx->kind == EFFECT_CANCEL || fx->kind == EFFECT_READDRESS || fx->kind == EFFECT_SEND_BACK)
            assert_true(yes && was_sure_asked);
        if (fx->kind == EFFECT_SEND_BACK) assert_in_range(fx->send_back.line, 0, ORDER_LINES_MAX - 1);
        if (fx->kind == EFFECT_LISTEN) listens++;
        if (fx->kind == EFFECT_SAY) {
            says++;
            check_said(&fx->say);
        }
        if (fx->kind == EFFECT_FIND) assert_in_range(fx->find.limit, 1, FOUND_MAX);
        if (fx->kind == EFFECT_ADD) assert_in_range(fx->add.quantity_milli, 1, 99000);
        if (fx->kind == EFFECT_ADD) assert_in_range(fx->add.n_options, 0, ADD_OPTIONS_MAX);
        if (fx->kind == EFFECT_NOTIFY) assert_true(*fx->notify.kind && *fx->notify.subject);
        if (fx->kind == EFFECT_FORMS) assert_in_range(fx->forms.n, 1, FOUND_MAX);
        if (fx->kind == EFFECT_SET) assert_in_range(fx->set.quantity_milli, 0, 99000);
    }
    check_order();
    assert_in_range(listens, 0, 1);
    assert_in_range(says, 0, 2); /* "it's me again", and what was asked before */
    /* answers that nobody waits for and the end of the loudspeaker change nothing; all else ends the question */
    bool waits = play.e.kind == EVENT_INTENT && play.e.intent.id == INTENT_wait;
    bool quiet = play.fx.n == 0 || play.e.kind == EVENT_SPOKEN || waits;
    if (quiet) return;
    bool sure = false;
    for (int i = 0; i < play.fx.n; i++) {
        if (play.fx.v[i].kind != EFFECT_SAY) continue;
        sure = sure || asks_whether_sure(&play.fx.v[i].say);
    }
    was_sure_asked = sure;
    was_agreeing = play.d.question == ASKED_AGREE;
}

/* A shop of another kind. */
static void random_shop(void **state) {
    play_begin(state);
    favourite = (enum intent_id)(1 + roll(INTENT_COUNT - 1));
    memset(play.d.sounds_like, 50, sizeof play.d.sounds_like);
    last_said[0] = '\0';
    was_sure_asked = was_agreeing = false;
    memset(&guard, 0, sizeof guard);
    random_order_shop(&play.d.profile);
    if (chance(20)) str_copy(play.d.profile.confirm, sizeof play.d.profile.confirm, "off");
    if (chance(30)) play.d.profile.delivery_minor = 0;
    if (chance(30)) play.d.profile.free_delivery_from_minor = -1;
    if (chance(30)) play.d.profile.phone[0] = '\0';
    if (chance(30)) play.d.customer = (struct customer){0};
    play.d.profile.return_days = chance(20) ? roll(2) - 1 : 10 + roll(30);
    play.d.profile.refund_days = roll(3);
    if (chance(50)) random_text(play.d.profile.return_how, sizeof play.d.profile.return_how);
    play.d.utc_offset_min = roll(24) * 60 - 720;
}

static void random_step(enum event_kind kind) {
    random_event(kind);
    play.d.chance = (uint32_t)roll(INT32_MAX);
    step();
    check_effects();
}

/* Whatever happened before: silence leads back to waiting for the wake phrase. */
static void every_state_is_left_again(void) {
    for (int i = 0; i < 3 && (*play.d.state || i == 0); i++) random_step(EVENT_NO_SPEECH);
    assert_string_equal(play.d.state, "");
    assert_int_equal(play.d.question, ASKED_NOTHING);
}

/* Anything at all. A hand at the microphone's switch ends what goes on: seldom, so that talks get somewhere. */
static enum event_kind any_kind(void) {
    enum event_kind kind = (enum event_kind)roll(EVENT_COUNT + 1);
    bool by_hand = kind == EVENT_MUTED || kind == EVENT_UNMUTED;
    return by_hand && !chance(10) ? fitting() : kind;
}

static void random_talk(void **state, int *placed) {
    random_shop(state);
    for (int i = 0; i < RESTART_EVERY; i++) {
        random_step(chance(33) ? any_kind() : fitting());
        if (chance(2)) play.now_ms += (int64_t)roll(20 * 60) * 1000;
        *placed += effect(EFFECT_PLACE) != NULL;
    }
    every_state_is_left_again();
}

static void random_events(void **state) {
    int placed = 0;
    for (int i = 0; i < EVENTS / RESTART_EVERY; i++) random_talk(state, &placed);
    assert_true(placed > 100); /* the talk did get somewhere */
}

/* A reply that no talk ever leads to is a mistake: a misspelled id, or a dead one. */
static void every_reply_is_said_some_time(void **state) {
    int placed = 0;
    for (int i = 0; i < PATIENCE && count_unsaid(false); i++) random_talk(state, &placed);
    assert_int_equal(count_unsaid(true), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_events),
                                       cmocka_unit_test(every_reply_is_said_some_time)};
    return cmocka_run_group_tests(tests, voices_open, voices_close);
}
