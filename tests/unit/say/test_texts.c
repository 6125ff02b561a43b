/* Reply files, the choice of wording, and arguments for the eye and for the ear. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "folder.h"
#include "say/texts.h"

/* Tuesday, May 5, 2026, 10:40 in New York */
static const int64_t NOW = 1777992000000;
static const int64_t HOUR = 3600000, DAY = 86400000;

static struct texts *open_texts(const char *replies) {
    struct folder f = folder_make(replies, NULL, NULL);
    struct texts *t = NULL;
    if (texts_load(&t, "en-US", f.replies, NULL)) fail_msg("%s", err_reason());
    folder_remove(&f);
    assert_int_equal(texts_timezone(t, "America/New_York"), ERR_OK);
    return t;
}

static void expect(struct texts *t, const struct reply *r, int64_t now, const char *shown, const char *spoken) {
    char eye[SAID_MAX], ear[SAID_MAX];
    if (texts_format(t, r, now, 0, eye, sizeof eye, ear, sizeof ear)) fail_msg("%s", err_reason());
    assert_string_equal(eye, shown);
    assert_string_equal(ear, spoken);
}

/* ---- arguments ---- */

static void money(void **state) {
    (void)state;
    static const struct {
        int64_t minor;
        const char *currency, *shown, *spoken;
    } cases[] = {
        {349, "USD", "$3.49", "three dollars and forty-nine cents"},
        {100, "USD", "$1.00", "one dollar"},
        {101, "USD", "$1.01", "one dollar and one cent"},
        {99, "USD", "$0.99", "ninety-nine cents"},
        {0, "USD", "$0.00", "zero dollars"},
        {-250, "USD", "-$2.50", "minus two dollars and fifty cents"},
        {129900, "USD", "$1,299.00", "one thousand two hundred ninety-nine dollars"},
        {350, "EUR", "€3.50", "three euros and fifty cents"},
        {100, "EUR", "€1.00", "one euro"},
        {201, "GBP", "£2.01", "two pounds and one penny"},
        {500, "JPY", "¥500", "five hundred yen"},
        {1, "JPY", "¥1", "one yen"},
        {349, "CHF", "CHF 3.49", "three point four nine Swiss francs"},
        {1500, "KWD", "KWD 1.500", "one point five Kuwaiti dinars"},
        {1000000000000000, "USD", "$10,000,000,000,000.00", "ten trillion dollars"},
    };
    struct texts *t = open_texts("[m]\n{m}\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply r = reply_make("m");
        reply_money(&r, "m", cases[i].minor, cases[i].currency);
        expect(t, &r, NOW, cases[i].shown, cases[i].spoken);
    }
    texts_free(t);
}

static void money_that_is_none(void **state) {
    (void)state;
    static const char *const codes[] = {"", "US", "usd", "U$D", "USDX", "\xFF\xFF\xFF"};
    struct texts *t = open_texts("[m]\n{m}\n");
    char buf[64];
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct reply r = reply_make("m");
        reply_money(&r, "m", 1, codes[i]);
        assert_int_equal(texts_format(t, &r, NOW, 0, buf, sizeof buf, NULL, 0), ERR_ARG);
    }
    struct reply r = reply_make("m");
    reply_money(&r, "m", INT64_MIN, "USD");
    assert_int_equal(texts_format(t, &r, NOW, 0, NULL, 0, buf, sizeof buf), ERR_ARG);
    assert_string_equal(err_reason(),
                        "our own mistake in the reply 'm', wording 1: the argument 'm': "
                        "-9223372036854775808 is too much money");
    texts_free(t);
}

