/* Product titles as people say them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "folder.h"
#include "say/texts.h"

static struct texts *texts;

static int open_texts(void **state) {
    (void)state;
    struct folder f = folder_make("[a]\nb\n", NULL, NULL);
    err_t err = texts_load(&texts, "en-US", f.replies, NULL);
    folder_remove(&f);
    return err;
}

static int close_texts(void **state) {
    (void)state;
    texts_free(texts);
    return 0;
}

static void titles_are_said(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Milk 3,5 % 1 l", "milk three point five percent one liter"},
        {"Spaghetti 500 g", "spaghetti five hundred grams"},
        {"Spaghetti 500g", "spaghetti five hundred grams"},
        {"Water 1 L", "water one liter"},
        {"Water 6 x 330 ml", "water six by three hundred thirty milliliters"},
        {"Flour 1 kg", "flour one kilogram"},
        {"Butter 1 lb", "butter one pound"},
        {"Cheddar 2\xC2\xBD lb", "cheddar two and a half pounds"},
        {"1/2 gallon milk", "half gallon milk"},
        {"Juice 100%", "juice one hundred percent"},
        {"Rice, 2.5 kg (bag)", "rice two point five kilograms bag"},
        {"2-in-1 laptop", "two in one laptop"},
        {"USB-C cable", "u s b c cable"},
        {"LED bulb 8 W", "l e d bulb eight watts"},
        {"LAN cable", "lan cable"},
        {"RAM 16 GB", "ram sixteen gigabytes"},
        {"HDMI SSD DVDs", "h d m i s s d d v d's"},
        {"SONY headphones", "sony headphones"},
        {"MILK CHOCOLATE", "milk chocolate"},
        {"Dr. Pepper & friends", "doctor pepper and friends"},
        {"Kellogg\xE2\x80\x99s Corn Flakes", "kellogg's corn flakes"},
        {"Caf\xC3\xA9 Cr\xC3\xA8me br\xC3\xBBl\xC3\xA9"
         "e",
         "cafe creme brulee"},
        {"Stra\xC3\x9F"
         "e \xC3\x98lstykke",
         "strasse olstykke"},
        {"24-inch TV, 17\" and 27\" monitors", "twenty four inch t v seventeen inch and twenty seven inch monitors"},
        {"10x15 cm photo paper", "ten by fifteen centimeters photo paper"},
        {"1,299 pieces", "one thousand two hundred ninety nine pieces"},
        {"1080p", "ten eighty p"},
        {"Windows 2019", "windows twenty nineteen"},
        {"Model 007", "model zero zero seven"},
        {"Part 10007", "part one zero zero zero seven"},
        {"CB522A 304g", "c b five hundred twenty two a three hundred four grams"},
        {"10th generation", "tenth generation"},
        {"iPhone\xC2\xAE 14\xE2\x84\xA2", "iphone fourteen"},
        {"30 \xC2\xB0"
         "C wash",
         "thirty degrees celsius wash"},
        {"No. 5", "number five"},
        {"7UP", "seven u p"},
        {"", ""},
        {"---", ""},
        {"\xE4\xBD\xA0\xE5\xA5\xBD tea", "tea"},
        {"12345678901234567890",
         "one two three four five six seven eight nine zero one two three four five six seven eight nine zero"},
    };
    char out[256];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        texts_spoken_name(texts, cases[i][0], out, sizeof out);
        assert_string_equal(out, cases[i][1]);
    }
}

static void only_lower_case_words(const char *s) {
    for (const char *p = s; *p; p++) {
        bool good = (*p >= 'a' && *p <= 'z') || (*p == '\'' && p > s && p[-1] != ' ') ||
                    (*p == ' ' && p > s && p[1] && p[1] != ' ');
        if (!good) fail_msg("'%s' has a '%c'", s, *p);
    }
}

static void names_end_with_a_whole_word(void **state) {
    (void)state;
    static const char title[] = "five hundred 500 g of USB";
    static const char whole[] = "five hundred five hundred grams of u s b";
    char out[64];
    for (size_t cap = 1; cap < sizeof whole + 2; cap++) {
        memset(out, '?', sizeof out);
        texts_spoken_name(texts, title, out, cap);
        size_t n = strlen(out);
        assert_true(n < cap && out[cap] == '?');
        assert_memory_equal(out, whole, n);
        assert_true(whole[n] == ' ' || whole[n] == '\0' || n == 0);
    }
    texts_spoken_name(texts, title, NULL, 0);
}

static void hostile_titles(void **state) {
    (void)state;
    static const char *const titles[] = {
        "\xFF\xFE",
        "\xC0\x80",
        "\xED\xA0\x80",
        "\xF4\x90\x80\x80",
        "a\xCC\x81\xCC\x81\xCC\x81",
        "1.1.1.1.1,1,1,111",
        ",,,,1,,,",
        "1/",
        "1/2/3/4",
        "'''''",
        "9999999999999999999999999 kg",
        "0000000000000000.0",
        "5'5''5\"5",
        "1x2x3x",
        "1e999 -1",
        "%s %n %d",
        "\xEF\xB7\xBA\xEF\xB7\xBA",
        "{n}",
    };
    char out[256];
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        texts_spoken_name(texts, titles[i], out, sizeof out);
        only_lower_case_words(out);
    }
    static char longest[100000];
    for (size_t i = 0; i + 1 < sizeof longest; i++) longest[i] = "A1 \xC3"[i % 4];
    texts_spoken_name(texts, longest, out, sizeof out);
    only_lower_case_words(out);
}

static void random_titles(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "1",   "2.5", ",",        "kg",       "\"",           "'",  "x", "-",   " ", "USB", "Dr.", "/",
        "1/2", "%",   "\xC2\xBD", "\xC3\xA9", "\xE2\x84\xA2", "st", "A", "\xFF"};
    unsigned seed = 7;
    char out[200];
    for (int i = 0; i < 5000; i++) {
        char title[256] = "";
        for (int k = 0; k < 20; k++) {
            seed = seed * 1103515245 + 12345;
            strcat(title, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        texts_spoken_name(texts, title, out, 1 + seed % sizeof out);
        only_lower_case_words(out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_are_said),
        cmocka_unit_test(names_end_with_a_whole_word),
        cmocka_unit_test(hostile_titles),
        cmocka_unit_test(random_titles),
    };
    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
