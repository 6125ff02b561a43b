/* What a coupon takes off, to the cent, and why it does not count. */
#include "support.h"

static struct shop *begin(void) {
    file_write("shop.ini", "[shop]\nname = Test\nassistant = Robin\ncurrency = USD\ntimezone = UTC\ndelivery = 2.00\n");
    file_write("products.csv", "id,title,category,price\ntea,Tea,Drinks,3.33\nham,Ham,Meat,10.05\n");
    file_write("coupons.csv",
               "code,percent,amount,minimum,from,until,category,once,offered\n"
               "TEN,10,,,,,,,\nSAVE5,,5.00,,,,,,yes\nBIG,,1.00,20.00,,,,,\nDRINKS,50,,,,,drinks,,\n"
               "OLD,10,,,-9d,-1d,,,\nSOON,10,,,+1d,,,,\nONCE,10,,,,,,yes,\nBAD,10,,,,,,maybe,\n");
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    assert_ok(shop_load(s, folder, NULL, &report, NOW));
    assert_int_equal(report.rejected, 1); /* "maybe" */
    return s;
}

static void add(struct shop *s, const char *words, int pieces) {
    assert_ok(cart_add(s, product_find(s, words).variant, "", 0, pieces * 1000, NOW));
}

static struct cart laid(struct shop *s, const char *words, enum coupon_state state) {
    struct coupon c;
    struct cart cart;
    assert_ok(coupon_apply(s, words, NOW, &c));
    assert_int_equal(c.state, state);
    assert_ok(cart_get(s, NOW, &cart));
    return cart;
}

static void takes_off_to_the_cent(void **state) {
    (void)state;
    struct shop *s = begin();
    add(s, "tea", 1);
    add(s, "ham", 1);
    struct cart cart = laid(s, "TEN", COUPON_COUNTS);
    assert_int_equal(cart.coupon.discount_minor, 134); /* of 13.38: 1.338 */
    assert_int_equal(cart.total_minor, 1338 - 134 + 200);
    assert_int_equal(laid(s, "save 5", COUPON_COUNTS).coupon.discount_minor, 500);
    assert_int_equal(laid(s, "Drinks", COUPON_COUNTS).coupon.discount_minor, 167); /* of 3.33 */
    assert_int_equal(laid(s, "", COUPON_NONE).total_minor, 1538);
    shop_close(s);
}

static void never_more_than_the_basket(void **state) {
    (void)state;
    struct shop *s = begin();
    add(s, "tea", 1);
    assert_int_equal(laid(s, "save5", COUPON_COUNTS).coupon.discount_minor, 333);
    shop_close(s);
}

static void says_why_not(void **state) {
    (void)state;
    struct shop *s = begin();
    add(s, "ham", 1);
    assert_int_equal(laid(s, "ten", COUPON_COUNTS).coupon.discount_minor, 101);
    laid(s, "old", COUPON_EXPIRED);
    laid(s, "soon", COUPON_EARLY);
    laid(s, "bad", COUPON_UNKNOWN);
    assert_string_equal(laid(s, "pumpkin", COUPON_UNKNOWN).coupon.code, "TEN"); /* the one that counts stays */
    assert_int_equal(laid(s, "big", COUPON_BELOW).coupon.short_minor, 2000 - 1005);
    add(s, "ham", 1);
    struct cart cart;
    assert_ok(cart_get(s, NOW, &cart)); /* it has come to count */
    assert_int_equal(cart.coupon.discount_minor, 100);
    assert_int_equal(laid(s, "drinks", COUPON_NOT_THESE).coupon.discount_minor, 0);
    struct coupon best;
    assert_ok(coupon_best(s, &cart, NOW, &best));
    assert_string_equal(best.code, "SAVE5");
    shop_close(s);
}

static void an_order_has_it_and_uses_it_up(void **state) {
    (void)state;
    struct shop *s = begin();
    struct order order;
    add(s, "ham", 1);
    laid(s, "once", COUPON_COUNTS);
    assert_ok(order_place(s, "k1", NOW, &order));
    assert_int_equal(order.total_minor, 1005 - 101 + 200);
    add(s, "ham", 1);
    struct cart cart;
    assert_ok(cart_get(s, NOW, &cart));
    assert_int_equal(cart.coupon.state, COUPON_NONE);
    laid(s, "once", COUPON_USED);
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_off_to_the_cent),
        cmocka_unit_test(never_more_than_the_basket),
        cmocka_unit_test(says_why_not),
        cmocka_unit_test(an_order_has_it_and_uses_it_up),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