static void numbers(void **state) {
    (void)state;
    static const struct {
        int64_t milli;
        const char *shown, *spoken;
    } cases[] = {
        {0, "0", "zero"},
        {2000, "2", "two"},
        {2500, "2.5", "two and a half"},
        {500, "0.5", "a half"},
        {-500, "-0.5", "minus zero point five"},
        {4250, "4.25", "four point two five"},
        {1, "0.001", "zero point zero zero one"},
        {1250000, "1,250", "one thousand two hundred fifty"},
        {9007199254740000, "9,007,199,254,740",
         "nine trillion seven billion one hundred ninety-nine million two hundred fifty-four thousand seven hundred "
         "forty"},
    };
    struct texts *t = open_texts("[n]\n{n}\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply r = reply_make("n");
        reply_number(&r, "n", cases[i].milli);
        expect(t, &r, NOW, cases[i].shown, cases[i].spoken);
    }
    struct reply least = reply_make("n");
    reply_number(&least, "n", INT64_MIN);
    char shown[64], spoken[SAID_MAX];
    assert_int_equal(texts_format(t, &least, NOW, 0, shown, sizeof shown, spoken, sizeof spoken), ERR_OK);
    assert_string_equal(shown, "-9,223,372,036,854,775.808");
    texts_free(t);
}

static void styles_of_numbers(void **state) {
    (void)state;
    struct texts *t = open_texts(
        "[o]\nthe {n, ordinal}\n"
        "[s]\n{n, spellout}\n"
        "[so]\n{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}\n"
        "[p]\n{n, plural, =0 {nothing} =0.5 {half a kilo} one {# kilo} other {# kilos}}\n");
    struct reply r = reply_make("o");
    reply_number(&r, "n", 22000);
    expect(t, &r, NOW, "the 22nd", "the twenty-second");
    strcpy(r.id, "s");
    expect(t, &r, NOW, "twenty-two", "twenty-two");
    strcpy(r.id, "so");
    expect(t, &r, NOW, "22nd", "22nd");
    strcpy(r.id, "p");
    expect(t, &r, NOW, "22 kilos", "twenty-two kilos");
    r.args[0].number = 1000;
    expect(t, &r, NOW, "1 kilo", "one kilo");
    r.args[0].number = 500;
    expect(t, &r, NOW, "half a kilo", "half a kilo");
    r.args[0].number = 1500;
    expect(t, &r, NOW, "1.5 kilos", "one and a half kilos");
    char buf[64];
    strcpy(r.id, "o");
    assert_int_equal(texts_format(t, &r, NOW, 0, buf, sizeof buf, NULL, 0), ERR_ARG);
    texts_free(t);
}

static void dates(void **state) {
    (void)state;
    static const struct {
        int64_t from_now;
        const char *shown, *spoken;
    } cases[] = {
        {0, "Tuesday, May 5", "today"},
        {13 * 3600000 + 19 * 60000, "Tuesday, May 5", "today"},      /* 23:59 */
        {13 * 3600000 + 20 * 60000, "Wednesday, May 6", "tomorrow"}, /* 0:00 */
        {-10 * 3600000 - 40 * 60000, "Tuesday, May 5", "today"},     /* 0:00 */
        {-10 * 3600000 - 41 * 60000, "Monday, May 4", "yesterday"},  /* 23:59 */
        {2 * 86400000, "Thursday, May 7", "on Thursday"},
        {6 * 86400000LL, "Monday, May 11", "on Monday"},
        {7 * 86400000LL, "Tuesday, May 12", "on the twelfth of May"},
        {-2 * 86400000, "Sunday, May 3", "last Sunday"},
        {-7 * 86400000LL, "Tuesday, April 28", "last Tuesday"},
        {-8 * 86400000LL, "Monday, April 27", "on the twenty-seventh of April"},
        {365 * 86400000LL, "Wednesday, May 5, 2027", "on the fifth of May twenty twenty-seven"},
    };
    struct texts *t = open_texts("[d]\n{d}\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply r = reply_make("d");
        reply_date(&r, "d", NOW + cases[i].from_now);
        expect(t, &r, NOW, cases[i].shown, cases[i].spoken);
    }
    texts_free(t);
}

