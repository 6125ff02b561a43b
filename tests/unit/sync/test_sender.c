/* The outbox against a server made of chance: whatever it does with a request and whatever becomes of its answer, each
 * order is there once, none is lost, and the shopper is told what became of it. (Being killed: tests/bench/torture.sh.)
 */
#include "../shop/support.h"

#include "base/str.h"
#include "shop/store.h"
#include "sync/sync.h"

enum { ORDERS_MADE = 400 };

/* ---- a server ---- */

struct server {
    struct backend backend;
    char keys[2 * ORDERS_MADE][40]; /* of the orders that it has, in their order */
    bool cancelled[2 * ORDERS_MADE];
    char closed[2 * ORDERS_MADE][40];
    int n, n_closed;
    int64_t total_minor;     /* what it wants; 0 what was agreed */
    enum refusal refusal;    /* of each order */
    enum outcome_kind fault; /* of the next requests */
    bool after;              /* it did it, and only the answer is lost */
    int faults;              /* so many times; -1 at random */
    int placing, looking, quoting, telling;
    bool blind; /* it cannot say what became of an order, like one that makes them from carts */
    bool offline_placing;
    int preparing;
    struct shop *shop;
};

static struct server server;
static int64_t now_ms;
static unsigned seed;

static unsigned roll(unsigned n) {
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % n;
}

static struct outcome made(enum outcome_kind kind) {
    return outcome_of(kind, REFUSAL_NONE, kind == OUTCOME_DONE ? "" : "a fault");
}

static bool faulty(bool *after) {
    if (server.faults < 0) {
        if (roll(100) >= 50) return false;
        server.fault = roll(2) ? OUTCOME_DOUBTFUL : OUTCOME_OFFLINE;
        *after = server.fault == OUTCOME_DOUBTFUL && roll(2);
        return true;
    }
    *after = server.after;
    return server.faults > 0 && server.faults--;
}

static int index_of(const char *key) {
    for (int i = 0; i < server.n; i++)
        if (str_equal(server.keys[i], key)) return i;
    return -1;
}

static bool is_closed(const char *key) {
    for (int i = 0; i < server.n_closed; i++)
        if (str_equal(server.closed[i], key)) return true;
    return false;
}

static struct outcome fake_quote(struct backend *b, const struct outgoing_order *o, struct quote *out) {
    bool after;
    (void)b;
    server.quoting++;
    if (faulty(&after)) return made(server.fault);
    if (server.refusal && server.refusal != REFUSAL_CHANGED && server.refusal != REFUSAL_PAYMENT)
        return outcome_of(OUTCOME_REFUSED, server.refusal, "no");
    out->total_minor = server.total_minor ? server.total_minor : o->agreed_minor;
    return made(OUTCOME_DONE);
}

static struct outcome really_place(const struct outgoing_order *o, struct placed *out, struct quote *q) {
    if (is_closed(o->key)) return outcome_of(OUTCOME_REFUSED, REFUSAL_CANCELLED, "closed");
    int i = index_of(o->key);
    if (i < 0 && server.refusal) {
        q->total_minor = 9999;
        return outcome_of(OUTCOME_REFUSED, server.refusal, "no");
    }
    if (i < 0 || server.blind) str_copy(server.keys[server.n++], 40, o->key);
    snprintf(out->remote, sizeof out->remote, "order_%.40s", o->key);
    return made(OUTCOME_DONE);
}

static struct outcome fake_place(struct backend *b, const struct outgoing_order *o, struct placed *out,
                                 struct quote *q) {
    bool after = false;
    (void)b;
    server.placing++;
    /* whoever is killed now knows afterwards that it has to look */
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT doubtful FROM outbox WHERE key = '%.40s'", o->key);
    assert_int_equal(count(server.shop, sql), 1);
    bool bad = faulty(&after);
    if (bad && !after) return made(server.fault);
    struct outcome result = really_place(o, out, q);
    return bad ? made(server.fault) : result;
}

