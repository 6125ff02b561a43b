#include "support.h"

/* ---- finding ---- */

static const char *numbers(struct shop *s, struct order_query q) {
    static char text[256];
    static struct orders found;
    assert_ok(orders_find(s, &q, &found));
    text[0] = '\0';
    for (int i = 0; i < found.n; i++) {
        if (i) strcat(text, " ");
        strcat(text, found.v[i].number);
    }
    return text;
}

static void finds_orders(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL}), "4239 4225 4203 4178 4102");
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_OPEN}), "4239");
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_LATEST}), "4239");
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL, .number = "4203"}), "4203");
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL, .number = "178"}), "4178");
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL, .number = "78"}), "");   /* too little */
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL, .number = "4190"}), ""); /* another's */
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL, .words = "lattes"}),
                        "4239 4225 4178 4102");
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_LATEST, .words = "iced mocha"}), "4203");
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL, .words = "espresso"}), "4178");
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL, .words = "coffee"}),
                        "4239 4225 4203 4178 4102"); /* its category */
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL, .words = "zebra"}), "");
    assert_string_equal(numbers(s, (struct order_query){.which = ORDERS_ALL, .words = "\" OR *"}), "");
    struct order_query last_week = {.which = ORDERS_ALL, .from_ms = NOW - 10 * DAY, .to_ms = NOW - 5 * DAY};
    assert_string_equal(numbers(s, last_week), "4203 4178");
    struct orders found;
    struct order_query bad = {.number = "12a4"};
    assert_int_equal(orders_find(s, &bad, &found), ERR_ARG);
    strcpy(bad.number, "%%%");
    assert_int_equal(orders_find(s, &bad, &found), ERR_ARG);
    shop_close(s);
}

static void an_order_has_its_lines(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct orders found;
    struct order_query q = {.which = ORDERS_ALL, .number = "4239"};
    assert_ok(orders_find(s, &q, &found));
    assert_int_equal(found.n, 1);
    assert_int_equal(found.total, 1);
    struct order *o = &found.v[0];
    assert_int_equal(o->state, ORDER_PACKED);
    assert_int_equal(o->placed_ms, NOW - 10 * 60000);
    assert_int_equal(o->expected_ms, NOW + 5 * 60000);
    assert_int_equal(o->delivered_ms, 0);
    assert_int_equal(o->as_of_ms, NOW - 60000);
    assert_int_equal(o->n_lines, 2);
    assert_string_equal(o->lines[0].title, "Latte");
    assert_string_equal(o->lines[0].options, "size: medium; milk: soy milk");
    assert_int_equal(o->lines[0].price_minor, 410 + 50 + 60); /* today's, with its options */
    assert_int_equal(o->lines[0].price_now_minor, 520);
    assert_int_equal(o->lines[1].quantity_milli, 2000);
    assert_int_equal(o->total_minor, 520 + 2 * 250);
    assert_string_equal(o->currency, "USD");
    shop_close(s);
}

static void the_usual_is_what_is_bought_often_and_lately(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct product usual[8];
    size_t n;
    assert_ok(orders_usual(s, usual, 8, &n, NOW));
    assert_int_equal(n, 6);
    assert_string_equal(usual[0].id, "latte");
    assert_string_equal(usual[1].id, "drip-coffee");
    assert_string_equal(usual[2].id, "espresso");
    assert_true(usual[0].score == 4 && usual[1].score == 1);
    for (size_t i = 3; i < n; i++) assert_true(usual[i].score == 0); /* what others buy, and what was cancelled */
    assert_ok(orders_usual(s, usual, 1, &n, NOW));
    assert_int_equal(n, 1);
    assert_ok(catalog_import(s, file_write("p.csv", "id,title,category,price,stock\nlatte,Latte,coffee,4.10,0\n"), NULL,
                             NULL));
    assert_ok(orders_usual(s, usual, 8, &n, NOW)); /* nor what is sold out */
    assert_string_equal(usual[0].id, "drip-coffee");
    shop_close(s);
}

