/* The voice: sound that grows with the text, that stops when told to, and phonemes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "say/voice.h"

enum { RATE_HZ = 16000 };

static struct voice *voice;

static int open_voice(void **state) {
    (void)state;
    return voice_open(&voice, &(struct voice_config){0});
}

static int close_voice(void **state) {
    (void)state;
    voice_close(voice);
    return 0;
}

struct heard {
    size_t n, calls, largest, after_cancel, first_sound;
    int peak;
    size_t cancel_at; /* samples; 0 never */
    size_t stop_at;
    atomic_bool cancel;
};

static bool hear(void *ctx, const int16_t *samples, size_t n) {
    struct heard *h = ctx;
    assert_true(n > 0);
    if (atomic_load(&h->cancel)) h->after_cancel += n;
    for (size_t i = 0; i < n; i++) {
        int level = abs(samples[i]);
        if (level > h->peak) h->peak = level;
        if (h->first_sound == SIZE_MAX && level > 200) h->first_sound = h->n + i;
    }
    h->n += n;
    h->calls++;
    if (n > h->largest) h->largest = n;
    if (h->cancel_at && h->n >= h->cancel_at) atomic_store(&h->cancel, true);
    return !h->stop_at || h->n < h->stop_at;
}

static struct heard say(const char *text, size_t cancel_at, size_t stop_at) {
    struct heard h = {.cancel_at = cancel_at, .stop_at = stop_at, .first_sound = SIZE_MAX};
    atomic_init(&h.cancel, false);
    if (voice_say(voice, text, &h.cancel, hear, &h)) fail_msg("%s", err_reason());
    return h;
}

static void sound_grows_with_the_text(void **state) {
    (void)state;
    struct heard word = say("Milk.", 0, 0);
    struct heard sentence = say("I found three kinds of milk in the shop.", 0, 0);
    struct heard two =
        say("I found three kinds of milk in the shop. The first is one dollar and nineteen cents.", 0, 0);
    assert_in_range(word.n, RATE_HZ / 5, RATE_HZ * 2);
    assert_in_range(sentence.n, RATE_HZ * 3 / 2, RATE_HZ * 5);
    assert_true(two.n > sentence.n + RATE_HZ);
    assert_true(two.peak > 6000 && two.peak < 32767);
}

static void sound_comes_at_once_and_in_small_blocks(void **state) {
    (void)state;
    struct heard h = say("Ten forty. Hello.", 0, 0);
    assert_true(h.first_sound < RATE_HZ / 20);
    assert_true(h.largest <= RATE_HZ / 20);
    assert_true(h.calls > 10);
}

static void the_same_text_sounds_the_same(void **state) {
    (void)state;
    struct heard first = say("Your order is on its way.", 0, 0);
    say("Something else that is cut off.", RATE_HZ / 4, 0);
    struct heard again = say("Your order is on its way.", 0, 0);
    assert_int_equal(first.peak > 0, again.peak > 0);
    assert_true(llabs((long long)first.n - (long long)again.n) < RATE_HZ / 10);
}

static void cancel_stops_within_fifty_milliseconds(void **state) {
    (void)state;
    static const char text[] = "This is a long reply that nobody wants to hear to its end. It goes on and on. And on.";
    for (size_t at = 1; at < 2 * RATE_HZ; at += 3333) {
        struct heard h = say(text, at, 0);
        assert_true(h.after_cancel <= RATE_HZ / 20);
        assert_true(h.n < at + RATE_HZ / 10);
    }
}

static void listener_ends_the_speech(void **state) {
    (void)state;
    struct heard h = say("This is a long reply that nobody wants to hear to its end.", 0, RATE_HZ / 2);
    assert_in_range(h.n, RATE_HZ / 2, RATE_HZ / 2 + RATE_HZ / 20);
}

static void cancelled_before_it_began(void **state) {
    (void)state;
    struct heard h = {.n = 0};
    atomic_init(&h.cancel, true);
    assert_int_equal(voice_say(voice, "Never heard.", &h.cancel, hear, &h), ERR_OK);
    assert_int_equal(h.n, 0);
}

static void no_cancel_is_fine(void **state) {
    (void)state;
    struct heard h = {.first_sound = SIZE_MAX};
    assert_int_equal(voice_say(voice, "Hello.", NULL, hear, &h), ERR_OK);
    assert_true(h.n > 0);
}