static struct outcome fake_find(struct backend *b, const struct outgoing_order *o, struct placed *out) {
    bool after;
    (void)b;
    server.looking++;
    if (faulty(&after)) return made(server.fault);
    if (index_of(o->key) < 0 && server.blind) return outcome_of(OUTCOME_DOUBTFUL, REFUSAL_UNCERTAIN, "who knows");
    if (index_of(o->key) < 0) return made(OUTCOME_MISSING);
    snprintf(out->remote, sizeof out->remote, "order_%.40s", o->key);
    return made(OUTCOME_DONE);
}

static struct outcome fake_prepare(struct backend *b, const struct outgoing_order *o, char handle[REMOTE_MAX]) {
    (void)b;
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT doubtful FROM outbox WHERE key = '%.40s'", o->key);
    assert_int_equal(count(server.shop, sql), 0);
    snprintf(handle, REMOTE_MAX, "cart %.40s %d", o->key, ++server.preparing);
    return made(OUTCOME_DONE);
}

/* What it is made from is on the disk before it is made. */
static struct outcome place_prepared(struct backend *b, const struct outgoing_order *o, struct placed *out,
                                     struct quote *q) {
    char sql[160];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM outbox WHERE handle = '%.60s' AND doubtful", o->handle);
    assert_int_equal(count(server.shop, sql), 1);
    return server.offline_placing ? made(OUTCOME_OFFLINE) : fake_place(b, o, out, q);
}

static struct outcome fake_cancel(struct backend *b, const char *key) {
    bool after = false;
    (void)b;
    server.telling++;
    bool bad = faulty(&after);
    if (bad && !after) return made(server.fault);
    if (server.blind) return outcome_of(OUTCOME_REFUSED, REFUSAL_NEVER, "it cannot");
    int i = index_of(key);
    if (i >= 0) server.cancelled[i] = true;
    if (i < 0 && !is_closed(key)) str_copy(server.closed[server.n_closed++], 40, key);
    return bad ? made(server.fault) : made(OUTCOME_DONE);
}

static struct outcome fake_readdress(struct backend *b, const char *key, const char *address) {
    (void)b, (void)key, (void)address;
    server.telling++;
    return server.refusal ? outcome_of(OUTCOME_REFUSED, server.refusal, "no") : made(OUTCOME_DONE);
}

static struct outcome fake_send_back(struct backend *b, const struct outgoing_return *r) {
    (void)b, (void)r;
    server.telling++;
    return server.refusal ? outcome_of(OUTCOME_REFUSED, server.refusal, "no") : made(OUTCOME_DONE);
}

static struct outcome fake_hand_over(struct backend *b, const struct outgoing_ticket *t, const char *packet) {
    (void)b;
    assert_true(*t->key && *t->code && *packet);
    server.telling++;
    return made(OUTCOME_DONE);
}

static const struct backend_ops fake = {.name = "fake",
                                        .quote = fake_quote,
                                        .place = fake_place,
                                        .find = fake_find,
                                        .cancel = fake_cancel,
                                        .readdress = fake_readdress,
                                        .send_back = fake_send_back,
                                        .hand_over = fake_hand_over};

static struct backend_ops of_carts(void) {
    struct backend_ops ops = fake;
    ops.prepare = fake_prepare;
    ops.place = place_prepared;
    return ops;
}

/* ---- a speaker ---- */

static int64_t clock_now(void) {
    return now_ms;
}

static uint32_t chance(void *ctx) {
    (void)ctx;
    return (uint32_t)roll(65536) << 16;
}

static err_t packet(void *ctx, const char *code, char **out) {
    (void)ctx, (void)code;
    *out = strdup("{}");
    return ERR_OK;
}

static struct sync speaker(void **state) {
    static const char *const products = "id,title,price,stock\nmilk,Oat Milk,2.49,\ntea,Green Tea,5.05,2\n";
    (void)state;
    server = (struct server){.backend.ops = &fake};
    now_ms = NOW;
    seed = 1;
    server.shop = shop_with(products);
    return (struct sync){
        .shop = server.shop, .backend = &server.backend, .now_ms = clock_now, .chance = chance, .packet = packet};
}