static void the_usual_comes_as_it_is_mostly_taken(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    static struct orders usual;
    assert_ok(orders_usual_lines(s, "", 3, &usual, NOW));
    assert_int_equal(usual.n, 1);
    assert_int_equal(usual.v[0].n_lines, 1); /* nothing else was bought twice */
    assert_string_equal(usual.v[0].lines[0].title, "Latte");
    assert_string_equal(usual.v[0].lines[0].options_now, "size: medium; milk: soy milk");
    assert_int_equal(usual.v[0].lines[0].price_now_minor, 520);
    assert_ok(orders_usual_lines(s, "espresso", 3, &usual, NOW));
    assert_int_equal(usual.n, 1); /* the usual espresso, though it was one only */
    assert_ok(orders_usual_lines(s, "zebra", 3, &usual, NOW));
    assert_int_equal(usual.n, 0);
    assert_ok(orders_usual_lines(s, "\"*", 3, &usual, NOW));
    assert_int_equal(usual.n, 0);
    shop_close(s);
}

/* What has become of a line since: another name, an option that is no longer there, gone. */
static void a_line_knows_what_has_changed(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct order_query q = {.which = ORDERS_ALL, .number = "4102"};
    static struct orders found;
    assert_ok(orders_find(s, &q, &found));
    assert_string_equal(found.v[0].lines[0].option_gone, "");
    assert_string_equal(found.v[0].lines[0].title_now, "");
    assert_int_equal(sqlite3_exec(s->db,
                                  "DELETE FROM option_value WHERE value = 'soy milk';"
                                  "UPDATE product SET title = 'Caffe Latte' WHERE title = 'Latte'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_ok(orders_find(s, &q, &found));
    assert_string_equal(found.v[0].lines[0].title, "Latte");
    assert_string_equal(found.v[0].lines[0].title_now, "Caffe Latte");
    assert_string_equal(found.v[0].lines[0].option_gone, "soy milk");
    assert_string_equal(found.v[0].lines[0].options_now, "size: medium");
    int64_t variant = found.v[0].lines[0].variant;
    assert_int_equal(sqlite3_exec(s->db, "UPDATE variant SET position = NULL", NULL, NULL, NULL), SQLITE_OK);
    assert_ok(orders_find(s, &q, &found));
    assert_int_equal(found.v[0].lines[0].variant, 0);
    assert_int_equal(found.v[0].lines[0].variant_then, variant);
    shop_close(s);
}

/* Search puts what is sold out behind. */
static int64_t exact_variant(struct shop *s, const char *title) {
    struct search q = {.min_price_minor = -1, .max_price_minor = -1, .limit = FOUND_MAX};
    struct product v[FOUND_MAX];
    size_t n;
    snprintf(q.query, sizeof q.query, "%s", title);
    assert_ok(catalog_search(s, &q, v, FOUND_MAX, &n, NULL));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(v[i].title, title) == 0) return v[i].variant;
    }
    fail_msg("there is no %s", title);
    return 0;
}

static const char SHELF[] =
    "id,title,category,price,stock\n"
    "oat,Oat Milk,Milk,2.49,0\nalmond,Almond Milk,Milk,2.99,4\nsoy,Soy Milk,Milk,2.59,0\n"
    "cream,Whipping Cream,Milk,2.50,9\nshake,Oat Milk Shake,Drinks,2.49,9\n";

static void instead_comes_the_nearest_that_is_in_stock(void **state) {
    (void)state;
    struct shop *s = shop_with(SHELF);
    struct product v[4];
    size_t n;
    const int64_t oat = exact_variant(s, "Oat Milk");
    assert_ok(catalog_instead(s, oat, "Oat Milk", v, 4, &n));
    assert_int_equal(n, 2);
    assert_string_equal(v[0].id, "almond"); /* shares a word; soy milk is sold out, a shake no milk */
    assert_string_equal(v[1].id, "cream");
    assert_ok(catalog_instead(s, 0, "Old Almond Milk", v, 4, &n)); /* the shop does not know it any more */
    assert_true(n >= 1);
    assert_string_equal(v[0].id, "almond");
    assert_ok(catalog_instead(s, 0, "Lamp", v, 4, &n));
    assert_int_equal(n, 0);
    assert_ok(catalog_instead(s, oat, "\"*", v, 1, &n));
    assert_int_equal(n, 1);
    shop_close(s);
}

/* ---- placing ---- */

static const char PRODUCTS[] = "id,title,price,stock\nmilk,Oat Milk,2.49,3\nbread,Bread,1.99,\n";

static void fill_basket(struct shop *s) {
    assert_ok(cart_add(s, product_find(s, "oat milk").variant, "", 0, 2000, NOW));
    assert_ok(cart_add(s, product_find(s, "bread").variant, "", 0, 1000, NOW));
}

