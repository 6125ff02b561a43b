/* Delivery, payment, limits, the PIN, and taking an order back. */
#include "support.h"

#include "base/clock.h"
#include "shop/store.h"

static const char INI[] =
    "[shop]\nname = Test\nassistant = Robin\ncurrency = USD\ntimezone = UTC\ndelivery = 4.90\n"
    "free_delivery_from = 35.00\nundo = 120\nconfirm = pin\n";

static const char PRODUCTS[] =
    "id,title,category,price,stock\n"
    "milk,Oat Milk,Milk,2.49,30\n"
    "coffee,Dark Coffee,Coffee,9.99,30\n"
    "tea,Green Tea,Tea,5.05,\n"
    "penny,Penny Candy,Candy,0.01,\n";

static const char COUPONS[] = "code,percent,amount\nALL,100,\nONE,,1.00\n";

static struct shop *shop_of(const char *coupons, const char *deliveries, const char *payments) {
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    file_write("shop.ini", INI);
    file_write("products.csv", PRODUCTS);
    file_write("customers.csv", "id,name,address\nann,Ann,1 Elm Street\nbob,Bob,2 Elm Street\n");
    file_write("addresses.csv",
               "customer,nickname,address\nann,your office,9 High Street\nann,your mother's,3 Oak Lane\n");
    file_write("coupons.csv", coupons);
    file_write("deliveries.csv", deliveries);
    file_write("payments.csv", payments);
    assert_ok(shop_load(s, folder, NULL, &report, NOW));
    assert_string_equal(complaints, "");
    return s;
}

static struct shop *shop_make(void) {
    return shop_of(COUPONS,
                   "id,name,also,price,free_from,days,pickup\n"
                   "std,standard delivery,standard|normal delivery,4.90,35.00,2,\n"
                   "exp,express delivery,express|overnight,9.90,,1,\n"
                   "get,pick up,pick it up|collect it,,,,yes\n",
                   "customer,nickname,state\nann,blue card,\nann,red card,declined\nann,old account,expired\n");
}

static void add(struct shop *s, const char *words, int quantity) {
    assert_ok(cart_add(s, product_find(s, words).variant, "", 0, quantity * 1000, NOW));
}

static struct cart cart_of(struct shop *s) {
    struct cart cart;
    assert_ok(cart_get(s, NOW, &cart));
    assert_int_equal(cart.total_minor, cart.subtotal_minor - cart.coupon.discount_minor + cart.delivery_minor);
    return cart;
}

static void coupon(struct shop *s, const char *code) {
    struct coupon c;
    assert_ok(coupon_apply(s, code, NOW, &c));
    assert_int_equal(c.state, COUPON_COUNTS);
}