static void order(struct sync *y, const char *words, const char *key) {
    struct order o;
    assert_ok(cart_add(y->shop, product_find(y->shop, words).variant, "", 0, 1000, now_ms));
    assert_ok(order_place(y->shop, key, now_ms, &o));
}

static struct sync_report send(struct sync *y) {
    struct sync_report r;
    assert_ok(sync_pass(y, SYNC_OUTBOX, &r));
    return r;
}

static int64_t in_state(struct sync *y, const char *state) {
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM orders WHERE state = '%s'", state);
    return count(y->shop, sql);
}

static int64_t news(struct sync *y, const char *kind) {
    char sql[128];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM notice WHERE kind = '%s' AND due_ms IS NOT NULL AND told_ms IS NULL", kind);
    return count(y->shop, sql);
}

static struct order the_order(struct sync *y) {
    struct orders found;
    assert_ok(orders_find(y->shop, &(struct order_query){.which = ORDERS_LATEST}, &found));
    assert_int_equal(found.n, 1);
    return found.v[0];
}

/* ---- one at a time ---- */

static void placed_at_once(void **state) {
    struct sync y = speaker(state);
    order(&y, "oat milk", "key-1");
    assert_int_equal(send(&y).placed, 1);
    assert_int_equal(in_state(&y, "placed"), 1);
    assert_int_equal(count(y.shop, "SELECT count(*) FROM outbox"), 0);
    assert_int_equal(count(y.shop, "SELECT remote = 'order_key-1' FROM orders"), 1);
    assert_int_equal(news(&y, "placed"), 0); /* nobody heard anything else */
    assert_int_equal(send(&y).sent, 0);
    assert_int_equal(server.placing, 1);
    shop_close(y.shop);
}

static void looks_after_a_doubtful_answer(void **state) {
    struct sync y = speaker(state);
    order(&y, "oat milk", "key-1");
    server.fault = OUTCOME_DOUBTFUL;
    server.after = true;
    server.quoting = 0;
    /* the quote is answered, the order is made and the answer is lost */
    server.faults = 0;
    struct sync_report r = send(&y);
    assert_int_equal(r.placed, 1);
    order(&y, "oat milk", "key-2");
    for (int i = 0; i < 3; i++) { /* quote, place, find */
        server.faults = 3;
        now_ms += 3600000;
        send(&y);
    }
    server.faults = 0;
    now_ms += 3600000;
    int placing = server.placing;
    assert_int_equal(send(&y).placed, 1);
    assert_in_range(server.placing, placing, placing + 1);
    assert_int_equal(server.n, 2);
    assert_int_equal(news(&y, "placed"), 1); /* it had waited */
    shop_close(y.shop);
}

static void offline_is_saved_and_told(void **state) {
    struct sync y = speaker(state);
    server.fault = OUTCOME_OFFLINE;
    server.faults = 1;
    order(&y, "oat milk", "key-1");
    struct sync_report r = send(&y);
    assert_true(r.offline);
    assert_int_equal(in_state(&y, "saved"), 1);
    assert_true(the_order(&y).offline);
    assert_int_equal(count(y.shop, "SELECT doubtful FROM outbox"), 0);
    assert_int_equal(send(&y).sent, 0); /* not yet */
    int64_t next;
    assert_ok(outbox_next(y.shop, &next));
    assert_in_range(next - now_ms, 1000, 2000);
    now_ms = next;
    assert_int_equal(send(&y).placed, 1);
    assert_false(the_order(&y).offline);
    assert_int_equal(news(&y, "placed"), 1);
    shop_close(y.shop);
}

static void a_clock_that_was_wrong(void **state) {
    struct sync y = speaker(state);
    server.fault = OUTCOME_OFFLINE;
    server.faults = 1;
    order(&y, "oat milk", "key-1");
    send(&y);
    now_ms -= 400 * DAY; /* it was a year ahead, and is put right */
    assert_int_equal(send(&y).placed, 1);
    shop_close(y.shop);
}

