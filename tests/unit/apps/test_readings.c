#include "apps/readings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"
#include "hear/lexicon.h"

#define assert_ok(call)                                    \
    do {                                                   \
        if (call) fail_msg("%s: %s", #call, err_reason()); \
    } while (0)

static char folder[64];
static struct assistant assistant;

static void write_file(const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static int open_shop(void **state) {
    (void)state;
    static const char *const words[] = {"ps", "ps4", "for", "four", "game", "games", "kids", "console"};
    struct settings s;
    char dictionary[128];
    strcpy(folder, "/tmp/sk_readings.XXXXXX");
    assert_non_null(mkdtemp(folder));
    write_file("shop.ini", "[shop]\nname = Toys\nassistant = Robin\ncurrency = USD\ntimezone = UTC\n");
    write_file("products.csv",
               "id,title,price\n1,PS4 console,90\n2,Games for kids,9\n3,Red lamp,3\n"
               "4,Screen for projector,5\n5,Protector for the screen of a phone,2\n6,Projector screen,8\n");
    write_file("dict",
               "console K AA N S OW L\nfor F AO R\nfor(2) F ER\nfour F AO R\ngame G EY M\ngames G EY M Z\n"
               "kids K IH D Z\nps P IY EH S\nps4 P IY EH S F AO R\n");
    assert_ok(settings_load(&s, NULL));
    str_copy(s.shop_dir, sizeof s.shop_dir, folder);
    assert_ok(assistant_open(&assistant, &s, 0, INT64_C(1778846400000)));
    snprintf(dictionary, sizeof dictionary, "%s/dict", folder);
    assert_ok(lexicon_load(&assistant.lexicon, dictionary, NULL, words, sizeof words / sizeof *words));
    return 0;
}

static int close_shop(void **state) {
    (void)state;
    char command[128];
    assistant_close(&assistant);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static void expect_query(const char *heard, const char *query) {
    static struct hear_result result;
    struct intent in;
    bool sold;
    str_copy(result.text, sizeof result.text, heard);
    assert_ok(readings_choose(&assistant, states_find(&assistant.states, "open"), &result, &in, &sold));
    assert_true(sold);
    assert_string_equal(intent_name(in.id), "search_product");
    assert_int_equal(in.n_slots, 1);
    assert_string_equal(in.slots[0].text, query);
}

static void two_words_may_be_one_that_sounds_like_them(void **state) {
    (void)state;
    expect_query("find ps for console", "ps4 console");
    expect_query("find ps four", "ps4");
    expect_query("find console ps for", "console ps4");
}

static void what_the_shop_has_stays(void **state) {
    (void)state;
    expect_query("find games for kids", "games for kids");
    expect_query("find ps4 console", "ps4 console");
    expect_query("find lamp", "lamp");
}

/* What was heard, and another reading of it that costs so many nats. */
static void expect_reading(const char *heard, const char *other, float cost, const char *query, bool expected) {
    static struct hear_result result;
    struct intent in;
    bool sold;
    str_copy(result.text, sizeof result.text, heard);
    str_copy(result.readings[0].text, sizeof result.readings[0].text, other);
    result.readings[0].cost = cost;
    result.n_readings = 1;
    assert_ok(readings_choose(&assistant, states_find(&assistant.states, "open"), &result, &in, &sold));
    assert_true(in.n_slots == 1);
    assert_string_equal(in.slots[0].text, query);
    assert_true(sold == expected);
}

static void words_that_stand_side_by_side_are_meant(void **state) {
    (void)state;
    expect_reading("find protector screen", "find projector screen", 9, "projector screen", true);
    expect_reading("find protector screen", "find projector screen", 90, "protector screen", true);
    expect_reading("find projector screen", "find protector screen", 0, "projector screen", true);
}

static void what_the_shop_lacks_is_known(void **state) {
    (void)state;
    expect_reading("find red phone", "find red lamp", 50, "red lamp", true);
    expect_reading("find red phone", "find red lamp", 200, "red phone", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_words_may_be_one_that_sounds_like_them),
        cmocka_unit_test(what_the_shop_has_stays),
        cmocka_unit_test(words_that_stand_side_by_side_are_meant),
        cmocka_unit_test(what_the_shop_lacks_is_known),
    };
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