static void dates_are_of_the_shop(void **state) {
    (void)state;
    struct texts *t = open_texts("[d]\n{d}\n");
    struct reply r = reply_make("d");
    reply_date(&r, "d", NOW + 6 * HOUR); /* 16:40 in New York, 5:40 of the next day in Tokyo */
    expect(t, &r, NOW, "Tuesday, May 5", "today");
    assert_int_equal(texts_timezone(t, "Asia/Tokyo"), ERR_OK); /* it is 23:40 there */
    expect(t, &r, NOW, "Wednesday, May 6", "tomorrow");
    assert_int_equal(texts_timezone(t, "Europe/Berlin"), ERR_OK); /* clocks went forward on March 29 */
    int64_t saturday = 1774738800000;                             /* 2026-03-29 00:00 there */
    r.args[0].number = saturday + 23 * HOUR;                      /* 2026-03-30 00:00, a day of 23 hours later */
    expect(t, &r, saturday, "Monday, March 30", "tomorrow");
    texts_free(t);
}

static void new_year(void **state) {
    (void)state;
    struct texts *t = open_texts("[d]\n{d}\n");
    int64_t new_years_eve = 1798693200000; /* 2026-12-31 00:00 in New York */
    struct reply r = reply_make("d");
    reply_date(&r, "d", new_years_eve + DAY);
    expect(t, &r, new_years_eve, "Friday, January 1, 2027", "tomorrow");
    texts_free(t);
}

static void bad_zones_and_dates(void **state) {
    (void)state;
    struct texts *t = open_texts("[d]\n{d}\n[t]\n{d}\n");
    char buf[64];
    assert_int_equal(texts_timezone(t, "Mars/Olympus"), ERR_ARG);
    assert_string_equal(err_reason(), "'Mars/Olympus' is no time zone such as Europe/Berlin");
    assert_int_equal(texts_timezone(t, ""), ERR_ARG);
    assert_int_equal(texts_timezone(t, "Europe/\xC3\x84"), ERR_ARG);
    char longest[400];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(texts_timezone(t, longest), ERR_ARG);
    static const int64_t beyond[] = {INT64_MIN, INT64_MAX, 253402300800000, -62135596800001};
    for (int i = 0; i < 4; i++) {
        struct reply r = reply_make("d");
        reply_date(&r, "d", beyond[i]);
        assert_int_equal(texts_format(t, &r, NOW, 0, buf, sizeof buf, buf, sizeof buf), ERR_ARG);
        strcpy(r.id, "t");
        r.args[0].kind = ARG_TIME;
        assert_int_equal(texts_format(t, &r, NOW, 0, buf, sizeof buf, buf, sizeof buf), ERR_ARG);
    }
    struct reply r = reply_make("d"); /* the zone of before still holds */
    reply_date(&r, "d", NOW);
    expect(t, &r, NOW, "Tuesday, May 5", "today");
    texts_free(t);
}

static void times(void **state) {
    (void)state;
    static const struct {
        int minutes;
        const char *shown, *spoken;
    } cases[] = {
        {0, "at 12:00 AM.", "at midnight."},
        {1, "at 12:01 AM.", "at twelve oh one a.m."},
        {10 * 60 + 40, "at 10:40 AM.", "at ten forty a.m."},
        {12 * 60, "at 12:00 PM.", "at noon."},
        {12 * 60 + 5, "at 12:05 PM.", "at twelve oh five p.m."},
        {17 * 60, "at 5:00 PM.", "at five p.m."},
        {23 * 60 + 59, "at 11:59 PM.", "at eleven fifty-nine p.m."},
    };
    struct texts *t = open_texts("[t]\nat {t}.\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply r = reply_make("t");
        reply_time(&r, "t", NOW - (10 * 60 + 40) * 60000 + cases[i].minutes * 60000);
        expect(t, &r, NOW, cases[i].shown, cases[i].spoken);
    }
    texts_free(t);
}

static void digits(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"7", "seven"},
        {"12", "one two"},
        {"123", "one two three"},
        {"1234", "one two, three four"},
        {"12345", "one two three, four five"},
        {"1000007", "one zero zero, zero zero, zero seven"},
        {"555-0142", "five five five, zero one, four two"},
        {"A12", "A one two"},
        {"--", ""},
    };
    struct texts *t = open_texts("[d]\n{d}\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply r = reply_make("d");
        reply_digits(&r, "d", cases[i][0]);
        expect(t, &r, NOW, cases[i][0], cases[i][1]);
    }
    texts_free(t);
}