static void another_total_is_asked(void **state) {
    struct sync y = speaker(state);
    struct order o;
    order(&y, "oat milk", "key-1");
    server.total_minor = 300;
    assert_int_equal(send(&y).asked, 1);
    assert_int_equal(server.placing, 0);
    assert_int_equal(the_order(&y).asked_minor, 300);
    assert_int_equal(news(&y, "asked"), 1);
    now_ms += DAY;
    assert_int_equal(send(&y).asked, 0); /* until the shopper says something */
    assert_int_equal(order_agree(y.shop, the_order(&y).number, 299, now_ms, &o), ERR_RANGE);
    assert_ok(order_agree(y.shop, the_order(&y).number, 300, now_ms, &o));
    assert_int_equal(order_agree(y.shop, the_order(&y).number, 300, now_ms, &o), ERR_RANGE);
    assert_int_equal(o.total_minor, 300);
    assert_int_equal(send(&y).placed, 1);
    assert_int_equal(the_order(&y).total_minor, 300);
    shop_close(y.shop);
}

/* It changes between the quote and the order. */
static void another_total_at_the_last_moment(void **state) {
    struct sync y = speaker(state);
    order(&y, "oat milk", "key-1");
    server.refusal = REFUSAL_CHANGED;
    assert_int_equal(send(&y).asked, 1);
    assert_int_equal(the_order(&y).asked_minor, 9999);
    assert_int_equal(count(y.shop, "SELECT doubtful FROM outbox"), 0);
    struct order o;
    server.refusal = REFUSAL_NONE;
    assert_ok(order_cancel(y.shop, the_order(&y).number, now_ms, &o));
    send(&y);
    assert_int_equal(server.n, 0);
    assert_int_equal(count(y.shop, "SELECT count(*) FROM outbox"), 0);
    shop_close(y.shop);
}

static void refused_and_told(void **state) {
    struct sync y = speaker(state);
    order(&y, "green tea", "key-1");
    assert_int_equal(count(y.shop, "SELECT sum(stock) FROM variant"), 1);
    server.refusal = REFUSAL_PAYMENT;
    assert_int_equal(send(&y).refused, 1);
    assert_int_equal(in_state(&y, "refused"), 1);
    assert_string_equal(the_order(&y).trouble, "payment");
    assert_int_equal(news(&y, "refused"), 1);
    assert_int_equal(count(y.shop, "SELECT sum(stock) FROM variant"), 2); /* back on the shelf */
    order(&y, "green tea", "key-2");
    server.refusal = REFUSAL_STOCK;
    assert_int_equal(send(&y).refused, 1);
    assert_int_equal(count(y.shop, "SELECT sum(stock) FROM variant"), 1); /* the shop has none */
    assert_int_equal(server.n, 0);
    shop_close(y.shop);
}

static void who_are_you(void **state) {
    struct sync y = speaker(state);
    order(&y, "oat milk", "key-1");
    server.refusal = REFUSAL_TOKEN;
    assert_true(send(&y).unpaired);
    assert_int_equal(in_state(&y, "saved"), 1);
    server.refusal = REFUSAL_NONE;
    now_ms += 3600000;
    assert_int_equal(send(&y).placed, 1);
    shop_close(y.shop);
}

