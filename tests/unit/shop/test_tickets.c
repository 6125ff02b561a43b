/* Tickets, what is known and forgotten, feedback. */
#include "support.h"

#include "shop/known.h"
#include "shop/tickets.h"

static struct ticket opened(struct shop *s, const char *key, int64_t now_ms) {
    struct ticket t;
    bool again;
    assert_ok(ticket_open(s, key, "asked", "where is my parcel", now_ms, &t, &again));
    return t;
}

static void a_customer_has_one_open_ticket_and_one_outbox_row(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct ticket t;
    bool again = true;
    assert_int_equal(ticket_current(s, &t), ERR_NOT_FOUND);
    assert_ok(ticket_open(s, "k1", "asked", "where is my parcel", NOW, &t, &again));
    assert_false(again);
    assert_string_equal(t.code, "101");
    assert_string_equal(t.question, "where is my parcel");
    assert_ok(ticket_open(s, "k2", "anger", "other", NOW, &t, &again));
    assert_true(again);
    assert_string_equal(t.code, "101");
    assert_string_equal(t.why, "asked");
    assert_int_equal(count(s, "SELECT count(*) FROM outbox WHERE kind = 'handover'"), 1);
    assert_ok(ticket_close(s, "101", NULL, NOW));
    assert_string_equal(opened(s, "k3", NOW).code, "102");
    assert_int_equal(ticket_open(s, "", "asked", "", NOW, &t, &again), ERR_ARG);
    shop_close(s);
}

/* The outbox row cannot be written (its key is taken): no ticket either. */
static void a_ticket_comes_with_its_outbox_row_or_not_at_all(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct ticket t;
    bool again;
    opened(s, "same", NOW);
    assert_ok(ticket_close(s, "101", NULL, NOW));
    assert_int_equal(ticket_open(s, "same", "asked", "", NOW, &t, &again), ERR_ARG);
    assert_int_equal(count(s, "SELECT count(*) FROM ticket"), 1);
    shop_close(s);
}

static void messages_are_told_once_and_in_their_order(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct person_message m;
    bool any;
    opened(s, "k", NOW);
    assert_ok(ticket_say(s, "101", "my milk was sour", NOW + 1));
    assert_ok(ticket_unheard(s, &m, &any));
    assert_false(any); /* the shopper's own */
    assert_ok(ticket_answer(s, "101", "Alex", "Hello", NOW + 2));
    assert_ok(ticket_answer(s, "101", "Alex", "I'll send another", NOW + 3));
    assert_ok(ticket_close(s, "101", "Alex", NOW + 4));
    static const char *const texts[] = {"Hello", "I'll send another", ""};
    for (int i = 0; i < 3; i++) {
        assert_ok(ticket_unheard(s, &m, &any));
        assert_true(any);
        assert_string_equal(m.text, texts[i]);
        assert_string_equal(m.name, "Alex");
        assert_int_equal(m.closed, i == 2);
        assert_ok(ticket_heard(s, m.id, NOW + 5));
    }
    assert_ok(ticket_unheard(s, &m, &any));
    assert_false(any);
    shop_close(s);
}

static void what_a_person_writes_is_checked(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    char longest[MESSAGE_MAX + 1];
    memset(longest, 'x', MESSAGE_MAX);
    longest[MESSAGE_MAX] = '\0';
    opened(s, "k", NOW);
    assert_int_equal(ticket_answer(s, "101", "Alex", longest, NOW), ERR_RANGE);
    longest[MESSAGE_MAX - 1] = '\0';
    assert_ok(ticket_answer(s, "101", "Alex", longest, NOW));
    assert_int_equal(ticket_answer(s, "101", "Alex", "  ", NOW), ERR_ARG);
    assert_int_equal(ticket_answer(s, "101", "Alex", "two\nlines", NOW), ERR_ARG);
    assert_int_equal(ticket_answer(s, "101", "Alex", "\xff\xfe", NOW), ERR_ARG);
    assert_int_equal(ticket_answer(s, "101", "", "hello", NOW), ERR_ARG);
    assert_int_equal(ticket_answer(s, "102", "Alex", "hello", NOW), ERR_NOT_FOUND);
    assert_int_equal(ticket_answer(s, "101' OR 1", "Alex", "hello", NOW), ERR_NOT_FOUND);
    assert_ok(ticket_close(s, "101", "Alex", NOW));
    assert_int_equal(ticket_answer(s, "101", "Alex", "hello", NOW), ERR_NOT_FOUND);
    assert_int_equal(ticket_say(s, "101", "hello", NOW), ERR_NOT_FOUND);
    assert_int_equal(ticket_close(s, "101", "Alex", NOW), ERR_NOT_FOUND);
    assert_reason("ticket 101 is closed");
    shop_close(s);
}

