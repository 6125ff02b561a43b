/* What was talked about, counted. */
#include "support.h"

#include "shop/known.h"
#include "shop/summary.h"
#include "shop/tickets.h"

static const struct period EVER = {0, INT64_MAX};
static char told[4096];

static void tell(void *ctx, const char *name, int64_t n) {
    (void)ctx;
    snprintf(told + strlen(told), sizeof told - strlen(told), "%s=%d ", name, (int)n);
}

static const char *each(struct shop *s, enum summary_kind kind, struct period p) {
    told[0] = '\0';
    assert_ok(summary_each(s, kind, &p, 100, tell, NULL));
    return told;
}

static struct summary_totals totals(struct shop *s, struct period p) {
    struct summary_totals t = {0};
    assert_ok(summary_totals(s, &p, &t));
    return t;
}

static int64_t at; /* of the last turn */

static void heard(struct shop *s, const char *text, const char *intent) {
    assert_ok(conversation_note(s, "shopper", text, intent, at += 5000));
}

static void said(struct shop *s, const char *id) {
    assert_ok(conversation_note(s, "assistant", "...", id, at += 5000));
}

static int begin(void **state) {
    at = NOW;
    *state = shop_cafe();
    return 0;
}

static int end(void **state) {
    shop_close(*state);
    return 0;
}

static void nothing_was_said(void **state) {
    struct shop *s = *state;
    for (int i = 0; i < SUMMARY_COUNT; i++) assert_string_equal(each(s, (enum summary_kind)i, EVER), "");
    struct summary_totals t = totals(s, EVER);
    assert_int_equal(t.talks + t.requests + t.unclear + t.left + t.ratings + t.stars_milli + t.since_ms, 0);
}

static void requests_and_what_was_not_understood(void **state) {
    struct shop *s = *state;
    heard(s, "a latte", "add_to_cart");
    said(s, "cart.added");
    heard(s, "blorp", "");
    heard(s, "Blorp ", "");
    heard(s, "zonk", "");
    heard(s, "", "");
    heard(s, "a mocha", "add_to_cart");
    heard(s, "my milk was sour", "to_person"); /* none of the assistant's business */
    heard(s, "it was great", "comment");
    assert_string_equal(each(s, SUMMARY_INTENTS, EVER), "add_to_cart=2 ");
    assert_string_equal(each(s, SUMMARY_UNCLEAR, EVER), "blorp=2 zonk=1 ");
    assert_int_equal(totals(s, EVER).requests, 6);
    assert_int_equal(totals(s, EVER).unclear, 4);
    assert_int_equal(totals(s, EVER).since_ms, NOW + 5000);
}

static void a_period_has_its_start_and_not_its_end(void **state) {
    struct shop *s = *state;
    heard(s, "one", "yes");
    heard(s, "two", "no");
    assert_string_equal(each(s, SUMMARY_INTENTS, (struct period){NOW + 5000, NOW + 10000}), "yes=1 ");
    assert_string_equal(each(s, SUMMARY_INTENTS, (struct period){NOW + 5001, NOW + 10001}), "no=1 ");
}

static void where_baskets_were_left(void **state) {
    struct shop *s = *state;
    said(s, "cart.added_first"); /* a talk that went well */
    said(s, "checkout.placed");
    at += DAY;
    said(s, "cart.added"); /* left at the coupon */
    heard(s, "use my coupon", "apply_coupon");
    said(s, "coupon.expired");
    heard(s, "oh no", "");
    at += DAY;
    said(s, "cart.added"); /* emptied on purpose */
    said(s, "cart.cleared");
    at += DAY;
    said(s, "search.one"); /* nothing in the basket */
    assert_string_equal(each(s, SUMMARY_LEFT, EVER), "coupon.expired=1 ");
    assert_int_equal(totals(s, EVER).left, 1);
    assert_int_equal(totals(s, EVER).talks, 1); /* only in one somebody spoke */
}

static void trouble_handovers_and_feedback(void **state) {
    struct shop *s = *state;
    struct ticket t;
    bool again;
    said(s, "coupon.expired");
    said(s, "coupon.expired");
    said(s, "coupon.counts");
    said(s, "checkout.failed");
    assert_string_equal(each(s, SUMMARY_TROUBLE, EVER), "coupon.expired=2 checkout.failed=1 ");
    assert_ok(ticket_open(s, "a", "anger", "", NOW, &t, &again));
    assert_ok(ticket_close(s, t.code, NULL, NOW));
    assert_ok(ticket_open(s, "b", "failed", "", NOW, &t, &again));
    assert_string_equal(each(s, SUMMARY_HANDOVERS, EVER), "anger=1 failed=1 ");
    assert_int_equal(totals(s, EVER).tickets, 2);
    assert_int_equal(totals(s, EVER).tickets_open, 1);
    assert_ok(feedback_add(s, 5, "", NOW));
    assert_ok(feedback_add(s, 0, "lovely", NOW));
    assert_ok(feedback_add(s, 2, "", NOW));
    assert_ok(feedback_add(s, 5, "", NOW));
    assert_string_equal(each(s, SUMMARY_STARS, EVER), "2=1 5=2 ");
    assert_string_equal(each(s, SUMMARY_COMMENTS, EVER), "lovely=5 ");
    assert_int_equal(totals(s, EVER).ratings, 3);
    assert_int_equal(totals(s, EVER).stars_milli, 4000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_was_said, begin, end),
        cmocka_unit_test_setup_teardown(requests_and_what_was_not_understood, begin, end),
        cmocka_unit_test_setup_teardown(a_period_has_its_start_and_not_its_end, begin, end),
        cmocka_unit_test_setup_teardown(where_baskets_were_left, begin, end),
        cmocka_unit_test_setup_teardown(trouble_handovers_and_feedback, begin, end)};
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
