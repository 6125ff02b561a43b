#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "sync/backoff.h"
#include "sync/http.h"

static const struct backoff b = {.first_ms = 2000, .most_ms = 60000};

static void grows_and_ends(void **state) {
    (void)state;
    assert_int_equal(backoff_ms(&b, 1, UINT32_MAX), 2000);
    assert_int_equal(backoff_ms(&b, 2, UINT32_MAX), 4000);
    assert_int_equal(backoff_ms(&b, 5, UINT32_MAX), 32000);
    assert_int_equal(backoff_ms(&b, 6, UINT32_MAX), 60000);
    assert_int_equal(backoff_ms(&b, 2000000000, UINT32_MAX), 60000);
}

static void jitter_is_a_half(void **state) {
    (void)state;
    assert_int_equal(backoff_ms(&b, 1, 0), 1000);
    assert_int_equal(backoff_ms(&b, 99, 0), 30000);
    assert_in_range(backoff_ms(&b, 3, UINT32_MAX / 2), 5999, 6001);
}

/* ---- the token, the address, the path ---- */

static void token_is_secret(void **state) {
    char file[] = "/tmp/sk_token.XXXXXX", token[HTTP_HEADER_MAX] = "";
    struct stat st;
    int fd = mkstemp(file);
    (void)state;
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(http_token_read(token, sizeof token, file), ERR_FORMAT); /* empty */
    assert_int_equal(http_token_write("abc-DEF.123", file), ERR_OK);
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(http_token_read(token, sizeof token, file), ERR_OK);
    assert_string_equal(token, "abc-DEF.123");
    assert_int_equal(chmod(file, 0640), 0);
    assert_int_equal(http_token_read(token, sizeof token, file), ERR_DENIED);
    assert_int_equal(chmod(file, 0600), 0);
    assert_int_equal(http_token_write("two\nlines", file), ERR_OK);
    assert_int_equal(http_token_read(token, sizeof token, file), ERR_FORMAT);
    unlink(file);
    assert_int_equal(http_token_read(token, sizeof token, file), ERR_NOT_FOUND);
    assert_int_equal(http_token_read(token, sizeof token, "/tmp"), ERR_FORMAT);
}

static err_t open_at(const char *server) {
    struct http *h = NULL;
    err_t err =
        http_open(&h, &(struct http_config){.server = server, .connect_ms = 100, .all_ms = 100, .body_max = 1000});
    http_close(h);
    return err;
}

static void addresses(void **state) {
    static const char *const good[] = {"https://shop.example", "https://shop.example/path/", "http://127.0.0.1:9000",
                                       "http://localhost", "http://[::1]:80"};
    static const char *const bad[] = {"",
                                      "shop.example",
                                      "http://shop.example",
                                      "http://localhost.evil.example",
                                      "http://127.0.0.1.evil.example",
                                      "http://user@localhost",
                                      "https://user:pw@shop.example",
                                      "https://",
                                      "ftp://shop.example",
                                      "https://shop.example?x",
                                      "https://shop example",
                                      "file:///etc/passwd"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (open_at(good[i])) fail_msg("%s: %s", good[i], err_reason());
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (open_at(bad[i]) != ERR_ARG) fail_msg("'%s' is taken for an address", bad[i]);
}

static void paths(void **state) {
    char path[32] = "/orders/";
    (void)state;
    assert_true(http_escape(path, sizeof path, "a/../b c?\xc3\xa9"));
    assert_string_equal(path, "/orders/a%2F..%2Fb%20c%3F%C3%A9");
    assert_false(http_escape(path, sizeof path, "x"));
}

static void nobody_there(void **state) {
    struct http *h;
    struct http_answer a;
    (void)state;
    assert_int_equal(http_open(&h,
                               &(struct http_config){
                                   .server = "http://127.0.0.1:1", .connect_ms = 500, .all_ms = 500, .body_max = 1000}),
                     ERR_OK);
    http_send(h, &(struct http_request){.method = "GET", .path = "/x"}, &a);
    assert_int_equal(a.end, HTTP_OFFLINE);
    assert_non_null(strstr(a.why, "cannot be reached"));
    http_send(h, &(struct http_request){.method = "GET", .path = "/x", .token = "a\r\nHost: evil"}, &a);
    assert_int_equal(a.end, HTTP_OFFLINE);
    http_close(h);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(grows_and_ends),  cmocka_unit_test(jitter_is_a_half),
                                       cmocka_unit_test(token_is_secret), cmocka_unit_test(addresses),
                                       cmocka_unit_test(paths),           cmocka_unit_test(nobody_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
