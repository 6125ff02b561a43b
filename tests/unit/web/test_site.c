/* What is asked of who asks, route by route, with a speaker that answers as it is told. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"
#include "web/site.h"

static struct site site;
static struct answer answer;
static char asked[512], speaker_says[256], token[TOKEN_MAX], cookie[128], db[128];
static err_t speaker_err;

static err_t ask(void *ctx, const char *line, char *out, size_t cap) {
    (void)ctx;
    str_copy(asked, sizeof asked, line);
    str_copy(out, cap, speaker_says);
    return speaker_err;
}

static err_t findings(void *ctx, struct shop *shop, int64_t now_ms, web_finding_fn *fn, void *to) {
    (void)ctx;
    (void)now_ms;
    assert_non_null(shop);
    fn(to, "server", false, "it is away");
    return ERR_OK;
}

static int begin(void **state) {
    (void)state;
    memset(&site, 0, sizeof site);
    site.config = (struct web_config){
        .address = "", .db = db, .schema = SK_DATA_DIR "/catalog/schema", .ask = ask, .findings = findings};
    assert_ok(files_load(&site.files, SK_DATA_DIR "/models/en-US/web"));
    assert_ok(sessions_begin(&site.sessions, 0, token));
    snprintf(cookie, sizeof cookie, "shopkeeper=%s", token);
    snprintf(db, sizeof db, "/tmp/sk_web.%d.db", (int)getpid());
    asked[0] = '\0';
    strcpy(speaker_says, "{\"ok\":true}");
    speaker_err = ERR_OK;
    return 0;
}

static int end(void **state) {
    (void)state;
    json_decref(answer.json);
    answer.json = NULL;
    files_free(&site.files);
    return 0;
}

static struct request request(const char *method, const char *path, const char *body) {
    return (struct request){.method = method,
                            .path = path,
                            .host = "speaker:8080",
                            .origin = "http://speaker:8080",
                            .guard = "page",
                            .cookies = cookie,
                            .type = "application/json; charset=utf-8",
                            .body = body,
                            .body_n = strlen(body),
                            .machine = "speaker"};
}

static unsigned status_of(const struct request *r) {
    json_decref(answer.json);
    answer = (struct answer){0};
    site_answer(&site, r, &answer);
    assert_true((answer.file != NULL) != (answer.json != NULL));
    return answer.status;
}

static unsigned get(const char *path) {
    struct request r = request("GET", path, "");
    return status_of(&r);
}

static unsigned post(const char *path, const char *body) {
    struct request r = request("POST", path, body);
    return status_of(&r);
}

static const char *member(const char *key) {
    const char *text = json_string_value(json_object_get(answer.json, key));
    return text ? text : "";
}

static const struct {
    const char *method, *path, *body;
} known_only[] = {{"GET", "/api/now", ""},     {"GET", "/api/orders", ""},    {"GET", "/api/order/31602", ""},
                  {"GET", "/api/owner", ""},   {"POST", "/api/logout", "{}"}, {"POST", "/api/type", "{}"},
                  {"POST", "/api/wake", "{}"}, {"POST", "/api/mute", "{}"},   {"POST", "/api/volume", "{}"}};
enum { KNOWN_ONLY = sizeof known_only / sizeof *known_only };

static void nobody_sees_anything_without_having_logged_in(void **state) {
    (void)state;
    for (int i = 0; i < KNOWN_ONLY; i++) {
        struct request r = request(known_only[i].method, known_only[i].path, known_only[i].body);
        assert_int_not_equal(status_of(&r), 401);
        session_end(&site.sessions.v[0]);
        r.cookies = "";
        assert_int_equal(status_of(&r), 401);
        r.cookies = cookie; /* ended */
        asked[0] = '\0';
        assert_int_equal(status_of(&r), 401);
        assert_string_equal(asked, "");
        assert_ok(sessions_begin(&site.sessions, 0, token));
        snprintf(cookie, sizeof cookie, "shopkeeper=%s", token);
    }
    assert_int_equal(get("/"), 200);
    assert_string_equal(answer.file->name, "index.html");
}

static void a_page_of_elsewhere_gets_nothing(void **state) {
    (void)state;
    for (int i = 0; i < KNOWN_ONLY + 1; i++) {
        bool last = i == KNOWN_ONLY;
        struct request r =
            last ? request("GET", "/", "") : request(known_only[i].method, known_only[i].path, known_only[i].body);
        r.host = "evil.example:8080";
        assert_int_equal(status_of(&r), 403);
        if (!str_equal(r.method, "POST")) continue;
        r.host = "speaker:8080";
        r.guard = "";
        assert_int_equal(status_of(&r), 403);
        r.guard = "page";
        r.origin = "http://evil.example";
        assert_int_equal(status_of(&r), 403);
        r.origin = "";
        assert_int_not_equal(status_of(&r), 403); /* a program of the house */
        r.type = "text/plain";
        if (!str_equal(r.path, "/api/logout")) assert_int_equal(status_of(&r), 415);
        assert_ok(sessions_begin(&site.sessions, 0, token));
        snprintf(cookie, sizeof cookie, "shopkeeper=%s", token);
    }
    assert_string_equal(asked, "wake"); /* by the program of the house, and nothing later */
}

