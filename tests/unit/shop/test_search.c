#include "support.h"

static const char PRODUCTS[] =
    "id,title,brand,category,price,rating,stock,description\n"
    "m1,Whole Milk 1 l,Meadow,milk,1.49,4.2,10,Fresh from the farm\n"
    "m2,Oat Milk 1 l,Meadow,milk,2.49,4.6,10,Foams well\n"
    "m3,Milk Chocolate Bar,Cocoa Hill,sweets,1.99,4.8,10,With hazelnuts\n"
    "m4,Oat Flakes 500 g,Mill Brothers,breakfast,2.10,4.1,10,Goes with oat milk\n"
    "h1,Wireless Headphones,Sonic,electronics,59.90,4.4,3,Over ear\n"
    "h2,Headphones with Cable,Sonic,electronics,19.90,3.9,3,In ear\n"
    "h3,Cable for Headphones,Wirex,electronics,4.90,3.0,3,Two metres\n"
    "b1,AA Batteries 4 pack,Volta,electronics,3.99,4.0,0,Alkaline\n"
    "b2,AA Batteries rechargeable,Volta,electronics,12.99,4.7,5,Hold long\n"
    "t1,Tea without a price,,tea,,,,\n";

static struct search query(const char *words) {
    struct search q = {.min_price_minor = -1, .max_price_minor = -1, .limit = FOUND_MAX};
    snprintf(q.query, sizeof q.query, "%s", words);
    return q;
}

/* Ids of what is found, in order: "m2 m4". */
static const char *ids(struct shop *s, const struct search *q, int64_t *total) {
    static char text[512];
    struct product found[FOUND_MAX];
    size_t n = 99;
    assert_ok(catalog_search(s, q, found, FOUND_MAX, &n, total));
    text[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        if (i) strcat(text, " ");
        strcat(text, found[i].id);
    }
    return text;
}

static const char *find(struct shop *s, const char *words) {
    struct search q = query(words);
    return ids(s, &q, NULL);
}

static void finds_by_words(void **state) {
    struct shop *s = *state;
    assert_string_equal(find(s, "oat milk"), "m2 m4");     /* all the words first, the title before the description */
    assert_string_equal(find(s, "headphone"), "h1 h2 h3"); /* stems */
    assert_string_equal(find(s, "OAT  MILK!"), "m2 m4");
    assert_string_equal(find(s, "zebra"), "");
    assert_string_equal(find(s, "hazelnuts"), "m3");
    assert_memory_equal(find(s, "meadow milk"), "m", 1);
    assert_string_equal(find(s, "cable for headphones"),
                        "h3 h2"); /* the order of the words counts; two of three will do */
}

static void an_id_is_found_first(void **state) {
    struct shop *s = *state;
    assert_string_equal(find(s, "h3"), "h3");
    assert_string_equal(find(s, " h3 "), "h3");
}

static void words_that_are_half_there_score_below_one(void **state) {
    struct shop *s = *state;
    struct search q = query("blue headphones");
    struct product found[FOUND_MAX];
    size_t n;
    int64_t total;
    assert_ok(catalog_search(s, &q, found, FOUND_MAX, &n, &total));
    assert_int_equal(n, 3);
    assert_int_equal(total, 3);
    assert_true(found[0].score < 1 && found[0].score > 0);
    q = query("wireless headphones");
    assert_ok(catalog_search(s, &q, found, FOUND_MAX, &n, &total));
    assert_string_equal(found[0].id, "h1");
    assert_true(found[0].score >= 1);
    assert_true(found[1].score < 1);
    assert_string_equal(find(s, "a red and blue zebra with headphones"), ""); /* one word of seven is no match */
}

static void whatever_is_said_is_safe(void **state) {
    struct shop *s = *state;
    static const char *const hostile[] = {
        "\"",
        "milk\" OR \"",
        "title:milk",
        "NEAR(milk oat)",
        "milk*",
        "^milk",
        "milk AND",
        "NOT milk",
        "(",
        "{title}:x",
        "'; DROP TABLE product; --",
        "-",
        "\xE2\x84\xA2",
        "\x01\x02",
        "+ + +",
        "a b c d e f g h i j k l m n o p q r s t u v",
    };
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) assert_non_null(find(s, hostile[i]));
    assert_string_equal(find(s, "milk\"oat"), "m2 m4");
    assert_string_equal(find(s, "-"), ""); /* signs alone are not "everything" */
    char words[TITLE_MAX];
    memset(words, 'x', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    assert_string_equal(find(s, words), "");
    for (size_t i = 1; i < sizeof words - 1; i += 2) words[i] = ' ';
    assert_string_equal(find(s, words), "");
}

