#include "support.h"

static const char PRODUCTS[] =
    "id,title,price,stock,unit\n"
    "milk,Oat Milk,2.49,3,\n"
    "apples,Apples,3.99,,kg\n"
    "bread,Bread,1.99,,\n"
    "lamp,Lamp,,5,\n";

static int64_t variant(struct shop *s, const char *words) {
    return product_find(s, words).variant;
}

static struct cart cart_of(struct shop *s) {
    struct cart cart;
    assert_ok(cart_get(s, NOW, &cart));
    return cart;
}

static void lines_add_up(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    assert_int_equal(cart_of(s).n_lines, 0);
    assert_int_equal(cart_of(s).total_minor, 0);
    assert_ok(cart_add(s, variant(s, "oat milk"), "", 0, 1000, NOW));
    assert_ok(cart_add(s, variant(s, "apples"), "", 0, 500, NOW));
    assert_ok(cart_add(s, variant(s, "oat milk"), "", 0, 1000, NOW));
    struct cart cart = cart_of(s);
    assert_int_equal(cart.n_lines, 2);
    assert_string_equal(cart.lines[0].title, "Oat Milk");
    assert_int_equal(cart.lines[0].quantity_milli, 2000);
    assert_int_equal(cart.lines[0].price_minor, 249);
    assert_int_equal(cart.lines[0].total_minor, 498);
    assert_int_equal(cart.lines[0].stock, 3);
    assert_int_equal(cart.lines[1].total_minor, 200); /* half of 3.99, rounded half up */
    assert_int_equal(cart.lines[1].stock, STOCK_UNLIMITED);
    assert_int_equal(cart.subtotal_minor, 698);
    assert_int_equal(cart.total_minor, 698);
    assert_string_equal(cart.currency, "USD");
    shop_close(s);
}

static void quantities_have_bounds(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    int64_t milk = variant(s, "oat milk"), bread = variant(s, "bread"), apples = variant(s, "apples");
    assert_int_equal(cart_add(s, milk, "", 0, 4000, NOW), ERR_RANGE);
    assert_reason("only 3 of Oat Milk are in stock");
    assert_ok(cart_add(s, milk, "", 0, 2000, NOW));
    assert_int_equal(cart_add(s, milk, "", 0, 2000, NOW), ERR_RANGE);
    assert_int_equal(cart_add(s, milk, "note: cold", 0, 2000, NOW), ERR_RANGE); /* it is the same stock */
    assert_int_equal(cart_set(s, milk, "", 4000, NOW), ERR_RANGE);
    assert_int_equal(cart_add(s, bread, "", 0, 100000, NOW), ERR_RANGE);
    assert_reason("at most 99 of one product");
    assert_int_equal(cart_add(s, bread, "", 0, 1500, NOW), ERR_RANGE);
    assert_reason("Bread is only sold whole");
    assert_ok(cart_add(s, apples, "", 0, 1500, NOW));
    assert_int_equal(cart_add(s, bread, "", 0, 0, NOW), ERR_ARG);
    assert_int_equal(cart_add(s, bread, "", 0, -1000, NOW), ERR_ARG);
    assert_int_equal(cart_set(s, milk, "", -1, NOW), ERR_ARG);
    assert_int_equal(cart_add(s, variant(s, "lamp"), "", 0, 1000, NOW), ERR_RANGE);
    assert_reason("Lamp has no price yet");
    assert_int_equal(cart_add(s, 4711, "", 0, 1000, NOW), ERR_NOT_FOUND);
    struct cart cart = cart_of(s);
    assert_int_equal(cart.n_lines, 2);
    assert_int_equal(cart.lines[0].quantity_milli, 2000);
    shop_close(s);
}

static void lines_change_and_go(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    int64_t milk = variant(s, "oat milk"), bread = variant(s, "bread");
    assert_int_equal(cart_set(s, milk, "", 1000, NOW), ERR_NOT_FOUND);
    assert_reason("that is not in the basket");
    assert_ok(cart_add(s, milk, "", 0, 1000, NOW));
    assert_ok(cart_add(s, bread, "", 0, 1000, NOW));
    assert_ok(cart_set(s, milk, "", 3000, NOW));
    assert_int_equal(cart_of(s).lines[0].quantity_milli, 3000);
    assert_ok(cart_set(s, milk, "", 0, NOW));
    assert_int_equal(cart_of(s).n_lines, 1);
    assert_int_equal(cart_set(s, milk, "", 0, NOW), ERR_NOT_FOUND);
    assert_ok(cart_clear(s, NOW));
    assert_int_equal(cart_of(s).n_lines, 0);
    assert_ok(cart_clear(s, NOW));
    shop_close(s);
}