static void placing_moves_the_basket_into_an_order(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    struct order order;
    struct cart cart;
    assert_int_equal(order_place(s, "key-0", NOW, &order), ERR_NOT_FOUND);
    assert_reason("the basket is empty");
    fill_basket(s);
    assert_ok(order_place(s, "key-1", NOW, &order));
    assert_int_equal(order.state, ORDER_SAVED);
    assert_int_equal(order.n_lines, 2);
    assert_int_equal(order.total_minor, 2 * 249 + 199);
    assert_int_equal(order.placed_ms, NOW);
    assert_int_equal(order.lines[0].stock, 1);
    assert_ok(cart_get(s, NOW, &cart));
    assert_int_equal(cart.n_lines, 0);
    assert_int_equal(product_find(s, "oat milk").stock, 1);
    assert_int_equal(product_find(s, "bread").stock, STOCK_UNLIMITED);
    assert_int_equal(count(s, "SELECT count(*) FROM outbox WHERE kind = 'order' AND key = 'key-1'"), 1);
    shop_close(s);
}

static void the_same_key_is_the_same_order(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    struct order first, again, second;
    assert_ok(cart_add(s, product_find(s, "oat milk").variant, "", 0, 1000, NOW));
    assert_ok(order_place(s, "key-1", NOW, &first));
    assert_ok(cart_add(s, product_find(s, "bread").variant, "", 0, 1000, NOW));
    assert_ok(order_place(s, "key-1", NOW + 1000, &again));
    assert_string_equal(first.number, again.number);
    assert_int_equal(count(s, "SELECT count(*) FROM orders"), 1);
    assert_int_equal(count(s, "SELECT count(*) FROM basket_line"), 1); /* what came after is still there */
    assert_ok(order_place(s, "key-2", NOW + 2000, &second));
    assert_string_not_equal(first.number, second.number);
    char long_key[] = "1234567890123456789012345678901234567";
    assert_int_equal(order_place(s, long_key, NOW, &second), ERR_ARG);
    assert_int_equal(order_place(s, "", NOW, &second), ERR_ARG);
    shop_close(s);
}

/* Numbers are short and grow, and no digit heard wrong makes the number of another order. */
static void order_numbers_are_made_to_be_said(void **state) {
    (void)state;
    enum { ORDERS = 60 };
    struct shop *s = shop_with(PRODUCTS);
    int64_t bread = product_find(s, "bread").variant;
    char made[ORDERS][ORDER_NUMBER_MAX];
    for (int i = 0; i < ORDERS; i++) {
        struct order o;
        char key[16];
        snprintf(key, sizeof key, "k%d", i);
        assert_ok(cart_add(s, bread, "", 0, 1000, NOW));
        assert_ok(order_place(s, key, NOW + i, &o));
        strcpy(made[i], o.number);
        assert_int_equal(strlen(o.number), 5);
        assert_int_equal(strspn(o.number, "0123456789"), 5);
        if (i) assert_true(atoi(made[i]) > atoi(made[i - 1]));
    }
    for (int i = 0; i < ORDERS; i++) {
        for (int j = 0; j < i; j++) {
            int differ = 0;
            for (int k = 0; k < 5; k++) differ += made[i][k] != made[j][k];
            assert_true(differ >= 2);
        }
    }
    shop_close(s);
}

static void stock_that_went_meanwhile_stops_the_order(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    struct order order;
    struct cart cart;
    fill_basket(s);
    assert_ok(catalog_import(s, file_write("p.csv", "id,title,price,stock\nmilk,Oat Milk,2.49,1\n"), NULL, NULL));
    assert_int_equal(order_place(s, "key-1", NOW, &order), ERR_RANGE);
    assert_reason("only 1 of Oat Milk are in stock: take fewer");
    assert_ok(cart_get(s, NOW, &cart));
    assert_int_equal(cart.n_lines, 2);
    assert_int_equal(count(s, "SELECT count(*) FROM orders"), 0);
    assert_int_equal(product_find(s, "oat milk").stock, 1);

    assert_ok(catalog_import(s, file_write("p.csv", "id,title,price\nmilk,Oat Milk,\n"), NULL, NULL));
    assert_int_equal(order_place(s, "key-1", NOW, &order), ERR_RANGE);
    assert_reason("has no price yet");
    shop_close(s);
}