static void filters_narrow(void **state) {
    struct shop *s = *state;
    int64_t total;
    struct search q = query("milk");
    q.max_price_minor = 200;
    assert_string_equal(ids(s, &q, &total), "m1 m3");
    assert_int_equal(total, 2);
    q.min_price_minor = 150;
    assert_string_equal(ids(s, &q, NULL), "m3");
    q = query("milk");
    snprintf(q.brand, sizeof q.brand, "meadow");
    assert_string_equal(ids(s, &q, NULL), "m2 m1");
    q = query("");
    snprintf(q.brand, sizeof q.brand, "cocoa hill");
    assert_string_equal(ids(s, &q, NULL), "m3");
    q = query("milk");
    snprintf(q.category, sizeof q.category, "sweet"); /* as people say it */
    assert_string_equal(ids(s, &q, NULL), "m3");
    snprintf(q.category, sizeof q.category, "\"); drop");
    assert_string_equal(ids(s, &q, NULL), "");
    q = query("tea");
    assert_string_equal(ids(s, &q, NULL), "t1");
    q.max_price_minor = 100000; /* what has no price is not under any */
    assert_string_equal(ids(s, &q, NULL), "");
}

static void sorts(void **state) {
    struct shop *s = *state;
    struct search q = query("headphones");
    q.sort = SORT_PRICE_UP;
    assert_string_equal(ids(s, &q, NULL), "h3 h2 h1");
    q.sort = SORT_PRICE_DOWN;
    assert_string_equal(ids(s, &q, NULL), "h1 h2 h3");
    q.sort = SORT_RATING;
    assert_string_equal(ids(s, &q, NULL), "h1 h2 h3");
    q = query("");
    snprintf(q.category, sizeof q.category, "electronics");
    q.sort = SORT_PRICE_UP;
    assert_string_equal(ids(s, &q, NULL), "b1 h3 b2 h2 h1");
    q.sort = SORT_RATING;
    assert_string_equal(ids(s, &q, NULL), "b2 h1 b1 h2 h3");
    q.sort = SORT_NEWEST;
    assert_string_equal(ids(s, &q, NULL), "b2 b1 h3 h2 h1");
    q = query("aa batteries"); /* what is sold out sinks */
    assert_string_equal(ids(s, &q, NULL), "b2 b1");
    q.sort = (enum sort)99;
    size_t n;
    assert_int_equal(catalog_search(s, &q, NULL, 0, &n, NULL), ERR_ARG);
}

static void pages(void **state) {
    struct shop *s = *state;
    int64_t total;
    struct search q = query("");
    q.limit = 3;
    q.sort = SORT_PRICE_UP;
    assert_string_equal(ids(s, &q, &total), "m1 m3 m4");
    assert_int_equal(total, 10);
    q.offset = 8;
    assert_string_equal(ids(s, &q, &total), "h1 t1"); /* without a price: last */
    q.offset = 50;
    assert_string_equal(ids(s, &q, &total), "");
    assert_int_equal(total, 10);
    q = query("milk");
    q.limit = 1;
    q.offset = 1;
    assert_int_equal(strlen(ids(s, &q, &total)), 2);
    assert_int_equal(total, 4);
}

static void a_long_list_is_counted_to_its_end(void **state) {
    (void)state;
    char *csv = malloc(100000);
    assert_non_null(csv);
    size_t n = (size_t)sprintf(csv, "id,title,price\n");
    for (int i = 0; i < 1200; i++) n += (size_t)sprintf(csv + n, "%d,Garden Chair number %d,%d\n", i, i, i % 50 + 1);
    struct shop *s = shop_with(csv);
    free(csv);
    int64_t total;
    struct search q = query("garden chair");
    assert_true(strlen(ids(s, &q, &total)) > 0);
    assert_int_equal(total, 1200);
    q.max_price_minor = 1000;
    ids(s, &q, &total);
    assert_int_equal(total, 240);
    shop_close(s);
}

static int make(void **state) {
    if (folder_make(state)) return -1;
    *state = shop_with(PRODUCTS);
    return 0;
}

static int end(void **state) {
    shop_close(*state);
    return folder_remove(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_words),
        cmocka_unit_test(an_id_is_found_first),
        cmocka_unit_test(words_that_are_half_there_score_below_one),
        cmocka_unit_test(whatever_is_said_is_safe),
        cmocka_unit_test(filters_narrow),
        cmocka_unit_test(sorts),
        cmocka_unit_test(pages),
        cmocka_unit_test(a_long_list_is_counted_to_its_end),
    };
    return cmocka_run_group_tests(tests, make, end);
}