static void lists(void **state) {
    (void)state;
    struct texts *t = open_texts("[l]\n{l}\n");
    struct reply r = reply_make("l");
    reply_list_add(&r, "l", "milk 1 l");
    expect(t, &r, NOW, "milk 1 l", "milk one liter");
    reply_list_add(&r, "l", "bread");
    expect(t, &r, NOW, "milk 1 l and bread", "milk one liter and bread");
    reply_list_add(&r, "l", "");
    reply_list_add(&r, "l", "eggs");
    expect(t, &r, NOW, "milk 1 l, bread, and eggs", "milk one liter, bread, and eggs");
    assert_int_equal(r.n_args, 1);
    texts_free(t);
}

static void long_lists_keep_whole_items(void **state) {
    (void)state;
    struct texts *t = open_texts("[l]\n{l}\n");
    struct reply r = reply_make("l");
    for (int i = 0; i < 200; i++) reply_list_add(&r, "l", i % 2 ? "x" : "a rather long name of a product");
    char eye[SAID_MAX], ear[SAID_MAX], tiny[8];
    assert_int_equal(texts_format(t, &r, NOW, 0, eye, sizeof eye, ear, sizeof ear), ERR_OK);
    assert_null(strstr(eye, "produ,"));
    assert_int_equal(texts_format(t, &r, NOW, 0, tiny, sizeof tiny, tiny, sizeof tiny), ERR_OK);
    assert_string_equal(tiny, "a rathe");
    texts_free(t);
}

static void texts_for_the_ear(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"Barilla No. 5, 500 g", "Barilla No. 5, 500 g", "Barilla number five, five hundred grams"},
        {"USB cable - 1.5 m", "USB cable - 1.5 m", "U.S.B cable, one point five meters"},
        {"DVDs & more!", "DVDs & more!", "D.V.Ds and more!"},
        {"12 Main St, Springfield", "12 Main St, Springfield", "twelve Main St, Springfield"},
        {"\xE4\xBD\xA0\xE5\xA5\xBD", "\xE4\xBD\xA0\xE5\xA5\xBD", "\xE4\xBD\xA0\xE5\xA5\xBD"},
        {"bell\a tab\tend\xFF\xC0\x80!", "bell tab end!", "bell tab end!"},
        {"\xE2\x80\xAEreversed", "reversed", "reversed"},
        {"", "", ""},
    };
    struct texts *t = open_texts("[x]\n{x}\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply r = reply_make("x");
        reply_text(&r, "x", cases[i][0]);
        expect(t, &r, NOW, cases[i][1], cases[i][2]);
    }
    texts_free(t);
}

/* ---- wordings ---- */

static void a_wording_is_not_repeated(void **state) {
    (void)state;
    struct texts *t = open_texts("[many]\none\ntwo\nthree\n[single]\nonly\n");
    struct reply r = reply_make("many");
    char last[16] = "", buf[16];
    int seen[3] = {0};
    for (unsigned pick = 0; pick < 300; pick++) {
        assert_int_equal(texts_format(t, &r, NOW, pick * pick / 7, buf, sizeof buf, NULL, 0), ERR_OK);
        assert_string_not_equal(buf, last);
        strcpy(last, buf);
        seen[buf[0] == 'o' ? 0 : buf[1] == 'w' ? 1 : 2]++;
    }
    for (int i = 0; i < 3; i++) assert_true(seen[i] > 50);
    struct reply single = reply_make("single");
    expect(t, &single, NOW, "only", "only");
    expect(t, &single, NOW, "only", "only");
    texts_free(t);
}

static void mistakes_of_ours(void **state) {
    (void)state;
    struct texts *t = open_texts("[a]\n{x} {y}\n");
    struct reply r = reply_make("b");
    char buf[32] = "untouched";
    assert_int_equal(texts_format(t, &r, NOW, 0, buf, sizeof buf, NULL, 0), ERR_NOT_FOUND);
    assert_string_equal(err_reason(), "our own mistake: there is no reply 'b'");
    r = reply_make("a");
    reply_text(&r, "x", "1");
    assert_int_equal(texts_format(t, &r, NOW, 0, buf, sizeof buf, NULL, 0), ERR_ARG);
    assert_string_equal(err_reason(), "our own mistake in the reply 'a', wording 1: the argument 'y' is missing");
    assert_string_equal(buf, "untouched");
    texts_free(t);
}