struct lines {
    int n;
    char first[64], last[64];
};

static void add_line(void *ctx, const struct ticket_line *line) {
    struct lines *lines = ctx;
    if (!lines->n++) snprintf(lines->first, sizeof lines->first, "%s", line->text);
    snprintf(lines->last, sizeof lines->last, "%s", line->text);
}

static void the_transcript_is_of_this_session(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct lines lines = {0};
    assert_ok(conversation_note(s, "shopper", "of yesterday", "", NOW - DAY));
    assert_ok(conversation_note(s, "shopper", "where is it", "order_status", NOW - 20000));
    assert_ok(conversation_note(s, "assistant", "on its way", "status.shipped", NOW - 19000));
    assert_ok(conversation_note(s, "shopper", "a person please", "human_agent", NOW));
    struct ticket t = opened(s, "k", NOW);
    assert_ok(conversation_note(s, "shopper", "later", "", NOW + 5000));
    assert_ok(ticket_transcript(s, &t, add_line, &lines));
    assert_int_equal(lines.n, 3);
    assert_string_equal(lines.first, "where is it");
    assert_string_equal(lines.last, "a person please");
    shop_close(s);
}

static void keep_last(void *ctx, const struct ticket *t) {
    *(struct ticket *)ctx = *t;
}

static void the_desk_sees_who_waits(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    struct ticket t = {0};
    opened(s, "k", NOW);
    assert_ok(ticket_say(s, "101", "one", NOW));
    assert_ok(ticket_say(s, "101", "two", NOW));
    assert_ok(ticket_list(s, false, keep_last, &t));
    assert_int_equal(t.waiting, 2);
    assert_false(t.answered);
    assert_ok(ticket_answer(s, "101", "Alex", "yes", NOW));
    assert_ok(ticket_find(s, "101", &t));
    assert_int_equal(t.waiting, 0);
    assert_true(t.answered);
    assert_ok(ticket_close(s, "101", "Alex", NOW + 1));
    t = (struct ticket){0};
    assert_ok(ticket_list(s, false, keep_last, &t));
    assert_int_equal(t.id, 0);
    assert_ok(ticket_list(s, true, keep_last, &t));
    assert_int_equal(t.closed_ms, NOW + 1);
    assert_string_equal(t.closed_by, "Alex");
    shop_close(s);
}

/* ---- known, forgotten ---- */

static bool file_has(const char *path, const char *words) {
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    static char bytes[1 << 22];
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    return memmem(bytes, n, words, strlen(words)) != NULL;
}