static void nothing_to_say(void **state) {
    (void)state;
    static const char *const texts[] = {"", " ", "...", "\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_true(say(texts[i], 0, 0).n < RATE_HZ);
}

static void hostile_texts(void **state) {
    (void)state;
    struct heard h = {.n = 0};
    assert_int_equal(voice_say(voice, "bad \xFF byte", NULL, hear, &h), ERR_ARG);
    assert_string_equal(err_reason(), "the text is not UTF-8");
    char *huge = malloc(10001);
    assert_non_null(huge);
    memset(huge, 'a', 10000);
    huge[10000] = '\0';
    assert_int_equal(voice_say(voice, huge, NULL, hear, &h), ERR_ARG);
    huge[8000] = '\0';
    say(huge, RATE_HZ, 0);
    free(huge);
    say("<speak><audio src='/etc/passwd'/></speak>", RATE_HZ, 0);
    say("[[h@'loU]] \xE4\xBD\xA0\xE5\xA5\xBD \xF0\x9F\x98\x80 %s%n", RATE_HZ, 0);
}

static void phonemes_of_a_word(void **state) {
    (void)state;
    char out[64];
    assert_int_equal(voice_phonemes(voice, "milk", out, sizeof out), ERR_OK);
    assert_string_equal(out, "m'Ilk");
    assert_int_equal(voice_phonemes(voice, "coffee", out, sizeof out), ERR_OK);
    assert_memory_equal(out, "k'", 2); /* the vowel differs between its versions */
    assert_int_equal(voice_phonemes(voice, "zyxel's", out, sizeof out), ERR_OK);
    assert_true(strlen(out) > 3);
}

static void phonemes_that_cannot_be(void **state) {
    (void)state;
    char out[4] = "old", longest[200];
    assert_int_equal(voice_phonemes(voice, "supermarket", out, sizeof out), ERR_FULL);
    assert_string_equal(out, "old");
    assert_int_equal(voice_phonemes(voice, "", out, sizeof out), ERR_MODEL);
    assert_int_equal(voice_phonemes(voice, "\xC3", out, sizeof out), ERR_ARG);
    memset(longest, 'b', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(voice_phonemes(voice, longest, out, sizeof out), ERR_ARG);
}

static void one_voice_a_process(void **state) {
    (void)state;
    struct voice *other = NULL;
    assert_int_equal(voice_open(&other, &(struct voice_config){0}), ERR_BUSY);
    assert_null(other);
}

static void voices_that_cannot_be(void **state) {
    (void)state;
    struct voice *v = NULL;
    assert_int_equal(voice_open(&v, &(struct voice_config){.name = "klingon-opera"}), ERR_MODEL);
    assert_non_null(strstr(err_reason(), "espeak-ng-data"));
    assert_int_equal(voice_open(&v, &(struct voice_config){.rate_wpm = 20}), ERR_ARG);
    assert_int_equal(voice_open(&v, &(struct voice_config){.pitch = 101}), ERR_ARG);
    assert_int_equal(voice_open(&v, &(struct voice_config){.volume = -1}), ERR_ARG);
    assert_null(v);
    voice_close(NULL);
}

static void settings_are_heard(void **state) {
    (void)state;
    static const char text[] = "Your order is on its way to you.";
    assert_int_equal(voice_open(&voice, &(struct voice_config){.rate_wpm = 120, .volume = 30}), ERR_OK);
    struct heard slow = say(text, 0, 0);
    voice_close(voice);
    assert_int_equal(voice_open(&voice, &(struct voice_config){.name = "en-gb", .rate_wpm = 240, .volume = 100}),
                     ERR_OK);
    struct heard fast = say(text, 0, 0);
    voice_close(voice);
    assert_true(slow.n > fast.n * 3 / 2);
    assert_true(slow.peak < fast.peak);
    assert_true(fast.peak < 32767);
}

int main(void) {
    const struct CMUnitTest with_voice[] = {
        cmocka_unit_test(sound_grows_with_the_text),
        cmocka_unit_test(sound_comes_at_once_and_in_small_blocks),
        cmocka_unit_test(the_same_text_sounds_the_same),
        cmocka_unit_test(cancel_stops_within_fifty_milliseconds),
        cmocka_unit_test(listener_ends_the_speech),
        cmocka_unit_test(cancelled_before_it_began),
        cmocka_unit_test(no_cancel_is_fine),
        cmocka_unit_test(nothing_to_say),
        cmocka_unit_test(hostile_texts),
        cmocka_unit_test(phonemes_of_a_word),
        cmocka_unit_test(phonemes_that_cannot_be),
        cmocka_unit_test(one_voice_a_process),
    };
    const struct CMUnitTest alone[] = {
        cmocka_unit_test(voices_that_cannot_be),
        cmocka_unit_test(settings_are_heard),
    };
    int failed = cmocka_run_group_tests(with_voice, open_voice, close_voice);
    return failed + cmocka_run_group_tests(alone, NULL, NULL);
}