static void cancelled_at_all_times(void **state) {
    struct sync y = speaker(state);
    struct order o;
    order(&y, "oat milk", "never-sent");
    assert_ok(order_cancel(y.shop, the_order(&y).number, now_ms, &o));
    send(&y);
    assert_int_equal(server.quoting + server.placing + server.telling, 0);
    order(&y, "oat milk", "sent");
    send(&y);
    assert_ok(order_cancel(y.shop, the_order(&y).number, now_ms, &o));
    send(&y);
    assert_true(server.cancelled[index_of("sent")]);
    order(&y, "oat milk", "doubtful");
    assert_int_equal(sqlite3_exec(y.shop->db, "UPDATE outbox SET doubtful = 1, tries = 1", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_ok(order_cancel(y.shop, the_order(&y).number, now_ms, &o));
    send(&y);
    assert_true(is_closed("doubtful")); /* if it comes late it is not made */
    assert_int_equal(count(y.shop, "SELECT count(*) FROM outbox"), 0);
    assert_int_equal(server.n, 1);
    shop_close(y.shop);
}

/* ---- a shop that cannot always be asked ---- */

static struct sync at_a_blind_shop(void **state, struct backend_ops *ops) {
    struct sync y = speaker(state);
    *ops = of_carts();
    server.backend.ops = ops;
    server.blind = true;
    return y;
}

static void what_nobody_knows_is_never_sent_again(void **state) {
    struct backend_ops ops;
    struct sync y = at_a_blind_shop(state, &ops);
    order(&y, "oat milk", "key-1");
    assert_int_equal(sqlite3_exec(y.shop->db, "UPDATE outbox SET doubtful = 1, handle = 'cart'", NULL, NULL, NULL),
                     SQLITE_OK);
    int rounds = 0;
    for (; in_state(&y, "saved") && rounds < 20; rounds++, now_ms += 3600000) send(&y);
    assert_in_range(rounds, 5, 15); /* not at once: it may be slow */
    assert_int_equal(server.placing + server.quoting, 0);
    assert_int_equal(in_state(&y, "uncertain"), 1);
    assert_int_equal(news(&y, "uncertain"), 1);
    assert_int_equal(count(y.shop, "SELECT count(*) FROM outbox"), 0);
    struct order o;
    assert_int_equal(order_cancel(y.shop, the_order(&y).number, now_ms, &o), ERR_RANGE);
    shop_close(y.shop);
}

static void faults_of_the_looking_do_not_count(void **state) {
    struct backend_ops ops;
    struct sync y = at_a_blind_shop(state, &ops);
    order(&y, "oat milk", "key-1");
    assert_int_equal(sqlite3_exec(y.shop->db, "UPDATE outbox SET doubtful = 1, handle = 'cart'", NULL, NULL, NULL),
                     SQLITE_OK);
    server.fault = OUTCOME_DOUBTFUL;
    server.faults = 50;
    for (int i = 0; i < 50; i++, now_ms += 3600000) send(&y);
    assert_int_equal(in_state(&y, "saved"), 1);
    str_copy(server.keys[server.n++], 40, "key-1"); /* it was there all the time */
    assert_int_equal(send(&y).placed, 1);
    assert_int_equal(server.placing, 0);
    shop_close(y.shop);
}

static void what_was_not_heard_is_prepared_anew(void **state) {
    struct backend_ops ops;
    struct sync y = at_a_blind_shop(state, &ops);
    order(&y, "oat milk", "key-1");
    server.fault = OUTCOME_OFFLINE;
    server.offline_placing = true;
    assert_int_equal(send(&y).placed, 0);
    assert_int_equal(count(y.shop, "SELECT doubtful FROM outbox"), 0);
    server.offline_placing = false;
    now_ms += 3600000;
    assert_int_equal(send(&y).placed, 1);
    assert_int_equal(server.preparing, 2);
    assert_int_equal(server.n, 1);
    shop_close(y.shop);
}

/* The shopper changes their mind while nobody knows. */
static void cancelled_in_doubt(void **state) {
    struct backend_ops ops;
    struct sync y = at_a_blind_shop(state, &ops);
    struct order o;
    for (int there = 0; there < 2; there++) {
        const char *key = there ? "there" : "not-there";
        order(&y, "oat milk", key);
        assert_int_equal(
            sqlite3_exec(y.shop->db, "UPDATE outbox SET doubtful = 1, handle = 'cart', tries = 1", NULL, NULL, NULL),
            SQLITE_OK);
        assert_ok(order_cancel(y.shop, the_order(&y).number, now_ms, &o));
        if (there) str_copy(server.keys[server.n++], 40, key);
        for (int i = 0; i < 20; i++, now_ms += 3600000) send(&y);
        assert_int_equal(server.placing, 0);
        assert_int_equal(count(y.shop, "SELECT count(*) FROM outbox"), 0);
        assert_int_equal(in_state(&y, there ? "placed" : "uncertain"), 1);
    }
    assert_int_equal(count(y.shop, "SELECT count(*) FROM orders WHERE state = 'placed' AND remote = 'order_there'"), 1);
    shop_close(y.shop);
}

static void too_late_is_told(void **state) {
    struct sync y = speaker(state);
    struct order o;
    order(&y, "oat milk", "key-1");
    send(&y);
    server.refusal = REFUSAL_LATE;
    assert_ok(order_readdress(y.shop, the_order(&y).number, "9 High Street", now_ms));
    send(&y);
    assert_int_equal(news(&y, "kept"), 1);
    assert_int_equal(in_state(&y, "placed"), 1);
    assert_int_equal(count(y.shop, "SELECT count(*) FROM outbox"), 0);
    (void)o;
    shop_close(y.shop);
}

/* ---- chance ---- */

/* Half of all requests end badly, with or without effect, and shoppers change their minds. */
static void let_anything_happen(struct sync y) {
    server.faults = -1;
    int made_here = 0;
    for (int i = 0; i < 40 * ORDERS_MADE && (made_here < ORDERS_MADE || count(y.shop, "SELECT count(*) FROM outbox"));
         i++) {
        if (made_here < ORDERS_MADE && roll(4) == 0) {
            char key[40];
            snprintf(key, sizeof key, "key-%d", made_here++);
            order(&y, "oat milk", key);
        }
        if (roll(10) == 0) { /* "I changed my mind" */
            struct order o;
            struct order last = count(y.shop, "SELECT count(*) FROM orders") ? the_order(&y) : (struct order){0};
            if (last.state == ORDER_SAVED || last.state == ORDER_PLACED)
                if (*last.number && roll(3) == 0) assert_ok(order_cancel(y.shop, last.number, now_ms, &o));
        }
        now_ms += roll(1200000);
        struct sync_report r;
        assert_ok(sync_pass(&y, SYNC_OUTBOX, &r));
    }
    assert_int_equal(made_here, ORDERS_MADE);
    assert_int_equal(count(y.shop, "SELECT count(*) FROM outbox"), 0);
    assert_int_equal(in_state(&y, "saved"), 0);
    for (int i = 0; i < server.n; i++)
        for (int k = 0; k < i; k++) assert_string_not_equal(server.keys[i], server.keys[k]);
}

static void anything_may_happen(void **state) {
    struct sync y = speaker(state);
    let_anything_happen(y);
    int live = 0;
    for (int i = 0; i < server.n; i++) live += !server.cancelled[i];
    assert_int_equal(in_state(&y, "placed"), live);
    assert_true(live > ORDERS_MADE / 2);
    assert_true(server.looking > 50);
    shop_close(y.shop);
}

static void anything_may_happen_at_a_blind_shop(void **state) {
    struct backend_ops ops;
    struct sync y = at_a_blind_shop(state, &ops);
    let_anything_happen(y);
    assert_int_equal(in_state(&y, "placed"), server.n);
    assert_true(server.n > ORDERS_MADE / 3);
    assert_true(in_state(&y, "uncertain") > 10);
    shop_close(y.shop);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(placed_at_once),
                                       cmocka_unit_test(looks_after_a_doubtful_answer),
                                       cmocka_unit_test(offline_is_saved_and_told),
                                       cmocka_unit_test(a_clock_that_was_wrong),
                                       cmocka_unit_test(another_total_is_asked),
                                       cmocka_unit_test(another_total_at_the_last_moment),
                                       cmocka_unit_test(refused_and_told),
                                       cmocka_unit_test(who_are_you),
                                       cmocka_unit_test(cancelled_at_all_times),
                                       cmocka_unit_test(too_late_is_told),
                                       cmocka_unit_test(what_nobody_knows_is_never_sent_again),
                                       cmocka_unit_test(faults_of_the_looking_do_not_count),
                                       cmocka_unit_test(what_was_not_heard_is_prepared_anew),
                                       cmocka_unit_test(cancelled_in_doubt),
                                       cmocka_unit_test(anything_may_happen),
                                       cmocka_unit_test(anything_may_happen_at_a_blind_shop)};
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