static void what_there_is_not(void **state) {
    (void)state;
    assert_int_equal(get("/api/nothing"), 404);
    assert_int_equal(get("/../shop.db"), 404);
    assert_int_equal(get("/page.css/"), 404);
    assert_int_equal(get("/api/type"), 405);
    assert_int_equal(post("/api/now", "{}"), 405);
    assert_int_equal(post("/", "{}"), 404);
    struct request r = request("DELETE", "/api/now", "");
    assert_int_equal(status_of(&r), 405);
    assert_int_equal(get("/api/order/"), 404);
    assert_int_equal(get("/api/order/31'--"), 404);
    assert_int_equal(get("/api/order/1234567890123456"), 404);
}

static void what_is_typed_is_passed_on_as_typed(void **state) {
    (void)state;
    assert_int_equal(post("/api/type", "{\"text\":\"where is my order\"}"), 200);
    assert_string_equal(asked, "type where is my order");
    assert_int_equal(post("/api/type", "{\"text\":\"a\\nask confirm maple\"}"), 400);
    assert_int_equal(post("/api/mute", "{\"muted\":true}"), 200);
    assert_string_equal(asked, "mute");
    assert_int_equal(post("/api/volume", "{\"tenths\":3}"), 200);
    assert_string_equal(asked, "volume 3");
    assert_int_equal(post("/api/volume", "{\"tenths\":11}"), 400);
    strcpy(speaker_says, "{\"error\":\"in words\",\"why\":\"deaf\"}");
    assert_int_equal(post("/api/wake", "{}"), 409);
    assert_string_equal(member("error"), "deaf");
    strcpy(speaker_says, "no JSON");
    assert_int_equal(post("/api/wake", "{}"), 503);
    speaker_err = ERR_NOT_FOUND;
    assert_int_equal(post("/api/wake", "{}"), 503);
    assert_string_equal(member("error"), "away");
}

static void the_code_lets_in(void **state) {
    (void)state;
    strcpy(speaker_says, "{\"code\":\"123456\"}");
    assert_int_equal(post("/api/login", "{\"code\":\"123456\"}"), 403);
    assert_string_equal(member("error"), "gone");
    assert_int_equal(post("/api/code", "{}"), 200);
    assert_string_equal(asked, "code");
    assert_null(json_object_get(answer.json, "code")); /* it is said, not shown */
    assert_int_equal(post("/api/login", "{\"code\":\"123457\"}"), 403);
    assert_int_equal(json_integer_value(json_object_get(answer.json, "left")), 4);
    assert_int_equal(post("/api/login", "{\"code\":\"123456\"}"), 200);
    assert_non_null(strstr(answer.cookie, "; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000"));
    char fresh[128];
    str_copy(fresh, sizeof fresh, answer.cookie);
    struct request r = request("POST", "/api/logout", "{}");
    r.cookies = fresh;
    assert_int_equal(status_of(&r), 200);
    assert_non_null(strstr(answer.cookie, "Max-Age=0"));
    assert_int_equal(status_of(&r), 401);
}

static void it_does_not_babble(void **state) {
    (void)state;
    strcpy(speaker_says, "{\"error\":\"busy: somebody talks with it\",\"why\":\"busy\"}");
    for (int i = 0; i < 10; i++) assert_int_equal(post("/api/code", "{}"), 409); /* nothing was said */
    strcpy(speaker_says, "{\"code\":\"123456\"}");
    for (int i = 0; i < 3; i++) assert_int_equal(post("/api/code", "{}"), 200);
    asked[0] = '\0';
    assert_int_equal(post("/api/code", "{}"), 429);
    assert_true(json_integer_value(json_object_get(answer.json, "seconds")) > 590);
    assert_string_equal(asked, "");
}

static void half_of_it_is_shown_where_the_other_is_missing(void **state) {
    (void)state;
    struct shop *shop;
    strcpy(speaker_says, "{\"state\":\"idle\",\"volume\":8,\"captured_frames\":1}");
    assert_int_equal(get("/api/now"), 200);
    assert_string_equal(member("store"), "none");
    assert_int_equal(get("/api/orders"), 503);
    assert_ok(shop_open(&shop, db, SK_DATA_DIR "/catalog/schema"));
    assert_ok(conversation_note(shop, "shopper", "<b>hello</b>", "", 5));
    speaker_err = ERR_NOT_FOUND;
    assert_int_equal(get("/api/now"), 200);
    assert_string_equal(member("store"), "ok");
    assert_true(json_is_false(json_object_get(json_object_get(answer.json, "speaker"), "answers")));
    json_t *turn = json_array_get(json_object_get(answer.json, "turns"), 0);
    assert_string_equal(json_string_value(json_object_get(turn, "text")), "<b>hello</b>");
    assert_int_equal(get("/api/orders"), 200);
    assert_int_equal(get("/api/order/31602"), 404);
    assert_int_equal(get("/api/owner"), 200);
    shop_close(shop);
    unlink(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_sees_anything_without_having_logged_in, begin, end),
        cmocka_unit_test_setup_teardown(a_page_of_elsewhere_gets_nothing, begin, end),
        cmocka_unit_test_setup_teardown(what_there_is_not, begin, end),
        cmocka_unit_test_setup_teardown(what_is_typed_is_passed_on_as_typed, begin, end),
        cmocka_unit_test_setup_teardown(the_code_lets_in, begin, end),
        cmocka_unit_test_setup_teardown(it_does_not_babble, begin, end),
        cmocka_unit_test_setup_teardown(half_of_it_is_shown_where_the_other_is_missing, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
