#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "sync/json.h"

static struct node *parsed(const char *text) {
    struct node *root = NULL;
    if (node_parse(&root, text, strlen(text))) fail_msg("%s: %s", text, err_reason());
    return root;
}

static void refused(const char *text, const char *why) {
    struct node *root = NULL;
    assert_int_equal(node_parse(&root, text, strlen(text)), ERR_FORMAT);
    if (!strstr(err_reason(), why)) fail_msg("'%s' is not in '%s'", why, err_reason());
    assert_null(root);
}

static void money_is_exact(void **state) {
    struct node *root =
        parsed("{\"a\":19.99,\"b\":\"19.99\",\"c\":20,\"d\":1.005,\"e\":0.1e1,\"f\":-1.5,\"g\":true,\"h\":\"x\"}");
    int64_t v = -1;
    (void)state;
    assert_int_equal(node_money(root, "a", "USD", &v), ERR_OK);
    assert_int_equal(v, 1999);
    assert_int_equal(node_money(root, "b", "USD", &v), ERR_OK);
    assert_int_equal(v, 1999);
    assert_int_equal(node_money(root, "c", "USD", &v), ERR_OK);
    assert_int_equal(v, 2000);
    assert_int_equal(node_money(root, "d", "USD", &v), ERR_OK); /* as a double it is 1.00499... */
    assert_int_equal(v, 101);
    assert_int_equal(node_money(root, "e", "USD", &v), ERR_OK);
    assert_int_equal(v, 100);
    assert_int_equal(node_money(root, "f", "USD", &v), ERR_RANGE);
    assert_int_equal(node_money(root, "g", "USD", &v), ERR_FORMAT);
    assert_int_equal(node_money(root, "h", "USD", &v), ERR_FORMAT);
    assert_int_equal(node_money(root, "z", "USD", &v), ERR_FORMAT);
    assert_int_equal(v, 100);
    node_free(root);
}

static void texts(void **state) {
    struct node *root = parsed("{\"a\":\"h\\u00e9\\nllo \\\"1.5\\\"\",\"b\":1.5,\"c\":null,\"d\":7}");
    char text[16] = "before";
    (void)state;
    assert_int_equal(node_text(root, "a", text, sizeof text), ERR_OK);
    assert_string_equal(text, "h\xc3\xa9 llo \"1.5\"");
    assert_int_equal(node_text(root, "b", text, sizeof text), ERR_FORMAT);
    assert_int_equal(node_text(root, "c", text, sizeof text), ERR_FORMAT);
    assert_int_equal(node_text(root, "d", text, sizeof text), ERR_FORMAT);
    assert_int_equal(node_text(root, "a", text, 5), ERR_RANGE);
    assert_int_equal(node_text_if(root, "a", text, 3, true), ERR_OK);
    assert_string_equal(text, "h"); /* not in the middle of a character */
    assert_int_equal(node_text_if(root, "c", text, sizeof text, false), ERR_OK);
    assert_string_equal(text, "");
    node_free(root);
}

static void numbers_and_times(void **state) {
    struct node *root = parsed(
        "{\"i\":5,\"big\":999999,\"r\":5.0,\"t\":\"2026-05-15T12:00:00.000Z\",\"u\":\"2026-05-15T12:00:00+02:00\","
        "\"w\":\"yesterday\",\"q\":\"0.5\",\"n\":null,\"y\":true}");
    int64_t v = -1;
    bool flag = false;
    (void)state;
    assert_int_equal(node_int(root, "i", 0, 10, &v), ERR_OK);
    assert_int_equal(v, 5);
    assert_int_equal(node_int(root, "big", 0, 10, &v), ERR_RANGE);
    assert_int_equal(node_int(root, "r", 0, 10, &v), ERR_FORMAT);
    assert_int_equal(node_time_if(root, "t", &v), ERR_OK);
    assert_int_equal(v, INT64_C(1778846400000));
    assert_int_equal(node_time_if(root, "n", &v), ERR_OK);
    assert_int_equal(v, 0);
    assert_int_equal(node_time_if(root, "u", &v), ERR_FORMAT);
    assert_int_equal(node_time_if(root, "w", &v), ERR_FORMAT);
    assert_int_equal(node_decimal(root, "q", 3, &v), ERR_OK);
    assert_int_equal(v, 500);
    assert_int_equal(node_bool_if(root, "y", false, &flag), ERR_OK);
    assert_true(flag);
    assert_int_equal(node_bool_if(root, "i", false, &flag), ERR_FORMAT);
    node_free(root);
}