/* Nothing or everything. */
static bool is_placed(struct shop *s) {
    int64_t orders = count(s, "SELECT count(*) FROM orders");
    assert_int_equal(count(s, "SELECT count(*) FROM order_line"), 2 * orders);
    assert_int_equal(count(s, "SELECT count(*) FROM order_line_text"), 2 * orders);
    assert_int_equal(count(s, "SELECT count(*) FROM outbox"), orders);
    assert_int_equal(count(s, "SELECT count(*) FROM basket_line"), 2 - 2 * orders);
    assert_int_equal(count(s, "SELECT stock FROM variant WHERE stock IS NOT NULL"), 3 - 2 * orders);
    return orders == 1;
}

struct fuse {
    int left; /* calls until it blows */
};

static int burn(void *ctx) {
    struct fuse *fuse = ctx;
    return fuse->left > 0 && --fuse->left == 0;
}

/* The work is interrupted at each of its steps in turn, until it comes through. */
static void an_order_interrupted_anywhere_is_none(void **state) {
    (void)state;
    enum { STEPS = 23 }; /* virtual machine instructions between two chances */
    struct shop *s = shop_with(PRODUCTS);
    struct order order;
    fill_basket(s);
    int failures = 0;
    for (;; failures++) {
        struct fuse fuse = {.left = failures + 1};
        sqlite3_progress_handler(s->db, STEPS, burn, &fuse);
        err_t err = order_place(s, "key-1", NOW, &order);
        sqlite3_progress_handler(s->db, 0, NULL, NULL);
        if (!err) break;
        assert_int_equal(err, ERR_CLOSED);
        assert_false(is_placed(s));
    }
    assert_true(failures > 20);
    assert_true(is_placed(s));
    shop_close(s);
}

/* The disk is full one page later each time, until there is room. */
static void an_order_on_a_full_disk_is_none(void **state) {
    (void)state;
    struct shop *s = NULL;
    struct order order;
    sqlite3 *raw; /* with small pages an order needs several */
    assert_int_equal(sqlite3_open(path_of("full.db"), &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, "PRAGMA page_size = 512; PRAGMA user_version = 0", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
    assert_ok(shop_open(&s, path_of("full.db"), SCHEMA));
    assert_int_equal(count(s, "PRAGMA page_size"), 512);
    assert_ok(catalog_import(s, file_write("products.csv", PRODUCTS), NULL, NULL));
    fill_basket(s);
    const char *sql_long = "UPDATE product SET category = hex(randomblob(300))"; /* and long lines more of them */
    assert_int_equal(sqlite3_exec(s->db, sql_long, NULL, NULL, NULL), SQLITE_OK);
    int failures = 0;
    char sql[96];
    int64_t pages = count(s, "PRAGMA page_count");
    for (;; failures++) {
        snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", (int)pages + failures);
        assert_int_equal(sqlite3_exec(s->db, sql, NULL, NULL, NULL), SQLITE_OK);
        err_t err = order_place(s, "key-1", NOW, &order);
        if (!err) break;
        assert_int_equal(err, ERR_FULL);
        assert_false(is_placed(s));
    }
    assert_true(is_placed(s));
    shop_close(s);
    assert_ok(shop_open(&s, path_of("full.db"), SCHEMA)); /* and it is there after a restart */
    assert_true(is_placed(s));
    assert_in_range(failures, 3, 100);
    shop_close(s);
}

/* ---- states ---- */

static void states_have_names(void **state) {
    (void)state;
    enum order_state s;
    for (int i = ORDER_SAVED; i <= ORDER_UNCERTAIN; i++) {
        assert_true(order_state_by_name(&s, order_state_name((enum order_state)i)));
        assert_int_equal(s, i);
    }
    assert_false(order_state_by_name(&s, "lost"));
    assert_false(order_state_by_name(&s, ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_orders),
        cmocka_unit_test(an_order_has_its_lines),
        cmocka_unit_test(the_usual_is_what_is_bought_often_and_lately),
        cmocka_unit_test(the_usual_comes_as_it_is_mostly_taken),
        cmocka_unit_test(a_line_knows_what_has_changed),
        cmocka_unit_test(instead_comes_the_nearest_that_is_in_stock),
        cmocka_unit_test(placing_moves_the_basket_into_an_order),
        cmocka_unit_test(the_same_key_is_the_same_order),
        cmocka_unit_test(order_numbers_are_made_to_be_said),
        cmocka_unit_test(stock_that_went_meanwhile_stops_the_order),
        cmocka_unit_test(an_order_interrupted_anywhere_is_none),
        cmocka_unit_test(an_order_on_a_full_disk_is_none),
        cmocka_unit_test(states_have_names),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