static void ids_and_arguments(void **state) {
    (void)state;
    struct texts *t = open_texts("[a.b]\n{x} {y}\n{n, plural, other {{y}}}\n[c-1]\nnone\n");
    const char *names[4];
    size_t n = 9;
    assert_string_equal(texts_id(t, 0), "a.b");
    assert_string_equal(texts_id(t, 1), "c-1");
    assert_null(texts_id(t, 2));
    assert_int_equal(texts_arguments(t, "a.b", names, 4, &n), ERR_OK);
    assert_int_equal(n, 3);
    assert_string_equal(names[0], "x");
    assert_string_equal(names[1], "y");
    assert_string_equal(names[2], "n");
    assert_int_equal(texts_arguments(t, "c-1", names, 4, &n), ERR_OK);
    assert_int_equal(n, 0);
    assert_int_equal(texts_arguments(t, "a.b", names, 2, &n), ERR_FULL);
    assert_int_equal(texts_arguments(t, "d", names, 4, &n), ERR_NOT_FOUND);
    texts_free(t);
}

/* ---- files ---- */

static void a_shop_has_its_manner(void **state) {
    (void)state;
    struct folder f = folder_make("[hello]\nHi.\n[hello:formal]\nGood day.\n[hello:brief]\nYes?\n[bye]\nBye.\n"
                                  "[bye:brief]\nBye!\n[thanks]\nThanks.\n[thanks:formal]\nThank you.\n",
                                  "[thanks]\nCheers.\n", NULL);
    struct texts *t = NULL;
    if (texts_load(&t, "en-US", f.replies, f.extra)) fail_msg("%s", err_reason());
    folder_remove(&f);
    struct reply hello = reply_make("hello"), bye = reply_make("bye"), thanks = reply_make("thanks");
    expect(t, &hello, NOW, "Hi.", "Hi.");
    assert_int_equal(texts_manner(t, "formal brief"), ERR_OK);
    expect(t, &hello, NOW, "Good day.", "Good day."); /* the first that there is */
    expect(t, &bye, NOW, "Bye!", "Bye!");
    expect(t, &thanks, NOW, "Cheers.", "Cheers."); /* the shop's own words come before the locale's manners */
    assert_int_equal(texts_manner(t, ""), ERR_OK);
    expect(t, &hello, NOW, "Hi.", "Hi.");
    assert_int_equal(texts_manner(t, "fomal"), ERR_NOT_FOUND);
    assert_non_null(strstr(err_reason(), "'fomal'"));
    assert_int_equal(texts_manner(t, "brief brief brief brief brief"), ERR_ARG);
    assert_int_equal(texts_manner(t, "a-word-that-is-longer-than-all-the-manners-there-may-be-in-a-shop"), ERR_ARG);
    texts_free(t);
}

static void file_is_refused(const char *replies, const char *extra, err_t code, const char *reason) {
    struct folder f = folder_make(replies, extra, NULL);
    struct texts *t = NULL;
    assert_int_equal(texts_load(&t, "en-US", f.replies, extra ? f.extra : NULL), code);
    assert_null(t);
    const char *file = strrchr(err_reason(), '/');
    assert_non_null(file);
    assert_string_equal(file + 1, reason);
    folder_remove(&f);
}