static void lists(void **state) {
    struct node *root = parsed("{\"v\":[{\"a\":1},2],\"o\":{\"v\":[]},\"s\":\"x\",\"n\":null}");
    const struct node *list, *o;
    size_t n = 9;
    (void)state;
    assert_int_equal(node_array(root, "v", 5, &list, &n), ERR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(node_at(list, 0, &o), ERR_OK);
    assert_int_equal(node_at(list, 1, &o), ERR_FORMAT);
    assert_int_equal(node_at(list, 7, &o), ERR_FORMAT);
    assert_int_equal(node_array(root, "v", 1, &list, &n), ERR_RANGE);
    assert_int_equal(node_array(root, "s", 5, &list, &n), ERR_FORMAT);
    assert_int_equal(node_array(root, "n", 5, &list, &n), ERR_OK);
    assert_int_equal(n, 0);
    assert_int_equal(node_object(root, "o", &o), ERR_OK);
    assert_int_equal(node_object(root, "s", &o), ERR_FORMAT);
    assert_true(node_has(root, "o"));
    assert_false(node_has(root, "n"));
    assert_false(node_has(NULL, "n"));
    node_free(root);
}

static void hostile(void **state) {
    char deep[4001];
    (void)state;
    memset(deep, '[', 2000);
    memset(deep + 2000, ']', 2000);
    deep[4000] = '\0';
    refused(deep, "nested");
    refused("", "JSON");
    refused("{", "JSON");
    refused("{\"a\":1,\"a\":2}", "JSON");
    refused("{\"a\":1}}", "JSON");
    refused("<html>", "JSON");
    refused("{\"a\":\"\xff\"}", "JSON");
    refused("{\"a\":\"\\ud800\"}", "JSON");
    refused("{\"a\":99999999999999999999}", "JSON");
    refused("{\"a\":\"\\u0000\"}", "JSON");
    refused("{\"a\":1.", "JSON");
    refused("\"", "JSON");
    refused("\"\\", "JSON");
    /* a text that looks like one of our marks is no number that got by */
    struct node *root = parsed(
        "{\"a\":\"\xee\x80\x80"
        "5.00\"}");
    char text[16];
    assert_int_equal(node_text(root, "a", text, sizeof text), ERR_FORMAT);
    node_free(root);
}

static void written(void **state) {
    struct body b = {0};
    const char *text;
    (void)state;
    body_open(&b, NULL, '{');
    body_text(&b, "t", "a \"b\" \\ \n \xc3\xa9");
    body_int(&b, "i", -5);
    body_bool(&b, "b", true);
    body_money(&b, "m", 1999, "USD");
    body_milli(&b, "q", 1500);
    body_milli(&b, "w", 2000);
    body_time(&b, "at", INT64_C(1778846400123));
    body_open(&b, "v", '[');
    body_text(&b, NULL, "x");
    body_text(&b, NULL, "\xff");
    body_open(&b, NULL, '{');
    body_close(&b, '}');
    body_close(&b, ']');
    body_raw(&b, "r", "{\"k\":1}");
    body_close(&b, '}');
    assert_int_equal(body_take(&b, &text), ERR_OK);
    assert_string_equal(
        text,
        "{\"t\":\"a \\\"b\\\" \\\\ \\u000a \xc3\xa9\",\"i\":-5,\"b\":true,\"m\":\"19.99\",\"q\":\"1.5\",\"w\":\"2\","
        "\"at\":\"2026-05-15T12:00:00.123Z\",\"v\":[\"x\",\"\",{}],\"r\":{\"k\":1}}");
    body_free(&b);
}

static void too_much_to_write(void **state) {
    struct body b = {0};
    const char *text;
    (void)state;
    body_open(&b, NULL, '[');
    for (int i = 0; i < BODY_MAX_BYTES; i++) body_text(&b, NULL, "x");
    body_close(&b, ']');
    assert_int_equal(body_take(&b, &text), ERR_RANGE);
    body_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(money_is_exact),    cmocka_unit_test(texts),
                                       cmocka_unit_test(numbers_and_times), cmocka_unit_test(lists),
                                       cmocka_unit_test(hostile),           cmocka_unit_test(written),
                                       cmocka_unit_test(too_much_to_write)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