static void what_is_forgotten_is_not_in_the_file_any_more(void **state) {
    (void)state;
    struct shop *s = NULL;
    struct known_customer known;
    const char *db = path_of("forget.db");
    char wal[300];
    snprintf(wal, sizeof wal, "%s-wal", db);
    assert_ok(shop_open(&s, db, SCHEMA));
    struct import_report report = report_make();
    assert_ok(shop_load(s, SK_DATA_DIR "/catalog/grocer", NULL, &report, NOW));
    assert_ok(conversation_note(s, "shopper", "find zanzibar pepper", "search_product", NOW));
    opened(s, "k", NOW);
    assert_ok(ticket_say(s, "101", "about my zanzibar pepper", NOW));
    assert_ok(ticket_close(s, "101", NULL, NOW));
    opened(s, "k2", NOW); /* is not finished: stays */
    assert_ok(feedback_add(s, 4, "", NOW));
    assert_ok(known_get(s, &known));
    assert_int_equal(known.turns, 1);
    assert_true(known.orders > 0);
    assert_true(file_has(db, "zanzibar") || file_has(wal, "zanzibar"));
    int orders = known.orders;
    struct product usual[3];
    size_t n_usual;
    assert_ok(orders_usual(s, usual, 3, &n_usual, NOW));
    assert_true(n_usual > 0);
    assert_ok(known_forget(s, NOW));
    assert_false(file_has(db, "zanzibar"));
    assert_false(file_has(wal, "zanzibar"));
    assert_ok(known_get(s, &known));
    assert_int_equal(known.turns, 0);
    assert_int_equal(known.orders, orders);
    /* habits are forgotten, though the orders are there: what is usual is what everybody buys */
    assert_ok(orders_usual(s, usual, 3, &n_usual, NOW));
    assert_int_equal(count(s, "SELECT count(*) FROM forgotten"), 1);
    assert_int_equal(count(s, "SELECT count(*) FROM ticket"), 1);
    assert_int_equal(count(s, "SELECT count(*) FROM outbox WHERE kind = 'handover'"), 1);
    assert_int_equal(count(s, "SELECT count(*) FROM feedback WHERE customer IS NULL AND stars = 4"), 1);
    shop_close(s);
}

static void not_listening_outlives_a_restart(void **state) {
    (void)state;
    struct shop *s = NULL;
    bool deaf = true;
    const char *db = path_of("deaf.db");
    assert_ok(shop_open(&s, db, SCHEMA));
    assert_ok(known_deaf(s, &deaf));
    assert_false(deaf);
    assert_ok(known_set_deaf(s, true));
    shop_close(s);
    assert_ok(shop_open(&s, db, SCHEMA));
    assert_ok(known_deaf(s, &deaf));
    assert_true(deaf);
    shop_close(s);
}

static void a_comment_goes_to_the_stars_before_it(void **state) {
    (void)state;
    struct shop *s = shop_cafe();
    assert_ok(feedback_add(s, 2, "", NOW));
    assert_ok(feedback_add(s, 0, "too slow", NOW + 10000));
    assert_int_equal(count(s, "SELECT count(*) FROM feedback"), 1);
    assert_int_equal(count(s, "SELECT stars FROM feedback WHERE comment = 'too slow'"), 2);
    assert_ok(feedback_add(s, 0, "and rude", NOW + 20000)); /* a second one is its own */
    assert_ok(feedback_add(s, 5, "", NOW + 30000));
    assert_ok(feedback_add(s, 0, "much later", NOW + DAY));
    assert_int_equal(count(s, "SELECT count(*) FROM feedback WHERE stars IS NULL"), 2);
    assert_int_equal(feedback_add(s, 6, "", NOW), ERR_RANGE);
    assert_int_equal(feedback_add(s, -1, "", NOW), ERR_RANGE);
    assert_int_equal(feedback_add(s, 0, "", NOW), ERR_ARG);
    shop_close(s);
}

/* A shop that has named no customer. */
static void a_guest_may_do_all_of_it(void **state) {
    (void)state;
    struct shop *s = shop_with("id,title,price\n1,Milk,2.00\n");
    struct known_customer known;
    assert_string_equal(opened(s, "k", NOW).customer, "");
    assert_ok(feedback_add(s, 3, "", NOW));
    assert_ok(known_get(s, &known));
    assert_ok(known_forget(s, NOW));
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_customer_has_one_open_ticket_and_one_outbox_row),
                                       cmocka_unit_test(a_ticket_comes_with_its_outbox_row_or_not_at_all),
                                       cmocka_unit_test(messages_are_told_once_and_in_their_order),
                                       cmocka_unit_test(what_a_person_writes_is_checked),
                                       cmocka_unit_test(the_transcript_is_of_this_session),
                                       cmocka_unit_test(the_desk_sees_who_waits),
                                       cmocka_unit_test(what_is_forgotten_is_not_in_the_file_any_more),
                                       cmocka_unit_test(not_listening_outlives_a_restart),
                                       cmocka_unit_test(a_comment_goes_to_the_stars_before_it),
                                       cmocka_unit_test(a_guest_may_do_all_of_it)};
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