static void wrong_files_say_where_and_what(void **state) {
    (void)state;
    file_is_refused("hello\n", NULL, ERR_FORMAT, "replies.txt:1:1: expected [reply.id] before the first wording");
    file_is_refused("# only\n[a\nb\n", NULL, ERR_FORMAT,
                    "replies.txt:2:1: expected [reply.id] of at most 39 characters a-z 0-9 _ . - :");
    file_is_refused("[A]\nb\n", NULL, ERR_FORMAT,
                    "replies.txt:1:1: expected [reply.id] of at most 39 characters a-z 0-9 _ . - :");
    file_is_refused("[]\nb\n", NULL, ERR_FORMAT,
                    "replies.txt:1:1: expected [reply.id] of at most 39 characters a-z 0-9 _ . - :");
    file_is_refused("[a]\nb\n[a]\nc\n", NULL, ERR_FORMAT, "replies.txt:3:1: [a] is there twice");
    file_is_refused("[a]\n\n[b]\nc\n", NULL, ERR_FORMAT, "replies.txt:1:1: expected a wording under [a]");
    file_is_refused("[a]\nb\n[c]\n", NULL, ERR_FORMAT, "replies.txt:3:1: expected a wording under [c]");
    file_is_refused("[a]\n  b\n", NULL, ERR_FORMAT,
                    "replies.txt:2:1: this line is indented but there is no wording above that it continues");
    file_is_refused("[a]\nb\n  {n, plural,\n   one {}}\n", NULL, ERR_FORMAT,
                    "replies.txt:4:10: expected a case 'other {...}'");
    file_is_refused("[a]\nok\n", "[b]\n{\n", ERR_FORMAT, "extra.txt:2:2: expected the name of an argument");
    file_is_refused("[a]\nok \xFF\n", NULL, ERR_FORMAT, "replies.txt:2:1: this line is not UTF-8 text");
    file_is_refused("[a]\nok \x07\n", NULL, ERR_FORMAT, "replies.txt:2:4: there is a control character here");
}

static void limits_of_files(void **state) {
    (void)state;
    char *text = malloc(2 << 20);
    assert_non_null(text);
    strcpy(text, "[a]\n");
    for (int i = 0; i < 17; i++) strcat(text, "x\n");
    file_is_refused(text, NULL, ERR_FORMAT, "replies.txt:18:1: [a] has more than 16 wordings");
    strcpy(text, "[a]\n");
    memset(text + 4, 'x', 1001);
    strcpy(text + 1005, "\n");
    file_is_refused(text, NULL, ERR_FORMAT, "replies.txt:2:1: a wording has at most 1000 bytes, this one has 1001");
    size_t used = 0;
    for (int i = 0; i <= 1000; i++) used += (size_t)sprintf(text + used, "[a%d]\nx\n", i);
    file_is_refused(text, NULL, ERR_FULL, "replies.txt: there are more than 1000 replies");
    memset(text, '#', (1 << 20) + 1);
    text[(1 << 20) + 1] = '\0';
    file_is_refused(text, NULL, ERR_FULL, "replies.txt is larger than 1048576 bytes");
    free(text);
}

static void files_as_people_write_them(void **state) {
    (void)state;
    struct texts *t =
        open_texts("\xEF\xBB\xBF# a comment\r\n\r\n[a]  \r\nHello {x},  \r\n   how are you?\r\n# more\r\n[b]\r\nb");
    struct reply r = reply_make("a");
    reply_text(&r, "x", "Ann");
    expect(t, &r, NOW, "Hello Ann, how are you?", "Hello Ann, how are you?");
    struct reply b = reply_make("b");
    expect(t, &b, NOW, "b", "b");
    texts_free(t);
}

static void a_shop_replaces_replies(void **state) {
    (void)state;
    struct folder f = folder_make("[a]\none\ntwo\n[b]\nold\n", "[a]\nours\n[c]\nnew\n", NULL);
    struct texts *t;
    assert_int_equal(texts_load(&t, "en-US", f.replies, f.extra), ERR_OK);
    static const char *const said[][2] = {{"a", "ours"}, {"b", "old"}, {"c", "new"}};
    for (int i = 0; i < 3; i++) {
        struct reply r = reply_make(said[i][0]);
        expect(t, &r, NOW, said[i][1], said[i][1]);
        expect(t, &r, NOW, said[i][1], said[i][1]);
    }
    texts_free(t);
    folder_remove(&f);
}