static void text_of(struct shop *s, const char *sql, char *out, size_t cap) {
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    snprintf(out, cap, "%s", (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
}

/* ---- delivery and payment ---- */

static void bad_rows_are_told(void **state) {
    (void)state;
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    file_write("shop.ini", INI);
    file_write("products.csv", PRODUCTS);
    file_write("customers.csv", "id,name\nann,Ann\n");
    file_write("addresses.csv", "customer,nickname,address\n");
    file_write("deliveries.csv", "id,name,price,pickup,days\na,A,-1,,\nb,,1.00,,\nc,C,1.00,perhaps,\nd,D,1.00,,999\n");
    file_write("payments.csv", "customer,nickname,state\nnobody,card,\nann,card,lost\nann,,\n");
    assert_ok(shop_load(s, folder, NULL, &report, NOW));
    assert_non_null(strstr(complaints, "deliveries.csv:2: price"));
    assert_non_null(strstr(complaints, "deliveries.csv:3: "));
    assert_non_null(strstr(complaints, "deliveries.csv:4: pickup is yes, no or empty, not 'perhaps'"));
    assert_non_null(strstr(complaints, "deliveries.csv:5: days"));
    assert_non_null(strstr(complaints, "payments.csv:2: there is no customer 'nobody'"));
    assert_non_null(strstr(complaints, "payments.csv:3: state 'lost'"));
    shop_close(s);
}

static void a_way_of_delivery_is_chosen_by_its_names(void **state) {
    (void)state;
    struct shop *s = shop_make();
    add(s, "oat milk", 1);
    assert_string_equal(cart_of(s).way.name, "standard delivery"); /* the first is the usual */
    assert_ok(cart_deliver(s, "express", NOW));
    assert_int_equal(cart_of(s).delivery_minor, 990);
    add(s, "dark coffee", 4);
    assert_int_equal(cart_of(s).delivery_minor, 990); /* never free */
    assert_ok(cart_deliver(s, "normal delivery", NOW));
    assert_int_equal(cart_of(s).delivery_minor, 0);
    assert_ok(cart_deliver(s, "pick it up", NOW));
    assert_true(cart_of(s).way.pickup);
    assert_int_equal(cart_deliver(s, "delivery", NOW), ERR_NOT_FOUND); /* which? */
    assert_int_equal(cart_deliver(s, "by donkey", NOW), ERR_NOT_FOUND);
    assert_int_equal(cart_deliver(s, "", NOW), ERR_NOT_FOUND);
    assert_true(cart_of(s).way.pickup);
    struct ways w;
    assert_ok(delivery_ways(s, &w));
    assert_int_equal(w.n, 3);
    assert_int_equal(w.v[0].price_minor, 0);
    struct order o;
    assert_ok(cart_deliver(s, "overnight", NOW));
    assert_ok(order_place(s, "k1", NOW, &o));
    assert_int_equal(o.expected_ms, NOW + DAY);
    add(s, "oat milk", 1);
    assert_string_equal(cart_of(s).way.name, "standard delivery");
    shop_close(s);
}

static void free_delivery_goes_by_the_goods(void **state) {
    (void)state;
    struct shop *s = shop_make();
    add(s, "dark coffee", 4);
    coupon(s, "all");
    assert_int_equal(cart_of(s).delivery_minor, 0); /* bought for 39.96, whatever is paid */
    shop_close(s);
}

static void another_address_of_the_customer(void **state) {
    (void)state;
    struct shop *s = shop_make();
    struct order o;
    add(s, "oat milk", 1);
    assert_ok(cart_send_to(s, "office", NOW));
    assert_string_equal(cart_of(s).address, "9 High Street");
    assert_int_equal(cart_send_to(s, "moon", NOW), ERR_NOT_FOUND);
    assert_ok(cart_send_to(s, "mother's", NOW));
    assert_string_equal(cart_of(s).address, "3 Oak Lane");
    assert_ok(order_place(s, "k1", NOW, &o));
    assert_string_equal(o.address, "3 Oak Lane");
    add(s, "oat milk", 1);
    assert_string_equal(cart_of(s).address, "");
    assert_ok(cart_send_to(s, "office", NOW));
    assert_ok(cart_send_to(s, "", NOW));
    assert_string_equal(cart_of(s).address, "");
    shop_close(s);
}

static void a_payment_by_its_nickname(void **state) {
    (void)state;
    struct shop *s = shop_make();
    struct order o;
    add(s, "oat milk", 1);
    assert_string_equal(cart_of(s).payment.nickname, "blue card");
    assert_int_equal(cart_pay_with(s, "card", NOW), ERR_NOT_FOUND); /* which? */
    assert_ok(cart_pay_with(s, "red card", NOW));
    assert_int_equal(order_place(s, "k1", NOW, &o), ERR_DENIED);
    assert_reason("red card is declined");
    assert_int_equal(count(s, "SELECT count(*) FROM orders"), 0);
    assert_int_equal(cart_of(s).n_lines, 1); /* the basket is kept */
    assert_int_equal(product_find(s, "oat milk").stock, 30);
    assert_ok(cart_pay_with(s, "account", NOW));
    assert_int_equal(order_place(s, "k1", NOW, &o), ERR_DENIED);
    assert_reason("expired");
    assert_ok(cart_pay_with(s, "blue", NOW));
    assert_ok(order_place(s, "k1", NOW, &o));
    /* a shop that has changed its mind; what was used last stays the usual */
    file_write("payments.csv", "customer,nickname,state\nann,red card,\nann,blue card,\n");
    assert_ok(shop_load(s, folder, NULL, NULL, NOW));
    add(s, "oat milk", 1);
    assert_string_equal(cart_of(s).payment.nickname, "blue card");
    struct payments p;
    assert_ok(payment_methods(s, &p));
    assert_int_equal(p.n, 2);
    shop_close(s);
}

static void a_shop_without_any_of_it(void **state) {
    (void)state;
    struct shop *s = shop_of("code\n", "id,name\n", "customer,nickname\n");
    struct order o;
    add(s, "oat milk", 1);
    assert_int_equal(cart_of(s).delivery_minor, 490);
    assert_string_equal(cart_of(s).way.name, "");
    assert_string_equal(cart_of(s).payment.nickname, "");
    assert_ok(order_place(s, "k1", NOW, &o));
    assert_int_equal(o.total_minor, 249 + 490);
    shop_close(s);
}

/* ---- taking back ---- */

static void what_is_taken_back_has_never_been(void **state) {
    (void)state;
    struct shop *s = shop_make();
    struct order o;
    add(s, "oat milk", 3);
    add(s, "dark coffee", 1);
    assert_ok(order_place(s, "k1", NOW, &o));
    assert_int_equal(product_find(s, "oat milk").stock, 27);
    assert_int_equal(count(s, "SELECT next_ms - made_ms FROM outbox"), 120000); /* it is held */
    add(s, "oat milk", 1);                                                      /* meanwhile */
    assert_ok(order_undo(s, o.number, NOW + 119000));
    assert_int_equal(product_find(s, "oat milk").stock, 30);
    assert_int_equal(count(s, "SELECT count(*) FROM outbox"), 0);
    assert_int_equal(count(s, "SELECT count(*) FROM orders"), 0);
    assert_int_equal(count(s, "SELECT count(*) FROM order_line"), 0);
    assert_int_equal(count(s, "SELECT count(*) FROM order_line_text"), 0);
    struct cart cart = cart_of(s);
    assert_int_equal(cart.n_lines, 2);
    assert_int_equal(cart.lines[0].quantity_milli, 4000);
    assert_int_equal(order_undo(s, o.number, NOW + 119000), ERR_RANGE);
    shop_close(s);
}

static void what_is_sent_cannot_be_taken_back(void **state) {
    (void)state;
    struct shop *s = shop_make();
    struct order o;
    add(s, "oat milk", 1);
    assert_ok(order_place(s, "k1", NOW, &o));
    assert_int_equal(order_undo(s, o.number, NOW + 120000), ERR_RANGE);
    assert_ok(customer_choose(s, "Bob")); /* nor by anybody else */
    assert_int_equal(order_undo(s, o.number, NOW), ERR_RANGE);
    assert_int_equal(order_undo(s, "", NOW), ERR_RANGE);
    assert_int_equal(count(s, "SELECT count(*) FROM orders"), 1);
    shop_close(s);
}

static void limits_hold_in_the_store_too(void **state) {
    (void)state;
    struct shop *s = shop_make();
    struct order o;
    struct import_report report = report_make();
    file_write("shop.ini",
               "[shop]\nname = T\nassistant = R\ncurrency = USD\ntimezone = UTC\nmax_order = 20.00\nmax_day = 30.00\n");
    assert_ok(shop_load(s, folder, NULL, &report, NOW));
    add(s, "oat milk", 4);
    assert_ok(order_place(s, "k1", NOW, &o)); /* 9.96 and 4.90 */
    assert_ok(cart_deliver(s, "pick up", NOW));
    add(s, "oat milk", 9);
    assert_ok(cart_deliver(s, "pick up", NOW));
    assert_int_equal(order_place(s, "k2", NOW, &o), ERR_RANGE); /* 22.41 */
    assert_reason("one order");
    assert_ok(cart_set(s, product_find(s, "oat milk").variant, "", 7000, NOW));
    assert_int_equal(order_place(s, "k2", NOW, &o), ERR_RANGE); /* 17.43 and 14.86 */
    assert_reason("a day");
    assert_ok(order_place(s, "k2", NOW + DAY + 1, &o));
    shop_close(s);
}

/* ---- the PIN ---- */

static struct pin_answer check(struct shop *s, const char *digits, int64_t now_ms) {
    struct pin_answer a;
    assert_ok(pin_check(s, digits, now_ms, &a));
    return a;
}

static void a_pin_is_right_or_wrong(void **state) {
    (void)state;
    struct shop *s = shop_make();
    assert_int_equal(check(s, "4711", NOW).state, PIN_UNSET);
    static const char *const bad[] = {"", "123", "123456789", "12a4", "１２３４"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_int_equal(pin_set(s, bad[i]), ERR_ARG);
    assert_ok(pin_set(s, "4711"));
    assert_int_equal(check(s, "4711", NOW).state, PIN_RIGHT);
    assert_int_equal(check(s, "04711", NOW).state, PIN_WRONG);
    assert_ok(customer_choose(s, "Bob"));
    assert_int_equal(check(s, "4711", NOW).state, PIN_UNSET); /* each has their own */
    assert_ok(customer_choose(s, "Ann"));
    assert_ok(pin_set(s, NULL));
    assert_int_equal(check(s, "4711", NOW).state, PIN_UNSET);
    shop_close(s);
}

static void three_wrong_tries_lock_it_for_a_time(void **state) {
    (void)state;
    struct shop *s = shop_make();
    assert_ok(pin_set(s, "4711"));
    assert_int_equal(check(s, "0000", NOW).tries_left, 2);
    assert_int_equal(check(s, "4711", NOW).state, PIN_RIGHT); /* and they are counted anew */
    assert_int_equal(check(s, "0000", NOW).tries_left, 2);
    assert_int_equal(check(s, "0000", NOW).tries_left, 1);
    struct pin_answer a = check(s, "0000", NOW);
    assert_int_equal(a.state, PIN_LOCKED);
    assert_int_equal(a.locked_ms, NOW + PIN_LOCK_MS);
    assert_int_equal(check(s, "4711", NOW + PIN_LOCK_MS - 1).state, PIN_LOCKED); /* the right one, too */
    assert_int_equal(check(s, "0000", NOW + PIN_LOCK_MS).tries_left, 2);
    assert_int_equal(check(s, "4711", NOW + PIN_LOCK_MS).state, PIN_RIGHT);
    shop_close(s);
}

static void the_digits_are_nowhere_and_hashing_is_slow(void **state) {
    (void)state;
    struct shop *s = shop_make();
    assert_ok(pin_set(s, "73192468"));
    assert_int_equal(count(s, "SELECT count(*) FROM pin WHERE hash LIKE '%73192468%'"), 0);
    assert_int_equal(count(s, "SELECT count(*) FROM pin WHERE hash LIKE '$%$%' AND length(hash) > 40"), 1);
    char first[256], second[256];
    text_of(s, "SELECT hash FROM pin", first, sizeof first);
    assert_ok(pin_set(s, "73192468"));
    text_of(s, "SELECT hash FROM pin", second, sizeof second);
    assert_string_not_equal(first, second); /* salted */
    int64_t begun = clock_monotonic_ns();
    check(s, "0000", NOW);
    assert_true(clock_monotonic_ns() - begun > 500000); /* half a millisecond is far below any slow hash */
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_rows_are_told),
        cmocka_unit_test(a_way_of_delivery_is_chosen_by_its_names),
        cmocka_unit_test(free_delivery_goes_by_the_goods),
        cmocka_unit_test(another_address_of_the_customer),
        cmocka_unit_test(a_payment_by_its_nickname),
        cmocka_unit_test(a_shop_without_any_of_it),
        cmocka_unit_test(what_is_taken_back_has_never_been),
        cmocka_unit_test(what_is_sent_cannot_be_taken_back),
        cmocka_unit_test(limits_hold_in_the_store_too),
        cmocka_unit_test(a_pin_is_right_or_wrong),
        cmocka_unit_test(three_wrong_tries_lock_it_for_a_time),
        cmocka_unit_test(the_digits_are_nowhere_and_hashing_is_slow),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
