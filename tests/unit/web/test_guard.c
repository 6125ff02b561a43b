/* From where a request may come, by its headers; and what may be in its body. */
#include "support.h"

#include "web/guard.h"
#include "web/posted.h"

static void hosts_that_are_ours(void **state) {
    (void)state;
    static const char *const ours[] = {"192.168.1.7",  "192.168.1.7:8080",     "localhost",    "LOCALHOST:80",
                                       "speaker-1a2b", "Speaker-1A2B:8080",    "[fe80::1]",    "speaker-1a2b.local",
                                       "[::1]:8080",   "speaker-1a2b.LOCAL:8", "0.0.0.0:65535"};
    static const char *const others[] = {"",
                                         "evil.example",
                                         "evil.example:8080",
                                         "192.168.1.7.evil.example",
                                         "192.168.1",
                                         "192.168.1.256",
                                         "speaker-1a2b.local.evil.example",
                                         "speaker-1a2b.",
                                         "localhost.",
                                         "localhost:",
                                         "localhost:80a",
                                         "localhost:808080",
                                         "localhost:80:80",
                                         "local",
                                         ".local",
                                         "[::1",
                                         "[::1]x",
                                         "[]:80",
                                         "::1",
                                         "a@localhost",
                                         " localhost",
                                         "localhost/evil"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (!guard_host(ours[i], "speaker-1a2b")) fail_msg("'%s' is refused", ours[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (guard_host(others[i], "speaker-1a2b")) fail_msg("'%s' is let in", others[i]);
    assert_false(guard_host("", "")); /* a machine without a name */
    assert_false(guard_host(".local", ""));
    char longest[400];
    memset(longest, '1', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_false(guard_host(longest, longest));
}

static void origins_are_the_page_s_own(void **state) {
    (void)state;
    assert_true(guard_origin("", "speaker.local:8080")); /* not a browser */
    assert_true(guard_origin("http://speaker.local:8080", "Speaker.local:8080"));
    assert_false(guard_origin("http://speaker.local", "speaker.local:8080"));
    assert_false(guard_origin("https://speaker.local:8080", "speaker.local:8080"));
    assert_false(guard_origin("http://evil.example", "speaker.local:8080"));
    assert_false(guard_origin("null", "speaker.local:8080"));
    assert_false(guard_origin("http://speaker.local:8080/", "speaker.local:8080"));
}

static void cookies_are_found_by_their_whole_name(void **state) {
    (void)state;
    char out[8] = "none";
    assert_true(guard_cookie("a=1; shopkeeper=abc;b=2", "shopkeeper", out, sizeof out));
    assert_string_equal(out, "abc");
    assert_true(guard_cookie("shopkeeper=", "shopkeeper", out, sizeof out));
    assert_string_equal(out, "");
    assert_true(guard_cookie(";;  ;shopkeeper=a=b", "shopkeeper", out, sizeof out));
    assert_string_equal(out, "a=b");
    strcpy(out, "none");
    assert_false(guard_cookie("", "shopkeeper", out, sizeof out));
    assert_false(guard_cookie("xshopkeeper=abc; shopkeeper2=abc; shopkeeper", "shopkeeper", out, sizeof out));
    assert_false(guard_cookie("shopkeeper=12345678", "shopkeeper", out, sizeof out));
    assert_string_equal(out, "none");
}

static bool text_of(const char *body, char out[8]) {
    return posted_text(body, strlen(body), "text", out, 8);
}

static void bodies_are_small_objects(void **state) {
    (void)state;
    char out[8] = "none";
    static const char *const bad[] = {"",
                                      "text",
                                      "[]",
                                      "\"text\"",
                                      "{\"text\":1}",
                                      "{\"text\":\"\"}",
                                      "{\"text\":\"12345678\"}",
                                      "{\"text\":\"a\\nb\"}",
                                      "{\"text\":\"a\\u0000b\"}",
                                      "{\"text\":\"a\\u007fb\"}",
                                      "{\"text\":\"\xff\"}",
                                      "{\"text\":\"a\",\"text\":\"b\"}",
                                      "{\"text\":\"a\"} x",
                                      "{\"other\":\"a\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (text_of(bad[i], out)) fail_msg("'%s' is taken", bad[i]);
    assert_string_equal(out, "none");
    assert_true(
        text_of("{\"text\":\"\xc3\xa9"
                "a\"}",
                out));
    assert_string_equal(out,
                        "\xc3\xa9"
                        "a");
    int number = 7;
    assert_false(posted_int("{\"n\":11}", 8, "n", 1, 10, &number));
    assert_false(posted_int("{\"n\":1.5}", 9, "n", 1, 10, &number));
    assert_false(posted_int("{\"n\":99999999999999999999}", 26, "n", 1, 10, &number));
    assert_int_equal(number, 7);
    assert_true(posted_int("{\"n\":10}", 8, "n", 1, 10, &number));
    assert_int_equal(number, 10);
    bool flag = true;
    assert_false(posted_bool("{\"b\":1}", 7, "b", &flag));
    assert_true(posted_bool("{\"b\":false}", 11, "b", &flag));
    assert_false(flag);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_that_are_ours),
        cmocka_unit_test(origins_are_the_page_s_own),
        cmocka_unit_test(cookies_are_found_by_their_whole_name),
        cmocka_unit_test(bodies_are_small_objects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