static void own_files_of_the_locale(void **state) {
    (void)state;
    struct texts *t = NULL;
    if (texts_load(&t, "en-US", SK_DATA_DIR "/models/en-US/replies.txt", NULL)) fail_msg("%s", err_reason());
    assert_non_null(texts_id(t, 0));
    texts_free(t);
}

static void missing_files_and_locales(void **state) {
    (void)state;
    struct texts *t = NULL;
    assert_int_equal(texts_load(&t, "en-US", "/nowhere/replies.txt", NULL), ERR_NOT_FOUND);
    assert_string_equal(err_reason(), "cannot open /nowhere/replies.txt: No such file or directory");
    struct folder f = folder_make("[a]\nb\n", NULL, NULL);
    assert_int_equal(texts_load(&t, "en-US", f.replies, "/nowhere/extra.txt"), ERR_NOT_FOUND);
    assert_int_equal(texts_load(&t, "not a locale", f.replies, NULL), ERR_ARG);
    assert_string_equal(err_reason(), "'not a locale' is no locale such as en-US");
    unlink(f.spoken);
    assert_int_equal(texts_load(&t, "en-US", f.replies, NULL), ERR_NOT_FOUND);
    assert_null(t);
    folder_remove(&f);
}

static void spoken_is_refused(const char *spoken, const char *reason) {
    struct folder f = folder_make("[a]\nb\n", NULL, spoken);
    struct texts *t = NULL;
    assert_int_equal(texts_load(&t, "en-US", f.replies, NULL), ERR_FORMAT);
    assert_string_equal(strrchr(err_reason(), '/') + 1, reason);
    folder_remove(&f);
}

static char *read_spoken(void) {
    FILE *file = fopen(SPOKEN_INI, "r");
    assert_non_null(file);
    char *text = calloc(1, 1 << 16);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 16) - 1024, file) > 0);
    fclose(file);
    return text;
}

static void wrong_spoken_words(void **state) {
    (void)state;
    spoken_is_refused("", "spoken.ini: section [plurals] needs a value for 'forms'");
    spoken_is_refused("[plurals]\nforms = one other\n[numbers]\nhalf = a {\n",
                      "spoken.ini:4: half: the pattern:1:4: expected the name of an argument");
    char *text = read_spoken();
    strcat(text, "\n[units]\nfurlong = only one\n");
    struct folder f = folder_make("[a]\nb\n", NULL, text);
    struct texts *t = NULL;
    assert_int_equal(texts_load(&t, "en-US", f.replies, NULL), ERR_FORMAT);
    assert_non_null(strstr(err_reason(), "'furlong' needs 2 forms, separated by '|'"));
    folder_remove(&f);
    strcpy(strstr(text, "\n[units]\nfurlong"), "\n[money]\ntypo = x\n");
    f = folder_make("[a]\nb\n", NULL, text);
    assert_int_equal(texts_load(&t, "en-US", f.replies, NULL), ERR_FORMAT);
    assert_non_null(strstr(err_reason(), "typo"));
    folder_remove(&f);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shop_has_its_manner),
        cmocka_unit_test(money),
        cmocka_unit_test(money_that_is_none),
        cmocka_unit_test(numbers),
        cmocka_unit_test(styles_of_numbers),
        cmocka_unit_test(dates),
        cmocka_unit_test(dates_are_of_the_shop),
        cmocka_unit_test(new_year),
        cmocka_unit_test(bad_zones_and_dates),
        cmocka_unit_test(times),
        cmocka_unit_test(digits),
        cmocka_unit_test(lists),
        cmocka_unit_test(long_lists_keep_whole_items),
        cmocka_unit_test(texts_for_the_ear),
        cmocka_unit_test(a_wording_is_not_repeated),
        cmocka_unit_test(mistakes_of_ours),
        cmocka_unit_test(ids_and_arguments),
        cmocka_unit_test(wrong_files_say_where_and_what),
        cmocka_unit_test(limits_of_files),
        cmocka_unit_test(files_as_people_write_them),
        cmocka_unit_test(a_shop_replaces_replies),
        cmocka_unit_test(own_files_of_the_locale),
        cmocka_unit_test(missing_files_and_locales),
        cmocka_unit_test(wrong_spoken_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
