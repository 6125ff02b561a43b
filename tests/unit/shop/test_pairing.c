/* Being introduced to the shop's server: what one program puts, the other tells, once. */
#include "support.h"

#include "shop/pairing.h"

static struct pairing_news now_at(struct shop *s, int64_t now_ms) {
    struct pairing_news n;
    assert_ok(pairing_get(s, now_ms, &n));
    return n;
}

static bool untold(struct shop *s, int64_t now_ms, struct pairing_news *out) {
    bool any;
    assert_ok(pairing_untold(s, now_ms, out, &any));
    return any;
}

static void a_code_is_told_once(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct pairing_news n;
    assert_int_equal(now_at(s, NOW).state, PAIRING_UNKNOWN);
    assert_false(untold(s, NOW, &n));
    assert_ok(pairing_want(s, NOW));
    assert_int_equal(now_at(s, NOW + 1000).state, PAIRING_WANTED);
    assert_false(untold(s, NOW + 1000, &n));
    struct pairing_news code = {.state = PAIRING_CODE, .code = "482913", .page = "https://shop.example/pair"};
    assert_ok(pairing_put(s, &code, true, NOW + 2000));
    assert_true(untold(s, NOW + 3000, &n));
    assert_int_equal(n.state, PAIRING_CODE);
    assert_string_equal(n.code, "482913");
    assert_string_equal(n.page, "https://shop.example/pair");
    assert_false(untold(s, NOW + 3000, &n));
    assert_int_equal(now_at(s, NOW + 3000).state, PAIRING_CODE);
    shop_close(s);
}

static void a_code_that_does_not_come_has_failed_and_that_is_told_once(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct pairing_news n;
    assert_ok(pairing_want(s, NOW));
    assert_true(untold(s, NOW + PAIRING_PATIENCE_MS + 1, &n));
    assert_int_equal(n.state, PAIRING_FAILED);
    assert_false(untold(s, NOW + PAIRING_PATIENCE_MS + 2, &n));
    assert_int_equal(now_at(s, NOW + PAIRING_PATIENCE_MS + 2).state, PAIRING_FAILED);
    shop_close(s);
}

static void what_nobody_told_in_time_is_no_news(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct pairing_news n, code = {.state = PAIRING_CODE, .code = "482913"};
    assert_ok(pairing_put(s, &code, true, NOW));
    assert_false(untold(s, NOW + PAIRING_NEWS_MS + 1, &n));
    assert_false(untold(s, NOW + 1, &n));
    assert_ok(pairing_put(s, &code, false, NOW));
    assert_false(untold(s, NOW, &n));
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_told_once),
        cmocka_unit_test(a_code_that_does_not_come_has_failed_and_that_is_told_once),
        cmocka_unit_test(what_nobody_told_in_time_is_no_news),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