static void options_make_lines_of_their_own(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    int64_t latte = variant(s, "latte");
    assert_ok(cart_add(s, latte, "size: large", 100, 1000, NOW));
    assert_ok(cart_add(s, latte, "size: small", 0, 1000, NOW));
    assert_ok(cart_add(s, latte, "size: large", 100, 1000, NOW));
    struct cart cart = cart_of(s);
    assert_int_equal(cart.n_lines, 2);
    assert_string_equal(cart.lines[0].options, "size: large");
    assert_int_equal(cart.lines[0].price_minor, 510);
    assert_int_equal(cart.lines[0].total_minor, 1020);
    assert_int_equal(cart.lines[1].price_minor, 410);
    assert_ok(cart_set(s, latte, "size: small", 0, NOW));
    assert_int_equal(cart_of(s).n_lines, 1);
    shop_close(s);
}

static void the_variants_own_options_are_shown_once(void **state) {
    (void)state;
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    file_write("shop.ini",
               "[shop]\nname = A\nassistant = B\ncurrency = USD\ntimezone = UTC\ndelivery = 4.90\n"
               "free_delivery_from = 10\n");
    file_write("products.csv", "id,title,price\ncola,Cola,2.00\n");
    file_write("variants.csv",
               "product,id,options,price\ncola,cola-1,size: one litre,\ncola,cola-2,size: two litres,3.50\n");
    assert_ok(shop_load(s, folder, NULL, &report, NOW));
    struct product cola = product_find(s, "cola"), others[4];
    size_t n;
    assert_string_equal(cola.options, "size: one litre");
    assert_ok(catalog_variants(s, cola.variant, others, 4, &n));
    assert_int_equal(n, 1);
    assert_string_equal(others[0].options, "size: two litres");
    assert_int_equal(others[0].price_minor, 350);
    assert_ok(cart_add(s, others[0].variant, "ice: none", 0, 1000, NOW));
    struct cart cart = cart_of(s);
    assert_string_equal(cart.lines[0].options, "size: two litres; ice: none");
    assert_int_equal(cart.delivery_minor, 490);
    assert_int_equal(cart.total_minor, 840);
    /* as read from the basket, or as chosen: the same line */
    assert_ok(cart_add(s, others[0].variant, "size: two litres; ice: none", 0, 1000, NOW));
    assert_ok(cart_set(s, others[0].variant, cart.lines[0].options, 3000, NOW));
    cart = cart_of(s);
    assert_int_equal(cart.n_lines, 1);
    assert_int_equal(cart.delivery_minor, 0); /* over ten dollars */
    assert_int_equal(cart.total_minor, 1050);
    shop_close(s);
}

static void a_basket_has_an_end(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    int64_t latte = variant(s, "latte");
    char options[OPTIONS_MAX];
    for (int i = 0; i < CART_LINES_MAX; i++) {
        snprintf(options, sizeof options, "name: %d", i);
        assert_ok(cart_add(s, latte, options, 0, 1000, NOW));
    }
    assert_int_equal(cart_add(s, latte, "name: too many", 0, 1000, NOW), ERR_FULL);
    assert_reason("the basket holds 32 products and no more");
    assert_ok(cart_add(s, latte, options, 0, 1000, NOW)); /* more of one that is there */
    assert_int_equal(cart_of(s).n_lines, CART_LINES_MAX);
    char long_options[OPTIONS_MAX + 1];
    memset(long_options, 'x', OPTIONS_MAX);
    long_options[OPTIONS_MAX] = '\0';
    assert_int_equal(cart_add(s, latte, long_options, 0, 1000, NOW), ERR_ARG);
    shop_close(s);
}

static void each_customer_has_a_basket(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct customer c;
    assert_ok(customer_get(s, &c));
    assert_string_equal(c.name, "Alex Morgan");
    assert_string_equal(c.address, "14 Harbor Street");
    assert_ok(cart_add(s, variant(s, "latte"), "", 0, 1000, NOW));
    assert_ok(customer_choose(s, "sam"));
    assert_ok(customer_get(s, &c));
    assert_string_equal(c.name, "Sam Rivera");
    assert_int_equal(cart_of(s).n_lines, 0);
    assert_ok(customer_choose(s, "alex morgan"));
    assert_int_equal(cart_of(s).n_lines, 1);
    assert_int_equal(customer_choose(s, "al"), ERR_NOT_FOUND);
    assert_int_equal(customer_choose(s, "%"), ERR_NOT_FOUND);
    assert_reason("no customer called '%'");
    shop_close(s);
}

static void a_shop_without_customers_serves_a_guest(void **state) {
    (void)state;
    struct shop *s = shop_with(PRODUCTS);
    struct customer c;
    assert_int_equal(customer_get(s, &c), ERR_NOT_FOUND);
    assert_reason("add customers.csv");
    assert_ok(cart_add(s, variant(s, "bread"), "", 0, 1000, NOW));
    assert_int_equal(cart_of(s).n_lines, 1);
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_add_up),
        cmocka_unit_test(quantities_have_bounds),
        cmocka_unit_test(lines_change_and_go),
        cmocka_unit_test(options_make_lines_of_their_own),
        cmocka_unit_test(the_variants_own_options_are_shown_once),
        cmocka_unit_test(a_basket_has_an_end),
        cmocka_unit_test(each_customer_has_a_basket),
        cmocka_unit_test(a_shop_without_customers_serves_a_guest),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
