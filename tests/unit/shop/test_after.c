/* After the order: cancelling, another address, sending back, refunds, notices. */
#include "shop/known.h"
#include "support.h"

static struct shop *grocer(const char *customer) {
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    assert_ok(shop_load(s, SK_DATA_DIR "/catalog/grocer", NULL, &report, NOW));
    assert_string_equal(complaints, "");
    assert_ok(customer_choose(s, customer));
    return s;
}

static void run(struct shop *s, const char *sql) {
    assert_int_equal(sqlite3_exec(s->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void cancels_what_is_not_packed(void **state) {
    (void)state;
    struct shop *s = grocer("Ruth");
    static struct order o;
    assert_ok(order_cancel(s, "31639", NOW, &o));
    assert_int_equal(o.state, ORDER_CANCELLED);
    assert_int_equal(o.as_of_ms, NOW);
    assert_int_equal(count(s, "SELECT count(*) FROM outbox WHERE kind = 'cancel'"), 1);
    assert_int_equal(order_cancel(s, "31639", NOW, &o), ERR_RANGE); /* once */
    assert_int_equal(order_cancel(s, "31565", NOW, &o), ERR_RANGE); /* packed */
    assert_reason("packed");
    assert_int_equal(order_cancel(s, "31602", NOW, &o), ERR_NOT_FOUND); /* another's */
    assert_int_equal(order_cancel(s, "' OR 1", NOW, &o), ERR_NOT_FOUND);
    assert_int_equal(count(s, "SELECT count(*) FROM outbox"), 1);
    shop_close(s);
}

/* Only what was taken here comes back: the shop's own orders never touched the stock. */
static void cancelling_gives_the_stock_back(void **state) {
    (void)state;
    struct shop *s = shop_with("id,title,price,stock\nmilk,Oat Milk,2.49,3\nbread,Bread,1.99,\n");
    static struct order o;
    assert_ok(cart_add(s, product_find(s, "oat milk").variant, "", 0, 2000, NOW));
    assert_ok(cart_add(s, product_find(s, "bread").variant, "", 0, 1000, NOW));
    assert_ok(order_place(s, "key-1", NOW, &o));
    assert_int_equal(product_find(s, "oat milk").stock, 1);
    assert_ok(order_cancel(s, o.number, NOW, &o));
    assert_int_equal(product_find(s, "oat milk").stock, 3);
    assert_int_equal(product_find(s, "bread").stock, STOCK_UNLIMITED);
    assert_int_equal(count(s, "SELECT count(*) FROM outbox"), 2); /* the order, then that it is cancelled */
    shop_close(s);
    s = grocer("Ruth");
    int64_t before = count(s, "SELECT sum(stock) FROM variant");
    assert_ok(order_cancel(s, "31639", NOW, &o));
    assert_int_equal(count(s, "SELECT sum(stock) FROM variant"), before);
    shop_close(s);
}

static void sends_it_to_another_address(void **state) {
    (void)state;
    struct shop *s = grocer("Ruth");
    struct addresses a;
    static struct orders found;
    struct order_query q = {.which = ORDERS_ALL, .number = "31639"};
    assert_ok(customer_addresses(s, &a));
    assert_int_equal(a.n, 1);
    assert_string_equal(a.v[0].nickname, "your daughter's");
    assert_ok(order_readdress(s, "31639", a.v[0].text, NOW));
    assert_ok(orders_find(s, &q, &found));
    assert_string_equal(found.v[0].address, a.v[0].text);
    assert_int_equal(count(s, "SELECT count(*) FROM outbox WHERE kind = 'address'"), 1);
    assert_int_equal(order_readdress(s, "31565", a.v[0].text, NOW), ERR_RANGE);
    assert_int_equal(order_readdress(s, "31639", "", NOW), ERR_ARG);
    shop_close(s);
}

static void sends_a_line_back_once(void **state) {
    (void)state;
    struct shop *s = grocer("Dana");
    struct send_back first, again, other;
    assert_ok(order_send_back(s, "31454", 1, "broken", NOW, &first));
    assert_string_equal(first.number, "701");
    assert_int_equal(first.amount_minor, 2 * 449);
    assert_ok(order_send_back(s, "31454", 1, "wrong", NOW + 1, &again));
    assert_string_equal(again.number, first.number);
    assert_ok(order_send_back(s, "31454", 0, "other", NOW, &other));
    assert_string_equal(other.number, "702");
    assert_int_equal(count(s, "SELECT count(*) FROM outbox WHERE kind = 'return'"), 2);
    assert_int_equal(order_send_back(s, "31454", 99, "other", NOW, &other), ERR_NOT_FOUND);
    assert_int_equal(order_send_back(s, "31454", -1, "other", NOW, &other), ERR_NOT_FOUND);
    assert_int_equal(order_send_back(s, "31602", 0, "other", NOW, &other), ERR_RANGE); /* under way */
    shop_close(s);
}

static void finds_the_refund(void **state) {
    (void)state;
    struct shop *s = grocer("Dana");
    struct refund r;
    struct send_back back;
    assert_ok(refund_find(s, "", &r));
    assert_string_equal(r.state, "returned");
    assert_ok(refund_find(s, "frying pan", &r));
    assert_string_equal(r.state, "refunded");
    assert_ok(refund_find(s, "zebra", &r));
    assert_string_equal(r.state, "");
    assert_ok(order_send_back(s, "31454", 1, "broken", NOW, &back));
    assert_ok(refund_find(s, "", &r));
    assert_string_equal(r.state, "registered");
    assert_int_equal(r.amount_minor, 898);
    assert_ok(refund_find(s, "oat milk", &r));
    assert_string_equal(r.number, "31454");
    run(s, "UPDATE orders SET state = 'refunded' WHERE number = '31454'"); /* the shop knows better */
    assert_ok(refund_find(s, "", &r));
    assert_string_equal(r.state, "refunded");
    shop_close(s);
}

static void notices_come_due_and_are_told_once(void **state) {
    (void)state;
    struct shop *s = grocer("Dana");
    static struct notices v;
    assert_ok(notice_due(s, NOW, &v));
    assert_int_equal(v.n, 0);
    assert_ok(notice_add(s, NOTICE_OUT_FOR_DELIVERY, "31602", NOW));
    assert_ok(notice_add(s, NOTICE_OUT_FOR_DELIVERY, "31602", NOW));
    assert_ok(notice_due(s, NOW, &v));
    assert_int_equal(v.n, 0);
    run(s, "UPDATE orders SET state = 'out_for_delivery' WHERE number = '31602'");
    assert_ok(notice_due(s, NOW + 1, &v));
    assert_int_equal(v.n, 1);
    assert_int_equal(v.total, 1);
    assert_true(v.v[0].wished);
    assert_string_equal(v.v[0].order.number, "31602");
    assert_int_equal(v.v[0].due_ms, NOW + 1);
    assert_ok(notice_told(s, v.v[0].id, NOW + 2));
    assert_ok(notice_due(s, NOW + 3, &v));
    assert_int_equal(v.n, 0);
    run(s, "UPDATE orders SET state = 'delivered', delivered_ms = 1778846400000 WHERE number = '31602'");
    assert_ok(notice_due(s, NOW + 4, &v)); /* news that nobody asked for */
    assert_int_equal(v.n, 1);
    assert_false(v.v[0].wished);
    assert_int_equal(notice_add(s, NOTICE_SHIPPED, "31639", NOW), ERR_NOT_FOUND); /* another's */
    assert_int_equal(notice_add(s, (enum notice_kind)77, "31602", NOW), ERR_ARG);
    shop_close(s);
}

/* Who wanted to know when it leaves hears of it, too, when nobody looked until it had arrived; and once. */
static void a_notice_that_was_overtaken_is_due(void **state) {
    (void)state;
    struct shop *s = grocer("Dana");
    static struct notices v;
    assert_ok(notice_add(s, NOTICE_SHIPPED, "31602", NOW));
    assert_ok(notice_add(s, NOTICE_DELIVERED, "31602", NOW));
    run(s, "UPDATE orders SET state = 'cancelled' WHERE number = '31602'");
    assert_ok(notice_due(s, NOW, &v));
    assert_int_equal(v.n, 1);
    assert_ok(notice_told(s, v.v[0].id, NOW));
    assert_ok(notice_due(s, NOW, &v));
    assert_int_equal(v.n, 0);
    shop_close(s);
}

static void products_come_back_and_get_cheaper(void **state) {
    (void)state;
    struct shop *s = shop_with("id,title,price,stock\nmilk,Oat Milk,2.49,0\nbread,Bread,1.99,\n");
    static struct notices v;
    char subject[24];
    run(s, "INSERT INTO customer (shop_id, name, address) VALUES ('a', 'Ann', '')");
    snprintf(subject, sizeof subject, "%lld", (long long)product_find(s, "oat milk").variant);
    assert_ok(notice_add(s, NOTICE_STOCK, subject, NOW));
    snprintf(subject, sizeof subject, "%lld", (long long)product_find(s, "bread").variant);
    assert_ok(notice_add(s, NOTICE_PRICE, subject, NOW));
    assert_int_equal(notice_add(s, NOTICE_PRICE, "milk", NOW), ERR_NOT_FOUND);
    assert_ok(notice_due(s, NOW, &v));
    assert_int_equal(v.n, 0);
    assert_ok(catalog_import(s, file_write("p.csv", "id,title,price,stock\nmilk,Oat Milk,2.49,4\nbread,Bread,1.49,\n"),
                             NULL, NULL));
    assert_ok(notice_due(s, NOW, &v));
    assert_int_equal(v.n, 2);
    assert_true(v.v[0].product.variant && v.v[1].product.variant);
    shop_close(s);
}

static int due_now(struct shop *s, struct notices *v) {
    assert_ok(notice_due(s, NOW, v));
    return v->n;
}

/* What the shop does not have is told of when an import brings something that has all of the words and can be bought.
 */
static void wishes_come_true(void **state) {
    (void)state;
    struct shop *s = shop_with("id,title,price,stock\nmilk,Oat Milk,2.49,\n");
    static struct notices v;
    run(s, "INSERT INTO customer (shop_id, name, address) VALUES ('a', 'Ann', '')");
    assert_ok(notice_add(s, NOTICE_WISH, "goat milk", NOW));
    assert_ok(notice_add(s, NOTICE_WISH, "goat milk", NOW));
    assert_int_equal(notice_add(s, NOTICE_WISH, "?!", NOW), ERR_ARG);
    assert_int_equal(due_now(s, &v), 0);
    assert_ok(catalog_import(
        s, file_write("p.csv", "id,title,price,stock\ncheese,Goat Cheese,5,\ngoat,Goat Milk,3.99,0\n"), NULL, NULL));
    assert_int_equal(due_now(s, &v), 0); /* only like it, and sold out */
    assert_ok(
        catalog_import(s, file_write("q.csv", "id,title,price,stock\ngoat,Creamy Goat Milk,3.99,4\n"), NULL, NULL));
    assert_int_equal(due_now(s, &v), 1);
    assert_int_equal(v.v[0].kind, NOTICE_WISH);
    assert_string_equal(v.v[0].product.title, "Creamy Goat Milk");
    assert_ok(notice_told(s, v.v[0].id, NOW));
    assert_int_equal(due_now(s, &v), 0);
    shop_close(s);
}

static void wishes_are_forgotten_and_not_too_many(void **state) {
    (void)state;
    struct shop *s = shop_with("id,title,price,stock\nmilk,Oat Milk,2.49,\n");
    static struct notices v;
    char words[32];
    run(s, "INSERT INTO customer (shop_id, name, address) VALUES ('a', 'Ann', '')");
    for (int i = 0; i < 50; i++) {
        snprintf(words, sizeof words, "unicorn %d", i);
        assert_ok(notice_add(s, NOTICE_WISH, words, NOW));
    }
    assert_int_equal(notice_add(s, NOTICE_WISH, "dragon", NOW), ERR_FULL);
    assert_ok(notice_add(s, NOTICE_WISH, "unicorn 7", NOW));
    assert_ok(known_forget(s, NOW));
    assert_ok(catalog_import(s, file_write("p.csv", "id,title,price\nu,Unicorn 7,5\n"), NULL, NULL));
    assert_int_equal(due_now(s, &v), 0);
    shop_close(s);
}

/* Each kind has a name that leads back to it. */
static void kinds_have_names(void **state) {
    (void)state;
    enum notice_kind kind;
    for (int i = NOTICE_SHIPPED; i <= NOTICE_WISH; i++) {
        assert_true(notice_kind_by_name(&kind, notice_kind_name((enum notice_kind)i)));
        assert_int_equal(kind, i);
    }
    assert_false(notice_kind_by_name(&kind, "sold"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cancels_what_is_not_packed),
        cmocka_unit_test(cancelling_gives_the_stock_back),
        cmocka_unit_test(sends_it_to_another_address),
        cmocka_unit_test(sends_a_line_back_once),
        cmocka_unit_test(finds_the_refund),
        cmocka_unit_test(notices_come_due_and_are_told_once),
        cmocka_unit_test(a_notice_that_was_overtaken_is_due),
        cmocka_unit_test(products_come_back_and_get_cheaper),
        cmocka_unit_test(wishes_come_true),
        cmocka_unit_test(wishes_are_forgotten_and_not_too_many),
        cmocka_unit_test(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
